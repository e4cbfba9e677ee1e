"""The tables of the page on family centres: reach, small areas, centres, what falls to whom, specialist places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from callbacks.centres_headline import in_order
from callbacks.centres_map import NOWHERE, catchment_children, look_of, minutes_words, nearest
from callbacks.centres_signs import days_words, kind_words
from callbacks.centres_state import CentresState
from callbacks.figures import Answer
from geodata.store import Store
from layers.family_centres.core import FAR_MINUTES, LIMITS_MINUTES, Centre, Ground
from layers.family_centres.reach import COUNTY, Reach, nearest_minutes
from layers.family_centres.site_report import SiteAsked
from layers.format import NO_VALUE, format_value, plural
from layers.report import Cell, Figure, Report, Table, show

SPECIALIST = "specialist"


def area_words(ground: Ground, code: str) -> str:
    """Return the name of a locality, or that a place is outside the county or of no known place."""
    extra = {"outside": "Outside the county", "unknown": "Not known"}
    return {**dict(ground.area_names), **extra}.get(code, code)


def reach_view(found: Reach, report: Report) -> list[Answer]:
    """Return a table for each group: children by locality, and those within each limit."""
    return [_within(report.table(f"within_{group.key}")) for group in in_order(found.ground.groups)]


def _within(table: Table) -> Answer:
    return {
        "key": table.key,
        "title": table.title,
        "notes": list(table.notes),
        "limits": [f"Within {limit} min" for limit in LIMITS_MINUTES],
        "far": f"Farther than {FAR_MINUTES} min",
        "rows": [{
            "name": show(row["area"]), "strong": row["code"] == COUNTY, "children": show(row["children"]),
            "cells": [{"count": show(row[f"within_{limit}"]), "share": show(row[f"share_{limit}"])}
                      for limit in LIMITS_MINUTES],
            "far": {"count": show(row["far"]), "share": show(row["far_share"])},
        } for row in table.rows],
    }  # fmt: skip


def small_view(store: Store, found: Reach) -> Answer:
    """Return the small areas, those that are farthest from a centre first."""
    ground, minutes, to = found.ground, nearest_minutes(found.travel), nearest(found.travel)
    names = store.areas.names.get("lsoa", {})
    order = sorted(range(len(ground.atoms)), key=lambda place: (-minutes[place], names.get(ground.atoms[place], "")))
    return {
        "groups": [group.title for group in in_order(ground.groups)],
        "rows": [{
            "name": names.get(ground.atoms[place], ground.atoms[place]),
            "area": area_words(ground, ground.areas[place]),
            "look": look_of(minutes[place]),
            "minutes": minutes_words(minutes[place]),
            "to": ground.centres[to[place]].name if to[place] != NOWHERE else "",
            "children": [format_value(float(group.children[place])) for group in in_order(ground.groups)],
        } for place in order],
    }  # fmt: skip


def centres_view(found: Reach, state: CentresState) -> Answer:
    """Return the open centres with their days and for whom each is the nearest, and what if it closed."""
    ground = found.ground
    children = catchment_children(in_order(ground.groups), found.travel, len(ground.centres))
    return {
        "groups": [group.title for group in in_order(ground.groups)],
        "rows": [{
            "key": one.key, "name": one.name, "area": area_words(ground, one.area), "kind": kind_words(one),
            "look": "centre_plus" if one.kind == "centre_plus" else "centre", "days": days_words(one),
            "placed": one.placed, "children": [format_value(count) for count in children[column]],
            "close": f"{state.address(asked=SiteAsked(close=(one.key,), mode=state.mode))}#sites",
        } for column, one in enumerate(ground.centres)],
    }  # fmt: skip


def supply_view(found: Reach, report: Report) -> Answer:
    """Return what falls to the children of each locality, and which has most and least of it, in words."""
    table = report.table("opening_days")
    places = [row for row in table.rows if row["code"] != COUNTY]
    groups = [
        {"key": group.key, "title": f"{group.title[0].lower()}{group.title[1:]}", "most": _most(table, group.key)}
        for group in in_order(found.ground.groups)
    ]
    return {
        "title": table.title,
        "sentence": table.sentence,
        "words": [_extremes(places, str(group["key"]), str(group["title"])) for group in groups],
        "groups": groups,
        "rows": [{
            "name": show(row["area"]), "strong": row["code"] == COUNTY,
            "cells": [{"text": show(row[str(group["key"])]) or NO_VALUE,
                       "width": _width(row[str(group["key"])], float(str(group["most"])))} for group in groups],
        } for row in table.rows],
        "notes": list(table.notes),
    }  # fmt: skip


def _number(cell: Cell) -> float:
    return cell.value if isinstance(cell, Figure) else 0.0


def _most(table: Table, key: str) -> float:
    return max((_number(row[key]) for row in table.rows), default=0.0)


def _width(cell: Cell, most: float) -> int:
    return round(100 * _number(cell) / most) if most else 0


def _extremes(rows: Sequence[Mapping[str, Cell]], key: str, title: str) -> str:
    """Return which locality has most and which least: nothing where there are not two that differ."""
    known = [row for row in rows if isinstance(row[key], Figure)]
    if len(known) < 2:
        return ""
    low, high = (pick(known, key=lambda row: _number(row[key])) for pick in (min, max))
    if show(low[key]) == show(high[key]):
        return ""
    return (
        f"For 1,000 {title}: an estimated {show(low[key])} opening days a week in {show(low['area'])}, the least, and "
        f"{show(high[key])} in {show(high['area'])}, the most."
    )


def specialist_view(report: Report) -> Answer | None:
    """Return specialist places that match need and phase: the county to look at, the localities folded away."""
    found = [table for table in report.tables if table.key.startswith(SPECIALIST)]
    if not found:
        return None
    table = found[0]
    shares = [column for column in table.shown_columns if column.key.startswith("share_")]
    limits = [column.key.removeprefix("share_") for column in shares]

    def lines(rows: Sequence[Mapping[str, Cell]], *, named: bool) -> list[Answer]:
        return [{
            "name": show(row["row"]) if named else f"{show(row['need'])}, {show(row['phase']).lower()}",
            "plans": show(row["plans"]),
            "cells": [{"count": show(row[f"within_{limit}"]), "share": show(row[f"share_{limit}"])}
                      for limit in limits],
        } for row in rows]  # fmt: skip

    return {
        "title": table.title,
        "sentence": table.sentence,
        "notes": list(table.notes),
        "limits": [f"Within {limit} min" for limit in limits],
        "rows": lines([row for row in table.rows if row["code"] == COUNTY], named=False),
        "areas": lines([row for row in table.rows if row["code"] != COUNTY], named=True),
    }


def unreached(found: Reach) -> str:
    """Return how many small areas have no way to any centre; empty for none."""
    lost = int(np.isinf(nearest_minutes(found.travel)).sum())
    return f"{format_value(lost)} small areas have no way to a centre." if lost else ""


def place_choices(places: Sequence[Centre]) -> list[Answer]:
    """Return places for a list to choose from."""
    return [
        {"key": one.key, "words": f"{one.name} ({plural(len(one.days), 'day')})" if one.days else one.name}
        for one in places
    ]
