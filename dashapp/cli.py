"""The command line: ``locality-atlas COMMAND``."""

from __future__ import annotations

import argparse
import atexit
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from dashapp.commands import (
    audit,
    backtest,
    bench,
    cme_report,
    cme_week,
    datasets,
    demo,
    fetch,
    figures,
    forecast,
    gaps,
    imports,
    link_workers,
    prepare,
    purge,
    reach,
    scap,
    serve,
    site,
    table,
    timeliness,
    travel_times,
)
from dashapp.settings import default_workspace
from geodata.errors import AtlasError, UsageError

REFUSED, WRONG_USE = 1, 2


def _common() -> list[argparse.ArgumentParser]:
    """Return the options that every command shares, and those of the commands that report what they did."""
    workspace, report = argparse.ArgumentParser(add_help=False), argparse.ArgumentParser(add_help=False)
    workspace.add_argument("--workspace", type=Path, default=default_workspace(), metavar="DIR",
                           help="folder of the data (default: %(default)s, or ATLAS_WORKSPACE)")  # fmt: skip
    report.add_argument("--format", choices=("text", "json"), default="text", help="for people or for machines")
    return [workspace, report]


def build_parser() -> argparse.ArgumentParser:
    """Return the parser with every command."""
    parser = argparse.ArgumentParser(prog="locality-atlas", description="Locality maps and figures for a council.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    parents = _common()
    demo.add_demo(commands, parents)
    imports.add_import(commands, parents)
    datasets.add_datasets(commands, parents[:1])
    imports.add_snapshots(commands, parents)
    fetch.add_fetch(commands, parents)
    purge.add_purge(commands, parents)
    prepare.add_prepare(commands, parents[:1])
    serve.add_serve(commands, parents[:1])
    table.add_table(commands, parents[:1])
    figures.add_figures(commands, parents[:1])
    cme_report.add_cme_report(commands, parents[:1])
    cme_week.add_cme_week(commands, parents[:1])
    backtest.add_backtest(commands, parents[:1])
    forecast.add_forecast(commands, parents)
    gaps.add_gaps(commands, parents[:1])
    scap.add_scap(commands, parents[:1])
    reach.add_reach(commands, parents[:1])
    site.add_site(commands, parents[:1])
    link_workers.add_link_workers(commands, parents[:1])
    timeliness.add_timeliness(commands, parents[:1])
    travel_times.add_travel_times(commands, parents)
    audit.add_audit(commands, parents[1:])
    bench.add_bench(commands, parents)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns
    -------
    int
        0 done, 1 refused by the data, 2 wrong use.
    """
    for stream in (sys.stdout, sys.stderr):
        # Into a pipe or file UTF-8 always: a Western European code page has no true minus sign.
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8")
    args = build_parser().parse_args(argv)
    try:
        status: int = args.run(args)
    except UsageError as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    except AtlasError as error:
        print(error, file=sys.stderr)
        return REFUSED
    except BrokenPipeError:  # whoever read our output has seen enough ("| head")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


def console() -> NoReturn:
    """Run one command as a process of its own.

    DuckDB's binding prints a page of what it calls leaks when the interpreter takes itself apart. All is written and
    closed by then, so the process ends before that, after what was asked to run at its end.
    """
    status = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(BrokenPipeError):
            stream.flush()
    atexit._run_exitfuncs()
    os._exit(status)
