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
from geodata.geometry_index import DRAWING, INDEX
from geodata.profile import Profile
from geodata.snapshot import write_durably

if TYPE_CHECKING:
    import geopandas as gpd

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
    write_durably(folder / file, brotli.compress(raw))
    return file


def prepare_drawing(profile: Profile, workspace: Path) -> dict[str, str]:
    """Write the shapes of every scheme into a workspace.

    Parameters
    ----------
    profile : Profile
        The council.
    workspace : pathlib.Path
        Its folder `DRAWING` takes the files and `INDEX`, which names them and is replaced last.

    Returns
    -------
    dict of str to str
        Scheme key, or "context" -> file name.
    """
    folder = workspace / DRAWING
    areas, atoms = load_areas(profile), read_atoms(profile)
    files = {"context": _write(folder, "context", _context(profile))}
    for scheme in profile.schemes:
        frame = dissolve(atoms, areas, scheme.key)
        files[scheme.key] = _write(folder, scheme.key, _features(frame, dict(areas.names[scheme.key])))
    write_durably(folder / INDEX, json.dumps(files, indent=1).encode())
    return files
