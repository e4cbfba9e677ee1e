"""Which block may go to which post, as columns of a programme, with hours, pairs and a hard range as its rows.

A generalised assignment problem (S. Martello and P. Toth, "Knapsack Problems", 1990, chapter 7) with a way out for
every block of schools and for every worker's least number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from layers.link_workers.blocks import Blocks
from layers.link_workers.packing import Among, is_locked
from layers.link_workers.post_ground import HOURS_TOLERANCE, Indices, Numbers, PostGround


def block_costs(ground: PostGround, blocks: Blocks, among: Among) -> Numbers:
    """Return [block, post]: travel and handover of a block, kilometres a week."""
    way = ground.base_km[among.posts]
    typical = float(np.nanmean(way)) if np.isfinite(way).any() else 0.0
    single = 2 * np.where(np.isfinite(way), way, typical) + ground.change_costs[among.posts]
    return np.array([single[:, list(blocks.schools[number])].sum(axis=1) for number in among.numbers])


@dataclass(frozen=True)
class Ways:
    """Columns: a block with a post that may have it; then a block left over; then schools that a post is short of.

    Attributes
    ----------
    ground : PostGround
        What a sharing is judged by.
    blocks : Blocks
        All blocks.
    among : Among
        Which blocks, and which posts.
    """

    ground: PostGround
    blocks: Blocks
    among: Among

    @cached_property
    def ends(self) -> tuple[Indices, Indices]:
        """[way]: the block and the post, by their place among those asked for."""
        block, post = np.nonzero(self.blocks.allowed[np.ix_(self.among.numbers, self.among.posts)])
        return block, post

    @cached_property
    def size(self) -> Indices:
        """[block]: its schools."""
        return self.blocks.size[self.among.numbers]

    @property
    def whole(self) -> int:
        """How many columns, the first, are whole numbers."""
        return len(self.ends[0]) + len(self.among.numbers)

    @cached_property
    def upper(self) -> Numbers:
        """[column]: its most."""
        return np.concatenate([np.ones(self.whole), np.full(len(self.among.posts), float(self.ground.rules.least))])

    @cached_property
    def left_costs(self) -> Numbers:
        """[column]: 1 for a school left over or missing; a block that is locked more than all others together."""
        all_others = 1.0 + float(self.size.sum()) + self.ground.rules.least * len(self.among.posts)
        locked = [is_locked(self.ground, self.blocks, int(number)) for number in self.among.numbers]
        left = self.size * np.where(locked, all_others, 1.0)
        return np.concatenate([np.zeros(len(self.ends[0])), left, np.ones(len(self.among.posts))])

    @cached_property
    def away_costs(self) -> Numbers:
        """[column]: schools with a post of another locality; their travel, less than one school in all, breaks ties."""
        at_block, at_post = self.ends
        homes, areas = np.array(self.among.homes)[self.among.posts], np.array(self.among.areas)[self.among.numbers]
        travel = self.travel_costs[: len(at_block)]
        part = travel / (1.0 + float(travel.max(initial=0.0)) * len(self.among.numbers))
        away = (homes[at_post] != areas[at_block]) * (self.size[at_block] + part)
        return np.concatenate([away, np.zeros(len(self.among.numbers) + len(self.among.posts))])

    @property
    def lends(self) -> bool:
        """Whether a school could have a post of another locality."""
        return bool(self.away_costs.any())

    @cached_property
    def travel_costs(self) -> Numbers:
        """[column]: travel and handover, kilometres a week."""
        costs = block_costs(self.ground, self.blocks, self.among)[self.ends]
        return np.concatenate([costs, np.zeros(len(self.among.numbers) + len(self.among.posts))])

    def columns(self, post_of: Mapping[int, int], short: Mapping[int, int]) -> Numbers:
        """Return a sharing, block -> post, as columns."""
        found = np.zeros(len(self.upper))
        where = {ends: at for at, ends in enumerate(zip(*(one.tolist() for one in self.ends), strict=True))}
        place = {int(post): at for at, post in enumerate(self.among.posts)}
        for at, number in enumerate(self.among.numbers):
            post = post_of.get(int(number))
            found[len(self.ends[0]) + at if post is None else where[at, place[post]]] = 1.0
        for post, lack in short.items():
            found[self.whole + place[post]] = lack
        return found

    def post_of(self, columns: Numbers) -> dict[int, int]:
        """Return columns as a sharing, block -> post."""
        at_block, at_post = self.ends
        taken = np.flatnonzero(columns[: len(at_block)] > 0.5)
        return {int(self.among.numbers[at_block[at]]): int(self.among.posts[at_post[at]]) for at in taken}

    def within_hours(self, columns: Numbers) -> bool:
        """Return whether no post is over its hours, not even by the tolerance of a solver."""
        load = np.zeros(len(self.ground.posts))
        for number, post in self.post_of(columns).items():
            load[post] += self.blocks.load[number]
        return bool((load <= self.blocks.spare + HOURS_TOLERANCE).all())

    def rows(self, margin: float) -> Rows:
        """Return every block once, hours, the hard range and what must be apart."""
        ground, (at_block, at_post) = self.ground, self.ends
        ways, count = len(at_block), len(self.among.numbers)
        rows = Rows(ways + count + len(self.among.posts))
        for block in range(count):
            rows.add(np.append(np.flatnonzero(at_block == block), ways + block), 1.0, (1.0, 1.0))
        for place, post in enumerate(self.among.posts):
            mine = np.flatnonzero(at_post == place)
            size = self.size[at_block[mine]].astype(float)
            spare = float(self.blocks.spare[post]) - margin
            rows.add(mine, self.blocks.load[self.among.numbers[at_block[mine]]], (-np.inf, spare))
            if ground.rules.hard:
                most = max(0.0, float(ground.rules.most - len(self.blocks.kept[post])))
                rows.add(mine, size, (-np.inf, most))
                least = least_of(ground, self.blocks, int(post))
                rows.add(np.append(mine, ways + count + place), np.append(size, 1.0), (least, np.inf))
        self._part(rows)
        return rows

    def _part(self, rows: Rows) -> None:
        where = {ends: at for at, ends in enumerate(zip(*(one.tolist() for one in self.ends), strict=True))}
        place = {int(number): at for at, number in enumerate(self.among.numbers)}
        for pair in sorted(self.blocks.apart):
            for post in range(len(self.among.posts)):
                both = [where[ends] for one in pair if (ends := (place.get(one, -1), post)) in where]
                if len(both) == 2:
                    rows.add(np.array(both, dtype=np.int64), 1.0, (-np.inf, 1.0))


def least_of(ground: PostGround, blocks: Blocks, post: int) -> float:
    """Return how many more schools the hard range asks of a post at least; an in-year run asks nothing."""
    return 0.0 if ground.rules.keep else max(0.0, float(ground.rules.least - len(blocks.kept[post])))


class Rows:
    """Rows of a programme, one after the other."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.starts, self.index, self.value = [0], list[int](), list[float]()
        self.lower, self.upper = list[float](), list[float]()

    def add(self, index: Indices, value: float | Numbers | Indices, bounds: tuple[float, float]) -> None:
        """Add a row: its columns, what each counts, and the bounds of their sum."""
        self.index += index.tolist()
        self.value += np.broadcast_to(np.asarray(value, dtype=float), index.shape).tolist()
        self.starts.append(len(self.index))
        self.lower.append(bounds[0])
        self.upper.append(bounds[1])

    def programme(self, highspy: Any, cost: Numbers, upper: Numbers, whole: int) -> Any:
        """Return the programme of HiGHS; the first columns are whole numbers."""
        made = highspy.HighsLp()
        made.num_col_, made.num_row_ = self.width, len(self.lower)
        made.col_cost_, made.col_lower_, made.col_upper_ = cost, np.zeros(self.width), upper
        made.row_lower_, made.row_upper_ = np.array(self.lower), np.array(self.upper)
        made.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        made.a_matrix_.start_ = np.array(self.starts, dtype=np.int32)
        made.a_matrix_.index_ = np.array(self.index, dtype=np.int32)
        made.a_matrix_.value_ = np.array(self.value)
        kinds = (highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous)
        made.integrality_ = [kinds[column >= whole] for column in range(self.width)]
        return made
