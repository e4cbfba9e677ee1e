"""``locality-atlas gaps``: where places run out, for which need, phase and provision, and the council's statements."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from geodata.snapshot import Workspace
from geodata.store import Store
from layers.report_files import as_csv, as_json, as_text

if TYPE_CHECKING:
    from layers.sufficiency.gaps_report import GapsAsked


def add_gaps(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], parents: list[argparse.ArgumentParser]
) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "gaps",
        parents=parents,
        help="print the gap between demand for specialist places and the places",
        description="Prints demand, places and gap by area, phase, need and provision. Year Y is the January census of "
        "Y, in the school year that began in September of the year before.",
    )
    parser.add_argument("--year", type=int, metavar="Y", help="January of this year; next January by default")
    parser.add_argument("--scenario", default="", metavar="NAME", help="a saved scenario; what is planned by default")
    parser.add_argument("--areas", choices=("locality", "county"), default="locality")
    parser.add_argument(
        "--need",
        default="broad",
        metavar="NEED",
        help="broad (default), all, a broad area for its needs one by one, or the code of a need",
    )
    parser.add_argument("--all", action="store_true", help="also provision that has plans to accommodate only")
    parser.add_argument(
        "--statements", action="store_true", help="the council's statements beside the figures, instead of the gaps"
    )
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the gaps, or the statements.

    Raises
    ------
    UsageError
        For an unknown year, need or scenario, with the valid ones; where plans or places are not loaded.
    """
    # NumPy: only this command needs it, and the server shares the command line.
    from layers.sufficiency import gaps_files, gaps_report, statements  # noqa: PLC0415

    store = Store(Workspace(args.workspace).current(), ahead=False, schemes=("locality",))
    if args.statements:
        report = statements.statements_report(store)
        _print(as_json(report), as_csv(report), as_text(report), args.format)
        return 0
    found = gaps_report.gaps(store, _asked(store, args))
    _print(gaps_files.as_json(found), gaps_files.as_csv(found), gaps_files.as_text(found), args.format)
    return 0


def _asked(store: Store, args: argparse.Namespace) -> GapsAsked:
    from geodata.state import State  # noqa: PLC0415 - SQL, for a scenario that was saved
    from layers.sufficiency.gaps_report import GapsAsked  # noqa: PLC0415
    from layers.sufficiency.outlook import outlook  # noqa: PLC0415
    from layers.sufficiency.prepared import ensure_forecast  # noqa: PLC0415
    from layers.sufficiency.saved import load, made_with, replay  # noqa: PLC0415
    from layers.sufficiency.scenario import BASE_CASE  # noqa: PLC0415

    demand = ensure_forecast(store).demand
    scenario = BASE_CASE
    said: tuple[str, ...] = ()
    if args.scenario and args.scenario.casefold() != BASE_CASE.name.casefold():
        found = outlook(store)
        saved = load(State(args.workspace), args.scenario)
        replayed = replay(saved, made_with(store.snapshot, found.settings), found.ground)
        scenario, said = replayed.scenario, replayed.notes
    year = demand.base_year + 1 if args.year is None else args.year
    return GapsAsked(year, args.areas, args.need, args.all, scenario, said)


def _print(shown: object, table: str, lines: list[str], form: str) -> None:
    if form == "json":
        sys.stdout.write(json.dumps(shown, indent=1, ensure_ascii=False, allow_nan=False) + "\n")
    elif form == "csv":
        sys.stdout.write(table.replace("\r\n", "\n"))  # a stream has line ends of its own
    else:
        sys.stdout.write("\n".join(lines) + "\n")
