"""A sharing made better by exchange: two posts at a time share what they have between them in the best way there is.

A large neighbourhood of exponential size that is searched to the end (R. K. Ahuja and others, "A survey of very
large-scale neighborhood search techniques", Discrete Applied Mathematics 123, 2002). Clusters that do not lie side by
side are tried too.
"""

from __future__ import annotations

import time
from collections.abc import Sequence, Set
from dataclasses import replace

import numpy as np

from layers.link_workers.areas import Part
from layers.link_workers.blocks import Blocks
from layers.link_workers.packing import MOST_BLOCKS, may_choose
from layers.link_workers.post_cost import total_costs
from layers.link_workers.post_ground import Flags, Numbers, PostGround

Known = Set[frozenset[int]]

NEAREST = 20
"""Posts with which each exchanges, by the way from base to base over a school."""

TRIED = 40
"""Best ways of two posts that are looked through for one of the sets that are known."""

BETTER_KM = 1e-6
"""An exchange gains at least so much."""


def exchanged(ground: PostGround, blocks: Blocks, part: Part, deadline: float, known: Known | None = None) -> Part:
    """Return a part whose first sharing no exchange between two near posts makes better, as far as the time goes.

    Parameters
    ----------
    ground : PostGround
        What a sharing is judged by.
    blocks : Blocks
        All blocks.
    part : Part
        Its first sharing leaves nothing over.
    deadline : float
        Of `time.perf_counter`.
    known : set of frozenset of int, optional
        Sets of schools that a post may have; any without it.
    """
    mine: dict[int, list[int]] = {int(post): [] for post in part.posts}
    for number, post in zip(part.blocks, part.first, strict=True):
        mine[post].append(int(number))
    pairs = _near(ground, sorted(mine))
    changed = set(mine)
    while changed:
        waiting, changed = changed, set()
        for one, other in pairs:
            if {one, other} & (waiting | changed) and time.perf_counter() < deadline:
                better = _best_of_two(ground, blocks, (one, other), (mine[one], mine[other]), known)
                if better is not None:
                    mine[one], mine[other] = better
                    changed |= {one, other}
    post_of = {number: post for post, own in mine.items() for number in own}
    return replace(part, first=tuple(post_of[int(number)] for number in part.blocks))


def _near(ground: PostGround, posts: Sequence[int]) -> list[tuple[int, int]]:
    """Return pairs of posts of which one is among the `NEAREST` of the other; posts without a base are near to all."""
    ways = np.nan_to_num(ground.base_km[list(posts)])
    found = set()
    for at, own in enumerate(ways):
        between = (own[None] + ways).min(axis=1, initial=np.inf)
        between[at] = np.inf
        for other in np.argsort(between, kind="stable")[: min(NEAREST, len(posts) - 1)].tolist():
            found.add((posts[min(at, other)], posts[max(at, other)]))
    return sorted(found)


def _best_of_two(
    ground: PostGround,
    blocks: Blocks,
    posts: tuple[int, int],
    mine: tuple[list[int], list[int]],
    known: Known | None,
) -> tuple[list[int], list[int]] | None:
    """Return how two posts share their blocks best; None where it is so already, or they have too many."""
    union = [*mine[0], *mine[1]]
    if not union or len(union) > MOST_BLOCKS:
        return None
    ways = (np.arange(2 ** len(union))[:, None] >> np.arange(len(union))[None]) & 1 == 1
    costs = [
        np.where(
            may_choose(ground, blocks, post, union, (ways, int(blocks.size[own].sum()))),
            _costs(ground, blocks, post, union, ways),
            np.inf,
        )
        for post, own in zip(posts, mine, strict=True)
    ]
    # What one does not have is the other's, and stands as far from the end.
    both = costs[0] + costs[1][::-1]
    now = 2 ** len(mine[0]) - 1
    for best in np.argsort(both, kind="stable")[:TRIED].tolist():
        if not both[best] < both[now] - BETTER_KM:
            break
        found = (
            [one for one, has in zip(union, ways[best], strict=True) if has],
            [one for one, has in zip(union, ways[best], strict=True) if not has],
        )
        if known is None or all(not own or _schools(blocks, own) in known for own in found):
            return found
    return None


def _schools(blocks: Blocks, numbers: Sequence[int]) -> frozenset[int]:
    return frozenset(school for number in numbers for school in blocks.schools[number])


def _costs(ground: PostGround, blocks: Blocks, post: int, union: Sequence[int], ways: Flags) -> Numbers:
    """Return [way]: what a post costs with a choice of blocks and the schools that it keeps."""
    schools = [school for number in union for school in blocks.schools[number]]
    which = np.repeat(np.arange(len(union)), blocks.size[list(union)])
    kept = sorted(blocks.kept[post])
    members = np.concatenate([ways[:, which], np.ones((len(ways), len(kept)), dtype=bool)], axis=1)
    found: Numbers = total_costs(ground, np.array([*schools, *kept], dtype=np.int64), members, np.array([post]))[0]
    return found
