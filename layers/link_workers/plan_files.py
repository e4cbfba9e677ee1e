"""A sharing of schools as JSON, CSV or plain text. Files show the load of a school as a band, never its cases."""

from __future__ import annotations

import csv
import io
from typing import Any

from geodata.periods import words
from layers.format import format_value, plural
from layers.link_workers.core import Cluster, School, Urn
from layers.link_workers.planning import Shared
from layers.link_workers.workload import load_band
from layers.table import neutral

STATUS_WORDS = {
    "optimal": "proven to be the best",
    "within_gap": "proven close to the best",
    "time_limit": "not proven close to the best in the time there was",
    "infeasible": "not every hard rule can be kept",
}

LOOKED_AT = " of the plans looked at"
"""With posts a plan is proven against all that the listed clusters can make, not against every one there could be."""

ROUNDING_HOURS = 1e-6
"""A post is over its hours by more than this."""


def as_json(shared: Shared, about: dict[str, Any]) -> dict[str, Any]:
    """Return a plan in JSON's types.

    Parameters
    ----------
    shared : Shared
        The plan with all it rests on.
    about : dict
        What else travels with it: council, snapshot, audience.
    """
    plan, schools = shared.plan, {school.urn: school for school in shared.work.schools}
    return {
        "report": "link-workers",
        **about,
        "day": shared.work.day.isoformat(),
        "basis": list(shared.basis),
        "with_posts": bool(shared.work.posts),
        "rules": {
            "least": shared.rules.least,
            "most": shared.rules.most,
            "hard": shared.rules.hard,
            "keep": shared.rules.keep,
            "together": sorted(sorted(pair) for pair in shared.rules.together),
            "apart": sorted(sorted(pair) for pair in shared.rules.apart),
            "locks": {str(urn): post for urn, post in sorted(shared.rules.locks.items())},
        },
        "school_count": len(schools),
        "sentence": sentence(shared),
        "status": plan.status,
        "gap": plan.gap,
        "cost": round(plan.cost, 6),
        "parts": {key: round(value, 6) for key, value in plan.parts.items()},
        "seconds": round(plan.seconds, 3),
        "clusters": [_cluster(shared, cluster, schools) for cluster in plan.clusters],
        "left_over": [{"urn": urn, "name": schools[urn].name, "rule": rule} for urn, rule in plan.left_over],
        "assumptions": assumptions(shared),
        "notes": list(shared.notes),
    }


def _cluster(shared: Shared, cluster: Cluster, schools: dict[Urn, School]) -> dict[str, Any]:
    post = {one.post: one for one in shared.work.posts}.get(cluster.post)
    return {
        "post": cluster.post,
        "area": cluster.area,
        "area_name": shared.work.area_names.get(cluster.area, cluster.area),
        "schools": [
            {"urn": urn, "name": schools[urn].name, "load_band": band(shared, schools[urn])} for urn in cluster.schools
        ],
        "load_hours": round(cluster.load_hours, 4),
        "hours": None if post is None else round(post.capacity_hours, 4),
        "km": round(cluster.km, 3),
        "families_handed_over": cluster.handed_over if shared.handovers_known else None,
        "connected": cluster.connected,
        "cover_for": cluster.cover_for,
    }


def band(shared: Shared, school: School) -> str:
    """Return the band of a school's load."""
    return load_band(school.load_hours, shared.settings.workload)


def assumptions(shared: Shared) -> list[dict[str, Any]]:
    """Return what the plan takes for granted: what, its value and its source."""
    load, posts, pairs = shared.settings.workload, shared.settings.posts, shared.settings.pairs
    wishes = ("infant_junior", "one_site", "liaison_group", "secondary")
    found: list[tuple[str, object, str]] = [
        ("hours a week by kind of school", dict(load.base_hours), load.source),
        ("hours a week for an open family of early help, by level", dict(load.family_hours), load.source),
        ("hours a week for an open case of missing education", load.cme_hours, load.source),
        ("hours a week for a pupil eligible for free school meals", load.fsm_pupil_hours, load.source),
        ("hours a week for a pupil", load.pupil_hours, load.source),
        ("hours from which a load is middle, and high", list(load.bands), load.source),
        ("share of a post's hours for schools", posts.direct_share, posts.source),
        ("kilometres a week that parting a pair counts as", {key: getattr(pairs, key) for key in wishes}, pairs.source),
    ]
    return [{"what": what, "value": value, "source": source} for what, value, source in found]


