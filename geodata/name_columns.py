"""Refuses a file of which a column that would be kept holds the names of people."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from geodata.contracts.base import Column, Contract
from geodata.errors import ContractError
from geodata.person_names import identifiers_are_names, looks_like_names

OF_PEOPLE = ("child_id", "family_id", "post")
"""Identifiers that stand for a person; those of places may be made of the places' names."""

SAMPLE = 400
"""Distinct cells that are looked at, from all over the file."""


def refuse_names(contract: Contract, text: pd.DataFrame, mapping: Mapping[str, str]) -> None:
    """Raise where the cells of a column are names, whatever its heading says.

    Parameters
    ----------
    contract : Contract
        Its identifiers of people and its columns of text are looked at.
    text : pandas.DataFrame of str
        The file's cells under our column names.
    mapping : mapping of str to str
        Our column -> the file's heading, for the message.

    Raises
    ------
    ContractError
        With the heading and the remedy; it repeats no cell.
    """
    for column in contract.columns:
        if column.key in text and _holds_names(column, text[column.key]):
            heading = mapping.get(column.key, column.title)
            instead = "Name a column of numbers or codes with --map" if column.key in OF_PEOPLE else _instead(column)
            raise ContractError(
                f"'{heading}' was taken for {column.key} ({column.title}), but it looks like the names of people, "
                f"which are never taken over. {instead}."
            )


def _instead(column: Column) -> str:
    leave = "" if column.required else f', or leave it out there: {{"{column.key}": null}}'
    return f"Name another column with --map{leave}"


def _holds_names(column: Column, cells: pd.Series) -> bool:
    if column.key in OF_PEOPLE:
        return identifiers_are_names(_sample(cells))
    return column.kind == "text" and looks_like_names(_sample(cells))


def _sample(cells: pd.Series) -> list[str]:
    distinct = pd.unique(cells)
    return [str(cell) for cell in distinct[:: max(1, len(distinct) // SAMPLE)]]
