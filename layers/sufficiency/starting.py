"""How many plans start in a year, and where: overdispersed counts on residents, with growth that dies away."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layers.sufficiency.ceasing import GROUP_OF_NCY, GROUPS_FROM, excess_variance, recency
from layers.sufficiency.core import (
    BROAD_OF_NEEDS,
    NCYS,
    PROVISIONS,
    History,
    Means,
    by_broad_area,
)
from layers.sufficiency.moves import RECENT

DAMPING = 0.85
"""Growth of the rate in a year over that of the year before: a trend that is damped (Gardner and McKenzie, "Forecasting
trends in time series", Management Science 31, 1985). They let it be estimated; six years are too few, so it is assumed,
within the 0.8 to 0.98 that Hyndman and Athanasopoulos recommend ("Forecasting: principles and practice", 2021, 8.2)."""

USUAL_GROWTH, GROWTH_SPREAD = 0.07, 0.05
"""Mean and standard deviation of the yearly growth of new plans before any year of the council's is seen, as
logarithms. New plans in England rose from 53,899 in 2019 to 62,180 in 2021 and 66,706 in 2022, by 0.07 a year, and to
97,747 in 2024, by 0.12 a year (Department for Education, SEN2, 2025 release): the lower of the two. The spread between
councils is assumed."""

USUAL_NOISE, NOISE_YEARS = 0.12, 2.0
"""Standard deviation of a year around its trend before any is seen, and the weight of that in years. Assumed."""

LIKE_OTHERS = 20.0
"""Plans of its broad area that the mix of provision of a need starts with. Assumed."""

LIKE_COUNTY = 500.0
"""Plans of the county that an area's mix of age and need starts with. Assumed."""


@dataclass(frozen=True)
class Starting:
    """New plans still maintained at the census after their start.

    Attributes
    ----------
    level : Means
        Mean of (logarithm of a year's new plans at the newest step, its yearly growth then).
    covariance : Means
        Their two by two covariance.
    variance : float
        Of the county's yearly factor, of mean 1.
    area_variance : float
        Of a factor of each area and year, of mean 1.
    shares : Means
        [area, NCY, need, provision]: how a year's new plans are shared out; adds up to 1.
    rests_on : float
        New plans that the shares rest on, older years counting less.
    """

    level: Means
    covariance: Means
    variance: float
    area_variance: float
    shares: Means
    rests_on: float

    def totals(self, years: int) -> Means:
        """Return the expected new plans of each of the next years: means of the log-normal forecast."""
        at = trend(years)
        logs = at @ self.level
        return np.asarray(np.exp(logs + 0.5 * np.einsum("yi,ij,yj->y", at, self.covariance, at)))


def trend(years: int) -> Means:
    """Return what level and growth are multiplied with in each of the next years: 1, and the damped years."""
    damped = np.cumsum(DAMPING ** np.arange(1, years + 1))
    return np.stack([np.ones(years), damped], axis=1)


def starting(found: History, residents: Means) -> Starting:
    r"""Estimate new plans: a damped trend of the rate, and their shares by area, curriculum year, need and provision.

    The residents are held constant, so the rate on them grows as the count does:

    .. math::

        \log n_t = a + b (t - T) + e_t, \quad e_t \sim N(0, s^2), \quad b \sim N(g, \tau^2), \qquad
        \log n_{T+h} = a + b (\phi + \dots + \phi^h)

    a Bayesian regression (Gelman and others, "Bayesian data analysis", 2013, 14.8) with :math:`g` and
    :math:`\tau` of `USUAL_GROWTH` and `GROWTH_SPREAD`: the growth is drawn towards that of England, the more the fewer
    years there are.

    Parameters
    ----------
    found : History
        With a transition or more.
    residents : Means
        [area]: aged 0 to 25; 0 where an area has none.
    """
    counts = found.new.sum(axis=(1, 2, 3, 4), dtype=np.float64)
    level, covariance, noise = _trend_of(np.log(np.maximum(counts, 0.5)))
    weights = recency(counts.size)
    recent = np.tensordot(weights, found.new.astype(np.float64), axes=1)
    area = _area_shares(recent.sum(axis=(1, 2, 3)), residents)
    by_area = found.new.sum(axis=(2, 3, 4), dtype=np.float64)
    spread = excess_variance(by_area[:, area > 0], np.outer(counts, area)[:, area > 0])
    newest = found.new[-RECENT:].astype(np.float64).sum(axis=0)
    shares = area[:, None, None, None] * _within(recent, newest)
    chance = float(1 / np.maximum(counts, 1).mean())
    return Starting(level, covariance, max(noise - chance, 0.0), spread, shares, float(recent.sum()) + LIKE_OTHERS)


def _trend_of(logs: Means) -> tuple[Means, Means, float]:
    """Return level and growth at the newest year, their covariance, and the variance of a year around them."""
    size = logs.size
    design = np.stack([np.ones(size), np.arange(size) - (size - 1.0)], axis=1)
    prior = np.diag([0.0, GROWTH_SPREAD**-2])
    known = prior @ np.array([0.0, USUAL_GROWTH])
    noise = USUAL_NOISE**2
    covariance = np.linalg.inv(design.T @ design / noise + prior)
    for _ in range(20):  # the noise and the growth it is measured around settle within a few rounds
        mean = covariance @ (design.T @ logs / noise + known)
        squares = float(((logs - design @ mean) ** 2).sum())
        free = max(size - 2.0, 0.0)
        noise = (squares + NOISE_YEARS * USUAL_NOISE**2) / (free + NOISE_YEARS)
        covariance = np.linalg.inv(design.T @ design / noise + prior)
    return np.asarray(covariance @ (design.T @ logs / noise + known)), np.asarray(covariance), noise


def _area_shares(counts: Means, residents: Means) -> Means:
    r"""Return the share of each area: its rate on residents drawn towards the county's, times its residents.

    Marshall's weight (1991): :math:`w_i = A / (A + m / r_i)` with :math:`A = s^2 - m / \bar r` floored at 0. Where an
    area has no residents (address unknown, outside), its count stands.
    """
    here = residents > 0
    people, plans = residents[here], counts[here]
    found = counts.copy()
    if here.any() and plans.sum() > 0:
        common = plans.sum() / people.sum()
        rates = plans / people
        spread = float((people * (rates - common) ** 2).sum() / people.sum())
        between = max(spread - common / float(people.mean()), 0.0)
        weight = between / (between + common / people)
        smooth = common + weight * (rates - common)
        found[here] = smooth * people / (smooth * people).sum() * plans.sum()
    total = found.sum()
    return np.asarray(found / total) if total > 0 else np.full(counts.shape, 1 / counts.size)


def _within(recent: Means, newest: Means) -> Means:
    """Return the county's mix of new plans within an area, [1 or area, NCY, need, provision], adding up to 1 for each.

    Curriculum year and need as in the recent years, an area's own drawn towards the county's; provision by group of
    years and need as in the newest, drawn towards that of the broad area.
    """
    county = recent.sum(axis=0)
    ages = county.sum(axis=2)
    common = ages / ages.sum() if ages.sum() > 0 else np.full(ages.shape, 1 / ages.size)
    own = recent.sum(axis=3)
    mix = (own + LIKE_COUNTY * common) / (own.sum(axis=(1, 2), keepdims=True) + LIKE_COUNTY)
    return np.asarray(mix[..., None] * _provision(newest.sum(axis=0), county)[None])


def _provision(newest: Means, recent: Means) -> Means:
    """Return the shares of provision by curriculum year and need, [NCY, need, provision]."""
    starts = np.searchsorted(NCYS, GROUPS_FROM)
    whole = recent.sum(axis=(0, 1)) + 1 / len(PROVISIONS)
    by_need = np.add.reduceat(newest, starts, axis=0)
    by_broad = np.add.reduceat(by_broad_area(newest), starts, axis=0)
    by_years = by_broad.sum(axis=1)
    years = _drawn(by_years, whole / whole.sum())
    broad = _drawn(by_broad, years[:, None, :])
    need = _drawn(by_need, broad[:, BROAD_OF_NEEDS])
    return need[GROUP_OF_NCY]


def _drawn(counts: Means, towards: Means) -> Means:
    total = counts.sum(axis=-1, keepdims=True)
    return np.asarray((counts + LIKE_OTHERS * towards) / (total + LIKE_OTHERS))
