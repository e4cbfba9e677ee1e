"""The workers of a plan beside the map, and the chosen one with its schools."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from callbacks.figures import Answer
from callbacks.workers_desk import Desk, Shown
from callbacks.workers_plans import Pair
from callbacks.workers_state import OVER, PAGE, WorkersState
from callbacks.workers_words import hours, km, over_words, post_kind
from layers.format import NO_VALUE, format_value, plural
from layers.link_workers.compare import Share, held_today, is_there
from layers.link_workers.sheets import language_words
from layers.school_kinds import STATE_KINDS

UNEXPLAINED = "has no worker"
"""What a plan that nobody worked out says of a school that it leaves out: no more than the heading."""

FULL = 100
"""Per cent: how far the bar of a worker goes who has used every hour."""


def list_view(desk: Desk, pair: Pair, state: WorkersState) -> Answer:
    """Return the workers by locality: hours used, schools, kilometres and families handed over.

    Where it is asked for they stand in one list, those that are most over their hours first.
    """
    areas: dict[str, list[Answer]] = {}
    by_area = {key: _area(desk, pair.now, key) for key in pair.now.shares}
    for key, share in pair.now.shares.items():
        areas.setdefault(by_area[key], []).append(_row(desk, pair, state, share))
    orders = _orders(state) if desk.work.posts else []
    if orders and state.order == OVER:
        shown = [one for key, one in pair.now.shares.items() if state.area in ("", by_area[key])]
        shown.sort(key=lambda one: desk.posts[one.post].capacity_hours - one.load_hours)
        rows = [_row(desk, pair, state, one) for one in shown]
        one_group = {"name": "Most over their hours first", "says": plural(len(rows), "worker"), "rows": rows}
        return {"groups": [one_group], "posts": True, "orders": orders}
    names = {**desk.work.area_names, "unknown": "Without a locality"}
    order = [*desk.work.area_names, *(code for code in areas if code not in desk.work.area_names)]
    return {
        "groups": [{"name": names.get(code, code), "says": plural(len(areas[code]), _who(desk)), "rows": areas[code]}
                   for code in order if code in areas and state.area in ("", code)],
        "posts": bool(desk.work.posts), "orders": orders,
    }  # fmt: skip


def _orders(state: WorkersState) -> list[Answer]:
    return [{"key": key or "area", "name": name, "address": f"{state.address(order=key)}#list",
             "chosen": state.order == key}
            for key, name in (("", "By locality"), (OVER, "Most over their hours first"))]  # fmt: skip


def _who(desk: Desk) -> str:
    return "worker" if desk.work.posts else "cluster"


def _area(desk: Desk, now: Shown, key: str) -> str:
    if key in desk.posts and desk.posts[key].area in desk.work.area_names:
        return desk.posts[key].area
    return next((one.area for one in now.plan.clusters if one.post == key), "unknown")


def _row(desk: Desk, pair: Pair, state: WorkersState, share: Share) -> Answer:
    post, was = desk.posts.get(share.post), pair.start.shares.get(share.post)
    now = _figures(share)
    before = _figures(was) if was is not None and was.schools != share.schools else now
    capacity = post.capacity_hours if post else None
    away = post_kind(post)
    return {
        "worker": share.post,
        "name": share.post if post else f"Cluster {share.post}",
        "base": (post.base or post.team) if post else "",
        "away": away or (f"covers {', '.join(share.covers)}" if share.covers else ""),
        "hours": hours(share.load_hours),
        "capacity": hours(capacity) if capacity is not None else "",
        "width": min(FULL, round(FULL * share.load_hours / capacity)) if capacity else 0,
        "over": over_words(share, post),
        "schools": len(share.schools),
        "range": range_word(desk, share),
        "km": km(share.km),
        "families": format_value(share.handed_over) if post else NO_VALUE,
        "was": {key: before[key] for key in now if before[key] != now[key]},
        "chosen": state.worker == share.post,
        "address": f"{state.address(worker=share.post)}#worker",
    }  # fmt: skip


def _figures(share: Share) -> dict[str, str]:
    return {"hours": hours(share.load_hours), "schools": format_value(len(share.schools)), "km": km(share.km),
            "families": format_value(share.handed_over)}  # fmt: skip


def range_word(desk: Desk, share: Share) -> str:
    """Say whether a worker has fewer or more schools than the range; nothing of one who is not there."""
    post = desk.posts.get(share.post)
    if post is not None and not is_there(post):
        return ""
    if len(share.schools) < desk.rules.least:
        return f"below {desk.rules.least}"
    return f"above {desk.rules.most}" if len(share.schools) > desk.rules.most else ""


def worker_view(desk: Desk, pair: Pair, state: WorkersState) -> Answer | None:
    """Return the chosen worker with its schools, the nearest first; None where none is chosen."""
    share = pair.now.shares.get(state.worker)
    if share is None:
        return None
    post = desk.posts.get(share.post)
    rows = [_school(desk, state, share.post, urn) for urn in share.schools]
    rows.sort(key=lambda row: (row["km_value"] is None, row["km_value"] or 0.0, row["name"]))
    rows = [{**row, "number": number} for number, row in enumerate(rows, start=1)]
    return {
        "worker": share.post,
        "title": f"{share.post}, {post.team}"
        if post and post.team
        else share.post
        if post
        else f"Cluster {share.post}",
        "facts": _facts(desk, share),
        "rows": rows,
        "base": bool(post and post.easting is not None),
        "sheet": f"{PAGE}/sheet/{quote(share.post, safe='')}?{state.query(worker='', school=None)}",
        "without": state.address(worker=""),
        "posts": bool(desk.work.posts),
    }


def _facts(desk: Desk, share: Share) -> list[tuple[str, str]]:
    post = desk.posts.get(share.post)
    found = [("Schools", f"{len(share.schools)}{_aside(range_word(desk, share))}")]
    if post is None:
        return [*found, ("Load", f"{hours(share.load_hours)} hours a week (assumed)"),
                ("Ways from the middle school", f"{km(share.km)} km (estimated)")]  # fmt: skip
    over, languages = over_words(share, post), ", ".join(language_words(post))
    away, covers = post_kind(post), ", ".join(share.covers)
    found += [
        ("Hours for schools", f"{hours(share.load_hours)} of {hours(post.capacity_hours)} used{_aside(over)}"),
        ("Hours by contract", f"{hours(post.hours)}{', term time only' if post.term_time else ''}"),
        ("Base", post.base or "not stated"),
        ("Travel", f"{km(share.km)} km a week (estimated)"),
        ("Families handed over", format_value(share.handed_over)),
    ]
    found += [("Languages", languages)] if languages else []
    found += [("Must not take", plural(len(post.barred), "school"))] if post.barred else []
    found += [("On the day", f"{away}: its schools need cover")] if away else []
    return found + ([("Covers", covers)] if covers else [])


def _aside(text: str) -> str:
    return f" ({text})" if text else ""


def _school(desk: Desk, state: WorkersState, worker: str, urn: int) -> Answer:
    school, holder = desk.schools[urn], held_today(desk.work).get(urn, "")
    way = desk.base_km(worker, urn)
    return {
        "urn": urn,
        "name": school.name,
        "kind": STATE_KINDS.get(school.kind, school.kind),
        "postcode": school.postcode,
        "km": km(way) if way is not None else NO_VALUE,
        "km_value": way,
        "hours": hours(school.load_hours),
        "families": format_value(school.families),
        "today": holder_words(holder, worker),
        "changes": bool(holder) and holder != worker,
        "address": f"{state.address(school=urn)}#move",
    }


def holder_words(holder: str, worker: str) -> str:
    """Say who has a school today: "the same", another post, or nobody."""
    return "the same" if holder == worker else holder or "nobody"


def left_view(desk: Desk, pair: Pair, state: WorkersState) -> list[Answer]:
    """Return the schools without a worker, with the rule that leaves them so."""
    reasons: Mapping[int, str] = dict(pair.now.plan.left_over)
    given = pair.now.plan.worker_of()
    return [
        {"urn": one.urn, "name": one.name, "why": reasons.get(one.urn, "").removeprefix(UNEXPLAINED),
         "area": desk.work.area_names.get(one.area, one.area), "address": f"{state.address(school=one.urn)}#move"}
        for one in desk.work.schools if one.urn not in given
    ]  # fmt: skip
