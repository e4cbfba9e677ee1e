"""Children in low-income families by small area and age, as the Department for Work and Pensions publishes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.contracts.base import Column, Contract, Rule

if TYPE_CHECKING:
    import pandas as pd

BANDS = ((0, 4), (5, 10), (11, 15), (16, 19))
"""First and last age of each published band."""

AGES = tuple(f"ages_{first}_{last}" for first, last in BANDS)
"""Column of each of `BANDS`."""


def _band(first: int, last: int) -> Column:
    spans = (f"{first}-{last}", f"{first} to {last}")
    return Column(
        f"ages_{first}_{last}",
        f"Children aged {first} to {last}",
        "whole",
        aliases=tuple(
            words.format(span)
            for span in spans
            for words in ("{}", "age {}", "aged {}", "ages {}", "{} years", "aged {} years", "children aged {}")
        ),
        description="A whole number, as it is published, which may be rounded; blank where none is published.",
    )


def _has_a_figure(rows: pd.DataFrame) -> pd.Series[bool]:
    found: pd.Series[bool] = rows[list(AGES)].notna().any(axis=1)
    return found


def _stands_once(rows: pd.DataFrame) -> pd.Series[bool]:
    """Return False for every row of a small area that comes twice: which year or measure is meant is not known."""
    again: pd.Series[bool] = rows["atom"].duplicated(keep=False) & rows["atom"].notna()
    return ~again


CONTRACT = Contract(
    key="low_income",
    title="Children in low-income families",
    shape="records",
    plain="How many children of each small area live in low-income families; one year and one measure in a file.",
    columns=(
        Column("atom", "Area code", "area", required=True,
               aliases=("lsoa21 code", "lsoa11 code", "lsoa code", "lsoa code (2021)", "lsoa code (2011)", "lsoa21cd",
                        "lsoa11cd", "lsoacd", "lsoa", "area code", "code", "geography code"),
               description="Rows stay by the code they have: a small area that was cut or merged since then has no "
                           "figure, which is not the same as no children."),
        *(_band(first, last) for first, last in BANDS),
    ),
    unique=("atom",),
    rules=(
        Rule("atom", "the small area comes more than once; give one row for each, of one year and one measure",
             _stands_once),
        Rule(AGES[0], "no figure for any age", _has_a_figure),
    ),
    dated=True,
)  # fmt: skip
