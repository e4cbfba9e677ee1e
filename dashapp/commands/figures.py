"""``locality-atlas figures``: published figures of the council, its region and England."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from geodata.snapshot import Workspace
from geodata.store import Store
from layers.published import PublishedTable, published_table
from layers.published_text import as_csv, records, shown, table_title


def add_figures(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], parents: list[argparse.ArgumentParser]
) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "figures",
        parents=parents,
        help="print published figures of the council, its region and England",
        description="Prints one indicator of one imported file over its periods. Without options the first; a name "
        "that is not there is answered with the valid ones.",
    )
    parser.add_argument("--file", default="", metavar="NAME", help="the file, as it was called when it was imported")
    parser.add_argument("--indicator", default="", metavar="NAME", help="its short name, as in the file")
    parser.add_argument("--breakdown", default="", metavar="TEXT", help="such as a need or an age")
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the figures.

    Raises
    ------
    UsageError
        If nothing is published under these names; the message lists what is.
    """
    store = Store(Workspace(args.workspace).current())
    table = published_table(store, args.file, args.indicator, args.breakdown)
    if args.format == "json":
        print(json.dumps(_as_json(table, store.snapshot.id), indent=1, ensure_ascii=False))
    elif args.format == "csv":
        sys.stdout.write(as_csv(table, store.snapshot.id).replace("\r\n", "\n"))  # the stream has line ends of its own
    else:
        print("\n".join(text_lines(table)))
    return 0


def _as_json(table: PublishedTable, snapshot: str) -> dict[str, object]:
    about = {"file": table.file.key, "indicator": table.indicator, "title": table.title, "breakdown": table.breakdown}
    choices = {"indicators": dict(table.file.indicators), "breakdowns": list(table.file.breakdowns[table.indicator])}
    return about | choices | {"notes": list(table.notes), "snapshot": snapshot, "rows": records(table, snapshot)}


def text_lines(table: PublishedTable) -> list[str]:
    """Return the figures for a person: a line for each period, a column for each area."""
    marks = f" [{', '.join(table.basis)}]" if table.basis else ""
    lines = [("", *(line.area for line in table.lines))]
    lines += [(label, *cells) for label, *cells in zip(table.periods.values(), *shown(table), strict=True)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    printed = ["  ".join(_padded(line, widths)) for line in lines]
    return [f"{table_title(table)}{marks}", "", *printed, "", f"From {table.file.part.source_name}.", *table.notes]


def _padded(line: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [
        cell.rjust(width) if place else cell.ljust(width)
        for place, (cell, width) in enumerate(zip(line, widths, strict=True))
    ]
