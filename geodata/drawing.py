"""The shapes that are drawn, prepared once: a small compressed GeoJSON file for each area scheme.

The only module on the way to the map that needs GeoPandas. The serving process reads the files alone, by names that
carry the hash of their content, so a browser may keep them for ever.
"""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import brotli
import shapely

from geodata.areas import Areas, load_areas
from geodata.crs import BNG, WGS84, require_crs
from geodata.errors import GeometryError
from geodata.geometry_index import DRAWING, drawing_of, has_drawing, index_name
from geodata.profile import Profile
from geodata.snapshot import write_durably

if TYPE_CHECKING:
    import geopandas as gpd

BROTLI_QUALITY = 10
"""Of 11: within a few per cent of the smallest file in a third of the time."""

DECIMALS = 5
"""Decimal places of a degree: about a metre, the precision of the shapes."""


def read_atoms(profile: Profile) -> gpd.GeoDataFrame:
    """Return the atoms of a council.

    Returns
    -------
    geopandas.GeoDataFrame
        Index code, sorted; geometry in British National Grid.

    Raises
    ------
    GeometryError
        If the shapes overlap or leave slivers between them.
    """
    import geopandas as gpd  # noqa: PLC0415 - heavy, and only needed here

    atoms = require_crs(gpd.read_parquet(profile.directory / "atoms.parquet"), BNG).set_index("code").sort_index()
    if not shapely.coverage_is_valid(atoms.geometry.to_numpy()):
        raise GeometryError(f"The atoms of {profile.name} overlap or leave slivers. Build the pack again.")
    return atoms


def dissolve(atoms: gpd.GeoDataFrame, areas: Areas, scheme: str) -> gpd.GeoDataFrame:
    """Return the areas of a scheme, made of whole atoms.

    Parameters
    ----------
    atoms : geopandas.GeoDataFrame
        Index atom code; geometry in British National Grid.
    areas : Areas
        Which atom belongs where.
    scheme : str
        Key of the scheme.

    Returns
    -------
    geopandas.GeoDataFrame
        Index area code in the order of ``areas.codes(scheme)``; geometry in British National Grid.
    """
    belongs = atoms.index.to_series().map(dict(areas.of_atom[scheme]))
    merged = atoms[["geometry"]].dissolve(by=belongs.to_numpy(), method="coverage")
    return merged.loc[list(areas.codes(scheme))]


def _rounded(geometry: object) -> dict[str, Any]:
    shape: dict[str, Any] = shapely.geometry.mapping(shapely.transform(geometry, lambda xy: xy.round(DECIMALS)))
    return shape


def _features(frame: gpd.GeoDataFrame, names: dict[str, str]) -> dict[str, Any]:
    drawn = require_crs(frame, BNG).to_crs(WGS84)
    labels = [shapely.Point(line.coords[0]) for line in shapely.maximum_inscribed_circle(drawn.geometry.to_numpy())]
    return {
        "type": "FeatureCollection",
        "bbox": [round(float(edge), DECIMALS) for edge in drawn.total_bounds],
        "features": [
            {
                "type": "Feature",
                "properties": {"code": code, "name": names[code], "at": [round(at.y, 4), round(at.x, 4)]},
                "geometry": _rounded(geometry),
            }
            for code, geometry, at in zip(drawn.index, drawn.geometry, labels, strict=True)
        ],
    }


def _context(profile: Profile) -> dict[str, Any]:
    """Return the neighbouring authorities with the towns: there is no basemap, and a map needs its bearings."""
    import geopandas as gpd  # noqa: PLC0415

    frame = gpd.read_parquet(profile.directory / "neighbours.parquet").set_index("code").sort_index()
    content = _features(frame, frame["name"].to_dict())
    with (profile.directory / "towns.csv").open(encoding="utf-8", newline="") as file:
        content["towns"] = [
            [row["name"], round(float(row["latitude"]), 4), round(float(row["longitude"]), 4), int(row["rank"])]
            for row in csv.DictReader(file)
        ]
    return content


def _write(folder: Path, name: str, content: dict[str, Any]) -> str:
    raw = json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()
    file = f"{name}.{hashlib.sha256(raw).hexdigest()[:16]}.json.br"
    if not (folder / file).is_file():  # the name is the hash of the content
        write_durably(folder / file, brotli.compress(raw, quality=BROTLI_QUALITY))
    return file


def _unchanged(profile: Profile, before: Profile | None, workspace: Path) -> dict[str, str]:
    """Return the files of an earlier version of the areas that still hold: same atoms, and each put where it was."""
    if before is None or not has_drawing(workspace, before.version):
        return {}
    old, new = (one.directory / "atoms.parquet" for one in (before, profile))
    if old.read_bytes() != new.read_bytes():
        return {}
    files = drawing_of(workspace, before.version).files
    was, now = load_areas(before), load_areas(profile)
    kept = {"context": files["context"]}
    for scheme in profile.schemes:
        key, known = scheme.key, scheme.key in was.names
        whole = known and not scheme.exact and not before.scheme(key).exact
        if whole and was.of_atom[key] == now.of_atom[key] and was.names[key] == now.names[key]:
            kept[key] = files[key]
    return kept


def prepare_drawing(profile: Profile, workspace: Path, before: Profile | None = None) -> dict[str, str]:
    """Write the shapes of every scheme into a workspace.

    Parameters
    ----------
    profile : Profile
        The council.
    workspace : pathlib.Path
        Its folder `DRAWING` takes the files and the index of the profile's version, which is replaced last.
    before : Profile, optional
        With the areas until now: shapes that stay as they were are not made again.

    Returns
    -------
    dict of str to str
        Scheme key, or "context" -> file name.
    """
    folder = workspace / DRAWING
    areas, atoms = load_areas(profile), read_atoms(profile)
    files = _unchanged(profile, before, workspace)
    if "context" not in files:
        files["context"] = _write(folder, "context", _context(profile))
    for scheme in profile.schemes:
        if scheme.key in files:
            continue
        frame = _outlines(profile, scheme.key) if scheme.exact else dissolve(atoms, areas, scheme.key)
        frame = frame.loc[list(areas.codes(scheme.key))]
        files[scheme.key] = _write(folder, scheme.key, _features(frame, dict(areas.names[scheme.key])))
    west, south, east, north = (float(edge) for edge in atoms.to_crs(WGS84).total_bounds)
    bounds = [[round(south, 3), round(west, 3)], [round(north, 3), round(east, 3)]]
    index = json.dumps({"files": files, "bounds": bounds}, indent=1)
    write_durably(folder / index_name(profile.version), index.encode())
    return files


def _outlines(profile: Profile, scheme: str) -> gpd.GeoDataFrame:
    """Return the outlines of a scheme that cuts atoms; index area code, geometry in British National Grid."""
    import geopandas as gpd  # noqa: PLC0415

    frame = gpd.read_parquet(profile.directory / f"outlines_{scheme}.parquet").set_index("code")
    return require_crs(frame, BNG)
