"""Who sits where already: pupils placed today who stay, pupils of others, and the places that are left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from layers.sufficiency.core import PHASE_KEYS, PROVISIONS, Means, Places, Supply
from layers.sufficiency.grouping import Grouping
from layers.sufficiency.supply import open_in

Stays = Mapping[tuple[str, int | None], Means]
"""(area of the home, number of the setting or None) -> [year, phase, need, provision]: expected to be there still."""

Whole = npt.NDArray[np.int64]

Key = tuple[int | str, str]
"""A setting, by number or by name where it has none, and the kind of provision."""


@dataclass
class Seats:
    """One kind of provision in one phase, over the years; S areas of settings, H of homes, G groups of needs.

    Attributes
    ----------
    places : Means
        [year, S, G + 1]: working places; the last for any need.
    rest : Means
        The same, of which nobody sits on.
    above, over : Means
        The same: those who sit there above the working places, and above the commissioned places.
    seated : Means
        [year, H, G, S, G + 1]: our own plans who stay, by home and by the kind of place they sit on.
    away : Means
        [year, H, G]: our own plans who stay in settings that are not in the list.
    bought : float
        Places outside the list that we use in the base year: as many can be had in later years, assumed.
    listed : bool
        Whether any setting of the list has such places.
    """

    places: Means
    rest: Means
    above: Means
    over: Means
    seated: Means
    away: Means
    bought: float = 0.0
    listed: bool = False

    def of_years(self, at: Sequence[int]) -> Seats:
        """Return the same of some years, by their places among all; the first must be the base year."""
        chosen = list(at)
        return Seats(
            self.places[chosen], self.rest[chosen], self.above[chosen], self.over[chosen], self.seated[chosen],
            self.away[chosen], self.bought, self.listed,
        )  # fmt: skip


@dataclass
class _Setting:
    """The rows of one setting and kind of provision."""

    area: int
    rows: list[Places] = field(default_factory=list)

    def phases(self) -> tuple[str, ...]:
        return tuple(key for key in PHASE_KEYS if any(row.phase == key for row in self.rows))


def seats_of(
    supply: Supply, stays: Stays, areas: Sequence[str], grouping: Grouping, occupancy: float
) -> dict[tuple[str, str], Seats]:
    """Seat those who are there, setting by setting.

    A pupil sits on a place for the own group of needs, then of the same broad area where groups are finer, then on one
    for any need, then on any other of the same setting and phase; who finds none there sits above the places. Pupils of
    others come after our own. Who is in a phase that the setting does not list sits in the nearest phase that it does,
    as far as that is so in the base year; whoever grows into such a phase, or whose setting has closed, needs a new
    place.

    Parameters
    ----------
    supply : Supply
        The places, and the pupils of others.
    stays : mapping
        See `Stays`.
    areas : sequence of str
        Codes, of homes and settings alike.
    grouping : Grouping
        The groups of needs.
    occupancy : float
        Working places for each commissioned one, 0 to 1.

    Returns
    -------
    dict
        (provision, phase) -> seats.
    """
    years, homes, groups = len(supply.years), len(areas), len(grouping)
    found = {(provision, phase): _empty(years, homes, groups) for provision in PROVISIONS for phase in PHASE_KEYS}
    settings = _settings(supply, areas)
    numbers = {key for key, _ in settings}
    grouped = {key: _grouped(plans, grouping) for key, plans in stays.items() if key[1] in numbers}
    for (key, provision), setting in settings.items():
        there = _occupants(key, provision, grouped, areas, (years, groups))
        for phase in setting.phases():
            seats = found[provision, phase]
            rows = [row for row in setting.rows if row.phase == phase]
            is_open = np.max([open_in(row, supply.years) for row in rows], axis=0).astype(np.float64)
            own = _in_phase(there, setting.phases(), phase) * is_open[:, None, None]
            others = _others(setting, phase, supply.sold) * is_open
            _sit(seats, setting.area, _rows_by_year(rows, grouping), (own, others), (grouping, occupancy))
    _send_away(found, settings, stays, (areas, grouping))
    return found


def _empty(years: int, homes: int, groups: int) -> Seats:
    kinds = (years, homes, groups + 1)
    return Seats(
        np.zeros(kinds), np.zeros(kinds), np.zeros(kinds), np.zeros(kinds),
        np.zeros((years, homes, groups, homes, groups + 1)), np.zeros((years, homes, groups)),
    )  # fmt: skip


def _settings(supply: Supply, areas: Sequence[str]) -> dict[Key, _Setting]:
    found: dict[Key, _Setting] = {}
    for row in supply.places:
        key = (row.setting if row.urn is None else row.urn, row.provision)
        found.setdefault(key, _Setting(areas.index(row.area))).rows.append(row)
    return found


def _grouped(plans: Means, grouping: Grouping) -> Means:
    """Return [year, phase, need, provision] as [provision, phase, year, group]."""
    found = np.zeros((plans.shape[3], plans.shape[1], plans.shape[0], len(grouping)))
    for need, group in enumerate(grouping.of_need):
        found[..., group] += plans[:, :, need].transpose(2, 1, 0)
    return found


def _occupants(key: int | str, provision: str, stays: Stays, areas: Sequence[str], shape: tuple[int, int]) -> Means:
    """Return [phase, year, home, group] of our own plans in a setting."""
    years, groups = shape
    found = np.zeros((len(PHASE_KEYS), years, len(areas), groups))
    at = PROVISIONS.index(provision)
    for (home, urn), plans in stays.items():
        if urn is not None and urn == key:
            found[:, :, areas.index(home)] += plans[at]
    return found


def _in_phase(there: Means, listed: Sequence[str], phase: str) -> Means:
    """Return [year, home, group]: those of a phase, and of unlisted phases that it is the nearest to."""
    at = [PHASE_KEYS.index(one) for one in listed]
    here = PHASE_KEYS.index(phase)
    found: Means = there[here].copy()
    for other, plans in enumerate(there):
        nearest = min(at, key=lambda one: (abs(one - other), one))
        if other not in at and nearest == here:
            total = plans.sum(axis=(1, 2))
            found += plans * np.minimum(1.0, _ratio(total[:1], total))[:, None, None]
    return found


def _others(setting: _Setting, phase: str, sold: Mapping[int, int]) -> float:
    """Return the pupils of others in one phase: by the pupils attending; all of them where there is no number."""
    pupils = sum(row.pupils or 0 for row in setting.rows if row.phase == phase)
    urn = setting.rows[0].urn
    if urn is None:
        return float(pupils)
    everyone = sum(row.pupils or 0 for row in setting.rows)
    return sold.get(urn, 0) * pupils / everyone if everyone else 0.0


def _rows_by_year(rows: Sequence[Places], grouping: Grouping) -> Means:
    """Return [year, group + 1] of working places."""
    found = np.zeros((len(rows[0].by_year), len(grouping) + 1))
    for row in rows:
        found[:, grouping.group_of(row.need)] += row.by_year
    return found


def _ratio(part: Means, whole: Means) -> Means:
    """Return part / whole; 0 where the whole is."""
    return np.divide(part, whole, out=np.zeros(np.broadcast(part, whole).shape), where=whole > 0)


def _sit(seats: Seats, area: int, places: Means, who: tuple[Means, Means], how: tuple[Grouping, float]) -> None:
    """Seat those of one setting and phase; see `seats_of` for the order."""
    own, others = who
    grouping, occupancy = how
    waiting, left = own.sum(axis=1), places.copy()
    sits = np.zeros((*waiting.shape, places.shape[1]))
    groups = np.arange(len(grouping))
    sits[:, groups, groups] = np.minimum(waiting, left[:, :-1])
    waiting -= sits[:, groups, groups]
    left[:, :-1] -= sits[:, groups, groups]
    for members, kinds in _ranks(grouping):
        _fill(waiting, left, sits, np.ix_(members, kinds))
    above = np.zeros_like(places)
    above[:, : len(grouping)] = waiting
    sits[:, groups, groups] += waiting
    share = _ratio(own, own.sum(axis=1, keepdims=True))
    seats.seated[:, :, :, area] += share[..., None] * sits[:, None]
    by_others = np.minimum(others, left.sum(axis=1))
    left *= (1 - _ratio(by_others, left.sum(axis=1)))[:, None]
    # Pupils of others above the places count with the largest kind.
    above[np.arange(len(above)), places.argmax(axis=1)] += others - by_others
    unfilled = places.sum(axis=1) / occupancy - places.sum(axis=1)
    over = np.maximum(above.sum(axis=1) - unfilled, 0.0)
    seats.listed = True
    seats.places[:, area] += places
    seats.rest[:, area] += left
    seats.above[:, area] += above
    seats.over[:, area] += above * _ratio(over, above.sum(axis=1))[:, None]


def _ranks(grouping: Grouping) -> list[tuple[list[int], list[int]]]:
    """Return (groups, kinds of place) in the order in which the groups may sit on them, after those of their own."""
    everyone = list(range(len(grouping)))
    broad = grouping.broad or ()
    together = [[at for at in everyone if broad[at] == one] for one in sorted(set(broad))]
    return [*((members, members) for members in together), (everyone, [len(grouping)]), (everyone, everyone)]


def _fill(waiting: Means, left: Means, sits: Means, at: tuple[Whole, ...]) -> None:
    """Let those who wait sit on some kinds of place as far as they go, all alike; changes what is given."""
    members, kinds = at[0].ravel(), at[1].ravel()
    who, where = waiting[:, members], left[:, kinds]
    seated = np.minimum(who.sum(axis=1), where.sum(axis=1))
    share, taken = _ratio(seated, who.sum(axis=1))[:, None], _ratio(seated, where.sum(axis=1))[:, None]
    kind = _ratio(where, where.sum(axis=1, keepdims=True))
    sits[:, at[0], at[1]] += (who * share)[:, :, None] * kind[:, None]
    waiting[:, members] = who * (1 - share)
    left[:, kinds] = where * (1 - taken)


def _send_away(
    found: dict[tuple[str, str], Seats],
    settings: Mapping[Key, _Setting],
    stays: Stays,
    axes: tuple[Sequence[str], Grouping],
) -> None:
    """Count those who stay in settings that are not in the list; what they use in the base year can be had again."""
    areas, grouping = axes
    by_home: dict[str, Means] = {}
    for (home, urn), plans in stays.items():
        unlisted = [urn is None or (urn, provision) not in settings for provision in PROVISIONS]
        by_home[home] = by_home.get(home, np.zeros(plans.shape)) + plans * unlisted
    for home, plans in by_home.items():
        of_home = _grouped(plans, grouping)
        for (provision, phase), seats in found.items():
            seats.away[:, areas.index(home)] = of_home[PROVISIONS.index(provision), PHASE_KEYS.index(phase)]
    for seats in found.values():
        seats.bought = float(seats.away[0].sum())
