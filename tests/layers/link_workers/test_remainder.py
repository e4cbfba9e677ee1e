"""Why a school has no worker."""

import pytest

from layers.link_workers.assignment import Effort, assigned
from layers.link_workers.core import Rules


@pytest.fixture
def why(make_ground):
    """Return school -> the rule that leaves it over."""

    def found(schools, posts, rules=None):
        return dict(assigned(make_ground(schools, posts, rules), Effort(0.0, 5.0)).left_over)

    return found


def test_hours_by_how_much(why, make_school, make_post):
    said = why([make_school(1, 0), make_school(2, 1), make_school(3, 2)], [make_post(1, 0, hours=4.5)])
    assert said == {3: (
        "needs 2.0 hours a week, and no post that may have it has so much left in one piece: all schools have a load "
        "of 6.0 hours a week, the posts present 4.5 hours, 1.5 hours too few."
    )}  # fmt: skip


def test_hours_in_pieces(why, make_school, make_post):
    said = why([make_school(1, 0), make_school(2, 1), make_school(3, 2)], [make_post(n, 0, hours=3) for n in (1, 2)])
    assert next(iter(said.values())).endswith("they have 2.0 hours in all, the most of one 1.0 hours.")


def test_more_than_any_post_has(why, make_school, make_post):
    rules = Rules(together=frozenset({frozenset({1, 2})}))
    said = why([make_school(1, 0), make_school(2, 1)], [make_post(1, 0, hours=3)], rules)
    assert (
        said[1]
        == said[2]
        == (
            "School 1 (1) and School 2 (2) must have one worker and need 4.0 hours a week; of the posts that may have "
            "it none has more than 3.0 hours."
        )
    )


def test_barred_by_all(why, make_school, make_post):
    said = why([make_school(1, 0)], [make_post(1, 0, barred=[1]), make_post(2, 0, barred=[1])])
    assert said == {1: "every post that is present is barred from School 1 (1)."}


def test_locks(why, make_school, make_post):
    posts = [make_post(1, 0, hours=3, barred=[4]), make_post(2, 0, absent=True)]
    schools = [make_school(urn, urn) for urn in (1, 2, 3, 4)]
    assert why(schools[:1], posts, Rules(locks={1: "LW-2"})) == {1: "is locked to LW-2, which is absent."}
    assert why(schools[:1], posts, Rules(locks={1: "LW-7"})) == {
        1: "is locked to LW-7, which is not in the list of posts."
    }
    assert why(schools[3:], posts, Rules(locks={4: "LW-1"})) == {
        4: "is locked to LW-1, which must not take School 4 (4)."
    }
    full = why(schools[:2], posts, Rules(locks={1: "LW-1", 2: "LW-1"}))
    assert list(full.values()) == [
        "is locked to LW-1, which cannot carry it: all that is locked to it has a load of 4.0 hours a week; it has 3.0 "
        "hours."
    ]
    hard = why(schools[:2], [make_post(1, 0)], Rules(1, 1, hard=True, locks={1: "LW-1", 2: "LW-1"}))
    assert list(hard.values()) == [
        "is locked to LW-1, to which 2 schools are locked: more than the range of exactly 1 allows."
    ]


def test_rules_that_contradict_each_other(why, make_school, make_post):
    schools, posts = [make_school(1, 0), make_school(2, 1)], [make_post(1, 0), make_post(2, 0)]
    pair = frozenset({frozenset({1, 2})})
    assert "must not have the same worker, but other rules" in why(schools, posts, Rules(together=pair, apart=pair))[1]
    said = why(schools, posts, Rules(together=pair, locks={1: "LW-1", 2: "LW-2"}))
    assert said[2].endswith("locked to different posts: School 1 (1) to LW-1, School 2 (2) to LW-2.")


def test_the_end_of_the_range(why, make_school, make_post):
    said = why([make_school(1, 0), make_school(2, 1)], [make_post(1, 0)], Rules(1, 1, hard=True))
    assert list(said.values()) == ["every post that may have it is at the end of the range: 1 schools per worker."]


def test_in_year_pairs_with_schools_that_stay(why, make_school, make_post):
    posts = [make_post(1, 0, held=[1]), make_post(2, 0, held=[2])]
    rules = Rules(keep=True, together=frozenset({frozenset({1, 3}), frozenset({2, 3})}))
    said = why([make_school(urn, urn) for urn in (1, 2, 3)], posts, rules)
    assert said == {3: "its pairs cannot be kept: no post may have it beside the schools that stay where they are."}


def test_a_locality_that_is_short(why, make_school, make_post):
    schools = [make_school(1, 0, load=4), make_school(2, 1, load=3), make_school(3, 9, load=2, area="b")]
    said = why(schools, [make_post(1, 0, hours=4), make_post(2, 9, hours=5, area="b", barred=[1, 2])])
    assert (
        "the schools of Aston have a load of 7.0 hours a week, its posts 4.0 hours, 3.0 hours too few"
        in said[2 if 2 in said else 1]
    )


def test_a_lock_never_speaks_of_full_where_there_is_room(why, make_school, make_post):
    rules = Rules(locks={2: "LW-1"}, apart=frozenset({frozenset({1, 2})}))
    posts = [make_post(1, 0, hours=9, held=[1])]
    said = why([make_school(1, 0), make_school(2, 1)], posts, Rules(keep=True, locks=rules.locks, apart=rules.apart))
    assert "full" not in said[2]
    said = why([make_school(1, 0), make_school(2, 1)], [make_post(1, 0, hours=3, held=[1])],
               Rules(keep=True, locks=rules.locks))  # fmt: skip
    assert said == {2: "is locked to LW-1, which has 1.0 hours a week left, and 2.0 hours are needed."}


def test_apart_is_no_lack_of_hours(why, make_school, make_post):
    rules = Rules(apart=frozenset({frozenset({1, 2})}))
    (said,) = why([make_school(1, 0), make_school(2, 1)], [make_post(1, 0, hours=9)], rules).values()
    assert said == (
        "every post with hours left for it is at the end of the range, or has a school that must be apart from it."
    )
