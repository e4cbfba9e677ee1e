"""Which hard rules an allocation breaks, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from layers.format import format_value, plural, round_half_up
from layers.link_workers.compare import range_words
from layers.link_workers.core import Post, Urn
from layers.link_workers.post_ground import HOURS_TOLERANCE, PostGround


@dataclass(frozen=True)
class Broken:
    """A hard rule that an allocation breaks.

    Attributes
    ----------
    key : tuple of str
        Which rule, and for whom.
    amount : float
        By how much: hours, schools, or 1.
    words : str
        A sentence.
    """

    key: tuple[str, ...]
    amount: float
    words: str


def broken_rules(ground: PostGround, worker_of: Mapping[Urn, str]) -> tuple[Broken, ...]:
    """Return each hard rule that an allocation breaks; posts first, then locks and pairs.

    Parameters
    ----------
    ground : PostGround
        What a sharing is judged by.
    worker_of : mapping of int to str
        School -> post.
    """
    mine: dict[str, list[Urn]] = {post.post: [] for post in ground.posts}
    for urn, post in worker_of.items():
        mine[post].append(urn)
    found = [one for at, post in enumerate(ground.posts) for one in _of_post(ground, at, sorted(mine[post.post]))]
    for urn, post in sorted(ground.rules.locks.items()):
        if urn in worker_of and worker_of[urn] != post:
            said = f"{name(ground, urn)} stays with {post} by a rule, and cannot be with {worker_of[urn]}."
            found.append(Broken(("lock", str(urn)), 1.0, said))
    for pair in sorted(map(sorted, ground.rules.together)):
        if len({worker_of.get(urn, "") for urn in pair if urn in ground.school_at}) > 1:
            said = f"{names(ground, pair)} must have one worker, but have not."
            found.append(Broken(("together", *map(str, pair)), 1.0, said))
    for pair in sorted(map(sorted, ground.rules.apart)):
        workers = [worker_of[urn] for urn in pair if urn in worker_of]
        if len(set(workers)) < len(workers):
            said = f"{names(ground, pair)} must not have the same worker, but {workers[0]} has both."
            found.append(Broken(("apart", *map(str, pair)), 1.0, said))
    return tuple(found)


def name(ground: PostGround, urn: Urn) -> str:
    """Return what a school is called, with its number."""
    at = ground.school_at.get(urn)
    return f"School {urn}" if at is None else f"{ground.schools[at].name} ({urn})"


def names(ground: PostGround, urns: Iterable[Urn]) -> str:
    """Return what schools are called, with "and" before the last."""
    said = [name(ground, urn) for urn in urns]
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


def hours(value: float) -> str:
    """Return hours in words, to a tenth; never rounded to nothing."""
    return f"{format_value(value, 1)} hours" if value >= 0.05 else f"{value:.3f} hours"


def away_words(post: Post) -> str:
    """Return why a post cannot be given schools: "vacant", "absent" or "without hours for schools"."""
    return "vacant" if post.vacant else "absent" if post.absent else "without hours for schools"


def _of_post(ground: PostGround, at: int, urns: list[Urn]) -> list[Broken]:
    post, rules, count = ground.posts[at], ground.rules, len(urns)
    found = []
    if urns and not ground.present[at]:
        said = f"{post.post} is {away_words(post)}, but has {plural(count, 'school')}."
        found.append(Broken(("away", post.post), float(count), said))
    load = float(ground.load[[ground.school_at[urn] for urn in urns]].sum())
    over = load - post.capacity_hours
    if urns and over > HOURS_TOLERANCE:
        # What is said is the difference of the figures that are said, unless nothing is left of it.
        shown = float(round_half_up(load, 1) - round_half_up(post.capacity_hours, 1))
        said = (
            f"{post.post} is over its hours by {hours(shown or over)} a week: {hours(load)} of load, "
            f"{hours(post.capacity_hours)} for schools."
        )
        found.append(Broken(("hours", post.post), over, said))
    for urn in urns:
        if urn in post.barred:
            said = f"{post.post} must not take {name(ground, urn)}."
            found.append(Broken(("barred", post.post, str(urn)), 1.0, said))
    if rules.hard and ground.present[at] and not rules.least <= count <= rules.most:
        said = f"{post.post} has {plural(count, 'school')}; the range is {range_words(rules.least, rules.most)}."
        found.append(Broken(("range", post.post), float(max(rules.least - count, count - rules.most)), said))
    return found
