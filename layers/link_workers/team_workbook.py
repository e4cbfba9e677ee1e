"""A plan as a workbook for the team: all workers, all schools, who changes, and a printable sheet for each worker."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from layers.format import NO_VALUE, format_value
from layers.link_workers.compare import Change
from layers.link_workers.core import Plan, Work
from layers.link_workers.sheets import Sheet, km_shown, km_words
from layers.table import neutral

SHEET_NAME = 31
"""Characters that the name of a sheet may have."""

FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
"""Characters that the name of a sheet may not have."""

A4 = 9
"""Number of the paper size in a workbook."""

NONE = "no worker"


@dataclass(frozen=True)
class Team:
    """What the workbook holds.

    Attributes
    ----------
    title : str
        Name of the plan.
    facts : mapping of str to str
        For the first sheet: council, day, snapshot, words such as "synthetic".
    notes : tuple of str
        What a reader must know.
    work : Work
        Schools and posts.
    plan : Plan
        Who has which school.
    sheets : tuple of Sheet
        From `worker_sheets`.
    changes : tuple of Change
        Against today's sharing.
    basis : tuple of str
        Words that stand on every sheet.
    """

    title: str
    facts: Mapping[str, str]
    notes: tuple[str, ...]
    work: Work
    plan: Plan
    sheets: tuple[Sheet, ...]
    changes: tuple[Change, ...]
    basis: tuple[str, ...]


def team_workbook(team: Team) -> bytes:
    """Return a plan as XLSX, without any count of cases; texts that a spreadsheet would run are neutralised."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - needed for this file alone

    buffer = io.BytesIO()
    # Texts stay texts: nothing that looks like a formula, a number or an address becomes one.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(buffer, options) as book:
        page = _Pages(book, ", ".join(team.basis))
        page.add("About", "About this plan", ("What", "Says"), _about(team))
        page.add("Workers", f"Link workers: {team.title}", WORKERS, [_worker(one) for one in team.sheets])
        page.add("Schools", f"Schools: {team.title}", SCHOOLS, list(_schools(team)))
        page.add("Changes", f"Schools that change their worker: {team.title}", CHANGES, list(_changes(team)))
        for one in team.sheets:
            page.add(one.post, _heading(one), SHEET, [_school(row) for row in one.schools], _lines(one))
    return buffer.getvalue()


WORKERS = (
    "Post",
    "Team",
    "Base",
    "Hours a week",
    "Schools",
    "Load band",
    "Km a week (estimated)",
    "Languages",
    "On the day",
)
SCHOOLS = ("School", "URN", "Kind", "Postcode", "Locality", "Worker", "Km from base (estimated)", "Load band")
CHANGES = ("School", "URN", "From", "To")
SHEET = ("School", "URN", "Kind", "Postcode", "Km from base (estimated)", "Load band")

Row = Sequence[str | int | float | None]


def _about(team: Team) -> list[Row]:
    rows: list[Row] = [("Plan", team.title), *team.facts.items()]
    rows.append(("Figures", ", ".join(team.basis) or "from the council's records"))
    rows.append(("Load band", "Light: under 60% of the hours for schools (assumed); moderate: under 85%; full: up to "
                 "all of them."))  # fmt: skip
    return rows + [("Note", note) for note in team.notes]


def _worker(one: Sheet) -> Row:
    said = one.away or (f"covers {', '.join(one.covers)}" if one.covers else "")
    return (one.post, one.team, one.base, one.hours, len(one.schools),
            NO_VALUE if one.away else one.band, NO_VALUE if one.away else _km(one.km_week),
            ", ".join(one.languages), said)  # fmt: skip


