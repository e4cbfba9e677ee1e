"""Population files: wide or long -> one row for each atom and single year of age."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from geodata.contracts.base import Contract
from geodata.contracts.population import AGES_NEEDED, TOP_AGE
from geodata.dates import day_in_file_name
from geodata.errors import ContractError, InputError
from geodata.validation import Fault

OTHER_AREA = "an area outside this council; the row is not needed"
OTHER_DATE = "not of the date that --date asks for"
SOME_LISTED = 5
OLDEST = 120

_AGE = re.compile(
    r"^(?:aged? ?)?(?:(?P<under>under 1)|(?P<age>\d{1,3}))(?P<open>\+| ?plus)?(?: ?years?)?(?: ?old)?"
    r"(?P<over> and over| or over| and above)?$"
)


@dataclass(frozen=True)
class Wide:
    """The age columns of a wide file.

    Attributes
    ----------
    ages : mapping of int to int
        Position of the heading -> age; 90 for 90 and over and for any age above.
    contract : Contract
        The columns to look for among the other headings.
    """

    ages: dict[int, int]
    contract: Contract


def find_wide(contract: Contract, headings: Sequence[str]) -> Wide | None:
    """Return the age columns of a wide file, or None when it is long.

    Bands and totals ("age_0_15", "All ages") are passed over: single years are exact.
    """
    found = {i: _age(heading) for i, heading in enumerate(headings)}
    ages = {i: age for i, age in found.items() if age is not None}
    if len(ages) < 2:
        return None
    years = [heading_age for heading_age in ages.values() if heading_age < TOP_AGE]
    if len(years) != len(set(years)):
        raise ContractError("Two columns have the same age (by sex, perhaps). Give one column of all persons per age.")
    kept = tuple(c for c in contract.columns if c.key not in ("age", "persons"))
    return Wide({i: min(age, TOP_AGE) for i, age in ages.items()}, replace(contract, columns=kept, unique=("atom",)))


def _age(heading: str) -> int | None:
    match = _AGE.fullmatch(re.sub(r"[_\s]+", " ", heading.strip().lower()))
    if match is None:
        return None
    age = 0 if match["under"] else int(match["age"])
    return age if age <= OLDEST else None


def plain_ages(text: pd.Series) -> pd.Series:
    """Return the ages of a long file as numbers where they are written in words ("Aged 5 years", "90+")."""
    words = {value: _age(value) for value in text.unique()}
    return text.map({value: value if age is None else str(age) for value, age in words.items()}).astype("str")


def to_long(cells: pd.DataFrame, wide: Wide) -> tuple[pd.DataFrame, np.ndarray]:
    """Turn the text of a wide file into long text.

    Parameters
    ----------
    cells : pandas.DataFrame of str
        Our columns by key, the age columns by position.

    Returns
    -------
    text : pandas.DataFrame of str
        Our columns with ``age`` and ``persons``; one row for each row of `cells` and age column.
    origin : numpy.ndarray of int
        For each row of `text`, the position of its row in `cells`.
    """
    count, width = len(cells), len(wide.ages)
    origin = np.repeat(np.arange(count), width)
    keys = [key for key in cells.columns if isinstance(key, str)]
    text = cells[keys].take(origin).reset_index(drop=True)
    text["age"] = pd.Series(np.tile([str(age) for age in wide.ages.values()], count), dtype="str")
    persons = np.column_stack([cells[i].to_numpy(dtype=object) for i in wide.ages])
    text["persons"] = pd.Series(persons.ravel(), dtype="str")
    return text, origin


def other_areas(frame: pd.DataFrame, atoms: Collection[str]) -> list[Fault]:
    """Return the rows of areas that are none of the council's atoms."""
    bad = frame["atom"].notna() & ~frame["atom"].isin(set(atoms))
    return [Fault("atom", OTHER_AREA, np.flatnonzero(bad))] if bad.any() else []


def require_once(frame: pd.DataFrame, asked: np.ndarray, origin: np.ndarray) -> None:
    """Refuse a population that counts an area and age twice: which of the rows is all persons cannot be known.

    Parameters
    ----------
    frame : pandas.DataFrame
        Typed rows: atom, age; rows where either could not be read are passed over.
    asked : numpy.ndarray of bool
        The rows of the date that is taken in, be they otherwise good or not.
    origin : numpy.ndarray of int
        For each row, its row in the file: within one row of a wide file, ages above 90 all count at 90.

    Raises
    ------
    InputError
        With an area and age that stand there more than once.
    """
    pairs = frame[["atom", "age"]].assign(origin=origin)[asked].dropna().drop_duplicates()
    again = pairs[pairs.duplicated(["atom", "age"])]
    if len(again):
        raise InputError(
            f"An area and age stand in more than one row ({again['atom'].iloc[0]}, age {again['age'].iloc[0]:g}): "
            "split by sex or by date? Give one row of all persons for each area and age."
        )


