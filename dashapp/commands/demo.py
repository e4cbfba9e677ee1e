"""``locality-atlas demo``: a workspace with real boundaries and postcodes; people, schools and sites are made up."""

from __future__ import annotations

import argparse
import json
import time
from typing import Any

from dashapp.commands.prepare import ensure_drawing
from dashapp.commands.progress import progress
from geodata.snapshot import Snapshot
from geodata.store import Store


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
    parser = subparsers.add_parser(
        "demo", parents=parents, help="build the demonstration council (synthetic people, invented schools)"
    )
    parser.add_argument(
        "--seed",
        type=_seed,
        default=2022,
        metavar="N",
        help="chooses people and places, never a published total (default: %(default)s)",
    )
    parser.add_argument("--replace", action="store_true", help="put it in the place of real data")
    parser.set_defaults(run=run)


def _seed(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number from 0")
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Build the demonstration and say what was made."""
    # slow to import, and other commands do without
    from geodata.demo.build import build_demo  # noqa: PLC0415
    from layers.sufficiency.prepared import ensure_forecast  # noqa: PLC0415

    begun = time.perf_counter()
    with progress(args.format) as tell:
        snapshot = build_demo(
            args.workspace,
            seed=args.seed,
            replace=args.replace,
            progress=lambda step, done, steps: tell(step, done / steps),
        )
        tell("Preparing the map", 1.0)
        ensure_drawing(args.workspace)
        tell("Forecasting EHC plans", 1.0)
        ensure_forecast(Store(snapshot))
    seconds = time.perf_counter() - begun
    if args.format == "json":
        print(json.dumps(describe(snapshot, args.seed, seconds), indent=1, ensure_ascii=False))
    else:
        print_text(snapshot, seconds)
    return 0


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
    print(
        "People and cases are synthetic, schools, centres and housing sites invented; they meet the published totals. "
        "Boundaries and postcodes are real."
    )
