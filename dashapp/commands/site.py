"""``locality-atlas site``: where the next family centre goes, and what a new, closed or moved one changes for whom."""

from __future__ import annotations

import argparse
import json
import sys

from geodata.errors import UsageError
from geodata.snapshot import Workspace
from geodata.store import Store


def add_site(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], parents: list[argparse.ArgumentParser]
) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "site",
        parents=parents,
        help="choose sites for family centres, close or move one",
        description="Adds K of the buildings that could be a family centre to those that are open, proven as far as "
        "the solver comes, and says who gains and loses a centre within 30 minutes. Where no buildings are loaded the "
        "middles of small areas stand in: areas of search, never sites.",
    )
    parser.add_argument("--add", type=int, default=0, metavar="K", help="how many to add")
    parser.add_argument("--close", action="append", default=[], metavar="ID", help="a centre that closes; repeatable")
    parser.add_argument(
        "--move", action="append", default=[], metavar="ID=BUILDING", help="a centre that moves; repeatable"
    )
    parser.add_argument(
        "--objective",
        choices=("median", "cover"),
        default="median",
        help="shortest mean journey (default), or most children within --minutes",
    )
    parser.add_argument(
        "--mode", choices=("walk", "bus", "car"), help="how people travel; by default as in the profile"
    )
    parser.add_argument("--minutes", type=float, default=30.0, metavar="N", help="limit of cover (default: 30)")
    parser.add_argument("--capacity", action="store_true", help="sites have room for so many children a day open")
    parser.add_argument("--search", action="store_true", help="areas of search, though there may be buildings")
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the plan.

    Raises
    ------
    UsageError
        For more sites than candidates, or a centre or building that there is not, with the valid ones.
    InputError
        For sites that have no place on the map or share one, by name.
    """
    # NumPy: only this command needs it, and the server shares the command line.
    from layers.family_centres.site_files import as_csv, as_json, as_text  # noqa: PLC0415
    from layers.family_centres.site_report import SiteAsked, site_plan  # noqa: PLC0415

    store = Store(Workspace(args.workspace).current(), ahead=False, schemes=("locality",))
    asked = SiteAsked(
        add=args.add,
        close=tuple(args.close),
        move=tuple(_move(words) for words in args.move),
        objective=args.objective,
        mode=args.mode,
        minutes=args.minutes,
        capacity=args.capacity,
        search=args.search,
    )
    plan = site_plan(store, asked)
    if args.format == "json":
        text = json.dumps(as_json(store, plan), indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    elif args.format == "csv":
        text = as_csv(store, plan).replace("\r\n", "\n")  # a stream has line ends of its own
    else:
        text = "\n".join(as_text(store, plan)) + "\n"
    sys.stdout.write(text)
    return 0


def _move(words: str) -> tuple[str, str]:
    centre, _, building = words.partition("=")
    if not centre.strip() or not building.strip():
        raise UsageError(
            f"--move '{words}' does not say where to. Write the centre and the building: --move ID=BUILDING"
        )
    return centre.strip(), building.strip()
