"""What the page on family centres shows as files, named for what they hold: the same figures, from the same source."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from callbacks.centres_state import CentresState
from geodata.store import Store
from layers import report_files
from layers.family_centres import site_files
from layers.family_centres.core import SCHOOL_AGE, YOUNG
from layers.family_centres.reach_report import reach_report
from layers.family_centres.site_report import SitePlan
from layers.report import Report
from layers.report_workbook import as_workbook

KINDS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
"""End of the name -> kind of content."""

SHEETS = {
    f"within_{SCHOOL_AGE}": "Reach, ages 5 to 17",
    f"within_{YOUNG}": "Reach, ages 0 to 4 low income",
    "opening_days": "Opening days",
    "specialist": "Specialist places",
    "sites": "Sites",
    "reach": "Reach before and after",
    "losses": "Who loses and gains",
}
"""Key of a table -> name of its sheet, of at most 31 characters."""

MARK = "\ufeff"
"""Tells Excel that a CSV file is UTF-8."""


def reach_file(store: Store, state: CentresState, kind: str) -> bytes:
    """Return the reach by the chosen way."""
    report = reach_report(store, state.mode)
    if kind == "xlsx":
        return as_workbook(_named(report))
    if kind == "csv":
        return (MARK + report_files.as_csv(report)).encode()
    return _json(report_files.as_json(report))


def sites_file(store: Store, plan: SitePlan, kind: str) -> bytes:
    """Return what was worked out: sites, reach before and after, and who loses and gains."""
    if kind == "xlsx":
        return as_workbook(_named(site_files.site_report(store, plan)))
    if kind == "csv":
        return (MARK + site_files.as_csv(store, plan)).encode()
    return _json(site_files.as_json(store, plan))


def _named(report: Report) -> Report:
    """Return a report whose sheets have names that people read: a sheet is named by the key of its table."""
    return replace(report, tables=tuple(replace(one, key=SHEETS.get(one.key, one.key)) for one in report.tables))


def _json(found: object) -> bytes:
    return json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False).encode()


def file_name(what: str, state: CentresState, day: str, basis: Iterable[str], kind: str) -> str:
    """Return the name of a file: what it holds, of what day, by which way, and who may see it.

    Parameters
    ----------
    what : str
        "reach" or "sites".
    state : CentresState
        With the way.
    day : str
        Of the list of centres.
    basis : iterable of str
        Words that stand by its figures.
    kind : str
        One of `KINDS`.
    """
    audience = "synthetic" if "synthetic" in basis else "officer-only"
    return f"family_centres_{what}_{state.mode}_{day}_{audience}.{kind}"
