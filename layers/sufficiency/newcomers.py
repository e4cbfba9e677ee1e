"""Plans that come from elsewhere: with new homes, and those that joined or that nothing explains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geodata.store import Row, Store
from layers.basis import parts_basis
from layers.sufficiency.ceasing import excess_variance
from layers.sufficiency.core import Means

DATASET = "housing"
NO_SITE = "windfall"
DONE = "completed"

NOT_SEEN = (
    "Joined or not explained: nothing, for in the records a plan that came from another council is a plan that "
    "started; who moved in is within the new plans."
)


@dataclass(frozen=True)
class Joined:
    """The flow "joined or not explained".

    Attributes
    ----------
    mean : float
        Plans in a year.
    variance : float
        Of a yearly factor of mean 1.
    """

    mean: float = 0.0
    variance: float = 0.0


def not_explained(stock: Means, started: Means, ended: Means) -> Means:
    """Return what of each year's change in published totals is neither a start nor an end: ends - start - new + left.

    Parameters
    ----------
    stock : Means
        [year]: plans maintained in each January.
    started, ended : Means
        [step]: plans that started and ended between two of them.
    """
    return np.asarray(np.diff(stock) - started + ended, dtype=np.float64)


def joined(values: Means) -> Joined:
    """Return the flow that goes on at the mean of the years seen, as overdispersed counts.

    A mean below nothing is none: plans that left unseen are no newcomers.
    """
    mean = max(float(values.mean()), 0.0) if values.size else 0.0
    return Joined(mean, excess_variance(values, np.full(values.size, mean)) if mean > 0 else 0.0)


@dataclass(frozen=True)
class Homes:
    """Homes that come on top of those of a usual year.

    Attributes
    ----------
    extra : Means
        [step, area]: homes completed in the year before each forecast census, over the yearly mean.
    basis, notes : tuple of str
        Words that must stand by what rests on them, and what a reader must know.
    """

    extra: Means
    basis: tuple[str, ...]
    notes: tuple[str, ...]


def homes(store: Store, areas: Sequence[str], base_year: int, steps: int) -> Homes:
    """Return the new homes of each year over those usual in the years of the records.

    Homes completed in a year are lived in by the January after it. The growth of plans in the records already holds the
    pupils of the homes that were built meanwhile, so only homes over that yearly mean count: as a running total, so
    that a year below it takes from the year after. Homes without a site lie in no area, and those completed before the
    base year's census have their pupils in it.

    Parameters
    ----------
    store : Store
        With or without a list of housing.
    areas : sequence of str
        Codes of the model's areas.
    base_year : int
        January of the newest census.
    steps : int
        Years ahead.
    """
    rows = store.rows_of(DATASET)
    none = np.zeros((steps, len(areas)))
    if not rows:
        return Homes(none, (), ("No list of housing is loaded: no pupils of new homes are added.",))
    basis = tuple(f"{word} housing" for word in parts_basis(store.snapshot.parts(DATASET)))
    past, coming, windfall = _by_year(store, rows, areas, (base_year, steps))
    notes = [f"{windfall:,} homes expected without a site are in no area, and not counted."] if windfall else []
    if not past:
        total = f"{coming.sum():,.0f}"
        said = (
            "The list of housing has no completed homes of the years of the records, so that it is not known how many "
        )
        said += f"are usual: none of the {total} homes to come is counted as more than usual."
        return Homes(none, basis, (*notes, said))
    usual = sum(past.values()) / (base_year - min(past))
    over = np.maximum.accumulate(np.maximum(np.cumsum(coming - usual, axis=0), 0), axis=0)
    extra = np.diff(over, axis=0, prepend=0)
    notes.append(
        f"Of {coming.sum():,.0f} homes to come by January {base_year + steps}, {extra.sum():,.0f} are more than the "
        f"{float(np.sum(usual)):,.0f} a year completed from {min(past)} to {base_year - 1}; only those bring further "
        "plans."
    )
    return Homes(extra, basis, tuple(notes))


def _by_year(
    store: Store, rows: Sequence[Row], areas: Sequence[str], span: tuple[int, int]
) -> tuple[dict[int, Means], Means, int]:
    """Return homes completed by past year, homes to come by step and area, and those without a site."""
    of_atom = store.areas.of_atom["locality"]
    base_year, steps = span
    past: dict[int, Means] = {}
    coming, windfall = np.zeros((steps, len(areas))), 0
    for row in rows:
        area = of_atom.get(row.get("atom") or "")
        status, year = row.get("status"), int(row["year"])
        if status == NO_SITE or area is None:
            windfall += int(row["dwellings"]) if status == NO_SITE else 0
            continue
        place = areas.index(area)
        if status == DONE if status else year < base_year:
            if year < base_year:
                past.setdefault(year, np.zeros(len(areas)))[place] += row["dwellings"]
            continue
        # What should be there and is not comes first thing.
        if (step := max(year - base_year, 0)) < steps:
            coming[step, place] += row["dwellings"]
    return past, coming, windfall


def plans_of_homes(extra: Means, per_home: float, prevalence: Means) -> Means:
    """Return the plans that come with new homes, [step, area]: homes x pupils per home x plans per resident 0 to 25.

    Parameters
    ----------
    extra : Means
        [step, area], of `Homes`.
    per_home : float
        Children and young people for each.
    prevalence : Means
        [area]: plans per resident aged 0 to 25 at the newest census.
    """
    return np.asarray(extra * per_home * prevalence)
