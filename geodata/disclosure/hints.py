"""What the figures beside a count tell of it, in numbers and in words."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.disclosure.leaks import (
    Possible,
    from_class,
    from_interval,
    from_mean,
    from_rate,
    from_whole_mean,
)
from geodata.disclosure.published import (
    ClassShown,
    CountsShown,
    Figure,
    Hint,
    IntervalShown,
    MeanShown,
    RateShown,
)
from geodata.errors import InputError
from geodata.rates import proportion, rate

TRIED = 500
"""Numbers of cases that a mean of whole values is tried for."""


@dataclass(frozen=True)
class Told:
    """Least and greatest count that hints allow, and the words for it."""

    low: float
    high: float
    says: str


def told(figure: Figure) -> Told | None:
    """Return what stands beside a figure tells of its count, all hints together; None where it tells nothing.

    Raises
    ------
    InputError
        If no count fits a hint: then it belongs to something else.
    """
    low, high, words = 0.0, float("inf"), []
    for hint in figure.beside:
        possible, says = _possible(hint)
        if not possible:
            raise InputError(f"{', '.join(figure.at)}: no count gives {says}.")
        # A mean by itself has no greatest number of cases.
        least, most = possible[0], float("inf") if _endless(hint) else possible[-1]
        if least > max(low, 1 if _endless(hint) else 0) or most < high:
            words.append(says)
            low, high = max(low, least), min(high, most)
    return Told(low, high, " and ".join(words)) if words else None


def base_of(figure: Figure) -> float | None:
    """Return the denominator shown beside a figure, None where there is none."""
    for hint in figure.beside:
        if isinstance(hint, RateShown | IntervalShown):
            return hint.base
    return None


def _possible(hint: Hint) -> tuple[Possible, str]:
    match hint:
        case RateShown(value, decimals, base, per, rounding):
            says = f"the rate of {value:.{decimals}f} per {per:,.0f} over {base:,.0f}"
            return from_rate(value, decimals, base, per, base_of_rounding=rounding), says
        case IntervalShown():
            return _of_interval(hint), f"the interval of {hint.lower:g} to {hint.upper:g} over {hint.base:,.0f}"
        case ClassShown(low, high, base, per):
            return from_class(low, high, base, per), f"its class, {low:g} to under {high:g}"
        case MeanShown(value, decimals, total):
            says = f"the mean of {value:.{decimals}f}"
            if total is not None:
                return from_mean(value, decimals, total), f"{says} of {total:g} in all"
            return from_whole_mean(value, decimals, TRIED), says
        case CountsShown(possible, says):
            return possible, says


def _endless(hint: Hint) -> bool:
    return isinstance(hint, MeanShown) and hint.total is None


def _of_interval(hint: IntervalShown) -> Possible:
    formula = proportion if hint.wilson else rate
    return from_interval((hint.lower, hint.upper), hint.decimals, hint.base, hint.per, formula)
