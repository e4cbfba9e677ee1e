"""Plain rows: link workers, allocations, ratings, indices. They are kept as they are, with the day they count at."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pandas as pd

from geodata.dates import day_in_file_name
from geodata.errors import InputError
from geodata.manifest import Part
from geodata.options import EDITIONS
from geodata.shapes.base import Context, Finished, Shape, as_they_stand, no_faults, with_postcodes

BY_SMALL_AREA = ("deprivation", "low_income")
"""Datasets with a figure for each small area of all of England: without one of the council's they are of no use."""

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_VINTAGE = re.compile(r"(?<!\d)(?:20)?(11|21)(?!\d)")
_EDITIONS_OF_VINTAGE = {"11": ("2015", "2019"), "21": ("2025",)}
"""The indices of 2025 use the small areas of 2021, those of 2019 and 2015 the areas of 2011."""


def finish(context: Context, frame: pd.DataFrame, part: Part) -> Finished:
    """Give the part the day that its rows count at; deprivation its edition."""
    part = replace(part, reference_date=context.options.reference_date or _named(part.source_name))
    if part.dataset not in BY_SMALL_AREA:
        return Finished(with_postcodes(frame, part.dataset), part)
    if part.dataset == "deprivation":
        part = _with_edition(context, part)
    known = int(frame["atom"].isin(context.areas.atoms).sum())
    if not known:
        raise InputError(
            f"No row of '{part.source_name}' is of a small area of {context.profile.name}. Give the file of all of "
            "England, or of this council."
        )
    missing = len(context.areas.atoms) - known
    note = (
        f"{known} of the council's {len(context.areas.atoms)} small areas have a row of their own code. The others "
        "were redrawn between the censuses: their figure is missing, or is that of the area they were cut from.",
    )
    return Finished(frame, part, note if missing else ())


def _with_edition(context: Context, part: Part) -> Part:
    edition = context.options.edition or _edition(part)
    if not edition:
        raise InputError(
            f"'{part.source_name}' does not say which edition of the indices it is. Give it, such as --edition 2025."
        )
    return replace(part, slot=edition, about={**part.about, "edition": edition})


def _named(file_name: str) -> date | None:
    day = day_in_file_name(file_name)
    return date.fromisoformat(day) if day else None


def _edition(part: Part) -> str:
    """Return the edition that the file's name says and its areas allow, or the newest by those areas; "" for none.

    A year in a name may be that of the download: one that the areas rule out is no edition.
    """
    named: set[str] = {year for year in _YEAR.findall(part.source_name) if year in EDITIONS}
    vintage = _VINTAGE.search(part.mapping.get("atom", ""))
    allowed = _EDITIONS_OF_VINTAGE[vintage[1]] if vintage else ()
    fits = named & set(allowed) if allowed else named
    if len(fits) == 1:
        return min(fits)
    return "" if named or not allowed else allowed[-1]


SHAPE = Shape(as_they_stand, no_faults, finish)
