"""``locality-atlas reach``: how many children have a family centre near enough, by locality."""

from __future__ import annotations

import argparse
import json
import sys

from geodata.snapshot import Workspace
from geodata.store import Store
from layers.report_files import as_csv, as_json, as_text


def add_reach(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], parents: list[argparse.ArgumentParser]
) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "reach",
        parents=parents,
        help="print how many children have an open family centre within 10, 20 and 30 minutes",
        description="Prints the children within 10, 20 and 30 minutes of the nearest family centre that is open on the "
        "day of the list, by locality; the opening days that fall to them; and the children with an EHC plan who have "
        "a commissioned place for their need and phase near enough. For officers: some numbers are small.",
    )
    parser.add_argument("--mode", metavar="MODE", help="walk, bus or car; that of the council's settings by default")
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the report.

    Raises
    ------
    UsageError
        For an unknown mode, with the valid ones, or where no open centre is loaded.
    """
    # NumPy: only this command needs it, and the server shares the command line.
    from layers.family_centres.reach_report import reach_report  # noqa: PLC0415

    report = reach_report(Store(Workspace(args.workspace).current(), ahead=False), args.mode)
    if args.format == "json":
        sys.stdout.write(json.dumps(as_json(report), indent=1, ensure_ascii=False, allow_nan=False) + "\n")
    elif args.format == "csv":
        sys.stdout.write(as_csv(report).replace("\r\n", "\n"))  # a stream has line ends of its own
    else:
        sys.stdout.write("\n".join(as_text(report)) + "\n")
    return 0
