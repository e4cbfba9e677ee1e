"""The plan of a snapshot made ready: worked out once for some rules, kept beside the snapshot, and found again."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from geodata.durable import make_private, write_durably
from geodata.manifest import to_json
from geodata.snapshot import DERIVED
from geodata.store import Store
from layers.link_workers.core import Plan, Rules, Urn, Work
from layers.link_workers.planning import LEAST, MOST, Asked, Shared, share
from layers.link_workers.records import plan_from, plan_record, rules_from, rules_record
from layers.link_workers.settings import cluster_settings
from layers.link_workers.work import locks_of, plan_day, settings_of, work_of

MODEL_VERSION = 2
"""Rises whenever the model gives another plan for the same records and rules."""

MOST_KEPT = 24
"""Plans of one workspace that are kept, the newest."""

PREFIX = "link-workers-"


@dataclass(frozen=True)
class Prepared:
    """A plan with what it rests on.

    Attributes
    ----------
    plan : Plan
        The sharing.
    rules : Rules
        What it keeps.
    basis, notes : tuple of str
        Words that stand beside its figures, and what a reader must know.
    handovers_known : bool
        Whether the families handed over could be counted.
    seconds : float
        How long it took to have it, the reading of what was kept included.
    worked_out : bool
        Whether it had to be worked out; False where it was kept already.
    """

    plan: Plan
    rules: Rules
    basis: tuple[str, ...]
    notes: tuple[str, ...]
    handovers_known: bool
    seconds: float = 0.0
    worked_out: bool = False


def work_asked(store: Store, asked: Asked) -> Work:
    """Return what there is to share for what is asked: without posts where clusters are."""
    work = work_of(store, asked.day or plan_day(store))
    return work if asked.posts else replace(work, posts=())


def plan_path(store: Store, asked: Asked) -> Path:
    """Return where a plan is kept, whether or not it is there yet.

    Its name holds the hash of all that it depends on: the snapshot's parts and what was purged from them, areas and
    version of the profile, the assumptions, the rules, the day, and the model.
    """
    manifest, snapshot = store.snapshot.manifest, store.snapshot
    rests_on = {
        "model": MODEL_VERSION,
        "profile": [store.profile.key, store.profile.version],
        "geography": manifest.geography,
        "parts": [[part.id, part.purged] for key in sorted(snapshot.datasets) for part in snapshot.parts(key)],
        "settings": [_plain(settings_of(store)), _plain(cluster_settings(store.profile))],
        "asked": asdict(asked),
        "day": asked.day or plan_day(store),
    }
    digest = hashlib.sha256(json.dumps(rests_on, sort_keys=True, default=str).encode()).hexdigest()[:16]
    return snapshot.root / DERIVED / f"{PREFIX}{digest}.json"


def _plain(value: Any) -> Any:
    """Return settings in JSON's types."""
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    return dict(value) if isinstance(value, Mapping) else value


def kept_plan(store: Store, asked: Asked) -> Prepared | None:
    """Return the plan that is kept for some rules; None where it was not worked out yet."""
    path = plan_path(store, asked)
    if not path.is_file():
        return None
    record = json.loads(path.read_text(encoding="utf-8"))
    return Prepared(
        plan_from(record["plan"]), rules_from(record["rules"]), tuple(record["basis"]), tuple(record["notes"]),
        record["handovers_known"],
    )  # fmt: skip


def ensure_plan(store: Store, asked: Asked | None = None) -> Prepared:
    """Return the plan of a snapshot: the one that is kept, or else work it out and keep it.

    Parameters
    ----------
    store : Store
        With schools; without posts the schools are shared into clusters.
    asked : Asked, optional
        The rules; by default those of the page, 3 to 5 schools per worker on average.

    Raises
    ------
    UsageError
        Where no schools are loaded, or the rules contradict each other.
    InputError
        Where no school is left to share.
    """
    began = time.perf_counter()
    wanted = asked or default_asked(store)
    found = kept_plan(store, wanted)
    if found is not None:
        return replace(found, seconds=time.perf_counter() - began)
    found = keep_plan(store, wanted, share(store, wanted))
    return replace(found, seconds=time.perf_counter() - began, worked_out=True)


def keep_plan(store: Store, asked: Asked, shared: Shared) -> Prepared:
    """Write a plan beside its snapshot, whole or not at all, and return it as it is read again."""
    path = plan_path(store, asked)
    record = {
        "plan": plan_record(shared.plan),
        "rules": rules_record(shared.rules),
        "basis": shared.basis,
        "notes": shared.notes,
        "handovers_known": shared.handovers_known,
    }
    make_private(path.parent)
    write_durably(path, to_json(record))
    _clear(path)
    found = kept_plan(store, asked)
    assert found is not None
    return found


def default_asked(store: Store) -> Asked:
    """Return what is asked where nobody says otherwise: among the posts there are, else into clusters."""
    return Asked(posts=bool(work_of(store, plan_day(store)).posts))


def rules_before(store: Store, asked: Asked) -> Rules:
    """Return the rules that hold before a plan is worked out, so that today's sharing can be judged by them.

    A lock whose school or post is not in the work is left out.
    """
    work = work_asked(store, asked)
    urns, posts = {one.urn for one in work.schools}, {one.post for one in work.posts}
    locks: dict[Urn, str] = {
        urn: post for urn, post in locks_of(store, work.day).items() if urn in urns and post in posts
    }
    given = asked.least is not None or asked.most is not None
    return Rules(
        least=LEAST if asked.least is None else asked.least,
        most=MOST if asked.most is None else asked.most,
        hard=given or not work.posts,
        locks=locks,
        keep=asked.keep,
    )


def _clear(newest: Path) -> None:
    """Remove the oldest plans beyond those that are kept; one that another process removes first is gone as well."""
    plans = [one for one in newest.parent.glob(f"{PREFIX}*.json") if one != newest]
    by_age = sorted(plans, key=lambda one: one.stat().st_mtime, reverse=True)
    for old in by_age[MOST_KEPT - 1 :]:
        old.unlink(missing_ok=True)
