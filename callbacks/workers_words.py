"""How the page on link workers names posts, plans and figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from callbacks.workers_state import PROPOSED, SAVED, TODAY
from geodata.periods import words
from layers.format import format_value, round_half_up
from layers.link_workers.compare import Share, is_over, range_words
from layers.link_workers.core import Plan, Post, Rules
from layers.link_workers.sheets import WHOLE_KM, km_shown, km_words

STATUS = {
    "optimal": "proven the best of the plans looked at",
    "within_gap": "proven close to the best of the plans looked at",
    "time_limit": "the best that was found in the time; not proven",
    "infeasible": "no plan keeps every hard rule: this one leaves schools out",
}

PARTS = {
    "travel": "Travel", "compactness": "Compactness", "balance": "Balance of hours", "handover": "Families handed over",
    "range": "Schools outside the range", "pairs": "Pairs that are parted",
}  # fmt: skip
"""What the cost of a plan is made of."""


ORDINARY = Rules()


def hours(value: float) -> str:
    """Write hours a week."""
    return format_value(value, 1)


def km(value: float) -> str:
    """Write kilometres: whole ones from 10."""
    return km_words(value)


def km_change(before: float, after: float, *, signed: bool = True) -> str:
    """Write the difference of two kilometres as they are shown, so that a reader who subtracts finds the same."""
    one, other = km_shown(before), km_shown(after)
    whole = min(abs(one), abs(other)) >= WHOLE_KM
    return format_value(other - one if signed else abs(other - one), 0 if whole else 1, signed=signed)


def hours_over(share: Share, post: Post) -> str:
    """Write by how many hours a week a worker is over, as the difference of the figures that are shown."""
    return hours(float(round_half_up(share.load_hours, 1) - round_half_up(post.capacity_hours, 1)))


def over_words(share: Share, post: Post | None) -> str:
    """Say by how much a worker is over the hours for schools; nothing of one who is not."""
    if post is None or not is_over(share, post):
        return ""
    by = hours_over(share, post)
    return f"over by {by}" if by != hours(0) else f"over by less than {hours(0.1)}"


def outside_words(least: int, most: int, who: str = "Workers") -> str:
    """Name those outside a range: "Workers outside 3 to 5 schools", "Workers with other than 4 schools"."""
    return f"{who} with other than {least} schools" if least == most else f"{who} outside {least} to {most} schools"


def day_words(day: date) -> str:
    """Write the day of the plan."""
    return words(day)


def plan_words(key: str, *, moves: int = 0, posts: bool = True, rules: Rules = ORDINARY) -> str:
    """Name a plan of an address; of a proposed one with the rules that are not the ordinary ones."""
    if key == TODAY:
        name = "Today's sharing"
    elif key == PROPOSED:
        name = ("The in-year plan" if rules.keep else "The proposed plan") if posts else "The proposed clusters"
        name += f" ({range_words(rules.least, rules.most)} each)" if rules.hard and posts else ""
    else:
        name = f"The plan '{key.removeprefix(SAVED)}'"
    return f"{name} with {moves} {'move' if moves == 1 else 'moves'} by hand" if moves else name


def post_kind(post: Post | None) -> str:
    """Say what is particular about a post on the day: "absent", "vacant", or nothing."""
    if post is None:
        return ""
    return "vacant" if post.vacant else "absent" if post.absent else ""


def short_labels(keys: Sequence[str]) -> Mapping[str, str]:
    """Return key -> what stands on the map: what is left when the beginning that all share is taken off."""
    first, last = min(keys, default=""), max(keys, default="")
    same = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), 0)
    start = first[:same] if len(keys) > 1 else ""
    while start and start[-1].isdigit():  # of LW-10 and LW-11 the number stays whole
        start = start[:-1]
    return {key: key.removeprefix(start)[:4] or key for key in keys}


def proven(plan: Plan) -> str:
    """Say how good a plan is proven to be, with its gap."""
    said = STATUS[plan.status]
    if plan.gap is not None and plan.status != "optimal":
        said += f" (at most {format_value(100 * plan.gap, 2)}% above it)"
    return said
