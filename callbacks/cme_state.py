"""The state of the page on children missing education: what its address says, made whole and checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geodata.errors import UsageError
from geodata.profile import AreaScheme
from geodata.store import Store
from layers.cme.years import find_year
from layers.registry import find_layer
from layers.smoothed import SUFFIX

MEASURES = ("cme_open", "cme_new", "cme_long_open", "cme_closed_soon")
"""Layers that the heat map offers, in the order of the chooser."""

SMALL_AREAS = ("lsoa", "msoa")
"""Left to the Map page: a few dozen cases over hundreds of small areas are noise, and could point to families."""

LEFT_TO_THE_MAP = "this page does not draw them, the Map page does."

MOST_AREAS = 60
"""Schemes with more areas than this are small areas too, whatever they are called."""

PARTS = ("year", "measure", "areas", "smooth")
"""What the address may hold."""


@dataclass(frozen=True)
class CmeState:
    """One view of the page.

    Attributes
    ----------
    year : str
        Key of the committee year.
    measure : str
        One of `MEASURES`.
    areas : str
        Key of the area scheme of the heat map.
    smooth : bool
        Whether smoothed rates are shown where there are any.
    """

    year: str
    measure: str
    areas: str
    smooth: bool = False


def offered_schemes(store: Store, measure: str) -> tuple[AreaScheme, ...]:
    """Return the area schemes that the heat map offers of a measure: neither small areas nor the county alone."""
    names = store.areas.names
    able = [store.profile.scheme(key) for key in find_layer(measure).schemes(store)]
    return tuple(one for one in able if one.key not in SMALL_AREAS and 1 < len(names[one.key]) <= MOST_AREAS)


def smoothed_key(store: Store, measure: str, areas: str) -> str:
    """Return the key of the smoothed layer of a measure; empty where there is none for these areas."""
    key = f"{measure}{SUFFIX}"
    try:
        layer = find_layer(key)
    except UsageError:
        return ""
    return key if areas in layer.schemes(store) else ""


def read_cme_state(store: Store, raw: Mapping[str, str]) -> CmeState:
    """Return the state that an address asks for; what it leaves out has a default.

    Parameters
    ----------
    store : Store
        The snapshot's figures.
    raw : mapping of str to str
        What stands in the address.

    Raises
    ------
    UsageError
        If a part or its value is not known, with the valid ones.
    """
    for key in raw:
        if key not in PARTS:
            raise UsageError(f"The address has '{key}', which this page does not know. Valid: {', '.join(PARTS)}.")
    year = find_year(store, raw.get("year", "")).key
    measure = _one_of("measure", raw.get("measure") or MEASURES[0], MEASURES)
    offered = tuple(scheme.key for scheme in offered_schemes(store, measure))
    asked = raw.get("areas") or offered[0]
    if asked not in offered and asked in store.areas.names:
        raise UsageError(f"{store.profile.scheme(asked).title}: {LEFT_TO_THE_MAP} Valid: {', '.join(offered)}.")
    areas = _one_of("kind of areas", asked, offered)
    smooth = _one_of("smoothing", raw.get("smooth") or "0", ("0", "1")) == "1"
    return CmeState(year, measure, areas, smooth)


def _one_of(what: str, value: str, valid: Iterable[str]) -> str:
    found = tuple(valid)
    if value not in found:
        raise UsageError(f"No {what} '{value}' here. Valid: {', '.join(found)}.")
    return value
