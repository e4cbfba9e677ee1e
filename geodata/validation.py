"""Typed rows and every reason against each of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.contracts.base import Contract
from geodata.parsing import parse_column

BLOCK_ROWS = 100_000
"""Rows checked at a time: where all are bad, pandera lists every cell of them."""

REQUIRED = "blank, but needed"


@dataclass(frozen=True)
class Fault:
    """One reason against some rows.

    Attributes
    ----------
    column : str
        Our column; empty for a fault of the row as a whole.
    reason : str
        What is wrong, as a clause; holds no value of the file.
    positions : numpy.ndarray of int
        Positions in the frame, from 0.
    details : numpy.ndarray of str or None
        For each position what follows the reason in the list of rows, such as the number of another row.
    """

    column: str
    reason: str
    positions: np.ndarray
    details: np.ndarray | None = None


def read_types(contract: Contract, text: pd.DataFrame, *, excel_days: bool = False) -> tuple[pd.DataFrame, list[Fault]]:
    """Turn text into typed columns.

    Parameters
    ----------
    contract : Contract
        The columns and how to read them.
    text : pandas.DataFrame of str
        Columns of the contract; those the file lacks are absent. Index 0 to n - 1.
    excel_days : bool
        Whether day numbers may stand for dates.

    Returns
    -------
    frame : pandas.DataFrame
        Every column of the contract; the absent ones are missing throughout.
    faults : list of Fault
        What could not be read.
    """
    typed, faults = {}, []
    absent = pd.Series("", index=range(len(text)), dtype="str")
    for column in contract.columns:
        parsed = parse_column(column, text.get(column.key, absent), excel_days=excel_days)
        typed[column.key] = parsed.values
        faults += [Fault(column.key, reason, positions) for reason, positions in parsed.faults.items()]
    return pd.DataFrame(typed), faults


def check(contract: Contract, frame: pd.DataFrame, unreadable: list[Fault]) -> list[Fault]:
    """Check typed rows against the contract's schema, collecting every reason.

    Parameters
    ----------
    contract : Contract
        With its rules.
    frame : pandas.DataFrame
        From `read_types`.
    unreadable : list of Fault
        From `read_types`; what could not be read is not also reported as blank.

    Returns
    -------
    list of Fault
        The unreadable ones first.
    """
    import pandera.pandas as pa  # noqa: PLC0415 - slow to import, needed only to import files

    schema = contract.schema()
    found: dict[tuple[str, str], list[np.ndarray]] = defaultdict(list)
    for start in range(0, len(frame), BLOCK_ROWS):
        try:
            schema.validate(frame.iloc[start : start + BLOCK_ROWS], lazy=True)
        except pa.errors.SchemaErrors as error:
            _collect(error.failure_cases, found)
    unread: dict[str, np.ndarray] = {
        key: np.concatenate([f.positions for f in unreadable if f.column == key])
        for key in {f.column for f in unreadable}
    }
    faults = list(unreadable)
    for (column, reason), blocks in found.items():
        positions = np.unique(np.concatenate(blocks))
        if reason == REQUIRED and column in unread:
            positions = np.setdiff1d(positions, unread[column])
        if len(positions):
            faults.append(Fault(column, reason, positions))
    return faults


def _collect(cases: pd.DataFrame, found: dict[tuple[str, str], list[np.ndarray]]) -> None:
    """Add pandera's failure cases; its messages hold values, so only rows, columns and our own texts are taken."""
    for (context, column, reason), group in cases.groupby(["schema_context", "column", "check"], sort=False):
        text = REQUIRED if reason == "not_nullable" else str(reason)
        if context == "DataFrameSchema":  # the rule's own text says which column it belongs to
            owner, text = text.split(": ", maxsplit=1)
        else:
            owner = str(column)
        found[owner, text].append(np.unique(group["index"].to_numpy(dtype=np.int64)))


def doubts(contract: Contract, frame: pd.DataFrame) -> list[Fault]:
    """Return the good rows that break a rule of `Contract.flags`; they stay accepted.

    Parameters
    ----------
    contract : Contract
        With its flags.
    frame : pandas.DataFrame
        Good rows only; its index holds their positions among all rows.
    """
    found = []
    for rule in contract.flags:
        positions = frame.index[~rule.holds(frame)].to_numpy(dtype=np.int64)
        if len(positions):
            found.append(Fault(rule.column, rule.description, positions))
    return found


def repeated(contract: Contract, frame: pd.DataFrame, good: np.ndarray) -> list[Fault]:
    """Return the rows that repeat an earlier good row in the contract's unique columns.

    Parameters
    ----------
    good : numpy.ndarray of bool
        Rows without a fault so far; the first good one of a kind is kept.
    """
    if not contract.unique:
        return []
    again = frame.loc[good, list(contract.unique)].duplicated(keep="first")
    positions = again.index[again].to_numpy(dtype=np.int64)
    reason = f"the same {' and '.join(contract.unique)} as an earlier row"
    return [Fault(contract.unique[0], reason, positions)] if len(positions) else []


def good_rows(count: int, faults: list[Fault]) -> np.ndarray:
    """Return a Boolean array of `count` rows, False where any fault holds."""
    good = np.ones(count, dtype=bool)
    for fault in faults:
        good[fault.positions] = False
    return good
