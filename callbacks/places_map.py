"""The settings with specialist places on a map, as circles whose area is their working places, and as a list."""

from __future__ import annotations

from math import cos, pi, radians, sin, sqrt

from callbacks.cme_outlines import outlines
from callbacks.figures import Answer
from callbacks.places_facts import Model, SettingFacts
from callbacks.places_state import PlacesState
from callbacks.places_words import PROVISIONS
from geodata.store import Store
from layers.format import format_value

SQUARE_UNITS_PER_PLACE = 22.0
"""Area of a sign for each working place, in units of the drawing: 300 places are as wide as some 90 units."""

SIZES = (10, 100, 300)
"""Places of the signs in the legend."""

LEAST_RADIUS = 6.0
"""Units; a smaller sign could not be told from a speck."""

SHAPES = {"special": "circle", "base": "square", "independent": "triangle", "alternative": "diamond"}


def sign_path(shape: str, x: float, y: float, area: float) -> str:
    """Return the outline of a sign around a point, with the area that is asked for.

    Parameters
    ----------
    shape : str
        One of the values of `SHAPES`.
    x, y : float
        Its centre, in units.
    area : float
        Square units.
    """
    if shape == "circle":
        r = sqrt(area / pi)
        return f"M{x - r:.1f} {y:.1f}a{r:.1f} {r:.1f} 0 1 0 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 0 {-2 * r:.1f} 0z"
    corners = {"square": 4, "triangle": 3, "diamond": 4}[shape]
    turn = 45 if shape == "square" else 0
    # The area of a regular polygon with its corners on a circle of radius r is n / 2 r^2 sin(2 pi / n).
    r = sqrt(area / (corners / 2 * sin(2 * pi / corners)))
    points = []
    for number in range(corners):
        angle = radians(turn + 360 * number / corners)
        points.append(f"{x + r * sin(angle):.1f} {y - r * cos(angle):.1f}")
    return f"M{'L'.join(points)}z"


def map_view(store: Store, model: Model, state: PlacesState) -> Answer:
    """Return the outlines of the localities, the signs of the settings, largest first, and their list."""
    sheet, shapes = outlines(store, "locality")
    settings = sorted(model.settings(state.year), key=lambda one: (-one.working, one.name))
    least = pi * LEAST_RADIUS**2
    signs = []
    middles = {one.code: (one.x, one.y) for one in shapes}
    for number, one in enumerate(settings):
        if one.longitude is not None and one.latitude is not None:
            x, y = sheet.at(one.longitude, one.latitude)
        elif one.area in middles:
            x, y = middles[one.area]
        else:
            continue
        area = max(least, SQUARE_UNITS_PER_PLACE * one.working)
        shape = SHAPES.get(one.provision, "diamond")
        signs.append({
            "number": number, "kind": one.provision, "path": sign_path(shape, x, y, area), "over": one.over > 0,
            "ring": sign_path(shape, x, y, (sqrt(area) + 11) ** 2) if one.over else "",
            "says": _says(one, state.year),
        })  # fmt: skip
    kinds = [kind for kind in SHAPES if any(one.provision == kind for one in settings)]
    return {
        "height": sheet.height,
        "shapes": [{"code": one.code, "path": one.path, "name": one.name, "x": one.x, "y": one.y} for one in shapes],
        "signs": signs,
        "legend": [{"kind": kind, "words": PROVISIONS[kind], "path": sign_path(SHAPES[kind], 10, 11, 130)}
                   for kind in kinds],
        "sizes": [{"places": size, "path": sign_path("circle", 50, 50, SQUARE_UNITS_PER_PLACE * size)}
                  for size in SIZES],
        "rows": [_row(model, number, one) for number, one in enumerate(settings)],
        "over": sum(one.over > 0 for one in settings),
        "unplaced": sum(one.longitude is None and one.area not in middles for one in settings),
        "middle": sum(one.longitude is None and one.area in middles for one in settings),
        "year": state.year,
    }  # fmt: skip


def _says(one: SettingFacts, year: int) -> str:
    over = f", over its number by {one.over}" if one.over else ""
    kind = PROVISIONS.get(one.provision, one.provision)
    return f"{one.name}: {kind}, {format_value(one.working)} working places in January {year}{over}"


def _row(model: Model, number: int, one: SettingFacts) -> Answer:
    return {
        "number": number,
        "name": one.name,
        "area": model.frame.areas.get(one.area, "outside the county" if one.area == "outside" else "unknown"),
        "kind": PROVISIONS.get(one.provision, one.provision),
        "key": one.provision,
        "working": format_value(one.working),
        "commissioned": format_value(one.commissioned),
        "capacity": format_value(one.capacity),
        "pupils": format_value(one.pupils),
        "over": f"over by {format_value(one.over)}" if one.over else "",
    }
