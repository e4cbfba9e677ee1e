"""The sharing of schools on a map: a soft outline and a number for each worker, schools as dots, bases as diamonds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import hypot

from callbacks.cme_outlines import WIDTH, Sheet, outlines
from callbacks.figures import Answer
from callbacks.workers_desk import Desk, Shown
from callbacks.workers_labels import place_labels
from callbacks.workers_state import WorkersState
from callbacks.workers_words import short_labels
from geodata.store import Store

TONES = 6
"""Colours of the outlines; each has its number, so that none rests on its colour alone."""

NEAR = 60.0
"""Units within which two outlines should differ in colour."""

MARGIN = 40.0
LEAST_SIDE = 230
"""Units around what the map is drawn closer to, and how close it goes at most."""

METRES_PER_DEGREE = 111_250.0
"""Of latitude, at 51 to 52 degrees north on the ellipsoid of GRS 80."""

At = tuple[int, int]


def hull(points: Sequence[At]) -> tuple[At, ...]:
    """Return the corners of the convex hull, anticlockwise from the leftmost (Andrew's monotone chain, 1979)."""
    found = sorted(set(points))
    if len(found) < 3:
        return tuple(found)
    below, above = _chain(found), _chain(found[::-1])
    return (*below[:-1], *above[:-1])


def _chain(points: Sequence[At]) -> list[At]:
    kept: list[At] = []
    for point in points:
        while len(kept) > 1 and _turn(kept[-2], kept[-1], point) <= 0:
            kept.pop()
        kept.append(point)
    return kept


def _turn(one: At, other: At, third: At) -> int:
    return (other[0] - one[0]) * (third[1] - one[1]) - (other[1] - one[1]) * (third[0] - one[0])


def tones(clusters: Mapping[str, Sequence[At]]) -> Mapping[str, int]:
    """Return cluster -> number of its colour: others near it have another one, as far as there are colours.

    Parameters
    ----------
    clusters : mapping of str to sequence of (int, int)
        The places of each, in units of the drawing.
    """
    given: dict[str, int] = {}
    for key, points in clusters.items():
        near = [given[other] for other in given if _gap(points, clusters[other]) < NEAR]
        given[key] = min(range(TONES), key=lambda tone: (near.count(tone), list(given.values()).count(tone), tone))
    return given


def _gap(some: Sequence[At], others: Sequence[At]) -> float:
    """Return how far two boxes around places lie apart, in units; 0 where they overlap."""
    sides = []
    for axis in (0, 1):
        one, other = [at[axis] for at in some], [at[axis] for at in others]
        sides.append(max(0, min(other) - max(one), min(one) - max(other)))
    return hypot(*sides)


def map_view(store: Store, desk: Desk, shown: Shown, state: WorkersState, order: Mapping[int, int]) -> Answer:
    """Return the outlines of localities and clusters, the schools and bases, and the colour of each worker.

    Parameters
    ----------
    store : Store
        With the prepared shapes of the localities.
    desk : Desk
        Schools and posts.
    shown : Shown
        The plan.
    state : WorkersState
        With the chosen worker or locality, to which the map is drawn closer.
    order : mapping of int to int
        School of the chosen worker -> its number in the list of its schools.
    """
    sheet, shapes = outlines(store, "locality")
    at = {one.urn: sheet.at(one.longitude, one.latitude) for one in desk.work.schools}
    groups = {key: [at[urn] for urn in share.schools] for key, share in shown.shares.items() if share.schools}
    colour, labels = tones(groups), short_labels(list(shown.shares))
    bases = base_places(desk, sheet, at)
    chosen = state.worker if state.worker in shown.shares else ""
    wanted = [*groups.get(chosen, []), *([bases[chosen]] if chosen in bases else [])]
    if not wanted and state.area:
        wanted = [at[one.urn] for one in desk.work.schools if one.area == state.area]
    box = window(wanted, sheet.height)
    zoom = box[2] / WIDTH
    middles = {key: _middle(points) for key, points in groups.items()}
    places = place_labels({key: middles[key] for key in sorted(groups, key=lambda key: key != chosen)}, labels, zoom)
    given = shown.plan.worker_of()
    return {
        "box": " ".join(map(str, box)),
        "zoom": f"{zoom:.3f}",
        "shapes": [{"code": one.code, "path": one.path, "name": one.name, "x": one.x, "y": one.y} for one in shapes],
        "clusters": [{"worker": key, "path": _outline(points), "tone": colour[key], "label": labels[key],
                      "at": places[key]._asdict(), "chosen": key == chosen,
                      "lead": f"M{middles[key][0]} {middles[key][1]}L{places[key].x} {places[key].y}"
                      if places[key].moved else ""} for key, points in groups.items()],
        "rays": " ".join(f"M{bases[chosen][0]} {bases[chosen][1]}L{x} {y}" for x, y in groups.get(chosen, []))
        if chosen in bases else "",
        "base": diamond(*bases[chosen], size=15 * zoom) if chosen in bases else "",
        "alone": [{"x": at[one.urn][0], "y": at[one.urn][1], "says": f"{one.name}: no worker"}
                  for one in desk.work.schools if one.urn not in given],
        "dots": [{"x": at[one.urn][0], "y": at[one.urn][1], "worker": given[one.urn], "tone": colour[given[one.urn]],
                  "says": f"{one.name}: {given[one.urn]}", "number": order.get(one.urn)}
                 for one in sorted(desk.work.schools, key=lambda one: one.urn in order) if one.urn in given],
        "bases": [{"path": diamond(*place, size=9 * zoom), "says": words} for place, words in _bases(desk, bases)],
        "tones": colour,
        "labels": labels,
        "chosen": chosen if chosen in groups else "",
        "areas": _areas(desk, state),
    }  # fmt: skip


def window(points: Sequence[At], height: int) -> tuple[int, int, int, int]:
    """Return the part of the drawing that shows places with room around them: left, top, width, height.

    It is a square, or all of the drawing where none is large enough.

    Parameters
    ----------
    points : sequence of (int, int)
        What must be seen; nothing for all of it.
    height : int
        Of the drawing, whose width is `WIDTH`.
    """
    if not points:
        return 0, 0, WIDTH, height
    across, down = [x for x, _ in points], [y for _, y in points]
    wide, high = max(across) - min(across), max(down) - min(down)
    side = max(LEAST_SIDE, round(max(wide, high) + 2 * max(MARGIN, 0.1 * max(wide, high))))
    if side > min(WIDTH, height):
        return 0, 0, WIDTH, height
    left, top = (min(across) + max(across) - side) // 2, (min(down) + max(down) - side) // 2
    return max(0, min(left, WIDTH - side)), max(0, min(top, height - side)), side, side


def _areas(desk: Desk, state: WorkersState) -> list[Answer]:
    """Return the localities that the map can be drawn closer to, the county first."""
    names = [("", "County"), *desk.work.area_names.items()]
    return [{"name": name, "address": f"{state.address(area=code, worker='')}#map",
             "chosen": code == state.area and not state.worker} for code, name in names]  # fmt: skip


def base_places(desk: Desk, sheet: Sheet, at: Mapping[int, At]) -> Mapping[str, At]:
    """Return post -> where its base stands on the drawing, reckoned from the nearest school.

    A school has both coordinates, a base those of the National Grid alone. Grid north differs from north by about one
    degree here, so that over the few kilometres to a school the place is right within a unit or two.
    """
    scale = (sheet.at(sheet.west, sheet.south)[1] - sheet.at(sheet.west, sheet.north)[1]) / (
        (sheet.north - sheet.south) * METRES_PER_DEGREE
    )
    found = {}
    for post in desk.work.posts:
        east, north = post.easting, post.northing
        if east is None or north is None:
            continue
        metres = {one.urn: hypot(one.easting - east, one.northing - north) for one in desk.work.schools}
        near = desk.schools[min(metres, key=lambda urn: (metres[urn], urn))]
        x, y = at[near.urn]
        found[post.post] = (round(x + (east - near.easting) * scale), round(y - (north - near.northing) * scale))
    return found


def _middle(points: Sequence[At]) -> At:
    return round(sum(x for x, _ in points) / len(points)), round(sum(y for _, y in points) / len(points))


def _outline(points: Sequence[At]) -> str:
    """Return the hull as a path: of one place a point, of two a line, which a broad stroke makes visible."""
    corners = hull(points)
    return "M" + "L".join(f"{x} {y}" for x, y in corners) + ("z" if len(corners) != 2 else "")


def diamond(x: int, y: int, size: float) -> str:
    """Return the sign of a base around a place."""
    return f"M{x} {y - size:.1f}l{size:.1f} {size:.1f}l-{size:.1f} {size:.1f}l-{size:.1f} -{size:.1f}z"


def _bases(desk: Desk, places: Mapping[str, At]) -> list[tuple[At, str]]:
    """Return each place that is a base once, with its name and its posts."""
    posts: dict[At, list[str]] = {}
    for post, place in places.items():
        posts.setdefault(place, []).append(post)
    return [(place, f"{desk.posts[found[0]].base}: base of {', '.join(found)}") for place, found in posts.items()]
