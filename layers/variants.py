"""A layer with a choice: one layer for each code, each knowing all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from layers.base import BaseLayer

L = TypeVar("L", bound=BaseLayer)


def make_variants(words: Mapping[str, str], make: Callable[[str], L]) -> dict[str, L]:
    """Return code -> layer.

    Parameters
    ----------
    words : mapping of str to str
        Code -> what a person reads in the chooser, in its order.
    make : callable
        From a code to its layer. The layer's `LayerInfo.choice` is the label of the chooser; its key is the same for
        all, and gets the code behind a colon.
    """
    shared = MappingProxyType(dict(words))
    made = {code: make(code) for code in words}
    return {
        code: replace(layer, info=replace(layer.info, key=f"{layer.info.key}:{code}"), variants=shared)
        for code, layer in made.items()
    }
