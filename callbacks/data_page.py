"""What the Data page shows: what is loaded, from when, how complete, and what happened before."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from callbacks.loaded import Answer, asks, moment, part_view, report_of
from geodata.areas import load_areas
from geodata.contracts import CONTRACTS, Contract
from geodata.errors import AtlasError, NoSnapshotError, ProfileError
from geodata.geography import ABOUT, GEOGRAPHY, current_profile
from geodata.manifest import Part
from geodata.periods import words
from geodata.profile import PROFILES, AreaScheme, Profile
from geodata.purge import expires_on
from geodata.snapshot import Snapshot, Workspace

STATUS_WORDS = {
    "official": "official",
    "approximate": "approximate: made of whole small areas",
    "indicative": "indicative: check before you publish",
}


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
