"""The forecast of EHC plans of a snapshot: the cohort model, run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geodata.errors import UsageError
from geodata.periods import census_day, words
from geodata.store import Store
from layers.basis import population_basis
from layers.kept import per_store
from layers.sufficiency.core import Demand, History, Means
from layers.sufficiency.history import history, until
from layers.sufficiency.mean_path import mean_path
from layers.sufficiency.newcomers import NOT_SEEN, homes, plans_of_homes
from layers.sufficiency.rates import Rates, rates
from layers.sufficiency.settings import SufficiencySettings, sufficiency_settings
from layers.sufficiency.simulate import simulate
from layers.sufficiency.starting import DAMPING, USUAL_GROWTH

AGES = (0, 25)
"""Ages at which a person may have a plan (Children and Families Act 2014, section 46)."""

SEED = 46
"""Of the draws: the same records give the same figures."""

MODELLED = "modelled forecast"
MOVES = "Moves between kinds of provision are estimated from one extract: the fewest that explain the mix at each age."
GROWTH = (
    f"Growth of new plans is drawn towards {USUAL_GROWTH:.0%} a year, that of England from 2019 to 2022, and dies away "
    f"by {1 - DAMPING:.0%} of itself a year: assumed."
)
PER_HOME = "pupils for each new home"
NOT_TESTABLE = "not yet testable"


@dataclass(frozen=True)
class Surroundings:
    """What the model takes from other lists than the records of plans.

    Attributes
    ----------
    residents : Means
        [area]: aged 0 to 25, held constant; 0 where an area has none.
    housing : Means
        [step, area]: plans expected with new homes.
    basis, notes : tuple of str
        Words that must stand by what rests on them, and what a reader must know.
    """

    residents: Means
    housing: Means
    basis: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def surroundings(store: Store, found: History, settings: SufficiencySettings) -> Surroundings:
    """Return residents and new homes beside a history."""
    people = store.residents(AGES, census_day(found.years[-1]))
    residents = np.array([people.persons["locality"].get(area, 0.0) for area in found.areas])
    plans = found.stock[-1].sum(axis=(1, 2, 3), dtype=np.float64)
    prevalence = np.divide(plans, residents, out=np.zeros_like(plans), where=residents > 0)
    new = homes(store, found.areas, found.years[-1], settings.years_ahead)
    day = words(people.reference) if people.reference else "no stated date"
    notes = (
        f"Residents aged {AGES[0]} to {AGES[1]} are those of {day} in every year: births and moves to come are not "
        "forecast.",
        *new.notes,
    )
    if new.extra.any():
        source = next((one for one in settings.sources if one.startswith(PER_HOME)), f"{PER_HOME}: assumed")
        notes = (*notes, f"P{source[1:]} ({settings.pupils_per_dwelling:g}).")
    return Surroundings(
        residents=residents,
        housing=plans_of_homes(new.extra, settings.pupils_per_dwelling, prevalence),
        basis=(*population_basis(people, "locality"), *(new.basis if new.extra.any() else ())),
        notes=notes,
    )


def forecast(store: Store, *, origin: int | None = None, draws: int | None = None) -> Demand:
    """Forecast the EHC plans of a snapshot.

    Parameters
    ----------
    store : Store
        With records of plans.
    origin : int, optional
        January from which to forecast, by the records up to it; by default the newest.
    draws : int, optional
        By default those of the settings.

    Raises
    ------
    UsageError
        With the remedy, where there are no plans or fewer than two January censuses of them.
    """
    settings = sufficiency_settings(store.profile)
    found = history(store)
    return forecast_from(found, settings, surroundings(store, found, settings), origin=origin, draws=draws)


@per_store
def rates_of(store: Store) -> Rates:
    """Return the rates of the newest census of a snapshot, for a scenario to change."""
    found = history(store)
    around = surroundings(store, found, sufficiency_settings(store.profile))
    return _rates(found, around)


def forecast_from(
    found: History,
    settings: SufficiencySettings,
    around: Surroundings,
    *,
    origin: int | None = None,
    draws: int | None = None,
) -> Demand:
    """Forecast from a history; from an earlier origin by what was known then, save for the list of housing.

    Parameters
    ----------
    found : History
        From `layers.sufficiency.history`.
    settings : SufficiencySettings
        The assumptions.
    around : Surroundings
        Residents and new homes; homes count from the newest census only, so an earlier origin has none.
    origin, draws : int, optional
        As in `forecast`.
    """
    if origin is not None and origin != found.years[-1]:
        found = until(found, origin)
        around = Surroundings(around.residents, np.zeros_like(around.housing), around.basis, around.notes)
    known = _rates(found, around)
    years = settings.years_ahead
    paths = simulate(known, found.stock[-1], years, draws or settings.draws, SEED)
    testable = found.transitions >= settings.fewest_transitions
    notes = (*found.notes, MOVES, GROWTH, NOT_SEEN, *around.notes)
    if not testable:
        steps = "1 step" if found.transitions == 1 else f"{found.transitions} steps"
        said = f"{NOT_TESTABLE.capitalize()}: the records have {steps} from one January to the next, and "
        notes = (f"{said}{settings.fewest_transitions} are needed before a probability is shown.", *notes)
    return Demand(
        areas=found.areas,
        years=tuple(range(found.years[-1], found.years[-1] + years + 1)),
        draws=paths.plans,
        flows=paths.flows,
        mean_by_ncy=mean_path(known, known.stock, years),
        basis=tuple(dict.fromkeys((*found.basis, MODELLED, *around.basis))),
        notes=notes,
        testable=testable,
    )


def _rates(found: History, around: Surroundings) -> Rates:
    if not found.transitions:
        raise UsageError(
            f"The records of EHC plans cover one January census only, that of {found.years[0]}: nothing can be said of "
            "what starts and ends in a year. Import records that reach over two or more January census days, with "
            "--covers-from and --covers-to where they do."
        )
    if not found.stock[-1].any():
        raise UsageError(f"The records of EHC plans have no plan maintained in January {found.years[-1]}.")
    return rates(found, around.residents, around.housing)
