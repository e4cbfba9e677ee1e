"""Everything the cohort model runs on: what ends, moves, starts and joins in a year, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from layers.sufficiency.ceasing import Ceasing, ceasing
from layers.sufficiency.core import PHASE_OF_NCY, History, Means
from layers.sufficiency.moves import moves
from layers.sufficiency.newcomers import Joined
from layers.sufficiency.starting import Starting, starting


@dataclass(frozen=True)
class Rates:
    """The rates of one council at one January.

    Attributes
    ----------
    areas : tuple of str
        Codes.
    base_year : int
        January of the newest census they rest on.
    ceasing : Ceasing
        Shares of plans that end.
    moves : Means
        [NCY at the later census, need, from, to]: where plans that go on are provided a year later.
    moved : Means
        [NCY]: plans that the moves rest on.
    starting : Starting
        New plans.
    joined : Joined
        Plans joined or not explained.
    housing : Means
        [step, area]: plans expected with new homes.
    stock : Means
        [area, NCY, need, provision]: plans at the base census.
    """

    areas: tuple[str, ...]
    base_year: int
    ceasing: Ceasing
    moves: Means
    moved: Means
    starting: Starting
    joined: Joined
    housing: Means
    stock: Means

    def joining(self, step: int) -> Means:
        """Return the plans expected to join in a step, from 0, [area, NCY, need, provision].

        With new homes, by the area's own mix of plans; joined or not explained, by the county's.
        """
        by_area = self.housing[step] if step < len(self.housing) else np.zeros(len(self.areas))
        totals = self.stock.sum(axis=(1, 2, 3), keepdims=True)
        county = self.stock.sum(axis=0) / max(float(totals.sum()), 1.0)
        mix = np.where(totals > 0, self.stock / np.maximum(totals, 1), county)
        shared = self.stock / max(float(totals.sum()), 1.0)
        return np.asarray(by_area[:, None, None, None] * mix + self.joined.mean * shared)

    def starts(self, years: int) -> Means:
        """Return the new plans expected in each step, [step, area, NCY, need, provision]."""
        return np.asarray(self.starting.totals(years)[:, None, None, None, None] * self.starting.shares)


def rates(found: History, residents: Means, housing: Means, joining: Joined | None = None) -> Rates:
    """Estimate the rates from a history with at least one transition.

    Parameters
    ----------
    found : History
        The records up to the newest January census that may be used.
    residents : Means
        [area]: aged 0 to 25.
    housing : Means
        [step, area]: plans expected with new homes.
    joining : Joined, optional
        By default none.
    """
    ends = ceasing(found)
    matrices, moved = moves(found, ends.hazard)
    return Rates(
        areas=found.areas,
        base_year=found.years[-1],
        ceasing=ends,
        moves=matrices,
        moved=moved,
        starting=starting(found, residents),
        joined=joining or Joined(),
        housing=housing,
        stock=found.stock[-1].astype(np.float64),
    )


def with_moves(found: Rates, matrices: Means, moved: Means) -> Rates:
    """Return the rates with other moves, such as those of persons observed in two extracts.

    Parameters
    ----------
    found : Rates
        From `rates`.
    matrices : Means
        [NCY at the later census, need, from, to]; each row of the last axis adds up to 1.
    moved : Means
        [NCY]: plans they rest on.

    Raises
    ------
    ValueError
        If the rows are not shares that add up to 1.
    """
    if matrices.shape != found.moves.shape or (matrices < 0).any() or not np.allclose(matrices.sum(axis=-1), 1):
        raise ValueError(f"Moves must be shares that add up to 1, in the shape {found.moves.shape}.")
    return replace(found, moves=matrices, moved=moved)


def ncy_within_phase(stock: Means) -> Means:
    """Return how the plans of a phase, need and provision are spread over its curriculum years, [NCY, need, provision].

    Equally where the stock has none.

    Parameters
    ----------
    stock : Means
        [area, NCY, need, provision].
    """
    plans = stock.sum(axis=0)
    found = np.zeros(plans.shape)
    for phase in np.unique(PHASE_OF_NCY):
        years = np.flatnonzero(phase == PHASE_OF_NCY)
        total = plans[years].sum(axis=0)
        found[years] = np.where(total > 0, plans[years] / np.where(total > 0, total, 1), 1 / years.size)
    return found
