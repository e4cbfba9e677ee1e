"""EHC plans on each January census day, and what changed between two of them, from the records of plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from geodata.errors import UsageError
from geodata.periods import census_day
from geodata.school_years import FIRST_MONTH, RECEPTION_AFTER, school_year_of
from geodata.store import Store
from layers.basis import records_basis
from layers.kept import per_store
from layers.sufficiency.core import NCYS, NEEDS, NOT_RECORDED, PROVISIONS, Counts, History, census_areas

DATASET = "ehc_plans"
COLUMNS = ("born", "year_group", "primary_need", "provision", "start_date", "end_date")
NOT_STATED = "other"
"""Provision that stands in for one that is not recorded."""

CHANGE, MANY = 2.0, 50
"""A stock that doubles or halves in a year is doubted, and one of so many plans of which none ends or starts."""

TODAY_ONLY = (
    "Need and provision are those the records have today: a plan is counted with them in earlier years too, so earlier "
    "years by need or provision are estimated."
)

Days = npt.NDArray[np.datetime64]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Plans:
    """The records as columns; need, provision and area by their place on the axes."""

    born: Days
    year_group: npt.NDArray[np.float64]
    need: Whole
    provision: Whole
    area: Whole
    start: Days
    end: Days

    def open_on(self, day: date) -> npt.NDArray[np.bool_]:
        """Return which are maintained at the end of a day, as the map counts them."""
        at = np.datetime64(day, "D")
        return (self.start <= at) & (np.isnat(self.end) | (self.end > at))


@per_store
def history(store: Store) -> History:
    """Count the plans of each January census that the records cover, by area, curriculum year, need and provision.

    The curriculum year is the one expected by the month of birth. Where that is missing, the recorded one counts, moved
    by the school years from the last day it speaks of (the end of the plan, or of the records); where both are, the
    mean year in which plans start: both "estimated". So the totals are those of the map.

    Parameters
    ----------
    store : Store
        With records of plans.

    Returns
    -------
    History
        Plans that start and end between two censuses stand in none of its numbers, and a note counts them.

    Raises
    ------
    UsageError
        With the remedy, where no plans are loaded, no January census is covered, or nothing tells how old anyone is.
    """
    part = store.part(DATASET)
    if part is None or part.covers_from is None or part.covers_to is None:
        raise UsageError("No EHC plans are loaded. Import them with: locality-atlas import ehc_plans FILE.")
    covered = range(part.covers_from.year, part.covers_to.year + 1)
    years = tuple(year for year in covered if part.covers_from <= census_day(year) <= part.covers_to)
    if not years:
        raise UsageError(
            f"The EHC plans cover {part.covers_from} to {part.covers_to}, and no January census day lies in it. Import "
            "records that reach over one; where they do, say so with --covers-from and --covers-to."
        )
    areas = census_areas(store.areas.codes("locality"))
    rows = store.cases(DATASET, COLUMNS, "locality")
    if not rows:
        raise UsageError("The file of EHC plans has no plan in it. Import one with: locality-atlas import.")
    plans = _columns(rows, areas)
    groups, notes = _year_groups(plans, years, part.covers_to)
    found = _counted(plans, groups, years, areas, (records_basis(store, DATASET), (*_said(plans), *notes)))
    return replace(found, notes=(*doubts(found), *found.notes))


def _columns(rows: Sequence[tuple[Any, ...]], areas: Sequence[str]) -> _Plans:
    born, group, need, provision, start, end, area = zip(*rows, strict=True)

    def at(values: Sequence[Any], axis: Sequence[str], missing: int) -> Whole:
        places = {code: place for place, code in enumerate(axis)}
        return np.array([places[value] if value else missing for value in values], dtype=np.int64)

    return _Plans(
        _days(born),
        np.array([np.nan if one is None else float(one) for one in group]),
        at(need, NEEDS, NEEDS.index(NOT_RECORDED)),
        at(provision, PROVISIONS, -1),
        at(area, areas, -1),
        _days(start),
        _days(end),
    )


def _days(values: Sequence[date | None]) -> Days:
    return np.array(values, dtype="datetime64[D]")


def _said(plans: _Plans) -> tuple[str, ...]:
    lacking = int((plans.provision < 0).sum())
    unknown = f"Plans with an unknown setting, counted as \u201cother\u201d provision: {lacking:,}."
    return (TODAY_ONLY, *([unknown] if lacking else []))


def _school_years(days: Days) -> npt.NDArray[np.float64]:
    """Return the year in which the school year of each day began; missing where the day is."""
    months = days.astype("datetime64[M]").astype(np.float64)
    months[np.isnat(days)] = np.nan
    return np.asarray(1970 + np.floor((months - (FIRST_MONTH - 1)) / 12))


def _year_groups(plans: _Plans, years: Sequence[int], last: date) -> tuple[Whole, tuple[str, ...]]:
    """Return the curriculum year at each census [year, plan], within `NCYS`, and what had to be estimated."""
    spoken = np.where(np.isnat(plans.end), np.datetime64(last, "D"), np.minimum(plans.end, np.datetime64(last, "D")))
    reception = _school_years(plans.born) + RECEPTION_AFTER
    lacks_birth = np.isnan(reception)
    reception[lacks_birth] = (_school_years(spoken) - plans.year_group)[lacks_birth]
    lacks_both = np.isnan(reception)
    if lacks_both.all():
        raise UsageError(
            "No plan has a month of birth or a year group, so that nobody's age is known. Import the plans with one."
        )
    at_start = _school_years(plans.start) - reception
    usual = round(float(at_start[~lacks_both].mean()))
    reception[lacks_both] = _school_years(plans.start)[lacks_both] - usual
    census = np.array([school_year_of(census_day(year)) for year in years])
    found = census[:, None] - reception.astype(np.int64)
    day = census_day(years[-1])
    over = int(((found[-1] > NCYS[-1]) & plans.open_on(day)).sum())
    grouped, neither = int((lacks_birth & ~lacks_both).sum()), int(lacks_both.sum())
    notes = []
    if grouped:
        said = "Plans without a month of birth, whose year group is moved along by school years, estimated"
        notes.append(f"{said}: {grouped:,}.")
    if neither:
        notes.append(
            "Plans without a month of birth and a year group, taken to start in national curriculum year "
            f"{usual}, the mean of the others, estimated: {neither:,}."
        )
    if over:
        notes.append(
            f"Plans of persons aged 26 or over maintained on {day}, which the law does not know and the forecast lets "
            f"end in its first year: {over:,}."
        )
    return np.clip(found, NCYS[0], NCYS[-1]), tuple(notes)


def _counted(
    plans: _Plans,
    groups: Whole,
    years: tuple[int, ...],
    areas: tuple[str, ...],
    words: tuple[tuple[str, ...], tuple[str, ...]],
) -> History:
    shape = (len(areas), len(NCYS), len(NEEDS), len(PROVISIONS))
    provision = np.where(plans.provision < 0, PROVISIONS.index(NOT_STATED), plans.provision)

    def count(which: npt.NDArray[np.bool_], year: int) -> Counts:
        """Count some of the plans by the curriculum year at a census."""
        axes = (plans.area, groups[year] - NCYS[0], plans.need, provision)
        cells = np.ravel_multi_index(tuple(axis[which] for axis in axes), shape)
        return np.bincount(cells, minlength=int(np.prod(shape))).reshape(shape).astype(np.int16)

    is_open = [plans.open_on(census_day(year)) for year in years]
    later = range(1, len(years))
    passed = 0
    for step in later:
        before, after = (np.datetime64(census_day(years[one]), "D") for one in (step - 1, step))
        within = (plans.start > before) & (plans.start <= after)
        passed += int((within & ~is_open[step]).sum())
    basis, notes = words
    if passed:
        notes = (*notes, f"Plans that started and ended between two censuses, which are in no count: {passed:,}.")
    return History(
        areas=areas,
        years=years,
        stock=np.stack([count(one, year) for year, one in enumerate(is_open)]),
        new=_stack([count(is_open[step] & ~is_open[step - 1], step) for step in later], shape),
        left=_stack([count(is_open[step - 1] & ~is_open[step], step) for step in later], shape),
        starts_from=_stack([count(is_open[step - 1], step) for step in later], shape),
        basis=basis,
        notes=notes,
    )


def _stack(steps: Sequence[Counts], shape: tuple[int, ...]) -> Counts:
    return np.stack(steps) if steps else np.zeros((0, *shape), dtype=np.int16)


def doubts(found: History) -> tuple[str, ...]:
    """Return a sentence for each step between two censuses that looks like a gap in the records.

    Records in which no plan ever ends, such as an extract of the plans open today, have one sentence for all steps.
    """
    said = []
    totals = found.stock.sum(axis=(1, 2, 3, 4), dtype=np.int64).tolist()
    ended, started = (plans.sum(axis=(1, 2, 3, 4), dtype=np.int64).tolist() for plans in (found.left, found.new))
    if len(ended) > 1 and not any(ended) and max(totals[:-1]) >= MANY:
        return (
            f"No plan ended from January {found.years[0]} to January {found.years[-1]}: the records seem to hold open "
            "plans only, so earlier years have too few plans and every forecast has far too many. Import closed plans "
            "too.",
        )
    for step, (before, after) in enumerate(pairwise(totals)):
        years = f"from January {found.years[step]} ({before:,} plans) to January {found.years[step + 1]} ({after:,})"
        if before == 0 or after == 0:
            said.append(f"There is a census without any plan {years}: are the records complete for it?")
        elif after >= CHANGE * before or before >= CHANGE * after:
            said.append(f"Plans changed to {after / before:.1f} times as many {years}: are the records complete?")
        elif ended[step] == 0 and before >= MANY:
            said.append(f"No plan ended {years}: closed plans seem to be missing, and too many are then forecast.")
        elif started[step] == 0 and before >= MANY:
            said.append(f"No plan started {years}: new plans seem to be missing.")
    return tuple(said)


def until(found: History, year: int) -> History:
    """Return the history as it would stand had the records ended with an earlier January census.

    Parameters
    ----------
    found : History
        From `history`.
    year : int
        Of a census in it.

    Raises
    ------
    UsageError
        For another year, with those there are.
    """
    if year not in found.years:
        said = ", ".join(map(str, found.years))
        raise UsageError(f"The records of EHC plans have no January census of {year}. There are: {said}.")
    steps = found.years.index(year)
    return History(
        areas=found.areas,
        years=found.years[: steps + 1],
        stock=found.stock[: steps + 1],
        new=found.new[:steps],
        left=found.left[:steps],
        starts_from=found.starts_from[:steps],
        basis=found.basis,
        notes=found.notes,
    )
