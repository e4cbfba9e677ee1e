"""What the page on family centres answers. It loads the model and NumPy with it: `centres_routes` imports it late."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Response, make_response, render_template, request
from markupsafe import Markup

from callbacks.centres_files import KINDS, file_name, reach_file, sites_file
from callbacks.centres_page import TITLE, centres_page
from callbacks.centres_plans import plans_of
from callbacks.centres_siting import Typed, typed_of
from callbacks.centres_state import ASKS, PAGE, CentresState, read_asked, read_mode
from callbacks.data_page import synthetic_words
from callbacks.figures import Figures
from dashapp.cme_routes import POLICY
from dashapp.routes import CHANGED
from dashapp.shell import palette_css
from geodata.errors import AtlasError, NoSnapshotError, UsageError
from geodata.periods import words
from layers.family_centres.ground import CENTRES, ground_of
from layers.family_centres.reach_report import reach_report
from layers.family_centres.settings import family_settings
from layers.family_centres.site_report import SitePlan

SCRIPTS = ("10-atlas", "centres/10-centres", "places/30-map")
STYLES = ("cme/cme", "cme/where", "places/places", "places/scenario", "centres/centres")

NEEDED = "This page needs the list of family centres: names, postcodes, days open. Import it first."
SNAPSHOT = "snapshot"


def centres(figures: Figures) -> Response:
    """Return the page of an address, or what stands in its place.

    Parameters
    ----------
    figures : Figures
        Of the snapshot in force.
    """
    if figures.store.part(CENTRES) is None:
        return _instead(figures, "There is nothing to measure yet.", 200, NEEDED)
    try:
        state = CentresState(read_mode(_raw(), family_settings(figures.store.profile).reach.mode))
    except AtlasError as error:
        return _instead(figures, str(error), 400)
    try:
        state, typed, plan = _worked_out(figures, state)
        view = centres_page(figures, state, typed, plan)
    except NoSnapshotError:
        raise
    except AtlasError as error:
        return _instead(figures, str(error), 200)
    return page(figures, "centres.html", 400 if typed.error else 200, view)


def _raw() -> dict[str, str]:
    return {key: value for key, value in request.args.to_dict().items() if key != SNAPSHOT}


def _state(figures: Figures) -> CentresState:
    """Return the state of an address; `UsageError` where it makes no sense."""
    mode = read_mode(_raw(), family_settings(figures.store.profile).reach.mode)
    return CentresState(mode, read_asked(_raw(), request.args.getlist("close"), mode, ground_of(figures.store)))


def _worked_out(figures: Figures, state: CentresState) -> tuple[CentresState, Typed, SitePlan | None]:
    """Return what an address asks for, its form, and the plan; or the form with what is wrong about it."""
    ground_of(figures.store)  # what is wrong about the data is no matter of the form
    try:
        asked = _state(figures)
        plan = plans_of(figures.store).plan(figures.store, asked.asked) if asked.asked else None
    except NoSnapshotError:
        raise
    except AtlasError as error:
        raw = {key: value for key, value in _raw().items() if key != "close"}
        return state, Typed(raw, tuple(request.args.getlist("close")), str(error)), None
    return asked, typed_of(asked), plan


def file(figures: Figures, what: str, kind: str) -> Response:
    """Return reach, or what was worked out, as a file.

    Parameters
    ----------
    figures : Figures
        Of the snapshot in force.
    what : str
        "reach" or "sites".
    kind : str
        One of `callbacks.centres_files.KINDS`.
    """
    store = figures.store
    if request.args.get(SNAPSHOT, store.snapshot.id) != store.snapshot.id:
        return _said(CHANGED.strip(), 409)
    if kind not in KINDS:
        return _said(f"No file '{what}.{kind[:20]}'. Valid: {', '.join(KINDS)}.", 404)
    try:
        state = _state(figures)
        if what == "reach":
            report = reach_report(store, state.mode)
            body, basis = reach_file(store, state, kind), report.basis
        else:
            plan = _plan(figures, state)
            body, basis = sites_file(store, plan, kind), plan.basis
    except NoSnapshotError:
        raise
    except AtlasError as error:
        return _said(str(error), 400)
    name = file_name(what, state, ground_of(store).day.isoformat(), basis, kind)
    headers = {"Content-Disposition": f"attachment; filename={name}", "Cache-Control": "no-store"}
    return Response(body, mimetype=KINDS[kind], headers=headers)


def _plan(figures: Figures, state: CentresState) -> SitePlan:
    if state.asked is None:
        raise UsageError(f"Nothing is asked for. Give one of: {', '.join(ASKS)}.")
    return plans_of(figures.store).plan(figures.store, state.asked)


def _said(text: str, status: int) -> Response:
    """Return a refusal in words that a person can go back from."""
    return Response(f"{text}\n", status, mimetype="text/plain")


def _instead(figures: Figures, error: str, status: int, missing: str = "") -> Response:
    """Return the page that says what is wrong with an address or with the data."""
    view = {"title": TITLE, "error": error, "missing": missing, "back": status != 200}
    return page(figures, "centres_refused.html", status, view)


def page(figures: Figures, template: str, status: int, view: dict[str, Any]) -> Response:
    """Return a filled template with the headers of this page."""
    nonce, snapshot = secrets.token_urlsafe(16), figures.store.snapshot
    body = render_template(
        template,
        view=view,
        nonce=nonce,
        palette=Markup(palette_css()),
        scripts=SCRIPTS,
        styles=STYLES,
        council=figures.store.profile.name,
        snapshot=snapshot.id,
        loaded=words(snapshot.created.date()),
        synthetic=synthetic_words(snapshot),
        page=PAGE,
    )
    answer = make_response(body, status)
    answer.headers["Content-Security-Policy"] = POLICY.format(nonce=nonce)
    return answer
