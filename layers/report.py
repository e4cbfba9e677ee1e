"""A report: numbers and sentences without any markup, the one source of its screen, file and printed forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from layers.format import format_value


class Figure(NamedTuple):
    """A number with the way it is written.

    Attributes
    ----------
    value : float
        In the unit of its row or column.
    decimals : int
        Digits after the point.
    suffix : str
        Follows the number directly ("%").
    signed : bool
        Whether it carries a plus sign: changes do.
    """

    value: float
    decimals: int = 1
    suffix: str = ""
    signed: bool = False


Cell = str | int | Figure | None
"""Text, a count, a number that is no count, or nothing."""


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    key, title : str
        For machines and for people.
    numeric : bool
        Whether it holds numbers.
    hidden : bool
        Whether only machines are given it: bounds that people read as an interval.
    """

    key: str
    title: str
    numeric: bool = True
    hidden: bool = False


@dataclass(frozen=True)
class Table:
    """A table of a report.

    Attributes
    ----------
    key, title : str
        For machines and for people.
    columns : tuple of Column
        The first names the rows.
    rows : tuple of mapping of str to Cell
        By column key; a key that lacks is nothing.
    sentence : str
        What the table says.
    notes : tuple of str
        What a reader must know to read it rightly.
    strong : frozenset of str
        Names of the rows that are totals of others.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Cell], ...]
    sentence: str = ""
    notes: tuple[str, ...] = ()
    strong: frozenset[str] = frozenset()

    @property
    def shown_columns(self) -> tuple[Column, ...]:
        """Those that people read."""
        return tuple(column for column in self.columns if not column.hidden)

    def row(self, name: str) -> Mapping[str, Cell]:
        """Return the row whose first column holds that text; `KeyError` when there is none."""
        return {str(row.get(self.columns[0].key)): row for row in self.rows}[name]


@dataclass(frozen=True)
class Report:
    """A report on one period.

    Attributes
    ----------
    key, title : str
        For machines and for people.
    period, when : str
        Key of the period, and the same in words.
    council : str
        Whose report it is.
    about : mapping of str to str
        What else travels with it: dates, snapshot, audience, sources.
    basis : tuple of str
        Words that must stand wherever its figures do: synthetic, modelled ...
    tables : tuple of Table
        In the order of the printed report.
    notes : tuple of str
        What holds for the whole: contradictions of the printed figures, doubts about the data.
    """

    key: str
    title: str
    period: str
    when: str
    council: str
    about: Mapping[str, str]
    basis: tuple[str, ...]
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()

    def table(self, key: str) -> Table:
        """Return the table of that key; `KeyError` when there is none."""
        return {table.key: table for table in self.tables}[key]


def show(cell: Cell) -> str:
    """Write a cell for a person; nothing is empty text."""
    if cell is None:
        return ""
    if isinstance(cell, Figure):
        return format_value(cell.value, cell.decimals, signed=cell.signed, suffix=cell.suffix)
    return cell if isinstance(cell, str) else format_value(cell)


def plain(cell: Cell) -> str | int | float | None:
    """Return a cell for a machine: a number without rounding that a reader could see."""
    return round(cell.value, 6) if isinstance(cell, Figure) else cell
