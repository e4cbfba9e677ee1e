"""What a scenario is made of: its options, each a small frozen record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias, TypeVar

from geodata.contracts.provision import ANY_NEED

ANY = next(iter(ANY_NEED))
"""Need of places that take every child."""

PlacesByPhase: TypeAlias = tuple[tuple[str, int], ...]
"""(phase, places), in the order of the phases."""


@dataclass(frozen=True)
class NewSchool:
    """A new special school.

    Attributes
    ----------
    name : str
        What it is called.
    places : PlacesByPhase
        When it is full.
    opens : datetime.date
        First day, before any slippage.
    need : str
        Code of a primary need, or `ANY`.
    area : str
        Code of the area it stands in; empty where a postcode or a point says so, or nothing does yet.
    postcode : str
        Of the site; empty where there is none.
    easting, northing : float or None
        British National Grid, metres; both or neither.
    provision : str
        Always "special": a base is a `NewBase`, and independent schools are not the council's to open.
    """

    name: str
    places: PlacesByPhase
    opens: date
    need: str = ANY
    area: str = ""
    postcode: str = ""
    easting: float | None = None
    northing: float | None = None
    provision: str = "special"


@dataclass(frozen=True)
class NewBase:
    """Resourced provision or a SEN unit at a school that is loaded.

    Attributes
    ----------
    setting_urn : int
        Unique reference number of the school.
    places : PlacesByPhase
        When it is full.
    opens : datetime.date
        First day, before any slippage.
    need : str
        Code of a primary need, or `ANY`.
    """

    setting_urn: int
    places: PlacesByPhase
    opens: date
    need: str = ANY


@dataclass(frozen=True)
class IndependentAvoided:
    """Fewer children in independent or non-maintained special schools: they are in special schools or bases instead.

    Attributes
    ----------
    places : int
        Fewer in every January from `from_year`; never more than there would have been.
    from_year : int
        First January in which it counts.
    into : str
        "special" or "base".
    area : str
        Code of the area where the children live; empty for the whole county.
    """

    places: int
    from_year: int
    into: str = "special"
    area: str = ""


@dataclass(frozen=True)
class Diversion:
    """Of the children who would move to a specialist place at a natural transition point, a share stay in mainstream.

    Attributes
    ----------
    share : float
        0 to 1.
    from_year : int
        First January in which it counts.
    """

    share: float
    from_year: int


@dataclass(frozen=True)
class Retention:
    """Of the moves out of mainstream between the transition points, a share do not happen; as `Diversion`."""

    share: float
    from_year: int


@dataclass(frozen=True)
class PriceInflation:
    """Prices that rise every year after the base year.

    Attributes
    ----------
    percent : tuple of (str, float)
        (provision, percent a year), in the order of the provisions; others do not rise.
    """

    percent: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Reform:
    """Fewer new plans than at today's rates: what a change of the law might do. Off unless a scenario has it.

    Attributes
    ----------
    share : float
        Of new plans that are no longer started, 0 to 1.
    from_year : int
        First January in which it counts.
    """

    share: float
    from_year: int


@dataclass(frozen=True)
class Slippage:
    """Every planned scheme, those of the scenario included, opens so many months late."""

    months: int


@dataclass(frozen=True)
class OverNumber:
    """Whether settings admit above their places, as a school named in a plan must."""

    on: bool = True


@dataclass(frozen=True)
class Ramp:
    """Share of new places that is there in the first, second ... school year; the last share holds from then on."""

    shares: tuple[float, ...]


Option: TypeAlias = (
    NewSchool
    | NewBase
    | IndependentAvoided
    | Diversion
    | Retention
    | PriceInflation
    | Reform
    | Slippage
    | OverNumber
    | Ramp
)

KINDS: dict[str, type[Option]] = {
    "new_school": NewSchool,
    "new_base": NewBase,
    "independent_avoided": IndependentAvoided,
    "diversion": Diversion,
    "retention": Retention,
    "price_inflation": PriceInflation,
    "reform": Reform,
    "slippage": Slippage,
    "over_number": OverNumber,
    "ramp": Ramp,
}
"""Code of each kind of option, as it stands in files and addresses."""

T = TypeVar("T", bound=Option)

MANY = frozenset({"new_school", "new_base", "independent_avoided"})
"""Kinds of which a scenario may have several; of the others one."""


@dataclass(frozen=True)
class Scenario:
    """What might be done, beside the base case in which nothing is.

    Attributes
    ----------
    name, note : str
        For people; never about a person.
    options : tuple of Option
        Empty is the base case.
    """

    name: str
    note: str = ""
    options: tuple[Option, ...] = ()

    def of(self, kind: type[T]) -> tuple[T, ...]:
        """Return the options of one kind, in their order."""
        return tuple(one for one in self.options if isinstance(one, kind))


def kind_of(option: Option) -> str:
    """Return the code of the kind of an option."""
    return next(key for key, kind in KINDS.items() if type(option) is kind)
