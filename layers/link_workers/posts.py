"""The posts of the link workers on one day, with their hours, base and schools, and which school keeps its post."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from geodata import engine
from geodata.areas import UNKNOWN
from geodata.store import Row, Store
from layers.format import plural
from layers.link_workers.core import Post, Urn
from layers.link_workers.workload_settings import PostSettings
from layers.sites import area_of

DATASET, ALLOCATIONS = "link_workers", "school_allocations"
SCHEME = "locality"

Place = tuple[float | None, float | None, str]
"""Easting, northing, code of the locality."""

NOWHERE: Place = (None, None, UNKNOWN)


def posts_of(store: Store, day: date, settings: PostSettings) -> tuple[tuple[Post, ...], tuple[str, ...]]:
    """Return the posts by number and what must be known of them; none where no list of posts is loaded."""
    rows = {str(row["post"]): row for row in reversed(store.rows_of(DATASET))}
    if not rows:
        return (), ()
    places = _bases(store, rows)
    held: dict[str, set[Urn]] = {}
    for urn, names in _holders(store, day).items():
        for name in names:
            held.setdefault(name, set()).add(urn)
    posts = tuple(_post(row, places[post], held.get(post, set()), day, settings) for post, row in sorted(rows.items()))
    return posts, (*_notes(posts, rows, settings), *_strangers(held, rows))


def _post(row: Row, place: Place, held: set[Urn], day: date, settings: PostSettings) -> Post:
    hours = settings.hours_unstated if row.get("hours") is None else float(row["hours"])
    easting, northing, area = place
    return Post(
        post=str(row["post"]),
        team=str(row.get("team") or ""),
        area=area,
        hours=hours,
        capacity_hours=hours * settings.direct_share,
        term_time=bool(row.get("term_time")),
        base=str(row.get("base") or ""),
        easting=easting,
        northing=northing,
        languages=tuple(code for code in str(row.get("languages") or "").split(";") if code),
        barred=frozenset(int(urn) for urn in str(row.get("barred_schools") or "").split(";") if urn.strip()),
        held=frozenset(held),
        absent=is_absent(row, day),
        vacant=bool(row.get("vacant")),
    )


def is_absent(row: Row, day: date) -> bool:
    """Return whether a post's holder is away on a day; both ends of an absence are days away."""
    first, last = row.get("absent_from"), row.get("absent_to")
    if first is None and last is None:
        return False
    return (first is None or first <= day) and (last is None or last >= day)


def _notes(posts: tuple[Post, ...], rows: Mapping[str, Row], settings: PostSettings) -> list[str]:
    said = []
    if unstated := [post for post, row in sorted(rows.items()) if row.get("hours") is None]:
        said.append(
            f"No hours stated for {', '.join(unstated)}: {settings.hours_unstated:g} a week stand in their place "
            f"({settings.source})."
        )
    if lost := [one.post for one in posts if one.easting is None]:
        said.append(f"No base with a known place: {', '.join(lost)}. Their ways are not counted.")
    if away := [one.post for one in posts if one.absent]:
        said.append(f"Absent on the day: {', '.join(away)}.")
    if empty := [one.post for one in posts if one.vacant]:
        said.append(f"Vacant: {', '.join(empty)}.")
    return said


def _strangers(held: Mapping[str, set[Urn]], rows: Mapping[str, Row]) -> list[str]:
    lost = sorted(set(held) - set(rows))
    return [f"Not on the list of posts, though they have schools today: {', '.join(lost)}."] if lost else []


def _in_force(store: Store, day: date) -> list[Row]:
    return [
        row
        for row in store.rows_of(ALLOCATIONS)
        if (row.get("start_date") is None or row["start_date"] <= day)
        and (row.get("end_date") is None or row["end_date"] > day)
    ]


def _holders(store: Store, day: date) -> dict[Urn, list[str]]:
    """Return school -> posts that have it on a day, the one that took it last first."""
    found: dict[Urn, list[tuple[date, str]]] = {}
    for row in _in_force(store, day):
        found.setdefault(int(row["school_urn"]), []).append((row.get("start_date") or date.min, str(row["post"])))
    return {urn: [post for _, post in sorted(posts, reverse=True)] for urn, posts in found.items()}


def holder_of(store: Store, day: date) -> dict[Urn, str]:
    """Return school -> post that has it on a day; the one that took it last where several do."""
    return {urn: posts[0] for urn, posts in _holders(store, day).items()}


def shared_note(store: Store, day: date) -> tuple[str, ...]:
    """Return a sentence where schools have more than one post on a day."""
    several = sorted(urn for urn, posts in _holders(store, day).items() if len(set(posts)) > 1)
    return (f"With more than one post today: {', '.join(map(str, several))}.",) if several else ()


def locks_of(store: Store, day: date) -> dict[Urn, str]:
    """Return school -> post that must keep it beyond a day: its row says "keep until" a later one."""
    return {
        int(row["school_urn"]): str(row["post"])
        for row in _in_force(store, day)
        if row.get("keep_until") is not None and row["keep_until"] > day
    }


def _bases(store: Store, rows: Mapping[str, Row]) -> dict[str, Place]:
    """Return post -> place of its base: by its postcode, else that of the family centre it names."""
    wanted = {_compact(row["base_postcode"]) for row in rows.values() if row.get("base_postcode")}
    by_postcode = _places(store, sorted(wanted))
    centres = {
        str(row["name"]).casefold().strip(): row
        for row in reversed(store.rows_of("family_centres"))
        if row.get("easting") is not None
    }
    found = {}
    for post, row in rows.items():
        place = by_postcode.get(_compact(row.get("base_postcode") or ""))
        if place is None and (centre := centres.get(str(row.get("base") or "").casefold().strip())):
            place = (float(centre["easting"]), float(centre["northing"]), area_of(store, SCHEME, centre))
        found[post] = place or NOWHERE
    return found


def _compact(postcode: str) -> str:
    return postcode.replace(" ", "").upper()


def _places(store: Store, postcodes: list[str]) -> dict[str, Place]:
    """Return postcode, without its space, -> its place; one that the council's list lacks is left out."""
    if not postcodes:
        return {}
    marks = ", ".join("?" * len(postcodes))
    file = store.profile.directory / "postcodes.parquet"
    rows = (
        engine.connect()
        .execute(
            "SELECT replace(postcode, ' ', ''), easting, northing, lsoa FROM read_parquet(?) "
            f"WHERE replace(postcode, ' ', '') IN ({marks})",
            [str(file), *postcodes],
        )
        .fetchall()
    )
    known = set(store.areas.atoms)
    return {
        code: (float(x), float(y), area_of(store, SCHEME, {"atom": atom if atom in known else "outside"}))
        for code, x, y, atom in rows
        if x is not None and y is not None
    }


def capacity_words(posts: tuple[Post, ...], settings: PostSettings) -> str:
    """Return how hours for schools come about, as a sentence."""
    return (
        f"Hours for schools: {100 * settings.direct_share:g}% of the hours by contract ({settings.source}), of "
        f"{plural(len(posts), 'post')}. A week in term: term-time posts count alike."
    )
