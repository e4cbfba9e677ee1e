"""Prepared shapes as paths of an SVG."""

import json
import re
from math import cos, radians

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from callbacks.cme_outlines import MARGIN, WIDTH, Sheet, outlines, read_outlines, ring_path

SHEET = Sheet(51.0, -1.0, 52.0, 0.0)
POINTS = st.lists(st.tuples(st.integers(-500, 1500), st.integers(-500, 1500)), max_size=30)


def ends(path):
    """Return the points of a path in absolute units."""
    found = []
    for start, steps in re.findall(r"M(-?\d+ -?\d+)l([^z]*)z", path):
        x, y = map(int, start.split())
        found.append((x, y))
        numbers = list(map(int, steps.split()))
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            found.append((x, y))
    return found


def test_the_corners_of_the_county_lie_within_the_margins():
    assert SHEET.at(-1.0, 52.0) == (MARGIN, MARGIN)
    assert SHEET.at(0.0, 51.0) == (WIDTH - MARGIN, SHEET.height - MARGIN)


def test_a_degree_of_latitude_is_as_long_as_on_the_ground_at_the_middle():
    # On the ground a degree of longitude is the cosine of the latitude times one of latitude.
    x, y = (end - MARGIN for end in SHEET.at(0.0, 51.0))
    assert x / y == pytest.approx(cos(radians(51.5)), abs=0.001)


def test_a_ring_is_a_start_and_steps_and_points_that_fall_together_are_drawn_once():
    assert ring_path([(0, 0), (10, 0), (10, 0), (10, 5), (0, 0)]) == "M0 0l10 0 0 5z"
    assert ring_path([(0, 0), (3, 3), (0, 0)]) == ""
    assert ring_path([]) == ""


@given(POINTS)
def test_a_path_goes_through_the_points_of_its_ring(points):
    path = ring_path(points)
    drawn = ends(path)
    assert set(drawn) <= set(points)
    if drawn:
        assert drawn[0] == points[0]
        assert len(drawn) >= 3
        assert all(one != other for one, other in zip(drawn, [*drawn[1:], drawn[0]], strict=True))


def test_holes_and_islands_are_rings_of_one_path(tmp_path):
    square = [[-1, 51], [0, 51], [0, 52], [-1, 52], [-1, 51]]
    hole = [[-0.75, 51.25], [-0.25, 51.25], [-0.25, 51.75], [-0.75, 51.25]]
    features = [
        {"properties": {"code": "a", "name": "A", "at": [51.5, -0.5]}, "geometry": shape}
        for shape in (
            {"type": "Polygon", "coordinates": [square, hole]},
            {"type": "MultiPolygon", "coordinates": [[square], [hole]]},
        )
    ]
    file = tmp_path / "shapes.json.br"
    file.write_bytes(brotli.compress(json.dumps({"features": features}).encode()))
    first, second = read_outlines(file, SHEET)
    assert first.path == second.path
    assert first.path.count("M") == first.path.count("z") == 2
    assert (first.x, first.y) == SHEET.at(-0.5, 51.5)


@pytest.mark.parametrize("scheme", ["locality", "ward"])
def test_every_area_of_a_scheme_is_drawn_on_the_sheet(small_store, scheme):
    sheet, shapes = outlines(small_store, scheme)
    assert [one.code for one in shapes] == list(small_store.areas.names[scheme])
    assert [one.name for one in shapes] == list(small_store.areas.names[scheme].values())
    for one in shapes:
        assert one.path
        for x, y in [*ends(one.path), (one.x, one.y)]:
            assert 0 <= x <= WIDTH
            assert 0 <= y <= sheet.height


def test_the_shapes_are_read_once(small_store):
    assert outlines(small_store, "district")[1] is outlines(small_store, "district")[1]
