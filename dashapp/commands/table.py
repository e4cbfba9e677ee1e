"""``locality-atlas table``: the figures of the map, for people and machines."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from geodata.errors import UsageError
from geodata.snapshot import Workspace
from geodata.store import Store
from layers.base import FLAGS, AreaRow, LayerInfo, scheme_keys
from layers.format import format_value
from layers.registry import all_layers, find_layer, layer_in, shown_variants, split_key
from layers.table import AreaTable, area_table, as_csv, as_json
from layers.words import sentence

KEY_WIDTH = 24
"""Characters that the longest key of a layer takes in a list, with a space."""


def add_table(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], parents: list[argparse.ArgumentParser]
) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("table", parents=parents, help="print the figures of a layer by area")
    parser.add_argument("--layer", metavar="KEY", help="which layer; see --layers. KEY:CODE names a variant")
    parser.add_argument("--scheme", help="area scheme; by default the first that the layer can show")
    parser.add_argument("--period", help="date or span; the newest by default")
    parser.add_argument("--layers", action="store_true", help="list the layers with their schemes and periods")
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print a table, or the list of layers."""
    store = Store(Workspace(args.workspace).current(), ahead=args.layers)
    if args.layers:
        print_layers(store, list_layers(store), args.format)
        return 0
    if not args.layer:
        keys = ", ".join(split_key(layer.info.key)[0] for layer in all_layers())
        raise UsageError(f"Name a layer with --layer. Valid: {keys}. See them all with --layers.")
    layer = layer_in(store, args.layer)
    scheme = args.scheme or next(iter(layer.schemes(store)), scheme_keys(store)[0])
    table = area_table(store, layer, scheme, args.period)
    if args.format == "json":
        print(json.dumps(as_json(table), indent=1, ensure_ascii=False))
    elif args.format == "csv":
        sys.stdout.write(as_csv(table).replace("\r\n", "\n"))  # the stream has line ends of its own
    else:
        print_text(store, table)
    return 0


def list_layers(store: Store) -> list[dict[str, Any]]:
    """Return each layer with its words, the variants and schemes it can show and its periods, oldest first."""
    found = []
    for default in all_layers():
        key = split_key(default.info.key)[0]
        layer = layer_in(store, key)
        found.append(
            {
                "layer": layer.info.key,
                "title": f"{layer.info.subject}: {layer.info.title}",
                "unit": layer.info.short_unit,
                "kind": "stock" if layer.info.is_stock else "flow",
                "schemes": list(layer.schemes(store)),
                "periods": [period.key for period in layer.periods(store)],
                "choice": layer.info.choice,
                "variants": {f"{key}:{code}": words for code, words in shown_variants(store, key).items()},
            }
        )
    return found


def print_layers(store: Store, layers: list[dict[str, Any]], form: str) -> None:
    """Print the list of layers."""
    if form == "json":
        print(json.dumps(layers, indent=1, ensure_ascii=False))
    elif form == "csv":
        print("layer,kind,scheme,period")
        for one in layers:
            for key in one["variants"] or [one["layer"]]:
                layer = find_layer(key)
                for scheme in layer.schemes(store):
                    for period in layer.periods(store):
                        print(f"{key},{one['kind']},{scheme},{period.key}")
    else:
        for one in layers:
            print(f"{one['layer']:{KEY_WIDTH}}{one['title']} ({one['unit']})")
            lines = [f"or {key}: {words}" for key, words in one["variants"].items() if key != one["layer"]]
            lines.append(f"schemes: {' '.join(one['schemes']) or 'none: not loaded'}")
            lines.append(f"periods: {' '.join(one['periods']) or 'none: not loaded'}")
            for line in lines:
                print(f"{'':{KEY_WIDTH}}{line}")


def _line(info: LayerInfo, row: AreaRow) -> tuple[str, ...]:
    base = "" if row.denominator is None else format_value(row.denominator)
    note = FLAGS.get(row.flag, "")
    return row.name, format_value(row.count), base, info.show(row.value), info.show_range(row.lower, row.upper), note


def print_text(store: Store, table: AreaTable) -> None:
    """Print a table for a person: aligned, with the county, the total and the sentence of the map."""
    info = table.info
    head = (table.scheme.one, info.counted[1], "base", info.short_unit, "95% interval", "")
    lines = [head, *(_line(info, row) for row in (*table.rows, table.county))]
    base = "" if table.total_base is None else format_value(table.total_base)
    lines.append(("Total", format_value(table.total), base, "", "", ""))
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    marks = f" [{', '.join(table.basis)}]" if table.basis else ""
    print(f"{info.subject}: {info.title}, {table.period.label}{marks}\n")
    for line in lines:
        cells = (cell.ljust(width) if n == 0 else cell.rjust(width)
                 for n, (cell, width) in enumerate(zip(line[:-1], widths, strict=False)))  # fmt: skip
        print(f"{'  '.join(cells)}  {line[-1]}".rstrip())
    print(f"\n{sentence(store, table)}")
