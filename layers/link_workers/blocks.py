"""Schools that have to go to one worker together, and the posts that each such block may go to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from layers.link_workers.core import Urn
from layers.link_workers.post_ground import HOURS_TOLERANCE, Flags, Indices, Numbers, PostGround


@dataclass(frozen=True)
class Blocks:
    """What there is to share. Schools and posts are numbered as in the ground.

    Attributes
    ----------
    schools : tuple of tuple of int
        [block]: its schools; most blocks are one school.
    kept : tuple of frozenset of int
        [post]: schools that stay with it, whatever happens to the blocks.
    allowed : Flags
        [block, post]: whether every rule lets the post have the block, were it the only one.
    apart : frozenset of (int, int)
        Pairs of blocks that must not have the same worker.
    load : Numbers
        [block]: hours a week.
    spare : Numbers
        [post]: hours a week that are left for blocks; 0 where the post is not present or has none.
    """

    schools: tuple[tuple[int, ...], ...]
    kept: tuple[frozenset[int], ...]
    allowed: Flags
    apart: frozenset[tuple[int, int]]
    load: Numbers
    spare: Numbers

    @property
    def size(self) -> Indices:
        """[block]: how many schools it has."""
        return np.array([len(block) for block in self.schools], dtype=np.int64)


def blocks_of(ground: PostGround, kept: Mapping[Urn, str] | None = None) -> Blocks:
    """Return the blocks of all schools that are not kept.

    Parameters
    ----------
    ground : PostGround
        What a sharing is judged by.
    kept : mapping of int to str, optional
        School -> post for schools that stay where they are.
    """
    stay: list[set[int]] = [set() for _ in ground.posts]
    for urn, post in (kept or {}).items():
        stay[ground.post_at[post]].add(ground.school_at[urn])
    staying = set().union(*stay) if stay else set()
    schools = _joined(ground, [at for at in range(len(ground.schools)) if at not in staying])
    load = np.array([ground.load[list(block)].sum() for block in schools])
    full = np.array([ground.load[list(one)].sum() for one in stay])
    spare = np.where(ground.present, np.maximum(0.0, ground.capacity - full), 0.0) if len(ground.posts) else full
    allowed = np.array(
        [
            [
                bool(ground.present[at])
                and load[number] <= spare[at] + HOURS_TOLERANCE
                and may_have(ground, block, at, stay)
                for at in range(len(ground.posts))
            ]
            for number, block in enumerate(schools)
        ],
        dtype=bool,
    ).reshape(len(schools), len(ground.posts))
    number = {school: at for at, block in enumerate(schools) for school in block}
    apart = set()
    for one, other in _pairs_at(ground, ground.rules.apart):
        if one in number and other in number and number[one] != number[other]:
            first, second = sorted((number[one], number[other]))
            apart.add((first, second))
    return Blocks(schools, tuple(map(frozenset, stay)), allowed, frozenset(apart), load, spare)


def may_have(ground: PostGround, block: Sequence[int], post: int, stay: Sequence[Iterable[int]]) -> bool:
    """Return whether bars, locks and pairs let a post have a block; hours apart.

    Parameters
    ----------
    ground : PostGround
        What a sharing is judged by.
    block : sequence of int
        Schools.
    post : int
        The post.
    stay : sequence of iterable of int
        [post]: schools that stay with it.
    """
    inside = set(block)
    urns = {ground.schools[at].urn for at in block}
    if urns & ground.posts[post].barred:
        return False
    if any(ground.rules.locks.get(urn, ground.posts[post].post) != ground.posts[post].post for urn in urns):
        return False
    if any(one in inside and other in inside for one, other in _pairs_at(ground, ground.rules.apart)):
        return False
    own = set(stay[post])
    elsewhere = {school for at, schools in enumerate(stay) if at != post for school in schools}
    for one, other in _both_ways(_pairs_at(ground, ground.rules.together)):
        if one in inside and other in elsewhere:
            return False
    return not any(one in inside and other in own for one, other in _both_ways(_pairs_at(ground, ground.rules.apart)))


def _joined(ground: PostGround, free: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Return the free schools as blocks: those that must be together, however many pairs that takes, as one."""
    lead = {school: school for school in free}

    def head(school: int) -> int:
        while lead[school] != school:
            school = lead[school]
        return school

    for one, other in _pairs_at(ground, ground.rules.together):
        if one in lead and other in lead:
            first, second = sorted((head(one), head(other)))
            lead[second] = first
    members: dict[int, list[int]] = {}
    for school in free:
        members.setdefault(head(school), []).append(school)
    return tuple(tuple(block) for block in members.values())


def _pairs_at(ground: PostGround, pairs: Iterable[frozenset[Urn]]) -> list[tuple[int, int]]:
    """Return pairs by where their schools stand; those with a school that is not shared are left out."""
    found = []
    for pair in pairs:
        at = sorted(ground.school_at[urn] for urn in pair if urn in ground.school_at)
        found += [(one, other) for place, one in enumerate(at) for other in at[place + 1 :]]
    return sorted(found)


def _both_ways(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    return [way for one, other in pairs for way in ((one, other), (other, one))]
