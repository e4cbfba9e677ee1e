"""What a page shows of a first look at a file, and of the report of an import."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from callbacks.import_words import page_words
from geodata.areas import EXTRA_AREAS
from geodata.contracts import CONTRACTS, Contract
from geodata.periods import words
from geodata.snapshot import flagged_beside

SHOWN_ROWS = 50
"""Rows set aside, and rows to look at, that the page lists; the file to download has all."""

SHOWN_REASONS = 40

BASIS_WORDS = {
    "real": "real",
    "synthetic": "synthetic: the people are made up",
    "modelled": "modelled: computed from other figures",
    "illustrative": "illustrative: made up as an example",
}

POSTCODE_WORDS = {
    "in_county": "in the county",
    "outside": "outside the county",
    "blank": "blank",
    "malformed": "malformed",
    "not_found": "do not exist",
    "withheld": "withheld, because the address is protected",
}
"""Outcome of the postcode match -> words; together they are all accepted rows."""

CHANGES = {"new": "new", "gone": "gone", "altered": "altered", "alike": "unchanged"}


def column_title(dataset: str, key: str) -> str:
    """Return a column's title; of several the titles with "and"."""
    titles = {column.key: column.title for column in CONTRACTS[dataset].columns} if dataset in CONTRACTS else {}
    return titles.get(key, key)


def percent(part: int, whole: int) -> str:
    """Return a share as people read it: never 100 % where one is missing, never 0 % where there is one."""
    if not whole:
        return ""
    shown = f"{100 * part / whole:.1f}".removesuffix(".0")
    if shown == "100" and part < whole:
        return "99.9+%"
    return "under 0.1%" if shown == "0" and part else f"{shown}%"


