"""Plotly's script, from the installed package: an address that carries its hash, and the script in few bytes."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import brotli
from flask import Flask, Response, abort, request

from dashapp.routes import FOR_EVER

QUALITY = 5
"""Of the compression: a third of a second and 1.3 MB. More quality would take seconds for a twentieth less."""


@cache
def plotly_file() -> Path:
    """Return where Plotly's script is, without running the package.

    Raises
    ------
    FileNotFoundError
        If the package is not installed, or its script is missing.
    """
    found = find_spec("plotly")
    path = Path(found.origin).parent / "package_data" / "plotly.min.js" if found and found.origin else None
    if path is None or not path.is_file():
        raise FileNotFoundError("The package plotly is not installed whole: its script plotly.min.js is missing.")
    return path


@cache
def plotly_url() -> str:
    """Return the address of Plotly's script, which changes when the script does; relative, as pages ask for it."""
    digest = hashlib.sha256(plotly_file().read_bytes()).hexdigest()
    return f"vendor/plotly-{digest[:16]}.min.js"


@cache
def _compressed() -> bytes:
    packed: bytes = brotli.compress(plotly_file().read_bytes(), mode=brotli.MODE_TEXT, quality=QUALITY)
    return packed


def register(server: Flask) -> None:
    """Add the route of Plotly's script to the server.

    Parameters
    ----------
    server : flask.Flask
        The server under the Dash app.
    """

    @server.get("/vendor/<name>")
    def vendor(name: str) -> Response:
        if f"vendor/{name}" != plotly_url():
            abort(404)
        headers = {"Cache-Control": FOR_EVER, "Vary": "Accept-Encoding"}
        if not request.accept_encodings["br"]:
            return Response(plotly_file().read_bytes(), mimetype="text/javascript", headers=headers)
        return Response(_compressed(), mimetype="text/javascript", headers=headers | {"Content-Encoding": "br"})
