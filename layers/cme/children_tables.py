"""The tables of who the children are: year group, social care, SEN status, and two of them crossed."""

from __future__ import annotations

from geodata.periods import words
from layers.cme.attributes import ATTRIBUTES, CROSSINGS, NOT_RECORDED, Attribute, count_by, count_crossed
from layers.cme.facts import TOTAL, Facts, percent_of
from layers.cme.involvements import active_in, open_on, started_in
from layers.cme.printed_marks import mark
from layers.report import Cell, Column, Figure, Table, show

ALWAYS = frozenset(map(str, range(12)))
"""Year groups of school age: their rows stay where nobody is in them."""


def attribute_tables(facts: Facts) -> list[Table]:
    """Return the tables by year group, social care and SEN status: open at the end, new, and all of the year."""
    return [_attribute_table(facts, attribute) for attribute in ATTRIBUTES]


def _attribute_table(facts: Facts, attribute: Attribute) -> Table:
    columns = (
        Column("value", attribute.title, numeric=False),
        Column("code", "Code", numeric=False, hidden=True),
        Column("open", f"Open on {words(facts.last_day)}"),
        Column("open_share", "Share of the open"),
        Column("open_share_printed", "Share, printed"),
        Column("mark", "Printed figure", numeric=False),
        Column("new", "New in the year"),
        Column("all", "All of the year"),
    )
    title = f"By {attribute.title if attribute.title.startswith('SEN') else attribute.title.lower()}"
    if not facts.year.counted:
        return Table(f"by_{attribute.key}", title, columns, ())
    period = facts.year.period
    listed = (open_on(facts.cases, facts.last_day), started_in(facts.cases, period), active_in(facts.cases, period))
    counts = [count_by(cases, attribute) for cases in listed]
    printed = facts.printed.shares.get(facts.last_day, {})
    rows: list[dict[str, Cell]] = []
    for code, title_of_value in attribute.values.items():
        found = [one[code] for one in counts]
        if not any(found) and (code == NOT_RECORDED or (attribute.key == "year_group" and code not in ALWAYS)):
            continue
        said = printed.get((attribute.key, code))
        share = percent_of(found[0], len(listed[0]))
        rows.append(_row(title_of_value, code, found, share, None if said is None else Figure(said, 0, "%")))
    totals = [len(cases) for cases in listed]
    rows.append(_row(TOTAL, "", totals, percent_of(totals[0], totals[0]), None))
    sentence = _sentence(attribute, counts[0], totals[0])
    return Table(f"by_{attribute.key}", title, columns, tuple(rows), sentence, strong=frozenset({TOTAL}))


def _row(title: str, code: str, counts: list[int], share: Figure | None, printed: Figure | None) -> dict[str, Cell]:
    # The papers print these shares without decimals.
    rounded = None if share is None else Figure(share.value, 0, "%")
    return {
        "value": title,
        "code": code,
        "open": counts[0],
        "open_share": share,
        "open_share_printed": printed,
        "mark": mark(("", rounded, printed)),
        "new": counts[1],
        "all": counts[2],
    }


def _sentence(attribute: Attribute, counts: dict[str, int], total: int) -> str:
    known = {code: count for code, count in counts.items() if code != NOT_RECORDED}
    if not total:
        return "No involvement was open."
    if not any(known.values()):
        return f"{attribute.title} is not recorded for any of the involvements open then: {total:,}."
    most = max(known.values())
    names = [attribute.values[code] for code, count in known.items() if count == most]
    missing = f" It is not recorded for {counts[NOT_RECORDED]:,}." if counts[NOT_RECORDED] else ""
    share = show(percent_of(most, total))
    if len(names) > 1:
        return f"Of the {total:,} open, {most:,} each ({share}): {', '.join(names[:-1])} and {names[-1]}.{missing}"
    if total == 1:
        return f"The one that was open: {names[0]}."
    if most == total:
        return f"All {total:,} that were open: {names[0]}."
    return f"Of the {total:,} open, most are: {names[0]}, {most:,} ({share}).{missing}"


def crossing_tables(facts: Facts) -> list[Table]:
    """Return the crossings of the involvements open at the year's end, with totals both ways."""
    return [_crossing(facts, rows, columns) for rows, columns in CROSSINGS]


def _crossing(facts: Facts, down: Attribute, across: Attribute) -> Table:
    title = f"{down.title} by {across.title if across.title.startswith('SEN') else across.title.lower()}"
    key = f"{down.key}_by_{across.key}"
    cases = open_on(facts.cases, facts.last_day) if facts.year.counted else []
    counts, by_row, by_column = count_crossed(cases, down, across), count_by(cases, down), count_by(cases, across)
    kept = [code for code in across.values if code != NOT_RECORDED or by_column[code]]
    columns = (
        Column("value", down.title, numeric=False),
        *(Column(code or "not_recorded", across.values[code]) for code in kept),
        Column("total", TOTAL),
    )
    if not facts.year.counted:
        return Table(key, title, columns, ())
    rows: list[dict[str, Cell]] = [
        {"value": words_of, **{one or "not_recorded": counts[code, one] for one in kept}, "total": by_row[code]}
        for code, words_of in down.values.items()
        if code != NOT_RECORDED or by_row[code]
    ]
    rows.append({"value": TOTAL, **{one or "not_recorded": by_column[one] for one in kept}, "total": len(cases)})
    sentence = f"The involvements open on {words(facts.last_day)}."
    return Table(key, title, columns, tuple(rows), sentence, strong=frozenset({TOTAL}))
