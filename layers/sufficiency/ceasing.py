"""How many plans end in a year: hazards by area, curriculum year and provision, drawn towards the county."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layers.sufficiency.core import NCYS, PROVISIONS, Counts, History, Means

GROUPS_FROM = (-4, 1, 7, 8, 12, 13, 14, 15, 16, 17, 19)
"""First national curriculum year of each group of years that share a hazard: phases, and each year apart in which a
phase or school itself ends. The year is the one at the later census."""

GROUP_OF_NCY = np.searchsorted(GROUPS_FROM, NCYS, side="right") - 1
"""Place of the group of each of `NCYS`."""

MEMORY = 0.6
"""Weight of a step from one January to the next over that of the step after it. Assumed."""

PRIOR_PLANS = 20.0
"""Plans at the rate of all years that a group starts with, so that none has a rate of nothing. Assumed."""

USUAL_SPREAD, USUAL_YEARS = 0.10, 2.0
"""What is believed of the spread of a county's yearly flow before any year is seen, as a share of the flow, and the
weight of that in years: with few years a spread cannot be measured. Assumed."""


@dataclass(frozen=True)
class Ceasing:
    """Shares of plans that end within a year, as Beta distributions, and how much the county's years differ.

    Attributes
    ----------
    ends, stays : Means
        [area, group, provision]: the two parameters of each Beta distribution, in plans.
    variance : float
        Of the county's yearly factor, whose mean is 1, beyond what chance does to single plans.
    level_variance : float
        Of a factor for all years together: what the years seen leave open about the level.
    """

    ends: Means
    stays: Means
    variance: float
    level_variance: float

    @property
    def hazard(self) -> Means:
        """The expected share that ends, [area, NCY at the later census, provision]."""
        share: Means = self.ends / (self.ends + self.stays)
        return share[:, GROUP_OF_NCY]


def by_group(plans: Means | Counts) -> Means:
    """Add [..., area, NCY, need, provision] up to [..., area, group, provision]."""
    starts = np.searchsorted(NCYS, GROUPS_FROM)
    added: Means = np.add.reduceat(plans.sum(axis=-2, dtype=np.float64), starts, axis=-2)
    return added


def recency(steps: int) -> Means:
    """Return the weight of each step, oldest first; that of the newest is 1."""
    return np.asarray(MEMORY ** np.arange(steps - 1, -1, -1), dtype=np.float64)


def ceasing(found: History) -> Ceasing:
    r"""Estimate the hazards of the plans that could still be maintained a year later.

    For area i, group g and provision p, with L of S plans ended (recent years count more),

    .. math:: L_{igp} \sim \mathrm{BetaBinomial}(S_{igp}, \kappa_2 m_{gp}, \kappa_2 (1 - m_{gp}))

    and the county's m likewise around that of the group, :math:`m_g`. The posterior mean
    :math:`(L + \kappa m) / (S + \kappa)` gives the area's own rate the weight :math:`S / (S + \kappa)`, as Marshall's
    ("Mapping disease and mortality rates using empirical Bayes estimators", Applied Statistics 40, 1991) does; for
    :math:`\kappa` see `concentration`. It never counts for more plans than the county has, so no area is surer than the
    county.

    Persons in the oldest year at the earlier census are left out: they end by age.
    """
    past = found.stock[:-1, :, -1].sum(axis=-2, dtype=np.float64)
    weights = recency(found.transitions)
    starts, left = by_group(found.starts_from), by_group(found.left)
    starts[:, :, -1] -= past
    left[:, :, -1] = np.maximum(left[:, :, -1] - past, 0)
    exposed, ended = (np.tensordot(weights, plans, axes=1) for plans in (starts, left))
    whole = (ended.sum() + 1) / (exposed.sum() + PRIOR_PLANS)
    group = (ended.sum((0, 2)) + PRIOR_PLANS * whole) / (exposed.sum((0, 2)) + PRIOR_PLANS)
    of_group = np.repeat(group[:, None], len(PROVISIONS), axis=1)
    county_ended, county_exposed = ended.sum(0), exposed.sum(0)
    first = np.minimum(concentration(county_ended, county_exposed, of_group), county_exposed.sum(1, keepdims=True))
    first = np.maximum(first, PRIOR_PLANS)
    county = (county_ended + first * of_group) / (county_exposed + first)
    second = concentration(ended, exposed, np.broadcast_to(county, ended.shape))
    second = np.minimum(second, county_exposed + first)
    ends, stays = ended + second * county, exposed - ended + second * (1 - county)
    expected = (starts * (ends / (ends + stays))).sum((1, 2, 3))
    variance = excess_variance(left.sum((1, 2, 3)), expected)
    return Ceasing(ends, stays, variance, variance * float((weights**2).sum() / weights.sum() ** 2))


def concentration(events: Means, trials: Means, means: Means) -> float:
    r"""Return in how many trials the common mean weighs, by the moments of a Beta-binomial.

    .. math::

        \rho = \frac{\sum (x - n m)^2 / (n m (1 - m)) - k}{\sum (n - 1)}, \qquad \kappa = \frac{1 - \rho}{\rho}

    over the k cells with a trial (Williams, "Extra-binomial variation in logistic linear models", Applied Statistics
    31, 1982). Infinite where the cells differ no more than chance lets them.
    """
    used = trials > 1
    n, x, m = trials[used], events[used], means[used]
    spread = n * m * (1 - m)
    if not n.size or not (spread > 0).all():
        return float("inf")
    share = float((((x - n * m) ** 2 / spread).sum() - n.size) / (n - 1).sum())
    return (1 - share) / share if 0 < share < 1 else float("inf") if share <= 0 else 1.0


def excess_variance(counts: Means, expected: Means) -> float:
    r"""Return the variance of a yearly factor of mean 1 behind counts, by moments.

    .. math:: \operatorname{Var}(N) = E + v E^2, \qquad v = \frac{\sum (N - E)^2 - E}{\sum E^2}

    as for negative binomial counts (Cameron and Trivedi, "Regression analysis of count data", 2013, section 3.3),
    floored at 0 and drawn towards `USUAL_SPREAD` by `USUAL_YEARS`.
    """
    square = float((expected**2).sum())
    seen = max(float(((counts - expected) ** 2 - expected).sum()) / square, 0.0) if square > 0 else 0.0
    years = counts.size
    return (years * seen + USUAL_YEARS * USUAL_SPREAD**2) / (years + USUAL_YEARS)
