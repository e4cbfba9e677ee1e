"""``locality-atlas cme-report``: the committee report on children missing education."""

from __future__ import annotations

import argparse
import gc
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geodata.durable import write_durably
from geodata.errors import UsageError
from geodata.snapshot import Workspace
from geodata.store import Store
from layers.cme.place_tables import SCHEMES
from layers.cme.report import cme_report, differences
from layers.report import Report
from layers.report_files import as_csv, as_json, as_text
from layers.report_workbook import as_workbook


def add_cme_report(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], parents: list[argparse.ArgumentParser]
) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "cme-report",
        parents=parents,
        help="print the committee report on children missing education",
        description="Prints every table of the report on one committee year (1 September to 31 July), the printed "
        "figures of the council's papers beside the recomputed ones, with a mark where they differ.",
    )
    parser.add_argument("--year", default="", metavar="YEAR", help="such as 2021/22; the newest by default")
    parser.add_argument("--format", choices=("text", "json", "csv", "xlsx"), default="text")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write to this file instead of printing")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the report.

    Raises
    ------
    UsageError
        If there is no such year, or a workbook would be printed on a terminal.
    """
    with _uncollected():
        report = cme_report(Store(Workspace(args.workspace).current(), ahead=False, schemes=SCHEMES), args.year)
    if args.format == "xlsx":
        return _give_workbook(report, args.out)
    if args.format == "json":
        text = json.dumps(as_json(report), indent=1, ensure_ascii=False) + "\n"
    elif args.format == "csv":
        text = as_csv(report).replace("\r\n", "\n")  # a stream has line ends of its own
    else:
        text = "\n".join([*as_text(report), "", _closing_line(report)]) + "\n"
    if args.out:
        write_durably(args.out, text.encode("utf-8-sig" if args.format == "csv" else "utf-8"))
    else:
        sys.stdout.write(text)
    return 0


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no garbage: hundreds of thousands of small records are made and kept, and a search goes through all."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _give_workbook(report: Report, target: Path | None) -> int:
    if target is None and sys.stdout.isatty():
        raise UsageError("A workbook cannot be printed here. Name a file: --out report.xlsx")
    book = as_workbook(report)
    if target:
        write_durably(target, book)
    else:
        sys.stdout.buffer.write(book)
    return 0


def _closing_line(report: Report) -> str:
    apart = differences(report)
    if not any(row.get("mark") for table in report.tables for row in table.rows):
        return "No recomputed figure could be held against a printed one."
    if not apart:
        return "Every recomputed figure that is printed agrees with the print."
    listed = "; ".join(f"{table.title}: {name}" for table, name in apart)
    return f"Differs from the print: {listed}."
