"""The expected path of plans, without chance: fast, so that a scenario can be redrawn while one waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from layers.sufficiency.core import GAP_PROVISIONS, NCYS, PHASE_KEYS, PHASE_OF_NCY, PROVISIONS, Means
from layers.sufficiency.rates import Rates, ncy_within_phase

NATURAL_POINTS = (0, 7, 12)
"""National curriculum years in which all children change or begin school: Reception, Year 7 and Year 12."""

MAINSTREAM = PROVISIONS.index("mainstream")
SPECIALIST = tuple(PROVISIONS.index(key) for key in GAP_PROVISIONS)
ELSEWHERE = tuple(place for place in range(len(PROVISIONS)) if place not in SPECIALIST)


@dataclass(frozen=True)
class RateChanges:
    """What a scenario changes in the rates. As made without arguments it changes nothing.

    Attributes
    ----------
    new_plans_factor : mapping of int to float
        January census -> what new plans are multiplied with from that one on, until the next in the mapping. A reform
        that halves new plans from the census of 2028: {2028: 0.5}.
    diversion : mapping of str to float
        "special", "base" or "independent" -> share, 0 to 1, of those who would enter it at a natural point of
        transition (Reception, Year 7, Year 12), with a new plan or from other provision, that goes to mainstream.
    diversion_from : int or None
        First January census that shows it; None is the first forecast.
    retention : float
        Share, 0 to 1, of moves from mainstream to special, base or independent at all other times that do not happen.
    retention_from : int or None
        First January census that shows it.
    """

    new_plans_factor: Mapping[int, float] = field(default_factory=dict)
    diversion: Mapping[str, float] = field(default_factory=dict)
    diversion_from: int | None = None
    retention: float = 0.0
    retention_from: int | None = None

    def __post_init__(self) -> None:
        """Refuse what is no share.

        Raises
        ------
        ValueError
            Naming what is wrong.
        """
        shares = [*self.diversion.values(), self.retention]
        if any(not 0 <= share <= 1 for share in shares) or any(one < 0 for one in self.new_plans_factor.values()):
            raise ValueError("Diversion and retention are shares from 0 to 1, and new plans are never below none.")
        if wrong := sorted(set(self.diversion) - set(GAP_PROVISIONS)):
            raise ValueError(f"Nobody is diverted from: {', '.join(wrong)}. Choose of {', '.join(GAP_PROVISIONS)}.")

    def factor(self, year: int) -> float:
        """Return what the new plans that a January census shows for the first time are multiplied with."""
        begun = [first for first in self.new_plans_factor if first <= year]
        return self.new_plans_factor[max(begun)] if begun else 1.0


def mean_path(rates: Rates, start_stock: Means, years: int, changes: RateChanges | None = None) -> Means:
    r"""Return the expected plans in each January.

    .. math::

        E_{t+1}(n, s) = \sum_p T_{n,p \to s} \, (1 - h_{n,p}) \, E_t(n - 1, p) + \text{new}_{t+1}(n, s)
            + \text{joined}_{t+1}(n, s)

    for each area and need: the cohort-component method (Preston, Heuveline and Guillot, "Demography", 2001, chapter 6)
    with kinds of provision as its states.

    Parameters
    ----------
    rates : Rates
        From `layers.sufficiency.rates`.
    start_stock : Means
        [area, NCY, need, provision]: plans in the base year.
    years : int
        How many to go ahead.
    changes : RateChanges, optional
        What a scenario changes.

    Returns
    -------
    Means
        [year, area, NCY, need, provision]; the first year is `start_stock`.
    """
    changes = changes or RateChanges()
    stays = 1 - rates.ceasing.hazard[:, :, None, :]
    totals = rates.starting.totals(years)
    path = np.zeros((years + 1, *start_stock.shape))
    path[0] = start_stock
    for step in range(years):
        year = rates.base_year + step + 1
        kept = np.zeros_like(path[0])
        kept[:, 1:] = path[step][:, :-1]
        kept *= stays
        started = rates.starting.shares * (totals[step] * changes.factor(year))
        matrices, started = _changed(rates.moves, started, changes, year)
        path[step + 1] = _moved(kept, matrices) + started + rates.joining(step)
    return path


def _moved(plans: Means, matrices: Means) -> Means:
    """Return [area, NCY, need, provision] after the moves [NCY, need, from, to]."""
    return np.asarray((plans[..., None, :] @ matrices)[..., 0, :])


def _changed(matrices: Means, started: Means, changes: RateChanges, year: int) -> tuple[Means, Means]:
    """Return the moves and the new plans of a year with what a scenario diverts or retains."""
    natural = np.isin(NCYS, NATURAL_POINTS)
    since = changes.diversion_from
    if changes.diversion and (since is None or year >= since):
        share = np.array([changes.diversion.get(key, 0.0) for key in GAP_PROVISIONS])
        matrices = _redirected(matrices, natural, ELSEWHERE, share)
        started = started.copy()
        for ncy in np.flatnonzero(natural):
            diverted = started[:, ncy][..., SPECIALIST] * share
            started[:, ncy, :, SPECIALIST] -= np.moveaxis(diverted, -1, 0)
            started[:, ncy, :, MAINSTREAM] += diverted.sum(axis=-1)
    since = changes.retention_from
    if changes.retention and (since is None or year >= since):
        share = np.full(len(SPECIALIST), changes.retention)
        matrices = _redirected(matrices, ~natural, (MAINSTREAM,), share)
    return matrices, started


def _redirected(matrices: Means, years: npt.NDArray[np.bool_], sources: Sequence[int], share: Means) -> Means:
    """Return the matrices where a share of the moves from some sources into specialist provision ends in mainstream."""
    changed = matrices.copy()
    for source in sources:
        for target, kept_back in zip(SPECIALIST, share, strict=True):
            moved = matrices[years, :, source, target] * kept_back
            changed[years, :, source, target] -= moved
            changed[years, :, source, MAINSTREAM] += moved
    return changed


def survival(rates: Rates, years: int) -> Means:
    r"""Return the expected share of the base year's plans that is still in the same provision in later years.

    .. math:: s_k(n, p) = \prod_{j=1}^{k} (1 - h_{n+j,p}) \, T_{n+j,p \to p}

    averaged over the curriculum years of a phase as the county's plans are spread over them in the base year.

    Returns
    -------
    Means
        [year, area, phase in the base year, phase in that year, need, provision]; in the first year 1 where the two
        phases are the same.
    """
    own = np.diagonal(rates.moves, axis1=-2, axis2=-1)
    goes_on = (1 - rates.ceasing.hazard[:, :, None, :]) * own
    spread = ncy_within_phase(rates.stock)
    areas, ncys = goes_on.shape[:2]
    shares = np.zeros((years + 1, areas, len(PHASE_KEYS), len(PHASE_KEYS), *goes_on.shape[2:]))
    for then in range(len(PHASE_KEYS)):
        plans = np.where(np.equal(PHASE_OF_NCY, then)[:, None, None], spread, 0.0)
        plans = np.broadcast_to(plans, goes_on.shape).copy()
        for year in range(years + 1):
            if year:
                older = np.zeros_like(plans)
                older[:, 1:] = plans[:, : ncys - 1]
                plans = older * goes_on
            for now in range(len(PHASE_KEYS)):
                shares[year, :, then, now] = plans[:, np.flatnonzero(np.equal(PHASE_OF_NCY, now))].sum(axis=1)
    return shares


def stays_path(surviving: Means, placed: Means, area: int) -> Means:
    """Return how many of the plans placed today are expected to be where they are in later years.

    Parameters
    ----------
    surviving : Means
        From `survival`.
    placed : Means
        [phase, need, provision]: plans placed in the base year.
    area : int
        Place of the area of their homes on the axis of areas.

    Returns
    -------
    Means
        [year, phase in that year, need, provision].
    """
    return np.asarray(np.einsum("ytfnp,tnp->yfnp", surviving[:, area], placed))
