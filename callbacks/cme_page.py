"""The page on children missing education: one year's report with its headline, quality, map and charts."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from callbacks.cme_charts import charts_view
from callbacks.cme_headline import SIGNS, cards
from callbacks.cme_map import heat_map
from callbacks.cme_state import CmeState
from callbacks.cme_tables import localities_view, table_view
from callbacks.figures import Answer, Figures
from geodata.periods import words
from geodata.store import Store
from layers.cme.facts import percent_of
from layers.cme.involvements import DATASET
from layers.cme.quality import MORE_CAN_BE_BETTER, PLACES, places_of
from layers.cme.report import NOT_ON_THE_RECORDS, cme_report, differences
from layers.cme.years import ReportYear, earlier_key, find_year, report_years
from layers.format import plural
from layers.report import Report, show

REPORT_FILES = {"xlsx": "Download workbook (XLSX)", "csv": "CSV"}
"""What can be taken away, with the words of its button."""


FROM_RECORDS = ("quality", "who", "localities", "duration")
"""Sections that a year with printed figures alone does not have."""


def cme_page(figures: Figures, state: CmeState) -> Answer:
    """Return everything that the page shows of one state, in JSON's types.

    Parameters
    ----------
    figures : Figures
        Of the snapshot in force.
    state : CmeState
        From `read_cme_state`.
    """
    return figures.answer(_year_view, state.year) | {
        "state": {"year": state.year, "measure": state.measure, "areas": state.areas, "smooth": state.smooth},
        "where": figures.answer(_heat_map, state),
    }


def _year_view(figures: Figures, key: Any) -> Answer:
    """Return what is the same whatever the map shows."""
    store = figures.store
    report, year = cme_report(store, key), find_year(store, key)
    earlier = next((one for one in report_years(store) if one.key == earlier_key(year.key)), None)
    tables = {table.key: table_view(table) for table in report.tables}
    return {
        "years": years_view(store, year.key),
        "title": report.title,
        "when": report.when,
        "council": report.council,
        "counted": year.counted,
        "tags": list(report.basis),
        "lead": tables["annual"]["sentence"],
        "lead_note": NOT_ON_THE_RECORDS,
        "doubt": year.doubt,
        "cards": cards(report, year, earlier),
        "signs": SIGNS,
        "sections": _sections(year),
        "agreement": _agreement(report, year),
        "notes": list(report.notes),
        "quality": _quality(store) if year.counted else None,
        "more": MORE_CAN_BE_BETTER,
        "tables": tables,
        "localities": localities_view(report),
        "charts": charts_view(figures, report, counted=year.counted),
        "sources": _sources(report),
        "snapshot": store.snapshot.id,
        "files": [[kind, title, _file(kind, year.key, store.snapshot.id)] for kind, title in REPORT_FILES.items()],
    }


def _sections(year: ReportYear) -> list[tuple[str, str]]:
    """Return what the page holds: the anchor and the words of each section."""
    found = [("now", "The headline"), ("quality", "How good the records are"), ("year-section", "Month by month"),
             ("closures", "How cases ended"), ("who", "Who they are"), ("where", "Where they live"),
             ("localities", "The localities"), ("duration", "How long a case lasts"),
             ("printed", "Printed and recomputed")]  # fmt: skip
    return [one for one in found if year.counted or one[0] not in FROM_RECORDS]


def _heat_map(figures: Figures, state: Any) -> Answer:
    return heat_map(figures, state)


def years_view(store: Store, chosen: str = "") -> list[Answer]:
    """Return the years to choose from, newest first; one that only the papers speak of says so."""
    return [
        {
            "key": year.key,
            "words": year.period.label if year.counted else f"{year.period.label} (printed only)",
            "chosen": year.key == chosen,
        }
        for year in reversed(report_years(store))
    ]


def _file(kind: str, year: str, snapshot: str) -> str:
    return f"cme/report.{kind}?{urlencode({'year': year, 'snapshot': snapshot}, safe='/')}"


def _agreement(report: Report, year: ReportYear) -> Answer:
    """Return whether the recomputed figures are the printed ones, in words, and each that is not."""
    if year.period.partial:
        return {"same": None, "words": "The year still runs, so it is not compared with what was printed.", "rows": []}
    compared = sum(bool(row.get("mark")) for table in report.tables for row in table.rows)
    apart = [{"table": table.title, "row": row} for table, row in differences(report)]
    if not compared:
        return {"same": None, "words": "There is nothing to compare: no figure is both printed and recomputed.",
                "rows": []}  # fmt: skip
    if not apart:
        return {"same": True, "words": "Every figure agrees with the printed report.", "rows": []}
    said = f"{plural(len(apart), 'row differs', 'rows differ')} from the printed report."
    return {"same": False, "words": said, "rows": apart}


def _quality(store: Store) -> Answer | None:
    """Return how good the records are, as tiles and lines."""
    part = store.part(DATASET)
    if part is None:
        return None
    places, accepted = places_of(part), part.accepted
    total = sum(places.values())
    tiles = [[show(percent_of(places[key], total)), words_of, places[key]]
             for key, words_of in PLACES.items() if total]  # fmt: skip
    covers = f"from {words(part.covers_from)} to {words(part.covers_to)}" if part.covers_from and part.covers_to else ""
    return {
        "tiles": tiles,
        "doubts": [[reason, count] for reason, count in part.flags.items()],
        "accepted": f"{accepted:,} of {plural(part.rows_read, 'row')} taken in",
        "set_aside": part.quarantined,
        "covers": covers,
        "imported": words(part.imported_at.astimezone().date()),
        "source": part.source_name,
    }


def _sources(report: Report) -> list[list[str]]:
    named = {"records": "Records", "printed": "Printed figures", "dates": "Days"}
    return [[title, report.about[key]] for key, title in named.items() if report.about.get(key)]
