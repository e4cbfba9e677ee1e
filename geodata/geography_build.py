"""Makes a geography: the reference pack's files again, by the areas that were imported.

The same parts give the same folder, byte for byte, under a name that is their hash; it is written beside and then
renamed, so it is there whole or not at all.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

import geopandas as gpd
import pandas as pd

from geodata.geography import ABOUT, GEOGRAPHY, with_geography
from geodata.geography_draft import Draft, add_lookup, add_outlines, draft_of_pack, replace_atoms
from geodata.geography_files import write_geography
from geodata.manifest import Part
from geodata.overlay import snap_coverage
from geodata.profile import Profile
from geodata.snapshot import Workspace


def build(workspace: Workspace, base: Profile, parts: Sequence[Part]) -> tuple[str, Profile, tuple[str, ...]]:
    """Return the geography that the parts of ``area_scheme`` make of a council's pack.

    Parameters
    ----------
    workspace : Workspace
        Holds the parts, and takes the folder.
    base : Profile
        The council with its own pack.
    parts : sequence of Part
        Oldest first; a later one of a scheme takes the place of an earlier.

    Returns
    -------
    str, Profile, tuple of str
        Its identifier; the profile with its areas; sentences on parts that wait for the small areas they speak of.
    """
    said = [[_digest(workspace, part), part.source_name, dict(part.about)] for part in parts]
    identity = json.dumps([base.version, *said], sort_keys=True)
    key = f"g-{hashlib.sha256(identity.encode()).hexdigest()[:16]}"
    folder = workspace.path / GEOGRAPHY / key
    if not (folder / ABOUT).is_file():
        draft = _draft(workspace, base, parts)
        write_geography(folder, draft, f"{base.version}+{key}")
    about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    return key, with_geography(base, folder), tuple(about["waiting"])


def _digest(workspace: Workspace, part: Part) -> str:
    """Return the hash of what was staged: one file gives other areas where other columns of it were taken."""
    with workspace.part_path(part.dataset, part.id, ".parquet").open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def part_outlines(workspace: Workspace, part: Part) -> gpd.GeoDataFrame:
    """Return the outlines of a part: index code, columns name and geometry in British National Grid."""
    frame = gpd.read_parquet(workspace.part_path(part.dataset, part.id, ".parquet"))
    return frame.set_index("code").sort_index()


def _part_rows(workspace: Workspace, part: Part) -> pd.DataFrame:
    return pd.read_parquet(workspace.part_path(part.dataset, part.id, ".parquet"))


def _draft(workspace: Workspace, base: Profile, parts: Sequence[Part]) -> Draft:
    draft = draft_of_pack(base)
    of_atoms = [p for p in parts if p.about["scheme"] == base.atom_scheme and p.about["kind"] == "outlines"]
    given = [p for p in parts if p.about["kind"] == "correspondence"]
    new = part_outlines(workspace, of_atoms[-1]) if of_atoms else None
    redrawn = new is not None and set(new.index) != set(draft.atoms.index)
    serves = [p for p in given if redrawn and _leads(p, base, of_atoms[-1])]
    if new is not None and redrawn:
        replace_atoms(draft, new, of_atoms[-1], _part_rows(workspace, serves[-1]) if serves else None)
    elif new is not None:
        draft.atoms = snap_coverage(new)[["geometry"]]
    for part in given:
        if part not in serves:
            draft.waiting.append(f"'{part.source_name}' waits for the outlines of the small areas it leads to.")
    for part in parts:
        if part.about["scheme"] == base.atom_scheme:
            continue
        if part.about["kind"] == "outlines":
            add_outlines(draft, part_outlines(workspace, part), part)
        else:
            add_lookup(draft, _part_rows(workspace, part), part)
    return draft


def _leads(lookup: Part, base: Profile, outlines: Part) -> bool:
    """Return whether a lookup between two censuses leads from the pack's small areas to those of the outlines."""
    years = (lookup.about["vintage"], outlines.about["vintage"])
    return lookup.about["atom_vintage"] == str(base.atom_vintage) and ("" in years or years[0] == years[1])
