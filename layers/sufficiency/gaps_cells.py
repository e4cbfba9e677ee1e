"""A cell of the gap as one flat record with everything that must stand by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from geodata.areas import OUTSIDE, UNKNOWN
from layers.sufficiency.cells_backtest import CellsBacktest
from layers.sufficiency.core import GAP_PROVISIONS, PHASE_KEYS, PROVISIONS, Places
from layers.sufficiency.gap import Bands, Cell, GapMatrix
from layers.sufficiency.grouping import ALL, BY_BROAD_AREA
from layers.sufficiency.rollup import COUNTY
from layers.sufficiency.settings import SufficiencySettings

CELL, TOTAL = "cell", "total"

LONGEST_TESTED = 3
"""Years ahead of the last back-test; its error stands for later years too."""

DECIMALS = 3

Row = dict[str, Any]


@dataclass(frozen=True)
class CellRows:
    """Makes the rows of one matrix and year.

    Attributes
    ----------
    matrix : GapMatrix
        The gap of every cell.
    places : sequence of Places
        All that stand in it.
    settings : SufficiencySettings
        The working occupancy.
    backtest : CellsBacktest or None
        How far the model was off.
    names : mapping of str to str
        Area -> name, the county's too.
    year : int
        Of the January census.
    """

    matrix: GapMatrix
    places: Sequence[Places]
    settings: SufficiencySettings
    backtest: CellsBacktest | None
    names: Mapping[str, str]
    year: int

    def rows(self, kinds: Sequence[str], cells: Sequence[tuple[str, str]], row: str) -> Iterator[Row]:
        """Yield a row for each provision, phase and (area, group): `CELL` or `TOTAL`, which stands in it."""
        for provision in kinds:
            for phase in PHASE_KEYS:
                for area, group in cells:
                    found = self.matrix.cell(area, phase, group, provision, self.year)
                    yield self._record(found, row)

    def _record(self, cell: Cell, row: str) -> Row:
        is_own = cell.status != "rolled_up"
        horizon = min(self.year - self.matrix.years[0], LONGEST_TESTED)
        titles = self.matrix.wanted.grouping.titles
        return {
            "row": row,
            "area": cell.area,
            "area_name": self.names[cell.area],
            "phase": cell.phase,
            "need": cell.group,
            "need_title": titles.get(cell.group, "All needs"),
            "provision": cell.provision,
            "plans_resting_on": cell.plans,
            "demand": _bands(cell.demand) if is_own else None,
            "places": self._open_places(cell),
            "placed": _short(cell.placed) if is_own else None,
            "gap": _bands(cell.gap) if is_own else None,
            "gap_at_settings": _bands(cell.gap_at_settings) if is_own else None,
            "over": _short(cell.over) if is_own else None,
            "spare": _short(cell.spare) if is_own else None,
            "p_gap": _short(cell.chance) if is_own else None,
            "first_short_year": cell.first_short if is_own else None,
            "expected": self._expected(cell),
            "status": cell.status,
            "words": cell.words,
            "rolled_up": cell.note if not is_own else "",
            "shown_area": cell.shown_area,
            "shown_need": cell.shown_group,
            "back_test_error": self._error(cell, horizon),
            "back_test_years_ahead": horizon or None,
            "basis": "; ".join(dict.fromkeys(self.matrix.basis)),
        }

    def _expected(self, cell: Cell) -> dict[str, float | None]:
        """Return means, which add up over areas, needs, phases and provisions, and so from cells to totals."""
        matrix, year = self.matrix, self.matrix.years.index(self.year)
        plans = matrix.wanted.plans[PROVISIONS.index(cell.provision), PHASE_KEYS.index(cell.phase), year]
        area, group = matrix.areas.index(cell.area), matrix.groups.index(cell.group)
        here = plans if cell.area == COUNTY else plans[:, area : area + 1]
        here = here if cell.group == ALL else here[:, :, group : group + 1]
        demand = float(here.sum(axis=(1, 2), dtype=float).mean())
        block = matrix.blocks.get((cell.provision, cell.phase))
        placed = None if block is None else float(block.placed[year, area, group])
        gap = None if placed is None else demand - placed
        return {"demand": _short(demand), "placed": _short(placed), "gap": _short(gap)}

    def _open_places(self, cell: Cell) -> dict[str, float | None] | None:
        """Return commissioned places that are open, on their ramp, and the working ones; None where none are listed."""
        if (cell.provision, cell.phase) not in self.matrix.blocks:
            return None
        grouping, year = self.matrix.wanted.grouping, self.matrix.years.index(self.year)
        keys = (*grouping.keys, "")
        working = sum(
            one.by_year[year]
            for one in self.places
            if (one.provision, one.phase) == (cell.provision, cell.phase)
            and cell.area in (COUNTY, one.area)
            and cell.group in (ALL, keys[grouping.group_of(one.need)])
        )
        return {"open": _short(working / self.settings.working_occupancy), "working": _short(working)}

    def _error(self, cell: Cell, horizon: int) -> float | None:
        """Return the error of the back-test's level that the cell is of; None where that level was not tested."""
        is_tested = cell.provision in GAP_PROVISIONS and cell.area not in (UNKNOWN, OUTSIDE)
        is_tested &= cell.group == ALL or self.matrix.wanted.grouping is BY_BROAD_AREA
        if self.backtest is None or horizon < 1 or not is_tested or cell.status == "rolled_up":
            return None
        where = "county" if cell.area == COUNTY else "locality"
        level = f"{where}_phase_provision" if cell.group == ALL else f"{where}_phase_need_provision"
        return _short(self.backtest.error(level, horizon))


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)


def _bands(bands: Bands | None) -> dict[str, float] | None:
    return None if bands is None else {key: round(value, DECIMALS) for key, value in asdict(bands).items()}
