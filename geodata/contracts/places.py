"""Columns that every dataset of places shares."""

from __future__ import annotations

from geodata.contracts.base import Column

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
