"""The engine that runs the cube: DuckDB in this process.

Everything above it speaks Narwhals, so another engine needs only the three functions here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import narwhals as nw

MEMORY_LIMIT = "512MB"


def connect() -> duckdb.DuckDBPyConnection:
    """Return an in-memory engine of this process, with small and fixed means: the tables are small."""
    return duckdb.connect(":memory:", config={"threads": 2, "memory_limit": MEMORY_LIMIT})


def read_parquet(engine: duckdb.DuckDBPyConnection, path: Path) -> nw.LazyFrame[Any]:
    """Return a lazy frame over one Parquet file; nothing is read yet."""
    return nw.from_native(engine.read_parquet(str(path)))


def from_rows(
    engine: duckdb.DuckDBPyConnection, types: dict[str, str], rows: Sequence[Sequence[object]], name: str
) -> nw.LazyFrame[Any]:
    """Return a lazy frame over a small table of rows.

    Parameters
    ----------
    engine : duckdb.DuckDBPyConnection
        Holds the table.
    types : dict of str to str
        Column name -> SQL type, in order.
    rows : sequence of sequence
        One sequence a row, in that order.
    name : str
        The table's name in the engine; an older one is replaced.
    """
    columns = ", ".join(f"{column} {kind}" for column, kind in types.items())
    engine.execute(f"CREATE OR REPLACE TABLE {name} ({columns})")
    if rows:
        # One statement with one list a column is over ten times faster than executemany row by row.
        values = ", ".join(f"unnest(${number}::{kind}[])" for number, kind in enumerate(types.values(), 1))
        engine.execute(f"INSERT INTO {name} SELECT {values}", [list(column) for column in zip(*rows, strict=True)])
    return nw.from_native(engine.table(name))


def collect(frame: nw.LazyFrame[Any]) -> list[tuple[Any, ...]]:
    """Run a lazy frame and return its rows as tuples, without going through a data frame library."""
    rows: list[tuple[Any, ...]] = frame.to_native().fetchall()
    return rows
