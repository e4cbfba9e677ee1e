"""How plans move between kinds of provision as children grow, estimated from one extract.

An extract has one provision for each plan, the one of today, so nobody is seen to move. What is seen is the mix of
provision of each curriculum year; the moves are the fewest that turn the mix of one year into that of the next.
"""

from __future__ import annotations

import numpy as np

from layers.sufficiency.core import BROAD_KEYS, BROAD_OF_NEEDS, NCYS, PROVISIONS, History, Means, by_broad_area

STEPS_FROM = (-4, 1, 7, 8, 11, 12, 13, 14, 15, 16)
"""First curriculum year moved into of each kind of step: into early years and Reception, within primary, to Year 7,
within secondary, to Year 11, in which children turn 16 and may be at a college, to Year 12, to 13, to 14, out of the
last year that schools teach (15), and later. What is not one year is pooled by phase."""

STEP_OF_NCY = np.searchsorted(STEPS_FROM, NCYS, side="right") - 1
"""Place of the kind of step that leads into each of `NCYS`."""

RECENT = 2
"""Newest years whose new plans tell in which provision plans start: today's record is nearest to their first."""

FEWEST = 1.0
"""Plans on each side below which a mix says nothing."""

CERTAIN = 5.0
"""Where so many plans would be expected in a kind of provision and none is there, all left it: by chance it would be
empty less than once in a hundred times."""


def smallest_movement(before: Means, after: Means) -> Means:
    r"""Return the transition matrix that turns one mix into another and moves as few as it can.

    .. math::

        T_{pp} = \frac{\min(q_p, r_p)}{q_p}, \qquad
        T_{ps} = \frac{(q_p - r_p)^+}{q_p} \cdot \frac{(r_s - q_s)^+}{\sum_u (r_u - q_u)^+} \quad (s \ne p)

    This is the maximal coupling of the two mixes (Levin, Peres and Wilmer, "Markov chains and mixing times", 2009,
    section 4.2): the share moved is their total variation distance, and no matrix moves less.

    Parameters
    ----------
    before, after : Means
        [provision]: shares that add up to 1.

    Returns
    -------
    Means
        [from, to]; rows add up to 1, and a row nobody is in stays.
    """
    matrix = np.eye(len(before))
    surplus, room = np.maximum(before - after, 0), np.maximum(after - before, 0)
    if room.sum() <= 0:
        return matrix
    share = np.divide(surplus, before, out=np.zeros_like(before), where=before > 0)
    return np.asarray(np.diag(1 - share) + np.outer(share, room / room.sum()))


def signal(before: Means, after: Means, plans: tuple[float, float]) -> float:
    r"""Return how much of the difference between two observed mixes is more than chance, 0 to 1.

    .. math:: 1 - \frac{k - 1}{X^2}, \qquad X^2 = \frac{\sum_p (q_p - r_p)^2 / \bar q_p}{1 / n_1 + 1 / n_2}

    the positive part of the empirical Bayes estimate of James and Stein (Efron and Morris, "Data analysis using Stein's
    estimator and its generalizations", Journal of the American Statistical Association 70, 1975), with Pearson's
    statistic of k kinds on :math:`n_1` and :math:`n_2` plans.
    """
    first, second = plans
    pooled = (before * first + after * second) / (first + second)
    used = pooled > 0
    statistic = float(((before - after)[used] ** 2 / pooled[used]).sum() / (1 / first + 1 / second))
    return max(0.0, 1 - (int(used.sum()) - 1) / statistic) if statistic > 0 else 0.0


def moves(found: History, hazard: Means) -> tuple[Means, Means]:
    """Estimate the yearly moves between kinds of provision at the newest census.

    For each kind of step and broad area of need: those who were a year younger, less the share that ends, and the new
    plans of a year together must have the mix of those who are there; where that asks for less than nobody, nobody. The
    difference is taken by `signal`.

    Parameters
    ----------
    found : History
        Its newest census has the provision of today.
    hazard : Means
        [area, NCY, provision], of `ceasing.Ceasing`.

    Returns
    -------
    matrices : Means
        [NCY, need, from, to]: shares of the plans that are kept, by the curriculum year at the later census. Observed
        moves of persons can stand in their place.
    moved : Means
        [NCY]: plans that moved in a kind of step, county-wide; what its estimate rests on.
    """
    stock = by_broad_area(found.stock[-1]).astype(np.float64)
    stays = np.zeros_like(stock)
    stays[:, 1:] = stock[:, :-1] * (1 - hazard[:, 1:, None, :])
    newest = found.new[-RECENT:]
    started = by_broad_area(newest.sum(axis=0, dtype=np.float64)).astype(np.float64) / max(1, len(newest))
    county = [plans.sum(axis=0) for plans in (stays, started, stock)]
    matrices = np.zeros((len(NCYS), len(BROAD_KEYS), len(PROVISIONS), len(PROVISIONS)))
    moved = np.zeros(len(NCYS))
    for step in range(len(STEPS_FROM)):
        years = np.flatnonzero(step == STEP_OF_NCY)
        before, joined, after = (plans[years].sum(axis=0) for plans in county)
        for broad in range(len(BROAD_KEYS)):
            matrix, moving = _of_step(before[broad], joined[broad], after[broad], years.size)
            matrices[years, broad] = matrix
            moved[years] += moving
    return matrices[:, BROAD_OF_NEEDS], moved


def _of_step(before: Means, joined: Means, after: Means, years: int) -> tuple[Means, float]:
    """Return the matrix of one kind of step and the plans that move in it."""
    kept, there = before.sum(), after.sum()
    if kept < FEWEST or there < FEWEST:
        return np.eye(len(before)), 0.0
    mix, expected, seen = before / kept, before + joined, after / there
    wanted = np.maximum(seen * expected.sum() - joined, 0)
    if wanted.sum() <= 0:
        return np.eye(len(before)), 0.0
    # Years in the middle of a pooled step stand on both sides and cancel: what is left is years times as sure.
    share = signal(expected / expected.sum(), seen, (expected.sum() * years, there * years))
    target = mix + share * (wanted / wanted.sum() - mix)
    target[(after == 0) & (expected >= CERTAIN)] = 0
    target /= target.sum()
    return smallest_movement(mix, target), float(kept * np.maximum(target - mix, 0).sum())
