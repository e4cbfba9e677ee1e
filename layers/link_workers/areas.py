"""Which schools are shared among which posts: each locality by itself, with as few schools lent as the hours allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from layers.link_workers.blocks import Blocks
from layers.link_workers.first_share import FirstShare, first_share, near_share
from layers.link_workers.packing import Among, is_locked, settled
from layers.link_workers.post_ground import Indices, PostGround
from layers.link_workers.threads import solve_all


@dataclass(frozen=True)
class Part:
    """What is shared in one programme.

    Attributes
    ----------
    area : str
        Code of the locality.
    blocks, posts : Indices
        Which blocks, and which posts.
    first : tuple of int
        [block of the part]: the post it has in the first sharing.
    """

    area: str
    blocks: Indices
    posts: Indices
    first: tuple[int, ...]


@dataclass(frozen=True)
class Split:
    """All that is shared.

    Attributes
    ----------
    parts : tuple of Part
        By locality.
    left : tuple of int
        Blocks that are left over.
    lent : tuple of int
        Schools with a worker of another locality.
    short : mapping of int to int
        Post -> schools below the hard least.
    proven : bool
        Whether no sharing leaves fewer schools over, locked ones first.
    among : Among
        All blocks and posts, with the localities in which they are shared.
    """

    parts: tuple[Part, ...]
    left: tuple[int, ...]
    lent: tuple[int, ...]
    short: dict[int, int]
    proven: bool
    among: Among


def split(ground: PostGround, blocks: Blocks, seconds: float) -> Split:
    """Say which blocks are shared among which posts.

    Each locality's schools go to its own posts. Only where those cannot carry them, all are shared in one programme
    that begins with this sharing. It counts only where it leaves fewer over; then as few schools as possible are lent.
    Who lends and borrows is then fixed, and each locality is shared again by itself.

    Parameters
    ----------
    ground : PostGround
        What a sharing is judged by.
    blocks : Blocks
        What there is to share.
    seconds : float
        The most that it may take.
    """
    area_of = [_area_of(ground, block) for block in blocks.schools]
    homes = _homes(ground, blocks, area_of)
    present = np.flatnonzero(ground.present)
    areas = sorted({*area_of, *(homes[post] for post in present)})
    asked = [
        Among(
            np.array([at for at, one in enumerate(area_of) if one == area], dtype=np.int64),
            np.array([post for post in present if homes[post] == area], dtype=np.int64),
            tuple(area_of),
            homes,
        )
        for area in areas
    ]
    every = Among(np.arange(len(blocks.schools)), present, tuple(area_of), homes)
    each = seconds / max(1, len(areas))
    found = solve_all([partial(first_share, ground, blocks, among, each / 2) for among in asked])
    post_of = _post_of(asked, found)
    if any(-1 in one.post_of or one.short for one in found) and len(areas) > 1:
        county = first_share(ground, blocks, every, seconds / 2, post_of)
        if _left(ground, blocks, (every,), (county,)) < _left(ground, blocks, asked, found):
            found, post_of = (county,), _post_of((every,), (county,))
        else:  # lending leaves no fewer over
            found = tuple(replace(one, proven=county.proven) for one in found)
    post_of = settled(ground, blocks, every, post_of)
    asked = [replace(one, numbers=_with(one.posts, post_of)) for one in asked]
    near = solve_all([partial(near_share, ground, blocks, one, each, _of(one, post_of)) for one in asked])
    parts = [
        Part(area, one.numbers, one.posts, share.post_of)
        for area, one, share in zip(areas, asked, near, strict=True)
        if len(one.posts)
    ]
    post_of = _post_of(asked, near)
    lent = [
        school
        for at, post in sorted(post_of.items())
        for school in blocks.schools[at]
        if ground.schools[school].area != homes[post]
    ]
    short = {post: lack for one in near for post, lack in one.short.items()}
    left = tuple(at for at in range(len(blocks.schools)) if at not in post_of)
    return Split(tuple(parts), left, tuple(lent), short, all(one.proven for one in found), every)


def _with(posts: Indices, post_of: Mapping[int, int]) -> Indices:
    """Return the blocks that some posts have."""
    mine = set(posts.tolist())
    return np.array(sorted(at for at, post in post_of.items() if post in mine), dtype=np.int64)


def _of(among: Among, post_of: Mapping[int, int]) -> dict[int, int]:
    return {int(at): post_of[int(at)] for at in among.numbers}


def _post_of(asked: Sequence[Among], found: Sequence[FirstShare]) -> dict[int, int]:
    """Return block -> post of several sharings; what is left over is not in it."""
    return {
        int(at): post
        for among, one in zip(asked, found, strict=True)
        for at, post in zip(among.numbers, one.post_of, strict=True)
        if post >= 0
    }


def _left(ground: PostGround, blocks: Blocks, asked: Sequence[Among], found: Sequence[FirstShare]) -> tuple[int, int]:
    """Return how many locked schools are left over, and how many in all or missing at a worker."""
    left = [
        int(at)
        for among, one in zip(asked, found, strict=True)
        for at, post in zip(among.numbers, one.post_of, strict=True)
        if post < 0
    ]
    locked = sum(len(blocks.schools[at]) for at in left if is_locked(ground, blocks, at))
    short = sum(sum(one.short.values()) for one in found)
    return locked, sum(len(blocks.schools[at]) for at in left) + short


def _area_of(ground: PostGround, block: Sequence[int]) -> str:
    """Return where a block is shared: with the post it is locked to, else where most of its schools lie."""
    for school in block:
        lock = ground.rules.locks.get(ground.schools[school].urn)
        if lock in ground.post_at and ground.present[ground.post_at[lock]]:
            return ground.homes[ground.post_at[lock]]
    areas = [ground.schools[school].area for school in block]
    return max(areas, key=areas.count)


def _homes(ground: PostGround, blocks: Blocks, area_of: Sequence[str]) -> tuple[str, ...]:
    """Return the locality of each post; those that nothing ties to one go, in order, where hours lack most."""
    homes = list(ground.homes)
    for post in np.flatnonzero(ground.present):
        if homes[post] == "unknown" and area_of:
            needed = dict.fromkeys(area_of, 0.0)
            for area, load in zip(area_of, blocks.load, strict=True):
                needed[area] += float(load)
            for other in np.flatnonzero(ground.present):
                if homes[other] in needed:
                    needed[homes[other]] -= float(blocks.spare[other])
            homes[post] = max(sorted(needed), key=lambda area: needed[area])
    return tuple(homes)
