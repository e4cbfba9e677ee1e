"""Plans with a name: kept, listed, opened again on the same records or on later ones, and deleted."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from geodata.errors import UsageError
from geodata.state import SavedRow, State
from layers.format import plural
from layers.link_workers.core import Urn, Work

KIND = "plan"
"""Under which `geodata.state` keeps them."""

LONGEST_NAME = 60
MOST_NAMED = 5
"""Schools or posts that a note names; more are counted."""


@dataclass(frozen=True)
class Made:
    """What a plan was made with.

    Attributes
    ----------
    snapshot : str
        Identifier of the snapshot.
    model : str
        Version of the model.
    day : str
        The day of the plan, as ISO date.
    least, most : int
        Schools per worker that it was made for.
    """

    snapshot: str
    model: str
    day: str
    least: int
    most: int


@dataclass(frozen=True)
class SavedPlan:
    """A sharing of schools that has been kept.

    Attributes
    ----------
    name : str
        As it was typed.
    worker_of : mapping of int to str
        School -> post.
    made : Made
        What it was made with.
    created, changed : datetime.datetime
        UTC.
    version : int
        From 1; whoever changes or deletes it says which one it was.
    """

    name: str
    worker_of: Mapping[Urn, str]
    made: Made
    created: datetime
    changed: datetime
    version: int


def plan_name(text: str) -> str:
    """Return a name as it is kept: without spaces around it.

    Raises
    ------
    UsageError
        If it is empty, longer than `LONGEST_NAME` characters, or holds characters that cannot be seen.
    """
    name = " ".join(text.split())
    if not name:
        raise UsageError("A plan needs a name, such as 'Autumn term'.")
    if len(name) > LONGEST_NAME:
        raise UsageError(f"The name has {len(name)} characters. Up to {LONGEST_NAME} are kept.")
    if any(unicodedata.category(one).startswith("C") for one in name):
        raise UsageError("The name holds characters that cannot be seen. Type it anew.")
    return name


def save(state: State, name: str, worker_of: Mapping[Urn, str], made: Made, version: int | None = None) -> SavedPlan:
    """Keep a plan under a name.

    Parameters
    ----------
    state : State
        Of the workspace, of the kind `KIND`.
    name : str
        1 to 60 characters, unique without regard to case.
    worker_of : mapping of int to str
        School -> post.
    made : Made
        What it was made with.
    version : int, optional
        The version that this one takes the place of; none for a new plan.

    Raises
    ------
    UsageError
        If the name is none or taken, or somebody has changed the plan since.
    """
    called = plan_name(name)
    record = {"workers": {str(urn): worker_of[urn] for urn in sorted(worker_of)}, "made": asdict(made)}
    body = json.dumps(record, ensure_ascii=False, sort_keys=True)
    if version is None:
        return _saved(state.insert(called, made.snapshot, body))
    return _saved(state.update(called, version, snapshot=made.snapshot, body=body, new_name=called))


def listed(state: State) -> tuple[SavedPlan, ...]:
    """Return every plan by name, those that were deleted apart."""
    return tuple(_saved(row) for row in state.rows())


def load(state: State, name: str) -> SavedPlan:
    """Return a plan by its name, without regard to case; `UsageError` with the names there are."""
    return _saved(state.get(name))


def delete(state: State, name: str, version: int) -> None:
    """Set a plan aside: it is kept in the database, but no longer listed, and its name is free.

    Raises
    ------
    UsageError
        If there is none of that name, or somebody has changed it since.
    """
    state.remove(name, version)


def fitted(saved: SavedPlan, work: Work, snapshot: str) -> tuple[Mapping[Urn, str], tuple[str, ...]]:
    """Return what a saved plan says of the schools and posts there are now, and what no longer fits.

    Parameters
    ----------
    saved : SavedPlan
        Perhaps made on other records.
    work : Work
        Of the records in force.
    snapshot : str
        Identifier of the snapshot in force.

    Returns
    -------
    mapping of int to str
        School -> post; a school or post that is gone is left out.
    tuple of str
        What a person must know: empty where everything fits.
    """
    schools, posts = {one.urn for one in work.schools}, {one.post for one in work.posts}
    given = {urn: post for urn, post in saved.worker_of.items() if urn in schools and post in posts}
    gone = sorted(str(urn) for urn in saved.worker_of if urn not in schools)
    vanished = sorted({post for post in saved.worker_of.values() if post not in posts})
    new = sorted(str(urn) for urn in schools - set(saved.worker_of))
    notes = []
    if saved.made.snapshot != snapshot:
        notes.append("It was saved on other records: loads and distances are those of today's.")
    if gone:
        notes.append(f"{plural(len(gone), 'school')} of it no longer listed: {_named(gone)}.")
    if vanished:
        notes.append(f"{plural(len(vanished), 'post')} of it no longer listed: {_named(vanished)}.")
    if new and saved.made.snapshot != snapshot:
        notes.append(f"{plural(len(new), 'school')} without a worker in it: {_named(new)}.")
    return MappingProxyType(given), tuple(notes)


def _named(found: list[str]) -> str:
    more = len(found) - MOST_NAMED
    return ", ".join(found[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _saved(row: SavedRow) -> SavedPlan:
    record: dict[str, Any] = json.loads(row.body)
    workers = {int(urn): str(post) for urn, post in record["workers"].items()}
    return SavedPlan(row.name, MappingProxyType(workers), Made(**record["made"]), row.created, row.changed, row.version)
