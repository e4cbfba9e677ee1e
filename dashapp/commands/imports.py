"""``locality-atlas import`` and ``snapshots``: take a file in, list what was taken in, go back."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashapp.commands.import_text import reason_lines, report_lines, snapshot_lines
from dashapp.commands.prepare import ensure_drawing
from dashapp.commands.progress import progress
from geodata.contracts import CONTRACTS, contract
from geodata.errors import InputError
from geodata.snapshot import Snapshot, Workspace

if TYPE_CHECKING:
    from geodata.import_report import ImportReport

REFUSED = 1

Subparsers = argparse._SubParsersAction  # argparse gives its type no public name


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date; write it as 2022-07-31") from None


def add_import(
    subparsers: Subparsers[argparse.ArgumentParser], parents: Sequence[argparse.ArgumentParser] = ()
) -> None:
    """Add ``import`` to the parser.

    Parameters
    ----------
    subparsers : argparse action
        The program's commands.
    parents : sequence of argparse.ArgumentParser
        Hold the shared options ``--workspace`` and ``--format``.
    """
    parser = subparsers.add_parser(
        "import",
        parents=list(parents),
        help="check a file and take it in as a new snapshot",
        description="Check a file, set its bad rows aside, find the areas of its postcodes and take it in. "
        "Names of people are dropped before anything is read.",
    )
    parser.add_argument("dataset", metavar="DATASET", help=f"one of: {', '.join(CONTRACTS)}")
    parser.add_argument(
        "file",
        type=Path,
        nargs="+",
        metavar="FILE",
        help="CSV, XLSX or Parquet; outlines also GeoJSON; several files are the modules of a SEN2 return",
    )
    parser.add_argument("--map", type=Path, metavar="FILE", help='JSON or TOML: {"our_column": "their heading"}')
    parser.add_argument(
        "--date", type=_day, metavar="DATE", help="the day of a population (2020-06-30): of these rows, or of the file"
    )
    parser.add_argument("--covers-from", type=_day, metavar="DATE", help="first day for which the file is complete")
    parser.add_argument("--covers-to", type=_day, metavar="DATE", help="last day for which the file is complete")
    parser.add_argument("--sheet", default="", metavar="NAME", help="of a workbook; by default the first")
    parser.add_argument("--edition", default="", metavar="YEAR", help="of the indices of deprivation, such as 2025")
    areas = parser.add_argument_group("areas (area_scheme)")
    areas.add_argument(
        "--scheme", default="", metavar="KEY", help="which scheme the areas are, such as community_board"
    )
    areas.add_argument("--title", default="", metavar="TEXT", help="the scheme's name for people: 'Community boards'")
    areas.add_argument("--vintage", type=int, metavar="YEAR", help="the year that the codes are of")
    areas.add_argument("--valid-from", type=_day, metavar="DATE", help="first day that the areas are in force")
    areas.add_argument("--valid-to", type=_day, metavar="DATE", help="first day that they are no longer in force")
    areas.add_argument(
        "--code-field", "--code", default="", metavar="FIELD", help="property of the outlines that holds the code"
    )
    areas.add_argument(
        "--name-field", "--name", default="", metavar="FIELD", help="property of the outlines that holds the name"
    )
    areas.add_argument("--crs", default="", metavar="CRS", help="of outlines that state none, such as EPSG:27700")
    parser.add_argument("--check", action="store_true", help="only say what would happen; nothing is taken in")
    parser.add_argument("--synthetic", action="store_true", help="the people are made up; every figure will say so")
    parser.add_argument("--illustrative", action="store_true", help="places or plans are an example, and will say so")
    parser.add_argument(
        "--beside-synthetic", action="store_true", help="take real data into a workspace that holds the demonstration"
    )
    parser.set_defaults(run=run_import)


def add_snapshots(
    subparsers: Subparsers[argparse.ArgumentParser], parents: Sequence[argparse.ArgumentParser] = ()
) -> None:
    """Add ``snapshots`` to the parser; parameters as in `add_import`."""
    parser = subparsers.add_parser(
        "snapshots", parents=list(parents), help="list what was taken in, or go back to an earlier snapshot"
    )
    parser.add_argument(
        "--rollback",
        nargs="?",
        const="",
        metavar="ID",
        help="make this snapshot the current one; without ID the one before. Nothing is deleted",
    )
    parser.set_defaults(run=run_snapshots)


def run_import(args: argparse.Namespace) -> int:
    """Import one file and say what became of its rows.

    Returns
    -------
    int
        0 also when some rows were set aside; 1 when the file was refused.

    Raises
    ------
    UsageError
        For a dataset, option or file that does not exist.
    """
    contract(args.dataset)  # before the slow imports
    from geodata.importing import ImportRefusedError, import_file  # noqa: PLC0415 - pandas; other commands do without

    try:
        with progress(args.format) as tell:
            report = import_file(
                args.workspace,
                args.dataset,
                args.file,
                progress=tell,
                only_check=args.check,
                **_said(args),
            )
    except InputError as error:
        refused = error.report if isinstance(error, ImportRefusedError) else None
        _print_refusal(args, error, refused)
        return REFUSED
    if args.format == "json":
        status = "checked" if args.check else "accepted"
        print(json.dumps({"status": status, "error": None} | report.to_dict(), indent=1, ensure_ascii=False))
    else:
        print("\n".join(report_lines(report)))
    if args.check:
        return 0
    with progress(args.format) as tell:  # the file is in: what fails from here on is no refusal
        tell("Preparing the map", 1.0)
        ensure_drawing(args.workspace)
    return 0


def _said(args: argparse.Namespace) -> dict[str, Any]:
    """Return what was said of the file, as fields of `geodata.options.Options`."""
    return {
        "mapping": args.map,
        "reference_date": args.date,
        "covers_from": args.covers_from,
        "covers_to": args.covers_to,
        "basis": "synthetic" if args.synthetic else "illustrative" if args.illustrative else "real",
        "beside_synthetic": args.beside_synthetic,
        "sheet": args.sheet,
        "edition": args.edition,
        "scheme": args.scheme,
        "title": args.title,
        "vintage": args.vintage,
        "valid_from": args.valid_from,
        "valid_to": args.valid_to,
        "code_field": args.code_field,
        "name_field": args.name_field,
        "crs": args.crs,
    }


def _print_refusal(args: argparse.Namespace, error: InputError, report: ImportReport | None) -> None:
    if args.format == "json":
        known = report.to_dict() if report else {"dataset": args.dataset, "source_name": args.file[0].name}
        print(json.dumps({"status": "refused", "error": str(error)} | known, indent=1, ensure_ascii=False))
        return
    print(error, file=sys.stderr)
    if report:
        notes = [f"  - {warning}" for warning in report.warnings]
        print("\n".join([*reason_lines(report), *(["Please look at:", *notes] if notes else [])]), file=sys.stderr)
    print("Nothing was taken in; the snapshot in force is as it was.", file=sys.stderr)


def run_snapshots(args: argparse.Namespace) -> int:
    """List the snapshots, newest first; with ``--rollback`` switch to an earlier one before.

    Raises
    ------
    NoSnapshotError
        If there is none, or none of that id.
    """
    workspace = Workspace(args.workspace)
    current = workspace.current() if args.rollback is None else workspace.rollback(args.rollback or None)
    manifests = workspace.snapshots()
    if args.format == "json":
        listed = [_as_json(workspace.snapshot(m.id), current.id) for m in manifests]
        print(json.dumps({"current": current.id, "snapshots": listed}, indent=1, ensure_ascii=False))
    else:
        print("\n".join(snapshot_lines(current, manifests)))
    return 0


def _as_json(snapshot: Snapshot, current: str) -> dict[str, Any]:
    parts = {dataset: [part.to_dict() for part in snapshot.parts(dataset)] for dataset in snapshot.datasets}
    return snapshot.manifest.to_dict() | {"is_current": snapshot.id == current, "parts": parts}
