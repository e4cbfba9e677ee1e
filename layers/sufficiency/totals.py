"""The council's published totals of EHC plans carried forward, with strength borrowed from other authorities.

It serves where only totals by year exist, and as a second opinion beside the cohort model.
"""

from __future__ import annotations

from dataclasses import dataclass

from geodata.store import Store
from layers.basis import parts_basis
from layers.format import format_range, format_value
from layers.indicators import read_period
from layers.kept import per_store
from layers.published_files import SERIES, level_of
from layers.sufficiency.pooled import Projection, forecast_series

AHEAD = 3
"""Years that the model was tested for; it is not carried further."""

FEWEST_YEARS = 3
"""Totals from which a growth can be told from its noise."""


@dataclass(frozen=True)
class TotalsForecast:
    """The forecast from totals alone.

    Attributes
    ----------
    counts : mapping of int to float
        Published totals of the council by January.
    projections : mapping of int to Projection
        The Januaries to come.
    authorities : int
        Others that strength was borrowed from.
    basis : tuple of str
        Words that must stand by the figures.
    sentence : str
        What it says.
    """

    counts: dict[int, float]
    projections: dict[int, Projection]
    authorities: int
    basis: tuple[str, ...]
    sentence: str


@per_store
def totals_forecast(store: Store) -> TotalsForecast | None:
    """Return the forecast from published totals; None where fewer than three years of the council's are loaded.

    Regions and England are left out: they are sums of authorities.
    """
    counts: dict[str, dict[int, float]] = {}
    for row in store.rows_of(SERIES):
        level, year = level_of(row, store.profile), january_of(str(row.get("period") or ""))
        if level in ("region", "country") or year is None or row.get("value") is None:
            continue
        name = store.profile.name if level == "council" else str(row.get("area") or row.get("area_code") or "")
        if name:
            counts.setdefault(name, {}).setdefault(year, float(row["value"]))
    own = counts.get(store.profile.name, {})
    if len(own) < FEWEST_YEARS:
        return None
    origin = max(own)
    found = forecast_series(counts, origin, range(1, AHEAD + 1))[store.profile.name]
    last = found[-1]
    others = len(counts) - 1
    borrowed = f"{others} other authorities" if others > 1 else "1 other authority" if others else "no other authority"
    sentence = (
        f"From published totals alone, with strength borrowed from {borrowed}: {format_value(last.forecast)} plans in "
        f"January {origin + last.horizon} (80% band {format_range(last.lower_80, last.upper_80)})."
    )
    basis = ("modelled forecast", *parts_basis(store.snapshot.parts(SERIES)))
    projections = {origin + one.horizon: one for one in found}
    return TotalsForecast(dict(sorted(own.items())), projections, others, basis, sentence)


def january_of(period: str) -> int | None:
    """Return the year of the January that a published period speaks of; None for what is no year.

    Examples
    --------
    >>> january_of("202425"), january_of("2025"), january_of("2024/25"), january_of("Total")
    (2025, 2025, 2025, None)
    """
    key = read_period(period).key
    if len(key) == len("2024/25") and "/" in key:
        return int(key[:4]) + 1
    if key[:4].isdigit() and (len(key) == len("2025") or key[4:7] == "-01"):
        return int(key[:4])
    return None
