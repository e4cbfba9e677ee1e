"""Parquet files: headings and cells as text. Called by `geodata.reading`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.cell_text import clean_column, one_line
from geodata.errors import InputError


def headings(path: Path) -> tuple[str, ...]:
    """Return the names of the columns, each on one line.

    Raises
    ------
    InputError
        If the file is damaged, or two columns have one name.
    """
    import pyarrow as pa  # noqa: PLC0415 - only where a Parquet file is read
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        names = [str(name) for name in pq.read_schema(path).names]
    except (pa.ArrowException, OSError, ValueError):
        raise InputError(
            f"'{path.name}' starts like a Parquet file but cannot be read: it breaks off or is damaged. Copy or export "
            "it again."
        ) from None
    if again := sorted({name for name in names if names.count(name) > 1}):
        raise InputError(f"'{path.name}' has several columns named '{again[0]}'. Rename or remove all but one.")
    return one_line(names)


def read(path: Path, positions: Sequence[int]) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the cells at `positions` as text, and the row numbers from 1; missing values are empty text.

    Raises
    ------
    InputError
        If the file breaks off, or a column holds lists or the like.
    """
    import pyarrow as pa  # noqa: PLC0415 - only where a Parquet file is read
    import pyarrow.compute as pc  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        with pq.ParquetFile(path) as file:
            table = file.read(columns=[file.schema_arrow.names[i] for i in positions])
        texts = [clean_column(pc.fill_null(column.cast(pa.string()), "")) for column in table.columns]
    except (pa.ArrowException, OSError, ValueError):
        raise InputError(
            f"'{path.name}' breaks off or holds columns that are not plain values. Export it again."
        ) from None
    frame = pd.DataFrame({i: text.to_pandas() for i, text in zip(positions, texts, strict=True)})
    return frame, np.arange(1, len(frame) + 1)
