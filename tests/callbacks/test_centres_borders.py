"""Borders between small areas, from their paths: four squares of ten units, by hand."""

from hypothesis import given
from hypothesis import strategies as st

from callbacks.centres_borders import borders, edges, joined, rings
from callbacks.cme_outlines import outlines, ring_path


def square(x, y):
    return ring_path([(x, y), (x + 10, y), (x + 10, y + 10), (x, y + 10)])


SQUARES = {"a": square(0, 0), "b": square(10, 0), "c": square(0, 10), "d": square(10, 10)}


def test_a_path_gives_back_its_points():
    assert list(rings(square(0, 0) + square(-30, 5))) == [
        ((0, 0), (10, 0), (10, 10), (0, 10), (0, 0)),
        ((-30, 5), (-20, 5), (-20, 15), (-30, 15), (-30, 5)),
    ]
    assert set(edges(square(0, 0))) == {((0, 0), (10, 0)), ((10, 0), (10, 10)), ((0, 10), (10, 10)), ((0, 0), (0, 10))}


def test_only_edges_between_different_kinds_are_borders():
    assert borders(SQUARES, dict.fromkeys("abcd", 1)) == ""
    assert borders(SQUARES, {"a": 1, "b": 2, "c": 1, "d": 2}) == "M10 0l0 10 0 10"
    assert borders(SQUARES, {"a": 1, "b": 2}) == "M10 0l0 10"
    assert borders(SQUARES, {"a": 1, "c": 1}) == ""


def length(path):
    steps = [part.partition("l")[2].split() for part in path.split("M") if part]
    return sum(len(part) // 2 for part in steps)


@given(st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4), st.booleans()), max_size=30))
def test_every_edge_is_drawn_once(places):
    lines = [((x, y), (x + 1, y) if across else (x, y + 1)) for x, y, across in sorted(places)]
    assert length(joined(lines)) == len(lines)


def test_neighbouring_small_areas_share_their_borders(demo_store):
    _, small = outlines(demo_store, "lsoa")
    found = borders({one.code: one.path for one in small}, {one.code: one.code for one in small})
    every = {edge for one in small for edge in edges(one.path)}
    outer = length(borders({one.code: one.path for one in small}, demo_store.areas.of_atom["locality"]))
    assert 0 < outer < length(found) < len(every)
