"""The Data page and what it reads: the state of the workspace, reports, rows set aside, published figures."""

from __future__ import annotations

import atexit
import re
import secrets
from collections.abc import Callable
from pathlib import Path

from flask import Flask, Response, abort, jsonify, make_response, render_template, request
from markupsafe import Markup

from callbacks import data_page, published_page
from callbacks.figures import CurrentFigures
from callbacks.import_report import report_view
from dashapp.imports import routes as import_routes
from dashapp.imports.jobs import ImportJobs, Job
from dashapp.imports.routes import command_for, job_view, said
from dashapp.imports.uploads import MAX_UPLOAD_BYTES, Uploads
from dashapp.shell import palette_css
from geodata.errors import AtlasError
from geodata.geography import current_profile
from geodata.options import today
from geodata.profile import load_profile
from geodata.snapshot import Workspace
from layers.published import published_table
from layers.published_text import as_csv

JOBS = "import_jobs"
"""Where a server keeps its jobs, among Flask's extensions."""

SCRIPTS = ("10-data", "20-files", "30-columns", "40-check", "50-report", "60-loaded", "70-remove", "80-figures")
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Nothing but our own scripts runs on a page that shows what stands in people's files."""

_PART = re.compile(r"^\d{8}T\d{12}Z-[0-9a-f]{8}$")


def register(server: Flask, current: CurrentFigures, folder: Path) -> None:
    """Add the page's routes to the server.

    Parameters
    ----------
    server : flask.Flask
        The server under the Dash app.
    current : CurrentFigures
        Gives the published figures of the snapshot in force.
    folder : pathlib.Path
        The workspace.
    """
    uploads = Uploads(folder)

    def ended(job: Job) -> None:
        taken_in = job.do == "import" and (job.state == "done" or bool(job.answer.get("late")))
        uploads.let_go(job.token, done=taken_in)

    jobs = ImportJobs(folder, ended)
    server.extensions[JOBS] = jobs
    atexit.register(jobs.close)
    uploads.clear()
    _add_page(server, folder, jobs)
    _add_files_to_take_away(server, Workspace(folder))
    _add_figures(server, current)
    import_routes.register(server, folder, uploads, jobs)


def _add_page(server: Flask, folder: Path, jobs: ImportJobs) -> None:
    workspace = Workspace(folder)

    @server.get("/data")
    def data() -> Response:
        nonce = secrets.token_urlsafe(16)
        state = data_page.data_state(workspace, today())
        try:
            council = current_profile(workspace).name
        except AtlasError:
            council = load_profile().name
        page = make_response(
            render_template(
                "data.html",
                nonce=nonce,
                palette=Markup(palette_css()),
                scripts=SCRIPTS,
                council=council,
                snapshot=state["snapshot"],
                loaded=state["loaded"].partition(",")[0],
                synthetic=state["synthetic"],
                limit=MAX_UPLOAD_BYTES,
                command=command_for(folder),
                page="data",
            )
        )
        page.headers["Content-Security-Policy"] = POLICY.format(nonce=nonce)
        return page

    @server.get("/data/state.json")
    def data_state() -> Response:
        job = jobs.running()
        found = data_page.data_state(workspace, today())
        return jsonify(found | {"job": job_view(job, workspace) if job else None})


def _add_files_to_take_away(server: Flask, workspace: Workspace) -> None:
    @server.get("/data/reports/<part_id>.json")
    def data_report(part_id: str) -> Response:
        if not _PART.match(part_id) or (found := data_page.find_report(workspace, part_id)) is None:
            abort(404)
        report, quarantine = found
        return jsonify(report_view(report, data_page.locality_names(workspace), quarantine))

    @server.get("/data/quarantine/<part_id>.csv")
    def data_quarantine(part_id: str) -> Response:
        return _list_of_rows(workspace.quarantine_path, part_id, "set-aside")

    @server.get("/data/flagged/<part_id>.csv")
    def data_flagged(part_id: str) -> Response:
        return _list_of_rows(workspace.flagged_path, part_id, "to-look-at")


def _list_of_rows(path_of: Callable[[str], Path], part_id: str, name: str) -> Response:
    # Only what looks like a part's identifier becomes part of a path.
    if not _PART.match(part_id) or not (file := path_of(part_id)).is_file():
        abort(404)
    headers = {"Content-Disposition": f"attachment; filename={name}_{part_id}.csv"}
    return Response(file.read_bytes(), mimetype="text/csv", headers=headers)


def _add_figures(server: Flask, current: CurrentFigures) -> None:
    def asked() -> dict[str, str]:
        return {key: request.args.get(key, "") for key in ("file", "indicator", "breakdown")}

    @server.get("/data/figures.json")
    def data_figures() -> Response:
        try:
            return jsonify(published_page.figures(current().store, **asked()))
        except AtlasError as error:
            return said(str(error), 400)

    @server.get("/data/figures.csv")
    def data_figures_csv() -> Response:
        try:
            store = current().store
            table = published_table(store, **asked())
        except AtlasError as error:
            return Response(f"{error}\n", 400, mimetype="text/plain")
        name = re.sub(r"[^A-Za-z0-9_.-]+", "-", f"{Path(table.file.part.source_name).stem}_{table.indicator}")
        headers = {"Content-Disposition": f"attachment; filename={name}.csv"}
        return Response("\ufeff" + as_csv(table, store.snapshot.id), mimetype="text/csv", headers=headers)
