"""Which schools are shared among which posts: each locality by itself, with as few schools lent as the hours allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from layers.link_workers.blocks import Blocks
from layers.link_workers.first_share import FirstShare, first_share
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
        Whether no sharing leaves fewer schools over.
    """

    parts: tuple[Part, ...]
    left: tuple[int, ...]
    lent: tuple[int, ...]
    short: dict[int, int]
    proven: bool


def split(ground: PostGround, blocks: Blocks, seconds: float) -> Split:
    """Say which blocks are shared among which posts.

    Each locality's schools go to its own posts. Only where those cannot carry them, all are shared in one programme in
    which a school with a worker of another locality costs `first_share.AWAY_KM`; who lends and borrows is then fixed,
    and each locality is shared again by itself.

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
        (
            np.array([at for at, one in enumerate(area_of) if one == area], dtype=np.int64),
            np.array([post for post in present if homes[post] == area], dtype=np.int64),
        )
        for area in areas
    ]
    found = _shares(ground, blocks, asked, seconds / max(1, len(areas)))
    whole = all(-1 not in one.post_of and not one.short for one in found)
    if not whole and len(areas) > 1:
        asked = [(np.arange(len(blocks.schools)), present)]
        found = _shares(ground, blocks, asked, seconds)
    post_of = {
        int(at): post
        for (numbers, _), one in zip(asked, found, strict=True)
        for at, post in zip(numbers, one.post_of, strict=True)
    }
    parts = []
    for area in areas:
        posts = np.array([post for post in present if homes[post] == area], dtype=np.int64)
        mine = [at for at in sorted(post_of) if post_of[at] in set(posts.tolist())]
        if len(posts):
            parts.append(Part(area, np.array(mine, dtype=np.int64), posts, tuple(post_of[at] for at in mine)))
    lent = [
        school
        for at, post in sorted(post_of.items())
        for school in blocks.schools[at]
        if post >= 0 and ground.schools[school].area != homes[post]
    ]
    short = {post: lack for one in found for post, lack in one.short.items()}
    left = tuple(at for at, post in sorted(post_of.items()) if post < 0)
    return Split(tuple(parts), left, tuple(lent), short, all(one.proven for one in found))


def _shares(
    ground: PostGround, blocks: Blocks, asked: Sequence[tuple[Indices, Indices]], seconds: float
) -> tuple[FirstShare, ...]:
    return solve_all([partial(first_share, ground, blocks, numbers, posts, seconds) for numbers, posts in asked])


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
