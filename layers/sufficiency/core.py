"""What the parts of the sufficiency model share: its axes, and the numbers that travel between them.

Every array of plans has the same axes in the same order: area, national curriculum year or phase, primary need,
provision; before them the year and, where there are draws, the draw.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from geodata.areas import EXTRA_AREAS
from geodata.contracts.ehc_plans import NEED_CODES, PROVISION_CODES
from geodata.school_years import PHASES, phase_of

Counts: TypeAlias = npt.NDArray[np.int16]
"""Whole plans."""

Means: TypeAlias = npt.NDArray[np.float64]
"""Expected plans, rates or shares."""

NCYS = tuple(range(-4, 22))
"""National curriculum years, of ages 0 to 25 on 31 August; from 15 on they are years since, which no school counts."""

NOT_RECORDED = ""
"""Code of the primary need of a plan that records none."""

NEEDS = (*NEED_CODES, NOT_RECORDED)
PROVISIONS = tuple(PROVISION_CODES)
PHASE_KEYS = tuple(PHASES)

BROAD_AREAS: Mapping[str, str] = {
    "communication": "Communication and interaction",
    "cognition": "Cognition and learning",
    "semh": "Social, emotional and mental health",
    "sensory": "Sensory and physical",
    "other": "Other or not recorded",
}
"""Code -> title of the broad areas of need (Department for Education, "SEND code of practice: 0 to 25 years", 2015,
chapter 6), and the needs in none of them."""

BROAD_OF_NEED: Mapping[str, str] = {
    "ASD": "communication", "SLCN": "communication",
    "SPLD": "cognition", "MLD": "cognition", "SLD": "cognition", "PMLD": "cognition", "DS": "cognition",
    "SEMH": "semh",
    "HI": "sensory", "VI": "sensory", "MSI": "sensory", "PD": "sensory",
    "OTH": "other", NOT_RECORDED: "other",
}  # fmt: skip
"""Primary need -> broad area. Down syndrome, a code since 2024, is in no chapter: with cognition, assumed."""

GAP_PROVISIONS = ("special", "base", "independent")
"""Kinds of provision whose places are held against demand; the others have "plans to accommodate"."""

PHASE_OF_NCY = np.array([PHASE_KEYS.index(phase_of(ncy)) for ncy in NCYS])
"""Place of the phase of each of `NCYS` among `PHASE_KEYS`."""

BROAD_KEYS = tuple(BROAD_AREAS)
BROAD_OF_NEEDS = np.array([BROAD_KEYS.index(BROAD_OF_NEED[need]) for need in NEEDS])
"""Place of the broad area of each of `NEEDS` among `BROAD_KEYS`."""


def census_areas(localities: Sequence[str]) -> tuple[str, ...]:
    """Return the codes of the areas of the model: the localities, then the rows that complete the county."""
    return (*localities, *EXTRA_AREAS)


def by_phase(plans: npt.NDArray[np.generic], axis: int = -3) -> npt.NDArray[np.generic]:
    """Add national curriculum years up to phases.

    Parameters
    ----------
    plans : numpy.ndarray
        With `NCYS` along `axis`.
    axis : int, optional
        By default the third from the end, as in (area, NCY, need, provision).

    Returns
    -------
    numpy.ndarray
        With `PHASE_KEYS` there.
    """
    return _added(plans, PHASE_OF_NCY, len(PHASE_KEYS), axis)


def by_broad_area(plans: npt.NDArray[np.generic], axis: int = -2) -> npt.NDArray[np.generic]:
    """Add primary needs up to broad areas of need: `NEEDS` along `axis` becomes `BROAD_KEYS`."""
    return _added(plans, BROAD_OF_NEEDS, len(BROAD_KEYS), axis)


def _added(
    plans: npt.NDArray[np.generic], groups: npt.NDArray[np.int64], count: int, axis: int
) -> npt.NDArray[np.generic]:
    moved = np.moveaxis(plans, axis, 0)
    found = np.zeros((count, *moved.shape[1:]), dtype=plans.dtype)
    np.add.at(found, groups, moved)
    return np.moveaxis(found, 0, axis)


@dataclass(frozen=True)
class History:
    """EHC plans on each January census day that the records speak of, and what changed between two of them.

    Attributes
    ----------
    areas : tuple of str
        Codes, from `census_areas`.
    years : tuple of int
        Years of the January censuses, consecutive, oldest first.
    stock : Counts
        [year, area, NCY, need, provision]: plans maintained, by the curriculum year the child is expected in.
    new, left : Counts
        [step, area, NCY, need, provision]: plans that started, and that ended, after one census day and by the next,
        by the curriculum year at the later one. One step fewer than years.
    starts_from : numpy.ndarray
        [step, area, NCY, need, provision]: those of the stock at the earlier census, a year older: what `left` is a
        part of.
    basis : tuple of str
        Words that must stand wherever the figures do.
    notes : tuple of str
        What a reader must know: plans without a month of birth, provision of today only ...
    """

    areas: tuple[str, ...]
    years: tuple[int, ...]
    stock: Counts
    new: Counts
    left: Counts
    starts_from: Counts
    basis: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def transitions(self) -> int:
        """Steps from one January census to the next that the records speak of."""
        return len(self.years) - 1


@dataclass(frozen=True)
class Demand:
    """The forecast of EHC plans: what one run of the cohort model gives.

    Attributes
    ----------
    areas : tuple of str
        Codes, from `census_areas`.
    years : tuple of int
        Years of the January censuses; the first is the base, as counted, the others forecast.
    draws : Counts
        [draw, year, area, phase, need, provision]: plans maintained, at least 1,000 draws.
    flows : Counts
        [draw, step, area, 4]: plans at the start, started or joined, left, and at the end of each step.
    mean_by_ncy : Means
        [year, area, NCY, need, provision]: the expected path.
    basis, notes : tuple of str
        Words that must stand by the figures, and what a reader must know.
    testable : bool
        Whether there are at least three transitions: otherwise no probability is shown, and the words
        "not yet testable" stand in its place.
    """

    areas: tuple[str, ...]
    years: tuple[int, ...]
    draws: Counts
    flows: npt.NDArray[np.int32]
    mean_by_ncy: Means
    basis: tuple[str, ...]
    notes: tuple[str, ...]
    testable: bool

    @property
    def base_year(self) -> int:
        """Year of the newest January census in the records."""
        return self.years[0]


@dataclass(frozen=True)
class Places:
    """Places of one setting for one need and phase, in every year of the forecast.

    Attributes
    ----------
    setting : str
        What it is called.
    urn : int or None
        Its unique reference number.
    area : str
        Code of the area it stands in; "outside" for one beyond the county, "unknown" where it could not be placed.
    easting, northing : float or None
        British National Grid, metres.
    provision, phase, need : str
        Codes; the need "ANY" takes every child.
    commissioned, capacity, pupils : int or None
        The three numbers of the list on its own day, never one: places commissioned, capacity of the School Capacity
        survey, pupils attending.
    by_year : tuple of float
        Working places in each January of the forecast: what is commissioned and open, on its ramp, times the working
        occupancy.
    opens, closes : datetime.date or None
        First day, and the day the places end.
    planned : bool
        Whether it opens after the base year's census: part of the pipeline.
    from_scenario : bool
        Whether a scenario added it.
    """

    setting: str
    urn: int | None
    area: str
    easting: float | None
    northing: float | None
    provision: str
    phase: str
    need: str
    commissioned: int | None
    capacity: int | None
    pupils: int | None
    by_year: tuple[float, ...]
    opens: date | None = None
    closes: date | None = None
    planned: bool = False
    from_scenario: bool = False


@dataclass(frozen=True)
class Supply:
    """All specialist places, and what was odd about the list.

    Attributes
    ----------
    years : tuple of int
        As those of the demand.
    places : tuple of Places
        A row of the list each; one that serves several phases is shared out.
    stays : mapping of (str, int or None) to Means
        (area of the home, number of the setting or None for one that is not in the list) -> [phase, need, provision]:
        plans of the base year placed there, who stay where they are.
    sold : mapping of int to int
        Number of the setting -> pupils of other authorities who attend it: pupils attending less our own plans there.
    basis, notes : tuple of str
        Words that must stand by the figures, and what a reader must know.
    """

    years: tuple[int, ...]
    places: tuple[Places, ...]
    stays: Mapping[tuple[str, int | None], Means]
    sold: Mapping[int, int]
    basis: tuple[str, ...]
    notes: tuple[str, ...]
