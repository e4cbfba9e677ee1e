"""``locality-atlas demo``: a workspace with real boundaries and postcodes, and synthetic people."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from geodata.profile import load_profile
from geodata.snapshot import Snapshot


def add_demo(
    subparsers: argparse._SubParsersAction[argparse.ArgumentParser], parents: list[argparse.ArgumentParser]
) -> None:
    """Add the command to the parser.

    Parameters
    ----------
    subparsers : argparse action
        The program's commands.
    parents : list of argparse.ArgumentParser
        Hold the options that commands share: ``--workspace`` and ``--format``.
    """
    parser = subparsers.add_parser("demo", parents=parents, help="build the demonstration council (synthetic people)")
    parser.add_argument(
        "--seed", type=_seed, default=2022, metavar="N", help="chooses people and places (default: %(default)s)"
    )
    parser.add_argument("--replace", action="store_true", help="put it in the place of real data")
    parser.set_defaults(run=run)


def _seed(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number from 0")
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Build the demonstration and say what was made."""
    from geodata.demo.build import build_demo  # noqa: PLC0415 - slow to import, and other commands do without

    begun = time.perf_counter()
    with _progress(shown=args.format == "text" and sys.stderr.isatty()) as tell:
        snapshot = build_demo(args.workspace, seed=args.seed, replace=args.replace, progress=tell)
        tell("Preparing the map", 1, 1)
        prepare(args.workspace)
    seconds = time.perf_counter() - begun
    if args.format == "json":
        print(json.dumps(describe(snapshot, args.seed, seconds), indent=1, ensure_ascii=False))
    else:
        print_text(snapshot, seconds)
    return 0


def prepare(workspace: Path) -> None:
    """Prepare the shapes that the map draws, once per workspace."""
    from geodata.drawing import prepare_drawing  # noqa: PLC0415 - GeoPandas, and other commands do without

    prepare_drawing(load_profile(), workspace)


def describe(snapshot: Snapshot, seed: int, seconds: float) -> dict[str, Any]:
    """Return what was made, in JSON's types."""
    parts = [part for dataset in snapshot.datasets for part in snapshot.parts(dataset)]
    return {
        "snapshot": snapshot.id,
        "seed": seed,
        "seconds": round(seconds, 1),
        "datasets": [
            {
                "dataset": part.dataset,
                "basis": part.basis,
                "source": part.source_name,
                "rows_read": part.rows_read,
                "accepted": part.accepted,
                "quarantined": part.quarantined,
                "geocoding": dict(part.geocoding),
                "covers_from": part.covers_from.isoformat() if part.covers_from else None,
                "covers_to": part.covers_to.isoformat() if part.covers_to else None,
            }
            for part in parts
        ],
    }


def print_text(snapshot: Snapshot, seconds: float) -> None:
    """Print what was made, for a person."""
    print(f"Demonstration council ready in {seconds:.1f} s: snapshot {snapshot.id}.")
    for dataset in snapshot.datasets:
        for part in snapshot.parts(dataset):
            print(f"  {part.dataset}: {part.accepted:,} rows, {part.basis}")
    print("People are synthetic and meet the published totals; boundaries and postcodes are real.")


@contextmanager
def _progress(*, shown: bool) -> Iterator[Any]:
    """Yield a function that moves a progress bar on the terminal; a silent one where none is wanted."""
    if not shown:
        yield lambda _step, _done, _total: None
        return
    from rich.console import Console  # noqa: PLC0415 - only for a terminal
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("Starting", total=None)
        yield lambda step, done, total: bar.update(task, description=step, completed=done, total=total)
