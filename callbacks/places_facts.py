"""What the page on specialist places shows of the model, in plain Python: one door for every view of the page.

The views know these few shapes alone, so that none of them touches an array, and a test needs no model to draw a page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

COUNTY = "county"
"""Code of the area that holds all others."""

ALL = "all"
"""Stands for every phase, need or provision together."""


class Band(NamedTuple):
    """A forecast figure: the median of the draws, and what 80 and 95 % of them lie between."""

    median: float
    lower_80: float
    upper_80: float
    lower_95: float
    upper_95: float


class CellKey(NamedTuple):
    """One cell of the matrix.

    Attributes
    ----------
    area : str
        Code of a locality, of a row that completes the county, or `COUNTY`.
    phase, need, provision : str
        Codes of a phase, of a broad area of need (or a primary need, in upper case) and of a kind of provision; `ALL`.
    """

    area: str
    phase: str
    need: str
    provision: str


@dataclass(frozen=True)
class CellFacts:
    """What the model says of one cell in one January.

    Attributes
    ----------
    key : CellKey
        Which cell.
    year : int
        Of the January census.
    status : str
        Key of `callbacks.places_words.STATUSES`.
    plans : int
        Plans of the base year that the cell rests on.
    demand : Band
        Plans that need such a place.
    places : float or None
        Working places; None where none are listed.
    gap : Band or None
        Children who live there and find no place anywhere, seen from home; None where there are no places to hold
        against them.
    spare : float or None
        Places left in the settings there, mean of the draws.
    at_school : Band or None
        The gap seen from the settings that stand there: children for them beyond their places; below 0 places are left.
    over : float or None
        Pupils above the commissioned places there, mean of the draws.
    chance : float or None
        Probability that at least half a place is lacking, 0 to 1; None where it cannot be tested yet.
    first_short : int or None
        First January from which on the median of the gap is at least half a place.
    error : str
        Last error of the back-test in words; empty where there is none.
    rolls_to : CellKey or None
        The wider cell whose figures these are, as this one rests on too few plans.
    note : str
        What else must be said.
    """

    key: CellKey
    year: int
    status: str
    plans: int
    demand: Band
    places: float | None = None
    gap: Band | None = None
    spare: float | None = None
    at_school: Band | None = None
    over: float | None = None
    chance: float | None = None
    first_short: int | None = None
    error: str = ""
    rolls_to: CellKey | None = None
    note: str = ""


@dataclass(frozen=True)
class SchemeFacts:
    """A planned scheme.

    Attributes
    ----------
    setting, area, provision, phase, need : str
        The setting's name, and codes.
    places : int
        When it is full.
    opens : str
        First day in ISO form, as planned.
    slipped : str
        First day with the slippage; the same where there is none.
    by_year : tuple of (int, float)
        Working places by January.
    late : bool
        Whether its first day has passed and the list shows no pupils.
    from_scenario : bool
        Whether only a scenario has it.
    """

    setting: str
    area: str
    provision: str
    phase: str
    need: str
    places: int
    opens: str
    slipped: str
    by_year: tuple[tuple[int, float], ...]
    late: bool = False
    from_scenario: bool = False


@dataclass(frozen=True)
class SettingFacts:
    """A setting with specialist places: the three numbers of the list, never one.

    Attributes
    ----------
    name, area, provision : str
        Its name, and codes.
    urn : int or None
        Its unique reference number.
    easting, northing, longitude, latitude : float or None
        None where it could not be placed.
    working : float
        Places that can be filled in the chosen January.
    commissioned, capacity, pupils : int or None
        Of the list, added up over needs and phases.
    """

    name: str
    area: str
    provision: str
    urn: int | None
    longitude: float | None
    latitude: float | None
    working: float
    commissioned: int | None
    capacity: int | None
    pupils: int | None

    @property
    def over(self) -> int:
        """Pupils above the places commissioned."""
        if self.commissioned is None or self.pupils is None:
            return 0
        return max(0, self.pupils - self.commissioned)


class ErrorRow(NamedTuple):
    """How far the model was off at one level and horizon: per cent, and how many forecasts were tested."""

    level: str
    horizon: int
    error: float | None
    bias: float | None
    coverage: float | None
    last_value: float | None
    mean_growth: float | None
    n: int


class Assumption(NamedTuple):
    """Something the model takes for granted: what, how much, and where from."""

    title: str
    value: str
    source: str


class Statement(NamedTuple):
    """A statement of the council about its needs, and what the figures say to it.

    Attributes
    ----------
    point, said : str
        Its number, and what it says.
    verdict : str
        "supported", "partly", "contradicted" or "not decided".
    words : str
        The figures in a sentence.
    rows : sequence of (str, str)
        A figure each, with its name.
    """

    point: str
    said: str
    verdict: str
    words: str
    rows: Sequence[tuple[str, str]] = ()


class Expected(NamedTuple):
    """What the council has said it expects: plans in January of a year, in its words, and where."""

    year: int
    plans: int
    words: str
    source: str


@dataclass(frozen=True)
class Frame:
    """What is the same in every cell.

    Attributes
    ----------
    years : tuple of int
        Januaries, the base first.
    areas : mapping of str to str
        Code -> name, the county first.
    testable : bool
        Whether there are enough steps in the records for a probability.
    history : tuple of (int, int)
        Plans of the county by January, up to the base.
    basis, notes : tuple of str
        Words that must stand by the figures, and what a reader must know.
    expected : tuple of Expected
        What the council expects.
    needs : tuple of str
        Codes of the broad areas of need.
    snapshot : str
        Identifier of the snapshot, so that a file is never of another one than the page.
    """

    years: tuple[int, ...]
    areas: Mapping[str, str]
    testable: bool
    history: tuple[tuple[int, int], ...] = ()
    basis: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    expected: tuple[Expected, ...] = ()
    needs: tuple[str, ...] = ("communication", "cognition", "semh", "sensory", "other")
    snapshot: str = ""

    @property
    def base_year(self) -> int:
        """January of the newest census in the records."""
        return self.years[0]


class Model(Protocol):
    """What the views ask of the model; a scenario gives another one with the same frame."""

    @property
    def frame(self) -> Frame:
        """What is the same in every cell."""

    def cell(self, key: CellKey, year: int) -> CellFacts:
        """Return one cell in one January."""

    def plans(self, area: str, year: int) -> Band:
        """Return all plans of an area, whatever their provision."""

    def schemes(self) -> Sequence[SchemeFacts]:
        """Return the planned schemes."""

    def settings(self, year: int) -> Sequence[SettingFacts]:
        """Return the settings with specialist places."""

    def errors(self) -> Sequence[ErrorRow]:
        """Return the back-test; empty where it cannot be tested yet."""

    def assumptions(self) -> Sequence[Assumption]:
        """Return what is taken for granted."""

    def statements(self) -> Sequence[Statement]:
        """Return the council's statements beside the figures."""
