"""What the council has printed beside what the model says: its expectation, and its totals of past Januaries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from geodata.printed_send import PrintedTotal
from layers.format import format_range, format_value
from layers.sufficiency.core import Demand, History
from layers.sufficiency.rollup import NOT_TESTABLE
from layers.sufficiency.settings import Expectation, SufficiencySettings
from layers.sufficiency.wanted import LEVELS


@dataclass(frozen=True)
class CountyBand:
    """Plans of the whole county in one January: the median and the bands of 80 and 95 %."""

    year: int
    median: float
    lower_80: float
    upper_80: float
    lower_95: float
    upper_95: float


@dataclass(frozen=True)
class ExpectationBeside:
    """The council's expectation beside the model.

    Attributes
    ----------
    year, plans : int
        What the council expects, in January of the year.
    words, source : str
        As it says it, and where.
    band : CountyBand or None
        The model's; None for a year that it does not reach.
    chance : float or None
        Share of the draws with at least as many plans; None where it is not yet testable, or not reached.
    within : str
        "80", "95" or "outside": the band that the expectation lies in; empty where there is none.
    sentence : str
        All of it for a person.
    """

    year: int
    plans: int
    words: str
    source: str
    band: CountyBand | None
    chance: float | None
    within: str
    sentence: str


@dataclass(frozen=True)
class PrintedBeside:
    """A printed total of a January beside the recomputed one.

    Attributes
    ----------
    year, printed, recomputed : int
        Plans maintained.
    mark : str
        "same" or "differs".
    source : str
        Of the printed one.
    """

    year: int
    printed: int
    recomputed: int
    mark: str
    source: str


def county_bands(demand: Demand) -> tuple[CountyBand, ...]:
    """Return the plans of all areas together in each year, those unknown and outside among them."""
    plans = np.asarray(demand.draws).sum(axis=(2, 3, 4, 5), dtype=np.int64)
    found = np.quantile(plans, LEVELS, axis=0).T.tolist()
    return tuple(
        CountyBand(year, median, lower_80, upper_80, lower_95, upper_95)
        for year, (lower_95, lower_80, median, upper_80, upper_95) in zip(demand.years, found, strict=True)
    )


def expectations_beside(demand: Demand, settings: SufficiencySettings) -> tuple[ExpectationBeside, ...]:
    """Return each expectation of the settings beside the model's band of that January."""
    bands = {band.year: band for band in county_bands(demand)}
    return tuple(_beside(demand, one, bands.get(one.year)) for one in settings.expectations)


def _beside(demand: Demand, one: Expectation, band: CountyBand | None) -> ExpectationBeside:
    said = f"The council expects {one.words} plans by {one.year}"
    if band is None:
        reach = f"the forecast covers January {demand.years[0]} to January {demand.years[-1]}"
        return ExpectationBeside(one.year, one.plans, one.words, one.source, None, None, "", f"{said}; {reach}.")
    within = _within(one.plans, band)
    if not demand.testable:
        chance, odds = None, f"how likely that is, is {NOT_TESTABLE}"
    else:
        at = demand.years.index(one.year)
        plans = np.asarray(demand.draws[:, at]).sum(axis=(1, 2, 3, 4), dtype=np.int64)
        chance = float((plans >= one.plans).mean())
        odds = f"at least {one.plans:,} in {_percent(chance)} of the draws"
    place = {"80": "inside the 80% band", "95": "outside the 80% band, inside the 95% band"}.get(
        within, f"{'above' if one.plans > band.upper_95 else 'below'} the 95% band"
    )
    sentence = (
        f"{said}; the model's forecast for January {one.year} is {format_value(band.median)} "
        f"(80% band {format_range(band.lower_80, band.upper_80)}, 95% {format_range(band.lower_95, band.upper_95)}): "
        f"{one.plans:,} lies {place}; {odds}."
    )
    return ExpectationBeside(one.year, one.plans, one.words, one.source, band, chance, within, sentence)


def _within(plans: int, band: CountyBand) -> str:
    if band.lower_80 <= plans <= band.upper_80:
        return "80"
    return "95" if band.lower_95 <= plans <= band.upper_95 else "outside"


def _percent(chance: float) -> str:
    if 0 < chance < 0.01:
        return "less than 1%"
    if 0.99 < chance < 1:
        return "more than 99%"
    return format_value(100 * chance, suffix="%")


def printed_beside(counted: History, totals: Sequence[PrintedTotal]) -> tuple[PrintedBeside, ...]:
    """Return the printed totals of Januaries that the records cover beside the recomputed ones, oldest first."""
    found = []
    for one in totals:
        if one.is_actual and one.is_january and one.year in counted.years:
            plans = int(counted.stock[counted.years.index(one.year)].sum(dtype=np.int64))
            mark = "same" if plans == one.plans else "differs"
            found.append(PrintedBeside(one.year, one.plans, plans, mark, one.source))
    return tuple(found)


def beside_record(one: ExpectationBeside | PrintedBeside | CountyBand) -> dict[str, Any]:
    """Return figures as plain values for JSON."""
    return asdict(one)
