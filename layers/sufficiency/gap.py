"""The sufficiency gap: demand less places after allocation, seen from home and from the settings, with its bands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from hashlib import blake2b
from typing import Any

import numpy as np

from layers.sufficiency.core import PHASE_KEYS, PROVISIONS, Demand, Means, Supply
from layers.sufficiency.grouping import ALL, BY_BROAD_AREA, Grouping
from layers.sufficiency.rollup import COUNTY, HALF_A_PLACE, NOT_TESTABLE, WORDS, roll_up, status_of
from layers.sufficiency.seating import Seats, Stays, seats_of
from layers.sufficiency.settings import SufficiencySettings
from layers.sufficiency.shortage import Shortage, shortage_of
from layers.sufficiency.wanted import WORKERS, Draws, Wanted, mean_of, quantiles, wanted_of, with_totals

NOTICE_AT = 0.1
"""Probability of a shortage at which it is first worth a look. Assumed."""

KEPT = 48
"""Blocks that are kept with the demand: a scenario that adds places to one phase computes only that one."""

STATE = ("special", "base", "alternative")
"""Provision whose settings a council can name above their number; an independent one may refuse."""

Key = tuple[str, str]


@dataclass(frozen=True)
class Bands:
    """The median and the ends of the bands of 80 % and 95 %."""

    median: float
    lower_80: float
    upper_80: float
    lower_95: float
    upper_95: float


@dataclass(frozen=True)
class Cell:
    """One cell of the matrix.

    Attributes
    ----------
    area, phase, group, provision : str
        What was asked for.
    year : int
        Of the January census.
    status, words : str
        One of `layers.sufficiency.rollup.WORDS`, and what is said.
    plans : int
        Plans of the base year that the cell rests on.
    demand : Bands
        Plans.
    placed : float or None
        Of those who live there, mean of the draws; like all that follows None where no places are listed.
    gap : Bands or None
        Seen from home: children who live there and find no place anywhere, so demand less placed.
    gap_at_settings : Bands or None
        Seen from the settings there: pupils above the places, and children who live there without a place, less the
        places left; below 0 there are more places than children for them.
    places, used, spare, over : float or None
        In the settings there: working places, pupils (our own and of others), working places left, and pupils above
        the commissioned places; the last three are means of the draws. For a group of needs without the places that
        take any need, which stand with "all".
    chance : float or None
        Probability that at least half a place is lacking; None where it is not yet testable.
    first_short : int or None
        First year from which on the median of the gap is at least half a place, to the last one.
    first_notice : int or None
        First year in which a shortage has a probability of `NOTICE_AT`.
    shown_area, shown_group : str
        The cell whose figures these are: another one where too few plans are here.
    note : str
        What else must be said.
    """

    area: str
    phase: str
    group: str
    provision: str
    year: int
    status: str
    words: str
    plans: int
    demand: Bands
    placed: float | None = None
    gap: Bands | None = None
    gap_at_settings: Bands | None = None
    places: float | None = None
    used: float | None = None
    spare: float | None = None
    over: float | None = None
    chance: float | None = None
    first_short: int | None = None
    first_notice: int | None = None
    shown_area: str = ""
    shown_group: str = ""
    note: str = ""


@dataclass(frozen=True)
class Block:
    """The figures of one kind of provision and phase; [year, area + county, group + all] and, for bands, level."""

    unmet: Draws
    gap: Draws
    gap_at_settings: Draws
    chance: Means
    placed: Means
    places: Means
    used: Means
    spare: Means
    over: Means
    flows: Means


@dataclass(frozen=True)
class GapMatrix:
    """Every cell, for all years.

    Attributes
    ----------
    wanted : Wanted
        The demand in it.
    blocks : mapping of (str, str) to Block
        (provision, phase) -> figures, where places are listed.
    fewest_plans : int
        Cells that rest on fewer roll up.
    basis, notes : tuple of str
        Words that must stand by the figures, and what a reader must know.
    """

    wanted: Wanted
    blocks: Mapping[Key, Block]
    fewest_plans: int
    basis: tuple[str, ...]
    notes: tuple[str, ...]
    _plans: dict[Key, dict[Key, int]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def years(self) -> tuple[int, ...]:
        """Years of the January censuses."""
        return self.wanted.demand.years

    @property
    def areas(self) -> tuple[str, ...]:
        """Codes of the areas, the county last."""
        return (*self.wanted.demand.areas, COUNTY)

    @property
    def groups(self) -> tuple[str, ...]:
        """Codes of the groups of needs, all together last."""
        return (*self.wanted.grouping.keys, ALL)

    @cached_property
    def _at(self) -> dict[str, dict[Any, int]]:
        axes = {"area": self.areas, "group": self.groups, "year": self.years}
        return {axis: {key: at for at, key in enumerate(keys)} for axis, keys in axes.items()}

    def plans(self, provision: str, phase: str) -> Mapping[Key, int]:
        """Return (area, group) -> plans of the base year, of one kind of provision and phase."""
        if (provision, phase) not in self._plans:
            first = self.wanted.plans[PROVISIONS.index(provision), PHASE_KEYS.index(phase), :1]
            counted = np.median(with_totals(first)[0], axis=-1)
            self._plans[provision, phase] = {
                (area, group): round(float(counted[i, j]))
                for i, area in enumerate(self.areas)
                for j, group in enumerate(self.groups)
            }
        return self._plans[provision, phase]

    def cell(self, area: str, phase: str, group: str, provision: str, year: int) -> Cell:
        """Return one cell; with the figures of the county, and words that say so, where it rests on too few plans."""
        plans = self.plans(provision, phase)
        shown = roll_up(plans, area, group, self.fewest_plans)
        demand = self.wanted.bands(provision, phase)
        at = (self._at["year"][year], self._at["area"][shown.area], self._at["group"][shown.group])
        cell = Cell(
            area, phase, group, provision, year, "accommodate", "", plans[area, group], _bands(demand[at]),
            shown_area=shown.area, shown_group=shown.group, note=shown.note,
        )  # fmt: skip
        block = self.blocks.get((provision, phase))
        cell = self._held_against(cell, block, at) if block else cell
        if not (cell.plans or cell.demand.upper_95 or cell.places):
            cell = replace(cell, status="no_data")
        if shown.note:
            cell = replace(cell, status="rolled_up")
        return replace(cell, words=WORDS[cell.status])

    def _held_against(self, cell: Cell, block: Block, at: tuple[int, int, int]) -> Cell:
        """Return a cell with what its places add."""
        _, area, group = at
        testable = self.wanted.demand.testable
        chance = float(block.chance[at]) if testable else None
        gap, at_settings = _bands(block.gap[at]), _bands(block.gap_at_settings[at])
        return replace(
            cell,
            status=status_of(chance, gap.median, at_settings.median),
            placed=float(block.placed[at]),
            gap=gap,
            gap_at_settings=at_settings,
            places=float(block.places[at]),
            used=float(block.used[at]),
            spare=float(block.spare[at]),
            over=float(block.over[at]),
            chance=chance,
            first_short=_lasting(block.gap[:, area, group, 2] >= HALF_A_PLACE, self.years),
            first_notice=_first(block.chance[:, area, group] >= NOTICE_AT, self.years) if testable else None,
            note=" ".join(said for said in (cell.note, "" if testable else f"Probability: {NOT_TESTABLE}.") if said),
        )

    def rows(self, year: int, provisions: Sequence[str] = ("special", "base", "independent")) -> tuple[Cell, ...]:
        """Return the cells of one year: provision, phase, area, group, in this order."""
        return tuple(
            self.cell(area, phase, group, provision, year)
            for provision in provisions
            for phase in PHASE_KEYS
            for area in self.areas
            for group in self.groups
        )

    def short_of(self, areas: Sequence[str], kinds: Sequence[Key], groups: Sequence[str]) -> tuple[Bands, ...]:
        """Return the children without a place in several cells together, added up in every draw, for each year.

        Parameters
        ----------
        areas, groups : sequence of str
            Codes; the county or "all" alone, as they hold the others.
        kinds : sequence of (str, str)
            Provision and phase; those without listed places count nothing.
        """
        a = [self._at["area"][area] for area in areas]
        g = [self._at["group"][group] for group in groups]
        found = [self.blocks[kind].unmet[:, a][:, :, g].sum(axis=(1, 2)) for kind in kinds if kind in self.blocks]
        total = np.sum(found, axis=0) if found else np.zeros((len(self.years), 1), dtype=np.float32)
        return tuple(_bands(one) for one in quantiles(total))


def gap_matrix(  # noqa: PLR0913
    demand: Demand,
    supply: Supply,
    stays: Stays,
    settings: SufficiencySettings,
    distances_km: Means,
    *,
    grouping: Grouping = BY_BROAD_AREA,
    wanted: Wanted | None = None,
    seats: Mapping[Key, Seats] | None = None,
) -> GapMatrix:
    """Hold the forecast of plans against the places.

    Parameters
    ----------
    demand : Demand
        At least 1,000 draws.
    supply : Supply
        For the same years.
    stays : mapping of (str, int or None) to Means
        (area of the home, number of the setting or None) -> [year, phase, need, provision]: how many of those placed
        in the base year are expected to be there still.
    settings : SufficiencySettings
        Occupancy, whether schools admit over their number, and on how many plans a cell must rest.
    distances_km : Means
        [home, area of the setting], in the order of the demand's areas: estimated.
    grouping : Grouping, optional
        Broad areas by default.
    wanted : Wanted, optional
        From `wanted_of` with the same demand and grouping, where it is there already.
    seats : mapping of (str, str) to Seats, optional
        From `seats_of` with the same places and grouping, where they are there already.

    Returns
    -------
    GapMatrix
        Provision without any listed place in a phase has "plans to accommodate" and no gap.
    """
    if wanted is None or wanted.demand is not demand or wanted.grouping is not grouping:
        wanted = wanted_of(demand, grouping)
    if seats is None:
        seats = seats_of(supply, stays, demand.areas, grouping, settings.working_occupancy)
    listed = {kind: one for kind, one in seats.items() if one.listed}

    def block(kind: Key) -> Block:
        provision, phase = kind
        plans = wanted.plans[PROVISIONS.index(provision), PHASE_KEYS.index(phase)]
        over_number = settings.over_number and provision in STATE
        made_of = blake2b(repr((over_number, kind)).encode() + distances_km.tobytes())
        for values in vars(listed[kind]).values():
            made_of.update(np.asarray(values).tobytes())
        if (known := wanted.kept.get(made_of.digest())) is None:
            found = shortage_of(plans, listed[kind], distances_km, grouping, over_number=over_number)
            known = wanted.kept[made_of.digest()] = _block(plans, listed[kind].places, found)
            while len(wanted.kept) > KEPT:
                wanted.kept.pop(next(iter(wanted.kept)), None)
        return known

    with ThreadPoolExecutor(WORKERS) as workers:
        blocks = dict(zip(listed, workers.map(block, listed), strict=True))
    return GapMatrix(
        wanted,
        blocks,
        settings.fewest_plans,
        tuple(dict.fromkeys((*demand.basis, *supply.basis))),
        (*demand.notes, *supply.notes),
    )


def cell_record(cell: Cell) -> dict[str, Any]:
    """Return a cell as plain values for JSON; numbers of children and places to one decimal."""
    return {key: _plain(value) for key, value in asdict(cell).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return round(value, 3) if isinstance(value, float) else value


def _block(plans: Draws, places: Means, found: Shortage) -> Block:
    unmet = with_totals(found.unmet)
    groups = plans.shape[3]
    unmet_mean = mean_of(found.unmet)
    any_need = found.over[..., groups] - found.spare[..., groups]
    at_settings = with_totals(found.over[..., :groups] + found.unmet - found.spare[..., :groups])
    at_settings[:, :-1, groups] += any_need.transpose(0, 2, 1)
    at_settings[:, -1, groups] += any_need.sum(axis=2)
    return Block(
        unmet=unmet,
        gap=quantiles(unmet),
        gap_at_settings=quantiles(at_settings),
        chance=(unmet >= HALF_A_PLACE).mean(axis=-1),
        placed=mean_of(plans.astype(np.float64)) - unmet_mean,
        places=_settings_side(places[:, None]),
        used=_settings_side(found.used),
        spare=_settings_side(found.spare),
        over=_settings_side(found.over),
        flows=found.flows,
    )


def _settings_side(cells: Means) -> Means:
    """Return the mean of [year, draw, area, group + any] with county and all; places for any need only in all."""
    found = cells.mean(axis=1)
    found[..., -1] = found.sum(axis=2)
    return np.concatenate([found, found.sum(axis=1, keepdims=True)], axis=1)


def _bands(levels: Draws) -> Bands:
    lower_95, lower_80, median, upper_80, upper_95 = (float(one) for one in levels)
    return Bands(median, lower_80, upper_80, lower_95, upper_95)


def _first(which: np.typing.NDArray[np.bool_], years: Sequence[int]) -> int | None:
    found = np.flatnonzero(which)
    return years[int(found[0])] if found.size else None


def _lasting(which: np.typing.NDArray[np.bool_], years: Sequence[int]) -> int | None:
    """Return the first year from which on it is so to the last year."""
    others = np.flatnonzero(~which)
    first = int(others[-1]) + 1 if others.size else 0
    return years[first] if first < len(years) else None
