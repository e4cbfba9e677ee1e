"""Published figures: long files as they are, wide ones unfolded into a row for each indicator and area."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from geodata.contracts import contract
from geodata.contracts.base import SYMBOLS
from geodata.errors import InputError
from geodata.manifest import Part
from geodata.shapes.base import Arranged, Context, Finished, Shape, no_faults
from geodata.source_file import SourceFile

SYMBOL_WORDS = {**SYMBOLS, "na": "not available", ":": "not available", "..": "not available", ".": "not applicable"}

PLACE_HEADINGS = (
    "timeidentifier", "countrycode", "countryname", "regioncode", "regionname", "region", "oldlacode", "newlacode",
    "laname", "lanumber", "geographiclevel", "lacode", "timeperiod", "year",
)  # fmt: skip
"""Headings of open data files that say where and when, not how much; without case, spaces and underscores."""

NUMERIC_FROM = 0.5
"""The part of a column's filled cells that must be figures or symbols for it to be an indicator."""


def plain(heading: str) -> str:
    """Return a heading without case, spaces and underscores."""
    return "".join(c for c in heading.lower() if c.isalnum())


def arrange(source: SourceFile, text: pd.DataFrame) -> Arranged:
    """Unfold a wide file; put region or country where an authority's name is blank."""
    if not source.unfold:
        return Arranged(source.contract, _with_symbol(text), np.arange(len(text)))
    headings = source.layout.headings
    by_heading = {plain(headings[i]): text[i] for i in text.columns if isinstance(i, int)}
    mapped = {key: text[key] for key in text.columns if isinstance(key, str)}
    rest = [i for i in text.columns if isinstance(i, int) and plain(headings[i]) not in PLACE_HEADINGS]
    indicators = [i for i in rest if _is_figures(text[i])]
    if not indicators:
        raise InputError(
            f"'{source.path.name}' has no column of figures. Give a file with one, or say which column names the "
            "indicator and which holds the value with --map."
        )
    splits = [i for i in rest if i not in indicators and (text[i] != "").any()]
    blank = pd.Series("", index=text.index, dtype="str")
    frame = pd.DataFrame(
        {
            "area": _first(mapped.get("area", blank), by_heading, ("regionname", "region", "countryname")),
            "area_code": _first(mapped.get("area_code", blank), by_heading, ("newlacode", "regioncode", "countrycode")),
            "level": mapped.get("level", blank),
            "period": mapped.get("period", blank),
            "breakdown": _joined(text, splits),
        }
    )
    count, width = len(frame), len(indicators)
    long = frame.take(np.repeat(np.arange(count), width)).reset_index(drop=True)
    long["indicator"] = pd.Series(np.tile([headings[i] for i in indicators], count), dtype="str")
    cells = np.column_stack([text[i].to_numpy(dtype=object) for i in indicators])
    long["value"] = pd.Series(cells.ravel(), dtype="str")
    return Arranged(contract(source.contract.key), _with_symbol(long), np.repeat(np.arange(count), width))


def _with_symbol(text: pd.DataFrame) -> pd.DataFrame:
    folded = text["value"].str.strip().str.lower() if "value" in text else pd.Series("", index=text.index)
    return text.assign(symbol=folded.where(folded.isin(SYMBOL_WORDS), ""))


def _is_figures(cells: pd.Series) -> bool:
    filled = cells.str.strip()
    filled = filled[filled != ""]
    if filled.empty:
        return False
    symbols = filled.str.lower().isin(SYMBOL_WORDS)
    numbers = pd.to_numeric(filled[~symbols].str.replace(",", "").str.removesuffix("%"), errors="coerce").notna()
    return bool((symbols.sum() + numbers.sum()) / len(filled) >= NUMERIC_FROM)


def _first(column: pd.Series, by_heading: dict[str, pd.Series], others: tuple[str, ...]) -> pd.Series:
    for name in others:
        if name in by_heading:
            column = column.where(column.str.strip() != "", by_heading[name])
    return column


def _joined(text: pd.DataFrame, splits: list[int]) -> pd.Series:
    joined = pd.Series("", index=text.index, dtype="str")
    for i in splits:
        cell = text[i].str.strip()
        joined = joined.where(cell == "", joined.where(joined == "", joined + ": ") + cell)
    return joined


def finish(context: Context, frame: pd.DataFrame, part: Part) -> Finished:
    """Keep the figures; each file of a name stands beside the others."""
    filled = frame.drop(columns=[c for c in ("region", "country") if c in frame])
    if part.dataset == "ehcp_series":
        filled = _series(frame)
    return Finished(filled, replace(part, slot=part.source_name, reference_date=context.options.reference_date))


def _series(frame: pd.DataFrame) -> pd.DataFrame:
    area = frame["area"].fillna(frame["region"]).fillna(frame["country"])
    return frame.assign(area=area)


SHAPE = Shape(arrange, no_faults, finish)
