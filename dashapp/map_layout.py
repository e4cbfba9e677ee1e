"""What Dash holds of the map page: the data that travel, and the map itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dash_leaflet as dl
from dash import dcc, html

from callbacks.figures import Figures
from callbacks.ids import Id
from dashapp.routes import geometry_url
from geodata.geometry_index import drawing_files

COUNTY_BOUNDS = [[51.485, -1.141], [52.197, -0.476]]


def _stores(figures: Figures, files: dict[str, str]) -> list[dcc.Store]:
    catalog = figures.catalog() | {
        "geometry": {key: geometry_url(file) for key, file in files.items()},
        "bounds": COUNTY_BOUNDS,
    }
    empty = (Id.STATE, Id.CHOICE, Id.VIEW, Id.CARD, Id.AHEAD_OF, Id.AHEAD, Id.TABLE_OF, Id.TABLE)
    return [dcc.Store(id=Id.CATALOG, data=catalog), *(dcc.Store(id=key) for key in empty)]


def _function(name: str) -> dict[str, str]:
    """Return the name of a function of the page's own scripts, as the map takes it."""
    return {"variable": f"atlas.{name}"}


def _map(files: dict[str, str]) -> dl.Map:
    def shapes(key: Id, style: str, each: str, **more: Any) -> dl.GeoJSON:
        return dl.GeoJSON(id=key, style=_function(style), onEachFeature=_function(each), **more)

    # All in one canvas: fewer large layers to put together at each frame of a machine without a graphics processor.
    return dl.Map(
        [
            shapes(Id.CONTEXT, "contextStyle", "onContext", url=geometry_url(files["context"]), interactive=False),
            shapes(Id.OUTLINE, "outlineStyle", "onOutline", url=geometry_url(files["locality"]), interactive=False),
        ],
        id=Id.MAP,
        bounds=COUNTY_BOUNDS,
        preferCanvas=True,
        zoomControl=False,
        attributionControl=False,
        trackViewport=False,
        zoomSnap=0.1,
        zoomDelta=0.5,
        wheelPxPerZoomLevel=120,
        minZoom=8,
        maxZoom=15,
        keyboard=True,
    )


def map_layout(figures: Figures, workspace: Path) -> html.Div:
    """Return the map page's layout.

    Parameters
    ----------
    figures : Figures
        Of the snapshot in force: says which layers and periods there are.
    workspace : pathlib.Path
        Holds the prepared shapes.
    """
    files = drawing_files(workspace)
    return html.Div([*_stores(figures, files), _map(files)])
