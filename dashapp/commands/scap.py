"""``locality-atlas scap``: the specialist part of the School Capacity return, and earlier returns scored."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.durable import write_durably
from geodata.errors import UsageError
from geodata.snapshot import Workspace
from geodata.store import Store

if TYPE_CHECKING:
    from layers.report import Report


def add_scap(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], parents: list[argparse.ArgumentParser]
) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "scap",
        parents=parents,
        help="make the specialist part of the School Capacity return",
        description="Makes the forecast of resident pupils with EHC plans who need specialist places and the "
        "specialist capacity by school, in the columns of the profile's dated table; or, with --score, holds an "
        "earlier return against what the records count now. The return of year Y starts with the school year Y/Y+1.",
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--year", type=int, metavar="Y", help="year of the return")
    what.add_argument("--score", type=Path, metavar="FILE", help="an earlier return, as CSV")
    parser.add_argument(
        "--return-year", type=int, metavar="Y", help="year of the return in FILE, where no column of it says so"
    )
    parser.add_argument(
        "--format", choices=("csv", "xlsx", "json", "text"), help="csv by default; text with --score, or json"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="write to this file instead of printing")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print or write the return, or the scores.

    Raises
    ------
    UsageError
        For a year that cannot be served, a form that does not fit, or a workbook that would be printed on a terminal.
    InputError
        If the earlier return cannot be read.
    """
    # NumPy: only this command needs it, and the server shares the command line.
    from layers.sufficiency.scap import scap_report  # noqa: PLC0415
    from layers.sufficiency.scap_scores import score_report  # noqa: PLC0415

    if args.score is None and args.return_year is not None:
        raise UsageError("--return-year goes with --score FILE; for a return to be made use --year.")
    if args.score and args.format in ("csv", "xlsx"):
        raise UsageError("Scores come as --format text or json.")
    store = Store(Workspace(args.workspace).current(), ahead=False, schemes=("locality",))
    if args.score:
        _give(score_report(store, args.score, args.return_year), args.format or "text", args.out)
    else:
        _give(scap_report(store, args.year), args.format or "csv", args.out)
    return 0


def _give(report: Report, form: str, target: Path | None) -> None:
    from layers.report_files import as_json, as_text  # noqa: PLC0415 - beside the two above
    from layers.report_workbook import as_workbook  # noqa: PLC0415
    from layers.sufficiency.scap import as_return_csv  # noqa: PLC0415

    if form == "xlsx":
        if target is None and sys.stdout.isatty():
            raise UsageError("A workbook cannot be printed here. Name a file: --out return.xlsx")
        book = as_workbook(report)
        if target:
            write_durably(target, book)
        else:
            sys.stdout.buffer.write(book)
        return
    if form == "json":
        text = json.dumps(as_json(report), indent=1, ensure_ascii=False) + "\n"
    elif form == "csv":
        text = as_return_csv(report).replace("\r\n", "\n")  # a stream has line ends of its own
        for note in report.notes:
            print(f"* {note}", file=sys.stderr)
    else:
        text = "\n".join(as_text(report)) + "\n"
    if target:
        write_durably(target, text.encode("utf-8-sig" if form == "csv" else "utf-8"))
    else:
        sys.stdout.write(text)
