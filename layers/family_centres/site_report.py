"""Centres added, closed and moved: which candidates are best, and what that changes for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from geodata.errors import UsageError
from geodata.store import Store
from geodata.travel import Mode, Travel, travel
from layers.family_centres.candidates import (
    AREA_OF_SEARCH,
    candidates,
    named,
    require_apart,
    require_enough,
    require_places,
)
from layers.family_centres.changes import changes
from layers.family_centres.core import FAR_MINUTES, YOUNG, Centre, Ground, Loss, ReachRow
from layers.family_centres.ground import ground_of
from layers.family_centres.reach import nearest_minutes, opening_days, points_of, reach
from layers.family_centres.settings import FamilySettings, family_settings
from layers.family_centres.site_words import basis_of, notes_on
from layers.family_centres.siting import Effort, Objective, Question, Siting, site

Numbers = npt.NDArray[np.float64]

OBJECTIVES: tuple[Objective, ...] = ("median", "cover")


@dataclass(frozen=True)
class SiteAsked:
    """What is asked for.

    Attributes
    ----------
    add : int
        Sites to choose.
    close : tuple of str
        Keys of centres.
    move : tuple of (str, str)
        Key of a centre, and of the building it moves to.
    objective : str
        One of `OBJECTIVES`: the shortest mean journey, or most children within `minutes`.
    mode : Mode or None
        How people travel; None for the one of the settings.
    minutes : float
        Limit of covering; what is lost is always counted at 30.
    capacity : bool
        Whether a site has room for so many children for each day on which it is open.
    search : bool
        Areas of search though there are buildings.
    """

    add: int = 0
    close: tuple[str, ...] = ()
    move: tuple[tuple[str, str], ...] = ()
    objective: Objective = "median"
    mode: Mode | None = None
    minutes: float = FAR_MINUTES
    capacity: bool = False
    search: bool = False


@dataclass(frozen=True)
class SitePlan:
    """The answer.

    Attributes
    ----------
    asked : SiteAsked
        With the mode filled in.
    ground : Ground
        What it rests on.
    chosen : tuple of Centre
        Sites added.
    closed : tuple of Centre
        Centres that close; not those that move.
    moved : tuple of (Centre, Centre)
        From, to.
    opened : tuple of Centre
        All that are open afterwards: those that stay, those moved to, those added.
    siting : Siting
        Objective, bound, gap and status; columns of it are those of `sites`.
    sites : tuple of Centre
        Centres of today, buildings moved to, candidates.
    today : float or None
        The objective as things are; None where no centre is open.
    children : float
        That the objective is about, weighed.
    minutes_before, minutes_after : Numbers
        [atom]: to the nearest centre.
    before, after : tuple of ReachRow
        By group and locality, the county last.
    losses : tuple of Loss
        For the equality assessment.
    cost : float
        GBP a year of the buildings added and moved to, assumed where it is not stated; 0 for areas of search.
    equals : tuple of Centre
        Where one site was chosen: the other candidates that do exactly as well.
    young_weight : float
        How often a young child in a low-income family counts in the objective.
    basis, notes : tuple of str
        Words that must stand by the figures; what a person must know.
    """

    asked: SiteAsked
    ground: Ground
    chosen: tuple[Centre, ...]
    closed: tuple[Centre, ...]
    moved: tuple[tuple[Centre, Centre], ...]
    opened: tuple[Centre, ...]
    siting: Siting
    sites: tuple[Centre, ...]
    today: float | None
    children: float
    minutes_before: Numbers
    minutes_after: Numbers
    before: tuple[ReachRow, ...]
    after: tuple[ReachRow, ...]
    losses: tuple[Loss, ...]
    cost: float
    equals: tuple[Centre, ...] = ()
    young_weight: float = 1.0
    basis: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def site_plan(store: Store, asked: SiteAsked) -> SitePlan:
    """Choose sites and say what changes.

    Parameters
    ----------
    store : Store
        With family centres; buildings and low income are used where they are loaded.
    asked : SiteAsked
        What to add, close and move.

    Raises
    ------
    UsageError
        Nothing to do, more sites than candidates, a centre or building that there is not, an unknown objective or mode.
    InputError
        Naming the rows: sites without a place on the map, or at one point (centres that close too); nobody to serve.
    """
    settings, ground = family_settings(store.profile), ground_of(store)
    asked = replace(asked, mode=asked.mode or settings.reach.mode)
    _check(asked)
    going = named(ground.centres, (*asked.close, *(centre for centre, _ in asked.move)), "open centre")
    moved_to = named(ground.buildings, tuple(building for _, building in asked.move), "building")
    staying = tuple(one for one in ground.centres if one not in going)
    pool = candidates(ground, asked.search, (one.key for one in moved_to)) if asked.add else ()
    require_enough(asked.add, pool)
    sites = (*ground.centres, *moved_to, *pool)
    found = travel(store, asked.mode or settings.reach.mode, ground.points, points_of(sites))
    measured = {f"{one.kind}:{one.key}": bool(found.measured[:, at].any()) for at, one in enumerate(sites)}
    require_places(staying, (*moved_to, *pool), measured)
    require_apart(ground.centres)  # those that close or move too: it could mean either row
    trial = _trial(asked, ground, settings, sites, found.minutes)
    today = len(ground.centres)
    kept = tuple(at for at, one in enumerate(ground.centres) if one not in going)
    fixed = (*kept, *range(today, today + len(moved_to)))
    effort = Effort(settings.siting.gap, settings.siting.seconds)
    siting = site(replace(trial, fixed=fixed, candidates=tuple(range(today + len(moved_to), len(sites)))), effort)
    now = site(replace(trial, fixed=tuple(range(today)), k=0), effort).objective if today else None
    before, after = _only(found, range(today)), _only(found, (*fixed, *siting.chosen))
    chosen = tuple(_on_the_map(store, sites[at]) for at in siting.chosen)
    plan = SitePlan(
        asked=asked,
        ground=ground,
        chosen=chosen,
        closed=going[: len(asked.close)],
        moved=tuple(zip(going[len(asked.close) :], moved_to, strict=True)),
        opened=(*staying, *moved_to, *chosen),
        siting=siting,
        sites=sites,
        today=now,
        children=float(trial.demand.sum()),
        minutes_before=nearest_minutes(before),
        minutes_after=nearest_minutes(after),
        before=reach(ground, before),
        after=reach(ground, after),
        losses=changes(ground, nearest_minutes(before), nearest_minutes(after)),
        cost=sum(
            settings.siting.cost_if_unstated if one.cost is None else one.cost
            for one in (*moved_to, *chosen)
            if one.kind != AREA_OF_SEARCH
        ),
        equals=tuple(_titled(store, sites[at]) for at in siting.equals),
        young_weight=settings.siting.low_income_weight,
    )
    return replace(plan, basis=basis_of(store, plan, found), notes=notes_on(plan, found, settings))


def _check(asked: SiteAsked) -> None:
    if not (asked.add or asked.close or asked.move):
        raise UsageError("Nothing to do. Say how many sites to add, or which centre to close or to move.")
    if asked.objective not in OBJECTIVES:
        raise UsageError(f"No objective '{asked.objective}'. Valid: {', '.join(OBJECTIVES)}.")
    if not 0 < asked.minutes < np.inf:
        raise UsageError(f"A limit of {asked.minutes:g} minutes makes no sense: it is above 0.")


def _trial(
    asked: SiteAsked, ground: Ground, settings: FamilySettings, sites: Sequence[Centre], minutes: Numbers
) -> Question:
    """Return the question with what is common to today and afterwards."""
    room = settings.siting.children_per_open_day * opening_days(sites, settings.reach)
    return Question(
        demand=weighed(ground, settings),
        minutes=minutes,
        fixed=(),
        candidates=(),
        k=asked.add,
        objective=asked.objective,
        limit_minutes=asked.minutes,
        capacity=room if asked.capacity else None,
    )


def weighed(ground: Ground, settings: FamilySettings) -> Numbers:
    """Return [atom]: children, a young one in a low-income family counted as often as the settings say."""
    total = np.zeros(len(ground.atoms))
    for group in ground.groups:
        total += group.children * (settings.siting.low_income_weight if group.key == YOUNG else 1.0)
    return total


def _only(found: Travel, columns: Sequence[int]) -> Travel:
    at = list(columns)
    return replace(found, km=found.km[:, at], minutes=found.minutes[:, at], measured=found.measured[:, at])


def _on_the_map(store: Store, one: Centre) -> Centre:
    """Return an area of search with its title and degrees; any other site as it is."""
    if one.kind != AREA_OF_SEARCH:
        return one
    from pyproj import Transformer  # noqa: PLC0415 - only where areas of search are chosen

    from geodata.crs import BNG, WGS84  # noqa: PLC0415

    lon, lat = Transformer.from_crs(BNG, WGS84, always_xy=True).transform(one.easting, one.northing)
    return replace(_titled(store, one), longitude=float(lon), latitude=float(lat))


def _titled(store: Store, one: Centre) -> Centre:
    """Return an area of search with the name of its small area; any other site as it is."""
    if one.kind != AREA_OF_SEARCH:
        return one
    return replace(one, name=f"Area of search: {store.areas.names.get('lsoa', {}).get(one.key, one.key)}")
