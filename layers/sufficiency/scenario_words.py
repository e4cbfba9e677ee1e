"""A scenario in plain English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import singledispatch

from geodata.contracts.ehc_plans import NEED_CODES, PROVISION_CODES
from geodata.periods import words
from geodata.school_years import PHASES
from layers.sufficiency.scenario_options import (
    ANY,
    Diversion,
    IndependentAvoided,
    NewBase,
    NewSchool,
    Option,
    OverNumber,
    PlacesByPhase,
    PriceInflation,
    Ramp,
    Reform,
    Retention,
    Scenario,
    Slippage,
)

Names = Mapping[str, str]
"""Code of an area, or number of a school as text -> its name."""

INTO = {"special": "special schools", "base": "bases in mainstream schools"}


def sentence(scenario: Scenario, names: Names | None = None) -> str:
    """Return what a scenario does, as people say it.

    Parameters
    ----------
    scenario : Scenario
        Any.
    names : mapping of str to str, optional
        Code of an area, or number of a school as text -> its name; the code itself stands for one that is not there.

    Returns
    -------
    str
        One sentence an option.
    """
    if not scenario.options:
        return "Nothing is added or changed: the base case."
    return " ".join(f"{_words(one, names or {})}." for one in scenario.options)


@singledispatch
def _words(option: Option, _names: Names) -> str:
    raise TypeError(f"No words for {type(option).__name__}.")


@_words.register
def _(option: NewSchool, names: Names) -> str:
    if option.area:
        place = f"in {names.get(option.area, option.area)}"
    elif option.postcode:
        place = f"at {option.postcode}"
    elif option.easting is not None and option.northing is not None:
        place = f"at grid point {option.easting:.0f}, {option.northing:.0f}"
    else:
        place = "at a place not yet known"
    return f"A new special school, {option.name}, {place}, {_offer(option)}"


@_words.register
def _(option: NewBase, names: Names) -> str:
    urn = str(option.setting_urn)
    return f"A new base at {names.get(urn, f'school {urn}')} {_offer(option)}"


@_words.register
def _(option: IndependentAvoided, names: Names) -> str:
    where = f" of {names.get(option.area, option.area)}" if option.area else ""
    return (
        f"{_count(option.places, 'child', 'children')}{where} fewer in independent or non-maintained special schools "
        f"from January {option.from_year}, in {INTO[option.into]} instead"
    )


@_words.register
def _(option: Diversion, _names: Names) -> str:
    return (
        f"From January {option.from_year} {_percent(option.share)} of the children who would enter a special school, "
        "base or independent school in Reception, Year 7 or Year 12 go to mainstream"
    )


@_words.register
def _(option: Retention, _names: Names) -> str:
    return (
        f"From January {option.from_year} {_percent(option.share)} of the moves out of mainstream in other school "
        "years do not happen"
    )


@_words.register
def _(option: PriceInflation, _names: Names) -> str:
    said = [f"{percent:g}% a year for {PROVISION_CODES[key].lower()}" for key, percent in option.percent]
    return f"Prices rise by {_list(said)}"


@_words.register
def _(option: Reform, _names: Names) -> str:
    return f"A reform leaves out {_percent(option.share)} of new plans from January {option.from_year} (assumed)"


@_words.register
def _(option: Slippage, _names: Names) -> str:
    return f"Every planned scheme opens {_count(option.months, 'month', 'months')} late"


@_words.register
def _(option: OverNumber, _names: Names) -> str:
    return "Settings admit above their places" if option.on else "No setting admits above its places"


@_words.register
def _(option: Ramp, _names: Names) -> str:
    return f"New places fill up by {_list([_percent(one) for one in option.shares])} in their first school years"


def _offer(option: NewSchool | NewBase) -> str:
    need = "any need" if option.need == ANY else NEED_CODES[option.need].lower()
    return f"with {_places(option.places)} for {need} from {words(option.opens)}"


def _places(places: PlacesByPhase) -> str:
    total = sum(count for _, count in places)
    said = _list([f"{count} {PHASES[phase].lower()}" for phase, count in places])
    return f"{said} {'place' if total == 1 else 'places'}"


def _count(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def _percent(share: float) -> str:
    return f"{round(share * 100, 6):g}%"


def _list(said: Sequence[str]) -> str:
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
