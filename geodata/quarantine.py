"""Lists of rows: those set aside, and those accepted that a person should look at.

A line has row, column, masked value and reason. Nothing in it names or finds a person.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd

from geodata.validation import Fault

COLUMNS = ("row", "column", "value", "reason")
LONGEST_VALUE = 24
MISFIT = "more or fewer cells than there are headings; look for a comma or line end inside a value"


def mask(values: pd.Series) -> pd.Series:
    """Return texts with every letter and digit but the first turned into ``*``, so that only their shape is left.

    Examples
    --------
    >>> mask(pd.Series(["HP20 1UA", "31/02/2022", "Q"])).tolist()
    ['H*** ***', '3*/**/****', '*']
    """
    codes, distinct = pd.factorize(values.astype("str"), use_na_sentinel=False)  # dates and codes come again and again
    text = pd.Series(distinct, dtype="str").str.strip()
    rest = text.str[1:LONGEST_VALUE].str.replace(r"[^\s/.,:;()\-]", "*", regex=True)
    first = text.str[:1].where(text.str.len() > 1, "*").where(text != "", "")
    # A spreadsheet would run a cell that begins with one of these as a formula.
    first = first.where(~first.isin(["=", "+", "-", "@", "\t", "\r"]), "*")
    return pd.Series(first.str.cat(rest).to_numpy()[codes], index=values.index, dtype="str")


Aside = Sequence[tuple[int, str, str]]
"""(row number, column, reason) of rows that were set aside before they could be read as columns."""


NONE = np.empty(0, dtype=np.int64)


def as_csv(
    text: pd.DataFrame, rows: np.ndarray, faults: list[Fault], misfits: np.ndarray = NONE, aside: Aside = ()
) -> bytes:
    """Return a list of rows as a file: one line for each row, column and reason, in the order of the rows.

    Parameters
    ----------
    text : pandas.DataFrame of str
        The file's cells under our column names.
    rows : numpy.ndarray of int
        The number of each row in the file.
    faults : list of Fault
        At positions of `text`.
    misfits : numpy.ndarray of int, optional
        Numbers of the rows that did not fit the headings.
    aside : Aside, optional
        Other rows that are not in `text`.
    """
    lines = [pd.DataFrame({"row": misfits, "column": "", "value": "", "reason": MISFIT})]
    lines.append(pd.DataFrame([(row, column, "", reason) for row, column, reason in aside], columns=list(COLUMNS)))
    for fault in faults:
        cells = text[fault.column].iloc[fault.positions] if fault.column in text else None
        value = "" if cells is None else mask(cells).to_numpy()
        reason = fault.reason if fault.details is None else fault.reason + fault.details.astype(object)
        lines.append(
            pd.DataFrame({"row": rows[fault.positions], "column": fault.column, "value": value, "reason": reason})
        )
    table = pd.concat(lines, ignore_index=True).sort_values("row", kind="stable")
    buffer = io.BytesIO()
    table.to_csv(buffer, index=False, columns=list(COLUMNS), lineterminator="\r\n", encoding="utf-8-sig")
    return buffer.getvalue()


def reasons(faults: list[Fault], misfits: np.ndarray = NONE, aside: Aside = ()) -> list[dict[str, object]]:
    """Return the reasons with the number of rows that each holds for, most frequent first."""
    counts = Counter({(fault.column, fault.reason): len(fault.positions) for fault in faults})
    counts.update((column, reason) for _, column, reason in aside)
    if len(misfits):
        counts["", MISFIT] = len(misfits)
    return [{"column": column, "reason": reason, "rows": rows} for (column, reason), rows in counts.most_common()]
