"""What the page on specialist places answers. It loads the model and NumPy with it: `places_routes` imports it late."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Response, make_response, redirect, render_template, request
from markupsafe import Markup

from callbacks.data_page import synthetic_words
from callbacks.figures import Figures
from callbacks.places_files import MATRIX_FILES, matrix_file, matrix_name
from callbacks.places_matrix import matrix_view
from callbacks.places_model import OutlookModel, january_model, model_of
from callbacks.places_page import caveats, places_page
from callbacks.places_scenario import Wrong, scenario_view, tried
from callbacks.places_scenarios import Shown, delete_scenario, save_scenario, shown_scenario
from callbacks.places_state import PARTS, PlacesState, read_places_state
from callbacks.places_words import january
from dashapp.cme_routes import POLICY
from dashapp.places_forecast import ForecastJobs
from dashapp.plotly_routes import plotly_url
from dashapp.routes import CHANGED
from dashapp.shell import palette_css
from geodata.errors import AtlasError, NoSnapshotError
from geodata.options import today
from geodata.periods import words
from layers.sufficiency.outlook import NotForecastError
from layers.sufficiency.scenario import scenario_text

SCRIPTS = ("10-atlas", "cme/20-charts", "places/10-places", "places/20-matrix", "places/30-map")
STYLES = ("cme/cme", "cme/where", "cme/charts", "places/places", "places/matrix", "places/scenario")
PART = "X-Atlas-Part"
"""Header by which the page's script asks for one part alone."""

NEEDED = {
    "ehc_plans": "EHC plans, child by child (the SEN2 person-level return)",
    "provision": "the list of specialist places by setting, need and phase",
}
"""Datasets that the page cannot do without, with their words."""


MOST_BYTES = 20_000
"""Of a form that is posted."""


def places(figures: Figures, folder: Path, jobs: ForecastJobs) -> Response:
    """Return the page of an address, or what stands in its place.

    Parameters
    ----------
    figures : Figures
        Of the snapshot in force.
    folder : pathlib.Path
        The workspace.
    jobs : ForecastJobs
        Work out the forecast where it is not there yet.
    """
    found = ready_model(figures, jobs)
    if isinstance(found, Response):
        return found
    if request.args.get("try"):
        return _try(figures, folder, found)
    try:
        state = _state(found)
        return show(figures, folder, found, state, shown_scenario(figures.store, folder, state))
    except AtlasError as error:
        return refused(figures, str(error), found)


def matrix(figures: Figures, folder: Path, jobs: ForecastJobs, kind: str) -> Response:
    """Return the matrix of an address as a file."""
    if request.args.get("snapshot", figures.store.snapshot.id) != figures.store.snapshot.id:
        return _said(CHANGED.strip(), 409)
    if kind not in MATRIX_FILES:
        return _said(f"No file 'matrix.{kind}'. Valid: {', '.join(MATRIX_FILES)}.", 404)
    model = ready_model(figures, jobs)
    if isinstance(model, Response):
        return _said("The forecast is not there yet. Open the page first.", 409)
    try:
        state = _state(model, without=("snapshot",))
        shown = shown_scenario(figures.store, folder, state)
        body = matrix_file(figures.store, state.year, shown, kind)
    except AtlasError as error:
        return _said(str(error), 400)
    name = matrix_name(figures.store, state.year, shown, kind)
    headers = {"Content-Disposition": f"attachment; filename={name}", "Cache-Control": "no-store"}
    return Response(body, mimetype=MATRIX_FILES[kind], headers=headers)


def save(figures: Figures, folder: Path) -> Response:
    """Keep the scenario of a posted form, and go back to the page with it."""
    try:
        name = save_scenario(figures.store, folder, _form())
    except AtlasError as error:
        return _said(str(error), 400)
    return _back(scenario=name)


def delete(folder: Path) -> Response:
    """Set the scenario of a posted form aside, and go back to the page."""
    form = _form()
    try:
        delete_scenario(folder, form.get("name", ""), form.get("version", ""))
    except AtlasError as error:
        return _said(str(error), 400)
    return _back()


def _form() -> dict[str, str]:
    return request.form.to_dict() if (request.content_length or 0) <= MOST_BYTES else {}


