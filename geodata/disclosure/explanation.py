"""How a count can be worked out, in words: which figures to add and which to take away.

The prices (duals) of the linear programme that bounds a cell say which rows hold it there and with what factor; put
together they are the sum that an officer can follow with a pencil.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from geodata.disclosure.core import Key
from geodata.disclosure.known import CLOSE, Known
from geodata.disclosure.linear import Programme
from geodata.disclosure.system import System

LONGEST = 8
"""Figures of a sum that is written out."""

Sum = tuple[tuple[int, float], ...]
"""Cells and their factors, larger factors first."""


class Explainer:
    """Finds the sums behind ranges.

    Parameters
    ----------
    known : Known
        What the attacker knows.
    system : System
        Its reduced system, with the cells to explain among the targets.
    """

    def __init__(self, known: Known, system: System) -> None:
        self._known = known
        self._system = system
        self._rows = [row for row in system.rows if len(row.columns)]
        self._programme: Programme | None = None

    def sums(self, cell: int, *, most: bool) -> tuple[Sum, tuple[int, ...], float] | None:
        """Return the sum that holds an end of a cell's range.

        Parameters
        ----------
        cell : int
            One of the system's targets.
        most : bool
            The upper end; else the lower.

        Returns
        -------
        sum, relations, value
            Cells with factors, the relations that are used, and the end by the linear programme; None where nothing
            holds it.
        """
        target = self._system.targets[cell]
        totals: dict[int, float] = {}
        for inner, factor in target.cells:
            if inner != cell:
                totals[inner] = totals.get(inner, 0.0) - factor
        relations: list[int] = []
        value = target.taken
        if len(target.columns):
            if self._programme is None:
                width = self._system.width
                self._programme = Programme(self._rows, np.zeros(width), np.full(width, np.inf))
            objective = np.zeros(self._system.width)
            objective[target.columns] = 1.0
            found = self._programme.extreme(objective, most=most)
            if not np.isfinite(found.value):
                return None
            value += found.value
            for at in np.flatnonzero(np.abs(found.row_duals) > CLOSE).tolist():
                row, price = self._rows[at], float(found.row_duals[at])
                if row.relation >= 0:
                    # A relation adds only its limit, in its own words; the figures in it have rows of their own.
                    relations.append(row.relation)
                    continue
                for inner, factor in row.cells:
                    totals[inner] = totals.get(inner, 0.0) + price * factor
        kept = [(inner, factor) for inner, factor in totals.items() if abs(factor) > CLOSE]
        return tuple(sorted(kept, key=lambda term: (-term[1], term[0]))), tuple(relations), value


def in_words(
    keys: Sequence[Key], labels: Mapping[str, str], cell: int, ends: tuple[float, float], upper: Sum, lower: Sum
) -> str:
    """Return the sums in words.

    Parameters
    ----------
    keys : sequence of Key
        [cell].
    labels : mapping of str to str
        Code -> name.
    cell : int
        The cell that is worked out.
    ends : tuple of float
        Its least and greatest count.
    upper, lower : Sum
        What holds it from above and from below; empty for nothing but 0.
    """
    name = _Namer(keys, labels, [cell, *(inner for inner, _ in (*upper, *lower))])
    span = f"{ends[0]:g}" if ends[0] == ends[1] else f"{ends[0]:g} to {ends[1]:g}"
    if upper == lower and upper:
        return f"{name.of(cell)} = {_written(upper, name)} = {span}{name.common()}"
    held = [f"at most {_written(upper, name)}"] if upper else []
    held += [f"at least {_written(lower, name)}"] if lower else []
    return f"{name.of(cell)} is {span}: {', '.join(held)}{name.common()}" if held else f"{name.of(cell)} is {span}"


class _Namer:
    """Names cells by what sets them apart; the rest is said once, in brackets."""

    def __init__(self, keys: Sequence[Key], labels: Mapping[str, str], cells: Sequence[int]) -> None:
        used = [keys[cell] for cell in cells]
        alike = len({len(key) for key in used}) == 1
        self._keys, self._labels = keys, labels
        self._common = (
            [at for at in range(len(used[0])) if len({key[at] for key in used}) == 1]
            if alike and len(set(used)) > 1
            else []
        )
        self._first = used[0]

    def of(self, cell: int) -> str:
        return " ".join(self._label(code) for at, code in enumerate(self._keys[cell]) if at not in self._common)

    def _label(self, code: str) -> str:
        # The code of a piece is several, joined.
        return " & ".join(self._labels.get(one, one) for one in code.split(" & "))

    def common(self) -> str:
        codes = [self._labels.get(self._first[at], self._first[at]) for at in self._common]
        return f" ({', '.join(codes)})" if codes else ""


def _written(terms: Sum, name: _Namer) -> str:
    if len(terms) > LONGEST:
        return f"a sum of {len(terms)} figures, {name.of(terms[0][0])} first"
    words = []
    for at, (cell, factor) in enumerate(terms):
        times = "" if abs(abs(factor) - 1) < CLOSE else f"{abs(factor):g} × "
        sign = ("− " if factor < 0 else "") if at == 0 else (" − " if factor < 0 else " + ")
        words.append(f"{sign}{times}{name.of(cell)}")
    return "".join(words)
