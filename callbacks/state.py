"""The state of the map page: what the address says, made whole and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from callbacks.figures import Figures
from geodata.errors import UsageError


@dataclass(frozen=True)
class MapState:
    """One view of the map.

    Attributes
    ----------
    layer, scheme, period : str
        Keys.
    area, beside : str
        Codes of the chosen area and of the one it is compared with; empty for none.
    """

    layer: str
    scheme: str
    period: str
    area: str = ""
    beside: str = ""


def read_state(figures: Figures, raw: Mapping[str, Any]) -> MapState:
    """Return the state that the page sent.

    Raises
    ------
    UsageError
        If a key does not exist in this snapshot; an unknown area counts as none.
    """
    state = {key: str(raw.get(key) or "") for key in ("layer", "scheme", "period", "area", "beside")}
    if not (state["layer"] and state["scheme"] and state["period"]):
        raise UsageError("The view lacks a layer, an area scheme or a period.")
    names = figures.store.areas.names.get(state["scheme"], {})
    for key in ("area", "beside"):
        if state[key] not in names:
            state[key] = ""
    if not state["area"] or state["beside"] == state["area"]:
        state["beside"] = ""
    return MapState(**state)
