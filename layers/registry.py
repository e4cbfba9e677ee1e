"""The layers there are: every module of `layers.catalog` that has a ``LAYER``, and its ``VARIANTS`` if it has any."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from geodata.errors import UsageError
from geodata.store import Store
from layers import catalog
from layers.base import Layer


def modules_of(package: ModuleType) -> tuple[ModuleType, ...]:
    """Return the modules of a package, imported, by name."""
    names = sorted(found.name for found in iter_modules(package.__path__))
    return tuple(import_module(f"{package.__name__}.{name}") for name in names)


@cache
def _families() -> dict[str, tuple[Layer, Mapping[str, Layer]]]:
    """Return key -> default variant and code -> variant, in the order of the rail; most layers have no variants."""
    found = ((module.LAYER, getattr(module, "VARIANTS", {})) for module in modules_of(catalog))
    ordered = sorted(found, key=lambda pair: (pair[0].info.order, pair[0].info.key))
    return {split_key(layer.info.key)[0]: (layer, variants) for layer, variants in ordered}


def forget() -> None:
    """Look at the catalog again when next asked; for a file that came while the process runs."""
    _families.cache_clear()


def split_key(key: str) -> tuple[str, str]:
    """Return a layer's key without its variant, and the variant's code; empty for none."""
    family, _, code = key.partition(":")
    return family, code


def all_layers() -> tuple[Layer, ...]:
    """Return every layer in the order of the rail; of one with variants the default one."""
    return tuple(layer for layer, _ in _families().values())


def find_layer(key: str) -> Layer:
    """Return the layer of that key.

    Parameters
    ----------
    key : str
        Such as "cme_open"; "ehcp_need:ASD" is a variant, "ehcp_need" the default one.

    Raises
    ------
    UsageError
        If there is none, with the valid keys.
    """
    family, code = split_key(key)
    if family not in _families():
        raise UsageError(f"No layer '{key}'. Valid: {', '.join(_families())}.")
    default, variants = _families()[family]
    if not code and ":" not in key:
        return default
    if code not in variants:
        valid = ", ".join(f"{family}:{one}" for one in variants) or family
        raise UsageError(f"No layer '{key}'. Valid: {valid}.")
    return variants[code]


def shown_variants(store: Store, key: str) -> dict[str, str]:
    """Return code -> words of a layer's variants that have something to show; empty for a layer without variants."""
    family, _ = split_key(key)
    words = find_layer(family).variants
    return {code: words[code] for code in words if find_layer(f"{family}:{code}").periods(store)}


def layer_in(store: Store, key: str) -> Layer:
    """Return the layer of a key; where the key names no variant and the default one has nothing to show, one that has.

    Raises
    ------
    UsageError
        If there is no such layer, with the valid keys.
    """
    found = find_layer(key)
    if ":" in key or found.periods(store):
        return found
    return next((find_layer(f"{key}:{code}") for code in shown_variants(store, key)), found)


def shown_layers(store: Store) -> tuple[Layer, ...]:
    """Return the layers that have something to show, in the order of the rail, one for each file of the catalog."""
    found = (layer_in(store, family) for family in _families())
    return tuple(layer for layer in found if layer.periods(store))
