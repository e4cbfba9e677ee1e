"""The one door to the sufficiency model of a snapshot: demand, places, the gap, and how well it is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from geodata.errors import NoSnapshotError
from geodata.store import Store
from layers.kept import per_store
from layers.sufficiency.cells_backtest import CellsBacktest
from layers.sufficiency.core import Demand, Means, Places, Supply
from layers.sufficiency.demand import rates_of
from layers.sufficiency.demand_store import kept_backtest, kept_demand
from layers.sufficiency.distances import Homes, area_distances, homes
from layers.sufficiency.effects import avoid_independent, changed_demand, places_of, rate_changes, settings_of
from layers.sufficiency.gap import GapMatrix, gap_matrix
from layers.sufficiency.ground import Ground, ground_of
from layers.sufficiency.grouping import BY_BROAD_AREA, Grouping
from layers.sufficiency.mean_path import RateChanges, mean_path, stays_path, survival
from layers.sufficiency.options import Case, Comparison, compare, outcome_of
from layers.sufficiency.rates import Rates
from layers.sufficiency.scenario import BASE_CASE
from layers.sufficiency.scenario_options import Scenario
from layers.sufficiency.seating import Seats, Stays, seats_of
from layers.sufficiency.settings import SufficiencySettings, sufficiency_settings
from layers.sufficiency.supply import supply

KEPT_CASES = 8
"""Scenarios kept in memory, some 60 MB each where they change the demand."""


class NotForecastError(NoSnapshotError):
    """The forecast of this snapshot has not been worked out yet."""


@dataclass(frozen=True)
class Outlook:
    """What the model says of one snapshot as things are planned.

    Attributes
    ----------
    settings : SufficiencySettings
        The assumptions of the profile.
    demand : Demand
        The forecast of plans.
    supply : Supply
        Places in every year of it.
    stays : Stays
        Those placed in the base year who are expected to be there still, year by year.
    distances_km : Means
        [home, area of the setting]: estimated.
    seats : mapping of (str, str) to Seats
        (provision, phase) -> who sits where before anybody new is placed.
    matrix : GapMatrix
        The gap of every cell in every year, by broad areas of need.
    backtest : CellsBacktest or None
        How far the model was off at earlier origins; None where that cannot be tested yet.
    rates : Rates
        Of the cohort model, for a scenario to change.
    ground : Ground
        What a scenario can name.
    homes : Homes
        Where residents live.
    """

    settings: SufficiencySettings
    demand: Demand
    supply: Supply
    stays: Stays
    distances_km: Means
    seats: Mapping[tuple[str, str], Seats]
    matrix: GapMatrix
    backtest: CellsBacktest | None
    rates: Rates
    ground: Ground
    homes: Homes

    @property
    def base(self) -> Case:
        """The base case, to hold scenarios against."""
        return Case(BASE_CASE, self.matrix, self.supply)


@per_store
def outlook(store: Store) -> Outlook:
    """Return what the model says of a snapshot, from the forecast kept beside it.

    Raises
    ------
    NotForecastError
        If the forecast was not worked out yet: `layers.sufficiency.prepared.ensure_forecast` does.
    UsageError
        With the remedy, where no plans or no list of places are loaded.
    """
    settings = sufficiency_settings(store.profile)
    demand = kept_demand(store)
    if demand is None:
        raise NotForecastError("The forecast of EHC plans is not worked out yet. Run: locality-atlas forecast")
    places = supply(store, demand.years, settings)
    rates = rates_of(store)
    surviving = survival(rates, len(demand.years) - 1)
    stays = {
        (area, setting): stays_path(surviving, placed, demand.areas.index(area))
        for (area, setting), placed in places.stays.items()
    }
    lived = homes(store)
    distances_km = area_distances(lived, places.places, settings)
    seats = seats_of(places, stays, demand.areas, BY_BROAD_AREA, settings.working_occupancy)
    matrix = gap_matrix(demand, places, stays, settings, distances_km, seats=seats)
    ground = ground_of(store, demand.years)
    return Outlook(
        settings, demand, places, stays, distances_km, seats, matrix, kept_backtest(store), rates, ground, lived
    )


@per_store
def _cases(store: Store) -> dict[Scenario, Case]:  # noqa: ARG001 - the key of what is kept
    return {}


def case_of(store: Store, scenario: Scenario) -> Case:
    """Return what the model says of one scenario.

    Only what it changes is worked out again: places alone leave the draws of demand as they are, and blocks of the
    matrix whose places and demand did not change are found again.

    Parameters
    ----------
    store : Store
        The snapshot's figures.
    scenario : Scenario
        Checked against `Outlook.ground`.
    """
    kept = _cases(store)
    if scenario in kept:
        kept[scenario] = kept.pop(scenario)  # the newest asked for is the last to go
        return kept[scenario]
    base = outlook(store)
    settings = settings_of(scenario, base.settings)
    added = places_of(scenario, settings, base.ground)
    places = _places(store, base, settings, added)
    demand = _demand(base, scenario)
    matrix = gap_matrix(
        demand,
        places,
        base.stays,
        settings,
        base.distances_km,
        wanted=base.matrix.wanted if demand is base.demand else None,
        seats=base.seats if places is base.supply else None,
    )
    kept[scenario] = Case(scenario, matrix, places)
    while len(kept) > KEPT_CASES:
        kept.pop(next(iter(kept)), None)
    return kept[scenario]


def january_case(store: Store, scenario: Scenario, year: int) -> Case:
    """Return what the model says of one scenario in the base year and one other January: a part of `case_of`.

    It is what a person who tries a scenario waits for: two of eleven Januaries are worked out. What looks along the
    years, such as the first short one, has no meaning in it.

    Parameters
    ----------
    store : Store
        The snapshot's figures.
    scenario : Scenario
        Checked against `Outlook.ground`.
    year : int
        One of the demand's.
    """
    base = outlook(store)
    at = sorted({0, base.demand.years.index(year)})
    years = tuple(base.demand.years[one] for one in at)
    some = replace(
        base,
        demand=replace(
            base.demand, years=years, draws=base.demand.draws[:, at], mean_by_ncy=base.demand.mean_by_ncy[at]
        ),
        ground=replace(base.ground, years=years),
    )
    settings = settings_of(scenario, base.settings)
    whole = _places(store, base, settings, places_of(scenario, settings, base.ground))
    places = replace(
        whole,
        years=years,
        places=tuple(replace(one, by_year=tuple(one.by_year[number] for number in at)) for one in whole.places),
    )
    matrix = gap_matrix(
        _demand(some, scenario, at),
        places,
        {key: plans[at] for key, plans in base.stays.items()},
        settings,
        base.distances_km,
        seats={kind: one.of_years(at) for kind, one in base.seats.items()} if whole is base.supply else None,
    )
    return Case(scenario, matrix, places)


def _places(store: Store, base: Outlook, settings: SufficiencySettings, added: tuple[Places, ...]) -> Supply:
    if (settings.slippage_months, settings.ramp) == (base.settings.slippage_months, base.settings.ramp):
        return replace(base.supply, places=(*base.supply.places, *added)) if added else base.supply
    return supply(store, base.demand.years, settings, extra=added)


def _demand(base: Outlook, scenario: Scenario, at: Sequence[int] | None = None) -> Demand:
    """Return the demand of a scenario; `at` are the places of its years among all, where it has but some."""
    changes, demand = rate_changes(scenario), base.demand
    if changes != RateChanges():
        mean = mean_path(base.rates, base.rates.stock, demand.years[-1] - demand.years[0], changes)
        mean = mean if at is None else mean[at]
        demand = replace(demand, draws=changed_demand(demand, demand.mean_by_ncy, mean), mean_by_ncy=mean)
    draws = avoid_independent(demand.draws, scenario, base.ground, demand.areas)
    return demand if draws is demand.draws else replace(demand, draws=draws)


def side_by_side(store: Store, scenarios: tuple[Scenario, ...]) -> Comparison:
    """Return scenarios beside the base case, ranked by cost per child placed.

    Raises
    ------
    UsageError
        For more than `layers.sufficiency.options.MOST`.
    """
    found = outlook(store)
    base = found.base
    outcomes = [outcome_of(case_of(store, one), base, found.homes, found.settings) for one in scenarios]
    return compare(outcome_of(base, base, found.homes, found.settings), outcomes)


def finer(store: Store, scenario: Scenario, grouping: Grouping) -> GapMatrix:
    """Return the matrix by other groups of needs than the broad areas."""
    found, case = outlook(store), case_of(store, scenario)
    if grouping is BY_BROAD_AREA:
        return case.matrix
    demand = case.matrix.wanted.demand
    settings = settings_of(scenario, found.settings)
    return gap_matrix(demand, case.supply, found.stays, settings, found.distances_km, grouping=grouping)
