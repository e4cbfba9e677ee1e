"""``locality-atlas purge``: remove a child, or what may no longer be kept."""

from __future__ import annotations

import argparse
import json

from geodata.options import today
from geodata.snapshot import Workspace


def add_purge(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], parents: list[argparse.ArgumentParser]
) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "purge",
        parents=parents,
        help="remove a child, or what may no longer be kept",
        description="Removes rows from every snapshot for good, and records that it was done, never whom.",
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--child", metavar="ID", help="the identifier as it stands in the files")
    what.add_argument("--expired", action="store_true", help="all that is older than its dataset may be kept")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Remove, and say how many rows of which dataset are gone."""
    from geodata.purge import purge_child, purge_expired  # noqa: PLC0415 - other commands do without

    workspace = Workspace(args.workspace)
    workspace.current()
    done = purge_expired(workspace, today()) if args.expired else purge_child(workspace, args.child)
    if args.format == "json":
        print(json.dumps({"removed": done.rows, "snapshot": done.snapshot_id}, indent=1))
    else:
        rows = ", ".join(f"{count:,} of {dataset}" for dataset, count in done.rows.items())
        print(f"Removed for good, from every snapshot: {rows or 'rows of the demonstration files'}.")
    return 0