def _schools(team: Team) -> Iterable[Row]:
    schools = {one.urn: one for one in team.work.schools}
    for sheet in team.sheets:
        for row in sheet.schools:
            area = team.work.area_names.get(schools[row.urn].area, schools[row.urn].area)
            yield (row.name, row.urn, row.kind, row.postcode, area, sheet.post, _km(row.km), row.band)
    reasons = dict(team.plan.left_over)
    given = {row.urn for sheet in team.sheets for row in sheet.schools}
    for one in team.work.schools:
        if one.urn not in given:
            area = team.work.area_names.get(one.area, one.area)
            yield (one.name, one.urn, one.kind, one.postcode, area, NONE, None, reasons.get(one.urn, ""))


def _changes(team: Team) -> Iterable[Row]:
    names = {one.urn: one.name for one in team.work.schools}
    for one in team.changes:
        yield (names[one.urn], one.urn, one.before or NONE, one.after or NONE)


def _heading(one: Sheet) -> str:
    return f"Schools of {one.post}, {one.team}" if one.team else f"Schools of cluster {one.post}"


def _lines(one: Sheet) -> tuple[str, ...]:
    """Return what stands under the heading of a worker's sheet."""
    facts = []
    if one.base:
        facts.append(f"Base: {one.base}")
    if one.hours is not None:
        facts.append(f"{format_value(one.hours, 1)} hours a week{', term time only' if one.term_time else ''}")
    if one.band:
        facts.append(f"Load band: {one.band}")
    of = "a week" if one.hours is not None else "from the middle school"
    if one.km_week is not None:
        facts.append(f"{km_words(one.km_week)} km {of} (estimated)")
    if one.languages:
        facts.append(f"Languages: {', '.join(one.languages)}")
    if one.covers:
        facts.append(f"Covers schools of {', '.join(one.covers)}")
    if one.away:
        facts.append(f"The post is {one.away} on the day of the plan")
    return tuple(facts)


def _school(row: Any) -> Row:
    return (row.name, row.urn, row.kind, row.postcode, _km(row.km), row.band)


def _km(value: float | None) -> float | None:
    return None if value is None else km_shown(value)


class _Pages:
    """The sheets of a workbook, each fit for A4 in landscape."""

    def __init__(self, book: Any, basis: str) -> None:
        self._book, self._basis = book, basis
        self._title = book.add_format({"bold": True, "font_size": 13})
        self._head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self._cell = book.add_format({"text_wrap": True, "valign": "top"})
        self._number = book.add_format({"valign": "top", "num_format": "#,##0.0"})
        self._taken: set[str] = set()

    def add(
        self, name: str, title: str, headings: Sequence[str], rows: Sequence[Row], lines: Sequence[str] = ()
    ) -> None:
        """Add a sheet: a title, lines of text, then a table."""
        sheet = self._book.add_worksheet(self._name(name))
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&RPage &P of &N")
        marks = f" ({self._basis})" if self._basis else ""
        sheet.write_string(0, 0, str(neutral(title + marks)), self._title)
        for number, line in enumerate(lines, start=1):
            sheet.write_string(number, 0, str(neutral(line)))
        first = len(lines) + 2
        for place, heading in enumerate(headings):
            longest = max([len(str(row[place] or "")) for row in rows] + [len(heading) // 2, 8])
            sheet.set_column(place, place, min(longest + 2, 60))
            sheet.write_string(first - 1, place, heading, self._head)
        for number, row in enumerate(rows, start=first):
            for place, cell in enumerate(row):
                if cell is not None:
                    style = self._number if isinstance(cell, float) else self._cell
                    sheet.write(number, place, neutral(cell), style)
        sheet.repeat_rows(first - 1)
        sheet.freeze_panes(first, 1)

    def _name(self, text: str) -> str:
        """Return a name that a sheet may have and none has yet, without regard to case."""
        plain = FORBIDDEN.sub("-", text).strip()[:SHEET_NAME] or "-"
        name, number = plain, 2
        while name.casefold() in self._taken:
            ending = f" ({number})"
            name, number = plain[: SHEET_NAME - len(ending)] + ending, number + 1
        self._taken.add(name.casefold())
        return name
