"""``locality-atlas bench``: measured speed."""

from __future__ import annotations

import argparse
import json
from typing import Any


def add_bench(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], parents: list[argparse.ArgumentParser]
) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("bench", parents=parents, help="measure how fast the app is on this machine")
    parser.add_argument("--rounds", type=int, default=10, help="switches through the layers (default: %(default)s)")
    parser.add_argument("--starts", type=int, default=5, help="starts of the server (default: %(default)s)")
    parser.add_argument("--only", choices=("page", "geocoding", "cme-report"), help="measure no more than this")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Measure and print."""
    found: dict[str, Any] = {}
    if args.only in (None, "page"):
        from dashapp.bench.page import measure  # noqa: PLC0415 - as below, only what is measured is loaded

        found |= measure(args.workspace, args.rounds, args.starts)
    if args.only in (None, "geocoding"):
        from dashapp.bench.geocoding import measure_geocoding  # noqa: PLC0415 - loads pandas

        found |= measure_geocoding()
    if args.only in (None, "cme-report"):
        from dashapp.bench.cme_report import measure_cme_report  # noqa: PLC0415 - loads pandas

        found |= measure_cme_report()
    if args.format == "json":
        print(json.dumps(found, indent=1))
        return 0
    for key, value in found.items():
        print(f"{key:41}{value:10.2f}" if isinstance(value, float) else f"{key:41}{value}")
    return 0
