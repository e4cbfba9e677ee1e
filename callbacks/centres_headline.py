"""The answer at the top of the page on family centres: who is far from help, how many, and where most of them."""

from __future__ import annotations

from collections.abc import Iterable

from callbacks.figures import Answer
from geodata.travel import MODES
from layers.family_centres.core import FAR_MINUTES, LIMITS_MINUTES, SCHOOL_AGE, YOUNG, Group, ReachRow
from layers.family_centres.groups import WITHOUT_LOW_INCOME
from layers.family_centres.reach import COUNTY, Reach
from layers.family_centres.reach_report import about, is_shared_out, shared_words
from layers.format import format_value, plural
from layers.report import Report

FAR_AT = LIMITS_MINUTES.index(FAR_MINUTES)
WIDEST = 100


def in_order(groups: Iterable[Group]) -> list[Group]:
    """Return the groups in the order in which the page speaks of them: school age first."""
    return sorted(groups, key=lambda group: group.key != SCHOOL_AGE)


def headline_view(found: Reach, report: Report) -> Answer:
    """Return the sentences, a card for each group, the three limits, and what there is.

    Parameters
    ----------
    found : Reach
        By the chosen way.
    report : Report
        Its report, whose sentences are used.
    """
    groups = in_order(found.ground.groups)
    return {
        "lead": report.table(f"within_{groups[0].key}").sentence if groups else "",
        "more": [report.table(f"within_{group.key}").sentence for group in groups[1:]],
        "cards": [_card(found, group) for group in groups],
        "shared": shared_words(groups),
        "lacking": "" if any(group.key == YOUNG for group in groups) else WITHOUT_LOW_INCOME,
        "limits": _limits(found, groups),
        "supply": _supply(found),
    }


def _of(found: Reach, group: Group) -> dict[str, ReachRow]:
    return {row.area: row for row in found.rows if row.group == group.key}


def _far(row: ReachRow) -> float:
    return row.children - row.within[FAR_AT]


def _share(part: float, whole: float) -> str:
    return format_value(100 * part / whole if whole else None, 1, suffix="%")


def _card(found: Reach, group: Group) -> Answer:
    rows = _of(found, group)
    county = rows.pop(COUNTY)

    def said(count: float) -> str:
        return about(group, count).removeprefix("about ")

    nearly = "about " if is_shared_out(group) else ""
    most = max((_far(row) for row in rows.values()), default=0.0)
    return {
        "key": group.key,
        "title": f"{group.title}, more than {FAR_MINUTES} minutes {MODES[found.travel.mode]}",
        "nearly": nearly,
        "value": said(_far(county)),
        "unit": f"of {nearly}{said(county.children)}: {_share(_far(county), county.children)}",
        "rows": [
            {"name": row.name, "width": round(WIDEST * _far(row) / most) if most else 0,
             "value": said(_far(row)), "share": _share(_far(row), row.children)}
            for row in sorted(rows.values(), key=_far, reverse=True)
        ],
        "basis": group.basis,
    }  # fmt: skip


def _limits(found: Reach, groups: list[Group]) -> Answer:
    counties = [(group, _of(found, group)[COUNTY]) for group in groups]
    return {
        "title": f"Within reach {MODES[found.travel.mode]}",
        "groups": [{"name": group.title, "rows": [
            {"words": f"{limit} min", "share": _share(count, county.children), "count": format_value(count),
             "width": round(WIDEST * count / county.children) if county.children else 0}
            for limit, count in zip(LIMITS_MINUTES, county.within, strict=True)
        ]} for group, county in counties],
    }  # fmt: skip


def _supply(found: Reach) -> Answer:
    centres = found.ground.centres
    plus, days = sum(one.kind == "centre_plus" for one in centres), sum(len(one.days) for one in centres)
    unstated = sum(not one.days for one in centres)
    lines = [f"{plural(plus, 'of them a centre plus', 'of them centres plus')}"] if plus else []
    lines.append(f"open {plural(days, 'day')} a week together")
    if unstated:
        lines.append(f"{format_value(unstated)} without stated days")
    lines.append(f"{plural(len(found.ground.buildings), 'building')} on the list that could become one")
    return {"value": format_value(len(centres)), "unit": "centre open" if len(centres) == 1 else "centres open",
            "lines": lines}  # fmt: skip
