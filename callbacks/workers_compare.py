"""Two plans side by side: totals, each worker, and which schools have another worker."""

from __future__ import annotations

from collections.abc import Sequence

from callbacks.figures import Answer
from callbacks.workers_desk import Desk, Shown
from callbacks.workers_plans import Pair
from callbacks.workers_words import hours, km, km_change, outside_words
from layers.format import NO_VALUE, format_value, plural, round_half_up
from layers.link_workers.compare import Change, Share, is_over, who_changes

Texts = tuple[str, str, str]
"""Of the plan beside, of the plan that is shown, and the difference."""


def compare_view(desk: Desk, pair: Pair) -> Answer | None:
    """Return the plan beside and the shown one in totals, by worker, and who changes; None where nothing is beside."""
    if pair.beside is None:
        return None
    changes = who_changes(desk.work, pair.beside.plan.worker_of(), pair.now.plan.worker_of())
    return {
        "beside": pair.beside.words,
        "now": pair.now.words,
        "totals": _totals(desk, pair.beside, pair.now),
        "workers": _workers(desk, pair.beside, pair.now),
        "same": _same(pair.beside, pair.now),
        "changes": [_change(desk, one) for one in changes],
        "says": _says(changes),
        "notes": [*pair.beside.notes],
    }


def _says(changes: tuple[Change, ...]) -> str:
    if not changes:
        return "Both give every school to the same worker."
    moved = [one for one in changes if one.before and one.after]
    said = [f"{plural(len(moved), 'school')} with another worker, {_families(moved)}"] if moved else []
    if given := [one for one in changes if not one.before]:
        said.append(f"{plural(len(given), 'school')} that had none, {_families(given)}")
    if left := [one for one in changes if not one.after]:
        said.append(f"{plural(len(left), 'school')} left without one, {_families(left)}")
    return f"{'; '.join(said)}."


def _families(changes: Sequence[Change]) -> str:
    families = sum(one.families for one in changes)
    return f"with {format_value(families)} open {'family' if families == 1 else 'families'}"


def _totals(desk: Desk, one: Shown, other: Shown) -> list[Answer]:
    a, b, rules = one.totals, other.totals, desk.rules
    rows: list[tuple[str, Texts]] = [
        ("Schools without a worker", _whole(a.without, b.without)),
        ("Schools whose worker is absent or post vacant", _whole(a.with_absent, b.with_absent)),
        (outside_words(rules.least, rules.most), _whole(a.outside, b.outside)),
        ("Workers over their hours", _whole(a.over, b.over)),
        ("Schools per worker on average", _decimal(a.average, b.average)),
        ("Kilometres a week of workers who are present (estimated)", _km(a.km, b.km)),
        ("Load of workers who are present, hours a week (assumed)", _decimal(a.load_hours, b.load_hours)),
        ("Schools with another worker than today", _whole(a.changed, b.changed)),
        ("Families who would change worker", _whole(a.families, b.families)),
    ]
    return [{"name": name, "cells": cells} for name, cells in rows]


def _workers(desk: Desk, one: Shown, other: Shown) -> list[Answer]:
    """Return the workers whose schools differ."""
    keys = [*one.shares, *(key for key in other.shares if key not in one.shares)]
    found = []
    for key in keys:
        a, b = one.shares.get(key, Share(key)), other.shares.get(key, Share(key))
        if a.schools != b.schools:
            found.append({"name": key, "capacity": _capacity(desk, key), "cells": [
                _with_over(desk, a, b),
                _whole(len(a.schools), len(b.schools)),
                _km(a.km, b.km),
                _whole(a.handed_over, b.handed_over),
            ]})  # fmt: skip
    return found


def _capacity(desk: Desk, key: str) -> str:
    return hours(desk.posts[key].capacity_hours) if key in desk.posts else NO_VALUE


def _with_over(desk: Desk, a: Share, b: Share) -> Texts:
    first, second, more = _decimal(a.load_hours, b.load_hours)
    post = desk.posts.get(a.post)
    marks = [" over" if post and is_over(share, post) else "" for share in (a, b)]
    return first + marks[0], second + marks[1], more


def _same(one: Shown, other: Shown) -> str:
    same = sum(share.schools == other.shares[key].schools for key, share in one.shares.items() if key in other.shares)
    return f"{plural(same, 'worker')} with the same schools in both."


def _change(desk: Desk, one: Change) -> Answer:
    school = desk.schools[one.urn]
    return {
        "name": school.name,
        "area": desk.work.area_names.get(school.area, school.area),
        "from": one.before or "nobody",
        "to": one.after or "nobody",
        "families": format_value(one.families),
    }


def _whole(a: int, b: int) -> Texts:
    return format_value(a), format_value(b), format_value(b - a, signed=True)


def _decimal(a: float, b: float) -> Texts:
    return hours(a), hours(b), format_value(float(round_half_up(b, 1) - round_half_up(a, 1)), 1, signed=True)


def _km(a: float, b: float) -> Texts:
    return km(a), km(b), km_change(a, b)
