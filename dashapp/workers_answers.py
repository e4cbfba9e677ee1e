"""What the page on link workers answers. It loads the model and NumPy with it: `workers_routes` imports it late."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Response, make_response, render_template, request
from markupsafe import Markup

from callbacks.data_page import synthetic_words
from callbacks.figures import Figures
from callbacks.workers_desk import Desk
from callbacks.workers_model import desk_of
from callbacks.workers_page import TITLE, workers_page
from callbacks.workers_plans import NotWorkedOutError, check_move, delete_plan, pair_of, save_plan
from callbacks.workers_sheets import sheets_view, workbook_name, workbook_of
from callbacks.workers_state import PAGE, PARTS, PROPOSED, SAVED, TODAY, WorkersState, read_workers_state
from dashapp.cme_routes import POLICY, WORKBOOK
from dashapp.places_answers import redirected
from dashapp.routes import CHANGED
from dashapp.shell import palette_css
from dashapp.workers_jobs import PlanJobs
from geodata.errors import AtlasError, NoSnapshotError, UsageError
from geodata.periods import words
from layers.link_workers.planning import require_places

SCRIPTS = ("10-atlas", "workers/10-workers", "workers/20-map")
STYLES = ("cme/cme", "cme/where", "cme/charts", "places/places", "places/scenario", "workers/workers")
SHEET_STYLES = ("cme/cme", "workers/workers", "workers/sheet")

MOST_BYTES = 20_000
"""Of a form that is posted."""

MOST_NAME = 200
"""Characters of a name that was refused which are shown again."""

NOTHING_MORE: Mapping[str, str] = MappingProxyType({})

OWN = ("try", "to", "again", "snapshot")
"""Parts of an address that are no state of the page."""


def workers(figures: Figures, folder: Path, jobs: PlanJobs) -> Response:
    """Return the page of an address, or what stands in its place.

    Parameters
    ----------
    figures : Figures
        Of the snapshot in force.
    folder : pathlib.Path
        The workspace.
    jobs : PlanJobs
        Work out the proposed plan where it is not there yet.
    """
    if figures.store.part("schools") is None:
        lacking = "This page needs the list of schools. Import it first; then the link workers' posts, which school "
        lacking += "each has today, and early help cases."
        view = {"error": "There is nothing to share yet.", "missing": lacking, "back": False}
        return page(figures, "workers_refused.html", 200, view)
    try:
        state = _state(request.args.to_dict(), request.args.getlist("move"))
        desk = desk_of(figures.store, state.wanted)
    except NoSnapshotError:
        raise
    except AtlasError as error:
        return refused(figures, str(error))
    try:
        if PROPOSED in (state.plan, state.beside) and desk.proposed is None:
            return _wait(figures, folder, desk, state, jobs)
        return _move(figures, folder, desk, state) if request.args.get("try") else _shown(figures, folder, desk, state)
    except AtlasError as error:
        return refused(figures, str(error))


def _shown(
    figures: Figures,
    folder: Path,
    desk: Desk,
    state: WorkersState,
    wrong: tuple[str, str] = ("", ""),
    *,
    more: Mapping[str, str] = NOTHING_MORE,
) -> Response:
    """Return the page.

    `more` may hold "waits_for", the address to go on to when the plan that is worked out is there; "unsaved", why it
    was not kept, and "called", the name it was given; and "base", from where the page's addresses start where it stands
    at another address than its own.
    """
    pair = pair_of(desk, figures.store, folder, state)
    view = workers_page(figures, folder, desk, pair, state, wrong=wrong) | {
        key: more.get(key, "") for key in ("waits_for", "base")
    }
    view["keep"] |= {"error": more.get("unsaved", ""), "called": more.get("called", state.saved_name)}
    return page(figures, "workers.html", 400 if wrong[0] or "unsaved" in more else 200, view)


def _wait(figures: Figures, folder: Path, desk: Desk, state: WorkersState, jobs: PlanJobs) -> Response:
    """Start the work on the plan, and return today's sharing to look at meanwhile, or why there is no plan."""
    try:
        require_places(desk.work, desk.rules)
    except UsageError as impossible:
        today = replace(state, plan=TODAY, beside="", moves=()).address() if desk.has_today else ""
        view = {"title": TITLE, "error": str(impossible), "again": "", "here": state.address(), "today": today}
        return page(figures, "workers_waiting.html", 200, view)
    error = jobs.ensure(figures.store.snapshot.id, state.wanted, again="again" in request.args)
    again = f"{state.address()}{'&' if state.query() else '?'}again=1"
    meanwhile = replace(state, plan=TODAY, beside="", moves=())
    if desk.has_today and not error:
        return _shown(figures, folder, desk, meanwhile, more={"waits_for": state.address()})
    today = meanwhile.address() if desk.has_today else ""
    view = {"title": TITLE, "error": error, "again": again, "here": state.address(), "today": today}
    return page(figures, "workers_waiting.html", 200, view)


def _move(figures: Figures, folder: Path, desk: Desk, state: WorkersState) -> Response:
    """Answer the form that moves a school: the page with the move, or with why it was not made."""
    to = request.args.get("to", "")
    try:
        if state.school is None:
            raise UsageError("Choose a school to move.")
        check_move(desk, pair_of(desk, figures.store, folder, state).now.plan, state.school, to)
        later = read_workers_state({}, [f"{urn}:{post}" for urn, post in (*state.moves, (state.school, to))])
    except AtlasError as error:
        return _shown(figures, folder, desk, state, (str(error), to))
    return redirected(f"{state.address(moves=later.moves, school=None, worker=to)}#move")


