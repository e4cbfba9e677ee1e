"""The imported origin-destination matrix: travel times that were measured, pair by pair."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from geodata import engine
from geodata.manifest import Part
from geodata.store import Row, Store

if TYPE_CHECKING:
    import duckdb

Numbers = npt.NDArray[np.float64]

DATASET = "travel_times"

PLACES: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "schools": ("urn", ("urn",)),
        "family_centres": ("centre", ("centre_id", "name")),
        "buildings": ("building", ("building_id", "name")),
        "link_workers": ("post", ("post",)),
    }
)
"""Dataset of places -> how their keys begin, and the columns that follow: the first that is not blank."""

NAMED = 10
"""So many unknown keys are named; the others are counted."""


@dataclass(frozen=True)
class Measured:
    """What the matrix has of the ways from places to places.

    Attributes
    ----------
    minutes : Numbers
        [from, to]; NaN where it lacks the pair.
    km : Numbers
        [from, to]; NaN where it lacks the pair, or its kilometres.
    turned : numpy.ndarray of bool
        [from, to]: whether the figure is that of the way back.
    source : str
        The file, how its times were found where it says so, and what it is where it is not real: "walk.csv",
        "times.csv (road network, speeds assumed; synthetic)".
    """

    minutes: Numbers
    km: Numbers
    turned: npt.NDArray[np.bool_]
    source: str


@dataclass(frozen=True)
class MatrixReport:
    """What is loaded.

    Attributes
    ----------
    source : str
        As `Measured.source`.
    pairs : mapping of str to int
        Mode -> pairs, in the order of the modes.
    unknown_rows, unknown_keys : int
        Rows with a place that the workspace does not have, and how many such places.
    named : tuple of str
        The first of these places by name.
    """

    source: str
    pairs: Mapping[str, int]
    unknown_rows: int
    unknown_keys: int
    named: tuple[str, ...]


def site_key(dataset: str, row: Row) -> str:
    """Return what a matrix calls a place of a list; empty where the row has nothing to be called by.

    Parameters
    ----------
    dataset : str
        A key of `PLACES`.
    row : Row
        Such as a staged one.
    """
    begins, columns = PLACES[dataset]
    found = next((row[column] for column in columns if row.get(column) not in (None, "")), "")
    return f"{begins}:{found}" if found != "" else ""


def measured(store: Store, mode: str, origins: Sequence[str], destinations: Sequence[str]) -> Measured | None:
    """Return what the imported matrix has of the ways from each origin to each destination.

    A pair that it has in the other direction alone counts as long as that one.

    Parameters
    ----------
    store : Store
        Of the snapshot.
    mode : str
        Way of travel.
    origins, destinations : sequence of str
        Keys, as `geodata.travel.Points` describes them; an empty one is never found.

    Returns
    -------
    Measured or None
        None where no matrix is loaded.
    """
    part = store.part(DATASET)
    if part is None:
        return None
    shape = len(origins), len(destinations)
    minutes, km = np.full(shape, np.nan), np.full(shape, np.nan)
    turned = np.zeros(shape, dtype=np.bool_)
    with engine.connect() as connection:
        _open(connection, store, part)
        for name, keys in (("origins", origins), ("destinations", destinations)):
            rows = [(key, number) for number, key in enumerate(keys) if key]
            engine.from_rows(connection, {"key": "VARCHAR", "place": "BIGINT"}, rows, name)
        for start, end, back in (("from", "to", False), ("to", "from", True)):
            found = connection.execute(
                f'SELECT o.place AS a, d.place AS b, minutes, km FROM matrix JOIN origins o ON matrix."{start}" = o.key'
                f' JOIN destinations d ON matrix."{end}" = d.key WHERE mode = ?',
                [mode],
            ).fetchnumpy()
            a, b = np.asarray(found["a"]), np.asarray(found["b"])
            new = np.isnan(minutes[a, b])
            a, b = a[new], b[new]
            minutes[a, b], km[a, b] = _filled(found["minutes"])[new], _filled(found["km"])[new]
            turned[a, b] = back
        source = _source(connection, part, [mode])
    return Measured(minutes, km, turned, source)


def _open(connection: duckdb.DuckDBPyConnection, store: Store, part: Part) -> None:
    staged = connection.read_parquet(str(store.snapshot.data_path(part)))
    km = '"km"::DOUBLE' if "km" in staged.columns else "NULL::DOUBLE"
    method = "method::VARCHAR" if "method" in staged.columns else "NULL::VARCHAR"
    columns = f'"from", "to", mode, minutes::DOUBLE AS minutes, {km} AS km, {method} AS method'
    staged.project(columns).create_view("matrix")


def _filled(found: Any) -> Numbers:
    return np.asarray(np.ma.filled(np.ma.asarray(found, dtype=np.float64), np.nan))


def _source(connection: duckdb.DuckDBPyConnection, part: Part, modes: Sequence[str]) -> str:
    found = connection.execute(
        "SELECT DISTINCT method FROM matrix WHERE method IS NOT NULL AND list_contains(?, mode) ORDER BY method",
        [list(modes)],
    ).fetchall()
    said = [*(str(method) for (method,) in found), *([] if part.basis == "real" else [part.basis])]
    return f"{part.source_name} ({'; '.join(said)})" if said else part.source_name


def known_keys(store: Store) -> frozenset[str]:
    """Return what a matrix may call the places of a workspace: small areas, and the places on its lists."""
    listed = (site_key(dataset, row) for dataset in PLACES for row in _rows(store, dataset))
    return frozenset(key for key in (*store.areas.atoms, *listed) if key)


def _rows(store: Store, dataset: str) -> Iterator[Row]:
    return iter(store.rows_of(dataset) if store.part(dataset) else ())


def matrix_report(store: Store) -> MatrixReport | None:
    """Return what is loaded, and which of its places the workspace does not have; None where nothing is."""
    part = store.part(DATASET)
    if part is None:
        return None
    with engine.connect() as connection:
        _open(connection, store, part)
        engine.from_rows(connection, {"key": "VARCHAR"}, [(key,) for key in sorted(known_keys(store))], "known")
        pairs = connection.execute("SELECT mode, count(*) FROM matrix GROUP BY mode ORDER BY mode DESC").fetchall()
        strange = "NOT IN (SELECT key FROM known)"
        lost = connection.execute(f'SELECT count(*) FROM matrix WHERE "from" {strange} OR "to" {strange}').fetchall()
        keys = connection.execute(
            f'SELECT key FROM (SELECT "from" AS key FROM matrix UNION SELECT "to" FROM matrix) WHERE key {strange} '
            "ORDER BY key"
        ).fetchall()
        source = _source(connection, part, [mode for mode, _ in pairs])
    named = tuple(str(key) for (key,) in keys[:NAMED])
    return MatrixReport(source, dict(pairs), int(lost[0][0]), len(keys), named)
