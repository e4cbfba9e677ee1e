"""Why a school has no worker: the rule that stops it, in plain words."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from layers.format import plural
from layers.link_workers.blocks import Blocks, may_have
from layers.link_workers.broken import away_words, hours, name, names
from layers.link_workers.compare import range_words
from layers.link_workers.core import Urn
from layers.link_workers.post_ground import HOURS_TOLERANCE, Flags, Indices, Numbers, PostGround


def left_over(ground: PostGround, blocks: Blocks, numbers: tuple[int, ...], worker_of: Mapping[Urn, str]) -> tuple[
    tuple[Urn, str], ...
]:  # fmt: skip
    """Return the schools of blocks that are left over, each with the rule that leaves it so.

    Parameters
    ----------
    ground : PostGround
        What a sharing is judged by.
    blocks : Blocks
        All blocks.
    numbers : tuple of int
        Those left over.
    worker_of : mapping of int to str
        Who has the other schools.
    """
    free, count = ground.capacity.copy(), np.zeros(len(ground.posts), dtype=np.int64)
    for urn, post in worker_of.items():
        free[ground.post_at[post]] -= ground.load[ground.school_at[urn]]
        count[ground.post_at[post]] += 1
    free[~ground.present] = 0.0
    found = []
    for number in numbers:
        why = _contradiction(ground, blocks, number) or _lock(ground, blocks, number, (free, worker_of))
        why = why or _no_post(ground, blocks, number) or _full(ground, blocks, number, np.maximum(free, 0.0), count)
        found += [(ground.schools[at].urn, why) for at in blocks.schools[number]]
    return tuple(sorted(found))


def short_words(ground: PostGround, short: Mapping[int, int]) -> tuple[str, ...]:
    """Return a sentence for each post that cannot be given the least number of schools."""
    if not short:
        return ()
    rules, present = ground.rules, int(ground.present.sum())
    said = [
        f"{ground.posts[post].post} cannot be given {plural(rules.least, 'school')}, the least of the range: "
        f"{lack} too few."
        for post, lack in sorted(short.items())
    ]
    if present * rules.least > len(ground.schools):
        said.insert(0, (
            f"The range cannot be kept: {plural(present, 'worker')} with at least {rules.least} need "
            f"{plural(present * rules.least, 'school')}; there are {len(ground.schools)}."
        ))  # fmt: skip
    return tuple(said)


def _contradiction(ground: PostGround, blocks: Blocks, number: int) -> str:
    """Return words where the rules for a block contradict each other."""
    urns = [ground.schools[at].urn for at in blocks.schools[number]]
    for pair in sorted(map(sorted, ground.rules.apart)):
        if len(pair) > 1 and set(pair) <= set(urns):
            return f"{names(ground, pair)} must not have the same worker, but other rules keep them together."
    locks = {urn: ground.rules.locks[urn] for urn in urns if urn in ground.rules.locks}
    if len(set(locks.values())) > 1:
        said = ", ".join(f"{name(ground, urn)} to {post}" for urn, post in sorted(locks.items()))
        return f"must have one worker with its partner, but they are locked to different posts: {said}."
    return ""


_Given = tuple[Numbers, Mapping[Urn, str]]
"""Hours that each post has left, and who has which school."""


def _lock(ground: PostGround, blocks: Blocks, number: int, given: _Given) -> str:
    """Return words where the post that a block is locked to cannot have it."""
    urns = {ground.schools[at].urn for at in blocks.schools[number]}
    posts = [ground.rules.locks[urn] for urn in sorted(urns) if urn in ground.rules.locks]
    if not posts:
        return ""
    return f"is locked to {posts[0]}, {_locked_to(ground, urns, posts[0], float(blocks.load[number]), given)}."


def _locked_to(ground: PostGround, urns: set[Urn], post: str, load: float, given: _Given) -> str:
    """Return why a post cannot have schools that are locked to it."""
    if post not in ground.post_at:
        return "which is not in the list of posts"
    at = ground.post_at[post]
    locked = [
        ground.school_at[urn] for urn, who in ground.rules.locks.items() if who == post and urn in ground.school_at
    ]
    total = float(ground.load[locked].sum())
    most, span = ground.rules.most, range_words(ground.rules.least, ground.rules.most)
    if not ground.present[at]:
        said = f"which is {away_words(ground.posts[at])}"
    elif barred := sorted(urns & ground.posts[at].barred):
        said = f"which must not take {names(ground, barred)}"
    elif ground.rules.hard and len(locked) > most:
        said = f"to which {len(locked)} schools are locked: more than the range of {span} allows"
    elif total > ground.capacity[at] + HOURS_TOLERANCE:
        said = (
            f"which cannot carry it: all that is locked to it has a load of {hours(total)} a week; it has "
            f"{hours(float(ground.capacity[at]))}"
        )
    else:
        left = max(0.0, float(given[0][at]))
        has = [urn for urn, who in given[1].items() if who == post]
        apart = sorted(urn for urn in has if any(frozenset({urn, one}) in ground.rules.apart for one in urns))
        if load > left + HOURS_TOLERANCE:
            said = f"which has {hours(left)} a week left, and {hours(load)} are needed"
        elif apart:
            said = f"which has {names(ground, apart)}, from which it must be apart"
        else:
            said = f"which has {plural(len(has), 'school')}, and the range is {span}"
    return said


def _no_post(ground: PostGround, blocks: Blocks, number: int) -> str:
    """Return words where no post may have a block, even alone."""
    block = blocks.schools[number]
    present = np.flatnonzero(ground.present)
    if not len(present):
        return "no post is present on the day of the plan."
    urns = {ground.schools[at].urn for at in block}
    if all(urns & ground.posts[at].barred for at in present):
        who = "every post that is present"
        barred = sorted(urn for urn in urns if any(urn in ground.posts[at].barred for at in present))
        return f"{who} is barred from {names(ground, barred)}."
    may = np.array([may_have(ground, block, int(at), blocks.kept) for at in present])
    if not may.any():
        return "its pairs cannot be kept: no post may have it beside the schools that stay where they are."
    best = float(blocks.spare[present[may]].max())
    if blocks.load[number] > best + HOURS_TOLERANCE:
        return f"{_needs(ground, blocks, number)}; of the posts that may have it none has more than {hours(best)}."
    return ""


def _full(ground: PostGround, blocks: Blocks, number: int, free: Numbers, count: Indices) -> str:
    """Return words where the posts that may have a block are full with others."""
    may: Flags = blocks.allowed[number]
    rules = ground.rules
    if rules.hard and (count[may] + len(blocks.schools[number]) > rules.most).all():
        return f"every post that may have it is at the end of the range: {rules.most} schools per worker."
    if (free[may] + HOURS_TOLERANCE >= blocks.load[number]).any():
        return (
            "every post with hours left for it is at the end of the range, or has a school that must be apart from it."
        )
    area = ground.schools[blocks.schools[number][0]].area
    here = np.array([one.area == area for one in ground.schools])
    mine = np.array([home == area for home in ground.homes]) & ground.present
    load, capacity = float(ground.load[here].sum()), float(ground.capacity[mine].sum())
    everywhere, there = float(ground.load.sum()), float(ground.capacity[ground.present].sum())
    place = ground.work.area_names.get(area, area)
    said = f"{_needs(ground, blocks, number)}, and no post that may have it has so much left in one piece"
    if everywhere > there:
        return (
            f"{said}: all schools have a load of {hours(everywhere)} a week, the posts present {hours(there)}, "
            f"{hours(everywhere - there)} too few."
        )
    if load > capacity:
        return (
            f"{said}: the schools of {place} have a load of {hours(load)} a week, its posts {hours(capacity)}, "
            f"{hours(load - capacity)} too few, and those of other localities do not carry the rest."
        )
    return f"{said}: they have {hours(float(free[may].sum()))} in all, the most of one {hours(float(free[may].max()))}."


def _needs(ground: PostGround, blocks: Blocks, number: int) -> str:
    """Return what a block needs."""
    urns = [ground.schools[at].urn for at in blocks.schools[number]]
    load = hours(float(blocks.load[number]))
    return (
        f"needs {load} a week"
        if len(urns) == 1
        else f"{names(ground, urns)} must have one worker and need {load} a week"
    )
