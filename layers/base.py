"""What a layer is: a small frozen object with its words, its periods and a row for each area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from geodata.areas import EXTRA_AREAS
from geodata.periods import Period
from geodata.store import Residents, Store
from layers.format import format_range, format_value

Named = Sequence[tuple[str, str]]
"""Areas as (code, name)."""

NOT_APPLICABLE = "z"
NOT_AVAILABLE = "x"
CONFIDENTIAL = "c"
MODELLED_BASE = "m"

FLAGS = {
    NOT_APPLICABLE: "no rate: these children live in none of the areas",
    NOT_AVAILABLE: "not available",
    CONFIDENTIAL: "withheld to protect children",
    MODELLED_BASE: "rate withheld: the population here is only modelled",
}
"""What each flag of a row means; a row with a figure has none."""


@dataclass(frozen=True)
class LayerInfo:
    """The words of a layer.

    Attributes
    ----------
    key, subject, title : str
        `subject` groups the layers in the rail; `title` names this one.
    plain : str
        One plain line on what it shows.
    unit : str
        Follows a figure in a sentence: "per 1,000 residents aged 5 to 15".
    short_unit : str
        The same for a legend or a column.
    counted : tuple of str
        What the count counts, for one and for many: "open case", "open cases".
    source : str
        Where the records come from.
    dataset : str
        What must be imported for it.
    decimals : int
        Digits after the point of a figure.
    suffix : str
        Follows the figure directly ("%").
    signed : bool
        Whether figures carry a plus sign: changes do.
    is_stock : bool
        Whether its periods are dates (a stock) or spans (a flow).
    order : int
        Place in the rail.
    method : str
        How the figure and its interval are made, in one sentence.
    """

    key: str
    subject: str
    title: str
    plain: str
    unit: str
    short_unit: str
    counted: tuple[str, str]
    source: str
    dataset: str
    decimals: int
    is_stock: bool
    order: int
    method: str
    suffix: str = ""
    signed: bool = False

    def show(self, value: float | None) -> str:
        """Write a figure of this layer."""
        return format_value(value, self.decimals, signed=self.signed, suffix=self.suffix)

    def show_range(self, lower: float | None, upper: float | None) -> str:
        """Write an interval of this layer."""
        return format_range(lower, upper, self.decimals, signed=self.signed, suffix=self.suffix)


@dataclass(frozen=True, slots=True)
class AreaRow:
    """The figures of one area: what map, list, table, card, file and command line all show.

    Attributes
    ----------
    code, name : str
        The area, or one of the rows "unknown" and "outside".
    count : int or None
        Records counted, or persons.
    denominator : float or None
        The base of the figure.
    value, lower, upper : float or None
        The figure and its 95 % interval in the layer's unit.
    flag : str
        Empty with a figure, otherwise a key of `FLAGS`.
    count_dates, denominator_dates : str
        ISO date, ISO interval of days, "undated" or empty.
    """

    code: str
    name: str
    count: int | None
    denominator: float | None
    value: float | None
    lower: float | None
    upper: float | None
    flag: str
    count_dates: str
    denominator_dates: str

    @property
    def is_area(self) -> bool:
        """Whether this is a place on the map."""
        return self.code not in EXTRA_AREAS


class Layer(Protocol):
    """What the registry, the pages and the command line need of a layer."""

    @property
    def info(self) -> LayerInfo:
        """Its words."""

    def periods(self, store: Store) -> tuple[Period, ...]:
        """Return the periods it can show, oldest first; empty while its dataset is not loaded."""

    def rows(self, store: Store, scheme: str, areas: Named, period: Period) -> tuple[AreaRow, ...]:
        """Return the figures of areas, given as (code, name), in one period."""

    def basis(self, store: Store, scheme: str, period: Period) -> tuple[str, ...]:
        """Return the words that must stand beside its figures: synthetic, modelled ..."""


def rates_allowed(store: Store, dataset: str, scheme: str, residents: Residents) -> bool:
    """Return whether a rate over these residents may be shown by this scheme.

    Over real people, a rate on a modelled population misleads where areas are small, so it starts at the schemes
    the profile names. Over synthetic people nobody is misled: it shows everywhere, labelled.
    """
    if residents.basis != "modelled" or store.is_synthetic(dataset):
        return True
    return scheme in store.profile.modelled_rates_from
