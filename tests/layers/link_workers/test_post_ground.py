"""What a sharing is judged by."""

import numpy as np
import pytest

from layers.link_workers.pairs import Pair
from layers.link_workers.post_ground import is_present


def test_the_fair_share_is_that_of_the_posts_present_in_the_locality(make_school, make_post, make_ground):
    schools = [make_school(1, 0, load=3), make_school(2, 1, load=2), make_school(3, 9, load=4, area="b")]
    posts = [
        make_post(1, 0, hours=6),
        make_post(2, 1, hours=4),
        make_post(3, 1, absent=True),
        make_post(4, 9, hours=2, area="b"),
    ]
    ground = make_ground(schools, posts)
    # 5 hours of load on 10 present; 4 on 2, which is more than all.
    assert ground.fair_share.tolist() == [0.5, 0.5, 0.5, 1.0]


def test_a_post_without_a_base_works_where_its_team_or_its_schools_are(make_school, make_post, make_ground):
    schools = [make_school(1, 0), make_school(2, 1, area="b"), make_school(3, 2, area="b")]
    posts = [
        make_post(1, None, area="unknown", team="barton"), make_post(2, None, area="unknown", held=[1]),
        make_post(3, None, area="unknown"),
    ]  # fmt: skip
    assert make_ground(schools, posts).homes == ("b", "a", "unknown")


def test_who_holds_what_and_who_is_there(make_school, make_post, make_ground):
    posts = [make_post(1, 0, held=[1]), make_post(2, 0, held=[2, 9], vacant=True), make_post(3, 0, hours=0)]
    ground = make_ground([make_school(1, 0), make_school(2, 1), make_school(3, 2)], posts)
    assert ground.holder.tolist() == [0, 1, -1]
    assert ground.present.tolist() == [True, False, False]
    assert not is_present(make_post(4, 0, absent=True))


def test_ways_are_straight_with_a_detour_and_wishes_with_other_schools_do_not_count(
    make_school, make_post, make_ground
):
    ground = make_ground(
        [make_school(1, 0), make_school(2, 3, 4)], [make_post(1, 0), make_post(2, None)], None,
        (Pair(frozenset({1, 2}), "", 1.0), Pair(frozenset({1, 7}), "", 1.0)),
    )  # fmt: skip
    assert ground.ways_km[0, 1] == pytest.approx(6.5)
    assert ground.base_km[0] == pytest.approx([0, 6.5])
    assert np.isnan(ground.base_km[1]).all()
    assert ground.beside[0, 1]
    assert len(ground.pairs) == 1


def test_who_cannot_stay_costs_nothing(make_school, make_post, make_ground):
    posts = [make_post(1, 0, held=[1], absent=True), make_post(2, 0, held=[2], barred=[2]), make_post(3, 0)]
    assert not make_ground([make_school(1, 0, families=5), make_school(2, 1, families=5)], posts).change_costs.any()
