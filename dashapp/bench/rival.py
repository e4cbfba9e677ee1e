"""The page that the map is measured against: Plotly's choropleth map, whose callback returns its whole figure.

The usual way to put a choropleth into Dash. It shows the same areas, figures and classes.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import brotli
import plotly.graph_objects as go
import waitress
from dash import Dash, Input, Output, dcc, html
from flask_compress import Compress

from callbacks.figures import CurrentFigures, Figures
from geodata.geometry_index import DRAWING, drawing_of
from geodata.profile import load_profile
from geodata.snapshot import Workspace
from layers.palette import SEQUENTIAL_LIGHT


def figure(figures: Figures, shapes: dict[str, Any], layer: str, period: str) -> Any:
    """Return the whole figure of a layer by LSOA."""
    table = figures.table(layer, "lsoa", period)
    trace = go.Choroplethmap(
        geojson=shapes,
        featureidkey="properties.code",
        locations=[row.code for row in table.areas],
        z=[row.value for row in table.areas],
        text=[row.name for row in table.areas],
        colorscale=list(SEQUENTIAL_LIGHT),
    )
    view = {"style": "white-bg", "center": {"lat": 51.84, "lon": -0.8}, "zoom": 8.4}
    return go.Figure(trace, layout={"map": view, "margin": {"l": 0, "r": 0, "t": 0, "b": 0}, "uirevision": "same"})


def serve(workspace: Path, port: int) -> None:
    """Serve the rival page until killed."""
    figures = CurrentFigures(Workspace(workspace))()
    file = workspace / DRAWING / drawing_of(workspace, load_profile().version).files["lsoa"]
    shapes = json.loads(brotli.decompress(file.read_bytes()))
    newest = {layer.info.key: layer.periods(figures.store)[-1].key for layer in figures.shown()}
    app = Dash("rival", serve_locally=True, compress=False)
    Compress(app.server)
    app.layout = html.Div(
        [
            dcc.RadioItems(id="layer", options=list(newest), value="ehcp_prevalence"),
            dcc.Graph(id="map", style={"height": "80vh"}),
        ]
    )

    @app.callback(Output("map", "figure"), Input("layer", "value"))
    def show(layer: str) -> Any:
        return figure(figures, shapes, layer, newest[layer])

    waitress.serve(app.server, host="127.0.0.1", port=port, threads=4, _quiet=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("workspace", type=Path)
    parser.add_argument("port", type=int)
    arguments = parser.parse_args()
    serve(arguments.workspace, arguments.port)
