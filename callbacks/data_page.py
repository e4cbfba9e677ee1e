"""What the Data page shows: what is loaded, from when, how complete, and what happened before."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from callbacks.import_report import BASIS_WORDS, column_title, match_rows, percent
from geodata.areas import load_areas
from geodata.contracts import CONTRACTS, Contract
from geodata.errors import AtlasError, NoSnapshotError, ProfileError
from geodata.geography import ABOUT, GEOGRAPHY, current_profile
from geodata.manifest import Part
from geodata.periods import words
from geodata.profile import PROFILES, AreaScheme, Profile
from geodata.purge import expires_on
from geodata.snapshot import CONVERTED_FROM, Snapshot, Workspace

Answer = dict[str, Any]

STATUS_WORDS = {
    "official": "official",
    "approximate": "approximate: made of whole small areas",
    "indicative": "indicative: check before you publish",
}


def moment(at: datetime) -> str:
    """Return a time as people write it, where this machine stands: "21 November 2026, 08:33"."""
    here = at.astimezone()
    return f"{words(here.date())}, {here:%H:%M}"


def data_state(workspace: Workspace, today: date) -> Answer:
    """Return everything that the page shows of a workspace, in JSON's types.

    Parameters
    ----------
    workspace : Workspace
        Read afresh: it works also where the figures themselves cannot be used, so that one can go back.
    today : datetime.date
        For what may no longer be kept.
    """
    try:
        current: Snapshot | None = workspace.current()
    except NoSnapshotError:
        current = None
    try:
        profile: Profile | None = current_profile(workspace)
        trouble = ""
    except ProfileError as error:
        profile, trouble = None, str(error)
    return {
        "snapshot": current.id if current else "",
        "loaded": moment(current.created) if current else "",
        "synthetic": synthetic_words(current),
        "trouble": trouble,
        "datasets": [_dataset(workspace, wanted, current, today) for wanted in CONTRACTS.values()],
        "history": history(workspace, current),
        "areas": areas_in_force(workspace, current, profile) if profile else None,
        "sources": sources(profile.key if profile else "buckinghamshire"),
        "expired": expired(workspace, today),
    }


def synthetic_words(current: Snapshot | None) -> str:
    """Return the words of the banner: empty where every record is of a real person."""
    parts = [part for found in current.all_parts.values() for part in found] if current else []
    people = [part.basis for part in parts if part.dataset in CONTRACTS and CONTRACTS[part.dataset].personal]
    if people and all(basis == "synthetic" for basis in people):
        return "Synthetic demonstration data"
    return "Some data are synthetic" if any(part.basis == "synthetic" for part in parts) else ""


def asks(wanted: Contract) -> list[str]:
    """Return what a person may say of a file of a dataset, as fields of `geodata.options.Options`."""
    found = ["covers_from", "covers_to"] if wanted.shape == "events" else []
    found += ["reference_date"] if wanted.dated else []
    found += ["edition"] if wanted.slot == "edition" else []
    if wanted.slot == "scheme":
        found += ["scheme", "title", "vintage", "valid_from", "valid_to", "code_field", "name_field", "crs"]
    return [*found, "basis", *(["beside_synthetic"] if wanted.personal else [])]


def _dataset(workspace: Workspace, wanted: Contract, current: Snapshot | None, today: date) -> Answer:
    parts = current.parts(wanted.key) if current else ()
    return {
        "key": wanted.key,
        "title": wanted.title,
        "plain": wanted.plain,
        "personal": wanted.personal,
        "asks": asks(wanted),
        "needs": [column.title for column in wanted.columns if column.required],
        "parts": [part_view(workspace, part, today) for part in reversed(parts)],
    }


def part_view(workspace: Workspace, part: Part, today: date) -> Answer:
    """Return what a row of the list of what is loaded shows of a part."""
    rates = match_rows(part.match_rates, {})
    matched, rows = sum(one["matched"] for one in rates), sum(one["matched"] + one["unmatched"] for one in rates)
    until = expires_on(part)
    report = report_of(workspace, part)
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
        "complete": completeness(part, report),
        "kept_until": words(until) if until else "",
        "expired": until is not None and until <= today,
        "report": f"data/reports/{part.id}.json" if report else "",
        "quarantine": quarantine_address(workspace, report["part_id"] if report else part.id),
    }


def quarantine_address(workspace: Workspace, part_id: str) -> str:
    """Return where the rows that an import set aside can be taken from; empty where there are none."""
    return f"data/quarantine/{part_id}.csv" if workspace.quarantine_path(part_id).is_file() else ""


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


def history(workspace: Workspace, current: Snapshot | None) -> list[Answer]:
    """Return every snapshot, newest first: when, what happened, and whether it is the one in force."""
    return [
        {
            "id": manifest.id,
            "when": moment(manifest.created),
            "action": action_words(manifest.action),
            "in_force": current is not None and manifest.id == current.id,
            "parts": sum(len(ids) for ids in manifest.parts.values()),
        }
        for manifest in (workspace.snapshots() if current else [])
    ]


def action_words(action: str) -> str:
    """Return what made a snapshot, with a dataset's title in place of its key."""
    found = re.match(r"Imported (\w+) from (.*)", action)
    return f"Imported {CONTRACTS[found[1]].title} from {found[2]}" if found and found[1] in CONTRACTS else action


