"""Journeys along a road network that is read from an OpenStreetMap extract: an extra, never needed to start.

OSMnx reads the extract; nothing is asked of the network.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from heapq import heappop, heappush
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from geodata.crs import BNG, WGS84
from geodata.errors import InputError, UsageError
from geodata.travel import Points
from geodata.travel_settings import Roads

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Tags = Mapping[str, Any]
Tell = Callable[[float], None]
"""Called with the share done so far, 0 to 1."""

Edges = dict[int, list[tuple[int, float, float]]]
"""Node -> the nodes next to it, with the minutes and the kilometres to each."""

MODES = ("walk", "car")
"""A bus keeps a timetable, which no road network has."""

TAGS: Final = {
    "walk": ("foot", "access"),
    "car": ("motorcar", "motor_vehicle", "vehicle", "access"),
}
"""Tags that say who may use a road; the first that is there decides."""

BARRED = frozenset({"no", "private", "agricultural", "forestry", "military", "emergency"})

NOT_ON_FOOT = frozenset({
    "motorway", "motorway_link", "trunk", "trunk_link", "construction", "proposed", "abandoned", "razed", "raceway",
    "bus_guideway", "busway", "escape", "platform", "corridor", "elevator", "rest_area", "services", "via_ferrata",
})  # fmt: skip
"""Kinds of road that are not for walking unless ``foot`` allows it."""

MPH_KMH = 1.609344
_LIMIT = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*(mph|km/h|kmh)?\s*$")

MISSING = (
    "Journeys on a road network need OSMnx, which is an extra: pip install 'locality-atlas[roads]'. Without it "
    "journeys are estimated, and a matrix made elsewhere can be imported."
)


@dataclass(frozen=True)
class Network:
    """Roads and paths of an extract.

    Attributes
    ----------
    graph : networkx.MultiDiGraph
        As OSMnx reads it: with every way, and its length in metres.
    name : str
        Of the file.
    """

    graph: Any
    name: str


@dataclass(frozen=True)
class RoadTimes:
    """The shortest ways by time.

    Attributes
    ----------
    km, minutes : Numbers
        [from, to]; infinite where no way leads there.
    off_from, off_to : numpy.ndarray of bool
        [from], [to]: places that are not near any road or path, or whose coordinates are not known.
    """

    km: Numbers
    minutes: Numbers
    off_from: Flags
    off_to: Flags

    @property
    def found(self) -> Flags:
        """[from, to]: whether there is a way."""
        return np.isfinite(self.minutes)

    @property
    def unreachable(self) -> int:
        """Pairs without a way though both places are near a road."""
        return int((~self.found[np.ix_(~self.off_from, ~self.off_to)]).sum())


def read_network(path: Path) -> Network:
    """Read an OpenStreetMap extract (XML, plain or packed by bzip2 or gzip).

    Raises
    ------
    UsageError
        Where OSMnx is not installed, or there is no such file.
    InputError
        For a file that is no such extract, or one whose ways lack points.
    """
    try:
        import osmnx  # noqa: PLC0415 - an extra
    except ImportError:
        raise UsageError(MISSING) from None
    if not path.is_file():
        raise UsageError(f"There is no file '{path.name}'.")
    if path.suffix == ".pbf":
        raise InputError(
            f"'{path.name}' is a packed extract (PBF), which is not read. Turn it into XML: "
            f"osmium cat {path.name} -o {path.name.removesuffix('.pbf').removesuffix('.osm')}.osm"
        )
    try:
        with _tags_kept(osmnx):
            graph = osmnx.graph_from_xml(path, simplify=False, retain_all=True)
    except Exception as error:  # the parser and the library raise errors of a dozen kinds
        raise InputError(
            f"'{path.name}' could not be read as an OpenStreetMap extract ({type(error).__name__}). It must be XML "
            "(.osm) with the points of all its ways."
        ) from error
    return Network(graph, path.name)


@contextmanager
def _tags_kept(osmnx: Any) -> Iterator[None]:
    """Have the library keep the tags that say who may use a road; its settings are global."""
    before = osmnx.settings.useful_tags_way
    wanted = {"highway", "oneway", "junction", "maxspeed", *(tag for tags in TAGS.values() for tag in tags)}
    osmnx.settings.useful_tags_way = sorted({*before, *wanted})
    try:
        yield
    finally:
        osmnx.settings.useful_tags_way = before


def speed_kmh(tags: Tags, mode: str, roads: Roads) -> float | None:
    """Return how fast one goes along a way; None where that is not allowed.

    Parameters
    ----------
    tags : mapping
        Of the way, as OpenStreetMap has them.
    mode : str
        "walk" or "car".
    roads : Roads
        Speeds by kind of road; the limit of the road itself goes first where it is lower.
    """
    kind = tags.get("highway")
    rights = [tags[tag] for tag in TAGS[mode] if tag in tags]
    if not isinstance(kind, str) or (rights and rights[0] in BARRED):
        return None
    if mode == "walk":
        allowed = tags.get("foot") in ("yes", "designated", "permissive")
        return None if kind in NOT_ON_FOOT and not allowed else roads.walk_kmh
    speed = roads.car_kmh.get(kind.removesuffix("_link"))
    limit = _limit_kmh(tags.get("maxspeed"))
    return speed if speed is None or limit is None else min(speed, limit)


def _limit_kmh(text: object) -> float | None:
    found = _LIMIT.match(text) if isinstance(text, str) else None
    if found is None or float(found[1]) <= 0:
        return None
    return float(found[1]) * (MPH_KMH if found[2] == "mph" else 1.0)


def _edges_of(network: Network, mode: str, roads: Roads) -> Edges:
    """Return the edges that a way of travel may use, by the node they begin at."""
    edges: Edges = {}
    for start, end, tags in network.graph.edges(data=True):
        speed = speed_kmh(tags, mode, roads)
        if speed is None:
            continue
        km = float(tags["length"]) / 1000
        edges.setdefault(start, []).append((end, km / speed * 60, km))
        edges.setdefault(end, [])
        if mode == "walk":  # whoever walks may go against a one-way street
            edges[end].append((start, km / speed * 60, km))
    return edges


def road_times(
    network: Network, mode: str, origins: Points, destinations: Points, roads: Roads, tell: Tell = lambda _share: None
) -> RoadTimes:
    """Return the shortest ways by time from each origin to each destination.

    Each place is taken to the nearest junction or bend of a road that the way of travel may use: in a straight line, at
    walking speed on foot and at `Roads.access_kmh` by car.

    Parameters
    ----------
    network : Network
        From `read_network`.
    mode : str
        One of `MODES`.
    origins, destinations : Points
        Places.
    roads : Roads
        Speeds.
    tell : callable, optional
        Told how much is done.

    Returns
    -------
    RoadTimes
        One way, [from, to].

    Raises
    ------
    UsageError
        For another mode.
    InputError
        Where the extract has no road for it.
    """
    if mode not in MODES:
        raise UsageError(f"A road network has no times for '{mode}'. Valid: {', '.join(MODES)}.")
    edges = _edges_of(network, mode, roads)
    if not edges:
        raise InputError(f"'{network.name}' has no road or path for the way of travel '{mode}'.")
    nodes = list(edges)
    at_from, gap_from = _nearest(network, nodes, origins, roads.reach_km)
    at_to, gap_to = _nearest(network, nodes, destinations, roads.reach_km)
    shape = len(origins.keys), len(destinations.keys)
    km, minutes = np.full(shape, np.inf), np.full(shape, np.inf)
    targets = {nodes[one] for one in at_to if one >= 0}
    access = 60 / (roads.walk_kmh if mode == "walk" else roads.access_kmh)
    for row, start in enumerate(at_from):
        if start >= 0:
            ways = _ways(edges, nodes[start], targets)
            for column, end in enumerate(at_to):
                if end >= 0 and nodes[end] in ways:
                    gap = gap_from[row] + gap_to[column]
                    minutes[row, column] = ways[nodes[end]][0] + gap * access
                    km[row, column] = ways[nodes[end]][1] + gap
        tell((row + 1) / shape[0])
    return RoadTimes(km, minutes, at_from < 0, at_to < 0)


def _nearest(
    network: Network, nodes: list[int], points: Points, reach_km: float
) -> tuple[npt.NDArray[np.int64], Numbers]:
    """Return the number of the nearest node of each place, -1 where none is within reach, and the gap in km."""
    from pyproj import Transformer  # noqa: PLC0415 - slow to import, and only needed here
    from shapely import STRtree  # noqa: PLC0415
    from shapely import points as to_shapes  # noqa: PLC0415

    data = network.graph.nodes
    longitude, latitude = (np.array([data[node][axis] for node in nodes], dtype=np.float64) for axis in "xy")
    x, y = Transformer.from_crs(WGS84, BNG, always_xy=True).transform(longitude, latitude)
    found = np.full(len(points.keys), -1, dtype=np.int64)
    gaps = np.full(len(points.keys), np.inf)
    placed = np.flatnonzero(np.isfinite(points.easting) & np.isfinite(points.northing))
    if len(placed):
        east, north = points.easting[placed], points.northing[placed]
        nearest = STRtree(to_shapes(x, y)).nearest(to_shapes(east, north))
        gap = np.hypot(np.asarray(x)[nearest] - east, np.asarray(y)[nearest] - north) / 1000
        near = gap <= reach_km
        found[placed[near]], gaps[placed[near]] = nearest[near], gap[near]
    return found, gaps


def _ways(edges: Edges, start: int, targets: set[int]) -> dict[int, tuple[float, float]]:
    """Return target -> minutes and km of the quickest way from a node; targets that no way leads to are left out.

    Dijkstra's algorithm, which ends when the last target is reached; of two ways as quick the shorter one counts.
    """
    best: dict[int, tuple[float, float]] = {start: (0.0, 0.0)}
    done: dict[int, tuple[float, float]] = {}
    left = set(targets)
    waiting = [(0.0, 0.0, start)]
    while waiting and left:
        minutes, km, node = heappop(waiting)
        if node in done:
            continue
        done[node] = (minutes, km)
        left.discard(node)
        for end, more_minutes, more_km in edges[node]:
            reached = (minutes + more_minutes, km + more_km)
            if end not in best or reached < best[end]:
                best[end] = reached
                heappush(waiting, (*reached, end))
    return {target: done[target] for target in targets if target in done}
