"""``locality-atlas link-workers``: the state schools shared among the posts there are, or into clusters."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata.errors import NoSnapshotError, UsageError
from geodata.snapshot import Snapshot, Workspace
from geodata.store import Store

if TYPE_CHECKING:
    from layers.link_workers.planning import Asked

REFUSED = 1

FILES = {
    "schools": ("schools", "schools, with the columns of the import"),
    "workers": ("link_workers", "posts of the link workers"),
    "cases": ("early_help_cases", "cases of early help"),
    "current": ("school_allocations", "which post has which school today"),
}
"""Option -> dataset and help."""


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date; write it as 2026-09-01") from None


def add_link_workers(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], parents: list[argparse.ArgumentParser]
) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "link-workers",
        parents=parents,
        help="share the state schools among the link workers",
        description="Shares the state schools among the posts there are; without posts into connected clusters. With "
        "--schools only the files count; without it the workspace, and files in the place of its lists. Files are "
        "looked at, not taken in.",
    )
    for option, (_, what) in FILES.items():
        parser.add_argument(f"--{option}", type=Path, metavar="FILE", help=what)
    parser.add_argument("--synthetic", action="store_true", help="the people of the files are made up; it will be said")
    parser.add_argument("--min", type=int, metavar="N", dest="least", help="fewest schools per worker (3)")
    parser.add_argument(
        "--max", type=int, metavar="N", dest="most",
        help="most schools per worker (5); the range is hard when one of the two is given, or there are no posts",
    )  # fmt: skip
    parser.add_argument("--together", action="append", default=[], metavar="URN,URN", help="one worker; repeatable")
    parser.add_argument("--apart", action="append", default=[], metavar="URN,URN", help="two workers; repeatable")
    parser.add_argument(
        "--lock", action="append", default=[], metavar="URN=POST", help="this post has the school; repeatable"
    )
    parser.add_argument("--keep", action="store_true", help="in-year: change only what an absence or a vacancy forces")
    parser.add_argument("--no-posts", action="store_true", help="clusters, though there are posts")
    parser.add_argument("--date", type=_day, metavar="DATE", help="the day of the plan; that of the records by default")
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print a plan.

    Returns
    -------
    int
        0; 1 where no plan keeps every hard rule: it is printed all the same, with what is left over and why. Schools
        that are in no plan are named as a warning.

    Raises
    ------
    UsageError
        For rules that contradict each other, or a school or post there is not.
    InputError
        Where a file is refused, or no school is left.
    """
    # NumPy and HiGHS: only this command needs them, and the server shares the command line.
    from layers.link_workers import plan_files  # noqa: PLC0415
    from layers.link_workers.planning import share  # noqa: PLC0415

    with _store(args) as (store, said, notes):
        shared = share(store, _asked(args))
        about = {"council": store.profile.name, "audience": "officer", **said}
    if args.format == "json":
        found = plan_files.as_json(shared, about)
        found["notes"] = [*notes, *found["notes"]]
        sys.stdout.write(json.dumps(found, indent=1, ensure_ascii=False, allow_nan=False) + "\n")
    elif args.format == "csv":
        sys.stdout.write(plan_files.as_csv(shared, about).replace("\r\n", "\n"))  # a stream has line ends of its own
    else:
        sys.stdout.write("\n".join([*plan_files.as_text(shared, about), *(f"* {note}" for note in notes)]) + "\n")
    for note in plan_files.left_out(shared):
        print(f"warning: {note}", file=sys.stderr)
    if shared.plan.status != "infeasible":
        return 0
    for urn, rule in shared.plan.left_over:
        print(f"{urn}: {rule}", file=sys.stderr)
    return REFUSED


def _asked(args: argparse.Namespace) -> Asked:
    from layers.link_workers.planning import Asked  # noqa: PLC0415

    return Asked(
        day=args.date,
        least=args.least,
        most=args.most,
        together=tuple(args.together),
        apart=tuple(args.apart),
        locks=tuple(args.lock),
        keep=args.keep,
        posts=not args.no_posts,
    )


@contextmanager
def _store(args: argparse.Namespace) -> Iterator[tuple[Store, dict[str, Any], tuple[str, ...]]]:
    """Give the figures of the files, of the workspace, or of both, what these are, and what the import says of them."""
    files = {dataset: path for option, (dataset, _) in FILES.items() if (path := getattr(args, option)) is not None}
    current = _current(args.workspace)
    if not files:
        if current is None:
            raise UsageError("Nothing is loaded. Give --schools FILE, or run 'locality-atlas demo' or 'import'.")
        yield Store(current, ahead=False, schemes=("locality",)), {"snapshot": current.id, "files": {}}, ()
        return
    from geodata.trial import tried  # noqa: PLC0415 - only where files are given

    alone = "schools" in files
    basis = "synthetic" if args.synthetic else "real"
    with tried(files, current, alone=alone, basis=basis) as trial:
        names = {dataset: report.source_name for dataset, report in trial.reports.items()}
        beside = current.id if current and not alone else ""
        yield trial.store, {"snapshot": beside, "files": names}, trial.notes


def _current(path: Path) -> Snapshot | None:
    try:
        return Workspace(path).current()
    except NoSnapshotError:
        return None
