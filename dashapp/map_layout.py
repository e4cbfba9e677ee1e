"""What Dash holds of the map page: the data that travel, and the map itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dash_leaflet as dl
from dash import dcc, html

from callbacks.catalog import catalog
from callbacks.figures import Figures
from callbacks.ids import Id
from dashapp.routes import geometry_url
from geodata.geometry_index import Drawing, drawing_of


def _stores(figures: Figures, drawing: Drawing) -> list[dcc.Store]:
    offered = catalog(figures) | {
        "geometry": {key: geometry_url(file) for key, file in drawing.files.items()},
        "bounds": drawing.bounds,
    }
    empty = (Id.STATE, Id.CHOICE, Id.VIEW, Id.CARD, Id.SECOND, Id.SECOND_VIEW, Id.SECOND_CARD, Id.AHEAD_OF, Id.AHEAD,
             Id.TABLE_OF, Id.TABLE)  # fmt: skip
    return [dcc.Store(id=Id.CATALOG, data=offered), *(dcc.Store(id=key) for key in empty)]


def _function(name: str) -> dict[str, str]:
    """Return the name of a function of the page's own scripts, as the map takes it."""
    return {"variable": f"atlas.{name}"}


def _map(drawing: Drawing) -> dl.Map:
    def shapes(key: Id, style: str, each: str, **more: Any) -> dl.GeoJSON:
        return dl.GeoJSON(id=key, style=_function(style), onEachFeature=_function(each), **more)

    url = {key: geometry_url(file) for key, file in drawing.files.items()}
    # All in one canvas: fewer large layers to put together at each frame of a machine without a graphics processor.
    return dl.Map(
        [
            shapes(Id.CONTEXT, "contextStyle", "onContext", url=url["context"], interactive=False),
            shapes(Id.OUTLINE, "outlineStyle", "onOutline", url=url["locality"], interactive=False),
        ],
        id=Id.MAP,
        bounds=drawing.bounds,
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
    drawing = drawing_of(workspace, figures.store.profile.version)
    return html.Div([*_stores(figures, drawing), _map(drawing)])
