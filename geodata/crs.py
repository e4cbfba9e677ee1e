"""The two coordinate reference systems, and the guard that keeps them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.errors import MissingCrsError

if TYPE_CHECKING:
    import geopandas as gpd

BNG = "EPSG:27700"
"""British National Grid: metres, for measuring."""

WGS84 = "EPSG:4326"
"""Longitude and latitude in degrees, for drawing."""


def require_crs(frame: gpd.GeoDataFrame, crs: str) -> gpd.GeoDataFrame:
    """Return `frame` unchanged, or say which coordinate reference system it should have had.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        Any frame with a geometry column.
    crs : str
        The system needed, such as ``"EPSG:27700"``.

    Returns
    -------
    geopandas.GeoDataFrame
        The same object.

    Raises
    ------
    MissingCrsError
        If the frame has no system, or another one.
    """
    if frame.crs is None:
        raise MissingCrsError(f"The shapes name no coordinate reference system; {crs} is needed. Set it at the source.")
    if frame.crs != crs:
        raise MissingCrsError(f"The shapes are in {frame.crs.to_string()}; {crs} is needed. Use .to_crs('{crs}').")
    return frame
