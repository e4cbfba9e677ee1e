"""What changes something: files that come in, and jobs of the worker. Only the page itself may ask."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote

from flask import Flask, Response, jsonify, request

from callbacks import data_page
from callbacks.import_report import preview_view, report_view
from callbacks.import_words import page_words
from dashapp.imports.guard import is_from_this_page
from dashapp.imports.jobs import ImportJobs, Job
from dashapp.imports.questions import ABOUT_FILES, question_of
from dashapp.imports.uploads import MAX_UPLOAD_BYTES, TooLargeError, Uploads
from geodata.contracts import CONTRACTS
from geodata.errors import AtlasError, UsageError, WorkspaceBusyError
from geodata.snapshot import Workspace

MAX_QUESTION_BYTES = 1_000_000
NOT_FROM_HERE = "This was not asked by the page itself, so nothing was done. Reload the page and try again."
NO_JOB = "That is no longer known here. Reload the page."


def said(text: str, status: int, **more: Any) -> Response:
    """Return a refusal: what is wrong and the remedy, as JSON."""
    response = jsonify({"error": text, **more})
    response.status_code = status
    return response


def command_for(folder: Path, name: str = "FILE") -> str:
    """Return the command that imports what is too large for the page; what the file is has still to be said."""
    return f'locality-atlas import DATASET "{name}" --workspace "{folder.resolve()}"'


def job_view(job: Job, workspace: Workspace) -> dict[str, Any]:
    """Return how a job stands, in JSON's types and the page's words."""
    answer, result = job.answer, job.answer.get("result")
    found: dict[str, Any] = {"id": job.id, "do": job.do, "state": job.state, "step": job.step, "share": job.share}
    if "error" in answer:
        found |= {"error": page_words(answer["error"]), "late": answer.get("late", False)}
    if report := answer.get("report") or (result if job.do in ("check", "import") else None):
        names = data_page.locality_names(workspace)
        found["report"] = report_view(report, names, workspace.quarantine_path(report["part_id"]))
    elif job.do == "look" and result:
        found["preview"] = preview_view(result)
    elif job.do in ("purge", "expire") and result:
        found["removed"] = [{"title": CONTRACTS[key].title, "rows": rows} for key, rows in result["rows"].items()]
    return found


def register(server: Flask, folder: Path, uploads: Uploads, jobs: ImportJobs) -> None:
    """Add the routes to the server.

    Parameters
    ----------
    server : flask.Flask
        The server under the Dash app.
    folder : pathlib.Path
        The workspace.
    uploads : Uploads
        Files on their way in.
    jobs : ImportJobs
        What the worker does.
    """

    @server.before_request
    def refuse_other_pages() -> Response | None:
        if request.method == "POST" and request.path.startswith("/data/") and not is_from_this_page(request):
            return said(NOT_FROM_HERE, 403)
        return None

    _add_files(server, folder, uploads, jobs)
    _add_jobs(server, Workspace(folder), uploads, jobs)


def in_use(jobs: ImportJobs) -> str:
    """Return the token of the files that a job works on; empty when there is none."""
    job = jobs.running()
    return job.token if job else ""


def _add_files(server: Flask, folder: Path, uploads: Uploads, jobs: ImportJobs) -> None:
    @server.post("/data/uploads")
    def data_upload() -> Response:
        name, token = unquote(request.headers.get("X-Atlas-Name", "")), request.headers.get("X-Atlas-Token", "")
        refusal = (
            f"The file is larger than {MAX_UPLOAD_BYTES // 1_000_000} MB, the most this page takes. Import it with"
        )
        try:
            if (request.content_length or 0) > MAX_UPLOAD_BYTES:
                raise TooLargeError(refusal)
            uploads.remove_old(in_use(jobs))
            return jsonify(vars(uploads.receive(request.stream, name, token)))
        except TooLargeError:
            return said(refusal, 413, command=command_for(folder))
        except AtlasError as error:
            return said(str(error), 400)
        except OSError as error:
            return said(f"The file could not be kept ({error.strerror}). Make room on the disk and try again.", 507)

    @server.post("/data/uploads/<token>/discard")
    def data_discard(token: str) -> Response:
        uploads.give_up(token, in_use(jobs))
        return jsonify({})


def _add_jobs(server: Flask, workspace: Workspace, uploads: Uploads, jobs: ImportJobs) -> None:
    @server.post("/data/warm")
    def data_warm() -> Response:
        jobs.warm()
        uploads.remove_old(in_use(jobs))
        return jsonify({})

    @server.post("/data/jobs")
    def data_start() -> Response:
        try:
            if (request.content_length or 0) > MAX_QUESTION_BYTES:
                raise UsageError("What the page asked is too long. Reload it and try again.")
            question = question_of(request.get_json(silent=True))
            token = question.pop("token", "")
            if question["do"] in ABOUT_FILES:
                question["paths"] = [str(path) for path in uploads.files(token)]
            return jsonify(job_view(jobs.start(question, token), workspace))
        except WorkspaceBusyError as error:
            return said(str(error), 409)
        except AtlasError as error:
            return said(page_words(str(error)), 400)

    @server.get("/data/jobs/<job_id>.json")
    def data_job(job_id: str) -> Response:
        job = jobs.find(job_id)
        return jsonify(job_view(job, workspace)) if job else said(NO_JOB, 404)

    @server.post("/data/jobs/<job_id>/cancel")
    def data_cancel(job_id: str) -> Response:
        job = jobs.cancel(job_id)
        return jsonify(job_view(job, workspace)) if job else said(NO_JOB, 404)
