"""``locality-atlas cme-week``: the open cases of children missing education, on the user's own terminal."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from datetime import date
from typing import Any

from callbacks.cme_week import LACKING, NOT_LOADED, age_words, contact_notes, contact_words, short_words
from geodata.options import today
from geodata.periods import words
from geodata.snapshot import Workspace
from geodata.store import Store
from layers.basis import records_basis
from layers.cme.involvements import DATASET
from layers.cme.week import ORDER, UNTOUCHED_DAYS, Group, Week, week
from layers.format import format_value

PRIVATE = "This list is about single children. Keep it on this screen: no file, no message."

CASE_HEADINGS = ("priority", "child", "days open", "social care", "SEN", "year group", "locality", "school",
                 "last contact, days since", "")  # fmt: skip
NUMERIC = frozenset({"days open", "open", "open to social care", f"untouched {UNTOUCHED_DAYS} days"})

Lines = list[tuple[str, ...]]


def add_cme_week(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], parents: list[argparse.ArgumentParser]
) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "cme-week",
        parents=parents,
        help="print the open cases of children missing education, by priority",
        description="Prints the open cases of children missing education as of the last day of the extract, by "
        "priority, with the counts by locality and school. It is a list of single children: it is printed here, and "
        "never written to a file.",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="for people or for machines")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the list.

    Raises
    ------
    UsageError
        If no involvements are loaded.
    """
    store = Store(Workspace(args.workspace).current())
    found, basis = week(store), records_basis(store, DATASET)
    if args.format == "json":
        about = {"snapshot": store.snapshot.id, "basis": list(basis), "audience": "officer"}
        print(json.dumps(as_json(found, today()) | about, indent=1, ensure_ascii=False, default=str))
    else:
        print("\n".join(as_text(found, today(), basis)))
    return 0


def as_json(found: Week, at: date) -> dict[str, Any]:
    """Return the list in JSON's types, but for its dates; what is not loaded is null."""
    cases = [asdict(case) | {"untouched": case.untouched} for case in found.cases]
    if found.total.untouched is None:
        cases = [case | {"untouched": None} for case in cases]
    return {
        "as_of": found.day,
        "age_days": (at - found.day).days,
        "untouched_days": UNTOUCHED_DAYS,
        "not_loaded": list(found.lacking),
        "order": ORDER,
        "longest_days": found.longest,
        "total": asdict(found.total),
        "localities": [asdict(group) for group in found.localities],
        "schools": [asdict(group) for group in found.schools],
        "cases": cases,
    }


def as_text(found: Week, at: date, basis: tuple[str, ...]) -> list[str]:
    """Return the list as lines for a person."""
    marks = f" [{', '.join(basis)}]" if basis else ""
    lines = [f"Children missing education, open on {words(found.day)}{marks}"]
    lines += [f"As of the last day of the extract, {age_words(found.day, at)}.", PRIVATE]
    lines += [f"* {LACKING[key]}" for key in found.lacking]
    lines += [f"* {note}" for note in contact_notes(found)]
    lines += ["", *(_aligned(_cases(found)) if found.cases else ["No case was open."]), "", ORDER]
    for title, groups in (("locality", found.localities), ("school", found.schools)):
        lines += ["", *_aligned(_groups(title, (*groups, found.total)))]
    return lines


def _cases(found: Week) -> Lines:
    rows = [
        (
            case.priority,
            case.child,
            format_value(case.days_open),
            short_words(case.social_care),
            short_words(case.sen_status),
            case.year,
            case.locality,
            case.school,
            contact_words(case),
            "untouched" if case.untouched else "",
        )
        for case in found.cases
    ]
    return [CASE_HEADINGS, *rows]


def _groups(title: str, groups: tuple[Group, ...]) -> Lines:
    headings = (title, "open", "open to social care", f"untouched {UNTOUCHED_DAYS} days")
    counts = [(group.open, group.social_care, group.untouched) for group in groups]
    written = [[NOT_LOADED if count is None else format_value(count) for count in three] for three in counts]
    return [headings, *((group.name, *three) for group, three in zip(groups, written, strict=True))]


def _aligned(lines: Lines) -> list[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    heads = lines[0]
    return [
        "  ".join(
            cell.rjust(width) if head in NUMERIC else cell.ljust(width)
            for cell, width, head in zip(line, widths, heads, strict=True)
        ).rstrip()
        for line in lines
    ]
