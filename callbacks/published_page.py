"""What the page shows of published figures: what there is to choose, and the chosen figures by area and period."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from geodata.periods import words
from geodata.store import Store
from layers.published import PublishedTable, published_table
from layers.published_files import published_files
from layers.published_text import shown, table_title

LEVEL_WORDS = {"council": "the council", "region": "region", "country": "country"}


def figures(store: Store, file: str = "", indicator: str = "", breakdown: str = "") -> dict[str, Any]:
    """Return what there is to choose, and the figures of what is chosen, in JSON's types.

    Parameters
    ----------
    store : Store
        The snapshot's figures.
    file, indicator, breakdown : str, optional
        As for `layers.published.published_table`.

    Returns
    -------
    dict
        Only an empty ``files`` where no published figures are loaded.

    Raises
    ------
    UsageError
        If there is none of that name.
    """
    files = published_files(store)
    if not files:
        return {"files": []}
    table = published_table(store, file, indicator, breakdown)
    chosen = {"file": table.file.key, "indicator": table.indicator, "breakdown": table.breakdown}
    return chosen | {
        "files": [one.key for one in files],
        "indicators": [{"key": key, "title": title} for key, title in table.file.indicators.items()],
        "breakdowns": list(table.file.breakdowns[table.indicator]),
        "title": table_title(table),
        "periods": list(table.periods.values()),
        "lines": [
            {
                "area": line.area,
                "level": LEVEL_WORDS[line.level],
                "cells": cells,
                "numeric": [(cell := line.cells.get(key)) is not None and cell.value is not None
                            for key in table.periods],
            }
            for line, cells in zip(table.lines, shown(table), strict=True)
        ],
        "notes": list(table.notes),
        "basis": list(table.basis),
        "source": source(table),
        "csv": f"data/figures.csv?{urlencode(chosen)}",
    }  # fmt: skip


def source(table: PublishedTable) -> str:
    """Return where the figures come from, as a sentence."""
    part = table.file.part
    return f"From {part.source_name}, imported on {words(part.imported_at.astimezone().date())}."