def match_rows(rates: Mapping[str, Mapping[str, int]] | None, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the postcode match by area: name, rows matched and not, and the share, for those with any row.

    Parameters
    ----------
    rates : mapping
        Of `geodata.manifest.Part.match_rates`.
    names : mapping of str to str
        Area code -> name.
    """
    known = {**names, **EXTRA_AREAS}
    found = []
    for code, counts in (rates or {}).items():
        matched, unmatched = counts.get("matched", 0), counts.get("unmatched", 0)
        if total := matched + unmatched:
            share = {"share": round(matched / total, 4), "percent": percent(matched, total)}
            found.append({"name": known.get(code, code), "matched": matched, "unmatched": unmatched} | share)
    return found


def report_view(report: Mapping[str, Any], names: Mapping[str, str], quarantine: Path | None = None) -> dict[str, Any]:
    """Return what the page shows of the report of an import.

    Parameters
    ----------
    report : mapping
        As `geodata.import_report.ImportReport.to_dict` gives it.
    names : mapping of str to str
        Names of the areas that the match rate is told by.
    quarantine : pathlib.Path, optional
        The list of rows set aside, where there is one; that of the rows to look at is beside it.

    Returns
    -------
    dict
        JSON's types; ``accepted`` + ``set_aside`` = ``rows_read``.
    """
    dataset = report["dataset"]
    wanted = CONTRACTS.get(dataset)
    reasons = [_reason(dataset, item) for item in report.get("reasons") or ()]
    rates = match_rows(report.get("match_rates"), names)
    matched, rows = sum(one["matched"] for one in rates), sum(one["matched"] + one["unmatched"] for one in rates)
    return {
        "dataset": dataset,
        "title": wanted.title if wanted else dataset,
        "source": report["source_name"],
        "part": report["part_id"],
        "rows_read": report["rows_read"],
        "accepted": report["accepted"],
        "set_aside": report["quarantined"],
        "accepted_percent": percent(report["accepted"], report["rows_read"]),
        "facts": list(_facts(report)),
        "reasons": reasons[:SHOWN_REASONS],
        "more_reasons": max(0, len(reasons) - SHOWN_REASONS),
        "quarantine": f"data/quarantine/{report['part_id']}.csv" if quarantine and quarantine.is_file() else "",
        "rows": listed_rows(dataset, quarantine) if quarantine and quarantine.is_file() else [],
        **_flagged(report, flagged_beside(quarantine) if quarantine else None),
        "postcodes": _postcodes(report.get("geocoding")),
        "match": rates,
        "match_percent": percent(matched, rows),
        "changes": _changes(report.get("changes")),
        "compared": "" if report.get("changes") else _why_not_compared(wanted),
        "columns": _columns(wanted, report),
        "lacks": [column_title(dataset, key) for key in report.get("missing") or ()],
        "dropped_names": list(report.get("dropped_names") or ()),
        "dropped_other": list(report.get("dropped_other") or ()),
        "warnings": [page_words(text) for text in report.get("warnings") or ()],
        "took_in": bool(report.get("snapshot_id")),
    }


def _reason(dataset: str, item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "column": column_title(dataset, item["column"]) if item["column"] else "the whole row",
        "reason": page_words(str(item["reason"])),
        "rows": item["rows"],
    }


def _flagged(report: Mapping[str, Any], file: Path | None) -> dict[str, Any]:
    """Return what is said of rows that were accepted but are doubtful."""
    dataset, there = report["dataset"], file is not None and file.is_file()
    return {
        "flagged": [_reason(dataset, item) for item in report.get("flagged") or ()],
        "flagged_rows": report.get("flagged_rows") or 0,
        "flagged_list": f"data/flagged/{report['part_id']}.csv" if there else "",
        "flagged_first": listed_rows(dataset, file) if file and there else [],
    }


def _facts(report: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    def day(key: str) -> str:
        return words(date.fromisoformat(report[key])) if report.get(key) else ""

    yield "Kind of figures", BASIS_WORDS.get(report["basis"], report["basis"])
    if at := day("reference_date"):
        yield "Counts at", at
    if first := day("covers_from"):
        said = "as you said" if report.get("coverage_stated") else "taken from the dates in the file; please check"
        yield "Complete", f"from {first} to {day('covers_to')} ({said})"
    for key, title in (("edition", "Edition"), ("scheme", "Areas"), ("vintage", "Codes of the year")):
        if told := (report.get("about") or {}).get(key):
            yield title, str(told)
    if report.get("sheet"):
        yield "Sheet", report["sheet"]
    yield "Fingerprint of the file", f"SHA-256 {report['sha256'][:12]}"


def _postcodes(counts: Mapping[str, int] | None) -> list[dict[str, Any]]:
    if not counts:
        return []
    found = [{"words": said, "rows": counts[key]} for key, said in POSTCODE_WORDS.items() if counts.get(key)]
    more = {"ended": "of those in the county, ended by Royal Mail",
            "by_point": "of those in the county, newer than the official look-up: placed by position"}  # fmt: skip
    return found + [{"words": said, "rows": counts[key]} for key, said in more.items() if counts.get(key)]


def _changes(counts: Mapping[str, int] | None) -> list[dict[str, Any]]:
    return [{"words": CHANGES[key], "rows": counts[key]} for key in CHANGES if key in counts] if counts else []


def _why_not_compared(wanted: Contract | None) -> str:
    if wanted and not wanted.unique:
        return "The rows of this dataset are not compared with those before."
    return "There is no earlier file that this one takes the place of."


def _columns(wanted: Contract | None, report: Mapping[str, Any]) -> list[dict[str, Any]]:
    guessed = report.get("guessed") or ()
    dataset = wanted.key if wanted else ""
    return [
        {"title": column_title(dataset, key), "heading": heading, "guessed": key in guessed}
        for key, heading in (report.get("mapping") or {}).items()
    ]


def listed_rows(dataset: str, file: Path) -> list[dict[str, str]]:
    """Return the first rows of a list of those set aside, or to look at: number, column, masked value and reason."""
    found = []
    with file.open(encoding="utf-8-sig", newline="") as text:
        for row in csv.DictReader(text):
            reason = page_words(row["reason"])
            found.append({"row": row["row"], "column": column_title(dataset, row["column"]), "value": row["value"],
                          "reason": reason})  # fmt: skip
            if len(found) == SHOWN_ROWS:
                break
    return found


def preview_view(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the page shows of a first look.

    Parameters
    ----------
    found : mapping
        The fields of `geodata.preview.Preview`.
    """
    dataset, mapping, fixed = found["dataset"], found["mapping"] or {}, found["fixed"] or {}
    columns = []
    if dataset and found["headings"]:
        for column in CONTRACTS[dataset].columns:
            columns.append(
                {
                    "key": column.key,
                    "title": column.title,
                    "description": column.description,
                    "required": column.required,
                    "heading": mapping.get(column.key, ""),
                    "fixed": fixed.get(column.key, ""),
                    "guessed": column.key in found["guessed"],
                }
            )
    notes = [page_words(note) for note in found["notes"]]
    kept = ("name", "kind", "sheet", "sheets", "dataset", "fits", "nearly", "headings", "names", "rows", "rows_in_all",
            "modules", "remembered")  # fmt: skip
    return {key: found[key] for key in kept} | {"columns": columns, "notes": notes}
