"""Which sharing of schools the page shows, which stands beside it, and what moves by hand make of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from callbacks.figures import Answer
from callbacks.workers_desk import Desk, Shown, shown
from callbacks.workers_state import PROPOSED, SAVED, TODAY, WorkersState
from callbacks.workers_words import day_words, plan_words
from geodata.errors import UsageError
from geodata.state import State
from geodata.store import Store
from layers.link_workers.compare import range_words
from layers.link_workers.core import Cluster, Plan, Urn
from layers.link_workers.saved import KIND, Made, SavedPlan, delete, fitted, listed, load, save

MODEL = "1"
"""Version of the model: raised when the same records and rules would give another plan."""


class NotWorkedOutError(UsageError):
    """The proposed plan is not there yet."""


@dataclass(frozen=True)
class Pair:
    """What the page shows.

    Attributes
    ----------
    now : Shown
        The plan, with the moves made by hand.
    start : Shown
        The same plan without them.
    beside : Shown or None
        The plan that stands beside it; None where there is none.
    """

    now: Shown
    start: Shown
    beside: Shown | None


def saved_plans(folder: Path) -> tuple[SavedPlan, ...]:
    """Return the saved plans of a workspace by name; empty where nothing was saved."""
    return listed(State(folder, kind=KIND))


def find_plan(desk: Desk, store: Store, folder: Path, key: str) -> Shown:
    """Return a plan by its key.

    Raises
    ------
    NotWorkedOutError
        If it is the proposed one and is not there yet.
    UsageError
        If there is none of that name, with those there are.
    """
    words = plan_words(key, posts=bool(desk.work.posts), rules=desk.rules)
    if key == PROPOSED:
        if desk.proposed is None:
            raise NotWorkedOutError("The proposed plan is not there yet. Work it out first.")
        return shown(desk, key, words, desk.proposed)
    if key == TODAY:
        if not desk.has_today:
            raise UsageError("It is not loaded which post has which school today. Import the list on the Data page.")
        return shown(desk, key, words, desk.today())
    found = load(State(folder, kind=KIND), key.removeprefix(SAVED))
    given, notes = fitted(found, desk.work, store.snapshot.id)
    name = f"{SAVED}{found.name}"
    return shown(desk, name, plan_words(name), desk.evaluate(given), notes, version=found.version)


def pair_of(desk: Desk, store: Store, folder: Path, state: WorkersState) -> Pair:
    """Return the plan of an address with its moves, and the one beside it.

    Raises
    ------
    UsageError
        If a plan, a school or a post of the address is not there, or a move breaks a hard rule.
    """
    if state.area and state.area not in desk.work.area_names:
        raise UsageError(f"No locality '{state.area[:40]}' here. Valid: {', '.join(desk.work.area_names)}.")
    start = find_plan(desk, store, folder, state.plan)
    now = start
    if state.moves:
        plan = after_moves(desk, start.plan, state.moves)
        now = shown(desk, start.key, plan_words(start.key, moves=len(state.moves), rules=desk.rules), plan, start.notes,
                    version=start.version)  # fmt: skip
    key = state.beside or _fitting(desk, state.plan)
    beside = find_plan(desk, store, folder, key) if key else None
    return Pair(now, start, beside)


def _fitting(desk: Desk, key: str) -> str:
    """Return the plan to stand beside another where none is asked for: today's sharing, else the proposed one."""
    if key != TODAY and desk.has_today:
        return TODAY
    return PROPOSED if key != PROPOSED and desk.proposed is not None else ""


def after_moves(desk: Desk, plan: Plan, moves: tuple[tuple[Urn, str], ...]) -> Plan:
    """Return a plan after moves, one after the other.

    Raises
    ------
    UsageError
        If a school or a post is not there, or a move breaks a hard rule, naming it.
    """
    for place, (urn, post) in enumerate(moves, start=1):
        check_move(desk, plan, urn, post)
        plan = carried(plan, urn, post) if place < len(moves) else desk.move(plan, urn, post)
    return plan


def carried(plan: Plan, urn: Urn, post: str) -> Plan:
    """Return a plan in which a school stands with another post, its figures as they were.

    It says who has which school and whom they cover, which is all that the rules of the next move rest on; figures are
    worked out once, after the last.
    """
    rest = [replace(one, schools=tuple(other for other in one.schools if other != urn)) for one in plan.clusters]
    rest = [one for one in rest if one.schools]
    mine = next((one for one in rest if one.post == post and not one.cover_for), Cluster(post, "", (), 0.0, 0.0))
    new = replace(mine, schools=tuple(sorted((*mine.schools, urn))))
    return replace(plan, clusters=(*(one for one in rest if one is not mine), new))


def check_move(desk: Desk, plan: Plan, urn: Urn, post: str) -> tuple[str, ...]:
    """Return the wishes that a move goes against.

    Raises
    ------
    UsageError
        If school or post is not there, the school has that worker already, or a hard rule is broken.
    """
    if urn not in desk.schools:
        raise UsageError(f"No school {urn} here. Choose one from the list.")
    if post not in desk.posts:
        raise UsageError(f"No post '{post[:40]}' here. Choose one from the list.")
    name = desk.schools[urn].name
    if plan.worker_of().get(urn) == post:
        raise UsageError(f"{name} is with {post} already.")
    found = desk.refuse(plan, urn, post)
    if found.hard:
        raise UsageError(f"{name} was not moved to {post}. {' '.join(found.hard)}")
    return found.wishes


def save_plan(desk: Desk, store: Store, folder: Path, state: WorkersState, name: str) -> str:
    """Keep the plan of an address, with its moves, under a name; return the name.

    One that is shown under the very name takes the place of what was saved, unless somebody changed it since.
    """
    if not desk.work.posts:
        raise UsageError("Clusters without posts are not kept. Import the link workers' posts first.")
    pair = pair_of(desk, store, folder, state)
    made = Made(store.snapshot.id, MODEL, desk.work.day.isoformat(), desk.rules.least, desk.rules.most)
    same = state.saved_name.casefold() == " ".join(name.split()).casefold()
    version = pair.now.version if same else None
    return save(State(folder, kind=KIND), name, pair.now.plan.worker_of(), made, version).name


def delete_plan(folder: Path, name: str, version: str) -> None:
    """Set a saved plan aside; `UsageError` if there is none, or somebody has changed it since."""
    delete(State(folder, kind=KIND), name, int(version) if version.isdigit() else 0)


def choices(desk: Desk, folder: Path, chosen: str) -> list[Answer]:
    """Return the plans that can be shown, for a list to choose from."""
    keys = [PROPOSED, *([TODAY] if desk.has_today else [])]
    found: list[Answer] = [
        {
            "key": key,
            "words": plan_words(key, posts=bool(desk.work.posts), rules=desk.rules),
            "chosen": key == chosen,
        }
        for key in keys
    ]
    for one in saved_plans(folder) if desk.work.posts else ():
        key = f"{SAVED}{one.name}"
        chosen_one = key.casefold() == chosen.casefold()
        found.append({"key": key, "words": one.name, "chosen": chosen_one, "version": one.version, "name": one.name,
                      "when": saved_words(one)})  # fmt: skip
    return found


def saved_words(one: SavedPlan) -> str:
    """Say when a plan was saved, and for which day."""
    return (
        f"saved on {day_words(one.changed.date())}, for {day_words(date.fromisoformat(one.made.day))}, "
        f"{range_words(one.made.least, one.made.most)} schools"
    )
