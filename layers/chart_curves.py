"""Charts of curves: the share still open by time, and the funnel of areas around their mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from layers.chart_frame import (
    CHARACTER_PX,
    COLOURS,
    FOOT_PX,
    INK,
    LEFT_PX,
    LEGEND_PX,
    PANEL,
    RIGHT_PX,
    SMALL_PX,
    SOFT,
    Spec,
    folded,
    frame,
    label,
    lines_of,
    number_axis,
    plain_text,
    ticks,
)

CURVES_PX, FUNNEL_PX = 380, 380
NAME_CHARACTERS, NAME_PX = 13, 16
"""Of the names at the ends of curves: characters on a line, and the height of one."""

PHONE_PX, WIDE_PX = 270, 560
"""Width that a phone, and a page from 640 on, leave to a plot."""

NAME_PLACES = (("left", 9, 0), ("right", -9, 0), ("center", 0, -17), ("center", 0, 17),
               ("left", 7, -13), ("left", 7, 13), ("right", -7, -13), ("right", -7, 13))  # fmt: skip
"""Where a name may stand beside its mark: its anchor, and pixels to the right and down."""

DASHES = ("dash", "dot", "dashdot", "longdash", "longdashdot")
SHARE_MARKS = (0.0, 20.0, 40.0, 60.0, 80.0, 100.0)


class Steps(NamedTuple):
    """A share that falls in steps.

    Attributes
    ----------
    name : str
        What stands at its end.
    x, y : sequence of float
        Where steps are, and the share in per cent from there on.
    hover : sequence of str
        The same in words, for each step.
    band : tuple of two sequences of float, or None
        Lower and upper limits in per cent, for each step.
    strong : bool
        Whether it is all together, drawn in ink.
    """

    name: str
    x: Sequence[float]
    y: Sequence[float]
    hover: Sequence[str]
    band: tuple[Sequence[float], Sequence[float]] | None = None
    strong: bool = False


class FunnelPoint(NamedTuple):
    """An area in a funnel.

    Attributes
    ----------
    name : str
        Shown where it is outside.
    base, value : float
        Its size and its figure.
    position : str
        From `geodata.funnel.outside`: "within", "above 95 %" ...
    hover : str
        The whole in words.
    """

    name: str
    base: float
    value: float
    position: str
    hover: str


class Limits(NamedTuple):
    """What chance allows an area of one size.

    Attributes
    ----------
    base : float
        The size.
    lower_95, upper_95, lower_998, upper_998 : float
        In the unit of the figures.
    """

    base: float
    lower_95: float
    upper_95: float
    lower_998: float
    upper_998: float


def steps(curves: Sequence[Steps], titles: tuple[str, str], marks: Sequence[float]) -> Spec:
    """Return shares in per cent that fall in steps, each named at its end, with the bands that are given.

    Parameters
    ----------
    curves : sequence of Steps
        At least one, each with at least one step.
    titles : tuple of str
        Of the horizontal and of the vertical axis.
    marks : sequence of float
        Numbers of the horizontal axis, from 0 to its end.
    """
    data: list[dict[str, Any]] = []
    for curve in curves:
        if curve.band:
            data += _band(curve.x, curve.band)
    others = 0
    styles = []
    for curve in curves:
        colour, dash = INK, "solid"
        if not curve.strong:
            # The first colour is too near to ink, so it is the last to be taken; dashes tell apart without colours.
            colour, dash = COLOURS[(others + 1) % len(COLOURS)], DASHES[others % len(DASHES)]
            others += 1
        styles.append(colour)
        line = {"shape": "hv", "color": colour, "dash": dash, "width": 3 if curve.strong else 2}
        said = [plain_text(text) for text in curve.hover]
        trace = {"type": "scatter", "mode": "lines", "x": list(curve.x), "y": list(curve.y), "line": line}
        data.append(trace | {"name": plain_text(curve.name), "hovertext": said, "hoverinfo": "text"})
    top, foot = 12, FOOT_PX
    names = [folded(curve.name, NAME_CHARACTERS) for curve in curves]
    shifts = _spread([curve.y[-1] / 100 for curve in curves], list(map(lines_of, names)), CURVES_PX - top - foot)
    notes = []
    for curve, name, colour, shift in zip(curves, names, styles, shifts, strict=True):
        leader = {"showarrow": True, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": colour, "ax": 16, "ay": shift}
        where = {"x": curve.x[-1], "y": curve.y[-1], "xanchor": "left"}
        notes.append(label(name, **where, **leader) | {"font": {"size": SMALL_PX, "color": INK}})
    right = max(len(line) for name in names for line in name.split("<br>")) * CHARACTER_PX + 20
    across, upright = number_axis(titles[0], marks), number_axis(titles[1], SHARE_MARKS, suffix="%")
    return {
        "data": data,
        "layout": frame(CURVES_PX, (LEFT_PX, right, top, foot), xaxis=across, yaxis=upright, annotations=notes),
    }


def _band(x: Sequence[float], limits: tuple[Sequence[float], Sequence[float]]) -> list[dict[str, Any]]:
    edge = {"type": "scatter", "mode": "lines", "x": list(x), "hoverinfo": "skip", "showlegend": False}
    hidden = {"shape": "hv", "width": 0}
    lower = edge | {"y": list(limits[0]), "line": hidden}
    return [lower, edge | {"y": list(limits[1]), "line": hidden, "fill": "tonexty", "fillcolor": "var(--chart-band)"}]


def _spread(shares: Sequence[float], lines: Sequence[int], height: int) -> list[float]:
    """Return by how many pixels each name goes down from its share, so that no two of them touch."""
    order = sorted(range(len(shares)), key=lambda one: shares[one])
    wanted = {one: (1 - shares[one]) * height for one in order}
    placed: dict[int, float] = {}
    floor = float(height)
    for one in order:  # from the lowest upwards
        half = lines[one] * NAME_PX / 2
        placed[one] = min(wanted[one], floor - half)
        floor = placed[one] - half
    # Where they reach beyond the top, all go down together: there is more room under the axis than above it.
    over = max(0.0, -floor)
    return [placed[one] + over - wanted[one] for one in range(len(shares))]


OUTSIDE_SYMBOLS = {"within": "circle-open", "95": "diamond", "99.8": "triangle-up"}
"""Marks by the outermost limit that an area is beyond."""


def funnel(points: Sequence[FunnelPoint], mean: float, curves: Sequence[Limits], titles: tuple[str, str]) -> Spec:
    """Return areas by their size around the mean of all, within the limits of chance; those outside are named.

    Parameters
    ----------
    points : sequence of FunnelPoint
        At least one.
    mean : float
        Of all areas.
    curves : sequence of Limits
        Rising by base.
    titles : tuple of str
        Of the horizontal axis (the size) and of the vertical one, with units.
    """
    bases = [limits.base for limits in curves]
    data: list[dict[str, Any]] = []
    for name, dash, pair in (("95% limits", "dash", (1, 2)), ("99.8% limits", "dot", (3, 4))):
        for number, place in enumerate(pair):
            line = {"color": SOFT, "width": 1.5, "dash": dash}
            trace = {"type": "scatter", "mode": "lines", "x": bases, "y": [one[place] for one in curves], "line": line}
            data.append(trace | {"name": name, "showlegend": number == 0, "hoverinfo": "skip"})
    sizes = [*bases, *(point.base for point in points)]
    ends = [0, max(1, *sizes)]
    line = {"color": INK, "width": 1.5}
    flat = {"type": "scatter", "mode": "lines", "x": ends, "y": [mean, mean], "line": line, "name": "all together"}
    data.append(flat | {"hoverinfo": "skip"})
    for kind, symbol in OUTSIDE_SYMBOLS.items():
        found = [point for point in points if _kind(point.position) == kind]
        if found:
            colour = COLOURS[0] if kind == "within" else COLOURS[3]
            data.append(_funnel_points(found, kind, {"symbol": symbol, "size": 10, "color": colour}))
    right, top = (
        ends[1] * 1.04,
        1.06 * max([point.value for point in points] + [mean] + [one.upper_95 for one in curves[len(curves) // 4 :]]),
    )
    across = _size_marks(min(sizes), right)
    up = [mark for mark in ticks(top, whole=False) if mark <= top]
    axes = {"xaxis": number_axis(titles[0], across, right), "yaxis": number_axis(titles[1], up, top)}
    axes["xaxis"]["range"][0] = across[0]
    margin = (LEFT_PX, RIGHT_PX, LEGEND_PX + NAME_PX, FOOT_PX)
    names, wide = (_funnel_names(points, (across[0], right), top, width) for width in (PHONE_PX, WIDE_PX))
    layout = frame(FUNNEL_PX, margin, legend=True, annotations=names, **axes)
    return {"data": data, "layout": layout | {"meta": {"names": wide}}}


def _size_marks(smallest: float, right: float) -> list[float]:
    """Return the numbers of the axis of sizes: from 0, or from near the smallest where that is far from 0."""
    from_0 = [mark for mark in ticks(right) if mark <= right]
    fine = [mark for mark in ticks(right, most=8) if mark <= right]
    start = max(mark for mark in fine if mark <= max(0.0, 0.97 * smallest))
    near = [mark for mark in fine if mark >= start]
    return near if 4 * start >= right and len(near) > 1 else from_0


def _kind(position: str) -> str:
    return position.removeprefix("above ").removeprefix("below ").removesuffix(" %")


def _funnel_points(found: Sequence[FunnelPoint], kind: str, marker: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": [point.base for point in found],
        "y": [point.value for point in found],
        "hovertext": [plain_text(point.hover) for point in found],
        "hoverinfo": "text",
        "mode": "markers",
        "marker": marker,
        "name": "areas within" if kind == "within" else f"outside {kind}%",
        "cliponaxis": False,
    }


def _funnel_names(
    points: Sequence[FunnelPoint], ends: tuple[float, float], top: float, across_px: int
) -> list[dict[str, Any]]:
    """Return the names of the areas outside, beside their marks; one without room is left to the hover and the words.

    The farthest outside come first. Boxes are in pixels of a plot of `across_px`: where they do not touch there, they
    do not on anything wider.
    """
    height = FUNNEL_PX - LEGEND_PX - NAME_PX - FOOT_PX
    start, right = ends
    at = {
        place: ((point.base - start) / (right - start) * across_px, (1 - point.value / top) * height)
        for place, point in enumerate(points)
    }
    taken = [(x - 6, x + 6, y - 6, y + 6) for x, y in at.values()]
    outside = [place for place, point in enumerate(points) if _kind(point.position) != "within"]
    notes = []
    for place in sorted(outside, key=lambda one: (_kind(points[one].position) == "95", -points[one].value)):
        (x, y), point = at[place], points[place]
        width = len(point.name) * CHARACTER_PX
        for anchor, over, down in NAME_PLACES:
            begin = x + over - width * {"left": 0.0, "center": 0.5, "right": 1.0}[anchor]
            box = (begin, begin + width, y + down - NAME_PX / 2, y + down + NAME_PX / 2)
            inside = begin >= 0 and box[1] <= across_px and box[2] >= 0 and box[3] <= height
            if not inside or any(_touch(box, other) for other in taken):
                continue
            taken.append(box)
            where = {"x": point.base, "y": point.value, "xanchor": anchor, "xshift": over, "yshift": -down}
            look = {"font": {"size": SMALL_PX, "color": INK}, "bgcolor": PANEL, "borderpad": 0}
            notes.append(label(plain_text(point.name), **where) | look)
            break
    return notes


def _touch(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]
