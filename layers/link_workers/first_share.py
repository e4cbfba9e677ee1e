"""A first sharing by travel alone, in one programme over all allocations: as few schools left over as there can be.

A generalised assignment problem (S. Martello and P. Toth, "Knapsack Problems", 1990, chapter 7) with a way out for
every block of schools and every worker's least number, each dearer than anything that could be gained by using it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from layers.link_workers.blocks import Blocks
from layers.link_workers.post_ground import HOURS_TOLERANCE, Indices, Numbers, PostGround

AWAY_KM = 500.0
"""What a school with a worker of another locality counts as, kilometres a week: only where hours ask for it."""

GAP = 0.01
"""Relative; the first sharing only has to be good, but how many are left over has to be proven."""

OPTIONS: Mapping[str, bool | int | float] = {
    "output_flag": False,
    "threads": 1,  # as everywhere: a thread that solved with another number is refused
    "mip_rel_gap": GAP,
    "primal_feasibility_tolerance": 1e-9,
    "mip_feasibility_tolerance": 1e-9,
}
"""Of HiGHS."""

MARGIN_HOURS = 1e-5
"""Taken off where a solution is over the hours by less than the solver's own tolerance."""


@dataclass(frozen=True)
class FirstShare:
    """A sharing by travel and handover alone.

    Attributes
    ----------
    post_of : tuple of int
        [block of those asked for]: its post; -1 for left over.
    short : mapping of int to int
        Post -> schools below the hard least.
    proven : bool
        Whether no allocation leaves fewer schools over.
    """

    post_of: tuple[int, ...]
    short: dict[int, int]
    proven: bool


def first_share(ground: PostGround, blocks: Blocks, numbers: Indices, posts: Indices, seconds: float) -> FirstShare:
    """Share some blocks among some posts.

    Parameters
    ----------
    ground : PostGround
        What a sharing is judged by.
    blocks : Blocks
        All blocks.
    numbers, posts : Indices
        Which blocks, and which posts.
    seconds : float
        The most that it may take.
    """
    if not len(numbers) or not len(posts):
        return FirstShare((-1,) * len(numbers), _short(ground, blocks, posts, {}), True)
    ways = _Ways(ground, blocks, numbers, posts)
    for margin in (0.0, MARGIN_HOURS):
        found = _solved(ways, margin, seconds)
        load = np.zeros(len(ground.posts))
        for number, post in zip(numbers, found.post_of, strict=True):
            if post >= 0:
                load[post] += blocks.load[number]
        if (load <= blocks.spare + HOURS_TOLERANCE).all():
            return found
    raise AssertionError("a sharing within the margin is within the hours")


def block_costs(ground: PostGround, blocks: Blocks, numbers: Indices, posts: Indices) -> Numbers:
    """Return [block, post]: travel and handover of a block, and `AWAY_KM` for each school of another locality."""
    way = ground.base_km[posts]
    typical = float(np.nanmean(way)) if np.isfinite(way).any() else 0.0
    single = 2 * np.where(np.isfinite(way), way, typical) + ground.change_costs[posts]
    areas = np.array([school.area for school in ground.schools])
    homes = np.array(ground.homes)[posts]
    single = single + AWAY_KM * (homes[:, None] != areas[None])
    return np.array([single[:, list(blocks.schools[number])].sum(axis=1) for number in numbers])


