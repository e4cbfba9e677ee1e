"""Sites that were chosen as JSON, CSV or plain text."""

from __future__ import annotations

import csv
import io
from typing import Any

from geodata.periods import words
from geodata.store import Store
from layers.family_centres.core import LIMITS_MINUTES, Centre, ReachRow
from layers.family_centres.site_report import SitePlan
from layers.family_centres.site_words import NOT_COVERED, SITE_KINDS, lost_share, sentence, value_words
from layers.report import Column, Figure, Report, Table
from layers.report_files import as_text as report_text
from layers.table import neutral

DECIMALS = 3
ALL, NOT_KNOWN = "all", "not known"


def as_json(store: Store, plan: SitePlan) -> dict[str, Any]:
    """Return the plan in JSON's types."""
    asked, siting = plan.asked, plan.siting
    return {
        "report": "site",
        "council": store.profile.name,
        "sentence": sentence(plan),
        "date": plan.ground.day.isoformat(),
        "objective": asked.objective,
        "unit": "minutes, weighed" if asked.objective == "median" else "children, weighed",
        "mode": asked.mode,
        "limit_minutes": asked.minutes,
        "capacity": asked.capacity,
        "value": _round(siting.objective),
        "value_today": _round(plan.today),
        "bound": _round(siting.bound),
        "gap": round(siting.gap, 6),
        "status": siting.status,
        "unserved": _round(siting.unserved),
        "beyond": _round(siting.beyond),
        "children": _round(plan.children),
        "cost": plan.cost,
        "audience": "officer",
        "snapshot": store.snapshot.id,
        "basis": list(plan.basis),
        "groups": {group.key: group.title for group in plan.ground.groups},
        "sites": [_site(one) for one in plan.chosen],
        "equals": [{"key": one.key, "name": one.name} for one in plan.equals],
        "closed": [_site(one) for one in plan.closed],
        "moved": [{"from": _site(here), "to": _site(there)} for here, there in plan.moved],
        "reach": _reach(plan),
        "losses": _losses(plan),
        "notes": list(plan.notes),
    }


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)


def _site(one: Centre) -> dict[str, Any]:
    return {
        "key": one.key,
        "name": one.name,
        "kind": one.kind,
        "area": one.area,
        "cost": one.cost,
        "rooms": one.rooms,
        "days": list(one.days),
        "easting": one.easting,
        "northing": one.northing,
        "longitude": one.longitude,
        "latitude": one.latitude,
    }


def _reach(plan: SitePlan) -> list[dict[str, Any]]:
    found = []
    for before, after in zip(plan.before, plan.after, strict=True):
        row: dict[str, Any] = {
            "area": before.area,
            "name": before.name,
            "group": before.group,
            "children": _round(before.children),
        }
        for when, one in (("before", before), ("after", after)):
            row |= {f"{when}_{limit}": _round(count) for limit, count in zip(LIMITS_MINUTES, one.within, strict=True)}
        found.append(row)
    return found


def _losses(plan: SitePlan) -> list[dict[str, Any]]:
    return [
        {
            "area": one.area,
            "name": one.name,
            "group": one.group,
            "fifth": fifth_words(one.fifth),
            "before": _round(one.before),
            "after": _round(one.after),
            "lost": _round(one.lost),
            "lost_share": _round(lost_share(one)),
            "gained": _round(one.gained),
        }
        for one in plan.losses
    ]


def fifth_words(fifth: int | None) -> str:
    """Return a fifth of deprivation in words: "all", "1" the most deprived, "not known"."""
    return NOT_KNOWN if fifth is None else ALL if fifth == 0 else str(fifth)


def as_csv(store: Store, plan: SitePlan) -> str:
    """Return sites, reach and losses as one CSV: the column "table" tells them apart, what does not apply is empty."""
    shown = as_json(store, plan)
    sites = [("added", one) for one in shown["sites"]] + [("closed", one) for one in shown["closed"]]
    sites += [("moved to", one["to"]) for one in shown["moved"]]
    lines: list[dict[str, Any]] = [{"table": "site", "change": change, **one} for change, one in sites]
    lines += [{"table": "reach", **row} for row in shown["reach"]]
    lines += [{"table": "loss", **row} for row in shown["losses"]]
    for line in lines:
        line["days"] = ";".join(line.get("days") or ())
        line |= {key: shown[key] for key in ("objective", "mode", "value", "bound", "gap", "status", "snapshot")}
        line["basis"] = "; ".join(plan.basis)
    columns = list(dict.fromkeys(key for line in lines for key in line))
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    for line in lines:
        writer.writerow([neutral("" if line.get(key) is None else line[key]) for key in columns])
    return buffer.getvalue()


