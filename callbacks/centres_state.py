"""The state of the page on family centres: what its address says, made whole and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast
from urllib.parse import urlencode

from geodata.errors import UsageError
from geodata.travel import MODES, Mode
from layers.family_centres.core import FAR_MINUTES, LIMITS_MINUTES, Ground
from layers.family_centres.site_report import OBJECTIVES, SiteAsked

PAGE = "centres"
"""Address of the page."""

PARTS = ("mode", "add", "close", "move", "to", "objective", "minutes", "by")
"""What the address may hold: the way of travel, and what is to be worked out."""

ASKS = ("add", "close", "move", "to")
"""Parts that ask for something to be worked out."""

MOST_ADDED = 5
"""Sites that a person may ask for at once."""

BUILDINGS, SEARCH = "buildings", "search"
"""Where a site is looked for: among the council's buildings, or anywhere, as an area of search."""


@dataclass(frozen=True)
class CentresState:
    """One view of the page.

    Attributes
    ----------
    mode : Mode
        How people travel.
    asked : SiteAsked or None
        What is worked out; None where nothing is asked for.
    """

    mode: Mode
    asked: SiteAsked | None = None

    def query(self, **changes: Any) -> str:
        """Return the address's part after the question mark, of this view or of one that differs."""
        return urlencode(replace(self, **changes).fields)

    def address(self, **changes: Any) -> str:
        """Return the address of this view, or of one that differs."""
        return f"{PAGE}?{self.query(**changes)}"

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Return what stands in the address, as (name, value)."""
        return [("mode", self.mode), *(asked_fields(self.asked) if self.asked else [])]


def asked_fields(asked: SiteAsked) -> list[tuple[str, str]]:
    """Return what the address says of a question, as (name, value)."""
    said = [("add", str(asked.add))] if asked.add else []
    said += [("close", key) for key in asked.close]
    for centre, building in asked.move:
        said += [("move", centre), ("to", building)]
    said.append(("objective", asked.objective))
    if asked.minutes != FAR_MINUTES:
        said.append(("minutes", f"{asked.minutes:g}"))
    return [*said, ("by", SEARCH if asked.search else BUILDINGS)]


def read_mode(raw: Mapping[str, str], default: Mode) -> Mode:
    """Return the way of travel of an address.

    Raises
    ------
    UsageError
        For a part of the address or a way that is not known, with the valid ones.
    """
    for key in raw:
        if key not in PARTS:
            raise UsageError(f"The address has '{key[:40]}', which this page does not know. Valid: {', '.join(PARTS)}.")
    mode = raw.get("mode") or default
    if mode not in MODES:
        raise UsageError(f"No way of travel '{mode[:40]}'. Valid: {', '.join(MODES)}.")
    return cast(Mode, mode)


def read_asked(raw: Mapping[str, str], close: Sequence[str], mode: Mode, ground: Ground) -> SiteAsked | None:
    """Return what an address asks to be worked out; None where it asks for nothing.

    Whether centres and buildings of those keys are there is checked where it is worked out.

    Parameters
    ----------
    raw : mapping of str to str
        What stands in the address.
    close : sequence of str
        Every "close" of the address, which may hold several.
    mode : Mode
        How people travel.
    ground : Ground
        Whether there are buildings to choose from.

    Raises
    ------
    UsageError
        For a value that makes no sense, with the valid ones.
    """
    if not any(key in raw for key in ASKS):
        return None
    add = raw.get("add") or "0"
    if add not in tuple(map(str, range(MOST_ADDED + 1))):
        raise UsageError(f"'{add[:20]}' is no number of sites to add here. Valid: 0 to {MOST_ADDED}.")
    objective = raw.get("objective") or OBJECTIVES[0]
    if objective not in OBJECTIVES:
        raise UsageError(f"No aim '{objective[:40]}'. Valid: {', '.join(OBJECTIVES)}.")
    minutes = _minutes(raw.get("minutes") or str(FAR_MINUTES))
    by = raw.get("by") or (BUILDINGS if ground.buildings else SEARCH)
    if by not in (BUILDINGS, SEARCH):
        raise UsageError(f"No kind of place '{by[:40]}'. Valid: {BUILDINGS}, {SEARCH}.")
    if by == BUILDINGS and not ground.buildings and int(add):
        raise UsageError("No list of buildings is loaded. Import buildings, or look for areas of search.")
    return SiteAsked(
        add=int(add),
        close=tuple(key for key in close if key),
        move=_move(raw.get("move", ""), raw.get("to", "")),
        objective=objective,
        mode=mode,
        # Without covering there is no limit: one question has one address.
        minutes=minutes if objective == "cover" else FAR_MINUTES,
        search=by == SEARCH,
    )


def _minutes(typed: str) -> int:
    if typed not in tuple(map(str, LIMITS_MINUTES)):
        raise UsageError(f"'{typed[:20]}' is no limit here. Valid: {', '.join(map(str, LIMITS_MINUTES))} minutes.")
    return int(typed)


def _move(centre: str, building: str) -> tuple[tuple[str, str], ...]:
    if bool(centre) != bool(building):
        raise UsageError(
            "Choose the building that the centre moves to." if centre else "Choose the centre that moves there."
        )
    return ((centre, building),) if centre else ()
