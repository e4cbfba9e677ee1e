"""The page on children missing education, and its report as a file."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Flask, Response, jsonify, make_response, render_template, request
from markupsafe import Markup

from callbacks.cme_page import cme_page, years_view
from callbacks.cme_state import read_cme_state
from callbacks.data_page import synthetic_words
from callbacks.figures import CurrentFigures, Figures
from dashapp.plotly_routes import plotly_url
from dashapp.routes import CHANGED
from dashapp.shell import palette_css
from geodata.errors import AtlasError
from geodata.periods import words
from layers.cme.report import cme_report
from layers.report import Report
from layers.report_files import as_csv, as_json
from layers.report_workbook import as_workbook

SCRIPTS = ("10-cme", "20-charts", "30-where")
STYLES = ("cme", "where", "charts")
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""Our own scripts alone, and forms that ask this server alone."""

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def register(server: Flask, current: CurrentFigures) -> None:
    """Add the page and its files to the server.

    Parameters
    ----------
    server : flask.Flask
        The server under the Dash app.
    current : CurrentFigures
        Gives the figures of the snapshot in force.
    """

    @server.get("/cme")
    def cme() -> Response:
        figures = current()
        try:
            view = figures.answer(cme_page, read_cme_state(figures.store, request.args.to_dict()))
        except AtlasError as error:
            refused = {"error": str(error), "years": years_view(figures.store)}
            return _page(figures, "cme_refused.html", 400 if request.args else 200, refused)
        return _page(figures, "cme.html", 200, view)

    @server.get("/cme/report.<kind>")
    def cme_report_file(kind: str) -> Response:
        figures = current()
        if request.args.get("snapshot", figures.store.snapshot.id) != figures.store.snapshot.id:
            return Response(CHANGED, 409, mimetype="text/plain")
        if kind not in FILES:
            return Response(f"No file 'report.{kind}'. Valid: {', '.join(FILES)}.\n", 404, mimetype="text/plain")
        try:
            report = cme_report(figures.store, request.args.get("year", ""))
        except AtlasError as error:
            return Response(f"{error}\n", 400, mimetype="text/plain")
        return FILES[kind](report)


def _page(figures: Figures, template: str, status: int, view: dict[str, Any]) -> Response:
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
        page="cme",
    )
    page = make_response(body, status)
    page.headers["Content-Security-Policy"] = POLICY.format(nonce=nonce)
    return page


def _headers(report: Report, kind: str) -> dict[str, str]:
    """Return what names a file for what it holds, and keeps it out of every cache."""
    audience = "synthetic" if "synthetic" in report.basis else "officer-only"
    name = f"cme_report_{report.period.replace('/', '-')}_{audience}.{kind}"
    return {"Content-Disposition": f"attachment; filename={name}", "Cache-Control": "no-store"}


def _workbook(report: Report) -> Response:
    return Response(as_workbook(report), mimetype=WORKBOOK, headers=_headers(report, "xlsx"))


def _csv(report: Report) -> Response:
    # The mark tells Excel that the file is UTF-8.
    return Response("\ufeff" + as_csv(report), mimetype="text/csv", headers=_headers(report, "csv"))


def _json(report: Report) -> Response:
    answer = jsonify(as_json(report))
    answer.headers["Cache-Control"] = "no-store"
    return answer


FILES = {"xlsx": _workbook, "csv": _csv, "json": _json}
"""What can be taken away, by the end of its name."""