@dataclass(frozen=True)
class _Ways:
    """Which block may go to which post, as columns of the programme; then what is left over, then what is missing."""

    ground: PostGround
    blocks: Blocks
    numbers: Indices
    posts: Indices

    @cached_property
    def ends(self) -> tuple[Indices, Indices]:
        """[way]: the block and the post, by their place among those asked for."""
        block, post = np.nonzero(self.blocks.allowed[np.ix_(self.numbers, self.posts)])
        return block, post

    @cached_property
    def size(self) -> Indices:
        """[block]: its schools."""
        return self.blocks.size[self.numbers]

    @cached_property
    def costs(self) -> Numbers:
        """[block, post]."""
        return block_costs(self.ground, self.blocks, self.numbers, self.posts)

    @cached_property
    def leave(self) -> float:
        """More than all schools together can differ in cost, so that leaving one over never pays."""
        allowed = self.blocks.allowed[np.ix_(self.numbers, self.posts)]
        return float(np.where(allowed, self.costs, 0.0).max(axis=1, initial=0.0).sum()) + 1.0

    def rows(self, margin: float) -> _Rows:
        """Return every block once, hours, the hard range and what must be apart."""
        ground, (at_block, at_post) = self.ground, self.ends
        ways, count = len(at_block), len(self.numbers)
        rows = _Rows(ways + count + len(self.posts))
        for block in range(count):
            rows.add(np.append(np.flatnonzero(at_block == block), ways + block), 1.0, (1.0, 1.0))
        for place, post in enumerate(self.posts):
            mine = np.flatnonzero(at_post == place)
            size = self.size[at_block[mine]].astype(float)
            spare = float(self.blocks.spare[post]) - margin
            rows.add(mine, self.blocks.load[self.numbers[at_block[mine]]], (-np.inf, spare))
            if ground.rules.hard:
                most = max(0.0, float(ground.rules.most - len(self.blocks.kept[post])))
                rows.add(mine, size, (-np.inf, most))
                least = _least(ground, self.blocks, int(post))
                rows.add(np.append(mine, ways + count + place), np.append(size, 1.0), (least, np.inf))
        self._part(rows)
        return rows

    def _part(self, rows: _Rows) -> None:
        where = {ends: at for at, ends in enumerate(zip(*(one.tolist() for one in self.ends), strict=True))}
        place = {int(number): at for at, number in enumerate(self.numbers)}
        for pair in sorted(self.blocks.apart):
            for post in range(len(self.posts)):
                both = [where[ends] for one in pair if (ends := (place.get(one, -1), post)) in where]
                if len(both) == 2:
                    rows.add(np.array(both, dtype=np.int64), 1.0, (-np.inf, 1.0))


def _solved(ways: _Ways, margin: float, seconds: float) -> FirstShare:
    import highspy  # noqa: PLC0415 - only where something is solved

    at_block, at_post = ways.ends
    whole = len(at_block) + len(ways.numbers)
    cost = np.concatenate([ways.costs[at_block, at_post], ways.leave * ways.size, np.full(len(ways.posts), ways.leave)])
    upper = np.concatenate([np.ones(whole), np.full(len(ways.posts), float(ways.ground.rules.least))])
    solver = highspy.Highs()
    for option, value in {**OPTIONS, "time_limit": seconds}.items():
        solver.setOptionValue(option, value)
    solver.passModel(ways.rows(margin).programme(highspy, cost, upper, whole))
    solver.run()
    info = solver.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        nobody = (-1,) * len(ways.numbers)
        return FirstShare(nobody, _short(ways.ground, ways.blocks, ways.posts, {}), False)
    post_of = [-1] * len(ways.numbers)
    for at in np.flatnonzero(np.array(solver.getSolution().col_value)[: len(at_block)] > 0.5):
        post_of[at_block[at]] = int(ways.posts[at_post[at]])
    had: dict[int, int] = {}
    for block, post in enumerate(post_of):
        had[post] = had.get(post, 0) + int(ways.size[block])
    short = _short(ways.ground, ways.blocks, ways.posts, had)
    missing = had.get(-1, 0) + sum(short.values())
    # Whoever leaves one fewer pays at most as much for all else as one school left over costs.
    proven = not missing or float(info.mip_dual_bound) > ways.leave * missing - 1.0
    return FirstShare(tuple(post_of), short, proven)


def _least(ground: PostGround, blocks: Blocks, post: int) -> float:
    """Return how many more schools the hard range asks of a post at least; an in-year run asks nothing."""
    return 0.0 if ground.rules.keep else max(0.0, float(ground.rules.least - len(blocks.kept[post])))


def _short(ground: PostGround, blocks: Blocks, posts: Indices, had: dict[int, int]) -> dict[int, int]:
    if not ground.rules.hard:
        return {}
    lack = {int(post): int(_least(ground, blocks, int(post))) - had.get(int(post), 0) for post in posts}
    return {post: count for post, count in lack.items() if count > 0}


class _Rows:
    """Rows of a programme, one after the other."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.starts, self.index, self.value = [0], list[int](), list[float]()
        self.lower, self.upper = list[float](), list[float]()

    def add(self, index: Indices, value: float | Numbers | Indices, bounds: tuple[float, float]) -> None:
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
