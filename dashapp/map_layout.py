"""The map page as a tree of components; what changes on it is drawn in the browser."""

from __future__ import annotations

from pathlib import Path

import dash_leaflet as dl
from dash import dcc, html

from callbacks.figures import Figures
from callbacks.ids import Box, Id
from dashapp.routes import geometry_url
from dashapp.shell import attributes, top_bar
from geodata.geometry_index import drawing_files

COUNTY_BOUNDS = [[51.485, -1.141], [52.197, -0.476]]


def _stores(figures: Figures, files: dict[str, str]) -> list[dcc.Store]:
    catalog = figures.catalog() | {
        "geometry": {key: geometry_url(file) for key, file in files.items()},
        "bounds": COUNTY_BOUNDS,
    }
    empty = (Id.STATE, Id.CHOICE, Id.VIEW, Id.CARD, Id.TABLE, Id.TABLE_OF)
    return [dcc.Store(id=Id.CATALOG, data=catalog), *(dcc.Store(id=key) for key in empty)]


def _function(name: str) -> dict[str, str]:
    return {"variable": f"atlas.{name}"}


def _map(files: dict[str, str]) -> dl.Map:
    hooks = {"style": _function("contextStyle"), "onEachFeature": _function("onContext")}
    context = dl.GeoJSON(id=Id.CONTEXT, url=geometry_url(files["context"]), interactive=False, **hooks)
    areas = dl.GeoJSON(id=Id.AREAS, style=_function("areaStyle"), onEachFeature=_function("onArea"))
    outline = dl.GeoJSON(
        id=Id.OUTLINE, url=geometry_url(files["locality"]), interactive=False, style=_function("outlineStyle")
    )
    return dl.Map(
        [
            dl.Pane(context, name="context", style={"zIndex": 350}),
            areas,
            dl.Pane(outline, name="outline", style={"zIndex": 450}),
        ],
        id=Id.MAP, bounds=COUNTY_BOUNDS, preferCanvas=True, zoomControl=False, attributionControl=False,
        trackViewport=False, zoomSnap=0.1, zoomDelta=0.5, wheelPxPerZoomLevel=120, minZoom=8, maxZoom=15, keyboard=True,
    )  # fmt: skip


def _move_buttons() -> html.Div:
    moves = [("in", "+", "Zoom in"), ("out", "\u2212", "Zoom out"), ("home", "\u2302", "Whole county"),
             ("left", "\u2190", "Move west"), ("up", "\u2191", "Move north"), ("down", "\u2193", "Move south"),
             ("right", "\u2192", "Move east")]  # fmt: skip
    buttons = [
        html.Button(sign, type="button", title=name, **attributes(data_move=move, aria_label=name))
        for move, sign, name in moves
    ]
    return html.Div(buttons, className="moves", role="group", **attributes(aria_label="Move the map"))


def _schemes() -> html.Div:
    """Return the box of the area schemes; the browser fills it with native radio buttons from the catalog."""
    return html.Div(id=Box.SCHEMES, className="segments", role="radiogroup", **attributes(aria_label="Areas"))


def _period() -> html.Div:
    """Return the period control: a native list between two steps."""
    return html.Div(
        [
            html.Label("When", className="label", htmlFor=Box.PERIOD),
            html.Button("\u2039", type="button", title="Earlier", **attributes(data_step="-1", aria_label="Earlier")),
            html.Select(id=Box.PERIOD, className="period"),
            html.Button("\u203a", type="button", title="Later", **attributes(data_step="1", aria_label="Later")),
        ],
        className="when",
    )


def _rail() -> html.Nav:
    details = html.Details(
        [html.Summary("Layers"), html.Div(id=Box.LAYERS, className="layers")], open=True, id=Box.RAIL
    )
    return html.Nav(details, className="rail", **attributes(aria_label="Layers"))


def _centre(files: dict[str, str]) -> html.Main:
    return html.Main(
        [
            html.Div(
                [html.H1(id=Box.TITLE), _period(), html.P(id=Box.TAGS, className="tags")], className="heading"
            ),
            _schemes(),
            html.P(id=Box.SENTENCE, className="sentence"),
            html.Div(
                [_map(files), _move_buttons(), html.Div(id=Box.LEGEND, className="legend")],
                className="map-box", role="region", **attributes(aria_label="Map; the list of areas says the same"),
            ),
            html.P(id=Box.NOTE, className="note"),
            html.Details(
                [html.Summary("Show the whole table"), html.Div(id=Box.TABLE)], id=Box.TABLE_DETAILS, className="twin"
            ),
        ],
        className="centre",
    )  # fmt: skip


def _side() -> html.Aside:
    return html.Aside(
        [
            html.Section(id=Box.CARD, className="card", **attributes(aria_label="Chosen area")),
            html.Section(id=Box.LIST, className="areas", tabIndex=-1, **attributes(aria_label="Areas")),
            html.Div(
                [
                    html.A("Download CSV", id=Box.CSV, className="button", href="#"),
                    html.Button("Save picture (PNG)", id=Box.PICTURE, type="button", className="button"),
                ],
                className="take-away",
            ),
        ],
        className="side",
    )


def map_layout(figures: Figures, workspace: Path) -> html.Div:
    """Return the map page.

    Parameters
    ----------
    figures : Figures
        Of the snapshot in force: says which layers and periods there are.
    workspace : pathlib.Path
        Holds the prepared shapes.
    """
    files = drawing_files(workspace)
    return html.Div(
        [
            *_stores(figures, files),
            top_bar(figures),
            html.Div([_rail(), _centre(files), _side()], className="page"),
            html.Div(id=Box.LIVE, className="unseen", role="status", **attributes(aria_live="polite")),
        ]
    )
