"""Reach as a report: who has a family centre near enough, what falls to them, and specialist places that match."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from geodata.errors import UsageError
from geodata.periods import words
from geodata.school_years import PHASES
from geodata.store import Store
from geodata.travel import MODES, Mode
from layers.basis import MODELLED_POPULATION, records_basis
from layers.family_centres.core import FAR_MINUTES, LIMITS_MINUTES, SCHOOL_AGE, Ground, Group, ReachRow
from layers.family_centres.far_layer import CENTRES, travel_basis
from layers.family_centres.ground import notes_of
from layers.family_centres.reach import COUNTY, Reach, mean_scores, opening_days, reach_of
from layers.family_centres.settings import family_settings
from layers.family_centres.specialist import Matched, matched_reach
from layers.format import format_value, round_half_up
from layers.report import Cell, Column, Figure, Report, Table
from layers.sufficiency.core import BROAD_AREAS

KEY = "reach"
FROM_A_POINT = (
    "All children of a small area are taken to travel from one point, the middle of its postcodes: estimated."
)

SHARED_OUT = "Children are shared out equally over small areas (modelled), so this counts areas, not people."
HUNDRED = 100
"""What the figures of a headline are rounded to where children are shared out equally."""


def reach_report(store: Store, mode: Mode | None = None, *, officer: bool = True) -> Report:
    """Return the reach of the open family centres.

    Parameters
    ----------
    store : Store
        With a list of family centres.
    mode : Mode, optional
        How people travel; that of the settings by default.
    officer : bool, optional
        Whether specialist places are in it: their numbers are small.

    Returns
    -------
    Report
        Tables "within_<group>" and "opening_days", and "specialist_<minutes>" where plans and places are loaded.

    Raises
    ------
    UsageError
        For an unknown mode, with the valid ones; where no list of centres is loaded, or no open centre can be
        reached from anywhere.
    """
    settings = family_settings(store.profile).reach
    chosen: Mode = mode or settings.mode
    if chosen not in MODES:
        raise UsageError(f"No way of travel '{mode}'. Valid: {', '.join(MODES)}.")
    found = reach_of(store, chosen)
    if not (found.travel.minutes < float("inf")).any():
        raise UsageError(
            "No open family centre can be reached: none on the list has coordinates, or none is open. Import "
            "family_centres with postcodes or coordinates."
        )
    ground = found.ground
    tables = [_within(store, found, group) for group in ground.groups]
    tables.append(_days(store, found))
    basis = list(records_basis(store, CENTRES))
    if officer:
        specialist, more = _specialist(store)
        tables += specialist
        basis += more
    basis += [word for group in ground.groups for word in group.basis.split("; ") if word]
    return Report(
        key=KEY,
        title=f"Reach of the family centres {MODES[chosen]}",
        period=ground.day.isoformat(),
        when=f"on {words(ground.day)}",
        council=store.profile.name,
        about={"audience": "officer", "snapshot": store.snapshot.id, "mode": chosen},
        basis=tuple(dict.fromkeys((*basis, *travel_basis(store, chosen)))),
        tables=tuple(tables),
        notes=(
            f"Journeys {MODES[chosen]}: {found.travel.words}.",
            FROM_A_POINT,
            *notes_of(ground, (CENTRES,)),
            *(f"Settings: {source}." for source in settings.sources),
        ),
    )


def _limit_columns(limits: Sequence[float]) -> list[Column]:
    return [
        column
        for limit in limits
        for column in (
            Column(f"within_{limit:g}", f"Within {limit:g} min"),
            Column(f"share_{limit:g}", f"% within {limit:g} min"),
        )
    ]


def _name(store: Store, row: ReachRow) -> str:
    return store.profile.name if row.area == COUNTY else row.name


def _within(store: Store, found: Reach, group: Group) -> Table:
    rows = [row for row in found.rows if row.group == group.key]
    limits = tuple(float(limit) for limit in LIMITS_MINUTES)
    lines: list[dict[str, Cell]] = []
    for row in rows:
        far = row.children - row.within[LIMITS_MINUTES.index(FAR_MINUTES)]
        line: dict[str, Cell] = {
            "area": _name(store, row),
            "code": row.area,
            "children": Figure(row.children, 0),
            **_cells(limits, row.within, row.shares),
            "far": Figure(far, 0),
            "far_share": Figure(100 * far / row.children, 1, "%") if row.children else None,
        }
        lines.append(line)
    columns = (
        Column("area", "Locality", numeric=False),
        Column("code", "Code", numeric=False, hidden=True),
        Column("children", "Children"),
        *_limit_columns(limits),
        Column("far", f"Farther than {FAR_MINUTES} min"),
        Column("far_share", f"% farther than {FAR_MINUTES} min"),
    )
    of = f"{group.title}, of {day_words(group.dates)}"
    return Table(
        f"within_{group.key}",
        f"{group.title}: minutes to the nearest open centre",
        columns,
        tuple(lines),
        far_sentence(store, found, group),
        (f"{of}: {group.basis}." if group.basis else f"{of}.", *([SHARED_OUT] if is_shared_out(group) else [])),
        frozenset({store.profile.name}),
    )


def day_words(dates: str) -> str:
    """Return the date of a group as people read it, or that there is none."""
    return "no stated date" if dates == "undated" else words(date.fromisoformat(dates))


def dated_words(ground: Ground) -> str:
    """Return of what days the centres and the children are: each has its own."""
    ages = sorted(ground.groups, key=lambda group: group.key != SCHOOL_AGE)
    of = [f"{group.title[0].lower()}{group.title[1:]}, of {day_words(group.dates)}" for group in ages]
    return f"Centres as listed on {words(ground.day)}; {'; '.join(of)}."


def is_shared_out(group: Group) -> bool:
    """Return whether the children of a group are of a population that was shared out equally over small areas."""
    return MODELLED_POPULATION in group.basis.split("; ")


def shared_words(groups: Iterable[Group]) -> str:
    """Return what must be said beside children who are shared out equally; "" where none are."""
    return SHARED_OUT if any(is_shared_out(group) for group in groups) else ""


def about(group: Group, count: float) -> str:
    """Return a count of a headline: to the hundred where children are shared out equally, "about 49,500"; else whole.

    Parameters
    ----------
    group : Group
        Whose children they are.
    count : float
        Children.
    """
    if not is_shared_out(group):
        return format_value(count)
    if count < HUNDRED / 2:
        return f"fewer than {HUNDRED // 2}" if round_half_up(count) else format_value(0)
    return f"about {format_value(HUNDRED * float(round_half_up(count / HUNDRED)))}"


def _cells(limits: Sequence[float], within: Sequence[float], shares: Sequence[float | None]) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    for limit, count, share in zip(limits, within, shares, strict=True):
        found[f"within_{limit:g}"] = Figure(float(count), 0)
        found[f"share_{limit:g}"] = None if share is None else Figure(share, 1, "%")
    return found


def far_sentence(store: Store, found: Reach, group: Group) -> str:
    """Return how many children live farther than 30 minutes from an open centre, and where most of them do.

    Such as "An estimated 2,340 children aged 5 to 17 (12.1%) live more than 30 minutes by bus from an open centre; most
    of them in Aylesbury (1,200)."
    """
    rows = {row.area: row for row in found.rows if row.group == group.key}
    at = LIMITS_MINUTES.index(FAR_MINUTES)
    far = {area: row.children - row.within[at] for area, row in rows.items()}
    county = rows[COUNTY]
    who = group.title[0].lower() + group.title[1:]
    way = f"more than {FAR_MINUTES} minutes {MODES[found.travel.mode]} from an open centre"
    if not county.children:
        return f"There are no {who}."
    if round_half_up(far[COUNTY]) == 0:
        return f"By these estimates no {who} live {way}."
    share = format_value(100 * far[COUNTY] / county.children, 1, suffix="%")
    most = max((area for area in far if area != COUNTY), key=lambda area: far[area])
    count, part = about(group, far[COUNTY]), about(group, far[most])
    how = "most of them" if 2 * far[most] > far[COUNTY] else "the largest part of them"
    one = f"{how} in {_name(store, rows[most])} ({part})" if len(far) > 2 else ""
    lead = f"{count[0].upper()}{count[1:]} {who} (an estimated {share})"
    lead = lead if is_shared_out(group) else f"An estimated {count} {who} ({share})"
    return f"{lead} live {way}{'; ' if one else ''}{one}."


def _days(store: Store, found: Reach) -> Table:
    scores = {group.key: mean_scores(found.ground, group, found.catchments[group.key]) for group in found.ground.groups}
    names = [*found.ground.area_names, (COUNTY, store.profile.name)]
    rows: list[dict[str, Cell]] = []
    for code, name in names:
        line: dict[str, Cell] = {"area": name, "code": code}
        for key, of in scores.items():
            value = of[code]
            line[key] = None if value is None else Figure(value, 2)
        rows.append(line)
    offered = float(opening_days(found.ground.centres, family_settings(store.profile).reach).sum())
    reached = found.catchments[SCHOOL_AGE].reachable
    near = (
        "all of them are" if format_value(offered) == format_value(reached) else f"{format_value(reached)} of them are"
    )
    return Table(
        "opening_days",
        "Opening days a week for each 1,000 children, by how near they are",
        (
            Column("area", "Locality", numeric=False),
            Column("code", "Code", numeric=False, hidden=True),
            *(
                Column(group.key, f"For 1,000 {group.title[0].lower()}{group.title[1:]}")
                for group in found.ground.groups
            ),
        ),
        tuple(rows),
        f"Open centres offer {format_value(offered)} days a week together; {near} within "
        f"{FAR_MINUTES} minutes of where some child aged 5 to 17 lives, by estimated journeys.",
        (
            "Enhanced two-step floating catchment: the days of a centre are shared among the children within 30 "
            "minutes of it, near ones weighing more; estimated. Each group is measured as if the days were its alone.",
        ),
        frozenset({store.profile.name}),
    )


def _specialist(store: Store) -> tuple[list[Table], tuple[str, ...]]:
    try:
        found = matched_reach(store)
    except UsageError as error:
        return [Table("specialist", "Specialist places that match", (Column("area", "Locality"),), (), str(error))], ()
    return [_matched(found)], found.basis


def _unlisted_words(found: Matched) -> str:
    """Return of whom among the others no place is listed at all, near or far; nothing where there are none."""
    if not found.unlisted:
        return ""
    parts = ", ".join(f"{format_value(count)} in {PHASES[phase].lower()}" for phase, count in found.unlisted.items())
    return f"; among the others are {parts}, for whom no such place is listed at all"


def _matched(found: Matched) -> Table:
    rows: list[dict[str, Cell]] = []
    for row in (one for one in found.rows if one.plans):
        line: dict[str, Cell] = {
            "row": f"{row.name}, {BROAD_AREAS[row.need].lower()}, {PHASES[row.phase].lower()}",
            "area": row.name,
            "code": row.area,
            "need": BROAD_AREAS[row.need],
            "phase": PHASES[row.phase],
            "plans": row.plans,
            **_cells(found.limits, row.within, row.shares),
        }
        rows.append(line)
    plans = [row for row in found.rows if row.area == COUNTY]
    total, near = sum(row.plans for row in plans), sum(row.within[-1] for row in plans)
    share = format_value(100 * near / total, 1, suffix="%") if total else ""
    said = (
        f"On {words(found.day)} an estimated {format_value(near)} of {format_value(total)} children with an EHC plan "
        f"({share}) had a commissioned place for their broad area of need and phase within {found.limits[-1]:g} "
        f"minutes by car{_unlisted_words(found)}."
        if total
        else "No plans are counted."
    )
    return Table(
        "specialist",
        "Specialist places that match need and phase",
        (
            Column("row", "Children", numeric=False),
            Column("area", "Locality", numeric=False, hidden=True),
            Column("code", "Code", numeric=False, hidden=True),
            Column("need", "Need", numeric=False, hidden=True),
            Column("phase", "Phase", numeric=False, hidden=True),
            Column("plans", "Plans"),
            *_limit_columns(found.limits),
        ),
        tuple(rows),
        said,
        (f"{'; '.join(found.basis)}. Small numbers: for officers only.", *found.notes),
    )
