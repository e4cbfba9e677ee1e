"""What must be said of sites that were chosen: bases, assumptions, limits, and the sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from geodata.store import Store
from geodata.travel import MODES, Travel
from layers.basis import records_basis
from layers.family_centres.candidates import AREA_OF_SEARCH, SEARCH_WORDS
from layers.family_centres.changes import county_losses
from layers.family_centres.core import FAR_MINUTES, SCHOOL_AGE, YOUNG, Centre, Loss
from layers.family_centres.ground import few_names, notes_of
from layers.family_centres.reach import travel_words
from layers.family_centres.settings import FamilySettings
from layers.format import format_value

if TYPE_CHECKING:
    from layers.family_centres.site_report import SitePlan

WHOLE_AREAS = (
    "All children of a small area travel as from the point where its residents live: it is within a limit as a whole "
    "or not at all."
)
SITE_KINDS = {
    "centre": "family centre",
    "centre_plus": "family centre plus",
    "building": "building",
    AREA_OF_SEARCH: "area of search",
}
STATUS_WORDS = {
    "optimal": "proven best",
    "within_gap": "proven within the gap asked for",
    "time_limit": "best found in the time",
}
TIMES: dict[float, str] = {2: "twice", 3: "three times", 4: "four times", 5: "five times"}
NOT_COVERED = (
    "These tables do not cover ethnicity, disability or special educational needs (SEND): they are not in these "
    "records of children."
)
SAME = 1e-6
LEAST_SAID = 0.5
"""Children from whom on it is worth a sentence: fewer round to none."""


def basis_of(store: Store, plan: SitePlan, found: Travel) -> tuple[str, ...]:
    """Return the words that must stand wherever the figures do: synthetic, estimated ..."""
    used = ("family_centres", *(("buildings",) if any(one.kind == "building" for one in plan.sites) else ()))
    groups = (word for group in plan.ground.groups for word in group.basis.split("; ") if word)
    return tuple(dict.fromkeys((*records_basis(store, *used), *groups, *travel_words(found))))


def notes_on(plan: SitePlan, found: Travel, settings: FamilySettings) -> tuple[str, ...]:
    """Return what a person must know to read the plan rightly."""
    asked, ground, siting = plan.asked, plan.ground, plan.siting
    said = [f"Journeys {MODES[found.mode]}, one way: {found.words}.", WHOLE_AREAS]
    searched = any(one.kind == AREA_OF_SEARCH for one in plan.sites)
    if searched:
        said += [SEARCH_WORDS] if ground.buildings else ["No buildings are loaded.", SEARCH_WORDS]
    if any(group.key == YOUNG for group in ground.groups):
        said.append(
            "In the objective a child aged 0 to 4 in a low-income family counts "
            f"{settings.siting.low_income_weight:g} times (assumed); tables count every child once."
        )
    if asked.capacity:
        said += _on_room(plan, settings)
    elif siting.chosen:
        said.append("Room is without limit.")
    if plan.asked.objective == "cover" and gains_nothing(plan):
        said.append(
            f"No choice brings more children within {asked.minutes:g} minutes: those chosen only shorten journeys."
        )
    said += _on_equals(plan, settings)
    if asked.minutes != FAR_MINUTES:
        said.append(f"Losses and gains are counted at {FAR_MINUTES} minutes.")
    if siting.status == "time_limit":
        said.append(f"Not proven best within {settings.siting.seconds:g} seconds: see the gap.")
    lost = sum(float(group.children[~(plan.minutes_after < float("inf"))].sum()) for group in ground.groups)
    if lost:
        said.append(f"{format_value(lost)} children live in small areas without a place on the map: never within.")
    said += _on_cost(plan, settings)
    said.append(f"Fifths of deprivation: {ground.deprivation_words}.")
    return tuple(dict.fromkeys((*said, *notes_of(ground), *_assumptions(plan, settings))))


def _assumptions(plan: SitePlan, settings: FamilySettings) -> list[str]:
    """Return the sources of the assumptions that the plan rests on; not of those that it has no use for."""
    used = {
        "weight of young": any(group.key == YOUNG for group in plan.ground.groups),
        "children that one open day": plan.asked.capacity,
        "cost of a building": any(one.cost is None for one in _buildings(plan)),
    }
    left_out = tuple(begins for begins, needed in used.items() if not needed)
    return [f"Assumption: {one}." for one in settings.siting.sources if not one.startswith(left_out)]


def _on_equals(plan: SitePlan, settings: FamilySettings) -> list[str]:
    if plan.siting.nearest:
        return [equals_words(plan)] if plan.equals else []
    seconds = f"{settings.siting.seconds:g} seconds"
    return [f"A choice that covers as many with a shorter mean journey is not ruled out: {seconds} were too few."]


def equals_words(plan: SitePlan) -> str:
    """Return who does exactly as well as the one site that was chosen; "" where nobody does."""
    if not plan.equals:
        return ""
    one, several = ("area", "areas") if plan.equals[0].kind == AREA_OF_SEARCH else ("building", "buildings")
    count = len(plan.equals)
    who = f"1 other {one} does" if count == 1 else f"{count} other {several} do"
    return f"{who} exactly as well: {few_names(plan.equals)}."


def _on_room(plan: SitePlan, settings: FamilySettings) -> list[str]:
    said = [
        f"Room: {format_value(settings.siting.children_per_open_day)} children for each day a week on which a site is "
        "open (assumed), weighed as in the objective; the children of a small area can be split among sites."
    ]
    lacking, beyond = plan.siting.unserved, plan.siting.beyond
    if plan.asked.objective == "cover":
        near = f"open site within {plan.asked.minutes:g} minutes"
        parts = ((beyond, f"have no {near}"), (lacking, f"have an {near} but find no room"))
        said += [f"{format_value(many)} children, weighed, {what}." for many, what in parts if many >= LEAST_SAID]
    elif lacking >= LEAST_SAID:
        said.append(f"{format_value(lacking)} children, weighed, find no room.")
        said.append("In the mean each of them counts one minute more than the longest journey of all.")
    unstated = [one.name for one in plan.opened if not one.days]
    if unstated:
        said.append(f"Days open are not stated, and assumed: {', '.join(unstated)}.")
    return said


def _on_cost(plan: SitePlan, settings: FamilySettings) -> list[str]:
    if not _buildings(plan):
        return []
    said = [f"The buildings added or moved to cost £{format_value(plan.cost)} a year together."]
    if unstated := [one.name for one in _buildings(plan) if one.cost is None]:
        assumed = format_value(settings.siting.cost_if_unstated)
        said.append(f"Cost not stated, £{assumed} a year assumed: {', '.join(unstated)}.")
    return said


def _buildings(plan: SitePlan) -> tuple[Centre, ...]:
    return tuple(one for one in (*(to for _, to in plan.moved), *plan.chosen) if one.kind != AREA_OF_SEARCH)


def value_words(plan: SitePlan, value: float | None) -> str:
    """Return a value of the objective in words: "12.3 minutes, weighed", "64,626 of 126,804 children"."""
    if value is None:
        return "no centre"
    if plan.asked.objective == "median":
        return f"{format_value(value, 1)} minutes, weighed"
    return f"{format_value(value)} of {format_value(plan.children)} children, weighed"


def said_value(plan: SitePlan, *, today: bool = False) -> str:
    """Return the objective as it is said to people: every child counts once among those within the limit.

    Such as "30.7 minutes", "49,512 of 99,837 children", "no centre". Where sites have room for so many, those within
    the limit who find room are known by the weighing alone, and it is said.

    Parameters
    ----------
    plan : SitePlan
        What was worked out.
    today : bool, optional
        Of things as they are, and not as they would be.
    """
    value = plan.today if today else plan.siting.objective
    if value is None:
        return "no centre"
    if plan.asked.objective == "median":
        return f"{format_value(value, 1)} minutes"
    if plan.asked.capacity:
        return value_words(plan, value)
    near = (plan.minutes_before if today else plan.minutes_after) <= plan.asked.minutes
    groups = plan.ground.groups
    within, every = (sum(float(one.children[here].sum()) for one in groups) for here in (near, near | ~near))
    return f"{format_value(within)} of {format_value(every)} children"


def weighing_words(plan: SitePlan) -> str:
    """Return whom the objective counts more than once, as a clause; "" where it is nobody."""
    if plan.young_weight == 1 or all(group.key != YOUNG for group in plan.ground.groups):
        return ""
    often = TIMES.get(plan.young_weight, f"{plan.young_weight:g} times")
    return f"young children in low-income families count {often}"


def gains_nothing(plan: SitePlan) -> bool:
    """Return whether sites were only added, and the objective is what it is today."""
    if not plan.chosen or plan.closed or plan.moved or plan.today is None:
        return False
    better = -1 if plan.asked.objective == "median" else 1
    return better * (plan.siting.objective - plan.today) <= SAME * abs(plan.today)


def nothing_words(plan: SitePlan) -> str:
    """Return that adding gains nothing, and why: "Nothing to gain: no further child comes within 30 minutes ..."."""
    if plan.asked.objective == "median":
        return "Nothing to gain: the average journey stays as it is by this choice."
    within = f"within {plan.asked.minutes:g} minutes"
    if plan.today is not None and plan.today >= plan.children * (1 - SAME):
        return f"Nothing to gain: every child is {within} today already."
    return f"Nothing to gain: no further child comes {within} by this choice."


def joined(names: Iterable[str]) -> str:
    """Return names as one speaks them: "A", "A and B", "A, B and C"."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def sentence(plan: SitePlan) -> str:
    """Return what the plan says: what is added, closed and moved, the objective, and who gains and loses."""
    parts = []
    if plan.chosen:
        parts.append(f"adding {joined(one.name for one in plan.chosen)}")
    if plan.closed:
        parts.append(f"closing {joined(one.name for one in plan.closed)}")
    parts += [f"moving {here.name} to {there.name}" for here, there in plan.moved]
    done = joined(parts)
    return f"{done[:1].upper()}{done[1:]}: {_aim(plan)}. {_changes(plan)}"


