"""What each link worker is given: schools, distances and a load band, never a count of cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from geodata.contracts.link_workers import LANGUAGE_CODES
from layers.format import format_value, round_half_up
from layers.link_workers.compare import Share, shares
from layers.link_workers.core import Plan, Post, School, Urn, Work
from layers.link_workers.workload import load_band
from layers.link_workers.workload_settings import WorkloadSettings
from layers.school_kinds import STATE_KINDS

BANDS = ((0.6, "light"), (0.85, "moderate"), (1.0 + 1e-9, "full"))
"""Share of the hours for schools below which, or up to the last of which, a load has that name. Assumed."""

OVER = "over its hours"
NO_BAND = "no hours stated"

WHOLE_KM = 10
"""Kilometres from which whole ones are said: an estimate is no closer than that."""

BaseKm = Callable[[str, Urn], float | None]
"""From a post and a school to the estimated way from the base, one way; None without a base."""


@dataclass(frozen=True)
class SheetSchool:
    """A school on the sheet of its worker.

    Attributes
    ----------
    urn : int
        Unique reference number.
    name, kind, postcode : str
        As people know it.
    km : float or None
        Estimated way from the base, one way; None without a base.
    band : str
        Of its load, from `workload.load_band`: low, middle or high.
    """

    urn: Urn
    name: str
    kind: str
    postcode: str
    km: float | None
    band: str


@dataclass(frozen=True)
class Sheet:
    """The sheet of one worker.

    Attributes
    ----------
    post, team, base : str
        The post; of a cluster without a post its number, and nothing.
    hours : float or None
        A week, by contract.
    term_time : bool
        Works in term time only.
    languages : tuple of str
        In words, English first; empty where none is stated.
    band : str
        Of its load; empty for a post that is absent or vacant, and for a cluster.
    km_week : float or None
        Estimated kilometres a week; None for a post that is absent or vacant: nobody drives.
    schools : tuple of SheetSchool
        By distance, then name.
    covers : tuple of str
        Absent or vacant posts whose schools are among them.
    away : str
        "absent", "vacant" or empty.
    """

    post: str
    team: str
    base: str
    hours: float | None
    term_time: bool
    languages: tuple[str, ...]
    band: str
    km_week: float | None
    schools: tuple[SheetSchool, ...]
    covers: tuple[str, ...] = ()
    away: str = ""


def km_shown(value: float) -> float:
    """Return kilometres as they are said everywhere: whole ones from 10, else to a tenth."""
    tenth = round_half_up(value, 1)
    return float(tenth) if abs(tenth) < WHOLE_KM else int(round_half_up(value))


def km_words(value: float) -> str:
    """Write kilometres: "1,204", "9.5"."""
    said = km_shown(value)
    return format_value(said, 0 if abs(said) >= WHOLE_KM else 1)


def language_words(post: Post) -> tuple[str, ...]:
    """Return the languages of a post in words, English first: every worker has it; empty where none is stated."""
    others = [LANGUAGE_CODES.get(code, code) for code in post.languages if code != "en"]
    return ("English", *others) if post.languages else ()


def worker_band(load: float, capacity: float) -> str:
    """Return the name of a load, by the share of the hours for schools that it takes."""
    if capacity <= 0:
        return NO_BAND if load <= 0 else OVER
    share = load / capacity
    for limit, name in BANDS[:-1]:
        if share < limit:
            return name
    return BANDS[-1][1] if share <= BANDS[-1][0] else OVER


def worker_sheets(work: Work, plan: Plan, base_km: BaseKm, settings: WorkloadSettings) -> tuple[Sheet, ...]:
    """Return the sheet of every worker, those without a school included, by post.

    Parameters
    ----------
    work : Work
        Schools and posts.
    plan : Plan
        Who has which school.
    base_km : callable
        From a post and a school to the estimated way, one way; None without a base.
    settings : WorkloadSettings
        From which load on a school is in which band.
    """
    posts = {one.post: one for one in work.posts}
    schools = {one.urn: one for one in work.schools}
    bands = {one.urn: load_band(one.load_hours, settings) for one in work.schools}
    return tuple(
        _sheet(share, posts.get(share.post), [schools[urn] for urn in share.schools], bands, base_km)
        for share in shares(work, plan)
    )


def _sheet(share: Share, post: Post | None, schools: list[School], bands: Mapping[Urn, str], base_km: BaseKm) -> Sheet:
    rows = [
        SheetSchool(one.urn, one.name, STATE_KINDS.get(one.kind, one.kind), one.postcode,
                    base_km(share.post, one.urn) if post else None, bands[one.urn])
        for one in schools
    ]  # fmt: skip
    rows.sort(key=lambda row: (row.km is None, row.km or 0.0, row.name))
    if post is None:
        return Sheet(share.post, "", "", None, False, (), "", share.km, tuple(rows))
    away = "vacant" if post.vacant else "absent" if post.absent else ""
    band = "" if away else worker_band(share.load_hours, post.capacity_hours)
    week = None if away else share.km
    return Sheet(
        post.post, post.team, post.base, post.hours, post.term_time, language_words(post), band, week, tuple(rows),
        share.covers, away,
    )  # fmt: skip
