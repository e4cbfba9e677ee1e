"""What an outsider has: tables as they were published, with the codes that say which areas lie in which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from geodata.disclosure.core import Key

CONFIDENTIAL, NOT_APPLICABLE, NOT_AVAILABLE, LOW = "c", "z", "x", "low"
"""Symbols in place of a figure."""

SYMBOLS = (CONFIDENTIAL, NOT_APPLICABLE, NOT_AVAILABLE, LOW)


@dataclass(frozen=True)
class RateShown:
    """A rate beside a count.

    Attributes
    ----------
    value : float
        As printed.
    decimals : int
        Digits after the point.
    base, per : float
        Denominator, and 100 for per cent or 1000 for rates per 1,000.
    base_of_rounding : int
        The count behind it was first rounded to a multiple of this; 1 for not rounded.
    """

    value: float
    decimals: int
    base: float
    per: float
    base_of_rounding: int = 1


@dataclass(frozen=True)
class IntervalShown:
    """Limits beside a count, by Wilson's formula or by that of a Poisson count; `base` and `per` as of a rate."""

    lower: float
    upper: float
    decimals: int
    base: float
    per: float
    wilson: bool = False


@dataclass(frozen=True)
class ClassShown:
    """A class or colour whose limits the legend gives; `base` and `per` as of a rate, 1 and 1 for classes of counts."""

    low: float
    high: float
    base: float
    per: float


@dataclass(frozen=True)
class MeanShown:
    """A mean (a duration, say) over the children of the count; `total` is what they add up to, where that is shown."""

    value: float
    decimals: int
    total: float | None = None


@dataclass(frozen=True)
class CountsShown:
    """Counts that another calculation allows (a smoothed rate, say), with the words for it."""

    possible: tuple[int, ...]
    says: str


Hint = RateShown | IntervalShown | ClassShown | MeanShown | CountsShown


@dataclass(frozen=True)
class Figure:
    """One place of a table.

    Attributes
    ----------
    at : tuple of str
        A code for each dimension of the table.
    value : float or None
        The count as printed; None where a symbol stands.
    symbol : str
        One of `SYMBOLS`, or empty.
    beside : tuple of Hint
        What else is shown of the same children.
    """

    at: tuple[str, ...]
    value: float | None
    symbol: str = ""
    beside: tuple[Hint, ...] = ()


@dataclass(frozen=True)
class Table:
    """Figures over the same dimensions.

    Attributes
    ----------
    name : str
        Of the table; first element of its keys.
    counts : str
        What is counted. Tables that count the same, in any release, are sums of the same children.
    dimensions : tuple of str
        Such as ("area", "phase", "period"). A dimension that other tables of the same count have and this one lacks is
        not broken down here: all of it.
    figures : tuple of Figure
        A place at most once.
    base_of_rounding : int
        Printed counts are multiples of this, halves rounded up; 1 for exact.
    hidden_to : int
        The publisher says that counts from 1 to this are held back: a count that is printed is 0 or above it. 0 where
        nothing is said.
    zeros_shown : bool
        Whether no 0 is ever held back, so that what is held back is 1 or more.
    """

    name: str
    counts: str
    dimensions: tuple[str, ...]
    figures: tuple[Figure, ...]
    base_of_rounding: int = 1
    hidden_to: int = 0
    zeros_shown: bool = False

    def key(self, figure: Figure) -> Key:
        """Return the key of a figure."""
        return (self.name, *figure.at)


@dataclass(frozen=True)
class Tie:
    """A sum of figures, each with a factor, that lies between two limits: stock and flow."""

    keys: tuple[Key, ...]
    factors: tuple[float, ...]
    low: float
    high: float
    says: str


@dataclass(frozen=True)
class Published:
    """One release, or what somebody else has published.

    Attributes
    ----------
    name : str
        Such as its date or its title.
    tables : tuple of Table
        Names of tables differ.
    codes : mapping of str to mapping of str to frozenset of str
        Dimension -> code -> what it is made of, in the finest terms that anyone has published (of a county and of a
        board, the areas in which schemes meet). A code that is not listed is made of itself alone.
    snapshot : str
        Figures of different snapshots may have been revised.
    ties : tuple of Tie
        Sums that hold between figures.
    orders : tuple of tuple of Key
        Figures in the order of a list sorted by count, most first.
    labels : mapping of str to str
        Code -> name for explanations.
    """

    name: str
    tables: tuple[Table, ...]
    codes: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    snapshot: str = ""
    ties: tuple[Tie, ...] = ()
    orders: tuple[tuple[Key, ...], ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
