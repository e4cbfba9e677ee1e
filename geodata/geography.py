"""The areas in force in a workspace: those of the profile's pack, or others that were imported.

A geography is a folder of the workspace with the files of a reference pack and never changes. A snapshot names the one
its parts were made with, so going back to an earlier snapshot brings back its areas too. Light at the top: the serving
process reads it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata.errors import NoSnapshotError, ProfileError
from geodata.manifest import Manifest
from geodata.profile import AreaScheme, Profile, load_profile
from geodata.snapshot import Workspace

if TYPE_CHECKING:
    import pandas as pd

GEOGRAPHY = "geography"
"""Folder of a workspace that holds its geographies."""

ABOUT = "geography.json"


def profile_of(root: Path, manifest: Manifest) -> Profile:
    """Return the council's profile with the areas of a snapshot.

    Parameters
    ----------
    root : pathlib.Path
        The workspace's folder.
    manifest : Manifest
        Of the snapshot.

    Raises
    ------
    ProfileError
        If the folder of its areas is gone.
    """
    profile = load_profile(manifest.profile)
    return with_geography(profile, root / GEOGRAPHY / manifest.geography) if manifest.geography else profile


def current_profile(workspace: Workspace, otherwise: Profile | None = None) -> Profile:
    """Return the profile with the areas in force; of an empty workspace `otherwise`, or the default council."""
    try:
        manifest = workspace.current().manifest
    except NoSnapshotError:
        return otherwise or load_profile()
    if otherwise is not None and not manifest.geography:
        return otherwise
    return profile_of(workspace.path, manifest)


def with_geography(profile: Profile, folder: Path) -> Profile:
    """Return a profile with the areas of a folder that `describe` wrote."""
    file = folder / ABOUT
    if not file.is_file():
        raise ProfileError(f"The areas '{folder.name}' of this workspace are gone. Go back to an earlier snapshot.")
    about = json.loads(file.read_text(encoding="utf-8"))
    return replace(
        profile,
        directory=folder,
        version=about["version"],
        atom_vintage=about["atom_vintage"],
        schemes=tuple(_scheme(raw) for raw in about["schemes"]),
    )


def describe(profile: Profile) -> dict[str, Any]:
    """Return what `with_geography` reads, in JSON's types."""
    schemes = [asdict(scheme) for scheme in profile.schemes]
    for scheme in schemes:
        for key in ("valid_from", "valid_to"):
            scheme[key] = scheme[key].isoformat() if scheme[key] else None
    return {"version": profile.version, "atom_vintage": profile.atom_vintage, "schemes": schemes}


def _scheme(raw: dict[str, Any]) -> AreaScheme:
    days = {key: date.fromisoformat(raw[key]) if raw[key] else None for key in ("valid_from", "valid_to")}
    return AreaScheme(**(raw | days))


def exact_column(scheme: str) -> str:
    """Return the column of a staged part, and of the postcodes, that holds the area by outlines which cut atoms."""
    return f"in_{scheme}"


def exact_columns(profile: Profile, atom: pd.Series, postcode: pd.Series) -> dict[str, pd.Series]:
    """Return the area of each record by every scheme whose outlines cut atoms.

    Parameters
    ----------
    profile : Profile
        Its directory has the postcodes with those areas.
    atom, postcode : pandas.Series of str
        Of each record; where the atom is no place ("unknown", "withheld", "outside") the answer is the same.
    """
    if not profile.exact_schemes:
        return {}
    import pandas as pd  # noqa: PLC0415 - the serving process does without

    from geodata.areas import EXTRA_AREAS, UNKNOWN, WITHHELD  # noqa: PLC0415

    columns = [exact_column(scheme) for scheme in profile.exact_schemes]
    table = pd.read_parquet(profile.directory / "postcodes.parquet", columns=["postcode", *columns])
    place = pd.Index(table["postcode"]).get_indexer(postcode.fillna(""))
    nowhere = atom.astype("str").isin([*EXTRA_AREAS, WITHHELD])
    found = {}
    for column in columns:
        areas = table[column].astype("object").to_numpy()[place]
        areas = pd.Series(areas, index=atom.index).where(place >= 0, UNKNOWN)
        found[column] = areas.astype("str").mask(nowhere, atom.astype("str"))
    return found
