"""A sharing by rules of thumb, the same on every machine: with it the programmes begin, and by it a plan is finished.

What is locked goes first, then the largest load of as many small ones as the hours carry, each to the fullest post of
its own locality that has room; where none has, two posts share anew what they have so that one has room (S. Martello
and P. Toth, "Knapsack Problems", 1990, chapter 6, on exchanges between knapsacks). Only then is a post of another
locality asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from layers.link_workers.blocks import Blocks
from layers.link_workers.post_ground import HOURS_TOLERANCE, Flags, Indices, PostGround

MOST_BLOCKS = 12
"""That two posts have together when they share anew: 4,096 ways."""


@dataclass(frozen=True)
class Among:
    """Which blocks are shared among which posts.

    Attributes
    ----------
    numbers, posts : Indices
        The blocks, and the posts.
    areas : tuple of str
        [block, of all]: the locality in which it is shared.
    homes : tuple of str
        [post, of all]: the locality in which it works.
    """

    numbers: Indices
    posts: Indices
    areas: tuple[str, ...]
    homes: tuple[str, ...]

    def away(self, number: int, post: int) -> bool:
        """Return whether a block would be lent to another locality."""
        return self.areas[number] != self.homes[post]


TRIES = 6
"""Sharings that are tried, each without one more of the largest blocks."""


def is_locked(ground: PostGround, blocks: Blocks, number: int) -> bool:
    """Return whether a lock holds a block: a person's decision, or a protected case."""
    return any(ground.schools[at].urn in ground.rules.locks for at in blocks.schools[number])


def packed(ground: PostGround, blocks: Blocks, among: Among, start: Mapping[int, int] | None = None) -> dict[int, int]:
    """Return block -> post of a sharing that leaves few blocks over; those left over are not in it.

    Parameters
    ----------
    ground : PostGround
        What a sharing is judged by.
    blocks : Blocks
        All blocks.
    among : Among
        What is shared among whom.
    start : mapping of int to int, optional
        Block -> post of a sharing to go on from.
    """
    best = _packed(ground, blocks, among, start or {}, TRIES)
    short = blocks.load[among.numbers].sum() > blocks.spare[among.posts].sum() + HOURS_TOLERANCE
    if not start or short or len(best) == len(among.numbers):
        return best
    # Where the start leaves large ones over, beginning anew leaves small ones, which others have room for.
    anew = _packed(ground, blocks, among, {}, 1)
    return anew if _worth(ground, blocks, anew) > _worth(ground, blocks, best) else best


def _packed(ground: PostGround, blocks: Blocks, among: Among, start: Mapping[int, int], tries: int) -> dict[int, int]:
    best: dict[int, int] | None = None
    held = _Held(ground, blocks, among, start)
    waiting = held.waiting()
    spare = sum(held.room(post) for post in held.mine)
    fewest = int((np.cumsum(blocks.load[waiting]) > spare + HOURS_TOLERANCE).sum()) if waiting else 0
    for left in range(fewest, min(fewest + tries, len(waiting) + 1)):
        held = _Held(ground, blocks, among, start)
        # The largest first, since the small ones fit into what is left; those beyond the hours come last.
        chosen, beyond = waiting[: len(waiting) - left], waiting[len(waiting) - left :]
        held.give(sorted(chosen, key=lambda one: (not is_locked(ground, blocks, one), -blocks.load[one], one)))
        held.give(beyond)
        for number, post in held.post_of().items():
            if among.away(number, post):
                held.bring_home(number, post, anew=True)
        found = held.post_of()
        if best is None or _worth(ground, blocks, found) > _worth(ground, blocks, best):
            best = found
        if len(best) >= len(among.numbers) - fewest:
            break
    return best or dict(start)


def _worth(ground: PostGround, blocks: Blocks, post_of: Mapping[int, int]) -> tuple[int, int]:
    """Return how many locked schools are given out, and how many in all."""
    locked = sum(len(blocks.schools[one]) for one in post_of if is_locked(ground, blocks, one))
    return locked, sum(len(blocks.schools[one]) for one in post_of)


def settled(ground: PostGround, blocks: Blocks, among: Among, start: Mapping[int, int]) -> dict[int, int]:
    """Return a sharing into which no block that is left over fits, and from which no lent one fits at home.

    Nothing else moves: a block that was given out stays where it is, or comes home. For the parameters see `packed`.
    """
    held = _Held(ground, blocks, among, start)
    while True:
        before = held.post_of()
        for away in (False, True):
            for number in held.waiting():
                held.put(number, away=away)
        for number, post in sorted(before.items()):
            if among.away(number, post):
                held.bring_home(number, post)
        if held.post_of() == before:
            return before


def may_choose(ground: PostGround, blocks: Blocks, post: int, union: Sequence[int], ways: tuple[Flags, int]) -> Flags:
    """Return [way]: whether every hard rule lets a post have a choice of blocks.

    Parameters
    ----------
    ground : PostGround
        What a sharing is judged by.
    blocks : Blocks
        All blocks.
    post : int
        The post.
    union : sequence of int
        Blocks to choose from.
    ways : (Flags, int)
        [way, block of the union]: which of them; and how many schools the post has now: below the least of a hard
        range it gives none away.
    """
    chosen, has = ways
    rules, numbers = ground.rules, list(union)
    found: Flags = chosen @ blocks.load[numbers] <= blocks.spare[post] + HOURS_TOLERANCE
    found &= ~(chosen & ~blocks.allowed[numbers, post][None]).any(axis=1)
    for one, other in blocks.apart:
        if one in numbers and other in numbers:
            found &= ~(chosen[:, numbers.index(one)] & chosen[:, numbers.index(other)])
    if rules.hard:
        size = chosen @ blocks.size[numbers]
        least = 0 if rules.keep else min(rules.least, has)
        found &= (size + len(blocks.kept[post]) <= rules.most) & (size >= least)
    return found


