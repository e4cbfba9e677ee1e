"""The parts of a snapshot said again by other areas: records by postcode, places by point, residents by shares."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from geodata.areas import Areas, load_areas
from geodata.contracts import contract
from geodata.conversion import ESTIMATED, SPREAD, Way, from_pack, spread, to_pack
from geodata.errors import InputError
from geodata.geocode import geocode, load_postcodes
from geodata.geography import exact_column, exact_columns, profile_of
from geodata.manifest import Part, new_id
from geodata.match_rate import match_by_area
from geodata.options import Options, today
from geodata.profile import Profile
from geodata.shapes import Context, sites
from geodata.snapshot import CONVERTED_FROM, Snapshot, Workspace
from geodata.staging import stage


def converted_parts(workspace: Workspace, snapshot: Snapshot, profile: Profile) -> list[Part]:
    """Stage every part of a snapshot that lies in areas again, by the areas of another profile.

    Parameters
    ----------
    workspace : Workspace
        Takes the new parts; they are in no snapshot yet.
    snapshot : Snapshot
        Whose parts.
    profile : Profile
        With the new areas.

    Returns
    -------
    list of Part
        Each says which part it was converted from.

    Raises
    ------
    InputError
        If a population cannot be converted.
    """
    areas = load_areas(profile)
    before = profile_of(workspace.path, snapshot.manifest)
    exact = [exact_column(scheme) for scheme in profile.exact_schemes]
    again: list[Part] = []
    try:
        for part in (part for parts in snapshot.all_parts.values() for part in parts if part.profile_version):
            frame, part_again = _convert(snapshot, part, before, profile, areas)
            new = replace(
                part_again,
                id=new_id(part.id + profile.version),
                profile_version=profile.version,
                about={**part_again.about, CONVERTED_FROM: part.id},
            )
            again.append(new)
            stage(contract(part.dataset), frame, workspace.part_path(new.dataset, new.id, ".parquet"), exact)
    except BaseException:
        workspace.discard(*again)
        raise
    return again


def _convert(
    snapshot: Snapshot, part: Part, before: Profile, profile: Profile, areas: Areas
) -> tuple[pd.DataFrame, Part]:
    frame = pd.read_parquet(snapshot.data_path(part))
    wanted = contract(part.dataset)
    shape = wanted.shape
    if shape == "population":
        return _population(frame, part, before, profile, areas)
    # A part of an earlier time lacks the columns that the contract has got since.
    frame = frame.assign(**{key: None for key in wanted.keys if key not in frame})
    if shape == "sites":
        context = Context(profile, areas, Options(), today())
        return sites.placed(context, frame), part
    table = load_postcodes(profile.directory / "postcodes.parquet", areas.atoms)
    found = geocode(frame["postcode"], frame["protected"], table)
    frame = frame.assign(atom=found.atom)
    frame = frame.assign(**exact_columns(profile, frame["atom"], frame["postcode"]))
    rates = match_by_area(found, table, areas.of_atom["locality"])
    # Blank and malformed postcodes were told apart when the file was read; only what lies where is new.
    counts = {key: found.report.to_dict()[key] for key in ("in_county", "outside", "by_point", "ended")}
    return frame, replace(part, geocoding={**part.geocoding, **counts}, match_rates=rates)


def _population(
    frame: pd.DataFrame, part: Part, before: Profile, profile: Profile, areas: Areas
) -> tuple[pd.DataFrame, Part]:
    about = dict(part.about)
    if coarse := about.get(SPREAD):
        about[SPREAD] = _still_whole(coarse, load_areas(before), before, areas)
    if set(frame["atom"]) == set(areas.atoms):
        if ESTIMATED in about and (way := from_pack(profile, areas)):
            about |= way.about  # a scheme that is new may part the pieces of what was cut
        return frame, replace(part, about=about)
    about.pop(ESTIMATED, None)
    for way in (to_pack(before, areas), from_pack(profile, areas)):
        if way and set(frame["atom"]) != set(areas.atoms):
            _require_all(frame, way, part, before, profile)
            frame, about = spread(frame, way), about | way.about
    return frame, replace(part, about=about)


def _require_all(frame: pd.DataFrame, way: Way, part: Part, before: Profile, profile: Profile) -> None:
    if set(way.codes) != set(frame["atom"]):
        raise InputError(
            f"The population from '{part.source_name}' is by the areas of {before.atom_vintage} and cannot be turned "
            f"into those of {profile.atom_vintage}. Import a population by the new areas afterwards, or go back."
        )


def _still_whole(coarse: str, was: Areas, before: Profile, areas: Areas) -> str:
    """Return the finest scheme whose areas are the same as before and made of whole ones of `coarse`.

    Residents that were spread from areas that are now drawn otherwise are right only for what is made of the old ones.
    """
    schemes = [scheme.key for scheme in before.schemes]
    whole = [key for key in schemes if was.nest_in(coarse, key) and _same(was, areas, key)]
    return coarse if coarse in whole else max(whole, key=lambda key: len(was.names[key]), default="county")


def _same(was: Areas, areas: Areas, scheme: str) -> bool:
    if scheme in was.shares or scheme in areas.shares or scheme not in areas.names:
        return False
    if was.atoms == areas.atoms:
        return was.of_atom[scheme] == areas.of_atom[scheme]
    return set(was.names[scheme]) == set(areas.names[scheme])