def _back(scenario: str = "") -> Response:
    """Send the browser back to what it was looking at."""
    form = _form()
    said = [(key, form[key]) for key in PARTS if key not in ("scenario", "plan", "with") and key in form]
    said += [("scenario", scenario)] if scenario else []
    return redirected(f"places?{urlencode(said)}#scenario")


def _said(text: str, status: int) -> Response:
    """Return a refusal in words that a person can go back from."""
    return Response(f"{text}\n", status, mimetype="text/plain")


def _state(model: OutlookModel, without: tuple[str, ...] = ()) -> PlacesState:
    raw = {key: value for key, value in request.args.to_dict().items() if key not in without}
    return read_places_state(model.frame, raw, today().year, request.args.getlist("with"))


def ready_model(figures: Figures, jobs: ForecastJobs) -> OutlookModel | Response:
    """Return the model as planned, or the page that says what it waits for or lacks."""
    missing = [NEEDED[key] for key in NEEDED if figures.store.part(key) is None]
    if missing:
        lacking = f"This page needs {' and '.join(missing)}."
        view = {"error": "There is nothing to show yet.", "years": [], "missing": f"{lacking} Import them first."}
        return page(figures, "places_refused.html", 200, view)
    try:
        return model_of(figures.store)
    except NotForecastError:
        error = jobs.ensure(figures.store.snapshot.id, again="again" in request.args)
        return page(figures, "places_waiting.html", 200, {"error": error})
    except NoSnapshotError:
        raise
    except AtlasError as error:
        return page(figures, "places_refused.html", 200, {"error": str(error), "years": [], "missing": ""})


def _try(figures: Figures, folder: Path, model: OutlookModel) -> Response:
    """Answer the form of the builder: the page with what was typed, or with what is wrong about it."""
    kept = {key: value for key, value in request.args.to_dict().items() if key in PARTS}
    fields = {key: value for key, value in request.args.to_dict().items() if key not in (*PARTS, "try")}
    shown = Shown(None)
    try:
        state = read_places_state(model.frame, kept, today().year, request.args.getlist("with"))
        shown = shown_scenario(figures.store, folder, state)
    except AtlasError as error:
        return refused(figures, str(error), model)
    try:
        scenario = tried(fields, shown)
        plan = scenario_text(scenario) if scenario.options else ""
        if scenario.options:
            january_model(figures.store, scenario, state.year)  # refuses what does not fit
        return redirected(state.address(scenario="", plan=plan))
    except AtlasError as error:
        return show(figures, folder, model, state, shown, wrong=Wrong(fields, str(error)))


def redirected(address: str) -> Response:
    """Send the browser to an address of the page; one from the root, as the asking one may lie deeper."""
    return make_response(redirect(f"/{address}", 303))


def show(
    figures: Figures,
    folder: Path,
    model: OutlookModel,
    state: PlacesState,
    shown: Shown,
    *,
    wrong: Wrong | None = None,
) -> Response:
    """Return the page; with what is wrong about the scenario builder's form where something is."""
    scenario = shown.scenario if shown.scenario and shown.scenario.options else None
    if request.headers.get(PART) == "matrix" and wrong is None:
        chosen = january_model(figures.store, scenario, state.year) if scenario else None
        part = {"matrix": matrix_view(chosen or model, state, model if chosen else None), "caveats": caveats(model)}
        return make_response(render_template("places_part.html", view=part))
    chosen = model_of(figures.store, scenario) if scenario else None
    view = places_page(figures, chosen or model, state, today(), model if chosen else None)
    view["scenarios"] = scenario_view(figures.store, folder, model, state, shown, wrong)
    return page(figures, "places.html", 400 if wrong else 200, view)


def refused(figures: Figures, error: str, model: OutlookModel) -> Response:
    """Return the page that says what is wrong with an address, with Januaries that can be shown."""
    years = [{"key": year, "words": january(year)} for year in model.frame.years]
    return page(figures, "places_refused.html", 400, {"error": error, "years": years, "missing": ""})


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
        plotly=plotly_url(),
        council=figures.store.profile.name,
        snapshot=snapshot.id,
        loaded=words(snapshot.created.date()),
        synthetic=synthetic_words(snapshot),
        page="places",
    )
    answer = make_response(body, status)
    answer.headers["Content-Security-Policy"] = POLICY.format(nonce=nonce)
    return answer
