"""``locality-atlas timeliness``: how soon early help comes, by locality."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from geodata.durable import write_durably
from geodata.errors import UsageError
from geodata.snapshot import Workspace
from geodata.store import Store
from layers.report_files import as_csv, as_json, as_text


def add_timeliness(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], parents: list[argparse.ArgumentParser]
) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "timeliness",
        parents=parents,
        help="print how soon early help comes, by locality",
        description="Prints by locality how many families had a decision, a first contact and support in time after "
        "their referral, how many were referred again after their help had ended, and how many ended with the outcome "
        "achieved. For officers: some numbers are small.",
    )
    parser.add_argument("--year", metavar="YEAR", help="of the referrals, such as 2024/25; by default the latest 12 "
                        "whole months")  # fmt: skip
    parser.add_argument("--format", choices=("text", "json", "csv", "xlsx"), default="text")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write to this file instead of printing")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the report.

    Raises
    ------
    UsageError
        For a year that the records do not tell of, where no early help is loaded, or where a workbook would be printed
        on a terminal.
    """
    # The server shares the command line, and needs none of this to start.
    from layers.family_centres.timeliness_report import timeliness_report  # noqa: PLC0415
    from layers.report_workbook import as_workbook  # noqa: PLC0415

    if args.format == "xlsx" and args.out is None and sys.stdout.isatty():
        raise UsageError("A workbook cannot be printed here. Name a file: --out timeliness.xlsx")
    report = timeliness_report(Store(Workspace(args.workspace).current(), ahead=False), args.year)
    if args.format == "xlsx":
        return _give(as_workbook(report), args.out)
    if args.format == "json":
        text = json.dumps(as_json(report), indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    elif args.format == "csv":
        text = as_csv(report).replace("\r\n", "\n")  # a stream has line ends of its own
    else:
        text = "\n".join(as_text(report)) + "\n"
    if args.out is None:
        sys.stdout.write(text)
        return 0
    return _give(text.encode("utf-8-sig" if args.format == "csv" else "utf-8"), args.out)


def _give(content: bytes, target: Path | None) -> int:
    if target is None:
        sys.stdout.buffer.write(content)
    else:
        write_durably(target, content)
    return 0
