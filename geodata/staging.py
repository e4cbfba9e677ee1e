"""Accepted rows -> one Parquet file of fixed columns and types."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geodata.contracts.base import Contract
from geodata.durable import open_private, replace_durably

TYPES = {
    "identifier": pa.string(),
    "date": pa.date32(),
    "month": pa.date32(),
    "moment": pa.timestamp("s"),
    "code": pa.string(),
    "year_group": pa.int8(),
    "flag": pa.bool_(),
    "postcode": pa.string(),
    "urn": pa.int32(),
    "codes": pa.string(),
    "urns": pa.string(),
    "area": pa.string(),
    "text": pa.string(),
    "number": pa.float64(),
    "coordinate": pa.float64(),
    "value": pa.float64(),
    "whole": pa.int64(),
}
POINT = ("easting", "northing", "longitude", "latitude")
LEFT_OUT = ("region", "country")
"""Columns that serve only to fill others."""
ROW_GROUP = 250_000


def arrow_schema(contract: Contract, exact: Sequence[str] = ()) -> pa.Schema:
    """Return the columns and types of a dataset's staged file.

    Parameters
    ----------
    contract : Contract
        Events have its columns and ``atom``; sites also a point in metres and degrees; figures the symbol that stands
        for a missing number; a population has atom, age and persons.
    exact : sequence of str, optional
        Columns with the areas of schemes whose outlines cut atoms; see `geodata.geography`.
    """
    if contract.shape == "population":
        return pa.schema([("atom", pa.string()), ("age", pa.int8()), ("persons", pa.float64())])
    kept = [column for column in contract.columns if column.key not in (*POINT, *LEFT_OUT)]
    columns = [(column.key, TYPES[column.kind]) for column in kept]
    if contract.shape == "figures":
        columns += [("symbol", pa.string())]
    if contract.shape in ("events", "sites"):
        columns += [("atom", pa.string()), *((column, pa.string()) for column in exact)]
    if contract.shape == "sites":
        columns += [(column, pa.float64()) for column in POINT]
    return pa.schema(columns)


def stage(contract: Contract, frame: pd.DataFrame, target: Path, exact: Sequence[str] = ()) -> None:
    """Write accepted rows so that the file is there whole or not at all, and for the user alone.

    Parameters
    ----------
    contract : Contract
        Gives columns and types.
    frame : pandas.DataFrame
        With those columns.
    target : pathlib.Path
        The part's Parquet file.
    exact : sequence of str, optional
        As for `arrow_schema`.
    """
    schema = arrow_schema(contract, exact)
    arrays = [_array(frame[field.name], field.type) for field in schema]
    temporary = target.with_name(f".{target.name}.tmp")
    try:
        with open_private(temporary) as file:
            pq.write_table(
                pa.Table.from_arrays(arrays, schema=schema), file, compression="zstd", row_group_size=ROW_GROUP
            )
        replace_durably(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def _array(values: pd.Series, kind: pa.DataType) -> pa.Array:
    array = pa.Array.from_pandas(values)
    array = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    return array if array.type == kind else array.cast(kind)
