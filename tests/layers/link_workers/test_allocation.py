"""Which block may go to which post, as columns."""

import numpy as np
import pytest

from layers.link_workers.allocation import Ways, block_costs
from layers.link_workers.blocks import blocks_of
from layers.link_workers.packing import Among


def test_the_goals_as_columns(make_school, make_post, make_ground):
    ground = make_ground([make_school(1, 1)], [make_post(1, 0), make_post(2, None), make_post(3, 1, area="b")])
    blocks = blocks_of(ground)
    ways = Ways(ground, blocks, Among(np.arange(1), np.arange(3), ("a",), ground.homes))
    assert block_costs(ground, blocks, ways.among)[0] == pytest.approx([2.6, 1.3, 0])
    assert ways.left_costs.tolist() == [0, 0, 0, 1, 1, 1, 1]
    assert ways.away_costs.tolist() == [0, 0, 1, 0, 0, 0, 0]
    assert ways.post_of(ways.columns({0: 2}, {1: 3})) == {0: 2}
    assert ways.columns({}, {1: 3}).tolist() == [0, 0, 0, 1, 0, 3, 0]
    assert ways.within_hours(ways.columns({0: 0}, {}))
