"""What the server answers beside Dash: prepared shapes, places and files to take away."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import brotli
from flask import Flask, Response, abort, jsonify, request

from callbacks.figures import CurrentFigures
from callbacks.places import place_set
from dashapp.settings import LOOPBACK
from geodata.errors import AtlasError, UsageError
from geodata.geometry_index import DRAWING, drawing_of
from layers.points import all_point_sets
from layers.table import as_csv

CHANGED = "The data have changed. Reload the page, then try again.\n"
FOR_EVER = "public, max-age=31536000, immutable"


def geometry_url(file: str) -> str:
    """Return the address of a prepared shapes file; the page asks for it relative to its own address."""
    return f"geometry/{file.removesuffix('.br')}"


def _asked(key: str) -> str:
    """Return a part of the question, which must be there: a file that names no period could be of any."""
    if value := request.args.get(key):
        return value
    raise UsageError(f"The address lacks '{key}'. It needs layer, scheme and period.")


def register(server: Flask, current: CurrentFigures, workspace: Path) -> None:
    """Add the routes to the server.

    Parameters
    ----------
    server : flask.Flask
        The server under the Dash app.
    current : CurrentFigures
        Gives the figures of the snapshot in force.
    workspace : pathlib.Path
        Where the prepared shapes are.
    """

    @server.get("/geometry/<path:name>")
    def geometry(name: str) -> Response:
        # Only names of the index are served: no path is ever built from what a browser sends.
        drawing = drawing_of(workspace, current().store.profile.version)
        files = {file.removesuffix(".br"): file for file in drawing.files.values()}
        if name not in files:
            abort(404)
        body = (workspace / DRAWING / files[name]).read_bytes()
        headers = {"Cache-Control": FOR_EVER, "Vary": "Accept-Encoding"}
        if request.accept_encodings["br"]:
            headers["Content-Encoding"] = "br"
        else:
            body = brotli.decompress(body)
        return Response(body, mimetype="application/json", headers=headers)

    @server.before_request
    def refuse_strangers() -> None:
        # A page of another site can make its own name point at this machine; it cannot change the name it asks for.
        if urlsplit(f"//{request.host}").hostname not in LOOPBACK:
            abort(403)

    @server.get("/points/<path:name>")
    def points(name: str) -> Response:
        figures = current()
        files = {f"{one.key}.json": one.key for one in all_point_sets()}
        if name not in files:
            abort(404)
        if request.args.get("snapshot", figures.store.snapshot.id) != figures.store.snapshot.id:
            return Response(CHANGED, 409, mimetype="text/plain")
        return jsonify(place_set(figures, files[name]))

    @server.get("/table.csv")
    def table_csv() -> Response:
        if request.args.get("snapshot", snapshot := current().store.snapshot.id) != snapshot:
            return Response(CHANGED, 409, mimetype="text/plain")
        try:
            table = current().table(*(_asked(key) for key in ("layer", "scheme", "period")))
        except AtlasError as error:
            return Response(f"{error}\n", status=400, mimetype="text/plain")
        # A colon, which parts a layer from its variant, cannot stand in the name of a file everywhere.
        words = [table.info.key.replace(":", "-"), table.scheme.key, table.period.key.replace("/", "-")]
        words += ["synthetic"] if "synthetic" in table.basis else ["officer-only"]
        headers = {"Content-Disposition": f"attachment; filename={'_'.join(words)}.csv", "Cache-Control": "no-store"}
        # The mark tells Excel that the file is UTF-8.
        return Response("\ufeff" + as_csv(table), mimetype="text/csv", headers=headers)

    @server.after_request
    def keep_private(response: Response) -> Response:
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        return response
