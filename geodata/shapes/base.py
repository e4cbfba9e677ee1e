"""What a kind of dataset must know to do: put rows in order, judge them as a whole, and finish them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.areas import Areas
from geodata.contracts import Contract, contract
from geodata.geocode import WELL_FORMED, compact
from geodata.manifest import Part
from geodata.options import Options
from geodata.profile import Profile
from geodata.source_file import SourceFile
from geodata.validation import Fault, doubts


@dataclass(frozen=True)
class Context:
    """What is known beside the rows.

    Attributes
    ----------
    profile : Profile
        The council with the areas of the workspace.
    areas : Areas
        Of that profile.
    options : Options
        What a person said.
    today : datetime.date
        No file is complete beyond it.
    schools : pathlib.Path or None
        The staged schools, where any are loaded.
    """

    profile: Profile
    areas: Areas
    options: Options
    today: date
    schools: Path | None = None


@dataclass(frozen=True)
class Arranged:
    """The text of a file, one row for each row that is kept.

    Attributes
    ----------
    contract : Contract
        The columns of `text`.
    text : pandas.DataFrame of str
        Columns by key; index 0 to n - 1.
    origin : numpy.ndarray of int
        For each row, the position of its row in the file.
    """

    contract: Contract
    text: pd.DataFrame
    origin: np.ndarray


@dataclass(frozen=True)
class Finished:
    """Accepted rows ready to be staged.

    Attributes
    ----------
    frame : pandas.DataFrame
        With the columns of `geodata.staging.arrow_schema`.
    part : Part
        With its dates and its match report.
    warnings : tuple of str
        What a person should look at.
    """

    frame: pd.DataFrame
    part: Part
    warnings: tuple[str, ...] = ()


def by_rules(_context: Context, wanted: Contract, good: pd.DataFrame, _rows: np.ndarray) -> list[Fault]:
    """Return the accepted rows that break a rule of the contract's flags."""
    return doubts(wanted, good)


@dataclass(frozen=True)
class Shape:
    """What to do with the rows of one kind of dataset.

    Attributes
    ----------
    arrange : callable
        (source, text of the file) -> `Arranged`: a wide file becomes long.
    faults : callable
        (context, typed rows, their origin) -> reasons that need more than one row or column. May raise `InputError`
        where the file as a whole cannot be used.
    finish : callable
        (context, good rows, part) -> `Finished`.
    flags : callable
        (context, contract, good rows whose index holds their positions, number in the file of every position) ->
        reasons to look at rows that are accepted all the same.
    """

    arrange: Callable[[SourceFile, pd.DataFrame], Arranged]
    faults: Callable[[Context, pd.DataFrame, np.ndarray], list[Fault]]
    finish: Callable[[Context, pd.DataFrame, Part], Finished]
    flags: Callable[[Context, Contract, pd.DataFrame, np.ndarray], list[Fault]] = by_rules


def with_postcodes(frame: pd.DataFrame, dataset: str) -> pd.DataFrame:
    """Return rows whose columns of postcodes hold postcodes ("HP20 1UA") and nothing else that was typed there."""
    found = {}
    for column in contract(dataset).columns:
        if column.kind == "postcode":
            plain = compact(frame[column.key].fillna(""))
            spaced = plain.str[:-3] + " " + plain.str[-3:]
            found[column.key] = spaced.where(plain.str.match(WELL_FORMED))
    return frame.assign(**found)


def as_they_stand(source: SourceFile, text: pd.DataFrame) -> Arranged:
    """Return the rows of a file whose columns are those of its contract."""
    return Arranged(source.contract, text, np.arange(len(text)))


def no_faults(_context: Context, _typed: pd.DataFrame, _origin: np.ndarray) -> list[Fault]:
    """Return no reason: each row stands for itself."""
    return []
