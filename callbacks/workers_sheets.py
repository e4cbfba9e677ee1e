"""What is taken away from the page on link workers: the team's workbook, and a page to print for each worker."""

from __future__ import annotations

from callbacks.figures import Answer, Figures
from callbacks.workers_desk import Desk, Shown
from callbacks.workers_words import day_words, km
from geodata.errors import UsageError
from layers.format import NO_VALUE, format_value, plural
from layers.link_workers.compare import held_today, range_words, who_changes
from layers.link_workers.sheets import Sheet, worker_sheets
from layers.link_workers.team_workbook import Team, team_workbook
from layers.link_workers.work import settings_of
from layers.link_workers.workload import band_words


def sheets_view(figures: Figures, desk: Desk, shown: Shown, post: str = "") -> Answer:
    """Return the sheet of one worker, or of all who have schools, in JSON's types.

    Raises
    ------
    UsageError
        If there is no such worker.
    """
    settings = settings_of(figures.store).workload
    found = worker_sheets(desk.work, shown.plan, desk.base_km, settings)
    chosen = [one for one in found if one.post == post] if post else [one for one in found if one.schools]
    if not chosen:
        valid = ", ".join(one.post for one in found)
        raise UsageError(f"No worker '{post[:40]}' here. Valid: {valid}.")
    return {
        "title": f"Schools of {chosen[0].post}" if post else "Sheets of the link workers",
        "council": figures.store.profile.name,
        "plan": shown.words,
        "when": day_words(desk.work.day),
        "tags": list(desk.basis),
        "bands": band_words(settings),
        "sheets": [_sheet(one) for one in chosen],
        "snapshot": figures.store.snapshot.id,
    }


def _sheet(one: Sheet) -> Answer:
    contract = "" if one.hours is None else (
        f"{format_value(one.hours, 1)} hours a week{', term time only' if one.term_time else ''}"
    )  # fmt: skip
    weekly = one.hours is not None
    facts = [
        ("Base", one.base), ("By contract", contract), ("Load band", NO_VALUE if one.away else one.band),
        ("Travel" if weekly else "Ways from the middle school",
         NO_VALUE if one.km_week is None else f"{km(one.km_week)} km {'a week ' if weekly else ''}(estimated)"),
        ("Languages", ", ".join(one.languages)),
        ("Covers schools of", ", ".join(one.covers)), ("On the day of the plan", one.away),
    ]  # fmt: skip
    return {
        "title": f"{one.post}, {one.team}" if one.team else f"Cluster {one.post}",
        "says": plural(len(one.schools), "school"),
        "facts": [(name, text) for name, text in facts if text],
        "rows": [
            {"name": row.name, "urn": row.urn, "kind": row.kind, "postcode": row.postcode,
             "km": NO_VALUE if row.km is None else km(row.km), "band": row.band}
            for row in one.schools
        ],
        "base": bool(one.base),
    }  # fmt: skip


def workbook_of(figures: Figures, desk: Desk, shown: Shown) -> bytes:
    """Return the team's workbook of a plan."""
    settings = settings_of(figures.store).workload
    changes = who_changes(desk.work, held_today(desk.work), shown.plan.worker_of()) if desk.has_today else ()
    facts = {
        "Council": figures.store.profile.name,
        "Day of the plan": day_words(desk.work.day),
        "Snapshot": figures.store.snapshot.id,
        "Schools per worker": range_words(desk.rules.least, desk.rules.most),
    }
    return team_workbook(
        Team(
            title=shown.words,
            facts=facts,
            notes=(band_words(settings), *shown.notes),
            work=desk.work,
            plan=shown.plan,
            sheets=worker_sheets(desk.work, shown.plan, desk.base_km, settings),
            changes=changes,
            basis=desk.basis,
        )
    )


def workbook_name(figures: Figures) -> str:
    """Return the name of the workbook: whose it is, and whether its figures are of real people."""
    audience = "synthetic" if figures.store.is_synthetic("link_workers", "school_allocations") else "team"
    return f"link_workers_{audience}.xlsx"
