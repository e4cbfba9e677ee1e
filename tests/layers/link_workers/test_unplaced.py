"""The rule that leaves a school without a worker."""

import pytest

from layers.link_workers.core import Rules
from layers.link_workers.unplaced import unplaced

PAIR = frozenset({1, 2})
BESIDE = "3 to 5 schools side by side with it keep the pairs that must be together or apart"
ALL = "cannot all be in clusters of 3 to 5 side by side that keep the pairs asked for"
APART = "it must be with schools that must be apart from each other"


@pytest.mark.parametrize(
    ("rules", "groups", "reachable", "count", "words"),
    [
        (Rules(3, 5), [], [], 2, "2 schools of Wycombe are fewer than the least 3 per worker"),
        (Rules(3, 5), [], [], 1, "1 school of Wycombe is fewer than the least 3 per worker"),
        (Rules(4, 5), [], [1], 7, "7 schools of Wycombe cannot be shared out with 4 to 5 per worker"),
        (Rules(3, 3), [], [1], 7, "7 schools of Wycombe cannot be shared out with 3 per worker"),
        (Rules(3, 5), [], [1], 9, f"9 schools of Wycombe {ALL}"),
        (Rules(3, 5), [], [], 9, f"no {BESIDE}"),
        (Rules(1, 1), [PAIR], [], 9, "2 schools that must have one worker are more than the most 1 per worker"),
        (Rules(3, 5, apart=frozenset({PAIR})), [PAIR], [], 9, APART),
    ],
)  # fmt: skip
def test_it_is_named(rules, groups, reachable, count, words):
    assert unplaced([1], reachable, groups, rules, (count, "Wycombe")) == ((1, words),)
