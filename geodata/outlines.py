"""Files of area outlines, read into British National Grid and judged area by area.

A feature that cannot be used is set aside with its reason. A file that is in another place or in other units than it
says is refused: an outline that is guessed right nine times of ten draws the tenth in the wrong county.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError

from geodata.crs import BNG, WGS84
from geodata.errors import GeometryError, InputError
from geodata.outline_file import RawOutlines, read_raw

Box = tuple[float, float, float, float]
"""Smallest x, smallest y, largest x, largest y."""

LEVELS = {key: key for key in ("oa", "lsoa", "msoa", "ward")} | {"wd": "ward", "lad": "district", "ltla": "district"}
"""Beginning of a field of codes as the Office for National Statistics and its users name it -> scheme."""

CODED = re.compile(rf"({'|'.join(LEVELS)})(\d\d)_?(?:cd|code)", re.IGNORECASE)

UK_EXTENTS = {
    BNG: ("British National Grid metres", (0, 0, 700_000, 1_300_000)),
    "EPSG:3857": ("Web Mercator metres", (-1_000_000, 6_200_000, 300_000, 8_800_000)),
}
"""System -> what its coordinates are called, and between which they lie in the United Kingdom."""

WRONG_RINGS = {
    "Self-intersection": "its edge crosses itself",
    "Ring Self-intersection": "its edge touches itself",
    "Hole lies outside shell": "a hole lies outside its edge",
    "Interior is disconnected": "its holes cut it in two",
    "Nested shells": "one of its parts lies in another",
    "Too few points in geometry component": "its edge has too few points",
    "Invalid Coordinate": "a coordinate is no place on earth",
}
"""What GEOS says of an outline -> the same in plain words."""


@dataclass(frozen=True)
class Fault:
    """Why one feature is set aside.

    Attributes
    ----------
    feature : int
        Its number in the file, from 1.
    column : str
        Field at fault, or "geometry".
    reason : str
        In words, with the place where there is one.
    """

    feature: int
    column: str
    reason: str


@dataclass(frozen=True)
class Outlines:
    """The outlines of a file.

    Attributes
    ----------
    frame : geopandas.GeoDataFrame
        Index code, sorted; columns name, the file's other fields of text, geometry (polygons in British National Grid).
    code_field, name_field : str, str or None
        Fields that were taken for code and name; without a name field the codes are the names.
    scheme : tuple of (str, int) or None
        Scheme and vintage that the field of codes names, such as ("lsoa", 2021).
    numbers : numpy.ndarray of int
        For each row of `frame`, the number of its feature in the file, from 1.
    features_read, faults : int, list of Fault
        Rows of `frame` and distinct features in `faults` together; the faults by feature.
    notes : tuple of str
        Sentences on what was read otherwise than the usual way.
    """

    frame: gpd.GeoDataFrame
    code_field: str
    name_field: str | None
    scheme: tuple[str, int] | None
    numbers: np.ndarray
    features_read: int
    faults: list[Fault]
    notes: tuple[str, ...]


def place(longitude: float, latitude: float) -> str:
    """Return a place as it stands in messages: to about 100 m."""
    return f"longitude {longitude:.3f}, latitude {latitude:.3f}"


@lru_cache(maxsize=8)
def _from_grid(system: CRS) -> Transformer:
    return Transformer.from_crs(BNG, system, always_xy=True)


def _text(value: Any) -> str:
    """Return a code or name as text; a number that a program made of a code loses its decimals."""
    if value is None or (isinstance(value, float) and not np.isfinite(value)) or value is pd.NA:
        return ""
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
    return text.encode("utf-8", "replace").decode()  # JSON can hold halves of characters


def _fields(raw: RawOutlines, pattern: str) -> list[str]:
    return [str(field) for field in raw.properties.columns if re.fullmatch(pattern, str(field), re.IGNORECASE)]


def _asked(raw: RawOutlines, field: str, option: str) -> str:
    if found := _fields(raw, re.escape(field)):
        return field if field in found else found[0]
    raise InputError(f"'{raw.file}' has no field '{field}'. Say {option} with one of: {', '.join(_fields(raw, '.+'))}.")


def _code_field(raw: RawOutlines) -> str:
    """Return the field of codes: of several, the one with most different codes, as areas also name what they lie in."""
    if found := _fields(raw, ".*(code|cd)") or _fields(raw, "(?!object|global)(.*_)?id"):
        return max(found, key=lambda field: len({_text(value) for value in raw.properties[field]} - {""}))
    raise InputError(
        f"'{raw.file}' has no field of codes. Say --code-field with one of: {', '.join(_fields(raw, '.+'))}."
    )


def _name_field(raw: RawOutlines, code_field: str) -> str | None:
    stem = re.escape(re.sub(r"(code|cd|id)$", "", code_field, flags=re.IGNORECASE))
    found = _fields(raw, f"{stem}(name|nm)") or _fields(raw, ".*(name|nm)")
    return found[0] if found else None


def _system(raw: RawOutlines, asked: str | None) -> tuple[CRS, tuple[str, ...]]:
    """Return the coordinate reference system to read the file in, and what to say of it."""
    wanted = raw.crs if asked is None else asked
    if wanted is None:
        raise InputError(
            f"'{raw.file}' names no coordinate reference system. Export it with one, or say it, as in --crs {BNG}."
        )
    if isinstance(wanted, str) and wanted.upper().endswith("CRS84"):
        wanted = WGS84
    try:
        system = CRS.from_user_input(wanted)
        _from_grid(system)
    except ProjError:
        says = f"'{raw.file}' names" if asked is None else "--crs names"
        raise InputError(
            f"{says} the coordinate reference system '{wanted}', which cannot be used. Say one, as in --crs {BNG}."
        ) from None
    usual = asked is None and system.equals(CRS(WGS84), ignore_axis_order=True)
    says = "as --crs says" if asked else "as the file says"
    return system, () if usual else (f"The coordinates were read in {system.name}, {says}.",)


def _not_polygons(shapes: np.ndarray) -> Iterator[Fault]:
    for number, shape in enumerate(shapes, 1):
        if shape is None:
            yield Fault(number, "geometry", "there is no outline, or one that cannot be read")
        elif shape.geom_type not in {"Polygon", "MultiPolygon"}:
            yield Fault(number, "geometry", f"it is a {shape.geom_type}, not a polygon")
        elif shape.is_empty:
            yield Fault(number, "geometry", "its outline is empty")


def _meet(bounds: np.ndarray, box: Box) -> np.ndarray:
    """Return which bounds (rows of smallest x, smallest y, largest x, largest y) share a place with the box."""
    return np.asarray(np.hstack([bounds[:, :2] <= box[2:], bounds[:, 2:] >= box[:2]]).all(axis=1))


def _refuse_no_degrees(bounds: np.ndarray, numbers: np.ndarray, file: str) -> None:
    bad = np.flatnonzero((np.abs(bounds) > 180).any(axis=1))
    if not len(bad):
        return
    first = bounds[bad[:1]]
    fitting = [(words, key) for key, (words, extent) in UK_EXTENTS.items() if _meet(first, extent)[0]]
    looks, key = fitting[0] if fitting else ("another system", BNG)
    raise InputError(
        f"Feature {numbers[bad[0]]} of '{file}' has the coordinates {first[0, 0]:.0f}, {first[0, 1]:.0f}. Those are no"
        f" degrees: they look like {looks}. Export it in WGS84, or say --crs {key} if that is what they are."
    )


def _refuse_elsewhere(bounds: np.ndarray, numbers: np.ndarray, system: CRS, near: Box, file: str) -> None:
    """Refuse outlines whose axes are exchanged, and outlines that are nowhere near the council.

    Of degrees one exchanged feature is enough: no place in the United Kingdom lies near the council when its longitude
    and latitude are exchanged. Of metres some do, so there all have to be out of place.
    """
    if system.is_geographic:
        _refuse_no_degrees(bounds, numbers, file)
    systems = (CRS(WGS84), *map(CRS, UK_EXTENTS), system)
    boxes = [_from_grid(one).transform_bounds(*near) for one in systems]
    here = _meet(bounds, boxes[-1])
    exchanged = _meet(bounds[:, [1, 0, 3, 2]], boxes[-1]) & ~here
    if exchanged.any() and (system.is_geographic or not here.any()):
        axes = ("latitude and longitude", "longitude") if system.is_geographic else ("northing and easting", "easting")
        raise GeometryError(
            f"{axes[0].capitalize()} are exchanged in feature {numbers[exchanged][0]} of '{file}'"
            f" ({exchanged.sum()} of {len(bounds)}); export again with {axes[1]} first."
        )
    if here.any():
        return
    other = next((one for one, box in zip(systems, boxes, strict=True) if _meet(bounds, box).any()), None)
    remedy = f"They would in {other.name}: say --crs {other.to_string()}." if other else "Export this council's areas."
    between = f"from {place(*boxes[0][:2])} to {place(*boxes[0][2:])}"
    raise GeometryError(f"No outline of '{file}' meets the council, which lies {between}. {remedy}")


def _bad_rings(shapes: np.ndarray, numbers: np.ndarray) -> Iterator[Fault]:
    """Yield the outlines (in British National Grid) that are no proper polygons, with the place."""
    for number, shape in zip(numbers, shapes, strict=True):
        if shape.is_valid:
            continue
        reason, _, at = shapely.is_valid_reason(shape).partition("[")
        words = WRONG_RINGS.get(reason, reason.lower())
        x, y = map(float, at.rstrip("]").split()[:2]) if at else (np.inf, np.inf)
        if np.isfinite([x, y]).all():
            words += f" at {place(*_from_grid(CRS(WGS84)).transform(x, y))}"
        yield Fault(int(number), "geometry", words)


def _bad_codes(codes: list[str], field: str) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for number, code in enumerate(codes, 1):
        if not code:
            yield Fault(number, field, "it has no code")
        elif first.setdefault(code, number) != number:
            yield Fault(number, field, f"its code {code} stands in feature {first[code]} already")


def _columns(raw: RawOutlines, code_field: str, name_field: str | None) -> dict[str, list[str]]:
    """Return the names, and every other field that holds text and nothing else."""
    pairs = zip(raw.properties[name_field or code_field], raw.properties[code_field], strict=True)
    columns = {"name": [_text(name) or _text(code) for name, code in pairs]}
    for field in _fields(raw, ".+"):
        values = [value for value in raw.properties[field] if _text(value)]
        used = field in {code_field, name_field, "name", "geometry"}
        if values and not used and all(isinstance(value, str) for value in values):
            columns[field] = [_text(value) for value in raw.properties[field]]
    return columns


def read_outlines(
    path: Path, *, code_field: str | None = None, name_field: str | None = None, crs: str | None = None, near: Box
) -> Outlines:
    """Read a file of areas.

    Parameters
    ----------
    path : pathlib.Path
        GeoJSON, GeoPackage with one layer of polygons, or a zipped shapefile; by its content, not its name.
    code_field, name_field : str, optional
        Fields of codes and names; found by their names where not given.
    crs : str, optional
        Coordinate reference system of the file, whatever it says itself. GeoJSON that names none is in WGS84,
        longitude first (RFC 7946, section 4).
    near : tuple of float
        The council's bounding box in British National Grid metres.

    Returns
    -------
    Outlines
        Features that cannot be used are in its `faults`. Of a repeated code the first feature is kept.

    Raises
    ------
    UsageError
        If there is no such file.
    InputError
        If the file is none of these, has no feature or no field of codes, or its coordinates are not what it says.
    GeometryError
        If no feature is a proper polygon, axes are exchanged, or no outline meets the council.
    """
    raw = read_raw(path)
    faults = list(_not_polygons(raw.shapes))
    numbers = np.setdiff1d(np.arange(1, len(raw.shapes) + 1), [fault.feature for fault in faults])
    if not len(numbers):
        raise GeometryError(f"'{raw.file}' has no polygon. Feature 1: {faults[0].reason}. Export the areas' outlines.")
    field = _asked(raw, code_field, "--code-field") if code_field else _code_field(raw)
    names = _asked(raw, name_field, "--name-field") if name_field else _name_field(raw, field)
    system, notes = _system(raw, crs)
    polygons = shapely.force_2d(raw.shapes[numbers - 1])
    _refuse_elsewhere(shapely.bounds(polygons), numbers, system, near, raw.file)
    metres = gpd.GeoSeries(polygons, crs=system).to_crs(BNG).to_numpy()
    codes = [_text(value) for value in raw.properties[field]]
    faults += [*_bad_rings(metres, numbers), *_bad_codes(codes, field)]
    faults.sort(key=lambda fault: (fault.feature, fault.column))
    good = np.setdiff1d(numbers, [fault.feature for fault in faults]) - 1
    if not len(good):
        first = faults[0]
        raise GeometryError(f"'{raw.file}' has no area that can be used. Feature {first.feature}: {first.reason}.")
    if names is None:
        notes += ("No field of names was found: the codes are the names. Say --name-field if there is one.",)
    frame = gpd.GeoDataFrame(
        {key: pd.array(values, dtype="str")[good] for key, values in _columns(raw, field, names).items()},
        geometry=metres[np.searchsorted(numbers, good + 1)],
        crs=BNG,
        index=pd.Index([codes[i] for i in good], name="code", dtype="str"),
    )
    order = frame.index.argsort()  # by code
    coded = CODED.fullmatch(field)
    scheme = (LEVELS[coded[1].lower()], 2000 + int(coded[2])) if coded else None
    return Outlines(frame.iloc[order], field, names, scheme, good[order] + 1, len(raw.shapes), faults, notes)
