"""Maps of the page on family centres: minutes to the nearest centre, and what opening and closing changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from callbacks.centres_borders import borders
from callbacks.centres_signs import clear_of, signs
from callbacks.cme_outlines import Outline, Sheet, outlines
from callbacks.figures import Answer
from geodata.store import Store
from geodata.travel import Travel
from layers.family_centres.core import FAR_MINUTES, LIMITS_MINUTES, Ground, Group, Numbers
from layers.family_centres.reach import nearest_minutes
from layers.family_centres.site_report import SitePlan
from layers.format import format_value

SMALL, OUTLINE = "lsoa", "locality"
NOWHERE = -1
"""Stands for the nearest centre where none can be reached."""

CLASSES = (
    *((f"near-{place}", f"within {limit} minutes") for place, limit in enumerate(LIMITS_MINUTES)),
    ("far", f"more than {FAR_MINUTES} minutes"),
    ("none", "no way known"),
)
"""Look -> words of the first map."""

CHANGES = (
    ("stays", f"within {FAR_MINUTES} minutes before and after"),
    ("gains", f"comes within {FAR_MINUTES} minutes"),
    ("loses", f"no longer within {FAR_MINUTES} minutes"),
    ("stays-far", f"more than {FAR_MINUTES} minutes before and after"),
)
"""Look -> words of the second map."""


@dataclass(frozen=True)
class Drawn:
    """What both maps are drawn on.

    Attributes
    ----------
    sheet : Sheet
        From degrees to units.
    small, outer : tuple of Outline
        Small areas, and localities.
    """

    sheet: Sheet
    small: tuple[Outline, ...]
    outer: tuple[Outline, ...]


def drawn(store: Store) -> Drawn:
    """Return the prepared shapes."""
    sheet, small = outlines(store, SMALL)
    return Drawn(sheet, small, outlines(store, OUTLINE)[1])


def nearest(found: Travel) -> npt.NDArray[np.intp]:
    """Return [atom]: the column of its nearest centre, `NOWHERE` where none can be reached."""
    if not found.minutes.shape[1]:
        return np.full(found.minutes.shape[0], NOWHERE, dtype=np.intp)
    return np.where(np.isfinite(nearest_minutes(found)), found.minutes.argmin(axis=1), NOWHERE)


def minutes_words(minutes: float) -> str:
    """Return minutes as a reader is told of them: "12 min", "no way known"."""
    return f"{format_value(minutes)} min" if np.isfinite(minutes) else "no way known"


def look_of(minutes: float) -> str:
    """Return how a small area looks on the first map."""
    if not np.isfinite(minutes):
        return "none"
    return next((f"near-{place}" for place, limit in enumerate(LIMITS_MINUTES) if minutes <= limit), "far")


def change_of(before: float, after: float) -> str:
    """Return how a small area looks on the second map."""
    was, now = before <= FAR_MINUTES, after <= FAR_MINUTES
    return ("stays" if now else "loses") if was else ("gains" if now else "stays-far")


def reach_map(store: Store, ground: Ground, found: Travel) -> Answer:
    """Return the map of minutes to the nearest open centre, with its catchments, centres and buildings.

    Parameters
    ----------
    store : Store
        With the prepared shapes.
    ground : Ground
        Centres and buildings.
    found : Travel
        [atom, open centre].
    """
    on = drawn(store)
    minutes, to = nearest_minutes(found), nearest(found)
    names = [one.name for one in ground.centres]

    def says(place: int) -> str:
        near = f" to {names[to[place]]}" if to[place] != NOWHERE else ""
        return f"{minutes_words(minutes[place])}{near}"

    looks = [look_of(one) for one in minutes]
    places = [(one, "building") for one in ground.buildings]
    places += [(one, one.kind if one.kind == "centre_plus" else "centre") for one in ground.centres]
    shown = signs(on.sheet, places)
    return {
        **_frame(on, ground, to.tolist(), looks, says),
        "names": clear_of(_names(on), shown),
        "defined": True,
        "legend": _legend(CLASSES, looks),
        "signs": shown,
        "unplaced": [one.name for one in (*ground.centres, *ground.buildings) if one.longitude is None],
    }


def change_map(store: Store, plan: SitePlan) -> Answer:
    """Return the map of who gains and who loses a centre within 30 minutes, with the sites that open and close."""
    on, ground = drawn(store), plan.ground
    before, after = plan.minutes_before, plan.minutes_after
    shares: Numbers = plan.siting.assignment
    to = np.where(shares.sum(axis=1) > 0, shares.argmax(axis=1), NOWHERE)
    looks = [change_of(was, now) for was, now in zip(before, after, strict=True)]
    leaving = {one.key for one in (*plan.closed, *(here for here, _ in plan.moved))}
    coming = (*(there for _, there in plan.moved), *plan.chosen)
    places = [(one, "shut" if one.key in leaving else "centre") for one in ground.centres]
    places += [(one, "added") for one in coming]
    shown = signs(on.sheet, places)
    return {
        **_frame(on, ground, to.tolist(), looks,
                 lambda place: f"{minutes_words(before[place])} before, {minutes_words(after[place])} after"),
        "names": clear_of(_names(on), shown),
        "defined": False,
        "legend": _legend(CHANGES, looks),
        "signs": shown,
        "unplaced": [one.name for one, _ in places if one.longitude is None],
        "shut": bool(leaving),
        "added": bool(coming),
    }  # fmt: skip


def _frame(on: Drawn, ground: Ground, to: Sequence[int], looks: Sequence[str], says: Callable[[int], str]) -> Answer:
    """Return what is the same on both maps: shapes with their look and words, catchments, and localities."""
    at = {atom: place for place, atom in enumerate(ground.atoms)}
    paths = {one.code: one.path for one in on.small}
    known = {one.code: at[one.code] for one in on.small if one.code in at}
    return {
        "height": on.sheet.height,
        "shapes": [{"number": number, "path": one.path, "look": looks[known[one.code]],
                    "says": f"{one.name}: {says(known[one.code])}"}
                   for number, one in enumerate(on.small) if one.code in known],
        "catchments": borders(paths, {code: to[place] for code, place in known.items()}),
        "outer": "".join(one.path for one in on.outer),
    }  # fmt: skip


def _names(on: Drawn) -> list[Answer]:
    return [{"name": one.name, "x": one.x, "y": one.y} for one in on.outer]


def _legend(classes: Iterable[tuple[str, str]], looks: Sequence[str]) -> list[Answer]:
    """Return the classes with how many small areas are in each; one that nobody is in where no way is known is not."""
    return [{"look": look, "words": words, "n": looks.count(look)}
            for look, words in classes if look != "none" or look in looks]  # fmt: skip


def catchment_children(groups: Sequence[Group], found: Travel, centres: int) -> list[list[float]]:
    """Return, for each centre, the children of each group for whom it is the nearest.

    Parameters
    ----------
    groups : sequence of Group
        Children by small area.
    found : Travel
        [atom, centre].
    centres : int
        How many columns there are.
    """
    to = nearest(found)
    return [[float(group.children[to == column].sum()) for group in groups] for column in range(centres)]
