"""Moving a school by hand: what can be chosen, what was moved so far, and what that changed."""

from __future__ import annotations

from dataclasses import replace

from callbacks.figures import Answer
from callbacks.workers_desk import Desk, Shown
from callbacks.workers_list import range_word
from callbacks.workers_plans import Pair, carried, check_move
from callbacks.workers_state import PAGE, WorkersState
from callbacks.workers_words import hours, km, over_words, post_kind
from geodata.errors import UsageError
from layers.format import NO_VALUE, format_value, plural
from layers.link_workers.compare import Share
from layers.link_workers.core import Urn

NEAREST = 6
"""Posts that a chosen school is offered first."""

MOST_TAKEN_BACK = 20
"""Moves up to which each can be taken back by itself; beyond, the last one can."""

NEAR = "Nearest bases"


def move_view(desk: Desk, pair: Pair, state: WorkersState, wrong: str = "", to: str = "") -> Answer:
    """Return the form, the moves made so far with a way back from each, and their effect.

    Parameters
    ----------
    desk : Desk
        Schools and posts.
    pair : Pair
        The plan with the moves and without.
    state : WorkersState
        The view.
    wrong : str, optional
        Why the last move was not made.
    to : str, optional
        The post that the form asked for.
    """
    given = pair.now.plan.worker_of()
    chosen = state.school if state.school in desk.schools else None
    return {
        "error": wrong,
        "action": f"{PAGE}#move",
        "fields": [(name, value) for name, value in state.fields if name != "school"],
        "schools": _schools(desk, pair, chosen),
        "posts": _posts(desk, pair, chosen, to or (state.worker if state.worker != given.get(chosen or 0) else "")),
        "chosen": bool(chosen),
        "is_with": given.get(chosen, "no worker") if chosen else "",
        "moves": _moves(desk, pair, state),
        "effect": effect(desk, pair) if state.moves else None,
        "undo": f"{state.address(moves=state.moves[:-1], school=None)}#move" if state.moves else "",
        "none": f"{state.address(moves=(), school=None)}#move" if len(state.moves) > 1 else "",
    }


def _schools(desk: Desk, pair: Pair, chosen: int | None) -> list[Answer]:
    """Return the schools by locality, each with its worker."""
    given = pair.now.plan.worker_of()
    groups: dict[str, list[Answer]] = {}
    for one in desk.work.schools:
        words = f"{one.name} ({given.get(one.urn, 'no worker')})"
        groups.setdefault(one.area, []).append({"key": one.urn, "words": words, "chosen": one.urn == chosen})
    return [{"name": desk.work.area_names.get(area, area), "options": found} for area, found in groups.items()]


def _posts(desk: Desk, pair: Pair, school: int | None, chosen: str) -> list[Answer]:
    """Return the posts that a school can go to: of a chosen school those with the nearest bases first."""
    given = pair.now.plan.worker_of().get(school or 0, "")
    ways = {post.post: desk.base_km(post.post, school) for post in desk.work.posts} if school else {}
    near = sorted((way, post) for post, way in ways.items() if way is not None and post != given)[:NEAREST]
    groups: dict[str, list[Answer]] = {NEAR: [_post(desk, pair, post, chosen, way) for way, post in near]}
    first = {post for _, post in near}
    for one in desk.work.posts:
        if one.post not in first and one.post != given:
            name = desk.work.area_names.get(one.area, "Elsewhere")
            groups.setdefault(name, []).append(_post(desk, pair, one.post, chosen, ways.get(one.post)))
    return [{"name": name, "options": found} for name, found in groups.items() if found]


def _post(desk: Desk, pair: Pair, key: str, chosen: str, way: float | None) -> Answer:
    post, share = desk.posts[key], pair.now.shares[key]
    words = post_kind(post) or (
        f"{hours(share.load_hours)} of {hours(post.capacity_hours)} hours, {plural(len(share.schools), 'school')}"
    )
    far = f", {km(way)} km away" if way is not None else ""
    return {"key": key, "words": f"{key}: {words}{far}", "chosen": key == chosen}


def _moves(desk: Desk, pair: Pair, state: WorkersState) -> list[Answer]:
    """Return each move: from whom to whom, the wishes it goes against in the end, and the address without it."""
    found: list[Answer] = []
    plan, said = pair.start.plan, list[str]()
    for place, (urn, post) in enumerate(state.moves):
        last = all(other != urn for other, _ in state.moves[place + 1 :])
        wishes = [one for one in (_wishes(desk, pair, urn) if last else ()) if one not in said]
        said += wishes
        before = plan.worker_of().get(urn, "no worker")
        plan = carried(plan, urn, post)
        rest = state.moves[:place] + state.moves[place + 1 :]
        found.append({
            "name": desk.schools[urn].name, "from": before, "to": post, "wishes": wishes,
            "back": f"{state.address(moves=rest, school=None)}#move" if _stands(desk, pair, rest) else "",
        })  # fmt: skip
    return found


def _wishes(desk: Desk, pair: Pair, urn: Urn) -> tuple[str, ...]:
    """Return the wishes that a moved school goes against as things stand after the last move."""
    before, after = pair.start.plan.worker_of().get(urn, ""), pair.now.plan.worker_of()[urn]
    if before == after:
        return ()
    if before:
        unmoved = carried(pair.now.plan, urn, before)
    else:
        rest = (
            replace(one, schools=tuple(other for other in one.schools if other != urn))
            for one in pair.now.plan.clusters
        )
        unmoved = replace(pair.now.plan, clusters=tuple(rest))
    return desk.refuse(unmoved, urn, after).wishes


def _stands(desk: Desk, pair: Pair, moves: tuple[tuple[int, str], ...]) -> bool:
    """Return whether moves can be made one after the other when one of them is left out; not asked of very many."""
    if len(moves) >= MOST_TAKEN_BACK:
        return False
    plan = pair.start.plan
    for urn, post in moves:
        try:
            check_move(desk, plan, urn, post)
        except UsageError:
            return False
        plan = carried(plan, urn, post)
    return True


def effect(desk: Desk, pair: Pair) -> Answer:
    """Return what the moves changed: each worker that is concerned, and the whole."""
    before, after = pair.start.shares, pair.now.shares
    keys = [key for key in after if key in before and before[key].schools != after[key].schools]
    rows = [_both(desk, before[key], after[key]) for key in keys]
    return {"rows": rows, "totals": _totals(pair.start, pair.now)}


def _both(desk: Desk, before: Share, after: Share) -> Answer:
    post = desk.posts.get(after.post)
    over = over_words(after, post)
    return {
        "worker": after.post,
        "capacity": hours(post.capacity_hours) if post else NO_VALUE,
        "hours": (hours(before.load_hours), hours(after.load_hours)),
        "schools": (str(len(before.schools)), str(len(after.schools))),
        "km": (km(before.km), km(after.km)),
        "families": (format_value(before.handed_over), format_value(after.handed_over)),
        "says": ", ".join(word for word in (over, range_word(desk, after)) if word),
    }


def _totals(before: Shown, after: Shown) -> list[Answer]:
    one, other = before.totals, after.totals
    rows = [
        ("Schools without a worker", format_value(one.without), format_value(other.without)),
        ("Kilometres a week of workers who are present (estimated)", km(one.km), km(other.km)),
        ("Families who would change worker", format_value(one.families), format_value(other.families)),
    ]
    return [{"name": name, "before": was, "after": now} for name, was, now in rows]
