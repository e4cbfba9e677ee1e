"""``locality-atlas backtest``: how far forecasts of totals by area and year would have been out."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.errors import InputError, UsageError
from layers.format import format_value, plural

if TYPE_CHECKING:
    from layers.sufficiency.backtest import Backtest, Scores

MIN_TRAIN = 3
NAMES = {"model": "pooled growth", "last_value": "last value", "mean_growth": "mean growth"}
COLUMNS = (("median_ape", "median"), ("mape", "MAPE"), ("wape", "WAPE"), ("bias", "bias"), ("coverage_80", "in 80%"))


def add_backtest(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], parents: list[argparse.ArgumentParser]
) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "backtest",
        parents=parents,
        help="test forecasts of totals by area and year against what came",
        description="Forecasts each area 1, 2 and 3 years ahead from every earlier year, by years up to that one only, "
        "and scores the forecasts beside two baselines: the last value, and the area's own mean growth.",
    )
    parser.add_argument("series", type=Path, metavar="SERIES.csv", help="columns area, year and count")
    parser.add_argument(
        "--min-train",
        type=int,
        default=MIN_TRAIN,
        metavar="N",
        help="years that a series has up to and including the one it is forecast from (default: %(default)s)",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="for people or for machines")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the scores.

    Raises
    ------
    UsageError
        If there is no such file, or `--min-train` is less than 1.
    InputError
        If the file cannot be used, or nothing in it can be forecast and scored.
    """
    # NumPy: only this command needs it, and the server shares the command line.
    from layers.sufficiency.backtest import backtest  # noqa: PLC0415
    from layers.sufficiency.series import read_series  # noqa: PLC0415

    if args.min_train < 1:
        raise UsageError(f"--min-train is {args.min_train}; it is the number of years to learn from, at least 1.")
    series = read_series(args.series)
    try:
        found = backtest(series.counts, args.min_train)
    except InputError as refused:
        raise InputError("\n".join([str(refused), *series.notes])) from None
    if args.format == "json":
        shown = found.as_json(series.notes)
        sys.stdout.write(json.dumps(shown, indent=1, ensure_ascii=False, allow_nan=False) + "\n")
    else:
        sys.stdout.write("\n".join(_lines(found, series.notes)) + "\n")
    return 0


def _lines(found: Backtest, notes: Sequence[str]) -> Iterator[str]:
    areas = len({row.area for row in found.rows})
    origins = sorted({row.origin for row in found.rows})
    yield f"{plural(areas, 'area')}, forecast from {origins[0]} to {origins[-1]}; errors in percent of what came."
    for horizon, scores in found.horizons.items():
        yield ""
        yield f"{plural(horizon, 'year')} ahead, {plural(scores.n, 'forecast')}"
        yield " " * 16 + "".join(f" {heading:>8}" for _, heading in COLUMNS)
        by_name: Mapping[str, Scores] = {"model": scores, **{name: by[horizon] for name, by in found.baselines.items()}}
        for name, row in by_name.items():
            cells = (_cell(getattr(row, column), signed=column == "bias") for column, _ in COLUMNS)
            yield f"  {NAMES[name]:<14}" + "".join(f" {cell:>8}" for cell in cells)
    said = [*notes, *found.notes]
    yield from ("", *said) if said else ()


def _cell(value: float | None, *, signed: bool) -> str:
    if value is None:
        return "-"
    return format_value(value, 1, signed=signed)
