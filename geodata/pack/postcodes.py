"""Every postcode of the county and of a fringe around it, with its LSOA and its point."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely
from pyarrow import parquet

from geodata.pack.council import COUNTY_CODE

FRINGE_M = 5_000
"""Postcodes this far outside the county are in the pack too, known to be outside, in metres."""

MOVED_M = 250
"""A postcode used again lies elsewhere if it is this far outside its old LSOA, in metres.

Super-generalised outlines are wrong by up to about 200 m, so less proves nothing.
"""

SCHEMA = pa.schema(
    [
        ("postcode", pa.string()),
        ("lsoa", pa.dictionary(pa.int16(), pa.string())),
        ("easting", pa.int32()),
        ("northing", pa.int32()),
        ("live", pa.bool_()),
        ("by_point", pa.bool_()),
    ]
)


def make_postcodes(
    lookup: pd.DataFrame,
    onspd: pd.DataFrame,
    code_point: pd.DataFrame,
    lsoas: gpd.GeoDataFrame,
    atoms: gpd.GeoDataFrame,
) -> pd.DataFrame:
    """Join the official lookup to coordinates, and place by point what it cannot know.

    The lookup of May 2022 decides. A point decides (`by_point`) for postcodes newer than it, and
    for codes that had ended by then, are live again and now lie more than `MOVED_M` from their old
    LSOA: Royal Mail gives old codes to new estates. The directory's authority says on which side of
    the county line such a postcode is, and the nearest polygon on that side which LSOA.

    Parameters
    ----------
    lookup, onspd, code_point : pandas.DataFrame
        From `geodata.pack.postcode_sources`.
    lsoas : geopandas.GeoDataFrame
        All LSOAs, EPSG:27700.
    atoms : geopandas.GeoDataFrame
        Those of the county.

    Returns
    -------
    pandas.DataFrame
        Sorted by postcode: postcode, lsoa (LSOA11CD, also outside the county), easting, northing
        (metres, EPSG:27700), live, by_point.
    """
    county = atoms.union_all(method="coverage")
    frame = onspd.merge(lookup, on="postcode", how="left")
    points = shapely.points(frame["easting"], frame["northing"])
    has_point = frame["easting"].notna()
    distance_m = pd.Series(np.inf, index=frame.index)
    distance_m[has_point] = shapely.distance(county, points[has_point])
    kept = frame["lsoa"].isin(atoms["code"]) | (distance_m <= FRINGE_M)
    frame, points = frame[kept].reset_index(drop=True), points[kept]

    again = frame["ended"].eq(True) & frame["postcode"].isin(code_point["postcode"])
    shape_of = lsoas.set_index("code").geometry
    old_shapes = shape_of.reindex(frame["lsoa"]).array
    moved = again & (shapely.distance(old_shapes, points) > MOVED_M)
    frame["by_point"] = frame["lsoa"].isna() | moved
    frame["live"] = ~frame["ended"].eq(True) | again
    inside = frame["authority"].eq(COUNTY_CODE)
    is_atom = lsoas["code"].isin(atoms["code"])
    for rows, polygons in [(inside, lsoas[is_atom]), (~inside, lsoas[~is_atom])]:
        chosen = (rows & frame["by_point"]).to_numpy()
        nearest = shapely.STRtree(polygons.geometry.array).nearest(points[chosen])
        frame.loc[chosen, "lsoa"] = polygons["code"].to_numpy()[nearest]
    return frame.sort_values("postcode")[SCHEMA.names].reset_index(drop=True)


def write_postcodes(postcodes: pd.DataFrame, path: Path) -> None:
    """Write the postcodes as small as Parquet allows.

    Parameters
    ----------
    postcodes : pandas.DataFrame
        From `make_postcodes`.
    path : pathlib.Path
        File to write.
    """
    codes = sorted(postcodes["lsoa"].unique())
    columns = postcodes.assign(lsoa=pd.Categorical(postcodes["lsoa"], codes))
    table = pa.Table.from_pandas(columns, SCHEMA, preserve_index=False)
    parquet.write_table(
        # Without the metadata of pandas, which only names versions.
        table.replace_schema_metadata(None),
        path,
        compression="zstd",
        compression_level=19,
        use_dictionary=["lsoa"],
        column_encoding={
            "postcode": "DELTA_BYTE_ARRAY",
            "easting": "DELTA_BINARY_PACKED",
            "northing": "DELTA_BINARY_PACKED",
        },
    )
