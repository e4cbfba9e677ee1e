"""What the timeliness of early help takes for granted for one council, with its source."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from geodata.errors import ProfileError
from geodata.profile import PROFILES, Profile

FILE = "family_centres.toml"
"""Beside the profile; one without it, or without its section, has the defaults of `TimelinessSettings`."""

SECTION = "timeliness"

DAY_KINDS: Mapping[str, str] = {"calendar": "calendar days", "working": "working days (Monday to Friday)"}


@dataclass(frozen=True)
class TimelinessSettings:
    """The lengths that are measured, and how.

    Attributes
    ----------
    decision_hours, decision_limit_hours : float
        From the referral to the decision: what is aimed at, and the limit.
    contact_hours : float
        From the decision to the first contact with the family.
    support_days : int
        From the decision to the start of support.
    support_day_kind : str
        One of `DAY_KINDS`.
    again_months : tuple of int
        From the end of help to the next referral.
    year_starts_month : int
        First month of a year such as 2024/25.
    source : str
        What they rest on.
    """

    decision_hours: float = 24.0
    decision_limit_hours: float = 72.0
    contact_hours: float = 24.0
    support_days: int = 5
    support_day_kind: str = "calendar"
    again_months: tuple[int, ...] = (6, 12)
    year_starts_month: int = 4
    source: str = "assumed"


def timeliness_settings(profile: Profile) -> TimelinessSettings:
    """Return the assumptions of a council's profile.

    Raises
    ------
    ProfileError
        Naming the key that lacks or makes no sense.
    """
    # Areas that were imported have a folder of their own; the assumptions stay the council's.
    return read_timeliness(PROFILES / profile.key / FILE)


@cache
def read_timeliness(path: Path) -> TimelinessSettings:
    """Return the assumptions of one file; the defaults where there are none."""
    if not path.is_file():
        return TimelinessSettings()
    section = tomllib.loads(path.read_text(encoding="utf-8")).get(SECTION)
    if section is None:
        return TimelinessSettings()
    try:
        settings = _settings(section)
    except KeyError as error:
        raise ProfileError(f"{path.name}: [{SECTION}] lacks the key {error}.") from error
    _check(settings, path.name)
    return settings


def _settings(found: Mapping[str, Any]) -> TimelinessSettings:
    return TimelinessSettings(
        decision_hours=float(found["decision_hours"]),
        decision_limit_hours=float(found["decision_limit_hours"]),
        contact_hours=float(found["contact_hours"]),
        support_days=int(found["support_days"]),
        support_day_kind=str(found["support_day_kind"]),
        again_months=tuple(map(int, found["again_months"])),
        year_starts_month=int(found["year_starts_month"]),
        source=str(found["source"]),
    )


def _check(settings: TimelinessSettings, name: str) -> None:
    """Raise `ProfileError` for an assumption that makes no sense."""
    for key in ("decision_hours", "contact_hours"):
        if not getattr(settings, key) > 0:
            raise ProfileError(f"{name}: {key} is {getattr(settings, key):g}; it is above 0.")
    if not settings.decision_limit_hours >= settings.decision_hours:
        raise ProfileError(f"{name}: decision_limit_hours is less than decision_hours.")
    if settings.support_days < 0:
        raise ProfileError(f"{name}: support_days is {settings.support_days}; it is at least 0.")
    if settings.support_day_kind not in DAY_KINDS:
        raise ProfileError(f"{name}: support_day_kind is '{settings.support_day_kind}'. Valid: {', '.join(DAY_KINDS)}.")
    months = settings.again_months
    if not months or min(months) < 1 or list(months) != sorted(set(months)):
        raise ProfileError(f"{name}: again_months are whole months from 1 on, each once, the shortest first.")
    if not 1 <= settings.year_starts_month <= 12:
        raise ProfileError(f"{name}: year_starts_month is {settings.year_starts_month}; from 1 to 12.")
