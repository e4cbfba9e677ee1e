"""The state of the page on specialist places: what its address says, made whole and checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from callbacks.places_facts import ALL, COUNTY, CellKey, Frame
from callbacks.places_words import GAP_PROVISIONS, OPEN_PROVISIONS
from geodata.errors import UsageError
from geodata.school_years import PHASES

PARTS = ("year", "area", "phase", "need", "provision", "scenario", "plan", "with", "finer")
"""What the address may hold."""

PROVISION_KEYS = (ALL, *GAP_PROVISIONS, *OPEN_PROVISIONS)
EXAMPLES = "examples"
MOST_BESIDE = 4
NEEDS = ("communication", "cognition", "semh", "sensory", "other")


@dataclass(frozen=True)
class PlacesState:
    """One view of the page.

    Attributes
    ----------
    year : int
        January that the matrix and the headline speak of.
    cell : CellKey
        The chosen cell.
    scenario : str
        Name of the saved scenario that is shown; empty for places as they are planned.
    plan : str
        A scenario that the address holds itself, from `layers.sufficiency.scenario.scenario_text`; empty for none.
    beside : tuple of str
        Names of the saved scenarios that are compared; `EXAMPLES` stands for the ready-made ones.
    finer : bool
        Whether the needs within the chosen cell are shown one by one.
    """

    year: int
    cell: CellKey
    scenario: str = ""
    plan: str = ""
    beside: tuple[str, ...] = ()
    finer: bool = False

    def address(self, **changes: Any) -> str:
        """Return the address of this view, or of one with another year, scenario or cell (`area`, `phase` ...)."""
        cell = self.cell._replace(**{key: changes.pop(key) for key in CellKey._fields if key in changes})
        other = replace(self, cell=cell, **changes)
        said: list[tuple[str, Any]] = [("year", other.year), *zip(CellKey._fields, other.cell, strict=True)]
        said += [(key, value) for key, value in (("scenario", other.scenario), ("plan", other.plan)) if value]
        said += [("with", name) for name in other.beside] + ([("finer", 1)] if other.finer else [])
        return f"places?{urlencode(said)}"


def default_year(frame: Frame, this_year: int) -> int:
    """Return the January to begin with: the next one, or the last of the forecast."""
    return min(max(this_year + 1, frame.years[0]), frame.years[-1])


def read_places_state(frame: Frame, raw: Mapping[str, str], this_year: int, beside: Sequence[str] = ()) -> PlacesState:
    """Return the state that an address asks for; what it leaves out has a default.

    Parameters
    ----------
    frame : Frame
        Of the model.
    raw : mapping of str to str
        What stands in the address.
    this_year : int
        The year of today.
    beside : sequence of str, optional
        Every "with" of the address, which may hold several.

    Raises
    ------
    UsageError
        If a part or its value is not known, with the valid ones.
    """
    for key in raw:
        if key not in PARTS:
            raise UsageError(f"The address has '{key}', which this page does not know. Valid: {', '.join(PARTS)}.")
    years = tuple(map(str, frame.years))
    year = _one_of("January", raw.get("year") or str(default_year(frame, this_year)), years)
    cell = CellKey(
        _one_of("area", raw.get("area") or COUNTY, frame.areas),
        _one_of("phase", raw.get("phase") or ALL, (ALL, *PHASES)),
        _one_of("broad area of need", raw.get("need") or ALL, (ALL, *NEEDS)),
        _one_of("kind of provision", raw.get("provision") or ALL, PROVISION_KEYS),
    )
    if raw.get("scenario") and raw.get("plan"):
        raise UsageError("The address names a saved scenario and holds another one; give 'scenario' or 'plan'.")
    chosen = tuple(dict.fromkeys(name for name in beside if name))
    if len(chosen) > MOST_BESIDE:
        raise UsageError(f"{len(chosen)} scenarios are too many to compare at a glance. Choose up to {MOST_BESIDE}.")
    finer = _one_of("choice of finer needs", raw.get("finer") or "0", ("0", "1")) == "1"
    return PlacesState(int(year), cell, raw.get("scenario", ""), raw.get("plan", ""), chosen, finer)


def _one_of(what: str, value: str, valid: Iterable[str]) -> str:
    found = tuple(valid)
    if value not in found:
        raise UsageError(f"No {what} '{value}' here. Valid: {', '.join(found)}.")
    return value
