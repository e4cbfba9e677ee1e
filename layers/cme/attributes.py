"""Who the children are, as far as the committee report tells: year group, phase, SEN status, social care."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from geodata.contracts.cme_involvements import SEN_CODES, SOCIAL_CARE_CODES
from geodata.school_years import PHASES, phase_of
from layers.cme.involvements import Involvement

NOT_RECORDED = ""
"""Code of the row for those of whom nothing is recorded."""

NOT_RECORDED_WORDS = "Not recorded"


@dataclass(frozen=True)
class Attribute:
    """One thing recorded of a child.

    Attributes
    ----------
    key, title : str
        For machines and for people.
    values : mapping of str to str
        Code -> words, in the order of a table, `NOT_RECORDED` last.
    code_of : callable
        From an involvement to its code.
    """

    key: str
    title: str
    values: Mapping[str, str]
    code_of: Callable[[Involvement], str]


def _with_blank(values: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({**values, NOT_RECORDED: NOT_RECORDED_WORDS})


def _year_group_words(year: int) -> str:
    return {-2: "Nursery, first year", -1: "Nursery, second year", 0: "Reception"}.get(year, f"Year {year}")


def _year_group_code(case: Involvement) -> str:
    return NOT_RECORDED if case.year_group is None else str(case.year_group)


YEAR_GROUP = Attribute(
    "year_group",
    "Year group",
    _with_blank({str(year): _year_group_words(year) for year in range(-2, 15)}),
    _year_group_code,
)
PHASE = Attribute("phase", "Phase", _with_blank(PHASES), lambda case: phase_of(case.year_group))
SEN = Attribute("sen_status", "SEN status", _with_blank(SEN_CODES), lambda case: case.sen_status or NOT_RECORDED)
SOCIAL_CARE = Attribute(
    "social_care", "Social care", _with_blank(SOCIAL_CARE_CODES), lambda case: case.social_care or NOT_RECORDED
)

ATTRIBUTES = (YEAR_GROUP, SOCIAL_CARE, SEN)
"""Those that the report has a table of, in its order."""

CROSSINGS = ((PHASE, SEN), (PHASE, SOCIAL_CARE), (SEN, SOCIAL_CARE))
"""Those that are crossed: (rows, columns)."""


def count_by(cases: Iterable[Involvement], attribute: Attribute) -> dict[str, int]:
    """Return code -> involvements for every code of an attribute, those with none included."""
    found = Counter(map(attribute.code_of, cases))
    return {code: found[code] for code in attribute.values}


def count_crossed(cases: Iterable[Involvement], rows: Attribute, columns: Attribute) -> dict[tuple[str, str], int]:
    """Return (row code, column code) -> involvements, for every pair."""
    found = Counter((rows.code_of(case), columns.code_of(case)) for case in cases)
    return {(row, column): found[row, column] for row in rows.values for column in columns.values}
