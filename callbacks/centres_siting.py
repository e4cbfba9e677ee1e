"""The part of the page on family centres that adds, closes and moves: its form, and what was worked out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from callbacks.centres_headline import in_order
from callbacks.centres_map import change_map
from callbacks.centres_signs import days_words, kind_words
from callbacks.centres_state import BUILDINGS, MOST_ADDED, PAGE, SEARCH, CentresState, asked_fields
from callbacks.centres_tables import area_words, place_choices
from callbacks.figures import Answer
from geodata.store import Store
from geodata.travel import MODES
from layers.family_centres.candidates import AREA_OF_SEARCH
from layers.family_centres.changes import ALL_FIFTHS
from layers.family_centres.core import FAR_MINUTES, LIMITS_MINUTES, Centre, Ground, Group, Loss, ReachRow
from layers.family_centres.reach import COUNTY
from layers.family_centres.reach_report import shared_words
from layers.family_centres.settings import family_settings
from layers.family_centres.site_report import OBJECTIVES, SitePlan
from layers.family_centres.site_words import (
    LEAST_SAID,
    NOT_COVERED,
    equals_words,
    gains_nothing,
    lost_share,
    nothing_words,
    said_value,
    sentence,
    weighing_words,
)
from layers.format import NO_VALUE, format_value, round_half_up

AIMS = {"median": "the shortest average journey", "cover": "most children within the limit"}
ONE_OF = ("add", "move", "to", "objective", "minutes", "by", "mode")
"""Fields of the form that hold one value; "close" holds several."""


@dataclass(frozen=True)
class Typed:
    """What stands in the form.

    Attributes
    ----------
    fields : mapping of str to str
        Of `ONE_OF`.
    close : tuple of str
        Centres that are ticked.
    error : str
        What is wrong about it; empty where nothing is.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    close: tuple[str, ...] = ()
    error: str = ""


def typed_of(state: CentresState) -> Typed:
    """Return the form of a question that was understood."""
    if state.asked is None:
        return Typed()
    said = asked_fields(state.asked)
    return Typed({key: value for key, value in said if key != "close"}, state.asked.close)


def form_view(store: Store, ground: Ground, state: CentresState, typed: Typed) -> Answer:
    """Return the form with what was typed, and what is wrong about it."""
    first = {"add": "0", "objective": OBJECTIVES[0], "minutes": str(FAR_MINUTES),
             "by": BUILDINGS if ground.buildings else SEARCH, "mode": state.mode, "move": "", "to": ""}  # fmt: skip
    limits = [{"key": str(limit), "words": f"{limit} minutes"} for limit in LIMITS_MINUTES]
    now = {**first, **{key: value for key, value in typed.fields.items() if key in ONE_OF and value}}
    return {
        "fields": now,
        "error": typed.error,
        "ticked": bool(typed.close),
        "numbers": [str(number) for number in range(MOST_ADDED + 1)],
        "centres": [{**one, "ticked": one["key"] in typed.close} for one in place_choices(ground.centres)],
        "buildings": place_choices(ground.buildings),
        "limits": limits,
        "aims": [{"key": key, "words": f"{words[0].upper()}{words[1:]}"} for key, words in AIMS.items()],
        "ways": [{"key": key, "words": f"{words[0].upper()}{words[1:]}"} for key, words in MODES.items()],
        "seconds": format_value(family_settings(store.profile).siting.seconds),
    }


def plan_view(store: Store, plan: SitePlan, state: CentresState) -> Answer:
    """Return what was worked out: sites, proof, reach before and after, who loses and gains, and its files."""
    ground = plan.ground
    query = f"{state.query()}&snapshot={store.snapshot.id}"
    return {
        "says": sentence(plan),
        "tags": list(plan.basis),
        "proof": proof_words(plan),
        "cards": _cards(plan),
        "sites": _sites(plan),
        "map": change_map(store, plan),
        "limits": [f"Within {limit} min" for limit in LIMITS_MINUTES],
        "reach": [_reach(store, plan, group) for group in in_order(ground.groups)],
        "losses": [_losses(store, plan, group) for group in in_order(ground.groups)],
        "shared": shared_words(ground.groups),
        "not_covered": NOT_COVERED,
        "deprivation": ground.deprivation_words,
        "notes": list(plan.notes),
        "files": [{"words": kind.upper(), "address": f"{PAGE}/sites.{kind}?{query}"}
                  for kind in ("csv", "xlsx", "json")],
        "without": state.address(asked=None),
    }  # fmt: skip


def proof_words(plan: SitePlan) -> str:
    """Return how good the choice is proven to be, "Proven within 0.30% of the best possible"; "" without a choice."""
    if not plan.chosen:
        return ""
    if gains_nothing(plan):
        return nothing_words(plan)
    if plan.siting.status == "optimal":
        return f"Proven best: no other choice of these places does better. {equals_words(plan)}".strip()
    gap = format_value(100 * plan.siting.gap, 2, suffix="%")
    if plan.siting.status == "within_gap":
        return f"Proven within {gap} of the best possible."
    return f"The best that was found in the time; proven within {gap} of the best possible."


