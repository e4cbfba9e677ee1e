"""Residents by area and single year of age: complete for every atom of the workspace, whatever areas the file has."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from geodata import residents
from geodata.contracts import contract
from geodata.conversion import spread, to_atoms
from geodata.manifest import Part
from geodata.shapes.base import Arranged, Context, Finished, Shape
from geodata.source_file import SourceFile
from geodata.validation import Fault


def arrange(source: SourceFile, text: pd.DataFrame) -> Arranged:
    """Unfold a wide file; write the ages of a long one as numbers."""
    wanted = contract(source.contract.key)
    if source.wide:
        long, origin = residents.to_long(text, source.wide)
        return Arranged(wanted, long, origin)
    return Arranged(wanted, text.assign(age=residents.plain_ages(text["age"])), np.arange(len(text)))


def faults(context: Context, typed: pd.DataFrame, origin: np.ndarray) -> list[Fault]:
    """Return the rows of other dates and areas, and those with parts of a year or of a person."""
    asked = residents.dates_said(typed, context.options.reference_date)
    residents.require_once(typed, asked, origin)
    known = _codes(context, typed)
    return [
        *residents.other_dates(asked, origin),
        *residents.other_areas(typed, known),
        *residents.whole_ages(typed),
        *residents.whole_persons(typed),
    ]


def _codes(context: Context, typed: pd.DataFrame) -> tuple[str, ...]:
    """Return the codes of the areas the file speaks of: atoms, atoms of the other census, or areas of a scheme."""
    return to_atoms(context.profile, context.areas, typed["atom"].dropna().unique()).codes


def finish(context: Context, frame: pd.DataFrame, part: Part) -> Finished:
    """Give every atom its residents by age, and the part its date."""
    day = residents.reference_day(
        context.options.reference_date,
        frame["reference_date"],
        part.source_name,
        undated_allowed=part.basis == "modelled",
    )
    way = to_atoms(context.profile, context.areas, frame["atom"].unique())
    whole = residents.complete(frame, way.codes)
    part = replace(
        part,
        reference_date=day,
        slot=day.isoformat() if day else "",
        about={**part.about, **way.about},
        profile_version=context.profile.version,
    )
    return Finished(spread(whole, way), part, way.notes)


SHAPE = Shape(arrange, faults, finish)
