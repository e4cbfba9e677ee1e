"""Areas compared as if their people were of the same ages: observed against expected (indirect standardisation)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

from geodata.rates import Estimate, rate

Band = TypeVar("Band", bound=Hashable)
"""What names a band of ages: "5-10", or an age in years."""


def expected(
    counts_by_band: Mapping[Band, float], bases_by_band: Mapping[Band, float], area_bases_by_band: Mapping[Band, float]
) -> float:
    """Return how many events an area would have if each of its bands had the rate of the whole county.

    Parameters
    ----------
    counts_by_band, bases_by_band : mapping of band to float
        Events and persons of the county. A band without a count had none.
    area_bases_by_band : mapping of band to float
        Persons of the area. A band that is missing, or has nobody, adds nothing.

    Returns
    -------
    float
        Expected events: the sum over the bands of count / base x persons of the area (Breslow and Day, 1987, vol. II,
        chapter 2). Over areas that make up the county these add up to the county's events.

    Raises
    ------
    ValueError
        If the area has people in a band in which the county has none, or a negative number of them.
    """
    total = 0.0
    for band, people in area_bases_by_band.items():
        base = bases_by_band.get(band, 0)
        if people < 0 or (people and base <= 0):
            raise ValueError(f"The area has {people} people of band {band}, of the county's {base}.")
        if people:
            total += counts_by_band.get(band, 0) / base * people
    return total


def standardised_ratio(observed: int, expected: float) -> Estimate | None:
    """Return events observed per 100 expected, with 95 % limits; 100 is as expected.

    Parameters
    ----------
    observed : int
        Events of the area, 0 or more.
    expected : float
        Events that it would have with the county's rates, as `expected` gives them; taken as known without error.

    Returns
    -------
    Estimate or None
        With the limits of a Poisson count, exact under 10 and Byar's from there (Breslow and Day, 1987, vol. II,
        p. 69). None where the expected number is not positive.

    Raises
    ------
    ValueError
        If the observed count is negative.
    """
    return rate(observed, expected, per=100)
