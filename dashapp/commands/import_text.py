"""What ``import`` and ``snapshots`` say to a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from geodata.import_report import ImportReport
from geodata.manifest import Manifest
from geodata.snapshot import Snapshot

TOP_REASONS = 8

OUTCOMES = {
    "in_county": "in the county",
    "outside": "outside the county",
    "blank": "blank",
    "malformed": "malformed",
    "not_found": "do not exist",
    "withheld": "withheld (protected)",
}
"""Outcome of the postcode match -> words; together they are all accepted rows."""


def report_lines(report: ImportReport) -> list[str]:
    """Return the report of an accepted file as lines for a person."""
    basis = "" if report.basis == "real" else f", {report.basis}"
    read = _rows(report.rows_read)
    lines = [
        f"{report.dataset} from {report.source_name}{basis}: {report.accepted:,} of {read} accepted, "
        f"{report.quarantined:,} set aside, in {report.seconds:.1f} s.",
        f"  Snapshot {report.snapshot_id}" if report.snapshot_id else "  Only checked: nothing was taken in",
    ]
    if report.reference_date:
        lines.append(f"  Counts at {report.reference_date}")
    if report.sheet:
        lines.append(f"  Read from the sheet '{report.sheet}'")
    if report.covers_from:
        words = "Complete" if report.coverage_stated else "Taken to be complete (see below)"
        lines.append(f"  {words} from {report.covers_from} to {report.covers_to}")
    origin = " (as for the last file with these headings)" if report.remembered else ""
    lines.append(f"Columns{origin}:")
    lines += [f"  {key:<15} {heading}" for key, heading in (report.mapping or {}).items()]
    for title, headings in (("names, contacts, free text", report.dropped_names), ("not needed", report.dropped_other)):
        if headings:
            lines.append(f"Dropped ({title}): {', '.join(headings)}")
    lines += _postcode_lines(report)
    lines += _rate_lines(report)
    lines += _change_lines(report)
    lines += reason_lines(report)
    lines += flag_lines(report)
    if report.warnings:
        lines += ["Please look at:", *(f"  - {warning}" for warning in report.warnings)]
    return lines


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _postcode_lines(report: ImportReport) -> list[str]:
    counts = report.geocoding
    if not counts:
        return []
    lines = ["Postcodes:", *(f"  {counts[key]:>9,} {words}" for key, words in OUTCOMES.items() if counts[key])]
    for key, words in (("ended", "have been ended by Royal Mail"), ("by_point", "are newer than the official lookup")):
        if counts[key]:
            lines.append(f"  Of those in the county, {counts[key]:,} {words}.")
    return lines


def _rate_lines(report: ImportReport) -> list[str]:
    """Return the share of rows with a postcode that was found, by locality."""
    lines = []
    for area, counts in (report.match_rates or {}).items():
        if rows := sum(counts.values()):
            lines.append(f"  {area:<22} {counts['matched']:>9,} of {rows:,} ({counts['matched'] / rows:.1%})")
    return ["Postcodes found, by locality:", *lines] if lines else []


def _change_lines(report: ImportReport) -> list[str]:
    if not report.changes:
        return []
    return ["Since the file before: " + ", ".join(f"{count:,} {word}" for word, count in report.changes.items())]


def reason_lines(report: ImportReport) -> list[str]:
    """Return the reasons for which rows were set aside, most frequent first, and where each row is listed."""
    if not report.reasons:
        return []
    return ["Set aside, by reason:", *_counted(report.reasons), *_listed(report.quarantine_file)]


def flag_lines(report: ImportReport) -> list[str]:
    """Return the reasons to look at rows that were accepted, most frequent first, and where each row is listed."""
    if not report.flagged:
        return []
    title = f"Accepted, but please look at {_rows(report.flagged_rows)}, by reason:"
    return [title, *_counted(report.flagged), *_listed(report.flagged_file)]


def _counted(reasons: Sequence[Mapping[str, object]]) -> list[str]:
    lines = []
    for item in reasons[:TOP_REASONS]:
        where = f"{item['column']}: " if item["column"] else ""
        lines.append(f"  {item['rows']:>9,} {where}{item['reason']}")
    if len(reasons) > TOP_REASONS:
        lines.append(f"  and {len(reasons) - TOP_REASONS} more reasons")
    return lines


def _listed(file: Path | None) -> list[str]:
    return [f"  Each row with its reasons: {file}"] if file else []


def snapshot_lines(current: Snapshot, manifests: Sequence[Manifest]) -> list[str]:
    """Return the list of snapshots, newest first, and what the one in force holds."""
    lines = ["Snapshots, newest first (* is in force):"]
    for manifest in manifests:
        mark = "*" if manifest.id == current.id else " "
        lines.append(f"{mark} {manifest.id}  {manifest.created:%Y-%m-%d %H:%M} UTC  {manifest.action}")
    lines.append("In force:")
    for dataset in current.datasets:
        for part in current.parts(dataset):
            day = f", counts at {part.reference_date}" if part.reference_date else ""
            span = f", complete {part.covers_from} to {part.covers_to}" if part.covers_from else ""
            lines.append(f"  {dataset}: {_rows(part.accepted)} from {part.source_name}, {part.basis}{day}{span}")
    return lines
