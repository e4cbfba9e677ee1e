"""Clusters that a sharing among posts may choose from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np

from geodata.errors import InputError
from layers.link_workers.areas import Part
from layers.link_workers.blocks import Blocks
from layers.link_workers.connected import connected_sets
from layers.link_workers.pool import Pool, pool_of
from layers.link_workers.post_cost import connected
from layers.link_workers.post_ground import HOURS_TOLERANCE, Flags, Indices, PostGround

LARGEST = 6
"""Schools of the clusters that are all listed; larger ones only around those of today and of the first sharing."""

ALL_SUBSETS = 8
"""Of so many schools of today every choice is listed; of more, all but two."""

MOST_COVER = 60_000
"""Choices of schools to be covered that are listed; the largest size is as low as that asks."""


def pool_for(ground: PostGround, blocks: Blocks, part: Part) -> tuple[Pool, Indices]:
    """Return the clusters, and the schools that they number.

    Of a sharing from the start: every set of up to `LARGEST` schools that lie side by side; every choice of the schools
    that a post has today, and each with one more of the schools near by; the same around the first sharing. Where posts
    keep schools: every choice of those that need a worker, whether side by side or not, up to a size.

    Parameters
    ----------
    ground : PostGround
        What a sharing is judged by.
    blocks : Blocks
        All blocks.
    part : Part
        What is shared.

    Returns
    -------
    Pool
        Its items are numbered as the schools.
    Indices
        [item]: schools, by where they stand.
    """
    schools = np.array(sorted(at for number in part.blocks for at in blocks.schools[number]), dtype=np.int64)
    if not len(schools):
        return pool_of(0, []), schools
    place = {int(school): at for at, school in enumerate(schools)}
    firsts: dict[int, list[int]] = {}
    for number, post in zip(part.blocks, part.first, strict=True):
        firsts.setdefault(post, []).extend(place[at] for at in blocks.schools[number])
    starts = [tuple(sorted(one)) for one in firsts.values()]
    if ground.rules.keep:
        pool = pool_of(len(schools), sorted({*_choices(len(schools)), *starts}))
    else:
        pool = _side_by_side(ground, schools)
        held = [
            tuple(sorted(place[ground.school_at[urn]] for urn in ground.posts[post].held
                         if ground.school_at.get(urn) in place))
            for post in part.posts
        ]  # fmt: skip
        near = ground.ways_km[np.ix_(schools, schools)]
        extra = {*starts, *(more for one in held for more in _around_today(one, near))}
        extra |= {more for one in starts for more in around(one, near)}
        pool = joined(pool, _new(ground, schools, extra, int(pool.sizes.max())))
    return pool.only(_kept_together(ground, blocks, part, schools, pool)), schools


def members_of(pool: Pool) -> Flags:
    """Return [cluster, item]: which items a cluster has."""
    found = np.zeros((len(pool), pool.items), dtype=bool)
    found[np.repeat(np.arange(len(pool)), pool.sizes), pool.members] = True
    return found


def around(cluster: Sequence[int], near: np.ndarray[tuple[int, ...], np.dtype[np.float64]], reach: int = 8) -> Iterable[
    tuple[int, ...]
]:  # fmt: skip
    """Yield a cluster without one of its schools, with one more, and with one in place of another.

    Parameters
    ----------
    cluster : sequence of int
        Items.
    near : Numbers
        [item, item]: km.
    reach : int, optional
        So many of the items nearest to any of its own are tried.
    """
    inside = set(cluster)
    if not inside:
        return
    order = np.argsort(near[list(cluster)].min(axis=0), kind="stable")
    others = [int(at) for at in order if int(at) not in inside][:reach]
    for one in cluster:
        rest = inside - {one}
        if rest:
            yield tuple(sorted(rest))
            yield from (tuple(sorted({*rest, other})) for other in others)
    yield from (tuple(sorted({*inside, other})) for other in others)


def joined(pool: Pool, extra: Iterable[Sequence[int]]) -> Pool:
    """Return a pool with more clusters after its own."""
    more = pool_of(pool.items, extra)
    return Pool(
        pool.items,
        np.concatenate([pool.starts, more.starts[1:] + pool.starts[-1]]),
        np.concatenate([pool.members, more.members]),
    )


def _side_by_side(ground: PostGround, schools: Indices) -> Pool:
    pairs = np.argwhere(np.triu(ground.beside[np.ix_(schools, schools)]))
    most = min(len(schools), ground.rules.most if ground.rules.hard else max(LARGEST, ground.rules.most))
    while True:
        try:
            return connected_sets(len(schools), pairs, 1, most)
        except InputError:
            most -= 1


def _around_today(held: tuple[int, ...], near: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> set[
    tuple[int, ...]
]:  # fmt: skip
    """Return every choice of the schools that a post has today, and those nearly all of them with one more."""
    fewest = 1 if len(held) <= ALL_SUBSETS else len(held) - 2
    found = {one for size in range(fewest, len(held) + 1) for one in combinations(held, size)}
    more = {
        tuple(sorted({*one, other}))
        for one in found
        if len(one) >= len(held) - 1
        for other in np.argsort(near[list(one)].min(axis=0), kind="stable")[: len(one) + 12].tolist()
    }
    return found | more


def _choices(items: int) -> Iterable[tuple[int, ...]]:
    """Yield every choice of items up to a size: `MOST_COVER` of them at most, but each alone in any case."""
    total = 0
    for size in range(1, items + 1):
        count = 1
        for step in range(size):
            count = count * (items - step) // (step + 1)
        total += count
        if total > MOST_COVER and size > 1:
            return
        yield from combinations(range(items), size)


def _new(ground: PostGround, schools: Indices, extra: Iterable[tuple[int, ...]], largest: int) -> list[tuple[int, ...]]:
    """Return the clusters that are not among those side by side of up to a size."""
    found = sorted(extra)
    pool = pool_of(len(schools), found)
    there = connected(ground, schools, members_of(pool)) & (pool.sizes <= largest)
    return [one for one, known in zip(found, there, strict=True) if not known]


def _kept_together(ground: PostGround, blocks: Blocks, part: Part, schools: Indices, pool: Pool) -> Flags:
    """Return [cluster]: whether it splits no block, joins none that must be apart, and any post has hours for it."""
    members = members_of(pool)
    place = {int(school): at for at, school in enumerate(schools)}
    keep: Flags = pool.sums(ground.load[schools]) <= blocks.spare[part.posts].max() + HOURS_TOLERANCE
    for number in part.blocks:
        block = [place[at] for at in blocks.schools[number]]
        if len(block) > 1:
            count = members[:, block].sum(axis=1)
            keep &= (count == 0) | (count == len(block))
    lead = {int(number): place[blocks.schools[number][0]] for number in part.blocks}
    for one, other in blocks.apart:
        if one in lead and other in lead:
            keep &= ~(members[:, lead[one]] & members[:, lead[other]])
    return keep
