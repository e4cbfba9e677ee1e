"""Which sites are best, as mixed-integer programmes for HiGHS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from layers.family_centres.reduction import Worth

Numbers = npt.NDArray[np.float64]

CLOSE_ENOUGH = 1e-7
"""Difference, in the unit of the objective per child, that the solver takes for none."""

FINE = 1e4
"""What a row in shares of all children is multiplied by, as the solver lets a row be missed by 1e-6."""


@dataclass(frozen=True)
class Solved:
    """What the solver found.

    Attributes
    ----------
    chosen : tuple of int
        Columns; empty where it found nothing in the time.
    bound : float
        No choice is worth more.
    proven : bool
        Whether it stopped because the gap was closed as far as asked, not because the time was up.
    shares : Numbers
        [atom, site]: of the children of the atom who go to the site; nothing where room is without limit.
    prices : Numbers
        [atom]: what a child more than there are would be worth, where no site is to be chosen; nothing otherwise.
    """

    chosen: tuple[int, ...]
    bound: float
    proven: bool
    shares: Numbers
    prices: Numbers


@dataclass
class _Programme:
    """A programme that is being written down: minimise cost x under lower <= rows <= upper, 0 <= x <= 1."""

    cost: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    columns: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def column(self, cost: float, whole: bool = False) -> int:
        self.cost.append(cost)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(self, columns: Sequence[int], values: Sequence[float], lower: float, upper: float) -> None:
        self.columns.extend(columns)
        self.values.extend(values)
        self.starts.append(len(self.columns))
        self.lower.append(lower)
        self.upper.append(upper)


def by_radius(worth: Worth, known: Sequence[int], seconds: float, keep: tuple[Numbers, float] | None = None) -> Solved:
    """Choose k sites where each has room for all who come.

    Parameters
    ----------
    worth : Worth
        With every site a candidate.
    known : sequence of int
        A choice to start from.
    seconds : float
        Stop after these.
    keep : tuple of (Numbers, float), optional
        [atom, site]: 1 where the site covers the atom, which is where it gains most, else 0; and the weight of the
        atoms that the choice has to cover.

    Notes
    -----
    The formulation by radius of Cornuéjols, Nemhauser and Wolsey (1980), in the incremental form of García, Labbé and
    Marín (2011): for each atom the distinct gains g1 > g2 > ... > 0 among the candidates, and z_r = 1 while no chosen
    site gives at least g_r. Maximal covering is the case of one gain for each atom (Church and ReVelle, 1974).
    """
    programme = _Programme()
    count = worth.gains.shape[1]
    best = 0.0
    for _ in range(count):
        programme.column(0.0, whole=True)
    programme.row(range(count), [1.0] * count, worth.k, worth.k)
    alike: dict[tuple[int, ...], int] = {}
    for gains, weight in zip(worth.gains, worth.weights, strict=True):
        levels = np.unique(gains[gains > 0])[::-1]
        if not levels.size:
            continue
        best += weight * float(levels[0])
        for level, next_level in zip(levels, [*levels[1:], 0.0], strict=True):
            # Atoms with the same sites as near as this wait for the same ones: one variable serves them all.
            near = tuple(np.flatnonzero(gains >= level).tolist())
            if near not in alike:
                alike[near] = programme.column(0.0)
                before = alike.get(tuple(np.flatnonzero(gains > level).tolist()))
                own = [*near] if before is None else np.flatnonzero(gains == level).tolist()
                columns, values = [alike[near], *own], [1.0] * (1 + len(own))
                if before is not None:
                    columns, values = [*columns, before], [*values, -1.0]
                programme.row(columns, values, float(before is None), np.inf)
            programme.cost[alike[near]] += weight * float(level - next_level)
    if keep is not None:
        _keep_covered(programme, worth.weights, alike, *keep)
    start = [float(site in set(known)) for site in range(count)]
    found = _run(programme, 0.0, seconds, start)
    chosen = tuple(np.flatnonzero(found.values[:count] > 0.5).tolist())
    return Solved(chosen, best - found.bound, found.proven, np.zeros((0, 0)), np.zeros(0))


def _keep_covered(
    programme: _Programme, weights: Numbers, alike: dict[tuple[int, ...], int], covers: Numbers, least: float
) -> None:
    """Add a row: of the atoms that can be covered, those that are not weigh no more than is left beside the least."""
    waiting: dict[int, float] = {}
    for covering, weight in zip(covers, weights, strict=True):
        if near := tuple(np.flatnonzero(covering).tolist()):
            waiting[alike[near]] = waiting.get(alike[near], 0.0) + FINE * float(weight)
    programme.row(list(waiting), list(waiting.values()), -np.inf, sum(waiting.values()) - FINE * least)


def by_room(worth: Worth, known: Sequence[int], gap: float, seconds: float) -> Solved:
    """Choose k sites where each has room for so many; the children of an atom can be split among sites.

    Parameters
    ----------
    worth, known, seconds
        As in `by_radius`, with room; k may be 0: then only who goes where is found.
    gap : float
        Absolute, in the unit of the objective: prove as far as this.

    Notes
    -----
    The capacitated p-median and covering in their strong form: y_ij <= x_j for every pair besides the room of the site
    (Current and Storbeck, 1988).
    """
    if worth.room is None:
        raise ValueError("by_room needs the room of every site.")
    programme = _Programme()
    free = np.flatnonzero(~worth.always).tolist() if worth.k else []
    opened = {site: programme.column(0.0, whole=True) for site in free}
    if free:
        programme.row(list(opened.values()), [1.0] * len(opened), worth.k, worth.k)
    of_site: dict[int, list[tuple[int, float]]] = {}
    priced: dict[int, int] = {}
    pairs: list[tuple[int, int]] = []
    for atom, (gains, weight) in enumerate(zip(worth.gains, worth.weights, strict=True)):
        own = []
        for site in np.flatnonzero(gains > 0).tolist():
            if not (worth.always[site] or site in opened):
                continue
            way = programme.column(-weight * float(gains[site]))
            own.append(way)
            pairs.append((atom, site))
            of_site.setdefault(site, []).append((way, weight))
            if site in opened:
                programme.row([way, opened[site]], [1.0, -1.0], -np.inf, 0.0)
        if own:
            priced[atom] = len(programme.lower)
            programme.row(own, [1.0] * len(own), -np.inf, 1.0)
    _limit_rooms(programme, worth.room, of_site, opened)
    if not programme.cost:
        return Solved((), 0.0, True, np.zeros_like(worth.gains), np.zeros(len(worth.weights)))
    start = [float(site in set(known)) for site in free]
    found = _run(programme, gap, seconds, start)
    shares = np.zeros_like(worth.gains)
    if pairs:
        rows, columns_of = np.array(pairs).T
        shares[rows, columns_of] = found.values[len(opened) :]
    prices = np.zeros(len(worth.weights))
    if not free:
        at = list(priced)
        prices[at] = np.maximum(0.0, -found.duals[list(priced.values())] / worth.weights[at])
    chosen = tuple(site for site in free if found.values[opened[site]] > 0.5)
    return Solved(chosen, -found.bound, found.proven, shares, prices)


def _limit_rooms(
    programme: _Programme, room: Numbers, of_site: dict[int, list[tuple[int, float]]], opened: dict[int, int]
) -> None:
    """Add a row for each site: no more children than it has room for, none where it is not chosen."""
    for site, ways in of_site.items():
        columns, values = [way for way, _ in ways], [weight for _, weight in ways]
        if site in opened:
            programme.row([*columns, opened[site]], [*values, -float(room[site])], -np.inf, 0.0)
        else:
            programme.row(columns, values, -np.inf, float(room[site]))


@dataclass(frozen=True)
class _Found:
    values: Numbers
    duals: Numbers
    bound: float
    proven: bool


def _run(programme: _Programme, gap: float, seconds: float, start: Sequence[float]) -> _Found:
    """Return the best values found (none chosen where there are none) and the bound from below."""
    import highspy  # noqa: PLC0415 - only when sites are chosen

    solver = highspy.Highs()
    options: dict[str, Any] = {
        "output_flag": False,
        "threads": 1,
        "random_seed": 0,
        "time_limit": seconds,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": max(gap, CLOSE_ENOUGH),
    }
    for option, value in options.items():
        solver.setOptionValue(option, value)
    solver.passModel(_written(programme))
    if start:
        sites = np.arange(len(start), dtype=np.int32)
        solver.setSolution(len(start), sites, np.array(start))
    solver.run()
    info = solver.getInfo()
    proven = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return _Found(np.zeros(len(programme.cost)), np.zeros(len(programme.lower)), float(info.mip_dual_bound), False)
    bound = info.mip_dual_bound if any(programme.whole) else info.objective_function_value
    solution = solver.getSolution()
    return _Found(np.array(solution.col_value), np.array(solution.row_dual), float(bound), proven)


def _written(programme: _Programme) -> Any:
    import highspy  # noqa: PLC0415

    written = highspy.HighsLp()
    written.num_col_, written.num_row_ = len(programme.cost), len(programme.lower)
    written.col_cost_ = np.array(programme.cost)
    written.col_lower_, written.col_upper_ = np.zeros(len(programme.cost)), np.ones(len(programme.cost))
    written.row_lower_, written.row_upper_ = np.array(programme.lower), np.array(programme.upper)
    written.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    written.a_matrix_.start_ = np.array(programme.starts, dtype=np.int32)
    written.a_matrix_.index_ = np.array(programme.columns, dtype=np.int32)
    written.a_matrix_.value_ = np.array(programme.values, dtype=float)
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    written.integrality_ = [kinds[whole] for whole in programme.whole]
    return written