def dates_said(frame: pd.DataFrame, said: date | None) -> np.ndarray:
    """Return which rows are of the date to take in.

    Parameters
    ----------
    frame : pandas.DataFrame
        All typed rows, before any is dropped: reference_date.
    said : datetime.date or None
        Selects rows where the file has dates; a file without has all its rows at that date.

    Raises
    ------
    InputError
        If there are several dates and none is said, or no row is of the date said.
    """
    days = frame["reference_date"]
    found = sorted(pd.Timestamp(day).date() for day in days.dropna().unique())
    if not found:
        return np.ones(len(frame), dtype=bool)
    if said is None:
        if len(found) > 1:
            raise InputError(
                f"The file holds several dates: {_some(found)}. Give the one to take in, such as --date {found[-1]}."
            )
        return np.ones(len(frame), dtype=bool)
    if said not in found:
        raise InputError(f"The file has no row of {said}; its dates are {_some(found)}. Give one of them with --date.")
    asked: np.ndarray = (days == pd.Timestamp(said)).to_numpy(dtype=bool)
    return asked


def other_dates(asked: np.ndarray, origin: np.ndarray) -> list[Fault]:
    """Return the rows that are not of the date asked for, those of a wide file marked at their first cell."""
    bad = np.flatnonzero(~asked & np.append(True, origin[1:] != origin[:-1]))
    return [Fault("reference_date", OTHER_DATE, bad)] if len(bad) else []


def whole_ages(frame: pd.DataFrame) -> list[Fault]:
    """Return the rows whose age is not a whole number of years up to `OLDEST`."""
    bad = frame["age"].notna() & ((frame["age"] % 1 != 0) | (frame["age"] > OLDEST))
    return [Fault("age", "not a whole number of years", np.flatnonzero(bad))] if bad.any() else []


def whole_persons(frame: pd.DataFrame) -> list[Fault]:
    """Return the rows with parts of a person: rounded areas would not add up to the rounded county."""
    bad = frame["persons"].notna() & (frame["persons"] % 1 != 0)
    return [Fault("persons", "not a whole number of persons", np.flatnonzero(bad))] if bad.any() else []


def complete(frame: pd.DataFrame, atoms: Collection[str]) -> pd.DataFrame:
    """Return atom, age (0 to 90) and persons, or say which area or age lacks.

    Parameters
    ----------
    frame : pandas.DataFrame
        Good rows: atom, age, persons.
    atoms : collection of str
        All of them must be there: a hole in a denominator would make rates too high without a sign.

    Raises
    ------
    InputError
        With the areas or ages that lack, and the remedy.
    """
    ages = frame["age"].clip(upper=TOP_AGE).astype("int8")
    table = frame.assign(age=ages).pivot_table(
        index="atom", columns="age", values="persons", aggfunc="sum", observed=True
    )
    if lost := sorted(set(atoms) - set(table.index)):
        raise InputError(
            f"{len(lost)} of the council's {len(atoms)} areas have no usable row: {_some(lost)}. "
            "Every area is needed, in the vintage of the workspace's areas. Complete the file and import it again."
        )
    if lacking := sorted(set(AGES_NEEDED) - set(table.columns)):
        raise InputError(f"Single years of age are needed from 0 to 25; the file lacks {_some(lacking)}.")
    holes = table.isna()
    if holes.to_numpy().any():
        bad = holes.index[holes.any(axis=1)]
        raise InputError(
            f"{len(bad)} areas lack an age that others have, or it was set aside: {_some(list(bad))}. "
            "Correct the file and import it again."
        )
    long = table.stack().rename("persons").reset_index()
    return long.astype({"age": "int8", "persons": "float64"}).sort_values(["atom", "age"], ignore_index=True)


def _some(items: Sequence[object]) -> str:
    more = f" and {len(items) - SOME_LISTED} more" if len(items) > SOME_LISTED else ""
    return ", ".join(str(item) for item in items[:SOME_LISTED]) + more


def reference_day(said: date | None, dates: pd.Series, file_name: str, *, undated_allowed: bool) -> date | None:
    """Return the date of a population: as said, else of its date column (of one date), else of its file's name.

    Raises
    ------
    InputError
        If there is none.
    """
    if said is not None:
        return said
    days = dates.dropna().unique()
    if len(days):
        day: date = pd.Timestamp(days[0]).date()
        return day
    if named := day_in_file_name(file_name):
        return date.fromisoformat(named)
    if undated_allowed:
        return None
    raise InputError(f"'{file_name}' does not say which day it counts at. Give it, such as --date 2020-06-30.")