def cost_words(plan: SitePlan) -> tuple[str, str]:
    """Return the cost a year of the sites added and moved to, and what it is of."""
    coming = (*(there for _, there in plan.moved), *plan.chosen)
    priced = [one for one in coming if one.kind != AREA_OF_SEARCH]
    if not coming:
        return NO_VALUE, "no site opens; what closing saves is not known"
    if not priced:
        return NO_VALUE, "an area of search is no building: its cost is not known"
    unstated = " (in part assumed)" if any(one.cost is None for one in priced) else ""
    return f"\u00a3{format_value(plan.cost)}", f"a year for the buildings{unstated}; what closing saves is not known"


def _cards(plan: SitePlan) -> list[Answer]:
    cost, of = cost_words(plan)
    median = plan.asked.objective == "median"
    what = "Average journey, one way" if median else f"Within {plan.asked.minutes:g} minutes"
    value, _, unit = said_value(plan).partition(" ")
    counted = weighing_words(plan) if median else ""
    cards = [{"key": "aim", "title": what, "value": value, "unit": unit, "line":
              f"today {said_value(plan, today=True)}{'; ' if counted else ''}{counted}"}]  # fmt: skip
    for group in in_order(plan.ground.groups):
        county = next(one for one in plan.losses if _is_total(one, group))
        cards.append(_card(group, county, gains=not (plan.closed or plan.moved or county.lost >= LEAST_SAID)))
    return [*cards, {"key": "cost", "title": "Cost", "value": cost, "unit": "", "line": of}]


def _card(group: Group, county: Loss, *, gains: bool) -> Answer:
    """Return who loses a centre, and beneath it who gains one; of a plan that only adds, who gains one."""
    lost, gained = format_value(county.lost), format_value(county.gained)
    return {
        "key": group.key,
        "title": f"{group.title} who {'gain' if gains else 'lose'} a centre within {FAR_MINUTES} minutes",
        "value": gained if gains else lost,
        "unit": "gain one" if gains else "lose it",
        "line": "nobody loses it" if gains else f"{gained} gain one",
    }


def _is_total(one: Loss, group: Group) -> bool:
    return (one.area, one.group, one.fifth) == (COUNTY, group.key, ALL_FIFTHS)


def _sites(plan: SitePlan) -> list[Answer]:
    changes = [("Added", one) for one in plan.chosen] + [("Closed", one) for one in plan.closed]
    changes += [(f"{here.name} moves to", there) for here, there in plan.moved]
    return [_site(plan, change, one) for change, one in changes]


def _site(plan: SitePlan, change: str, one: Centre) -> Answer:
    return {
        "change": change,
        "name": one.name,
        "kind": kind_words(one),
        "area": area_words(plan.ground, one.area),
        "cost": "" if one.cost is None else f"\u00a3{format_value(one.cost)}",
        "rooms": "" if one.rooms is None else format_value(one.rooms),
        "days": "" if one.kind == AREA_OF_SEARCH else days_words(one),
    }


def _name(store: Store, one: ReachRow | Loss) -> str:
    return store.profile.name if one.area == COUNTY else one.name


def _change(after: float, before: float) -> str:
    """Return a change with its sign; empty where there is none."""
    return format_value(after - before, signed=True) if round_half_up(after - before) else ""


def _reach(store: Store, plan: SitePlan, group: Group) -> Answer:
    pairs = [pair for pair in zip(plan.before, plan.after, strict=True) if pair[0].group == group.key]
    return {
        "title": group.title,
        "rows": [{
            "name": _name(store, before), "strong": before.area == COUNTY, "children": format_value(before.children),
            "cells": [{"after": format_value(now), "before": format_value(was), "change": _change(now, was),
                       "share": format_value(100 * now / before.children if before.children else None, 1, suffix="%")}
                      for was, now in zip(before.within, after.within, strict=True)],
        } for before, after in pairs],
    }  # fmt: skip


def fifth_words(fifth: int | None) -> str:
    """Return a fifth of deprivation in words."""
    if fifth is None:
        return "Fifth not known"
    ends = {1: " (most deprived)", 5: " (least deprived)"}
    return "All fifths" if fifth == ALL_FIFTHS else f"Fifth {fifth}{ends.get(fifth, '')}"


def _losses(store: Store, plan: SitePlan, group: Group) -> Answer:
    """Return who loses and gains: localities and their total, fifths of the county, and every locality by fifth."""
    every = [one for one in plan.losses if one.group == group.key]
    fifths = [one for one in every if one.area == COUNTY and one.fifth != ALL_FIFTHS]
    return {
        "key": group.key,
        "title": group.title,
        "areas": _lines(store, (one for one in every if one.fifth == ALL_FIFTHS)),
        # Where no index of deprivation is loaded there is one line, which says what the total says.
        "fifths": _lines(store, fifths) if any(one.fifth is not None for one in fifths) else [],
        "full": _lines(store, every),
    }


def _lost_share(one: Loss) -> str:
    share = lost_share(one)
    return "" if share is None else format_value(share, 1, suffix="%")


def _lines(store: Store, rows: Iterable[Loss]) -> list[Answer]:
    return [{
        "name": _name(store, one), "fifth": fifth_words(one.fifth),
        "strong": one.area == COUNTY and one.fifth == ALL_FIFTHS,
        "cells": [format_value(one.before), format_value(one.lost), _lost_share(one), format_value(one.gained),
                  format_value(one.after)],
    } for one in rows]  # fmt: skip
