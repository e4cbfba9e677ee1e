"""New cases by locality as if the children of each were of the county's ages: observed against expected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from geodata.areas import EXTRA_AREAS
from geodata.standardised import expected, standardised_ratio
from geodata.store import Store
from layers.basis import population_basis
from layers.cme.facts import Facts
from layers.cme.involvements import Involvement, started_in
from layers.format import format_range, plural
from layers.report import Cell, Column, Figure, Table

AGES = range(5, 16)
"""Ages of the base: 5 to 15."""


def age_at(born: date, day: date) -> int:
    """Return the age in whole years on a day of a child of whom the month of birth is known."""
    return day.year - born.year - (day.month < born.month)


def by_age(cases: Iterable[Involvement]) -> Counter[int]:
    """Return age at the start -> cases, of those of the base's ages whose month of birth is known."""
    ages = (age_at(case.born, case.start) for case in cases if case.born)
    return Counter(age for age in ages if age in AGES)


def standardised_table(store: Store, facts: Facts, scheme: str = "locality") -> Table:
    """Return the new cases of the year by locality, and how many there would be at the county's rates by age.

    Parameters
    ----------
    store : Store
        The snapshot's populations.
    facts : Facts
        The year.
    scheme : str, optional
        The areas of the facts' cases.

    Returns
    -------
    Table
        Without rows where no month of birth is recorded, with a note that says so.
    """
    columns = (
        Column("area", store.profile.scheme(scheme).one.capitalize(), numeric=False),
        Column("code", "Code", numeric=False, hidden=True),
        Column("observed", "New cases, ages 5\u201315"),
        Column("expected", "Expected"),
        Column("ratio", "Ratio, county = 100"),
        Column("interval", "95% interval", numeric=False),
        Column("lower", "Lower limit", hidden=True),
        Column("upper", "Upper limit", hidden=True),
    )
    new = [case for case in started_in(facts.cases, facts.year.period) if case.area not in EXTRA_AREAS]
    county = by_age(new)
    title = f"New cases by {scheme}, standardised for age"
    if not county.total():
        return Table("standardised", title, columns, (), notes=(_why_none(facts, new),))
    day = facts.year.period.last_day
    residents = {age: store.residents((age, age), day) for age in AGES}
    people = {age: sum(found.persons[scheme].values()) for age, found in residents.items()}
    rows = []
    for code, name in store.areas.names[scheme].items():
        own = {age: found.persons[scheme].get(code, 0.0) for age, found in residents.items()}
        observed = by_age(case for case in new if case.area == code).total()
        rows.append(_row(code, name, observed, expected(county, people, own)))
    left_out = len(new) - county.total()
    notes = [
        "Expected: each locality's residents of every age from 5 to 15 at the county's rate for that age. 100 is as "
        "expected; a ratio is clearly different only when its interval leaves 100 out.",
    ]
    if left_out:
        notes.append(f"Left out, of another age or without a month of birth: {plural(left_out, 'new case')}.")
    notes += [f"On a {word}." for word in population_basis(residents[AGES[0]], scheme)]
    return Table("standardised", title, columns, tuple(rows), notes=tuple(notes))


def _why_none(facts: Facts, in_county: list[Involvement]) -> str:
    if not started_in(facts.cases, facts.year.period):
        return "No new cases."
    if not in_county:
        return "None of the new cases has a known address in the county."
    if any(case.born for case in in_county):
        return "None of the new cases of the county is known to be of a child aged 5 to 15."
    return "No month of birth is recorded for the new cases, so ages cannot be compared."


def _row(code: str, name: str, observed: int, at_county_rates: float) -> dict[str, Cell]:
    found = standardised_ratio(observed, at_county_rates)
    return {
        "area": name,
        "code": code,
        "observed": observed,
        "expected": Figure(at_county_rates, 1),
        "ratio": Figure(found.value, 0) if found else None,
        "interval": format_range(found.lower, found.upper, 0) if found else "",
        "lower": Figure(found.lower, 0) if found else None,
        "upper": Figure(found.upper, 0) if found else None,
    }
