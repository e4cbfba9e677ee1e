"""Accepted rows -> one Parquet file of fixed columns and types."""

from __future__ import annotations

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
    "code": pa.string(),
    "year_group": pa.int8(),
    "flag": pa.bool_(),
    "postcode": pa.string(),
    "urn": pa.int32(),
}
ROW_GROUP = 250_000


def arrow_schema(contract: Contract) -> pa.Schema:
    """Return the columns and types of a dataset's staged file.

    Events have the contract's columns and ``atom``; a population has atom, age and persons.
    """
    if contract.shape == "population":
        return pa.schema([("atom", pa.string()), ("age", pa.int8()), ("persons", pa.float64())])
    columns = [(column.key, TYPES[column.kind]) for column in contract.columns]
    return pa.schema([*columns, ("atom", pa.string())])


def stage(contract: Contract, frame: pd.DataFrame, target: Path) -> None:
    """Write accepted rows so that the file is there whole or not at all, and for the user alone.

    Parameters
    ----------
    contract : Contract
        Gives columns and types.
    frame : pandas.DataFrame
        With those columns.
    target : pathlib.Path
        The part's Parquet file.
    """
    schema = arrow_schema(contract)
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
