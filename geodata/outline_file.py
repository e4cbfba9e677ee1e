"""Files of area outlines as they come: GeoJSON, GeoPackage or a zipped shapefile -> properties and shapes."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS

from geodata.crs import WGS84
from geodata.errors import InputError, UsageError

MAX_BYTES = 1_000_000_000
"""Largest file that is read: England in full detail is about as large, one council a hundredth of it."""

SQLITE_MAGIC, ZIP_MAGIC, SHAPEFILE_MAGIC = b"SQLite format 3\x00", b"PK\x03\x04", b"\x00\x00\x27\x0a"


@dataclass(frozen=True)
class RawOutlines:
    """What stands in a file: fields, shapes and the coordinate reference system that it names or, by rule, implies."""

    file: str
    properties: pd.DataFrame
    shapes: np.ndarray
    crs: str | CRS | None


def _geojson(path: Path) -> RawOutlines:
    try:
        content = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        raise InputError(
            f"'{path.name}' is neither GeoJSON, GeoPackage nor a zipped shapefile. Export the areas as one of them."
        ) from None
    kind = content.get("type") if isinstance(content, dict) else None
    if kind != "FeatureCollection" or not isinstance(content.get("features"), list):
        found = f"of type '{kind}'" if isinstance(kind, str) else "JSON of another kind"
        raise InputError(f"'{path.name}' is {found}, not a GeoJSON FeatureCollection. Export the areas as GeoJSON.")
    features = [one if isinstance(one, dict) else {} for one in content["features"]]
    fields = [one["properties"] if isinstance(one.get("properties"), dict) else {} for one in features]
    properties = pd.DataFrame(fields, index=range(len(features)), dtype=object)
    shapes = shapely.from_geojson([json.dumps(one.get("geometry")) for one in features], on_invalid="ignore")
    try:
        crs = WGS84 if content.get("crs") is None else str(content["crs"]["properties"]["name"])
    except (KeyError, TypeError):
        crs = None  # it names a system in a way that nobody can read
    return RawOutlines(path.name, properties, shapes, crs)


def _inside_zip(path: Path) -> str:
    """Return the address of the one shapefile in a zip file; its content is checked, not its name alone."""
    try:
        with ZipFile(path) as file:
            members = [name for name in file.namelist() if name.lower().endswith(".shp") and "__MACOSX" not in name]
            found = []
            for name in members:
                with file.open(name) as member:
                    found += [name] if member.read(4) == SHAPEFILE_MAGIC else []
    except (BadZipFile, RuntimeError, NotImplementedError, OSError, zlib.error):
        raise InputError(f"'{path.name}' breaks off or has a password. Zip the shapefile again without one.") from None
    if len(found) != 1:
        raise InputError(f"'{path.name}' holds {len(found)} shapefiles. Zip one shapefile with all its parts.")
    return f"/vsizip/{path.resolve()}/{found[0]}"


def _table(path: Path, address: str) -> RawOutlines:
    """Read the one layer of polygons of a GeoPackage or shapefile."""
    try:
        layers = gpd.list_layers(address)
        kinds = layers["geometry_type"].fillna("").astype(str)
        names = [str(name) for name in layers.loc[kinds.str.contains("Polygon|Surface|Collection|Unknown"), "name"]]
        frame = gpd.read_file(address, layer=names[0], on_invalid="ignore") if len(names) == 1 else None
    except (RuntimeError, ValueError, OSError):
        raise InputError(f"'{path.name}' breaks off or cannot be read. Export it again, best as GeoJSON.") from None
    if frame is None:
        listed = ", ".join(names) or "none"
        raise InputError(f"'{path.name}' has {len(names)} layers of polygons ({listed}). Export one layer alone.")
    fields = pd.DataFrame(frame.drop(columns=frame.geometry.name)).astype(object)
    return RawOutlines(path.name, fields, frame.geometry.to_numpy(), frame.crs)


def read_raw(path: Path) -> RawOutlines:
    """Return the properties and shapes of a file, told by its content.

    Raises
    ------
    UsageError
        If there is no such file.
    InputError
        If it is too large, none of the three kinds, or cannot be read.
    """
    if not path.is_file():
        raise UsageError(f"There is no file '{path.name}' in that folder.")
    if path.stat().st_size > MAX_BYTES:
        raise InputError(f"'{path.name}' is larger than {MAX_BYTES:,} bytes. Export the council's areas only.")
    with path.open("rb") as file:
        magic = file.read(len(SQLITE_MAGIC))
    zipped = magic.startswith(ZIP_MAGIC)
    if zipped or magic == SQLITE_MAGIC:
        raw = _table(path, _inside_zip(path) if zipped else str(path.resolve()))
    else:
        raw = _geojson(path)
    if not len(raw.shapes):
        raise InputError(f"'{path.name}' holds no feature. Export it again and check the filter.")
    return raw