def workbook(figures: Figures, folder: Path) -> Response:
    """Return the plan of an address as a workbook for the team."""
    if request.args.get("snapshot", figures.store.snapshot.id) != figures.store.snapshot.id:
        return _said(CHANGED.strip(), 409)
    try:
        desk, state = _asked(figures)
        body = workbook_of(figures, desk, pair_of(desk, figures.store, folder, state).now)
    except NotWorkedOutError as error:
        return _said(str(error), 409)
    except AtlasError as error:
        return _said(str(error), 400)
    headers = {"Content-Disposition": f"attachment; filename={workbook_name(figures)}", "Cache-Control": "no-store"}
    return Response(body, mimetype=WORKBOOK, headers=headers)


def sheet(figures: Figures, folder: Path, post: str) -> Response:
    """Return the printable sheet of one worker, or of all."""
    try:
        desk, state = _asked(figures)
        view = sheets_view(figures, desk, pair_of(desk, figures.store, folder, state).now, post)
    except NotWorkedOutError as error:
        return _said(str(error), 409)
    except AtlasError as error:
        return _said(str(error), 400)
    view["back"] = state.address(worker=post)
    return page(figures, "workers_sheet.html", 200, view, styles=SHEET_STYLES, root="../" * (2 if post else 1))


def save(figures: Figures, folder: Path) -> Response:
    """Keep the plan of a posted form under its name, and go back to the page with it."""
    form, moves = _form()
    try:
        state = _state({key: value for key, value in form.items() if key != "name"}, moves)
        desk, called = desk_of(figures.store, state.wanted), form.get("name", "")
    except AtlasError as error:
        return _said(str(error), 400)
    try:
        name = save_plan(desk, figures.store, folder, state, called)
    except AtlasError as error:
        return (
            _said(str(error), 400)
            if request.headers.get("X-Atlas")
            else _unsaved(figures, folder, desk, state, str(error))
        )
    return redirected(f"{state.address(plan=f'{SAVED}{name}', moves=(), school=None)}#keep")


def _unsaved(figures: Figures, folder: Path, desk: Desk, state: WorkersState, why: str) -> Response:
    """Return the page with why its plan was not kept beside the name: what a browser without scripts shows."""
    called = request.form.get("name", "")[:MOST_NAME]
    try:
        # The page stands at the address that was posted to, one folder below its own.
        return _shown(
            figures, folder, desk, state, more={"unsaved": why, "called": called, "base": f"../{state.address()}"}
        )
    except AtlasError as error:
        return _said(f"{why} {error}", 400)


def delete(folder: Path) -> Response:
    """Set the plan of a posted form aside, and go back to the page; what it showed of the plan is shown no more."""
    form, moves = _form()
    name = form.pop("name", "")
    try:
        delete_plan(folder, name, form.pop("version", ""))
    except AtlasError as error:
        return _said(str(error), 400)
    gone = f"{SAVED}{name}".casefold()
    said = [(key, value) for key, value in form.items() if key in PARTS and key != "move" and value.casefold() != gone]
    said += [("move", move) for move in moves if ("plan", form.get("plan")) in said or "plan" not in form]
    return redirected(f"{PAGE}?{urlencode(said, safe=':')}#keep")


def _form() -> tuple[dict[str, str], list[str]]:
    """Return what was posted, and every move of it."""
    if (request.content_length or 0) > MOST_BYTES:
        return {}, []
    return request.form.to_dict(), request.form.getlist("move")


def _state(raw: Mapping[str, str], moves: list[str]) -> WorkersState:
    return read_workers_state({key: value for key, value in raw.items() if key not in OWN}, moves)


def _asked(figures: Figures) -> tuple[Desk, WorkersState]:
    if figures.store.part("schools") is None:
        raise UsageError("No schools are loaded. Import them on the Data page.")
    state = _state(request.args.to_dict(), request.args.getlist("move"))
    return desk_of(figures.store, state.wanted), state


def _said(text: str, status: int) -> Response:
    """Return a refusal in words that a person can go back from."""
    return Response(f"{text}\n", status, mimetype="text/plain")


def refused(figures: Figures, error: str) -> Response:
    """Return the page that says what is wrong with an address or with the data."""
    status = 400 if parse_qsl(request.query_string.decode("utf-8", "replace")) else 200
    return page(figures, "workers_refused.html", status, {"error": error, "missing": "", "back": status == 400})


def page(
    figures: Figures,
    template: str,
    status: int,
    view: dict[str, Any],
    *,
    styles: tuple[str, ...] = STYLES,
    root: str = "",
) -> Response:
    """Return a filled template with the headers of this page."""
    nonce, snapshot = secrets.token_urlsafe(16), figures.store.snapshot
    body = render_template(
        template,
        view=view,
        nonce=nonce,
        palette=Markup(palette_css()),
        scripts=SCRIPTS,
        styles=styles,
        root=root,
        council=figures.store.profile.name,
        snapshot=snapshot.id,
        loaded=words(snapshot.created.date()),
        synthetic=synthetic_words(snapshot),
        page=PAGE,
    )
    answer = make_response(body, status)
    policy = POLICY.format(nonce=nonce)
    answer.headers["Content-Security-Policy"] = (
        policy.replace("base-uri 'none'", "base-uri 'self'") if view.get("base") else policy
    )
    return answer
