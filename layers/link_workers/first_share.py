"""A first sharing over all allocations: as few schools left over as there can be, then as few lent, then by travel.

Three goals, one after the other: what one reaches is a rule for the next. So no weight of the first can hide what the
others are about, and each begins with the plan of the one before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from layers.link_workers.allocation import Ways, least_of
from layers.link_workers.blocks import Blocks
from layers.link_workers.packing import Among, packed
from layers.link_workers.post_ground import Numbers, PostGround

GAP = 0.01
"""Relative, of travel and handover: they only have to be good; how many are left over has to be proven."""

WHOLE = 0.999
"""Absolute, of a count: nothing better than the plan is left."""

MOST_NODES = 200
"""Of one search: it ends at the same place on a machine that is busy, wherever the time is not over before."""

OPTIONS: Mapping[str, bool | int | float] = {
    "output_flag": False,
    "threads": 1,  # as everywhere: a thread that solved with another number is refused
    "mip_max_nodes": MOST_NODES,
    "primal_feasibility_tolerance": 1e-9,
    "mip_feasibility_tolerance": 1e-9,
}
"""Of HiGHS."""

AWAY_GAP = 0.05
"""Absolute, of schools that are lent; their ways count for less than one school in all."""

LEFT_SHARE = 0.7
"""Of the time, at most, for leaving few over; the rest is for lending few."""

MARGIN_HOURS = 1e-5
"""Taken off where a solution is over the hours by less than the solver's own tolerance."""


@dataclass(frozen=True)
class FirstShare:
    """A sharing to go on from.

    Attributes
    ----------
    post_of : tuple of int
        [block of those asked for]: its post; -1 for left over.
    short : mapping of int to int
        Post -> schools below the hard least.
    proven : bool
        Whether no allocation leaves fewer locked schools over, or as many of these and fewer in all.
    """

    post_of: tuple[int, ...]
    short: dict[int, int]
    proven: bool


def first_share(
    ground: PostGround, blocks: Blocks, among: Among, seconds: float, start: Mapping[int, int] | None = None
) -> FirstShare:
    """Share some blocks among some posts, with as few left over as there can be, then as few lent.

    A locked school is the last to be left over: it counts for more than all others together.

    Parameters
    ----------
    ground : PostGround
        What a sharing is judged by.
    blocks : Blocks
        All blocks.
    among : Among
        Which blocks, and which posts.
    seconds : float
        The most that it may take.
    start : mapping of int to int, optional
        Block -> post of a sharing to go on from; `packing.packed` makes it better first.
    """
    if not len(among.numbers) or not len(among.posts):
        return FirstShare((-1,) * len(among.numbers), _short(ground, blocks, among, {}), True)
    ways = Ways(ground, blocks, among)
    found = packed(ground, blocks, among, start)
    plan = ways.columns(found, _short(ground, blocks, among, found))
    share = LEFT_SHARE if ways.lends else 1.0
    plan, bound, spent = _improved(ways, plan, _Search(ways.left_costs, None, WHOLE), seconds * share)
    reached = float(ways.left_costs @ plan)
    if ways.lends:
        search = _Search(ways.away_costs, (ways.left_costs, reached + 0.5), AWAY_GAP)
        plan, _, _ = _improved(ways, plan, search, seconds - spent)
    found = ways.post_of(plan)
    post_of = tuple(found.get(int(number), -1) for number in among.numbers)
    return FirstShare(post_of, _short(ground, blocks, among, found), bound > reached - 1.0)


def near_share(
    ground: PostGround, blocks: Blocks, among: Among, seconds: float, start: Mapping[int, int]
) -> FirstShare:
    """Make travel and handover small among the posts of one locality; for the parameters see `first_share`."""
    if not start:
        return FirstShare((-1,) * len(among.numbers), _short(ground, blocks, among, {}), False)
    ways = Ways(ground, blocks, among)
    plan = ways.columns(start, _short(ground, blocks, among, start))
    kept = (ways.left_costs, float(ways.left_costs @ plan) + 0.5)
    plan, _, _ = _improved(ways, plan, _Search(ways.travel_costs, kept, 0.0), seconds)
    found = ways.post_of(plan)
    post_of = tuple(found.get(int(number), -1) for number in among.numbers)
    return FirstShare(post_of, _short(ground, blocks, among, found), False)


@dataclass(frozen=True)
class _Search:
    """What is made small, what must stay at most so much, and the absolute gap; of travel the gap is relative."""

    costs: Numbers
    kept: tuple[Numbers, float] | None
    gap: float


def _improved(ways: Ways, plan: Numbers, search: _Search, seconds: float) -> tuple[Numbers, float, float]:
    """Return a plan that is no worse, the bound of its goal, and the seconds that it took."""
    now = float(search.costs @ plan)
    if now < WHOLE and search.gap:  # nothing is left over, or lent
        return plan, 0.0, 0.0
    bound, spent = -np.inf, 0.0
    for margin in (0.0, MARGIN_HOURS):
        found, below, took = _solved(ways, plan, search, (margin, max(0.1, seconds - spent)))
        # With a margin less fits than there is: its bound says nothing.
        bound, spent = (max(bound, below), spent + took) if not margin else (bound, spent + took)
        if found is not None and ways.within_hours(found):
            return (found if search.costs @ found < now else plan), bound, spent
        if found is None:
            break
    return plan, bound, spent


def _solved(
    ways: Ways, plan: Numbers, search: _Search, limits: tuple[float, float]
) -> tuple[Numbers | None, float, float]:
    """Return the columns of what HiGHS finds, its bound and its seconds."""
    import highspy  # noqa: PLC0415 - only where something is solved

    margin, seconds = limits
    solver = highspy.Highs()
    gaps = {"mip_rel_gap": 0.0 if search.gap else GAP, "mip_abs_gap": search.gap}
    for option, value in {**OPTIONS, **gaps, "time_limit": seconds}.items():
        solver.setOptionValue(option, value)
    rows = ways.rows(margin)
    if search.kept:
        costs, most = search.kept
        used = np.flatnonzero(costs)
        rows.add(used, costs[used], (-np.inf, most))
    solver.passModel(rows.programme(highspy, search.costs, ways.upper, ways.whole))
    solver.setSolution(_solution(highspy, plan))
    solver.run()
    info, took = solver.getInfo(), float(solver.getRunTime())
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None, -np.inf, took
    found = np.array(solver.getSolution().col_value)
    found[: ways.whole] = np.round(found[: ways.whole])
    return found, float(info.mip_dual_bound), took


def _solution(highspy: Any, plan: Numbers) -> Any:
    found = highspy.HighsSolution()
    found.col_value = plan.tolist()
    return found


def _short(ground: PostGround, blocks: Blocks, among: Among, post_of: Mapping[int, int]) -> dict[int, int]:
    """Return post -> schools below the hard least."""
    if not ground.rules.hard:
        return {}
    had: dict[int, int] = {}
    for number, post in post_of.items():
        had[post] = had.get(post, 0) + len(blocks.schools[number])
    lack = {int(post): int(least_of(ground, blocks, int(post))) - had.get(int(post), 0) for post in among.posts}
    return {post: count for post, count in lack.items() if count > 0}
