"""The addresses of the page on specialist places. What they answer is loaded when it is asked for."""

from __future__ import annotations

import atexit
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

from flask import Flask, Request, Response, jsonify, request

from callbacks.figures import CurrentFigures
from dashapp.imports.guard import is_from_this_page
from dashapp.imports.routes import NOT_FROM_HERE
from dashapp.places_forecast import ForecastJobs

JOBS = "forecast_jobs"
"""Where a server keeps the work on its forecast, among Flask's extensions."""


def _answers() -> ModuleType:
    """Return what answers: it loads NumPy, which a server that shows other pages has no need of."""
    from dashapp import places_answers  # noqa: PLC0415

    return places_answers


def register(server: Flask, current: CurrentFigures, folder: Path) -> None:
    """Add the page, its files and its scenarios to the server.

    Parameters
    ----------
    server : flask.Flask
        The server under the Dash app.
    current : CurrentFigures
        Gives the figures of the snapshot in force.
    folder : pathlib.Path
        The workspace, whose database keeps the scenarios.
    """
    jobs = ForecastJobs(folder)
    server.extensions[JOBS] = jobs
    atexit.register(jobs.close)

    @server.before_request
    def refuse_other_sites() -> Response | None:
        if request.method == "POST" and request.path.startswith("/places/") and not asked_here(request):
            return Response(f"{NOT_FROM_HERE}\n", 403, mimetype="text/plain")
        return None

    @server.get("/places")
    def places() -> Response:
        answer: Response = _answers().places(current(), folder, jobs)
        return answer

    @server.get("/places/ready.json")
    def places_ready() -> Response:
        return jsonify({"state": jobs.state()})

    @server.get("/places/matrix.<kind>")
    def places_matrix_file(kind: str) -> Response:
        answer: Response = _answers().matrix(current(), folder, jobs, kind)
        return answer

    @server.post("/places/scenarios")
    def places_save() -> Response:
        answer: Response = _answers().save(current(), folder)
        return answer

    @server.post("/places/scenarios/delete")
    def places_delete() -> Response:
        answer: Response = _answers().delete(folder)
        return answer


def asked_here(asked: Request) -> bool:
    """Return whether a request comes from a page that this server gave out: by its script, or a form without one.

    A browser states the origin of every form that is posted, and a page of another site cannot state ours.
    """
    if is_from_this_page(asked):
        return True
    origin = urlsplit(asked.headers.get("Origin", ""))
    return (
        origin.scheme in ("http", "https")
        and origin.netloc.lower() == asked.host.lower()
        and asked.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    )
