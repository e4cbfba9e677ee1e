"""What a layer is: a small frozen object with its words, its periods and a row for each area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol, Self

from geodata.areas import EXTRA_AREAS
from geodata.periods import Period
from geodata.rates import Estimate
from geodata.store import Residents, Store
from layers.format import format_range, format_value

Named = Sequence[tuple[str, str]]
"""Areas as (code, name)."""

NOT_APPLICABLE = "z"
NOT_AVAILABLE = "x"
CONFIDENTIAL = "c"
MODELLED_BASE = "m"
NO_BASE = "n"
NOT_SUMMED = "s"

FLAGS = {
    NOT_APPLICABLE: "no rate: these children live in none of the areas",
    NOT_AVAILABLE: "not available",
    CONFIDENTIAL: "withheld to protect children",
    MODELLED_BASE: "rate withheld: the population here is only modelled",
    NO_BASE: "no figure: there is no base for one here",
    NOT_SUMMED: "no figure: deciles are never added up",
}
"""What each flag of a row means; a row with a figure has none."""

NO_VARIANTS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class LayerInfo:
    """The words of a layer.

    Attributes
    ----------
    key, subject, title : str
        `subject` groups the layers in the rail; `title` names this one. The key of a variant is the layer's, a colon
        and the variant's code: "ehcp_need:ASD".
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
    base_noun : tuple of str
        What the base counts, for one and for many.
    also : tuple of str
        Other datasets that must be imported for it.
    needs : str
        What the dataset must hold for it, after "holds no": "rows of the indicator sen_support".
    choice : str
        Label of the chooser of a layer with variants: "Primary need".
    points : str
        Key of the point set to show with it.
    fixed_limits : tuple of float
        Class limits that are given and not computed; such figures are grades of single areas, never ranked or summed.
    headline : str
        Of grades: what an area under the first limit is, after "are": "in the most deprived fifth of England".
    classes_of : str
        Key of another layer whose class limits serve, so that the two maps can be compared; its own when empty.
    low_is_more : bool
        Whether low figures are drawn in the dark colour.
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
    base_noun: tuple[str, str] = ("resident", "residents")
    also: tuple[str, ...] = ()
    needs: str = ""
    choice: str = ""
    points: str = ""
    fixed_limits: tuple[float, ...] = ()
    headline: str = ""
    classes_of: str = ""
    low_is_more: bool = False

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
        Records counted, or persons; None where they are not known.
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

    @classmethod
    def of(
        cls,
        area: tuple[str, str],
        count: int,
        base: float,
        found: Estimate | None,
        flag: str,
        dates: tuple[str, str],
    ) -> Self:
        """Return the row of an area, given as (code, name), with its estimate, or with the flag where there is none.

        `dates` are those of the count and of the base.
        """
        value, lower, upper = (found.value, found.lower, found.upper) if found else (None, None, None)
        return cls(*area, count, base, value, lower, upper, "" if found else flag, *dates)

    @property
    def is_area(self) -> bool:
        """Whether this is a place on the map."""
        return self.code not in EXTRA_AREAS


class Layer(Protocol):
    """What the registry, the pages and the command line need of a layer."""

    @property
    def info(self) -> LayerInfo:
        """Its words."""

    @property
    def variants(self) -> Mapping[str, str]:
        """Code -> words of the variants to choose among, this one included; empty for most."""

    def schemes(self, store: Store) -> tuple[str, ...]:
        """Return the area schemes it can show, in the order of the control."""

    def periods(self, store: Store) -> tuple[Period, ...]:
        """Return the periods it can show, oldest first; empty while its dataset is not loaded."""

    def rows(self, store: Store, scheme: str, areas: Named, period: Period) -> tuple[AreaRow, ...]:
        """Return the figures of areas, given as (code, name), in one period."""

    def basis(self, store: Store, scheme: str, period: Period) -> tuple[str, ...]:
        """Return the words that must stand beside its figures: synthetic, modelled ..."""


@dataclass(frozen=True)
class BaseLayer:
    """What the kinds of layer share: they can show every area scheme, and have no variants.

    Attributes
    ----------
    info : LayerInfo
        Its words.
    variants : mapping of str to str
        See `Layer`.
    """

    info: LayerInfo
    variants: Mapping[str, str] = field(default_factory=lambda: NO_VARIANTS, kw_only=True, compare=False)

    def schemes(self, store: Store) -> tuple[str, ...]:
        """Return every scheme of the profile."""
        return scheme_keys(store)


def scheme_keys(store: Store) -> tuple[str, ...]:
    """Return the area schemes of the profile, in the order of the control."""
    return tuple(scheme.key for scheme in store.profile.schemes)


def rates_allowed(store: Store, dataset: str, scheme: str, residents: Residents) -> bool:
    """Return whether a rate over these residents may be shown by this scheme.

    Over real people, a rate on a modelled population misleads where areas are small, so it starts at the schemes
    the profile names. Over synthetic people nobody is misled: it shows everywhere, labelled.
    """
    if residents.basis_in(scheme) != "modelled" or store.is_synthetic(dataset):
        return True
    return scheme in store.profile.modelled_rates_from
