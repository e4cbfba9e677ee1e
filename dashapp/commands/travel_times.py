"""``locality-atlas travel-times``: what is loaded, or a matrix of travel times from a road network, to be imported."""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashapp.commands.progress import progress
from geodata.durable import write_durably
from geodata.errors import UsageError
from geodata.snapshot import Workspace
from geodata.store import Row, Store
from layers.format import plural
from layers.school_kinds import in_use, state_kind
from layers.sites import open_places

if TYPE_CHECKING:
    from geodata.travel import Points

ROAD_MODES = ("walk", "car")
HEADINGS = ("from", "to", "mode", "minutes", "km", "method")


def add_travel_times(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], parents: list[argparse.ArgumentParser]
) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "travel-times",
        parents=parents,
        help="print which travel times are loaded, or make them from a road network",
        description="Without options it says which travel times are loaded and which of their places are not known. "
        "With --roads it writes the times from every small area to every school, family centre and building of the "
        "workspace along the roads of an OpenStreetMap extract, as a file for 'import travel_times'. Nothing is "
        "downloaded.",
    )
    parser.add_argument("--roads", type=Path, metavar="FILE", help="OpenStreetMap extract as XML (.osm)")
    parser.add_argument("--modes", default="walk,car", metavar="M,M", help="walk, car or both (default: %(default)s)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="CSV to write; needed with --roads")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Say what is loaded, or write the matrix and say what was left out.

    Raises
    ------
    UsageError
        For an unknown mode, no file to write, a workspace without places, or where OSMnx is not installed.
    InputError
        For an extract that cannot be read.
    """
    store = Store(Workspace(args.workspace).current(), ahead=False, schemes=("locality",))
    said = _loaded(store) if args.roads is None else _measured(store, args)
    if args.format == "json":
        sys.stdout.write(json.dumps(said, indent=1, ensure_ascii=False, allow_nan=False) + "\n")
    else:
        sys.stdout.write("\n".join(_loaded_lines(said) if args.roads is None else _measured_lines(said)) + "\n")
    return 0


def _loaded(store: Store) -> dict[str, Any]:
    # NumPy: only this command needs it, and the server shares the command line.
    from geodata.travel_matrix import matrix_report  # noqa: PLC0415
    from geodata.travel_settings import travel_settings  # noqa: PLC0415

    found = matrix_report(store)
    return {
        "source": found.source if found else None,
        "pairs": dict(found.pairs) if found else {},
        "unknown_rows": found.unknown_rows if found else 0,
        "unknown_keys": found.unknown_keys if found else 0,
        "unknown_named": list(found.named) if found else [],
        "assumptions": list(travel_settings(store.profile).sources),
    }


def _loaded_lines(said: dict[str, Any]) -> Iterator[str]:
    if said["source"] is None:
        yield "No travel times are loaded: every journey is estimated, straight line x detour."
    else:
        yield f"Travel times measured, from {said['source']}; pairs it lacks are estimated."
        for mode, pairs in said["pairs"].items():
            yield f"{mode:<5} {plural(pairs, 'pair')}"
        if said["unknown_keys"]:
            others = said["unknown_keys"] - len(said["unknown_named"])
            named = ", ".join(said["unknown_named"]) + (f" and {others:,} more" if others else "")
            yield (
                f"Not used: {plural(said['unknown_rows'], 'row')} with {plural(said['unknown_keys'], 'place')} that "
                f"this workspace does not have: {named}."
            )
    yield from (f"Source of {line}." for line in said["assumptions"])


def _measured(store: Store, args: argparse.Namespace) -> dict[str, Any]:
    modes = tuple(dict.fromkeys(mode.strip() for mode in args.modes.split(",") if mode.strip()))
    if not modes or set(modes) - set(ROAD_MODES):
        raise UsageError(f"A road network has no times for '{args.modes}'. Valid: {', '.join(ROAD_MODES)}, or both.")
    if args.out is None:
        raise UsageError("Say which file to write: --out travel-times.csv.")
    from geodata.travel import atom_points  # noqa: PLC0415 - NumPy, as above
    from geodata.travel_roads import read_network, road_times  # noqa: PLC0415
    from geodata.travel_settings import travel_settings  # noqa: PLC0415

    origins, destinations = atom_points(store), _places(store)
    roads = travel_settings(store.profile).roads
    rows: list[tuple[str, ...]] = []
    method = f"road network, speeds: {roads.source}"
    said: dict[str, Any] = {"file": args.out.name, "roads": args.roads.name, "speeds": roads.source, "modes": {}}
    with progress(args.format) as tell:
        tell("Reading the roads", None)
        network = read_network(args.roads)
        for mode in modes:
            found = road_times(network, mode, origins, destinations, roads, lambda share, mode=mode: tell(mode, share))  # type: ignore[misc]
            for row, column in zip(*found.found.nonzero(), strict=True):
                minutes, km = found.minutes[row, column], found.km[row, column]
                rows.append((origins.keys[row], destinations.keys[column], mode, f"{minutes:.2f}", f"{km:.3f}", method))
            off = [*_marked(origins, found.off_from), *_marked(destinations, found.off_to)]
            said["modes"][mode] = {
                "pairs": int(found.found.sum()),
                "unreachable": found.unreachable,
                "off_network": len(off),
                "off_network_named": off[:10],
            }
    if not rows:
        raise UsageError(f"No place of this workspace lies near a road of '{args.roads.name}'. Is it of this county?")
    _write(args.out, rows)
    return said


def _places(store: Store) -> Points:
    """Return the schools, family centres and buildings that are open, each key once."""
    import numpy as np  # noqa: PLC0415

    from geodata.travel import Points, site_points  # noqa: PLC0415

    found: list[Points] = []
    for dataset in ("schools", "family_centres", "buildings"):
        if store.part(dataset) is not None:
            _, rows = open_places(store, dataset)
            found.append(site_points(dataset, [row for row in rows if _wanted(dataset, row)]))
    once = {
        key: (east, north)
        for points in reversed(found)
        for key, east, north in zip(points.keys, points.easting, points.northing, strict=True)
        if key
    }
    if not once:
        raise UsageError("No schools, family centres or buildings are loaded; import one of them first.")
    place = np.array(list(once.values()), dtype=np.float64).reshape(-1, 2)
    return Points(tuple(once), place[:, 0], place[:, 1])


def _wanted(dataset: str, row: Row) -> bool:
    return dataset != "schools" or (in_use(row) and bool(state_kind(row)))


def _marked(points: Points, marks: Any) -> list[str]:
    return [key for key, marked in zip(points.keys, marks, strict=True) if marked]


def _write(path: Path, rows: list[tuple[str, ...]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADINGS)
    writer.writerows(rows)
    write_durably(path, text.getvalue().encode())


def _measured_lines(said: dict[str, Any]) -> Iterator[str]:
    for mode, found in said["modes"].items():
        yield f"{mode}: {plural(found['pairs'], 'pair')}; {found['unreachable']:,} without a way, left out."
        if found["off_network"]:
            others = found["off_network"] - len(found["off_network_named"])
            named = ", ".join(found["off_network_named"]) + (f" and {others:,} more" if others else "")
            off = plural(found["off_network"], "place")
            yield f"{mode}: {off} not near a road of {said['roads']}, left out: {named}."
    yield f"Written: {said['file']}. Speeds: {said['speeds']}. Take it in: locality-atlas import travel_times FILE."
