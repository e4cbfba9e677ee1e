"""How good the records behind a report are: where the children live, what was set aside or flagged, how recent."""

from __future__ import annotations

from geodata.manifest import Part
from geodata.periods import words
from layers.cme.facts import percent_of
from layers.report import Cell, Column, Table

MORE_CAN_BE_BETTER = (
    "More children found can mean better finding, not more children missing education: read a rise beside how many "
    "cases are new and how soon they close."
)

PLACES = {
    "in_county": "Postcode found in the county",
    "outside": "Outside the county",
    "unknown": "Address unknown: blank, malformed or not found",
    "withheld": "Address withheld: protected, never looked up",
}
"""Key -> words of where the records are."""


def places_of(part: Part) -> dict[str, int]:
    """Return the records of a part by the outcome of their postcode: the keys of `PLACES`, which add up to all."""
    found = part.geocoding
    unknown = sum(found.get(key, 0) for key in ("blank", "malformed", "not_found"))
    return {
        "in_county": found.get("in_county", 0),
        "outside": found.get("outside", 0),
        "unknown": unknown,
        "withheld": found.get("withheld", 0),
    }


def quality_table(part: Part | None) -> Table:
    """Return what is known of the quality of the extract.

    Parameters
    ----------
    part : Part or None
        The part in force; None gives a table without rows.
    """
    columns = (
        Column("check", "Check", numeric=False),
        Column("records", "Records"),
        Column("share", "Share"),
        Column("note", "Note", numeric=False),
    )
    if part is None:
        return Table("quality", "Quality of the records", columns, ())
    read, accepted = part.rows_read, part.accepted
    rows: list[dict[str, Cell]] = [_row("Rows in the file", read, None)]
    rows.append(_row("Taken in", accepted, read))
    rows.append(_row("Set aside with a reason", part.quarantined, read))
    places = places_of(part)
    total = sum(places.values())
    rows += [_row(words_of, places[key], total) for key, words_of in PLACES.items()] if total else []
    rows += [_row("Taken in, but doubtful", count, accepted, reason) for reason, count in part.flags.items()]
    if part.covers_from and part.covers_to:
        span = f"from {words(part.covers_from)} to {words(part.covers_to)}"
        rows.append(_row("Taken to be complete", None, None, span))
    rows.append(_row("Imported", None, None, words(part.imported_at.astimezone().date())))
    return Table("quality", "Quality of the records", columns, tuple(rows), notes=(MORE_CAN_BE_BETTER,))


def _row(check: str, records: int | None, whole: int | None, note: str = "") -> dict[str, Cell]:
    share = percent_of(records, whole) if records is not None and whole else None
    return {"check": check, "records": records, "share": share, "note": note}
