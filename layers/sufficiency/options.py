"""Scenarios side by side: gap, cost and travel of each, and which places children at the least cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geodata.errors import UsageError
from layers.sufficiency.core import GAP_PROVISIONS, PHASE_KEYS, Places, Supply
from layers.sufficiency.costs import ScenarioCost, inflation_of, placement_of, scenario_cost
from layers.sufficiency.distances import Homes, Over, area_journeys, children_over, flows_of
from layers.sufficiency.gap import Bands, GapMatrix
from layers.sufficiency.grouping import ALL
from layers.sufficiency.rollup import COUNTY, HALF_A_PLACE
from layers.sufficiency.scenario_options import Scenario
from layers.sufficiency.settings import SufficiencySettings

MOST = 4
"""Scenarios that a person can compare at a glance; the base case stands beside them."""

KINDS = tuple((provision, phase) for provision in GAP_PROVISIONS for phase in PHASE_KEYS)

SAME_POUNDS, MILLION_FROM = 500.0, 999_500.0
"""Sums over years below the first are the same; from the second on they are said in millions."""

TRAVEL_WORDS = (
    "Travel is estimated, and only of children who newly get a place in a listed setting: those placed today stay, and "
    "places outside the list have no address."
)


@dataclass(frozen=True)
class Case:
    """What the model says of one scenario.

    Attributes
    ----------
    scenario : Scenario
        Without options for the base case.
    matrix : GapMatrix
        The gap with it.
    supply : Supply
        The places with it.
    """

    scenario: Scenario
    matrix: GapMatrix
    supply: Supply

    @property
    def new_places(self) -> tuple[Places, ...]:
        """Those that the scenario adds."""
        return tuple(place for place in self.supply.places if place.from_scenario)


@dataclass(frozen=True)
class Outcome:
    """What a scenario comes to.

    Attributes
    ----------
    name : str
        Of the scenario.
    years : tuple of int
        Januaries.
    gap : tuple of Bands
        Children without a place in special schools, bases and independent schools, for each year; the county.
    gap_by_area : mapping of str to tuple of Bands
        The same by the area they live in.
    first_short : int or None
        First year from which on the median of the county's gap is at least half a place, to the last one.
    cost : ScenarioCost
        Beside the base case.
    over : tuple of Over
        For each year, children who newly get a place and live beyond the limits: estimated.
    words : tuple of str
        What must stand by the figures.
    """

    name: str
    years: tuple[int, ...]
    gap: tuple[Bands, ...]
    gap_by_area: Mapping[str, tuple[Bands, ...]]
    first_short: int | None
    cost: ScenarioCost
    over: tuple[Over, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Ranked:
    """A scenario's place among those compared.

    Attributes
    ----------
    position : int or None
        From 1, the least cost per child placed; equal ones share it. None for one that places nobody.
    name, words : str
        Of the scenario, and why it stands there.
    per_child : float or None
        GBP a year for each child newly placed, rounded to whole pounds.
    """

    position: int | None
    name: str
    per_child: float | None
    words: str


@dataclass(frozen=True)
class Comparison:
    """Scenarios side by side: the base case, what each comes to, and their order."""

    base: Outcome
    outcomes: tuple[Outcome, ...]
    ranking: tuple[Ranked, ...]


def outcome_of(case: Case, base: Case, homes: Homes, settings: SufficiencySettings) -> Outcome:
    """Return what a scenario comes to.

    Parameters
    ----------
    case, base : Case
        With the scenario, and without; the same one for the base case itself. What options come to under a reform shows
        beside a base with that reform alone.
    homes : Homes
        From `layers.sufficiency.distances.homes`.
    settings : SufficiencySettings
        Prices and limits.
    """
    matrix = case.matrix
    gap = matrix.short_of([COUNTY], KINDS, [ALL])
    cost = scenario_cost(
        placement_of(base.matrix), placement_of(matrix), case.new_places, settings, inflation_of(case.scenario)
    )
    return Outcome(
        name=case.scenario.name,
        years=matrix.years,
        gap=gap,
        gap_by_area={area: matrix.short_of([area], KINDS, [ALL]) for area in matrix.areas if area != COUNTY},
        first_short=_first_short(gap, matrix.years),
        cost=cost,
        over=over_by_year(case, homes, settings),
        words=(*cost.words, TRAVEL_WORDS),
    )


def over_by_year(case: Case, homes: Homes, settings: SufficiencySettings) -> tuple[Over, ...]:
    """Return for each year the children who newly get a place and live beyond the limits, estimated.

    The way to the settings of an area is the mean over those of the kind of provision and phase, by their places.
    """
    areas = case.matrix.areas[:-1]
    found: list[list[Over]] = [[] for _ in case.matrix.years]
    for (provision, phase), block in case.matrix.blocks.items():
        if provision not in GAP_PROVISIONS:
            continue
        offered = [place for place in case.supply.places if (place.provision, place.phase) == (provision, phase)]
        ways = area_journeys(homes, offered, settings)
        for number, flows in enumerate(block.flows):
            found[number].append(children_over(flows_of(flows, areas), ways, settings))
    return tuple(_together(parts, settings) for parts in found)


def _together(parts: Sequence[Over], settings: SufficiencySettings) -> Over:
    return Over(
        {limit: sum(part.miles[limit] for part in parts) for limit in settings.over_miles},
        {limit: sum(part.minutes[limit] for part in parts) for limit in settings.over_minutes},
        sum(part.children for part in parts),
        sum(part.unknown for part in parts),
    )


def _first_short(gap: Sequence[Bands], years: Sequence[int]) -> int | None:
    first = None
    for year, bands in zip(reversed(years), reversed(gap), strict=True):
        if bands.median < HALF_A_PLACE:
            break
        first = year
    return first


def compare(base: Outcome, outcomes: Sequence[Outcome]) -> Comparison:
    """Put scenarios side by side and rank them by cost per child placed.

    Raises
    ------
    UsageError
        For more than `MOST`, or two of the same name.
    """
    if len(outcomes) > MOST:
        raise UsageError(f"{len(outcomes)} scenarios are too many to compare at a glance. Choose up to {MOST}.")
    names = [outcome.name for outcome in outcomes]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise UsageError(f"The scenario '{twice[0]}' was chosen twice. Choose each once.")
    return Comparison(base, tuple(outcomes), ranking(outcomes))


def ranking(outcomes: Sequence[Outcome]) -> tuple[Ranked, ...]:
    """Rank scenarios by cost per child placed, the least first; those that place nobody come last, cheapest first."""
    placing = sorted(
        ((round(one.cost.per_child), one) for one in outcomes if one.cost.per_child is not None),
        key=lambda pair: (pair[0], pair[1].name),
    )
    costs = [cost for cost, _ in placing]
    ranked = [
        Ranked(
            costs.index(cost) + 1,
            one.name,
            float(cost),
            f"{_pounds(cost)} a year for each child newly placed ({one.cost.status}).",
        )
        for cost, one in placing
    ]
    others = sorted((one for one in outcomes if one.cost.per_child is None), key=lambda one: sum(one.cost.extra))
    return (*ranked, *(Ranked(None, one.name, None, _nobody(one)) for one in others))


def _nobody(outcome: Outcome) -> str:
    extra, change = sum(outcome.cost.extra), "costs the same"
    if abs(extra) >= SAME_POUNDS:
        change = f"costs {_in_all(abs(extra))} {'more' if extra > 0 else 'less'}"
    years = f"{outcome.years[0]} to {outcome.years[-1]}"
    return f"No more children have a place, and it {change} over {years} ({outcome.cost.status}): not ranked."


def _in_all(amount: float) -> str:
    """Return a sum over years, in round numbers: it is not known to the pound."""
    return f"£{amount / 1e6:,.1f} million" if amount >= MILLION_FROM else f"£{round(amount / 1000) * 1000:,.0f}"


def _pounds(amount: float) -> str:
    return f"-£{-amount:,.0f}" if amount < 0 else f"£{amount:,.0f}"
