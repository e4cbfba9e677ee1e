"""What places cost: a year of each kind of provision, new buildings, and children without a place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from geodata.contracts.ehc_plans import PROVISION_CODES
from geodata.periods import census_day
from geodata.school_years import school_year_of
from layers.sufficiency.core import GAP_PROVISIONS, PROVISIONS, Means, Places
from layers.sufficiency.gap import GapMatrix
from layers.sufficiency.scenario_options import PriceInflation, Scenario
from layers.sufficiency.settings import Cost, SufficiencySettings

UNMET_AS = "independent"
"""Provision that a child without a place is assumed to be given."""

STATUSES = ("indicative", "assumed")
"""How sure a price is, surest first; a sum is as sure as its least sure part."""

FEWEST_PLACED = 0.5
"""Children a year below which nobody is said to be newly placed: a cost for each of them would be noise."""

UNMET_WORDS = "A child without a place is assumed to be in an independent special school, and priced so."
FEWER_WORDS = "Children with a plan in the base case only count neither as placed nor as without a place."
NEW_WORDS = "New places are spread over the life of the building in equal parts, without interest: assumed."


@dataclass(frozen=True)
class Placement:
    """Expected children of one case, in each January.

    Attributes
    ----------
    years : tuple of int
        As those of the demand.
    plans : Means
        [year, provision]: expected plans, with a place or without.
    unmet : Means
        [year, provision]: those of them without a place.
    """

    years: tuple[int, ...]
    plans: Means
    unmet: Means

    @property
    def placed(self) -> Means:
        """[year, provision]: those with a place."""
        return self.plans - self.unmet


@dataclass(frozen=True)
class CostLine:
    """What one kind of provision costs in one year.

    Attributes
    ----------
    provision : str
        Code.
    year : int
        January.
    children : float
        Whom it is for.
    each, pounds : float or None
        For one child and in all, GBP; None where the settings have no price.
    prices, source, status : str
        Financial year of the price, where it is from, and "indicative" or "assumed"; empty without a price.
    """

    provision: str
    year: int
    children: float
    each: float | None
    pounds: float | None
    prices: str
    source: str
    status: str


@dataclass(frozen=True)
class ScenarioCost:
    """What a scenario costs beside the base case; GBP, each number for one of the years.

    Attributes
    ----------
    years : tuple of int
        Januaries; the first is the base year, when nothing differs.
    pounds, base_pounds : tuple of float
        All in all, and in the base case: children with a place, those without, and new buildings.
    extra : tuple of float
        The difference: above 0 the scenario costs more.
    capital, unmet : tuple of float
        Parts of `pounds`: new buildings, and children without a place.
    newly_placed : tuple of float
        Children with a place, more than in the base case; below 0 where it has more. In mainstream, and wherever else
        no places are listed, everyone has one.
    fewer_plans : tuple of float
        Plans of the base case that are not there, as a reform leaves them out: neither placed nor without a place.
    per_child : float or None
        Cost of a year for each child newly placed: what the scenario spends on places and buildings beyond the base
        case at the same prices, over all years, by the children newly placed in them. None where nobody is.
    net_per_child : float or None
        The same after what the base case is assumed to spend on these children without a place.
    status : str
        "indicative" or "assumed": of the least sure price.
    words : tuple of str
        What must stand by the figures.
    """

    years: tuple[int, ...]
    pounds: tuple[float, ...]
    base_pounds: tuple[float, ...]
    extra: tuple[float, ...]
    capital: tuple[float, ...]
    unmet: tuple[float, ...]
    newly_placed: tuple[float, ...]
    fewer_plans: tuple[float, ...]
    per_child: float | None
    net_per_child: float | None
    status: str
    words: tuple[str, ...]


def placement_of(matrix: GapMatrix) -> Placement:
    """Return the expected children of a case, means over the draws.

    Who has no place is counted for special schools, bases and independent schools, where the list of places has any.
    """
    wanted = matrix.wanted.plans
    plans = wanted.reshape(*wanted.shape[:3], -1).sum(axis=-1, dtype=np.float64).sum(axis=1).T / wanted.shape[3]
    unmet = np.zeros_like(plans)
    for (provision, _), block in matrix.blocks.items():
        if provision in GAP_PROVISIONS:
            unmet[:, PROVISIONS.index(provision)] += block.unmet[:, -1, -1].mean(axis=-1, dtype=np.float64)
    return Placement(matrix.years, plans, unmet)


def inflation_of(scenario: Scenario) -> Mapping[str, float]:
    """Return provision -> percent a year by which a scenario lets prices rise; empty for none."""
    return {key: percent for one in scenario.of(PriceInflation) for key, percent in one.percent}


def price(cost: Cost, inflation: Mapping[str, float], years_on: int) -> float:
    r"""Return the price of a place some years after the base year, :math:`p (1 + i / 100)^k`.

    The price of the settings is taken for the base year's, whatever financial year it is of: assumed.
    """
    return float(cost.pounds * (1 + inflation.get(cost.provision, 0.0) / 100) ** years_on)


def yearly_cost(
    plans: Mapping[str, float], year: int, base_year: int, settings: SufficiencySettings, inflation: Mapping[str, float]
) -> tuple[CostLine, ...]:
    """Return what children cost in a year by kind of provision.

    Parameters
    ----------
    plans : mapping of str to float
        Provision -> children.
    year, base_year : int
        Januaries.
    settings : SufficiencySettings
        The prices.
    inflation : mapping of str to float
        Percent a year.

    Returns
    -------
    tuple of CostLine
        In the order of the provisions; without a price for those of which the settings say none.
    """
    costs = {cost.provision: cost for cost in settings.costs}
    lines = []
    for provision in PROVISIONS:
        children = plans.get(provision, 0.0)
        if provision not in plans:
            continue
        if (cost := costs.get(provision)) is None:
            lines.append(CostLine(provision, year, children, None, None, "", "", ""))
            continue
        each = price(cost, inflation, year - base_year)
        lines.append(CostLine(provision, year, children, each, each * children, cost.year, cost.source, cost.status))
    return tuple(lines)


def capital_cost(new: Sequence[Places], years: Sequence[int], settings: SufficiencySettings) -> Means:
    r"""Return what new places cost in each year, [year].

    .. math:: K_y = \sum_s n_s \, k_s / L_s

    over the schemes that are open in the January of year y and for the L years of life since: n commissioned places at
    k pounds each, in equal parts and without interest. The whole building is paid for from its first January, however
    slowly it fills.

    Parameters
    ----------
    new : sequence of Places
        Those a scenario adds.
    years : sequence of int
        Januaries.
    settings : SufficiencySettings
        The prices and lives; nothing is counted for a kind of provision without.
    """
    capital = {cost.provision: cost for cost in settings.capital}
    pounds = np.zeros(len(years))
    for place in new:
        cost = capital.get(place.provision)
        if cost is None or place.opens is None:
            continue
        yearly = (place.commissioned or 0) * cost.pounds / max(cost.life_years, 1)
        for number, year in enumerate(years):
            age = school_year_of(census_day(year)) - school_year_of(place.opens)
            if place.opens <= census_day(year) and age < cost.life_years:
                pounds[number] += yearly
    return pounds


def scenario_cost(
    base: Placement,
    with_scenario: Placement,
    new: Sequence[Places],
    settings: SufficiencySettings,
    inflation: Mapping[str, float] | None = None,
) -> ScenarioCost:
    """Return what a scenario costs beside the base case.

    Parameters
    ----------
    base, with_scenario : Placement
        Of the same years.
    new : sequence of Places
        Those the scenario adds.
    settings : SufficiencySettings
        The prices.
    inflation : mapping of str to float, optional
        Percent a year, of the scenario; the base case's prices do not rise.
    """
    years, rising = base.years, inflation or {}
    capital = capital_cost(new, years, settings)
    placed, unmet = _pounds(with_scenario, settings, rising)
    base_placed, base_unmet = _pounds(base, settings, {})
    same_placed, same_unmet = _pounds(base, settings, rising)
    newly = (with_scenario.placed - base.placed).sum(axis=1)
    fewer = (base.plans - with_scenario.plans).sum(axis=1)
    spent = float((placed + capital - same_placed).sum())
    saved = float((same_unmet - unmet).sum())
    children = float(newly.sum())
    someone = children >= FEWEST_PLACED
    pounds, before = placed + unmet + capital, base_placed + base_unmet
    return ScenarioCost(
        years=years,
        pounds=tuple(pounds.tolist()),
        base_pounds=tuple(before.tolist()),
        extra=tuple((pounds - before).tolist()),
        capital=tuple(capital.tolist()),
        unmet=tuple(unmet.tolist()),
        newly_placed=tuple(newly.tolist()),
        fewer_plans=tuple(fewer.tolist()),
        per_child=spent / children if someone else None,
        net_per_child=(spent - saved) / children if someone else None,
        status=_status(settings, new),
        words=_words(base, with_scenario, new, settings),
    )


def _prices(settings: SufficiencySettings, inflation: Mapping[str, float], years: Sequence[int]) -> Means:
    """Return [year, provision]; 0 for a kind of provision without a price."""
    found = np.zeros((len(years), len(PROVISIONS)))
    for cost in settings.costs:
        if cost.provision in PROVISIONS:
            rising = [price(cost, inflation, year - years[0]) for year in years]
            found[:, PROVISIONS.index(cost.provision)] = rising
    return found


def _pounds(found: Placement, settings: SufficiencySettings, inflation: Mapping[str, float]) -> tuple[Means, Means]:
    """Return what those with a place and those without cost in each year."""
    prices = _prices(settings, inflation, found.years)
    without = found.unmet.sum(axis=1) * prices[:, PROVISIONS.index(UNMET_AS)]
    return (found.placed * prices).sum(axis=1), without


def _status(settings: SufficiencySettings, new: Sequence[Places]) -> str:
    built = {place.provision for place in new}
    used = [*settings.costs, *(cost for cost in settings.capital if cost.provision in built)]
    stated = {cost.status for cost in used}
    return next((status for status in reversed(STATUSES) if status in stated), STATUSES[-1])


def _words(
    base: Placement, with_scenario: Placement, new: Sequence[Places], settings: SufficiencySettings
) -> tuple[str, ...]:
    priced = {cost.provision for cost in settings.costs}
    there = (base.plans + with_scenario.plans).sum(axis=0) > 0
    lacking = [PROVISION_CODES[key] for key, some in zip(PROVISIONS, there, strict=True) if some and key not in priced]
    built = {place.provision for place in new} - {cost.provision for cost in settings.capital}
    prices = [
        f"{PROVISION_CODES[cost.provision]}: £{cost.pounds:,.0f} a year, {cost.status}"
        + (f" ({cost.year})" if cost.year != cost.status else "")
        for cost in settings.costs
    ]
    return (
        f"Prices, taken for the base year as they stand (assumed): {'; '.join(prices)}."
        if prices
        else "The settings have no prices.",
        *([f"Not in the sums, as the settings have no price: {', '.join(lacking)}."] if lacking else []),
        *([f"No price to build: {', '.join(PROVISION_CODES[key] for key in sorted(built))}."] if built else []),
        UNMET_WORDS,
        *([NEW_WORDS] if new else []),
        *([FEWER_WORDS] if (base.plans - with_scenario.plans).sum(axis=1).max() >= FEWEST_PLACED else []),
    )
