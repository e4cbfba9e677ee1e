"""One kind of provision in one phase: the draws of who finds no place, and what is left in the settings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layers.sufficiency.allocation import Offer, allocate
from layers.sufficiency.core import Means
from layers.sufficiency.grouping import Grouping
from layers.sufficiency.seating import Seats
from layers.sufficiency.wanted import Draws


@dataclass(frozen=True)
class Shortage:
    """Draws of one kind of provision and phase.

    Attributes
    ----------
    unmet : Means
        [year, draw, home, group]: children without a place.
    spare, over : Means
        [year, draw, area of the setting, group + 1]: working places left, and pupils above the commissioned places.
    used : Means
        The same: pupils in the settings, our own and those of others.
    flows : Means
        [year, home, area of the setting]: mean over the draws of those who newly get a place.
    """

    unmet: Means
    spare: Means
    over: Means
    used: Means
    flows: Means


def shortage_of(
    plans: Draws, seats: Seats, distances_km: Means, grouping: Grouping, *, over_number: bool = False
) -> Shortage:
    """Hold plans against places in every draw.

    Where a draw has fewer plans than stay, all settings lose pupils alike, and places that are freed go first to those
    who sit above the places.

    Parameters
    ----------
    plans : Draws
        [year, draw, home, group].
    seats : Seats
        Of the same kind and phase.
    distances_km : Means
        [home, area of the setting].
    grouping : Grouping
        The groups of needs.
    over_number : bool, optional
        Whether a named school admits above its places: then nobody is without a place where the county has a setting,
        and the settings are over.
    """
    years, draws, homes, groups = plans.shape
    demand = plans.astype(np.float64)
    staying = (seats.seated.sum(axis=(3, 4)) + seats.away)[:, None]
    waiting = demand - staying
    freed, lost = _freed(waiting, staying, seats)
    np.maximum(waiting, 0.0, out=waiting)
    above = np.maximum(seats.above[:, None] - freed, 0.0)
    over = np.maximum(seats.over[:, None] - freed, 0.0)
    room = seats.rest[:, None] + np.maximum(freed - seats.above[:, None], 0.0)
    still_away = seats.away.sum(axis=(1, 2))[:, None] - np.einsum("ydhg,yhg->yd", lost, seats.away)
    rows = (years * draws, homes)
    offer = Offer(
        room[..., :groups].reshape(*rows, groups),
        room[..., groups].reshape(rows),
        np.maximum(seats.bought - still_away, 0.0).reshape(-1),
    )
    given = allocate(waiting.reshape(*rows, groups), offer, distances_km, broad=grouping.broad, blocks=years)
    spare = np.concatenate([given.spare.own, given.spare.any_need[..., None]], axis=2)
    spare = spare.reshape(years, draws, homes, groups + 1)
    unmet = given.unmet.reshape(years, draws, homes, groups)
    used = seats.places[:, None] - spare + above
    if over_number:
        admitted = np.matmul(unmet.reshape(years, draws, -1), _admitting(seats, distances_km, groups))
        admitted = admitted.reshape(over.shape)
        # A child whom no setting can take, as there is none, stays without a place.
        unmet = unmet * (seats.places.sum(axis=(1, 2)) == 0)[:, None, None, None]
        over, used = over + admitted, used + admitted
    return Shortage(unmet, spare, over, used, given.flows / draws)


def _freed(waiting: Means, staying: Means, seats: Seats) -> tuple[Means, Means]:
    """Return the places that are freed where fewer plans are left than stay, and which share of those who stay that is.

    Parameters
    ----------
    waiting : Means
        [year, draw, home, group]: plans less those who stay.
    staying : Means
        [year, 1, home, group].
    seats : Seats
        Who sits where.

    Returns
    -------
    tuple of Means
        [year, draw, area of the setting, group + 1] and [year, draw, home, group].
    """
    years, draws, homes, groups = waiting.shape
    lost = np.minimum(waiting, 0.0)
    lost *= -np.divide(1.0, staying, out=np.zeros_like(staying), where=staying > 0)
    freed = np.zeros((years, draws, homes, groups + 1))
    with_settings = np.flatnonzero(seats.places.sum(axis=(0, 2)) + seats.above.sum(axis=(0, 2)))
    seated = seats.seated[:, :, :, with_settings].reshape(years, homes * groups, -1)
    found = np.matmul(lost.reshape(years, draws, -1), seated)
    freed[:, :, with_settings] = found.reshape(years, draws, len(with_settings), groups + 1)
    return freed, lost


def _admitting(seats: Seats, distances_km: Means, groups: int) -> Means:
    """Return [year, home and group, area and kind of place]: 1 where the nearest setting is that would be named.

    Places for the own group come before those for any need, and those before all others, as in the allocation.
    """
    years, areas, kinds = seats.places.shape
    found = np.zeros((years, areas, groups, areas, kinds))
    farther = float(distances_km.max(initial=0.0)) + 1.0
    for group in range(groups):
        rank = np.full(kinds, 2.0)
        rank[group], rank[groups] = 0.0, 1.0
        costs = distances_km[:, :, None] + rank * farther
        for year in range(years):
            if not seats.places[year].any():
                continue
            named = np.where(seats.places[year] > 0, costs, np.inf).reshape(areas, -1).argmin(axis=1)
            setting, kind = np.divmod(named, kinds)
            found[year, np.arange(areas), group, setting, kind] = 1.0
    return found.reshape(years, areas * groups, areas * kinds)
