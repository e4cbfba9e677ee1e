"""Who is placed where on the January census of the base year: they stay where they are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from geodata.periods import census_day
from geodata.school_years import RECEPTION_AFTER, school_year_of
from geodata.store import Store
from layers.sufficiency.core import (
    GAP_PROVISIONS,
    NCYS,
    NEEDS,
    NOT_RECORDED,
    PHASE_KEYS,
    PHASE_OF_NCY,
    PROVISIONS,
    Means,
)

PLANS = "ehc_plans"
COLUMNS = ("start_date", "end_date", "primary_need", "provision", "school_urn", "year_group", "born")
NOT_PLACED = "other"
"""Provision of a plan that states none."""


@dataclass(frozen=True)
class Stays:
    """The plans of one January by home and setting.

    Attributes
    ----------
    plans : mapping of (str, int or None) to Means
        (area of the home, number of the setting or None where none is stated) -> [phase, need, provision].
    notes : tuple of str
        What had to be estimated.
    """

    plans: Mapping[tuple[str, int | None], Means]
    notes: tuple[str, ...] = field(default=())

    def at(self, urn: int | None, kinds: Collection[str]) -> int:
        """Return our own plans at a setting in some kinds of provision."""
        chosen = [PROVISIONS.index(kind) for kind in kinds]
        return round(sum(float(plans[..., chosen].sum()) for (_, at), plans in self.plans.items() if at == urn))

    def unlisted(self, listed: Collection[tuple[int | None, str]]) -> tuple[str, ...]:
        """Return a sentence that counts specialist plans whose setting is not stated or not in the list of places.

        Parameters
        ----------
        listed : collection of (int, str)
            Number of the setting and kind of provision.
        """
        blank = self._specialist(lambda urn, _kind: urn is None)
        unknown = self._specialist(lambda urn, kind: urn is not None and (urn, kind) not in listed)
        if not blank + unknown:
            return ()
        return (
            f"{blank + unknown:,} plans in special schools, bases and independent schools are counted as placed "
            f"elsewhere: {blank:,} state no setting, {unknown:,} one that is not in the list of places.",
        )

    def _specialist(self, which: Callable[[int | None, str], bool]) -> int:
        return round(
            sum(
                float(plans[..., PROVISIONS.index(kind)].sum())
                for (_, urn), plans in self.plans.items()
                for kind in GAP_PROVISIONS
                if which(urn, kind)
            )
        )


def stays_of(store: Store, year: int) -> Stays:
    """Count the plans maintained at the January census of a year by home and setting.

    The phase is that of the curriculum year as `layers.sufficiency.history` has it: expected by the month of birth;
    else the recorded one, which is of the last day the records speak of, moved by the school years since; else the mean
    year in which plans start.

    Parameters
    ----------
    store : Store
        With records of plans; without them nobody is placed.
    year : int
        The base year.
    """
    part, day = store.part(PLANS), census_day(year)
    last = (part.covers_to if part else None) or day
    rows = [(*row, _reception(row, last)) for row in store.cases(PLANS, COLUMNS, "locality")]
    at_start = [school_year_of(row[0]) - row[-1] for row in rows if row[-1] is not None]
    usual = round(sum(at_start) / len(at_start)) if at_start else 0
    found: dict[tuple[str, int | None], Means] = {}
    ageless = 0
    for start, end, need, provision, urn, _, _, area, begins in rows:
        if start > day or (end is not None and end <= day):
            continue
        ageless += begins is None
        ncy = school_year_of(day) - (school_year_of(start) - usual if begins is None else begins)
        key = (str(area), None if urn is None else int(urn))
        counts = found.setdefault(key, np.zeros((len(PHASE_KEYS), len(NEEDS), len(PROVISIONS))))
        counts[
            PHASE_OF_NCY[min(max(ncy, NCYS[0]), NCYS[-1]) - NCYS[0]],
            NEEDS.index(need or NOT_RECORDED),
            PROVISIONS.index(provision or NOT_PLACED),
        ] += 1
    note = f"{ageless:,} of the plans placed today state no age: their phase is estimated."
    return Stays(found, (note,) if ageless else ())


def _reception(row: Sequence[Any], last: date) -> int | None:
    """Return the school year in which a child is expected to begin Reception."""
    _, end, *_, group, born, _ = row
    if born is not None:
        return school_year_of(born) + RECEPTION_AFTER
    return None if group is None else school_year_of(min(end or last, last)) - int(group)
