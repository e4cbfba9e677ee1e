"""Journeys along the roads of an extract of seven points, written by hand and measured by hand.

A - B - C stand in a row from west to east, D north of B, E - F far from all::

        D
        |  footway
    A - B > C      A - B residential; B > C one-way, tertiary, 20 mph; A - C directly by a private road
    A - G trunk, without a pavement
    E - F residential, joined to nothing
"""

import socket

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.errors import InputError, UsageError
from geodata.profile import load_profile
from geodata.travel import Points
from geodata.travel_settings import travel_settings

osmnx = pytest.importorskip("osmnx")

from geodata.travel_roads import MISSING, Network, read_network, road_times, speed_kmh  # noqa: E402

ROADS = travel_settings(load_profile()).roads
STEP = 0.01
NODES = {
    "A": (-0.82, 51.80), "B": (-0.81, 51.80), "C": (-0.80, 51.80), "D": (-0.81, 51.81), "E": (-0.60, 51.60),
    "F": (-0.59, 51.60), "G": (-0.82, 51.81),
}  # fmt: skip
WAYS = (
    ("AB", {"highway": "residential"}),
    ("BC", {"highway": "tertiary", "oneway": "yes", "maxspeed": "20 mph"}),
    ("BD", {"highway": "footway"}),
    ("AC", {"highway": "service", "access": "private"}),
    ("AG", {"highway": "trunk"}),
    ("EF", {"highway": "residential"}),
    ("AD", {"waterway": "river"}),
)
EARTH_M = 6_371_009
EAST_KM = EARTH_M * np.radians(STEP) * np.cos(np.radians(51.8)) / 1000
"""From A to B, and from B to C."""

NORTH_KM = EARTH_M * np.radians(STEP) / 1000


def extract(ways=WAYS, nodes=NODES):
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<osm version="0.6" generator="by hand">']
    names = list(NODES)
    lines += [f'<node id="{names.index(key) + 1}" lon="{x}" lat="{y}"/>' for key, (x, y) in nodes.items()]
    for number, (ends, tags) in enumerate(ways):
        lines += [f'<way id="{100 + number}">', *(f'<nd ref="{names.index(end) + 1}"/>' for end in ends)]
        lines += [*(f'<tag k="{key}" v="{value}"/>' for key, value in tags.items()), "</way>"]
    return "\n".join([*lines, "</osm>"])


def at(*names, east_m=0.0):
    from pyproj import Transformer  # noqa: PLC0415

    places = [NODES.get(name, (0.0, 0.0)) for name in names]
    x, y = Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True).transform(*zip(*places, strict=True))
    return Points(tuple(names), np.array(x) + east_m, np.array(y))


@pytest.fixture(autouse=True)
def _offline(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def network(tmp_path):
    path = tmp_path / "hand.osm"
    path.write_text(extract(), encoding="utf-8")
    before = list(osmnx.settings.useful_tags_way)
    found = read_network(path)
    assert osmnx.settings.useful_tags_way == before
    return found


def test_by_car_a_one_way_street_is_one_way(network):
    found = road_times(network, "car", at("A", "C"), at("B", "C", "G"), ROADS)
    slow = EAST_KM / ROADS.car_kmh["residential"] * 60
    limited = EAST_KM / (20 * 1.609344) * 60
    trunk = NORTH_KM / ROADS.car_kmh["trunk"] * 60
    assert found.minutes[0] == pytest.approx([slow, slow + limited, trunk], rel=1e-3)
    assert found.km[0] == pytest.approx([EAST_KM, 2 * EAST_KM, NORTH_KM], rel=1e-3)
    assert found.minutes[1] == pytest.approx([np.inf, 0, np.inf], abs=1e-2)
    assert found.unreachable == 2
    assert not found.off_from.any()


def test_on_foot_paths_count_and_one_way_streets_do_not(network):
    found = road_times(network, "walk", at("C", "D"), at("A", "D"), ROADS)
    km = np.array([[2 * EAST_KM, EAST_KM + NORTH_KM], [EAST_KM + NORTH_KM, 0]])
    assert found.km == pytest.approx(km, abs=1e-3)
    assert found.minutes == pytest.approx(km / 4.8 * 60, abs=1e-2)
    # Nobody walks along the trunk road: to G one goes by D, and from there 0.69 km across.
    assert road_times(network, "walk", at("A"), at("G"), ROADS).km[0, 0] == pytest.approx(
        2 * EAST_KM + NORTH_KM, rel=3e-3
    )


def test_places_that_are_joined_to_nothing_or_far_from_all(network):
    lost = Points(("Z",), np.array([np.nan]), np.array([1.0]))
    found = road_times(network, "car", at("A", "E"), at("B", "F", "nowhere"), ROADS)
    assert found.found.tolist() == [[True, False, False], [False, True, False]]
    assert (found.unreachable, found.off_to.tolist()) == (2, [False, False, True])
    assert road_times(network, "car", lost, at("A"), ROADS).off_from.tolist() == [True]


def test_the_gap_to_the_road_counts(network):
    on_foot = road_times(network, "walk", at("A", east_m=-300.0), at("A"), ROADS)
    assert on_foot.km[0, 0] == pytest.approx(0.3, abs=1e-3)
    assert on_foot.minutes[0, 0] == pytest.approx(0.3 / 4.8 * 60, abs=1e-2)
    by_car = road_times(network, "car", at("A"), at("A", east_m=-300.0), ROADS)
    assert by_car.minutes[0, 0] == pytest.approx(0.3 / 15 * 60, abs=1e-2)
    assert road_times(network, "car", at("A", east_m=-1100.0), at("A"), ROADS).off_from.all()


def test_the_quicker_of_two_roads_is_taken_though_it_is_longer(tmp_path):
    path = tmp_path / "two.osm"
    ways = (("AD", {"highway": "service"}), ("AB", {"highway": "primary"}), ("BD", {"highway": "primary"}))
    path.write_text(extract(ways))
    found = road_times(read_network(path), "car", at("A"), at("D"), ROADS)
    assert found.km[0, 0] == pytest.approx(EAST_KM + NORTH_KM, abs=1e-3)


@pytest.mark.parametrize(
    ("mode", "tags", "speed"),
    [
        ("car", {"highway": "motorway_link"}, ROADS.car_kmh["motorway"]),
        ("car", {"highway": "footway"}, None),
        ("car", {"highway": "residential", "access": "private"}, None),
        ("car", {"highway": "residential", "access": "private", "motor_vehicle": "yes"}, ROADS.car_kmh["residential"]),
        ("car", {"highway": "residential", "motorcar": "no"}, None),
        ("car", {"highway": "primary", "maxspeed": "30 mph"}, 30 * 1.609344),
        ("car", {"highway": "primary", "maxspeed": "30"}, 30),
        ("car", {"highway": "primary", "maxspeed": "60 mph"}, ROADS.car_kmh["primary"]),
        ("car", {"highway": "primary", "maxspeed": "national"}, ROADS.car_kmh["primary"]),
        ("car", {"highway": "primary", "maxspeed": "0"}, ROADS.car_kmh["primary"]),
        ("car", {"waterway": "river"}, None),
        ("walk", {"waterway": "river"}, None),
        ("walk", {"highway": "motorway"}, None),
        ("walk", {"highway": "trunk", "foot": "yes"}, 4.8),
        ("walk", {"highway": "path", "foot": "no"}, None),
        ("walk", {"highway": "service", "access": "private", "foot": "permissive"}, 4.8),
    ],
)
def test_who_may_go_where_and_how_fast(mode, tags, speed):
    assert speed_kmh(tags, mode, ROADS) == (None if speed is None else pytest.approx(speed))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.sampled_from(["primary", "service"]), st.booleans()),
                min_size=1, max_size=12))  # fmt: skip