def expired(workspace: Workspace, today: date) -> list[Answer]:
    """Return the parts that may no longer be kept and still have rows, those of earlier snapshots included."""
    return [
        {
            "title": CONTRACTS[part.dataset].title,
            "source": part.source_name,
            "rows": part.accepted,
            "since": words(until),
        }
        for part in all_parts(workspace)
        if part.dataset in CONTRACTS and CONTRACTS[part.dataset].personal and part.accepted
        if (until := expires_on(part)) and until <= today
    ]


def all_parts(workspace: Workspace) -> Iterator[Part]:
    """Yield every part that a snapshot lists, in force or not, by dataset and time."""
    if workspace.path.is_dir():
        listed = {(key, i) for manifest in workspace.snapshots() for key, ids in manifest.parts.items() for i in ids}
        for dataset, part_id in sorted(listed):
            raw = workspace.part_path(dataset, part_id, ".json").read_text(encoding="utf-8")
            yield Part.from_dict(json.loads(raw))


def areas_in_force(workspace: Workspace, current: Snapshot | None, profile: Profile) -> Answer:
    """Return the small areas and the schemes that figures are shown by, and what waits to be among them."""
    names = load_areas(profile).names
    geography = current.manifest.geography if current else ""
    file = workspace.path / GEOGRAPHY / geography / ABOUT
    waiting = json.loads(file.read_text(encoding="utf-8")).get("waiting", []) if geography and file.is_file() else []
    return {
        "atoms": f"{len(names[profile.atom_scheme]):,} {profile.scheme(profile.atom_scheme).title} of "
        f"{profile.atom_vintage}",
        "imported": bool(geography),
        "schemes": [_scheme(scheme, len(names[scheme.key])) for scheme in profile.schemes],
        "waiting": waiting,
    }


def _scheme(scheme: AreaScheme, count: int) -> Answer:
    first, last = (words(day) if day else "" for day in (scheme.valid_from, scheme.valid_to))
    force = " ".join(filter(None, (f"from {first}" if first else "", f"until {last}" if last else "")))
    return {
        "key": scheme.key,
        "title": scheme.title,
        "areas": count,
        "status": STATUS_WORDS[scheme.status],
        "vintage": scheme.vintage or "",
        "in_force": force,
        "note": scheme.note,
    }


def sources(key: str) -> Answer:
    """Return where the reference pack comes from, under which licence, and the attribution that it asks for."""
    file = PROFILES / key / "sources.toml"
    raw = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {"sources": []}
    shown = ("name", "publisher", "vintage", "taken", "licence", "package", "version")
    listed = [{one: str(source.get(one, "")) for one in shown} for source in raw["sources"]]
    lines = dict.fromkeys(line for source in raw["sources"] for line in source.get("attribution", ()))
    return {"listed": listed, "attribution": list(lines), "licence": raw.get("licence", ""),
            "licence_url": raw.get("licence_url", "")}  # fmt: skip


def locality_names(workspace: Workspace) -> dict[str, str]:
    """Return the names of the areas that the postcode match is told by; empty where they cannot be read."""
    try:
        return dict(load_areas(current_profile(workspace)).names.get("locality", {}))
    except (AtlasError, OSError):
        return {}


def find_report(workspace: Workspace, part_id: str) -> tuple[Answer, Path] | None:
    """Return the report of a part and where its rows set aside are listed; None where there is no such report."""
    part = next((part for part in all_parts(workspace) if part.id == part_id), None)
    report = report_of(workspace, part) if part else None
    return (report, workspace.quarantine_path(report["part_id"])) if report else None
