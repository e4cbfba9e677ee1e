"""The addresses of the page on link workers. What they answer is loaded when it is asked for."""

from __future__ import annotations

import atexit
from pathlib import Path
from types import ModuleType

from flask import Flask, Response, jsonify, request

from callbacks.figures import CurrentFigures
from dashapp.imports.routes import NOT_FROM_HERE
from dashapp.places_routes import asked_here
from dashapp.workers_jobs import PlanJobs

JOBS = "plan_jobs"
"""Where a server keeps the work on its plans, among Flask's extensions."""

PATH = "/link-workers"


def _answers() -> ModuleType:
    """Return what answers: it loads NumPy, which a server that shows other pages has no need of."""
    from dashapp import workers_answers  # noqa: PLC0415

    return workers_answers


def register(server: Flask, current: CurrentFigures, folder: Path) -> None:
    """Add the page, its files and its saved plans to the server.

    Parameters
    ----------
    server : flask.Flask
        The server under the Dash app.
    current : CurrentFigures
        Gives the figures of the snapshot in force.
    folder : pathlib.Path
        The workspace, whose database keeps the plans.
    """
    jobs = PlanJobs(folder)
    server.extensions[JOBS] = jobs
    atexit.register(jobs.close)

    @server.before_request
    def refuse_other_sites_here() -> Response | None:
        if request.method == "POST" and request.path.startswith(f"{PATH}/") and not asked_here(request):
            return Response(f"{NOT_FROM_HERE}\n", 403, mimetype="text/plain")
        return None

    @server.get(PATH)
    def link_workers() -> Response:
        answer: Response = _answers().workers(current(), folder, jobs)
        return answer

    @server.get(f"{PATH}/ready.json")
    def link_workers_ready() -> Response:
        return jsonify({"state": jobs.state()})

    @server.get(f"{PATH}/team.xlsx")
    def link_workers_workbook() -> Response:
        answer: Response = _answers().workbook(current(), folder)
        return answer

    @server.get(f"{PATH}/sheet")
    @server.get(f"{PATH}/sheet/<path:post>")
    def link_workers_sheet(post: str = "") -> Response:
        answer: Response = _answers().sheet(current(), folder, post)
        return answer

    @server.post(f"{PATH}/plans")
    def link_workers_save() -> Response:
        answer: Response = _answers().save(current(), folder)
        return answer

    @server.post(f"{PATH}/plans/delete")
    def link_workers_delete() -> Response:
        answer: Response = _answers().delete(folder)
        return answer
