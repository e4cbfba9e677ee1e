"""One way to write a figure, for legend, hover, list, table, file and paper."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

MINUS = "\u2212"
"""The true minus sign, as wide as a plus."""

NO_VALUE = "\u2013"
"""Stands where there is no figure; a word beside it says why."""


def round_half_up(value: float, decimals: int = 0) -> Decimal:
    """Round as printed reports do: halves away from zero."""
    # repr gives the shortest decimal that means this float, so 2.675 rounds as a reader sees it.
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def format_value(value: float | None, decimals: int = 0, *, signed: bool = False, suffix: str = "") -> str:
    """Write a figure.

    Parameters
    ----------
    value : float or None
        In the layer's unit; None has no figure.
    decimals : int, optional
        Digits after the point.
    signed : bool, optional
        Put a plus before a figure above 0, for changes.
    suffix : str, optional
        Follows the figure directly, such as ``"%"``.

    Returns
    -------
    str
        Such as "5,704", "0.9", "+26.5%" or "\u2013".
    """
    if value is None:
        return NO_VALUE
    rounded = round_half_up(value, decimals)
    sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
    return f"{sign}{abs(rounded):,}{suffix}"


def format_range(
    lower: float | None, upper: float | None, decimals: int = 0, *, signed: bool = False, suffix: str = ""
) -> str:
    """Write an interval such as "0.6 to 1.1"; empty where there is none."""
    if lower is None or upper is None:
        return ""
    return " to ".join(format_value(bound, decimals, signed=signed, suffix=suffix) for bound in (lower, upper))


def plural(count: int, one: str, many: str | None = None) -> str:
    """Write a count with its noun: "1 area", "3 areas"."""
    return f"{format_value(count)} {one if count == 1 else many or one + 's'}"
