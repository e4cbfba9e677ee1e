"""Bundles as JSON, the same bytes for the same content, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from math import inf, isnan
from typing import Any, TypeVar

from geodata.disclosure.bundle import Bundle, Dataset
from geodata.disclosure.core import Threshold
from geodata.disclosure.published import (
    ClassShown,
    CountsShown,
    Figure,
    Hint,
    IntervalShown,
    MeanShown,
    RateShown,
    Table,
    Tie,
)

Json = dict[str, Any]
Made = TypeVar("Made")

HINTS: Mapping[str, type[Hint]] = {
    "rate": RateShown,
    "interval": IntervalShown,
    "class": ClassShown,
    "mean": MeanShown,
    "counts": CountsShown,
}
"""Word in a file -> what stands beside a figure."""

WITHOUT_LIMIT = {inf: "inf", -inf: "-inf"}
"""JSON has no word for these."""


def encoded(raw: Mapping[str, Any], *, compact: bool = False) -> bytes:
    """Return UTF-8 JSON with sorted keys and a final newline; compact is for shapes, which nobody reads."""
    form: Json = {"separators": (",", ":")} if compact else {"indent": 1}
    return (json.dumps(raw, ensure_ascii=False, sort_keys=True, allow_nan=False, **form) + "\n").encode()


def about_json(bundle: Bundle) -> Json:
    """Return all of a bundle that is neither a table nor a list of codes."""
    return {
        "audience": bundle.audience,
        "council": bundle.council,
        "title": bundle.title,
        "snapshot": bundle.snapshot,
        "made_on": bundle.made_on.isoformat(),
        "expires": bundle.expires.isoformat(),
        "sign_off": bundle.sign_off,
        "threshold": _plain(bundle.threshold),
        "datasets": [_plain(one) for one in bundle.datasets],
        "ties": [{**_plain(tie), "keys": [list(key) for key in tie.keys]} for tie in bundle.ties],
        "orders": [[list(key) for key in order] for order in bundle.orders],
        "earlier": list(bundle.earlier),
        "notes": list(bundle.notes),
        "demonstration": bundle.demonstration,
    }


def areas_json(bundle: Bundle) -> Json:
    """Return which codes are made of which, and what they are called."""
    return {
        "codes": {
            dimension: {code: sorted(made_of) for code, made_of in codes.items()}
            for dimension, codes in bundle.codes.items()
        },
        "names": dict(bundle.labels),
    }


def table_json(table: Table) -> Json:
    """Return one table."""
    return {
        **_plain(table),
        "figures": [
            {
                "at": list(figure.at),
                **({"symbol": figure.symbol} if figure.symbol else {}),
                **({} if figure.value is None else {"value": _number_out(figure.value)}),
                **({"beside": [_hint_json(hint) for hint in figure.beside]} if figure.beside else {}),
            }
            for figure in table.figures
        ],
    }


def bundle_of(about: Json, areas: Json, tables: list[Json], boundaries: Mapping[str, Json]) -> Bundle:
    """Return the bundle of what the functions above gave.

    Raises
    ------
    KeyError, TypeError, ValueError, AttributeError
        Where something lacks or is of another kind.
    """
    words = {key: _text(about[key]) for key in ("audience", "council", "title", "snapshot", "sign_off")}
    return Bundle(
        **words,
        made_on=date.fromisoformat(about["made_on"]),
        expires=date.fromisoformat(about["expires"]),
        threshold=_built(Threshold, about["threshold"]),
        datasets=tuple(_built(Dataset, one) for one in about["datasets"]),
        tables=tuple(_table(one) for one in tables),
        codes={
            _text(dimension): {code: frozenset(_texts(made_of)) for code, made_of in codes.items()}
            for dimension, codes in areas["codes"].items()
        },
        labels={code: _text(name) for code, name in areas["names"].items()},
        ties=tuple(_built(Tie, tie) for tie in about["ties"]),
        orders=tuple(_keys(order) for order in about["orders"]),
        earlier=_texts(about["earlier"]),
        notes=_texts(about["notes"]),
        boundaries=dict(boundaries),
        demonstration=_flag(about["demonstration"]),
    )


def _table(raw: Json) -> Table:
    return _built(Table, {**raw, "figures": tuple(_figure(one) for one in raw["figures"])})


def _figure(raw: Json) -> Figure:
    value = None if "value" not in raw else _number(raw["value"])
    return Figure(_texts(raw["at"]), value, _text(raw.get("symbol", "")), tuple(map(_hint, raw.get("beside", ()))))


def _hint_json(hint: Hint) -> Json:
    kind = next(word for word, made in HINTS.items() if isinstance(hint, made))
    return {"kind": kind, **_plain(hint)}


def _hint(raw: Json) -> Hint:
    if raw["kind"] not in HINTS:
        raise ValueError(f"'{raw['kind']}' is none of {', '.join(HINTS)}")
    return _built(HINTS[raw["kind"]], raw)


def _plain(thing: Any) -> Json:
    """Return a dataclass without what is written in another way."""
    found: Json = {}
    for one in fields(thing):
        value = getattr(thing, one.name)
        if isinstance(value, tuple):
            found[one.name] = [_number_out(entry) if isinstance(entry, float) else entry for entry in value]
        else:
            found[one.name] = _number_out(value) if isinstance(value, float) else value
    return found


def _number_out(value: float) -> float | int | str:
    """Return 12 for 12.0, so that it makes no difference which of them somebody computed."""
    if isnan(value):
        raise ValueError("A figure is not a number.")
    if value in WITHOUT_LIMIT:
        return WITHOUT_LIMIT[value]
    return int(value) if value == int(value) else value


def _number(raw: Any) -> float:
    for value, word in WITHOUT_LIMIT.items():
        if raw == word:
            return value
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise ValueError(f"{raw!r:.60} is no number")
    return float(raw)


def _whole(raw: Any) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise ValueError(f"{raw!r:.60} is no whole number")
    return raw


def _flag(raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise ValueError(f"{raw!r:.60} is neither true nor false")
    return raw


def _text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise ValueError(f"{raw!r:.60} is no text")
    return raw


def _texts(raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, list | tuple):
        raise ValueError(f"{raw!r:.60} is no list")
    return tuple(map(_text, raw))


def _keys(raw: Any) -> tuple[tuple[str, ...], ...]:
    return tuple(map(_texts, raw))


READERS: Mapping[str, Any] = {
    "float": _number,
    "float | None": lambda raw: None if raw is None else _number(raw),
    "int": _whole,
    "bool": _flag,
    "str": _text,
    "tuple[str, ...]": _texts,
    "tuple[int, ...]": lambda raw: tuple(map(_whole, raw)),
    "tuple[float, ...]": lambda raw: tuple(map(_number, raw)),
    "tuple[Key, ...]": _keys,
    "tuple[Figure, ...]": tuple,
}
"""Kind of a field, as its class says it -> how its value is read."""


def _built(kind: type[Made], raw: Json) -> Made:
    named: Any = kind  # any dataclass
    return kind(**{one.name: READERS[str(one.type)](raw[one.name]) for one in fields(named)})
