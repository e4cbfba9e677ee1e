"""Which schools are shared among which posts."""

from layers.link_workers.areas import split
from layers.link_workers.blocks import blocks_of
from layers.link_workers.core import Rules


def parts(ground):
    found = split(ground, blocks_of(ground), 10.0)
    return found, {part.area: ([int(at) for at in part.blocks], part.posts.tolist()) for part in found.parts}


def test_each_locality_by_itself(make_school, make_post, make_ground):
    schools = [make_school(1, 0), make_school(2, 1, area="b")]
    found, by_area = parts(make_ground(schools, [make_post(1, 9), make_post(2, 0, area="b")]))
    assert by_area == {"a": ([0], [0]), "b": ([1], [1])}
    assert found.lent == ()


def test_neighbours_take_only_what_a_localitys_posts_cannot_carry(make_school, make_post, make_ground):
    schools = [*(make_school(urn, urn) for urn in (1, 2, 3)), make_school(4, 9, area="b")]
    found, by_area = parts(make_ground(schools, [make_post(1, 0, hours=4), make_post(2, 9, area="b", hours=10)]))
    assert by_area == {"a": ([0, 1], [0]), "b": ([2, 3], [1])}
    assert found.lent == (2,)
    assert found.left == ()


def test_a_locality_without_posts_is_shared_among_the_others(make_school, make_post, make_ground):
    found, by_area = parts(make_ground([make_school(1, 0), make_school(2, 1, area="b")], [make_post(1, 0)]))
    assert by_area == {"a": ([0, 1], [0])}
    assert found.lent == (1,)


def test_a_lock_takes_a_school_to_its_posts_locality(make_school, make_post, make_ground):
    ground = make_ground([make_school(1, 0)], [make_post(1, 0), make_post(2, 9, area="b")], Rules(locks={1: "LW-2"}))
    assert parts(ground)[1]["b"] == ([0], [1])


def test_a_post_of_no_locality_goes_where_hours_lack(make_school, make_post, make_ground):
    schools = [make_school(1, 0), make_school(2, 1, area="b"), make_school(3, 1, area="b")]
    ground = make_ground(schools, [make_post(1, 0), make_post(2, None, area="unknown")])
    assert parts(ground)[1] == {"a": ([0], [0]), "b": ([1, 2], [1])}
