"""Numbers on the map do not cover each other."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from callbacks.workers_labels import EDGE, HEIGHT, LETTER, place_labels


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=12), st.sampled_from([1.0, 0.3]))
def test_no_number_lies_on_another(middles, zoom):
    keys = {str(number): place for number, place in enumerate(middles)}
    found = place_labels(keys, dict.fromkeys(keys, "07"), zoom)
    wide, high = (EDGE + 2 * LETTER) * zoom, HEIGHT * zoom
    for one, other in combinations(found.values(), 2):
        assert abs(one.x - other.x) >= wide - 1e-9 or abs(one.y - other.y) >= high - 1e-9


def test_where_there_is_room_a_number_stands_in_the_middle():
    found = place_labels({"a": (10, 10), "b": (200, 10), "c": (12, 10)}, {"a": "1", "b": "2", "c": "3"})
    assert [(one.x, one.y, one.moved) for one in list(found.values())[:2]] == [(10, 10, False), (200, 10, False)]
    assert found["c"].moved
