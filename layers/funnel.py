"""A funnel plot of a layer's areas: which of them chance alone does not explain, or why that cannot be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from geodata.funnel import Position, outside, rate_limits, share_limits
from layers.base import AreaRow, Layer
from layers.basis import MODELLED_POPULATION
from layers.format import format_value, plural
from layers.measures import RateLayer, ShareLayer
from layers.table import AreaTable

MIN_AREAS = 10
"""Fewer areas give no picture of what is usual."""

MIN_MEAN_COUNT = 5
"""With fewer events in the average area the limits are so wide, and so uneven, that nothing could be told."""

LEVELS = (0.95, 0.998)
CURVE_STEPS = 48
"""Bases at which the limits are drawn."""


@dataclass(frozen=True)
class FunnelPoint:
    """An area of a funnel plot.

    Attributes
    ----------
    code, name : str
        The area.
    count : int
        Events.
    base : float
        What they are out of.
    value : float
        The figure in the layer's unit.
    position : Position
        Where it stands to the limits of its base.
    """

    code: str
    name: str
    count: int
    base: float
    value: float
    position: Position


@dataclass(frozen=True)
class Funnel:
    """The areas and the limits around their common figure.

    Attributes
    ----------
    points : tuple of FunnelPoint
        By name.
    mean : float
        Of all areas together, in the layer's unit.
    curves : tuple of tuple of float
        (base, lower 95 %, upper 95 %, lower 99.8 %, upper 99.8 %), by rising base, in the layer's unit.
    sentence : str
        What it shows.
    """

    points: tuple[FunnelPoint, ...]
    mean: float
    curves: tuple[tuple[float, float, float, float, float], ...]
    sentence: str


def funnel(layer: Layer, table: AreaTable) -> Funnel | str:
    """Return the funnel plot of a table, or why there is none, as a sentence.

    Parameters
    ----------
    layer : Layer
        Whose table it is: rates have Poisson limits, shares of cases binomial ones.
    table : AreaTable
        By any scheme.

    Returns
    -------
    Funnel or str
        No funnel for layers of other kinds, on a population that is only modelled, and where areas or events are too
        few.
    """
    if isinstance(layer, RateLayer):
        limits, per = _limits_of_rates, layer.estimate(1, 1.0)
        scale = per.value if per else 1.0
    elif isinstance(layer, ShareLayer):
        limits, scale = _limits_of_shares, 100.0
    else:
        return "A funnel plot is for rates and shares only."
    rows = [row for row in table.areas if row.value is not None and row.count is not None and row.denominator]
    return _why_not(table, rows) or _funnel(table, rows, limits, scale)


def _why_not(table: AreaTable, rows: list[AreaRow]) -> str:
    """Return why there is no funnel plot, as a sentence; empty where there is one."""
    if len(rows) < MIN_AREAS:
        areas = plural(len(rows), table.scheme.one, table.scheme.many)
        return f"Too few to compare: {areas}, and a funnel plot needs at least {MIN_AREAS} areas."
    mean = sum(row.count or 0 for row in rows) / len(rows)
    if mean < MIN_MEAN_COUNT:
        counted = f"{format_value(mean, 1)} {table.info.counted[1]}"
        return (
            f"Too few to compare: {counted} for each {table.scheme.one} on average, and a funnel plot needs at least "
            f"{MIN_MEAN_COUNT}."
        )
    if MODELLED_POPULATION in table.basis:
        return (
            f"No funnel plot: the population of {table.scheme.many} is modelled, and its errors would look like "
            "differences between them."
        )
    return ""


Limits = Callable[[float, float, float], tuple[float, float]]
"""From the common figure per one, a base and a level to the limits per one."""


def _limits_of_rates(mean: float, base: float, level: float) -> tuple[float, float]:
    return rate_limits(mean, base, level) or (0.0, 0.0)


def _limits_of_shares(mean: float, base: float, level: float) -> tuple[float, float]:
    return share_limits(mean, round(base), level) or (0.0, 1.0)


def _funnel(table: AreaTable, rows: list[AreaRow], limits: Limits, scale: float) -> Funnel:
    mean = sum(row.count or 0 for row in rows) / sum(row.denominator or 0.0 for row in rows)
    points = []
    for row in rows:
        base = row.denominator or 0.0
        pairs = [limits(mean, base, level) for level in LEVELS]
        position = outside((row.count or 0) / base, pairs[0], pairs[1])
        points.append(FunnelPoint(row.code, row.name, row.count or 0, base, row.value or 0.0, position))
    low, high = min(point.base for point in points), max(point.base for point in points)
    bases = [low + (high - low) * step / (CURVE_STEPS - 1) for step in range(CURVE_STEPS)]
    if limits is _limits_of_shares:
        bases = [float(base) for base in sorted({round(base) for base in bases})]
    curves = []
    for base in bases:
        (lower_95, upper_95), (lower_998, upper_998) = (limits(mean, base, level) for level in LEVELS)
        curves.append((base, scale * lower_95, scale * upper_95, scale * lower_998, scale * upper_998))
    return Funnel(tuple(points), scale * mean, tuple(curves), _sentence(table, points))


def _sentence(table: AreaTable, points: list[FunnelPoint]) -> str:
    far = [point for point in points if "99.8" in point.position]
    near = [point for point in points if "95" in point.position]
    count = plural(len(points), table.scheme.one, table.scheme.many)
    if not far and not near:
        return f"All {count} lie within the limits: their differences may be chance."
    expected = format_value(len(points) * 0.05, 1)
    parts = []
    if far:
        parts.append(f"beyond the 99.8% limits, which chance hardly explains: {_names(far)}")
    if near:
        parts.append(
            f"beyond the 95% limits alone: {_names(near)} (chance alone puts about {expected} of {count} there)"
        )
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _names(points: list[FunnelPoint]) -> str:
    return ", ".join(f"{point.name} ({point.position.split()[0]})" for point in points)
