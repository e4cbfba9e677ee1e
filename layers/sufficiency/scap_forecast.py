"""The forecast of the School Capacity return: resident pupils with EHC plans who need specialist places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from geodata.areas import OUTSIDE
from geodata.errors import ProfileError, UsageError
from layers.sufficiency.core import NCYS, PHASE_OF_NCY, PROVISIONS, Demand, Means
from layers.sufficiency.scap_columns import ScapColumns, ScapPhase
from layers.sufficiency.whole_numbers import rounded, shared_out

TOTAL = "Total"
RECEPTION = "R"

BAND = (10, 50, 90)
"""Percentiles: the band of 80 % and the median."""


@dataclass(frozen=True)
class ScapNumber:
    """One number of the forecast.

    Attributes
    ----------
    january : int
        Year of the January census within the school year that it is for.
    phase, year_group, kind : str
        Titles; `TOTAL` where all are together.
    number : int
        Pupils: the median of the draws, shared out so that parts add up.
    lower_80, upper_80 : float or None
        Band of the whole of a phase; None for its parts.
    """

    january: int
    phase: str
    year_group: str
    kind: str
    number: int
    lower_80: float | None = None
    upper_80: float | None = None


def year_group_title(ncy: int) -> str:
    """Return how the return writes a national curriculum year."""
    return RECEPTION if ncy == 0 else str(ncy)


def valid_years(demand: Demand, columns: ScapColumns) -> range:
    """Return the years of return that a forecast reaches far enough for: from its base year on."""
    ahead = max(phase.ahead for phase in columns.phases)
    return range(demand.base_year, demand.years[-1] - ahead + 1)


def scap_numbers(demand: Demand, columns: ScapColumns, year: int) -> tuple[ScapNumber, ...]:
    """Return the forecast of one return.

    A return of year Y is made in the summer of Y; its first forecast is for the school year Y/Y+1, so for the January
    census of Y+1. The number of a phase is the median of the draws; kinds share it by their own medians, and the
    year groups of a kind by the expected path, each time by the largest remainder. Plans whose home lies outside the
    county are not residents and left out.

    Parameters
    ----------
    demand : Demand
        The forecast.
    columns : ScapColumns
        Which years and kinds.
    year : int
        Of the return.

    Returns
    -------
    tuple of ScapNumber
        For each school year and phase: the whole, the kinds, the year groups, and the kinds in each year group; then
        the whole of the phases that the published description has, where all of them reach so far.

    Raises
    ------
    UsageError
        If the forecast does not reach so far, or begins later, with the valid years.
    """
    valid = valid_years(demand, columns)
    if year not in valid:
        said = f"Valid: {', '.join(map(str, valid))}." if valid else "It reaches far enough for none."
        raise UsageError(
            f"The forecast starts from January {demand.base_year} and ends in {demand.years[-1]}; the School Capacity "
            f"return of {year} needs the Januaries from {year + 1} on. {said}"
        )
    found: list[ScapNumber] = []
    whole: dict[int, list[int]] = {}
    published = [phase for phase in columns.phases if phase.status == "published"]
    for phase in columns.phases:
        for january in range(year + 1, year + 1 + phase.ahead):
            rows = _phase_rows(demand, tuple(columns.kinds.items()), phase, january)
            found += rows
            if phase in published:
                whole.setdefault(january, []).append(rows[0].number)
    found += [
        ScapNumber(january, TOTAL, TOTAL, TOTAL, sum(parts))
        for january, parts in sorted(whole.items())
        if len(parts) == len(published)
    ]
    return tuple(found)


def resident(areas: Sequence[str]) -> list[int]:
    """Return the places of the areas of residents: all but those outside the county."""
    return [at for at, area in enumerate(areas) if area != OUTSIDE]


def _phase_rows(demand: Demand, kinds: tuple[tuple[str, str], ...], phase: ScapPhase, january: int) -> list[ScapNumber]:
    places = [PROVISIONS.index(code) for _, code in kinds]
    expected, share = _expected(demand, phase, places, january)
    at = demand.years.index(january)
    code = int(PHASE_OF_NCY[NCYS.index(phase.first)])
    drawn = demand.draws[:, at, resident(demand.areas), code].sum(axis=(1, 2), dtype=np.float64)[:, places] * share
    lower, median, upper = (float(one) for one in np.percentile(drawn.sum(axis=1), BAND))
    total = rounded(median)
    medians = np.median(drawn, axis=0)
    by_kind = shared_out(total, (medians if medians.any() else expected.sum(axis=0)).tolist())
    parts = [shared_out(number, expected[:, kind].tolist()) for kind, number in enumerate(by_kind)]
    titles = [title for title, _ in kinds]
    rows = [ScapNumber(january, phase.title, TOTAL, TOTAL, total, lower, upper)]
    rows += [
        ScapNumber(january, phase.title, TOTAL, title, number) for title, number in zip(titles, by_kind, strict=True)
    ]
    for place, ncy in enumerate(phase.year_groups):
        here = [part[place] for part in parts]
        group = year_group_title(ncy)
        rows.append(ScapNumber(january, phase.title, group, TOTAL, sum(here)))
        rows += [
            ScapNumber(january, phase.title, group, title, number) for title, number in zip(titles, here, strict=True)
        ]
    return rows


def _expected(demand: Demand, phase: ScapPhase, places: list[int], january: int) -> tuple[Means, Means]:
    """Return the expected path [NCY, kind], and the part of the model's phase [kind] that these year groups are."""
    ncys = [NCYS.index(ncy) for ncy in phase.year_groups]
    if len({int(PHASE_OF_NCY[at]) for at in ncys}) != 1:
        raise ProfileError(f"The years {phase.first} to {phase.last} of {phase.title} lie in more than one phase.")
    path = demand.mean_by_ncy[demand.years.index(january)][resident(demand.areas)].sum(axis=(0, 2))[:, places]
    whole = path[PHASE_OF_NCY[ncys[0]] == PHASE_OF_NCY].sum(axis=0)
    here = path[ncys]
    share = np.divide(here.sum(axis=0), whole, out=np.ones_like(whole), where=whole > 0)
    return np.asarray(here, dtype=np.float64), np.asarray(share, dtype=np.float64)


def of_phase(numbers: Sequence[ScapNumber]) -> Iterator[ScapNumber]:
    """Yield the wholes of the phases, the ones with a band."""
    return (one for one in numbers if one.lower_80 is not None)
