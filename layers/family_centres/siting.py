"""Where the next centres go: existing sites stay, k of the candidates are added, proven as far as the solver comes.

Two questions. "median": the smallest mean journey to the nearest open site (the p-median; Hakimi, 1964). "cover": as
many children as possible within a limit (maximal covering; Church and ReVelle, 1974). With room at every site the
children of a small area can be split among sites.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from geodata.errors import InputError, UsageError
from layers.family_centres.core import FAR_MINUTES
from layers.family_centres.greedy import greedy, interchange, worth_of
from layers.family_centres.reduction import Worth, relaxed
from layers.family_centres.siting_equals import alike, nearest_of_equals
from layers.family_centres.siting_programme import CLOSE_ENOUGH, by_radius
from layers.family_centres.siting_room import choose, served

Numbers = npt.NDArray[np.float64]
Objective = Literal["median", "cover"]
Status = Literal["optimal", "within_gap", "time_limit"]

UNREACHED_MINUTES = 24 * 60.0
"""Stands for a journey that cannot be made, where others from the same place can: a whole day."""

OPTIMAL_GAP = 1e-5
"""Share of the objective under which two answers are the same to a reader."""


@dataclass(frozen=True)
class Question:
    """What is to be chosen.

    Attributes
    ----------
    demand : Numbers
        [atom]: children, not negative.
    minutes : Numbers
        [atom, site], not negative; an atom from which no site can be reached is left out.
    fixed, candidates : tuple of int
        Columns of sites that are open whatever is chosen, and of those that can be added.
    k : int
        Candidates to add.
    objective : str
        "median" or "cover".
    limit_minutes : float
        Of covering.
    capacity : Numbers or None
        [site]: children it has room for; None for no limit.
    """

    demand: Numbers
    minutes: Numbers
    fixed: tuple[int, ...]
    candidates: tuple[int, ...]
    k: int
    objective: Objective = "median"
    limit_minutes: float = FAR_MINUTES
    capacity: Numbers | None = None


@dataclass(frozen=True)
class Effort:
    """How hard to try.

    Attributes
    ----------
    gap : float
        Share of the objective within which an answer counts as solved. Where room is limited the search stops there;
        where it is not, the best is found so quickly that it goes on to the end.
    seconds : float
        After which the best found is given, with what is proven of it.
    """

    gap: float = 0.0
    seconds: float = 25.0


@dataclass(frozen=True)
class Siting:
    """The sites chosen.

    Attributes
    ----------
    chosen : tuple of int
        Columns, ascending.
    objective : float
        Mean minutes for a child (where room is short, a child without a place counts one minute more than the longest
        journey), or children covered.
    bound : float
        No choice has a smaller mean, or covers more.
    gap : float
        |objective - bound| / objective; 0 where both are nothing.
    status : Status
        Proven best; proven within the gap asked for; best found in the time.
    assignment : Numbers
        [atom, site]: share of its children who go there: to the nearest open site, or where there is room. A row of
        zeros for an atom left out, or not within the limit of covering where room is limited.
    unserved : float
        Children whom no open site has room for (of covering: of those within the limit of one); 0 where room is without
        limit.
    beyond : float
        Of covering: children with no open site within the limit, those left out among them; 0 of the median.
    equals : tuple of int
        Where one site is chosen and room is without limit: columns of the other candidates that do exactly as well.
    nearest : bool
        Of covering, room without limit: whether no choice that covers as many has a shorter mean journey; False where
        the time was up before that was proven.
    """

    chosen: tuple[int, ...]
    objective: float
    bound: float
    gap: float
    status: Status
    assignment: Numbers
    unserved: float
    beyond: float = 0.0
    equals: tuple[int, ...] = ()
    nearest: bool = True


def site(question: Question, effort: Effort | None = None) -> Siting:
    """Choose the sites.

    Parameters
    ----------
    question : Question
        What is to be chosen.
    effort : Effort, optional
        How hard to try.

    Raises
    ------
    UsageError
        For more sites than candidates, or none open at all.
    InputError
        For demand or minutes that are negative or not numbers, a site that is named twice, or nobody to serve.
    """
    check(question)
    trial = _Trial(question)
    return trial.answer(effort or Effort())


def check(question: Question) -> None:
    """Raise an error for a question that makes no sense; see `site`."""
    demand, minutes, sites = question.demand, question.minutes, (*question.fixed, *question.candidates)
    if minutes.shape[0] != demand.size:
        raise InputError(f"{demand.size} areas have children and {minutes.shape[0]} have journeys: give one row each.")
    if np.isnan(minutes).any() or (minutes < 0).any() or not np.isfinite(demand).all() or (demand < 0).any():
        raise InputError("Children and minutes are numbers that are not negative.")
    if len(set(sites)) < len(sites):
        twice = sorted({one for one in sites if sites.count(one) > 1})
        raise InputError(f"Sites {', '.join(map(str, twice))} are named twice: existing or candidate, each once.")
    if not 0 <= question.k <= len(question.candidates):
        raise UsageError(f"{question.k} sites cannot be added: there are {len(question.candidates)} candidates.")
    if not question.fixed and not question.k:
        raise UsageError("No site would be open. Keep one, or add at least one.")


@dataclass
class _Trial:
    """A question made ready: atoms with children who can get anywhere, costs per child, and gains beside the worst."""

    question: Question
    rows: npt.NDArray[np.intp] = field(init=False)
    weights: Numbers = field(init=False)
    minutes: Numbers = field(init=False)
    sites: tuple[int, ...] = field(init=False)
    worst: float = field(init=False)
    gains: Numbers = field(init=False)
    room: Numbers | None = field(init=False)

    def __post_init__(self) -> None:
        asked = self.question
        self.sites = (*asked.fixed, *asked.candidates)
        minutes = asked.minutes[:, list(self.sites)]
        self.rows = np.flatnonzero((asked.demand > 0) & np.isfinite(minutes).any(axis=1))
        if not self.rows.size:
            raise InputError("No children live where a site can be reached: load a population with the ages served.")
        self.minutes = np.where(np.isfinite(minutes), minutes, UNREACHED_MINUTES)[self.rows]
        self.weights = asked.demand[self.rows] / asked.demand[self.rows].sum()
        if asked.objective == "cover":
            self.worst = 1.0
            self.gains = (self.minutes <= asked.limit_minutes).astype(float)
        else:
            # Of all columns, so that questions about the same sites have the same measure.
            reached = asked.minutes[self.rows]
            self.worst = max(float(reached[np.isfinite(reached)].max()), float(self.minutes.max())) + 1.0
            self.gains = self.worst - self.minutes
        whole = asked.demand[self.rows].sum()
        self.room = None if asked.capacity is None else asked.capacity[list(self.sites)] / whole

    def answer(self, effort: Effort) -> Siting:
        """Solve it, in columns of candidates 0 ... from the first after the fixed ones."""
        asked, start_at = self.question, len(self.question.fixed)
        until = time.monotonic() + effort.seconds
        there = self.gains[:, :start_at].max(axis=1, initial=0.0)
        beside = np.maximum(0.0, self.gains[:, start_at:] - there[:, None])
        picked = interchange(beside, self.weights, greedy(beside, self.weights, asked.k))
        picked, bound, proven = (
            self._with_room(picked, effort) if self.room is not None else self._without(beside, there, picked, effort)
        )
        if self.room is not None or not picked:
            return self._given(picked, bound, proven, effort)
        if asked.objective == "median":
            return self._given(picked, bound, proven, effort, self._equals(picked, beside))
        savings = self._savings()
        found = nearest_of_equals(beside, savings, self.weights, picked, max(0.0, until - time.monotonic()))
        siting = self._given(found.chosen, bound, proven, effort, self._equals(found.chosen, beside, savings))
        return replace(siting, nearest=found.proven)

    def _without(
        self, beside: Numbers, there: Numbers, picked: tuple[int, ...], effort: Effort
    ) -> tuple[tuple[int, ...], float, bool]:
        """Solve it where room has no limit: what counts is what a site adds to those there already."""
        already, value = float(self.weights @ there), worth_of(beside, self.weights, picked)
        if not self.question.k or not beside.size:
            return picked, already + value, True
        everyone = Worth(beside, self.weights, np.zeros(beside.shape[1], dtype=bool), self.question.k)
        proof = relaxed(everyone, picked, value)
        if proof.bound - value <= CLOSE_ENOUGH:
            return picked, already + proof.bound, True
        left = np.flatnonzero(~proof.hopeless)
        few = Worth(beside[:, left], self.weights, everyone.always[left], self.question.k)
        found = by_radius(few, [int(np.searchsorted(left, one)) for one in picked], effort.seconds)
        chosen = tuple(int(left[one]) for one in found.chosen)
        if chosen and worth_of(beside, self.weights, chosen) > value:
            picked, value = chosen, worth_of(beside, self.weights, chosen)
        # Whoever was left out of the programme cannot be part of anything better than what was known.
        return picked, already + max(value, min(found.bound, proof.bound)), found.proven

    def _with_room(self, picked: tuple[int, ...], effort: Effort) -> tuple[tuple[int, ...], float, bool]:
        """Solve it where room is limited; the best of the start and of what the solver finds."""
        start_at = len(self.question.fixed)
        columns = tuple(start_at + one for one in picked)
        value = self._value(self._shares(columns))
        if not self.question.k:
            return picked, value, True
        found = choose(
            self._worth(self.question.k), columns, lambda gain: self._absolute(effort.gap, gain), effort.seconds
        )
        return tuple(one - start_at for one in found.columns), found.bound, found.proven

    def _worth(self, k: int) -> Worth:
        always = np.arange(len(self.sites)) < len(self.question.fixed)
        return Worth(self.gains, self.weights, always, k, self.room)

    def _savings(self) -> Numbers:
        """Return [atom with children, candidate]: minutes saved beside the fixed sites, or the longest way and one."""
        longest, start_at = float(self.minutes.max()) + 1.0, len(self.question.fixed)
        there = self.minutes[:, :start_at].min(axis=1, initial=longest)
        return np.asarray(np.maximum(0.0, there[:, None] - self.minutes[:, start_at:]))

    def _equals(self, picked: tuple[int, ...], *gains: Numbers) -> tuple[int, ...]:
        """Return the columns of candidates that do exactly as well as the one chosen."""
        if len(picked) != 1:
            return ()
        found = alike(picked[0], *(self.weights @ gain for gain in gains))
        return tuple(self.question.candidates[one] for one in found)

    def _absolute(self, gap: float, gain: float) -> float:
        """Return a gap that was asked for as a share of the objective in its own unit per child."""
        return gap * (gain if self.question.objective == "cover" else self.worst - gain)

    def _value(self, shares: Numbers) -> float:
        return float(self.weights @ (self.gains * shares).sum(axis=1))

    def _shares(self, columns: tuple[int, ...] | list[int]) -> Numbers:
        """Return [atom with children, site]: who goes where when the fixed sites and these are open."""
        if self.room is not None:
            return served(self._worth(0), columns).shares
        opened = np.arange(len(self.sites)) < len(self.question.fixed)
        opened[list(columns)] = True
        shares = np.zeros_like(self.minutes)
        nearest = np.where(opened, self.minutes, np.inf).argmin(axis=1)
        shares[np.arange(len(shares)), nearest] = 1.0
        return shares

    def _given(
        self, picked: tuple[int, ...], bound: float, proven: bool, effort: Effort, equals: tuple[int, ...] = ()
    ) -> Siting:
        asked, start_at = self.question, len(self.question.fixed)
        shares = self._shares([start_at + one for one in picked])
        gain, children = self._value(shares), float(asked.demand[self.rows].sum())
        covering = asked.objective == "cover"
        objective = gain * children if covering else self.worst - gain
        best = bound * children if covering else self.worst - bound
        best = max(objective, best) if covering else min(objective, best)
        gap = abs(objective - best) / objective if objective else float(best > 0)
        assignment = np.zeros_like(asked.minutes)
        assignment[np.ix_(self.rows, np.array(self.sites, dtype=np.intp))] = shares
        chosen = tuple(sorted(asked.candidates[one] for one in picked))
        within = self._within((*asked.fixed, *chosen)) if covering else children
        placed = float(self.weights @ shares.sum(axis=1)) * children
        return Siting(
            chosen=chosen,
            objective=objective,
            bound=best,
            gap=gap,
            status=self._status(gap, proven, effort),
            assignment=assignment,
            unserved=max(0.0, within - placed) if asked.capacity is not None else 0.0,
            beyond=max(0.0, float(asked.demand.sum()) - within) if covering else 0.0,
            equals=equals,
        )

    def _within(self, opened: tuple[int, ...]) -> float:
        """Return the children with one of these sites within the limit of covering."""
        asked = self.question
        near = (asked.minutes[:, list(opened)] <= asked.limit_minutes).any(axis=1)
        return float(asked.demand[near].sum())

    def _status(self, gap: float, proven: bool, effort: Effort) -> Status:
        if gap <= OPTIMAL_GAP or (proven and self.room is None):
            return "optimal"
        return "within_gap" if gap <= effort.gap else "time_limit"
