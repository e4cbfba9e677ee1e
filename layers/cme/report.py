"""The committee report on children missing education: one year, every table in the order of the papers."""

from __future__ import annotations

from geodata.store import Store
from layers.basis import records_basis
from layers.cme.children_tables import attribute_tables, crossing_tables
from layers.cme.closure_table import closures_table
from layers.cme.facts import Facts
from layers.cme.involvements import DATASET, active_in, involvements
from layers.cme.place_tables import SCHEME, area_tables, duration_table, paces
from layers.cme.printed_marks import DIFFERS, clashes, comparable
from layers.cme.quality import quality_table
from layers.cme.standardised import standardised_table
from layers.cme.year_tables import annual_table, children_table, months_table, stock_table
from layers.cme.years import ReportYear, earlier_key, find_year, printed_of, report_years
from layers.kept import per_store
from layers.report import Report, Table

NOT_ON_THE_RECORDS = "The records do not speak of this year; every figure is shown as printed."


def facts_of(store: Store, key: str = "") -> Facts:
    """Return what the tables of a year are made from.

    Raises
    ------
    UsageError
        If there is no such year, with the valid keys.
    """
    year = find_year(store, key)
    earlier = next((one for one in report_years(store) if one.key == earlier_key(year.key)), None)
    before = earlier if earlier and earlier.counted else None
    # What ended before the year before is in no table.
    cases = involvements(store, SCHEME, (before or year).period.start) if year.counted else ()
    return Facts(
        year=year,
        cases=tuple(active_in(cases, year.period)),
        before=tuple(active_in(cases, before.period)) if before else (),
        earlier=earlier,
        printed=comparable(printed_of(store), year),
        reasons=store.profile.closures,
    )


@per_store
def cme_report(store: Store, key: str = "") -> Report:
    """Return the report on one committee year.

    Parameters
    ----------
    store : Store
        The snapshot's figures.
    key : str, optional
        Such as "2021/22"; by default the newest year that the records speak of.

    Raises
    ------
    UsageError
        If there is no such year, with the valid keys.
    """
    facts = facts_of(store, key)
    year, part = facts.year, store.part(DATASET)
    printed_year = facts.printed.years.get(year.key)
    tables = [annual_table(facts), stock_table(facts), months_table(facts), closures_table(facts)]
    if year.counted:
        tables += [children_table(facts), *attribute_tables(facts), *crossing_tables(facts)]
        tables += [duration_table(paces(store, facts)), *area_tables(store, facts), standardised_table(store, facts)]
        tables.append(quality_table(part))
    about = {"dates": year.period.dates, "snapshot": store.snapshot.id, "audience": "officer"}
    about |= {"records": part.source_name} if part and year.counted else {}
    about |= {"printed": printed_year.source} if printed_year else {}
    return Report(
        key="cme",
        title="Children missing education",
        period=year.key,
        when=year.period.label,
        council=store.profile.title,
        about=about,
        basis=records_basis(store, DATASET) if year.counted else ("printed",),
        tables=tuple(tables),
        notes=_notes(facts, year),
    )


def _notes(facts: Facts, year: ReportYear) -> tuple[str, ...]:
    notes = [] if year.counted else [NOT_ON_THE_RECORDS]
    return (*notes, *([year.doubt] if year.doubt else []), *clashes(facts.printed, year.key))


def differences(report: Report) -> list[tuple[Table, str]]:
    """Return the table and the name of each row whose recomputed figure is not the printed one."""
    return [
        (table, str(row[table.columns[0].key]))
        for table in report.tables
        for row in table.rows
        if str(row.get("mark", "")).startswith(DIFFERS)
    ]
