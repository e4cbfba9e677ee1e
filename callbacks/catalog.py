"""What the controls offer: layers with their variants, periods and schemes, and the places to put on the map."""

from __future__ import annotations

from collections import Counter
from typing import Any

from callbacks.figures import Figures
from geodata.areas import EXTRA_AREAS
from layers.base import Layer
from layers.points import all_point_sets
from layers.registry import find_layer, shown_layers, shown_variants, split_key


def _periods(figures: Figures, layer: Layer) -> list[list[str]]:
    return [[period.key, period.label] for period in layer.periods(figures.store)]


def _variants(figures: Figures, layer: Layer, periods: list[list[str]]) -> list[list[Any]]:
    """Return code and words of each variant, and its periods where they are not those of the default one."""
    family, _ = split_key(layer.info.key)
    found = []
    for code, words in shown_variants(figures.store, family).items():
        own = _periods(figures, find_layer(f"{family}:{code}"))
        found.append([code, words, own] if own != periods else [code, words])
    return found


def _layer(figures: Figures, layer: Layer, every: tuple[str, ...]) -> dict[str, Any]:
    """Return what the rail needs of a layer; what most layers have nothing to say of is left out."""
    info, store = layer.info, figures.store
    schemes = layer.schemes(store)
    periods = _periods(figures, layer)
    more = {
        "variants": _variants(figures, layer, periods),
        "choice": info.choice,
        "schemes": list(schemes) if schemes != every else [],
        "points": info.points,
    }
    return {
        "key": split_key(info.key)[0],
        "subject": info.subject,
        "title": info.title,
        "plain": info.plain,
        "periods": periods,
    } | {key: value for key, value in more.items() if value}


def _places(figures: Figures) -> list[dict[str, Any]]:
    """Return the point sets that have places, with how many there are of each kind that occurs."""
    found = []
    for one in all_point_sets():
        count = Counter(point.kind for point in figures.places(one.key))
        kinds = [[code, words, count[code]] for code, words in one.kinds if count[code]]
        if kinds:
            found.append({"key": one.key, "title": one.title, "plain": one.plain, "kinds": kinds})
    return found


def catalog(figures: Figures) -> dict[str, Any]:
    """Return what the controls offer: layers with their words and periods, oldest first, schemes and places.

    Parameters
    ----------
    figures : Figures
        Of the snapshot in force.
    """
    store = figures.store
    schemes = [
        {"key": one.key, "title": one.title, "one": one.one, "many": one.many, "note": one.note,
         "areas": len(store.areas.names[one.key])}
        for one in store.profile.schemes
    ]  # fmt: skip
    every = tuple(one.key for one in store.profile.schemes)
    return {
        "layers": [_layer(figures, layer, every) for layer in shown_layers(store)],
        "schemes": schemes,
        "places": _places(figures),
        "extra": list(EXTRA_AREAS.values()),
        "council": store.profile.name,
        "snapshot": store.snapshot.id,
    }
