"""Builds the application: settings in, a ready Dash app out. Nothing is loaded at import."""

from __future__ import annotations

from pathlib import Path

from dash import Dash
from flask_compress import Compress

from callbacks import map_page
from callbacks.figures import CurrentFigures
from dashapp import (
    centres_routes,
    cme_routes,
    cme_week_routes,
    data_routes,
    places_routes,
    plotly_routes,
    routes,
    workers_routes,
)
from dashapp.map_layout import map_layout
from dashapp.settings import Settings
from dashapp.shell import AtlasDash
from geodata.snapshot import Workspace

HERE = Path(__file__).parent
COMPRESSED = ["text/html", "text/css", "text/csv", "text/javascript", "application/javascript", "application/json"]


def create_app(settings: Settings) -> Dash:
    """Return an application over one workspace.

    Parameters
    ----------
    settings : Settings
        Where the workspace is.

    Returns
    -------
    dash.Dash
        Ready to serve; two of them can live in one process.

    Raises
    ------
    NoSnapshotError
        If the workspace holds no snapshot, or its shapes were not prepared.
    """
    current = CurrentFigures(Workspace(settings.workspace))
    current()
    app = AtlasDash(
        "dashapp",  # the package whose templates folder Flask reads
        assets_folder=str(HERE / "assets"),
        assets_path_ignore=["^(data|cme|places|centres|workers)$"],  # served, but of those pages alone
        title="Locality Atlas",
        update_title="",
        serve_locally=True,
        compress=False,
    )
    app.current = current
    app.server.config.update(COMPRESS_MIMETYPES=COMPRESSED, COMPRESS_ALGORITHM=["br", "gzip"], COMPRESS_MIN_SIZE=400)
    Compress(app.server)
    app.layout = lambda: map_layout(current(), settings.workspace)
    map_page.register(app, current)
    cme_week_routes.register(app.server, current, settings.week_key)  # before the headers of every answer
    routes.register(app.server, current, settings.workspace)
    data_routes.register(app.server, current, settings.workspace)
    cme_routes.register(app.server, current)
    places_routes.register(app.server, current, settings.workspace)
    centres_routes.register(app.server, current)
    workers_routes.register(app.server, current, settings.workspace)
    plotly_routes.register(app.server)
    return app