def _aim(plan: SitePlan) -> str:
    """Return what is reached, who counts more than once in it, and how good it is proven to be."""
    if gains_nothing(plan):
        return nothing_words(plan).rstrip(".").replace("Nothing", "nothing", 1)
    median = plan.asked.objective == "median"
    value, today = said_value(plan), said_value(plan, today=True)
    where = "the average journey is " if median else ""
    within = "" if median else f" within {plan.asked.minutes:g} minutes"
    said = [f"{where}{value}{within} (today {today})"]
    if counted := weighing_words(plan):
        said += [counted] if median else [f"{counted} in the choice"] if plan.chosen else []
    return "; ".join([*said, *([_proof(plan)] if plan.chosen else [])])


def _proof(plan: SitePlan) -> str:
    said = STATUS_WORDS[plan.siting.status]
    return said if plan.siting.status == "optimal" else f"{said}, gap {format_value(100 * plan.siting.gap, 2)}%"


def _changes(plan: SitePlan) -> str:
    """Return who gains and who loses a centre, those of school age first; what is none is left out."""
    titles = {group.key: group.title for group in plan.ground.groups}
    said = []
    for one in sorted(county_losses(plan.losses), key=lambda row: row.group != SCHOOL_AGE):
        parts = [
            f"{format_value(count)} {verb}"
            for count, verb in ((one.lost, "lose"), (one.gained, "gain"))
            if count >= LEAST_SAID
        ]
        if parts:
            said.append(f"{titles[one.group]}: {' and '.join(parts)} a centre within {FAR_MINUTES} minutes.")
    return " ".join(said) or f"No child gains or loses a centre within {FAR_MINUTES} minutes."


def lost_share(one: Loss) -> float | None:
    """Return the percent of those within the limit before who lose it; None where there is nobody to lose it."""
    return 100 * one.lost / one.before if one.before else None
