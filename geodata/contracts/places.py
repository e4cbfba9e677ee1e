"""Columns that every dataset of places shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.contracts.base import Column, Rule

if TYPE_CHECKING:
    import pandas as pd

EASTING = Column(
    "easting", "Easting", "coordinate", aliases=("eastings", "x", "bng easting", "grid easting", "easting m"),
    description="British National Grid, metres.",
)  # fmt: skip
NORTHING = Column(
    "northing", "Northing", "coordinate", aliases=("northings", "y", "bng northing", "grid northing", "northing m"),
    description="British National Grid, metres.",
)  # fmt: skip
LONGITUDE = Column(
    "longitude", "Longitude", "coordinate", aliases=("lon", "long", "lng"), description="Degrees, WGS84."
)
LATITUDE = Column("latitude", "Latitude", "coordinate", aliases=("lat",), description="Degrees, WGS84.")
PLACE_POSTCODE = Column(
    "postcode", "Postcode", "postcode", aliases=("post code", "pcode", "pcds", "pcd", "site postcode"),
    description="Serves where there are no coordinates.",
)  # fmt: skip
LOCATION = (PLACE_POSTCODE, EASTING, NORTHING, LONGITUDE, LATITUDE)
"""A place needs coordinates of one kind, or a postcode."""

PHASE_CODES = {
    "nursery": "Nursery",
    "primary": "Primary",
    "secondary": "Secondary",
    "all_through": "All-through",
    "post_16": "Post-16",
    "none": "No phase stated",
}
PHASE_SPELLINGS = {
    "early years": "nursery", "infant": "primary", "junior": "primary", "first": "primary",
    "middle deemed primary": "primary", "middle deemed secondary": "secondary", "upper": "secondary",
    "16 plus": "post_16", "sixth form": "post_16", "post 16": "post_16", "16+": "post_16", "post-16": "post_16",
    "all through": "all_through", "allthrough": "all_through", "not applicable": "none", "n/a": "none",
}  # fmt: skip


def _in_metres(rows: pd.DataFrame) -> pd.Series[bool]:
    """Return where both metres are given; systems write 0 for what they do not know."""
    found: pd.Series[bool] = (rows["easting"] > 0) & (rows["northing"] > 0)
    return found


def _in_degrees(rows: pd.DataFrame) -> pd.Series[bool]:
    found: pd.Series[bool] = rows["longitude"].notna() & rows["latitude"].notna()
    return found


def _postcodes(rows: pd.DataFrame) -> pd.Series[str]:
    """Return postcodes in capitals without spaces; blank where there is none."""
    found: pd.Series[str] = rows["postcode"].fillna("").str.replace(r"\s+", "", regex=True).str.upper()
    return found


def _stands_alone(rows: pd.DataFrame) -> pd.Series[bool]:
    """Return False where another row has the same coordinates, or the same postcode and neither has coordinates."""
    metres, degrees = _in_metres(rows), _in_degrees(rows)
    postcodes = _postcodes(rows).where(~(metres | degrees), "")
    shared: pd.Series[bool] = (
        (metres & rows.duplicated(["easting", "northing"], keep=False))
        | (degrees & rows.duplicated(["longitude", "latitude"], keep=False))
        | ((postcodes != "") & postcodes.duplicated(keep=False))
    )
    return ~shared


def _has_a_place(rows: pd.DataFrame) -> pd.Series[bool]:
    found: pd.Series[bool] = _in_metres(rows) | _in_degrees(rows) | (_postcodes(rows) != "")
    return found


SAME_POINT = Rule("name", "another site stands at the same point", _stands_alone)
NO_PLACE = Rule("postcode", "neither coordinates nor a postcode: it has no place on the map", _has_a_place)