def test_no_way_is_quicker_than_networkx_finds(tmp_path, roads):
    networkx = pytest.importorskip("networkx")
    names = "ABCDGEF"
    ways = [(names[a] + names[b], {"highway": kind, "oneway": "yes" if oneway else "no"})
            for a, b, kind, oneway in roads if a != b]  # fmt: skip
    path = tmp_path / "drawn.osm"
    path.write_text(extract([*ways, ("EF", {"highway": "primary"})]))
    network = read_network(path)
    graph = network.graph
    weigh = {
        edge: graph.edges[edge]["length"] / 1000 / ROADS.car_kmh[graph.edges[edge]["highway"]] * 60
        for edge in graph.edges
    }
    networkx.set_edge_attributes(graph, weigh, "minutes")
    by_number = {number: list(NODES)[number - 1] for number in graph}
    known = {by_number[a]: {by_number[b]: minutes for b, minutes in found.items()}
             for a, found in networkx.all_pairs_dijkstra_path_length(graph, weight="minutes")}  # fmt: skip
    joined = [by_number[number] for number, degree in graph.degree if degree]
    found = road_times(network, "car", at(*joined), at(*joined), ROADS)
    expected = [[known[a].get(b, np.inf) for b in joined] for a in joined]
    assert found.minutes == pytest.approx(np.array(expected), abs=1e-2)


def test_a_bus_has_no_times_on_a_road(network):
    with pytest.raises(UsageError, match=r"no times for 'bus'. Valid: walk, car"):
        road_times(network, "bus", at("A"), at("B"), ROADS)


def test_an_extract_without_roads_is_refused(tmp_path):
    path = tmp_path / "river.osm"
    path.write_text(extract((("AB", {"waterway": "river"}),)))
    with pytest.raises(InputError, match=r"'river.osm' has no road or path for the way of travel 'car'"):
        road_times(read_network(path), "car", at("A"), at("B"), ROADS)


@pytest.mark.parametrize("text", ["no extract at all", "<osm></osm>", extract(nodes={key: NODES[key] for key in "AB"})])
def test_a_file_that_is_no_extract_is_refused_in_plain_words(tmp_path, text):
    path = tmp_path / "bad.osm"
    path.write_text(text)
    with pytest.raises(InputError, match=r"'bad.osm' could not be read as an OpenStreetMap extract"):
        read_network(path)


def test_packed_and_missing_files(tmp_path):
    (tmp_path / "bucks.osm.pbf").write_bytes(b"x")
    with pytest.raises(InputError, match=r"osmium cat bucks.osm.pbf -o bucks.osm$"):
        read_network(tmp_path / "bucks.osm.pbf")
    with pytest.raises(UsageError, match=r"There is no file 'none.osm'"):
        read_network(tmp_path / "none.osm")


def test_without_the_extra_it_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "osmnx", None)
    with pytest.raises(UsageError, match=r"locality-atlas\[roads\]"):
        read_network(tmp_path / "any.osm")
    assert "extra" in MISSING


def test_progress_is_told(network):
    shares = []
    road_times(network, "walk", at("A", "B"), at("C"), ROADS, shares.append)
    assert shares == [0.5, 1.0]
    assert isinstance(network, Network)