class _Held:
    """Who has which blocks while they are given out."""

    def __init__(self, ground: PostGround, blocks: Blocks, among: Among, start: Mapping[int, int]) -> None:
        self.ground, self.blocks, self.among = ground, blocks, among
        self.mine: dict[int, list[int]] = {int(post): [] for post in among.posts}
        for number, post in sorted(start.items()):
            self.mine[post].append(number)

    def post_of(self) -> dict[int, int]:
        """Return block -> post."""
        return {number: post for post, own in sorted(self.mine.items()) for number in sorted(own)}

    def waiting(self) -> list[int]:
        """Return the blocks that nobody has: locked ones first, then by load."""
        given, blocks = self.post_of(), self.blocks
        free = [int(number) for number in self.among.numbers if int(number) not in given]
        return sorted(free, key=lambda one: (not is_locked(self.ground, blocks, one), float(blocks.load[one]), one))

    def room(self, post: int) -> float:
        """Return the hours that a post has left."""
        return float(self.blocks.spare[post] - self.blocks.load[self.mine[post]].sum())

    def fits(self, number: int, post: int) -> bool:
        """Return whether a post may have one more block."""
        blocks, rules, own = self.blocks, self.ground.rules, self.mine[post]
        if not blocks.allowed[number, post]:
            return False
        if blocks.load[[*own, number]].sum() > blocks.spare[post] + HOURS_TOLERANCE:
            return False
        if any((min(number, other), max(number, other)) in blocks.apart for other in own):
            return False
        count = sum(len(blocks.schools[one]) for one in (*own, number)) + len(blocks.kept[post])
        return not rules.hard or count <= rules.most

    def give(self, waiting: list[int]) -> None:
        """Give blocks out, one after the other, as far as there is room for them: at home first."""
        for away in (False, True):
            waiting = [number for number in waiting if not self.put(number, away=away)]
            waiting = [number for number in waiting if not self.put_anew(number, away=away)]
        for number in waiting:
            self.put_instead(number)

    def put(self, number: int, *, away: bool) -> bool:
        """Give a block to the fullest post at home that may have it, or to the nearest away; return whether one may."""
        may = [post for post in self._posts(number, away=away) if self.fits(number, post)]
        if may:
            way = np.nan_to_num(self.ground.base_km[:, list(self.blocks.schools[number])].sum(axis=1), nan=np.inf)
            self.mine[min(may, key=lambda post: (way[post] if away else self.room(post), post))].append(number)
        return bool(may)

    def put_anew(self, number: int, *, away: bool) -> bool:
        """Give a block to one of two posts that share anew what they have; return whether there are such two."""
        for post in self._posts(number, away=away):
            if not self.blocks.allowed[number, post]:
                continue
            # Both of one locality, so that nothing else is lent.
            for other in self._of_home(self.among.homes[post]):
                if other != post and (found := self._anew(number, post, other)):
                    self.mine[post], self.mine[other] = found
                    return True
        return False

    def put_instead(self, number: int) -> bool:
        """Give a block to a post at home in the place of one that is lent instead; return whether that can be."""
        blocks = self.blocks
        for post in self._posts(number, away=False):
            for other in sorted(self.mine[post], key=lambda one: (float(blocks.load[one]), one)):
                if is_locked(self.ground, blocks, other) or self.among.away(other, post):
                    continue
                self.mine[post].remove(other)
                if self.fits(number, post):
                    self.mine[post].append(number)
                    if self.put(other, away=True) or self.put_anew(other, away=True):
                        return True
                    self.mine[post].remove(number)
                self.mine[post].append(other)
        return False

    def bring_home(self, number: int, post: int, *, anew: bool = False) -> None:
        """Take a lent block to a post of its own locality that may have it, or to two that share anew, if there are."""
        rules, size = self.ground.rules, len(self.blocks.schools[number])
        has = sum(len(self.blocks.schools[one]) for one in self.mine[post]) + len(self.blocks.kept[post])
        if rules.hard and not rules.keep and has - size < rules.least:
            return
        if self.put(number, away=False) or (anew and self.put_anew(number, away=False)):
            self.mine[post].remove(number)

    def _posts(self, number: int, *, away: bool) -> list[int]:
        return [int(post) for post in self.among.posts if self.among.away(number, int(post)) == away]

    def _of_home(self, home: str) -> list[int]:
        return [int(post) for post in self.among.posts if self.among.homes[post] == home]

    def _anew(self, number: int, post: int, other: int) -> tuple[list[int], list[int]] | None:
        """Return how two posts share what they have and one block more; the first of them is filled the most."""
        blocks, union = self.blocks, [*self.mine[post], *self.mine[other], number]
        if len(union) > MOST_BLOCKS or self.room(post) + self.room(other) < blocks.load[number] - HOURS_TOLERANCE:
            return None
        ways = (np.arange(2 ** len(union))[:, None] >> np.arange(len(union))[None]) & 1 == 1
        had = [int(blocks.size[self.mine[one]].sum()) for one in (post, other)]
        may = may_choose(self.ground, blocks, post, union, (ways, had[0]))
        may &= may_choose(self.ground, blocks, other, union, (~ways, had[1]))
        if not may.any():
            return None
        best = ways[int(np.where(may, ways @ blocks.load[union], -np.inf).argmax())]
        return _picked(union, best), _picked(union, ~best)


def _picked(union: Iterable[int], chosen: Flags) -> list[int]:
    return [number for number, has in zip(union, chosen, strict=True) if has]
