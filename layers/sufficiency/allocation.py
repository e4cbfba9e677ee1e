"""Who is given which place, in every draw: minimum-cost flow from homes to settings.

Costs are ranked, each above everything below it: a child without a place; a place outside the list; a place for any
need; a place for another need of the same broad area; and the distance. Ranked costs are those of one programme whose
weights differ enough (H. D. Sherali, "Equivalent weights for lexicographic multi-objective programs", European
Journal of Operational Research 11, 1982), so the allocation is done rank by rank, each with the fewest kilometres. As
every home can reach every setting, no rank leaves a child without a place whom another order would have given one: the
number without is the smallest possible.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from layers.sufficiency.bases import BasisPool, Solved
from layers.sufficiency.core import Means

POOLS_KEPT = 32
"""Matrices of distances whose bases are kept: a planner compares a few scenarios, not hundreds."""

_pools: OrderedDict[tuple[bytes, tuple[int, ...]], BasisPool] = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True)
class Offer:
    """Places that are left.

    Attributes
    ----------
    own : Means
        [row, area of the setting, group of needs].
    any_need : Means
        [row, area of the setting].
    elsewhere : Means
        [row]: outside the list, for any need.
    """

    own: Means
    any_need: Means
    elsewhere: Means


@dataclass(frozen=True)
class Allocated:
    """What is left when as many as possible are placed.

    Attributes
    ----------
    unmet : Means
        [row, home, group]: children without a place.
    spare : Offer
        Places without a child.
    flows : Means
        [block, home, area of the setting]: placed in the list's settings, summed over the rows of the block.
    """

    unmet: Means
    spare: Offer
    flows: Means


def pool_for(costs: Means) -> BasisPool:
    """Return the kept bases for one matrix of costs."""
    key = (costs.tobytes(), costs.shape)
    with _lock:
        pool = _pools.get(key)
        if pool is None:
            pool = _pools[key] = BasisPool(costs)
        _pools.move_to_end(key)
        while len(_pools) > POOLS_KEPT:
            _pools.popitem(last=False)
    return pool


def allocate(
    demand: Means, offer: Offer, distances_km: Means, *, broad: Sequence[int] | None = None, blocks: int = 1
) -> Allocated:
    """Give children places: for their own group of needs first, then of the same broad area, any need, elsewhere.

    Parameters
    ----------
    demand : Means
        [row, home, group]: children who need a place; a row is a draw of a year.
    offer : Offer
        The places that are left, for the same rows.
    distances_km : Means
        [home, area of the setting], not negative; the same areas in the same order.
    broad : sequence of int, optional
        Broad area of each group where groups are finer.
    blocks : int, optional
        The rows are so many blocks of equal length, one after the other; flows are added up by block.

    Returns
    -------
    Allocated
        Who and what is left. Placed and unmet are the demand in every row, and no more are placed than there are
        places.
    """
    flows = np.zeros((blocks, *distances_km.shape))
    unmet, own = _place_each(demand, offer.own, distances_km, flows)
    if broad is not None:
        members = [np.flatnonzero(np.array(broad) == one) for one in sorted(set(broad))]
        waiting = np.stack([_row_sums(unmet[..., one]) for one in members], axis=2)
        left = np.stack([_row_sums(own[..., one]) for one in members], axis=2)
        still, spare = _place_each(waiting, left, distances_km, flows)
        for at, one in enumerate(members):
            unmet[..., one] = _scaled(unmet[..., one], still[..., at])
            own[..., one] = _scaled(own[..., one], spare[..., at])
    still, any_need = _place(_row_sums(unmet), offer.any_need, distances_km, flows)
    unmet = _scaled(unmet, still)
    waiting_all = _row_sums(still)
    taken = np.minimum(waiting_all, offer.elsewhere)
    share = np.divide(taken, waiting_all, out=np.zeros_like(taken), where=waiting_all > 0)
    return Allocated(unmet * (1 - share)[:, None, None], Offer(own, any_need, offer.elsewhere - taken), flows)


def _place_each(demand: Means, places: Means, distances_km: Means, flows: Means) -> tuple[Means, Means]:
    """Do the same as `_place` for [row, area, group], every group by itself: one after the other, as more rows."""
    groups = demand.shape[2]
    by_group = np.zeros((groups, *flows.shape))
    one_by_one = [np.ascontiguousarray(np.moveaxis(one, 2, 0)).reshape(-1, one.shape[1]) for one in (demand, places)]
    found = _place(one_by_one[0], one_by_one[1], distances_km, by_group.reshape(-1, *flows.shape[1:]))
    flows += by_group.sum(axis=0)
    unmet, spare = (np.moveaxis(one.reshape(groups, -1, one.shape[1]), 0, 2).copy() for one in found)
    return unmet, spare


def _row_sums(cells: Means) -> Means:
    """Add up the last axis: as a product, because NumPy is slow along short axes."""
    return np.asarray(cells.reshape(-1, cells.shape[-1]) @ np.ones(cells.shape[-1])).reshape(cells.shape[:-1])


def _scaled(parts: Means, total: Means) -> Means:
    """Return parts [row, area, part] made smaller, all of an area alike, so that they add up to a new total."""
    before = _row_sums(parts)
    share = np.divide(total, before, out=np.zeros_like(before), where=before > 0)
    found: Means = parts * np.minimum(share, 1.0)[..., None]
    return found


def _place(demand: Means, places: Means, distances_km: Means, flows: Means) -> tuple[Means, Means]:
    """Return [row, home] who found no place and [row, setting] places left, and add who goes where to the flows.

    The rows are as many blocks of equal length as there are flows.
    """
    unmet, spare = demand.copy(), places.copy()
    settings = np.flatnonzero(np.ones(len(places)) @ places)
    if not settings.size:
        return unmet, spare
    some = np.flatnonzero((_row_sums(demand) > 0) & (_row_sums(places) > 0))
    if not some.size:
        return unmet, spare
    pool = pool_for(np.ascontiguousarray(distances_km[:, settings]))
    solved = pool.solve(demand[some], places[some][:, settings])
    unmet[some] = solved.unmet
    spare[some[:, None], settings] = solved.spare
    block = some // (len(demand) // len(flows))
    flows[:, :, settings] += _flows(pool, solved, block, len(flows))
    return unmet, spare


def _flows(pool: BasisPool, solved: Solved, block: npt.NDArray[np.int64], blocks: int) -> Means:
    """Return [block, home, setting]: who goes where, summed over the rows of each block."""
    key = solved.basis * blocks + block
    key = key.astype(np.min_scalar_type(int(key.max())))  # short numbers sort faster
    order = np.argsort(key, kind="stable")
    first = np.flatnonzero(np.diff(key[order].astype(np.int64), prepend=-1))
    # A solution is linear in demand and places as long as the basis is the same, so sums give sums of flows.
    found = pool.flows(solved.basis[order][first], np.add.reduceat(solved.sides[order], first, axis=0))
    into = np.zeros((blocks, *found.shape[1:]))
    np.add.at(into, block[order][first], found)
    return into