def as_text(store: Store, plan: SitePlan) -> list[str]:
    """Return the plan as lines for a person."""
    return report_text(site_report(store, plan))


def site_report(store: Store, plan: SitePlan) -> Report:
    """Return the plan as a report: sites, reach before and after, and the table for the equality assessment."""
    return Report(
        key="site",
        title="Family centres: sites",
        period=plan.ground.day.isoformat(),
        when=f"centres of {words(plan.ground.day)}",
        council=store.profile.name,
        about={"audience": "officer", "snapshot": store.snapshot.id, "gap": f"{plan.siting.gap:.6f}"},
        basis=plan.basis,
        tables=(_sites_table(plan), _reach_table(plan), _loss_table(plan)),
        notes=plan.notes,
    )


def _sites_table(plan: SitePlan) -> Table:
    names = {**dict(plan.ground.area_names), "outside": "Outside the county", "unknown": "Not known"}
    changes = [("added", one) for one in plan.chosen] + [("closed", one) for one in plan.closed]
    changes += [("moved to", there) for _, there in plan.moved]
    return Table(
        key="sites",
        title="Sites",
        columns=(
            Column("name", "Site", False),
            Column("change", "Change", False),
            Column("kind", "Kind", False),
            Column("area", "Locality", False),
            Column("cost", "GBP a year"),
            Column("rooms", "Rooms"),
            Column("days", "Days a week"),
        ),
        rows=tuple(
            {
                "name": one.name,
                "change": change,
                "kind": SITE_KINDS.get(one.kind, one.kind),
                "area": names.get(one.area, one.area),
                "cost": None if one.cost is None else Figure(one.cost, 0),
                "rooms": one.rooms,
                "days": len(one.days) or None,
            }
            for change, one in changes
        ),
        sentence=sentence(plan),
        notes=(f"Bound: no choice is better than {value_words(plan, plan.siting.bound)}.",) if plan.chosen else (),
    )


def _reach_table(plan: SitePlan) -> Table:
    titles = {group.key: group.title for group in plan.ground.groups}
    when = (("before", "before"), ("after", "after"))

    def counts(row: ReachRow, key: str) -> dict[str, Figure]:
        return {f"{key}_{limit}": Figure(one, 0) for limit, one in zip(LIMITS_MINUTES, row.within, strict=True)}

    return Table(
        key="reach",
        title="Children with a centre within minutes",
        columns=(
            Column("name", "Area", False),
            Column("group", "Group", False),
            Column("children", "Children"),
            *(
                Column(f"{key}_{limit}", f"Within {limit} min, {said}")
                for limit in LIMITS_MINUTES
                for key, said in when
            ),
        ),
        rows=tuple(
            {
                "name": before.name,
                "group": titles[before.group],
                "children": Figure(before.children, 0),
                **counts(before, "before"),
                **counts(after, "after"),
            }
            for before, after in zip(plan.before, plan.after, strict=True)
        ),
        strong=frozenset({"County"}),
    )


def _loss_table(plan: SitePlan) -> Table:
    titles = {group.key: group.title for group in plan.ground.groups}
    return Table(
        key="losses",
        title="Who loses and gains a centre within 30 minutes",
        columns=(
            Column("name", "Area", False),
            Column("group", "Group", False),
            Column("fifth", "Fifth of deprivation", False),
            Column("before", "Before"),
            Column("lost", "Lose it"),
            Column("lost_share", "% who lose it"),
            Column("gained", "Gain it"),
            Column("after", "After"),
        ),
        rows=tuple(
            {
                "name": one.name,
                "group": titles[one.group],
                "fifth": fifth_words(one.fifth),
                **{key: Figure(getattr(one, key), 0) for key in ("before", "lost", "gained", "after")},
                "lost_share": None if (share := lost_share(one)) is None else Figure(share, 1, "%"),
            }
            for one in plan.losses
        ),
        notes=(
            f"Fifth 1 is the most deprived. {plan.ground.deprivation_words}.",
            "Before, less those who lose it, plus those who gain it, is after; the % is of those before.",
            NOT_COVERED,
        ),
        strong=frozenset({"County"}),
    )
