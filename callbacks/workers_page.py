"""The page on link workers: who has which school, on a map and in lists, and what a move or another plan changes."""

from __future__ import annotations

from pathlib import Path

from callbacks.figures import Answer, Figures
from callbacks.workers_compare import compare_view
from callbacks.workers_desk import Desk
from callbacks.workers_headline import STAY_OVER, headline_view, range_text
from callbacks.workers_list import left_view, list_view, worker_view
from callbacks.workers_map import map_view
from callbacks.workers_move import move_view
from callbacks.workers_plans import Pair, choices
from callbacks.workers_state import LEAST_RANGE, MOST_RANGE, PAGE, WorkersState
from callbacks.workers_words import PARTS, day_words, km, proven
from layers.format import format_value

SECTIONS = (
    ("now", "The answer"), ("map", "Map and workers"), ("move", "Move a school"), ("compare", "Compare two plans"),
    ("keep", "Save and take away"), ("rules", "Work out another plan"), ("sure", "How sure is this"),
)  # fmt: skip

CLUSTER_SECTIONS = (
    ("now", "The answer"), ("map", "Map and clusters"), ("keep", "Take away"), ("rules", "Work out other clusters"),
    ("sure", "How sure is this"),
)  # fmt: skip
"""Without posts nothing is moved, compared or saved."""

TITLE = "Link workers"


def workers_page(
    figures: Figures, folder: Path, desk: Desk, pair: Pair, state: WorkersState, *, wrong: tuple[str, str] = ("", "")
) -> Answer:
    """Return everything that the page shows of one state, in JSON's types.

    Parameters
    ----------
    figures : Figures
        Of the snapshot in force.
    folder : pathlib.Path
        The workspace, with the saved plans.
    desk : Desk
        The model.
    pair : Pair
        The plan that is shown, and the one beside it.
    state : WorkersState
        From `read_workers_state`.
    wrong : tuple of str, optional
        Why the last move was not made, and the post it asked for.
    """
    posts = bool(desk.work.posts)
    sections = SECTIONS if posts else CLUSTER_SECTIONS
    plans = choices(desk, folder, pair.now.key)
    error, to = wrong
    worker = worker_view(desk, pair, state)
    order = {row["urn"]: row["number"] for row in worker["rows"]} if worker else {}
    return {
        "title": TITLE,
        "council": figures.store.profile.name,
        "when": day_words(desk.work.day),
        "sections": sections,
        "posts": posts,
        "tags": list(desk.basis),
        "plan": {"key": pair.now.key, "words": pair.now.words, "name": state.saved_name, "version": pair.now.version},
        "plans": plans,
        "state": state_fields(state),
        "moves": len(state.moves),
        "notes": list(pair.now.notes),
        "headline": headline_view(desk, pair),
        "map": map_view(figures.store, desk, pair.now, state, order),
        "list": list_view(desk, pair, state),
        "worker": worker,
        "left": left_view(desk, pair, state),
        "move": move_view(desk, pair, state, error, to) if posts else None,
        "compare": compare_view(desk, pair) if posts else None,
        "besides": _besides(plans, pair),
        "keep": _keep(plans, state, figures.store.snapshot.id),
        "rules": _rules(desk, state),
        "sure": _sure(desk, pair),
        "range": range_text(desk),
        "snapshot": figures.store.snapshot.id,
    }


def state_fields(state: WorkersState) -> dict[str, list[tuple[str, str]]]:
    """Return what each form of the page carries along, as (name, value), by what it changes itself."""
    every = state.fields
    return {
        "plan": [one for one in every if one[0] not in ("plan", "move", "school")],
        "with": [one for one in every if one[0] != "with"],
        "rules": [one for one in every if one[0] == "with"],
        "keep": [one for one in every if one[0] != "school"],
    }


def _besides(plans: list[Answer], pair: Pair) -> list[Answer]:
    key = pair.beside.key if pair.beside else ""
    return [{**one, "chosen": str(one["key"]).casefold() == key.casefold()} for one in plans]


def _keep(plans: list[Answer], state: WorkersState, snapshot: str) -> Answer:
    saved = [one for one in plans if one.get("name")]
    query = state.query(worker="", school=None)
    return {
        "saved": [{**one, "open": state.address(plan=one["key"], moves=(), school=None),
                   "beside": f"{state.address(beside=one['key'])}#compare"} for one in saved],
        "workbook": f"{PAGE}/team.xlsx?{query}{'&' if query else ''}snapshot={snapshot}",
        "sheets": f"{PAGE}/sheet?{query}",
    }  # fmt: skip


def _rules(desk: Desk, state: WorkersState) -> Answer:
    plan = desk.proposed
    return {
        "least": state.wanted.least,
        "most": state.wanted.most,
        "hard": state.wanted.hard,
        "keep": state.wanted.keep,
        "numbers": list(range(LEAST_RANGE, MOST_RANGE + 1)),
        "locks": len(desk.rules.locks),
        "stay_over": STAY_OVER,
        "proven": proven(plan) if plan else "",
        "cost": km(plan.cost) if plan else "",
        "parts": [{"name": PARTS.get(key, key), "value": km(value)} for key, value in plan.parts.items()]
        if plan
        else [],
        "seconds": format_value(plan.seconds, 1) if plan else "",
    }


def _sure(desk: Desk, pair: Pair) -> Answer:
    notes = dict.fromkeys((*pair.now.plan.notes, *desk.notes))
    return {"notes": list(notes)}
