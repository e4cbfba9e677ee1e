"""Whether a bundle makes sense and keeps the rules that it states, before anybody attacks it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from geodata.disclosure.bundle import WORDS, Bundle
from geodata.disclosure.published import SYMBOLS, Figure, Table
from geodata.disclosure.thresholds import DEFAULTS, require
from geodata.errors import InputError

SHA256 = re.compile(r"[0-9a-f]{64}")
PLAIN_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
"""Of a file of boundaries; nothing that could lead out of the folder."""

SHAPES = {"Polygon": 2, "MultiPolygon": 3}
"""Areas only, since a point could be a home -> how deep the lists of their corners lie."""


def require_bundle(bundle: Bundle) -> Bundle:
    """Return a bundle as it is.

    Raises
    ------
    ProfileError
        For a threshold of 0, or a width no more than the smallest count.
    InputError
        With everything else that is wrong, a sentence each.
    """
    require(bundle.threshold)
    wrong = [*_of_words(bundle), *_of_tables(bundle), *_of_datasets(bundle), *_of_areas(bundle)]
    if wrong:
        raise InputError(f"The bundle '{bundle.id}' cannot be used. " + " ".join(wrong))
    return bundle


def _of_words(bundle: Bundle) -> Iterator[str]:
    if bundle.audience not in DEFAULTS:
        yield f"Its audience is '{bundle.audience}'; valid: {', '.join(DEFAULTS)}."
    if bundle.threshold.audience != bundle.audience:
        yield f"Its rules are those of '{bundle.threshold.audience}'."
    for key in ("council", "title", "snapshot", "sign_off"):
        if not getattr(bundle, key).strip():
            yield f"It lacks its {key.replace('_', '-')}."
    if bundle.expires < bundle.made_on:
        yield f"It expires on {bundle.expires}, before the day it was made, {bundle.made_on}."
    if not all(SHA256.fullmatch(one) for one in bundle.earlier):
        yield "An earlier release is not named by its content hash."


def _of_tables(bundle: Bundle) -> Iterator[str]:
    if not bundle.tables:
        yield "It has no table."
    for name in _twice(table.name for table in bundle.tables):
        yield f"There are two tables '{name}'."
    for table in bundle.tables:
        base = bundle.threshold.base_of_rounding
        if not table.name.strip() or not table.counts.strip():
            yield "A table lacks its name, or what it counts."
        if table.base_of_rounding < 1 or table.base_of_rounding % base:
            yield f"'{table.name}' is rounded to {table.base_of_rounding}; the rule of the bundle is {base}."
        if table.hidden_to < 0:
            yield f"'{table.name}' holds back counts to {table.hidden_to}."
        for at in _twice(figure.at for figure in table.figures):
            yield f"'{table.name}' shows {', '.join(at)} twice."
        yield from (
            f"'{table.name}', {', '.join(figure.at)}: {why}."
            for figure in table.figures
            if (why := _why(table, figure))
        )
    for tie in bundle.ties:
        if len(tie.keys) != len(tie.factors):
            yield f"The sum '{tie.says}' has {len(tie.keys)} figures and {len(tie.factors)} factors."


def _why(table: Table, figure: Figure) -> str:
    """Return what is wrong with a figure."""
    if len(figure.at) != len(table.dimensions):
        return f"it does not have the {len(table.dimensions)} codes of its table"
    if figure.symbol and figure.symbol not in SYMBOLS:
        return f"its symbol is none of {', '.join(SYMBOLS)}"
    if (figure.value is None) == (not figure.symbol):
        return "it needs a figure or a symbol, and not both"
    if figure.value is not None and (figure.value < 0 or figure.value % max(table.base_of_rounding, 1)):
        return f"{figure.value:g} is no multiple of {table.base_of_rounding}"
    return ""


def _of_datasets(bundle: Bundle) -> Iterator[str]:
    tables = {table.name for table in bundle.tables}
    for key in _twice(one.key for one in bundle.datasets):
        yield f"There are two datasets '{key}'."
    for one in bundle.datasets:
        for word in sorted(set(one.words) - set(WORDS)):
            yield f"Dataset '{one.key}' has the word '{word}'; valid: {', '.join(WORDS)}."
        for name in sorted(set(one.tables) - tables):
            yield f"Dataset '{one.key}' names a table '{name}' that is not there."
    for name in sorted(tables - {name for one in bundle.datasets for name in one.tables}):
        yield f"Nothing says which dataset '{name}' rests on."


def _of_areas(bundle: Bundle) -> Iterator[str]:
    for dimension, codes in bundle.codes.items():
        for code, made_of in codes.items():
            if not made_of:
                yield f"The {dimension} '{code}' is made of nothing."
    for name, shapes in bundle.boundaries.items():
        if not PLAIN_NAME.fullmatch(name):
            yield f"Boundaries cannot be called '{name}': small letters, digits, - and _ only."
        elif not _only_areas(shapes):
            yield f"The boundaries '{name}' hold more than areas with a code and a name."


def _only_areas(shapes: Mapping[str, Any]) -> bool:
    features = shapes.get("features")
    return (
        set(shapes) == {"type", "features"}
        and shapes["type"] == "FeatureCollection"
        and isinstance(features, list)
        and all(_is_area(one) for one in features)
    )


def _is_area(feature: Any) -> bool:
    if not isinstance(feature, dict) or set(feature) != {"type", "geometry", "properties"}:
        return False
    shape, said = feature["geometry"], feature["properties"]
    return (
        isinstance(shape, dict)
        and set(shape) == {"type", "coordinates"}
        and shape["type"] in (*SHAPES,)
        and _is_line_work(shape["coordinates"], SHAPES[shape["type"]])
        and isinstance(said, dict)
        and set(said) <= {"code", "name"}
        and all(isinstance(word, str) for word in said.values())
    )


def _is_line_work(coordinates: Any, depth: int) -> bool:
    """Return whether these are pairs of numbers, so many lists deep, and nothing else."""
    if not isinstance(coordinates, list | tuple) or not coordinates:
        return False
    if depth:
        return all(_is_line_work(one, depth - 1) for one in coordinates)
    return len(coordinates) == 2 and all(
        isinstance(one, int | float) and not isinstance(one, bool) for one in coordinates
    )


def _twice(names: Iterable[Any]) -> list[Any]:
    return sorted(name for name, times in Counter(names).items() if times > 1)
