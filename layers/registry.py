"""The layers there are: every module of `layers.catalog` that has a ``LAYER``."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from geodata.errors import UsageError
from layers import catalog
from layers.base import Layer


@cache
def all_layers() -> tuple[Layer, ...]:
    """Return every layer in the order of the rail."""
    modules = (import_module(f"{catalog.__name__}.{found.name}") for found in iter_modules(catalog.__path__))
    return tuple(sorted((module.LAYER for module in modules), key=lambda layer: (layer.info.order, layer.info.key)))


def find_layer(key: str) -> Layer:
    """Return the layer of that key.

    Raises
    ------
    UsageError
        If there is none, with the valid keys.
    """
    for layer in all_layers():
        if layer.info.key == key:
            return layer
    raise UsageError(f"No layer '{key}'. Valid: {', '.join(layer.info.key for layer in all_layers())}.")
