"""Centres and buildings as signs on a map, moved apart where they would hide each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import cos, hypot, pi, sin

from callbacks.cme_outlines import Sheet
from callbacks.figures import Answer
from layers.family_centres.core import Centre
from layers.family_centres.site_words import SITE_KINDS

APART = 44.0
"""Units between the middles of two signs, so that the number in each can be read."""

ROUNDS = 80
MOVED = 6.0
"""Units from its place from which on a line leads from a sign to where the centre is."""

LETTER, LINE, SIGN = 22.0, 11.0, 27.0
"""Units: width of a letter of a name, half its height, and half the size of a sign as a phone shows it."""

SHIFTS = tuple(range(-160, 161, 8))
"""Units that a name can be moved down."""

SMALL_SIGN = "building"
"""Look of a sign that stays where it is, beneath the others."""

DAYS = {"mon": "Mon", "tue": "Tue", "wed": "Wed", "thu": "Thu", "fri": "Fri", "sat": "Sat", "sun": "Sun"}


def spread(points: Sequence[tuple[float, float]], apart: float = APART) -> list[tuple[int, int]]:
    """Return where signs stand: at their places, pushed from each other where they are nearer than that.

    Parameters
    ----------
    points : sequence of (float, float)
        Units.
    apart : float, optional
        Units.
    """
    # Places at one point have no direction to be pushed in: each begins a hair's breadth from it, in its own.
    at = [[x + cos(2 * pi * n / 7) / 100, y + sin(2 * pi * n / 7) / 100] for n, (x, y) in enumerate(points)]
    for _ in range(ROUNDS):
        pushed = [_push(at, one, other, apart) for other in range(len(at)) for one in range(other)]
        if not any(pushed):
            break
    return [(round(x), round(y)) for x, y in at]


def _push(at: list[list[float]], one: int, other: int, apart: float) -> bool:
    """Move two signs away from each other, half the way each; return whether they were too near."""
    right, down = at[other][0] - at[one][0], at[other][1] - at[one][1]
    gap = hypot(right, down)
    if gap >= apart - 0.5:
        return False
    by = (apart - gap) / 2 / (gap or 1.0)
    for place, sign in ((one, -1), (other, 1)):
        at[place][0] += sign * by * right
        at[place][1] += sign * by * down
    return True


def clear_of(names: Iterable[Answer], found: Iterable[Answer]) -> list[Answer]:
    """Return the names of areas, each moved up or down as little as it takes to hide as few signs as can be.

    Parameters
    ----------
    names : iterable of dict
        "name" with "x" and "y", its middle, in units.
    found : iterable of dict
        Signs, as `signs` gives them.
    """
    at = [(float(one["x"]), float(one["y"])) for one in found]

    def hidden(one: Answer, by: int) -> int:
        wide = LETTER * len(str(one["name"])) / 2 + SIGN
        return sum(abs(x - one["x"]) < wide and abs(y - one["y"] - by + LINE) < SIGN + LINE for x, y in at)

    return [{**one, "y": one["y"] + min(SHIFTS, key=lambda by: (hidden(one, by), abs(by)))} for one in names]


def days_words(one: Centre) -> str:
    """Return the days of the week on which a centre is open: "5 days a week: Mon, Tue ..."."""
    if not one.days:
        return "opening days not stated"
    names = ", ".join(DAYS.get(day, day) for day in one.days)
    return f"{len(one.days)} day{'s' if len(one.days) > 1 else ''} a week: {names}"


def kind_words(one: Centre) -> str:
    """Return what a place is: "Family centre", "Building" ..."""
    words = SITE_KINDS.get(one.kind, one.kind.replace("_", " "))
    return words[:1].upper() + words[1:]


def signs(sheet: Sheet, places: Iterable[tuple[Centre, str]]) -> list[Answer]:
    """Return the signs of places that are on the map, in the order in which they are given.

    Parameters
    ----------
    sheet : Sheet
        What they are drawn on.
    places : iterable of (Centre, str)
        Each with how its sign looks.
    """
    shown = [(one, look) for one, look in places if one.longitude is not None and one.latitude is not None]
    true = [sheet.at(one.longitude or 0.0, one.latitude or 0.0) for one, _ in shown]
    apart = iter(spread([at for (_, look), at in zip(shown, true, strict=True) if look != SMALL_SIGN]))
    found = []
    for (one, look), (left, top) in zip(shown, true, strict=True):
        x, y = (left, top) if look == SMALL_SIGN else next(apart)
        found.append({
            "key": one.key, "look": look, "x": x, "y": y, "days": len(one.days) or "?",
            "lead": f"M{left} {top}L{x} {y}" if hypot(x - left, y - top) > MOVED else "",
            "dot": [left, top],
            "says": f"{one.name}: {kind_words(one).lower()}, {days_words(one)}",
        })  # fmt: skip
    return found
