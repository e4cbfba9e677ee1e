"""Places: schools, family centres, housing sites. Each gets a point, and the areas that the point lies in."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from geodata.areas import OUTSIDE, UNKNOWN
from geodata.crs import BNG, WGS84
from geodata.errors import InputError
from geodata.geocode import compact
from geodata.geography import exact_column
from geodata.manifest import Part
from geodata.shapes.base import Context, Finished, Shape, as_they_stand, no_faults, with_postcodes

BRITAIN = (0.0, 0.0, 700_000.0, 1_300_000.0)
"""West, south, east, north of the British National Grid, metres."""

AROUND_M = 60_000.0
"""A site this far around the council still counts as plausible, metres."""

LONGITUDES, LATITUDES = (-9, 3), (49, 61)
"""Of Britain, degrees."""


def finish(context: Context, frame: pd.DataFrame, part: Part) -> Finished:
    """Give each site its point in metres and degrees, and its areas."""
    frame = _with_schools(context, with_postcodes(frame, part.dataset))
    points = _points(frame)
    _require_order(context, frame, points, part)
    by_postcode = _by_postcode(context, frame)
    east = points["easting"].fillna(by_postcode["easting"])
    north = points["northing"].fillna(by_postcode["northing"])
    frame = frame.drop(columns=[c for c in ("easting", "northing", "longitude", "latitude") if c in frame])
    frame = frame.assign(easting=east, northing=north, **_degrees(east, north))
    frame = frame.assign(**_areas(context, by_postcode["atom"], east, north))
    nowhere = int((frame["atom"] == UNKNOWN).sum())
    warnings = (f"Sites without a place on the map: {nowhere:,}. Give them coordinates or a postcode.",)
    part = replace(part, reference_date=context.options.reference_date, profile_version=context.profile.version)
    return Finished(frame, part, warnings if nowhere else ())


def placed(context: Context, frame: pd.DataFrame) -> pd.DataFrame:
    """Return staged sites again, by the areas of another profile."""
    by_postcode = _by_postcode(context, frame)
    return frame.assign(**_areas(context, by_postcode["atom"], frame["easting"], frame["northing"]))


def _with_schools(context: Context, frame: pd.DataFrame) -> pd.DataFrame:
    """Return places in schools (``setting_urn``) without a postcode of their own with that of the school."""
    if context.schools is None or "setting_urn" not in frame:
        return frame
    schools = pd.read_parquet(context.schools, columns=["urn", "postcode", "easting", "northing"])
    known = schools.drop_duplicates("urn").set_index("urn")
    blank = frame["postcode"].isna()
    found = {key: frame["setting_urn"].map(known[key]).where(blank) for key in known}
    return frame.assign(**found | {"postcode": frame["postcode"].where(~blank, found["postcode"])})


def _points(frame: pd.DataFrame) -> pd.DataFrame:
    """Return easting and northing in metres from whichever coordinates a row has."""
    empty = pd.Series(np.nan, index=frame.index, dtype="float64")
    east, north = frame.get("easting", empty), frame.get("northing", empty)
    lon, lat = frame.get("longitude", empty), frame.get("latitude", empty)
    west, south, right, top = BRITAIN
    inside = east.between(west, right) & north.between(south, top) & (east > 0) & (north > 0)
    east, north = east.where(inside), north.where(inside)
    use = east.isna() & lon.between(*LONGITUDES) & lat.between(*LATITUDES)
    if use.any():
        from pyproj import Transformer  # noqa: PLC0415 - only where a file has degrees

        x, y = Transformer.from_crs(WGS84, BNG, always_xy=True).transform(lon[use].to_numpy(), lat[use].to_numpy())
        east, north = east.copy(), north.copy()
        east[use], north[use] = np.round(x), np.round(y)
    return pd.DataFrame({"easting": east, "northing": north})


def _degrees(east: pd.Series, north: pd.Series) -> dict[str, pd.Series]:
    from pyproj import Transformer  # noqa: PLC0415 - heavy, and only needed where places are imported

    lon, lat = Transformer.from_crs(BNG, WGS84, always_xy=True).transform(east.to_numpy(), north.to_numpy())
    known = np.isfinite(east.to_numpy(dtype="float64"))
    return {
        "longitude": pd.Series(np.where(known, np.round(lon, 5), np.nan), index=east.index),
        "latitude": pd.Series(np.where(known, np.round(lat, 5), np.nan), index=east.index),
    }


def _by_postcode(context: Context, frame: pd.DataFrame) -> pd.DataFrame:
    """Return atom, easting and northing of each row's postcode, missing where it is not one of the pack's."""
    table = pd.read_parquet(
        context.profile.directory / "postcodes.parquet", columns=["postcode", "lsoa", "easting", "northing"]
    )
    table.index = pd.Index(compact(table["postcode"]))
    column = frame["postcode"] if "postcode" in frame else pd.Series("", index=frame.index)
    found = table.reindex(compact(column.fillna("")))
    atom = found["lsoa"].astype("object")
    atom = atom.where(atom.isna() | atom.isin(set(context.areas.atoms)), OUTSIDE)
    return pd.DataFrame(
        {
            "atom": atom.to_numpy(),
            "easting": found["easting"].astype("float64").to_numpy(),
            "northing": found["northing"].astype("float64").to_numpy(),
        },
        index=frame.index,
    )


def _require_order(context: Context, frame: pd.DataFrame, points: pd.DataFrame, part: Part) -> None:
    """Refuse a file whose coordinates are exchanged: its sites would be far away or nowhere, silently."""
    from geodata.drawing import read_atoms  # noqa: PLC0415 - GeoPandas

    west, south, right, top = read_atoms(context.profile).total_bounds
    box = (west - AROUND_M, south - AROUND_M, right + AROUND_M, top + AROUND_M)

    def near(x: pd.Series, y: pd.Series) -> int:
        return int((x.between(box[0], box[2]) & y.between(box[1], box[3])).sum())

    east, north = points["easting"], points["northing"]
    empty = pd.Series(np.nan, index=frame.index, dtype="float64")
    lon, lat = frame.get("longitude", empty), frame.get("latitude", empty)
    straight = lon.between(*LONGITUDES) & lat.between(*LATITUDES)
    turned = lat.between(*LONGITUDES) & lon.between(*LATITUDES)
    metres = near(north, east) > near(east, north)
    if metres or turned.sum() > straight.sum():
        raise InputError(
            f"{'Easting and northing' if metres else 'Longitude and latitude'} are exchanged in '{part.source_name}': "
            f"more sites would be near {context.profile.name} the other way round. Exchange the two headings, or say "
            "which is which with --map."
        )


def _areas(context: Context, atom: pd.Series, east: pd.Series, north: pd.Series) -> dict[str, pd.Series]:
    """Return the atom of each site, and its area by every scheme whose outlines cut atoms.

    The postcode decides the atom where it is known; the point decides elsewhere, and where outlines cut atoms.
    """
    import geopandas as gpd  # noqa: PLC0415 - heavy, and only needed where places are imported

    from geodata.drawing import read_atoms  # noqa: PLC0415
    from geodata.overlay import locate  # noqa: PLC0415

    placed = east.notna().to_numpy()
    x, y = east.fillna(0).to_numpy(dtype="float64"), north.fillna(0).to_numpy(dtype="float64")
    by_point = pd.Series(locate(x, y, read_atoms(context.profile)), index=east.index, dtype="object")
    atom = atom.where(atom.notna(), by_point.where(placed & (by_point != ""), np.where(placed, OUTSIDE, UNKNOWN)))
    found = {"atom": atom.astype("str")}
    for scheme in context.profile.exact_schemes:
        outlines = gpd.read_parquet(context.profile.directory / f"outlines_{scheme}.parquet").set_index("code")
        area = pd.Series(locate(x, y, outlines), index=east.index, dtype="object")
        inside = ~atom.isin([OUTSIDE, UNKNOWN])
        fallback = atom.map(dict(context.areas.of_atom[scheme]))
        found[exact_column(scheme)] = area.where(placed & (area != ""), fallback).where(inside, atom).astype("str")
    return found


SHAPE = Shape(as_they_stand, no_faults, finish)
