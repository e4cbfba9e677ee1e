"""What the Data page shows of one loaded file: from when it is, how complete, and how long it may be kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from callbacks.import_report import BASIS_WORDS, column_title, match_rows, percent
from geodata.contracts import CONTRACTS, Contract
from geodata.manifest import Part
from geodata.periods import words
from geodata.purge import expires_on
from geodata.snapshot import CONVERTED_FROM, Workspace

Answer = dict[str, Any]


def moment(at: datetime) -> str:
    """Return a time as people write it, where this machine stands: "21 November 2026, 08:33"."""
    here = at.astimezone()
    return f"{words(here.date())}, {here:%H:%M}"


def asks(wanted: Contract) -> list[str]:
    """Return what a person may say of a file of a dataset, as fields of `geodata.options.Options`."""
    found = ["covers_from", "covers_to"] if wanted.shape == "events" else []
    found += ["reference_date"] if wanted.dated else []
    found += ["edition"] if wanted.slot == "edition" else []
    if wanted.slot == "scheme":
        found += ["scheme", "title", "vintage", "valid_from", "valid_to", "code_field", "name_field", "crs"]
    return [*found, "basis", *(["beside_synthetic"] if wanted.personal else [])]


def part_view(workspace: Workspace, part: Part, today: date) -> Answer:
    """Return what a row of the list of what is loaded shows of a part."""
    rates = match_rows(part.match_rates, {})
    matched, rows = sum(one["matched"] for one in rates), sum(one["matched"] + one["unmatched"] for one in rates)
    until = expires_on(part)
    report = report_of(workspace, part)
    listed = report["part_id"] if report else part.id
    return {
        "id": part.id,
        "source": part.source_name,
        "sha": part.sha256[:12],
        "rows": part.accepted,
        "set_aside": part.quarantined,
        "removed": part.purged,
        "imported": moment(part.imported_at),
        "basis": part.basis,
        "basis_words": BASIS_WORDS[part.basis],
        "when": when(part),
        "about": about(part),
        "match": percent(matched, rows),
        "complete": None if part.about.get("kind") == "outlines" else completeness(part, report),
        "kept_until": words(until) if until else "",
        "expired": until is not None and until <= today,
        "report": f"data/reports/{part.id}.json" if report else "",
        "quarantine": quarantine_address(workspace, listed),
        "flagged": (report or {}).get("flagged_rows", 0),
        "flagged_list": flagged_address(workspace, listed),
    }


def quarantine_address(workspace: Workspace, part_id: str) -> str:
    """Return where the rows that an import set aside can be taken from; empty where there are none."""
    return f"data/quarantine/{part_id}.csv" if workspace.quarantine_path(part_id).is_file() else ""


def flagged_address(workspace: Workspace, part_id: str) -> str:
    """Return where the accepted rows that should be looked at can be taken from; empty where there are none."""
    return f"data/flagged/{part_id}.csv" if workspace.flagged_path(part_id).is_file() else ""


def when(part: Part) -> str:
    """Return the dates that a part speaks of, in words; empty where it states none."""
    if part.covers_from and part.covers_to:
        return f"complete from {words(part.covers_from)} to {words(part.covers_to)}"
    return f"counts at {words(part.reference_date)}" if part.reference_date else ""


def about(part: Part) -> str:
    """Return what else is known of a part in words: its edition, its areas, what it was made from."""
    said = part.about
    found = [f"edition {said['edition']}"] if said.get("edition") else []
    if scheme := said.get("scheme"):
        found.append(" ".join(filter(None, (said.get("title") or scheme, said.get("vintage")))))
    found += ["said again by the areas in force"] if said.get(CONVERTED_FROM) else []
    return ", ".join(found)


def completeness(part: Part, report: Mapping[str, Any] | None) -> Answer:
    """Return how many of the columns that a dataset can have are in a part, and which it lacks.

    Rows are not counted by column: a column that is there may have blank cells.
    """
    wanted = CONTRACTS[part.dataset]
    keys = [*wanted.keys]
    lacks = [key for key in (report or {}).get("missing") or () if key in keys]
    if report is None:
        lacks = [key for key in keys if part.mapping and key not in part.mapping]
    return {"have": len(keys) - len(lacks), "of": len(keys), "lacks": [column_title(part.dataset, k) for k in lacks]}


def report_of(workspace: Workspace, part: Part) -> Answer | None:
    """Return the report of the import that a part came from; of one said again by other areas, of its origin."""
    for part_id in (part.id, part.about.get(CONVERTED_FROM, "")):
        file = workspace.report_path(part_id)
        if part_id and file.is_file():
            found: Answer = json.loads(file.read_text(encoding="utf-8"))
            return found
    return None
