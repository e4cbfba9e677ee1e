from hypothesis import given
from hypothesis import strategies as st

from layers.sufficiency.whole_numbers import rounded, shared_out

WEIGHTS = st.lists(st.floats(0, 1e6, allow_nan=False), min_size=1, max_size=30)


@given(st.integers(0, 20_000), WEIGHTS)
def test_the_parts_add_up_and_none_is_a_whole_off(total, weights):
    found = shared_out(total, weights)
    assert sum(found) == total
    assert min(found) >= 0
    if (whole := sum(weights)) > 1e-3:
        assert all(abs(part - total * weight / whole) < 1.001 for part, weight in zip(found, weights, strict=True))


def test_by_hand():
    # 7 by 50, 30, 20 %: 3.5, 2.1, 1.4; one is left and goes to the largest remainder, the first.
    assert shared_out(7, [5, 3, 2]) == (4, 2, 1)
    assert shared_out(4, [0, 0, 0]) == (2, 1, 1)
    assert shared_out(4, [0, 0, 1]) == (0, 0, 4)
    assert shared_out(0, [1, 2]) == (0, 0)
    assert shared_out(5, []) == ()


def test_halves_go_up():
    assert [rounded(one) for one in (0.5, 1.5, 2.5, 2.49)] == [1, 2, 3, 2]
