"""The pipeline of new places: when planned schemes open, how they fill up, and when places end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from geodata.periods import census_day, months_before
from geodata.school_years import school_year_of
from layers.sufficiency.core import Places
from layers.sufficiency.settings import SufficiencySettings, check_ramp


def slipped(opens: date, months: int) -> date:
    """Return the day on which a scheme opens that was to open on `opens` and slips by so many months."""
    return months_before(opens, -months)


def is_planned(opens: date | None, base_year: int) -> bool:
    """Return whether places open after the January census of the base year: only these slip and ramp up."""
    return opens is not None and opens > census_day(base_year)


def ramp_share(opens: date, year: int, ramp: Sequence[float]) -> float:
    """Return which share of new places is there in a January.

    Parameters
    ----------
    opens : datetime.date
        First day, slippage included.
    year : int
        Of the January census.
    ramp : sequence of float
        Shares in the first, second ... school year; the last one stays.

    Returns
    -------
    float
        0 before the first day.
    """
    day = census_day(year)
    if opens > day:
        return 0.0
    return ramp[min(school_year_of(day) - school_year_of(opens), len(ramp) - 1)]


def working_places(
    places: float,
    dates: tuple[date | None, date | None],
    years: Sequence[int],
    settings: SufficiencySettings,
) -> tuple[float, ...]:
    """Return the places that can be filled in each January: places x share of the ramp x working occupancy.

    Parameters
    ----------
    places : float
        Commissioned.
    dates : tuple of datetime.date or None
        First day, and the day the places end; None where there is none.
    years : sequence of int
        Of the January censuses; the first is the base year.
    settings : SufficiencySettings
        Ramp, slippage and working occupancy.

    Returns
    -------
    tuple of float
        A number for each year; 0 before the first day and from the last one on.

    Raises
    ------
    ProfileError
        For a ramp that is negative, above 1 or falls.
    """
    check_ramp(settings.ramp)
    opens, closes = dates
    planned = is_planned(opens, years[0])

    def share(year: int) -> float:
        if closes is not None and closes <= census_day(year):
            return 0.0
        if opens is None:
            return 1.0
        if planned:
            return ramp_share(slipped(opens, settings.slippage_months), year, settings.ramp)
        return float(opens <= census_day(year))

    return tuple(places * share(year) * settings.working_occupancy for year in years)


def pipeline(places: Sequence[Places]) -> tuple[Places, ...]:
    """Return what opens or closes after the base year, earliest first: the rows of a timeline."""
    found = [one for one in places if one.planned or one.closes is not None]
    return tuple(sorted(found, key=lambda one: (_first_change(one), one.setting, one.phase, one.need)))


def _first_change(places: Places) -> date:
    days = [day for day in (places.opens if places.planned else None, places.closes) if day is not None]
    return min(days)