def sentence(shared: Shared) -> str:
    """Return the plan in one sentence."""
    plan = shared.plan
    placed = sum(len(cluster.schools) for cluster in plan.clusters)
    gap = ""
    if plan.gap is not None and plan.status != "optimal":
        share = format_value(100 * plan.gap, 2, suffix="%")
        gap = f" (gap {share})" if plan.status == "infeasible" else f" (at most {share} above it)"
    left = f"; {plural(len(plan.left_over), 'school')} left over" if plan.left_over else ""
    # A post that covers for another has a cluster of its own and one for each post it covers.
    used = len({cluster.post for cluster in plan.clusters if cluster.schools})
    against = LOOKED_AT if shared.work.posts and plan.status in ("optimal", "within_gap") else ""
    among = plural(used, "post" if shared.work.posts else "cluster")
    return (
        f"{plural(placed, 'state school')} shared among {among} on {words(shared.work.day)}: "
        f"{STATUS_WORDS[plan.status]}{against}{gap}{left}.{_in_year(shared)}"
    )


def _in_year(shared: Shared) -> str:
    """Return what an in-year run is, and how many posts it leaves over their hours; nothing for a full plan."""
    if not shared.rules.keep:
        return ""
    load: dict[str, float] = {}
    for cluster in shared.plan.clusters:
        load[cluster.post] = load.get(cluster.post, 0.0) + cluster.load_hours
    over = [post for post in shared.work.posts if load.get(post.post, 0.0) > post.capacity_hours + ROUNDING_HOURS]
    said = " In-year run: only what an absence or a vacancy forces is changed"
    if not over:
        return f"{said}; no post is over its hours."
    are = "is" if len(over) == 1 else "are"
    stay = "stays" if len(over) == 1 else "stay"
    return f"{said}; {plural(len(over), 'post')} {are} over the hours today and {stay} so."


def left_out(shared: Shared) -> tuple[str, ...]:
    """Return the sentences on schools that are in no plan, since they are outside the county or nobody knows where."""
    return tuple(note for note in shared.work.notes if note.startswith("Left out, "))


CSV_COLUMNS = ("post", "area", "urn", "school", "load_band", "cover_for", "left_over_because", "day", "basis",
               "audience", "snapshot")  # fmt: skip


def as_csv(shared: Shared, about: dict[str, Any]) -> str:
    """Return a plan as CSV, a line for each school; without any figure about families, since teams pass it on."""
    schools = {school.urn: school for school in shared.work.schools}
    tail = [shared.work.day.isoformat(), "; ".join(shared.basis), about.get("audience", ""), about.get("snapshot", "")]
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    names = shared.work.area_names
    lines = [
        [cluster.post, names.get(cluster.area, cluster.area), urn, schools[urn].name, band(shared, schools[urn]),
         cluster.cover_for, ""]
        for cluster in shared.plan.clusters for urn in cluster.schools
    ]  # fmt: skip
    lines += [
        ["", names.get(schools[urn].area, schools[urn].area), urn, schools[urn].name, band(shared, schools[urn]), "",
         rule]
        for urn, rule in shared.plan.left_over
    ]  # fmt: skip
    for line in lines:
        writer.writerow([neutral(cell) for cell in (*line, *tail)])
    return buffer.getvalue()


def as_text(shared: Shared, about: dict[str, Any]) -> list[str]:
    """Return a plan as lines for a person."""
    plan, posts = shared.plan, {post.post: post for post in shared.work.posts}
    schools = {school.urn: school for school in shared.work.schools}
    lines = [f"Link workers: {about.get('council', '')} [{', '.join(shared.basis)}]", sentence(shared), ""]
    for cluster in plan.clusters:
        of = f" of {format_value(posts[cluster.post].capacity_hours, 1)}" if cluster.post in posts else ""
        handed = f", {plural(cluster.handed_over, 'family', 'families')} handed over" if shared.handovers_known else ""
        cover = f", cover for {cluster.cover_for}" if cluster.cover_for else ""
        lines.append(
            f"{cluster.post} ({shared.work.area_names.get(cluster.area, cluster.area)}{cover}): "
            f"{plural(len(cluster.schools), 'school')}, {format_value(cluster.load_hours, 1)}{of} hours a week, "
            f"{format_value(cluster.km, 1)} km{handed}"
        )
        lines += [f"    {urn} {schools[urn].name} ({band(shared, schools[urn])} load)" for urn in cluster.schools]
    if plan.left_over:
        lines += ["", "Left over:", *(f"    {urn} {schools[urn].name}: {rule}" for urn, rule in plan.left_over)]
    parts = ", ".join(f"{key} {format_value(value, 1)}" for key, value in plan.parts.items())
    lines += ["", f"Cost {format_value(plan.cost, 1)} km a week: {parts}."]
    return [*lines, *(f"* {note}" for note in shared.notes)]
