"""What changed since the last file of a dataset: rows new, gone, altered and alike."""

from __future__ import annotations

from pathlib import Path

from geodata.contracts import Contract
from geodata.engine import connect


def changes_since(contract: Contract, new: Path, old: Path) -> dict[str, int]:
    """Compare two staged files of one dataset.

    Parameters
    ----------
    contract : Contract
        Its `unique` columns name a row; without them nothing can be compared.
    new, old : pathlib.Path
        Parquet files. Only columns that both have count, and not the areas: those follow from the postcode.

    Returns
    -------
    dict of str to int
        "new", "gone", "altered" and "alike"; new + altered + alike are the rows of `new`.
    """
    engine = connect()
    held = [
        {row[0] for row in engine.execute("SELECT name FROM parquet_schema(?)", [str(file)]).fetchall()}
        for file in (new, old)
    ]
    both = held[0] & held[1]
    keys = [key for key in contract.unique if key in both]
    if not keys:
        return {}
    rest = sorted(key for key in both - set(keys) - {"atom", "duckdb_schema", "schema"} if not key.startswith("in_"))
    same = " AND ".join(f'a."{key}" IS NOT DISTINCT FROM b."{key}"' for key in keys)
    differs = " OR ".join(f'a."{key}" IS DISTINCT FROM b."{key}"' for key in rest) or "FALSE"
    columns = ", ".join(f'"{key}"' for key in (*keys, *rest))
    found = engine.execute(
        f"""
        WITH a AS (SELECT {columns}, 1 AS here FROM read_parquet(?)),
             b AS (SELECT {columns}, 1 AS here FROM read_parquet(?))
        SELECT
            count(*) FILTER (a.here = 1 AND b.here IS NULL),
            count(*) FILTER (a.here IS NULL AND b.here = 1),
            count(*) FILTER (a.here = 1 AND b.here = 1 AND ({differs})),
            count(*) FILTER (a.here = 1 AND b.here = 1 AND NOT ({differs}))
        FROM a FULL OUTER JOIN b ON {same}
        """,
        [str(new), str(old)],
    ).fetchone()
    assert found is not None
    return dict(zip(("new", "gone", "altered", "alike"), map(int, found), strict=True))
