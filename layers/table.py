"""The table of a layer: one row an area, the rows that complete it, and the county beside them."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict, dataclass
from typing import Any

from geodata.errors import UsageError
from geodata.periods import Period, find_period
from geodata.profile import AreaScheme
from geodata.store import Store
from layers.base import AreaRow, Layer, LayerInfo, scheme_keys

COLUMNS = ("code", "name", "count", "denominator", "value", "lower", "upper", "flag", "count_dates",
           "denominator_dates")  # fmt: skip
"""The columns of a file, in order; `AreaRow` says what each holds."""


@dataclass(frozen=True)
class AreaTable:
    """The figures of a layer by one scheme in one period.

    Attributes
    ----------
    info : LayerInfo
        The layer's words.
    scheme : AreaScheme
        What the areas are.
    period : Period
        When.
    rows : tuple of AreaRow
        The areas by name, then "unknown" and "outside": their counts add up to `total`.
    county : AreaRow
        The county's residents as one area.
    basis : tuple of str
        The words that must stand beside the figures.
    snapshot : str
        Identifier of the snapshot.
    county_basis : tuple of str
        The words of the county's own row: what is estimated for its areas may be counted for the whole.
    """

    info: LayerInfo
    scheme: AreaScheme
    period: Period
    rows: tuple[AreaRow, ...]
    county: AreaRow
    basis: tuple[str, ...]
    snapshot: str
    county_basis: tuple[str, ...] = ()

    @property
    def areas(self) -> tuple[AreaRow, ...]:
        """The rows that are places on the map."""
        return tuple(row for row in self.rows if row.is_area)

    @property
    def total(self) -> int | None:
        """Everything counted, with and without a place on the map; None where the count of an area is not known."""
        if any(row.count is None for row in self.areas):
            return None
        return sum(row.count or 0 for row in self.rows)

    @property
    def total_base(self) -> float | None:
        """The base of the total, where it has one: every record is in some row, residents of nowhere are not."""
        if self.info.signed or any(row.denominator is None for row in self.rows):
            return None
        return sum(row.denominator or 0.0 for row in self.rows)

    @property
    def graded(self) -> bool:
        """Whether the figures are grades of single areas, such as deciles: not ranked, not summed."""
        return bool(self.info.fixed_limits)

    def row(self, code: str) -> AreaRow | None:
        """Return the row of a code, the county's included; None when there is none."""
        return next((row for row in (*self.rows, self.county) if row.code == code), None)


def county_area(store: Store) -> tuple[str, str]:
    """Return the (code, name) of the county."""
    return store.profile.code, store.profile.name


def area_table(store: Store, layer: Layer, scheme: str, period: str | None = None) -> AreaTable:
    """Return the figures of a layer.

    Parameters
    ----------
    store : Store
        The snapshot's figures.
    layer : Layer
        What to show.
    scheme, period : str
        Keys; the newest period by default.

    Returns
    -------
    AreaTable
        The one source of the map, the table, the card, the download and the command line.

    Raises
    ------
    UsageError
        If the scheme or period does not exist for this layer, with those that do; or if its dataset is not loaded.
    """
    if scheme not in scheme_keys(store):
        raise UsageError(f"No area scheme '{scheme}' here. Valid: {', '.join(scheme_keys(store))}.")
    periods = layer.periods(store)
    if not periods:
        raise UsageError(_why_empty(store, layer.info))
    if scheme not in (valid := layer.schemes(store)):
        raise UsageError(f"The layer '{layer.info.key}' cannot be shown by {scheme}. Valid: {', '.join(valid)}.")
    chosen = find_period(periods, period) if period else periods[-1]
    return AreaTable(
        info=layer.info,
        scheme=store.profile.scheme(scheme),
        period=chosen,
        rows=layer.rows(store, scheme, store.rows(scheme), chosen),
        county=layer.rows(store, "county", [county_area(store)], chosen)[0],
        basis=layer.basis(store, scheme, chosen),
        snapshot=store.snapshot.id,
        county_basis=layer.basis(store, "county", chosen),
    )


def _why_empty(store: Store, info: LayerInfo) -> str:
    """Return why a layer has no period, with the remedy."""
    for dataset in (info.dataset, *info.also):
        if store.part(dataset) is None:
            return f"Nothing to show: {dataset} is not loaded. Run 'locality-atlas import {dataset} FILE'."
    if info.needs:
        return f"Nothing to show: {info.dataset} is loaded, but holds no {info.needs}."
    return (
        f"Nothing to show: {info.dataset} is loaded, but covers too few dates. Import a longer extract, or state what "
        "it covers with --covers-from and --covers-to."
    )


def record(row: AreaRow) -> dict[str, Any]:
    """Return one row as a plain dictionary with the keys of `COLUMNS`; whole persons are whole numbers."""
    found = asdict(row)
    base = row.denominator
    found["denominator"] = int(base) if base is not None and base == int(base) else base
    return {column: found[column] for column in COLUMNS}


def records(table: AreaTable) -> list[dict[str, Any]]:
    """Return the rows as plain dictionaries with the keys of `COLUMNS`."""
    return [record(row) for row in table.rows]


def as_json(table: AreaTable) -> dict[str, Any]:
    """Return the table for machines: what it is, its rows, the county and the total."""
    return {
        "layer": table.info.key,
        "title": f"{table.info.subject}: {table.info.title}",
        "unit": table.info.short_unit,
        "scheme": table.scheme.key,
        "period": table.period.key,
        "basis": list(table.basis),
        "audience": "officer",
        "snapshot": table.snapshot,
        "method": table.info.method,
        "source": table.info.source,
        "rows": records(table),
        "county": record(table.county),
        "total": table.total,
    }


FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def neutral(cell: object) -> object:
    """Return a text cell so that a spreadsheet will not run it as a formula; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def as_csv(table: AreaTable) -> str:
    """Return the rows as CSV, each with the words that must travel with it."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([*COLUMNS, "layer", "scheme", "period", "unit", "basis", "audience", "snapshot"])
    about = as_json(table)
    tail = [about[key] for key in ("layer", "scheme", "period", "unit")]
    tail += ["; ".join(table.basis), about["audience"], table.snapshot]
    for record in about["rows"]:
        writer.writerow([neutral("" if cell is None else cell) for cell in (*record.values(), *tail)])
    return buffer.getvalue()
