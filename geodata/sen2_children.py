"""Which identifier stands for a child of a SEN2 return.

The first of these that the child has:

1. the unique pupil number (UPN): the one number that schools, the census and other exports of education have too, and
   that stays the same from year to year;
2. the unique learner number (ULN), which stays for life but is given from age 14 only;
3. the case system's number, where its export adds one to the return's columns;
4. one made of the export and its person ID, which no other export will have.

The person ID alone (`persontableid`) is never used: every export numbers its persons anew, so that the same number
would stand for another child. `NativeId` is the authority's number, the same for all.
"""

from __future__ import annotations

import hashlib

import pandas as pd

from geodata.contracts.children import CHILD_ID
from geodata.parsing import parse_column
from geodata.sen2_modules import Module

_UPN = r"^[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]$"
"""A permanent one ends in a digit, a temporary one in a letter; I, O and S are not used."""

_ULN = r"^[1-9]\d{9}$"
_NO_ULN = "9999999999"


def identify(persons: Module) -> pd.DataFrame:
    """Return the identifier of each row of the person module.

    Parameters
    ----------
    persons : Module
        The person module.

    Returns
    -------
    pandas.DataFrame
        child_id and kind ("UPN", "ULN", "case number" or "export"), both text; the index of the module's frame.

    Notes
    -----
    A number that persons born on different days share, or whose days of birth are not known, is a mistake in at least
    one of them: it is used for none. Persons who share a number and the day of birth are one child entered twice.
    """
    upn, uln, case = persons.text("upn").str.upper(), persons.text("uln"), persons.text("case")
    uln = uln.str.replace(r"^(\d+)\.0$", r"\1", regex=True)
    case = parse_column(CHILD_ID, case).values.astype("str").fillna("")
    candidates = {
        "UPN": upn.where(upn.str.match(_UPN), ""),
        "ULN": uln.where(uln.str.match(_ULN) & (uln != _NO_ULN), ""),
        "case number": case,
        "export": _made(persons),
    }
    result = pd.DataFrame({"child_id": "", "kind": ""}, index=persons.frame.index, dtype="str")
    for kind, values in candidates.items():
        usable = (result["child_id"] == "") & (values != "")
        if kind != "export":
            usable &= ~_disputed(values, persons)
        result.loc[usable, "child_id"] = values[usable]
        result.loc[usable, "kind"] = kind
    return result


def _disputed(values: pd.Series[str], persons: Module) -> pd.Series[bool]:
    """Return which rows have a number that persons share who are not known to be born on the same day."""
    born = persons.text("born")
    table = pd.DataFrame({"value": values, "person": persons.text("person"), "born": born, "unknown": born == ""})
    groups = table.groupby("value")
    shared = groups["person"].transform("nunique") > 1
    result: pd.Series[bool] = shared & ((groups["born"].transform("nunique") > 1) | groups["unknown"].transform("any"))
    return result


def _made(persons: Module) -> pd.Series[str]:
    with persons.path.open("rb") as file:
        export = hashlib.file_digest(file, "sha256").hexdigest()[:8]
    ids = persons.text("person")
    plain = ids.where(ids.str.match(r"^[A-Za-z0-9_./\-]{1,32}$"), ids.map(_digest))
    return f"sen2-{export}-" + plain


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
