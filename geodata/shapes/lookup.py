"""Lookups from small areas to the areas of a scheme, or to the small areas of another census."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from geodata.errors import InputError
from geodata.lookup_headings import scheme_of
from geodata.manifest import Part
from geodata.overlay import CHANGES
from geodata.shapes.base import Context, Finished, Shape, as_they_stand, no_faults

CORRESPONDENCE = "correspondence"
"""Slot of a lookup between the small areas of two censuses."""


def finish(context: Context, frame: pd.DataFrame, part: Part) -> Finished:
    """Say of the part which scheme it gives, of which vintage, and over which small areas."""
    said = context.options
    atoms, atom_vintage = scheme_of(part.mapping["atom"])
    scheme, vintage = scheme_of(part.mapping["area"])
    scheme, vintage = said.scheme or scheme, said.vintage or vintage
    if not scheme:
        raise InputError(
            f"'{part.source_name}' does not say which scheme its areas are ('{part.mapping['area']}'). Give it, such "
            "as --scheme ward."
        )
    between = scheme == context.profile.atom_scheme
    about = {
        "kind": CORRESPONDENCE if between else "lookup",
        "scheme": scheme,
        "vintage": str(vintage or ""),
        "atoms": atoms or context.profile.atom_scheme,
        "atom_vintage": str(atom_vintage or context.profile.atom_vintage),
        "title": said.title,
        "valid_from": said.valid_from.isoformat() if said.valid_from else "",
        "valid_to": said.valid_to.isoformat() if said.valid_to else "",
    }
    if between:
        _require_changes(frame, part)
    else:
        _require_once(frame)
        if about["atom_vintage"] == str(context.profile.atom_vintage):
            _require_whole(context, frame, part)
    return Finished(frame, replace(part, slot=CORRESPONDENCE if between else scheme, about={**part.about, **about}))


def _require_once(frame: pd.DataFrame) -> None:
    again = frame.loc[frame["atom"].duplicated(keep=False), "atom"].unique()
    if len(again):
        raise InputError(
            f"{len(again)} small areas stand in several rows ({', '.join(again[:3])}): a scheme puts each into one "
            "area. Give one row for each, or outlines instead of a lookup."
        )


def _require_whole(context: Context, frame: pd.DataFrame, part: Part) -> None:
    """Refuse a lookup that leaves small areas out: their children would be in no area of the scheme."""
    lost = sorted(set(context.areas.atoms) - set(frame["atom"]))
    if lost:
        raise InputError(
            f"{len(lost)} of the {len(context.areas.atoms)} small areas of {context.profile.atom_vintage} are not in "
            f"'{part.source_name}', or their row was set aside ({', '.join(lost[:3])}). Give each of them an area; if "
            "the file is by those of another census, say so in the heading, such as lsoa21_code."
        )


def _require_changes(frame: pd.DataFrame, part: Part) -> None:
    wrong = ~frame["change"].str.upper().isin(list(CHANGES))
    if wrong.any():
        raise InputError(
            f"{int(wrong.sum())} rows of '{part.source_name}' do not say what became of the small area. Give a column "
            f"of changes with {', '.join(CHANGES)}, and name it with --map if its heading is not 'change_code'."
        )


SHAPE = Shape(as_they_stand, no_faults, finish)
