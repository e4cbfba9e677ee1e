"""The pieces between published codes: where a board and a locality overlap, and what lies in neither.

Nobody publishes them, but areas that overlap can be subtracted until one is left, so each is attacked like a cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from geodata.disclosure.core import Key, Whole
from geodata.disclosure.joined import Joined, leaves_of
from geodata.disclosure.published import Figure, Published, Table
from geodata.disclosure.system import columns_of, merged

PIECE = "piece"
"""Second element of the key of a piece."""


def with_pieces(joined: Joined, releases: Sequence[Published]) -> tuple[Joined, dict[int, int]]:
    """Return the cells with one more for each piece that is no cell by itself.

    Parameters
    ----------
    joined : Joined
        What an attacker has.
    releases : sequence of Published
        The same as it was joined from.

    Returns
    -------
    joined, cells
        With the pieces last; and for each merged column (as `system.merged` numbers them) its new cell, columns that
        are cells already left out.
    """
    known = joined.known
    width, cells = merged(known)
    alone = {int(columns[0]) for columns in cells if len(columns) == 1}
    holders: list[list[int]] = [[] for _ in range(width)]
    for cell, columns in enumerate(cells):
        for column in columns.tolist():
            holders[column].append(cell)
    tables = {(at, table.name): table for at, one in enumerate(releases) for table in one.tables}
    found = [column for column in range(width) if column not in alone]
    parts = _parts(joined, width)
    members = [parts[column] for column in found]
    keys = [_key(joined, releases, tables, holders[column]) for column in found]
    count = len(found)
    starts = np.concatenate((known.starts, known.starts[-1] + np.cumsum([len(one) for one in members], dtype=np.int64)))
    flat = np.concatenate([known.members, *members]).astype(np.int64)
    larger = replace(
        known,
        starts=starts.astype(np.int64),
        members=flat,
        low=np.concatenate((known.low, np.zeros(count))),
        high=np.concatenate((known.high, np.full(count, np.inf))),
    )
    made = Joined(
        larger,
        (*joined.keys, *keys),
        (*joined.releases, *(min(joined.releases[cell] for cell in holders[column]) for column in found)),
        (*joined.held_back, *(False for _ in found)),
        (*joined.figures, *(Figure((), None) for _ in found)),
        joined.says,
    )
    return made, {column: len(known) + at for at, column in enumerate(found)}


def _parts(joined: Joined, width: int) -> list[Whole]:
    """Return the parts of each column."""
    column = columns_of(joined.known)
    order = np.argsort(column, kind="stable")
    edges = np.searchsorted(column[order], np.arange(width + 1))
    return [order[edges[at] : edges[at + 1]] for at in range(width)]


def _key(
    joined: Joined, releases: Sequence[Published], tables: Mapping[tuple[int, str], Table], held: list[int]
) -> Key:
    """Return the counts, `PIECE`, and a dimension each the smallest codes that hold the piece."""
    codes: dict[str, dict[str, frozenset[str]]] = {}
    for cell in held:
        at, figure = joined.releases[cell], joined.figures[cell]
        table = tables[at, joined.keys[cell][0]]
        for name, code in zip(table.dimensions, figure.at, strict=True):
            codes.setdefault(name, {})[code] = leaves_of(releases[at], name, code)
    smallest = (
        " & ".join(sorted(code for code, leaves in sets.items() if not any(other < leaves for other in sets.values())))
        for sets in codes.values()
    )
    return (tables[joined.releases[held[0]], joined.keys[held[0]][0]].counts, PIECE, *smallest)
