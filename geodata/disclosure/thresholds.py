"""When a count is too small to be shown, by audience, as one council has settled it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from geodata.disclosure.core import Threshold
from geodata.errors import ProfileError, UsageError
from geodata.profile import PROFILES, Profile

FILE = "disclosure.toml"
"""Beside the profile; a profile without it has `DEFAULTS`."""

DEFAULTS: Mapping[str, Threshold] = {
    "public": Threshold("public", smallest=7, fewest_families=5, least_base=100, base_of_rounding=5, width=8),
    "partner": Threshold("partner", smallest=5, fewest_families=1, least_base=1, base_of_rounding=1, width=6),
}
"""Audience -> threshold. Officers have none."""

WHY_NOT_ZERO = {
    "smallest": "every count of a child would be shown",
    "fewest_families": "1 is the value for no rule on families",
    "least_base": "1 is the value for no rule on bases",
    "base_of_rounding": "1 is the value for no rounding",
    "width": "what is held back could be worked out to the child",
}


def threshold(profile: Profile, audience: str, subject: str = "") -> Threshold:
    """Return when a count is too small for an audience.

    Parameters
    ----------
    profile : Profile
        The council's.
    audience : str
        A key of `DEFAULTS`.
    subject : str
        Such as "cme_involvements": a table ``[public.cme_involvements]`` of the file is stricter or looser for it
        alone.

    Raises
    ------
    UsageError
        For an unknown audience, with the valid ones.
    ProfileError
        Naming the key that lacks or makes no sense: a threshold of 0, and a width that is no more than `smallest`.
    """
    return read_threshold(PROFILES / profile.key / FILE, audience, subject)


@cache
def read_threshold(path: Path, audience: str, subject: str = "") -> Threshold:
    """Return the threshold of one file, or the default where there is none.

    Raises
    ------
    UsageError, ProfileError
        As `threshold`.
    """
    if audience not in DEFAULTS:
        raise UsageError(f"No audience '{audience}'. Valid: {', '.join(DEFAULTS)}.")
    if not path.is_file():
        return DEFAULTS[audience]
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        own = {**found[audience], **found[audience].get(subject, {})}
        return _checked(Threshold(audience, **{key: _whole(own, key) for key in WHY_NOT_ZERO}))
    except KeyError as error:
        raise ProfileError(f"{path.name} lacks the key {error}.") from error
    except (ValueError, TypeError) as error:
        raise ProfileError(f"{path.name}: {error}") from error


def _whole(found: Mapping[str, Any], key: str) -> int:
    number = found[key]
    if not isinstance(number, int) or isinstance(number, bool):
        raise ValueError(f"{key} is {number!r}; it is a whole number.")
    if number < 1:
        raise ValueError(f"{key} is {number}; it is at least 1: {WHY_NOT_ZERO[key]}.")
    return number


def _checked(found: Threshold) -> Threshold:
    if found.width <= found.smallest:
        raise ValueError(
            f"width is {found.width}; it is more than smallest ({found.smallest}), or what is left of a total could be "
            "a count that is too small itself."
        )
    return found


def require(found: Threshold) -> Threshold:
    """Return a threshold as it is.

    Raises
    ------
    ProfileError
        Where one of its numbers is below 1, or its width no more than its smallest.
    """
    try:
        for key, number in asdict(found).items():
            if key != "audience" and number < 1:
                raise ValueError(f"{key} is {number}; it is at least 1: {WHY_NOT_ZERO[key]}.")
        return _checked(found)
    except ValueError as error:
        raise ProfileError(f"Threshold of '{found.audience}': {error}") from error
