"""Hard rules that an allocation breaks."""

from layers.link_workers.broken import away_words, broken_rules, hours, names
from layers.link_workers.core import Rules


def test_each_rule_in_words(make_school, make_post, make_ground):
    rules = Rules(
        1,
        1,
        hard=True,
        locks={1: "LW-2"},
        together=frozenset({frozenset({1, 3})}),
        apart=frozenset({frozenset({1, 2})}),
    )
    schools = [make_school(1, 0, load=3), make_school(2, 1), make_school(3, 2)]
    posts = [make_post(1, 0, hours=4.5, barred=[2]), make_post(2, 0), make_post(3, 0, absent=True)]
    found = broken_rules(make_ground(schools, posts, rules), {1: "LW-1", 2: "LW-1", 3: "LW-3"})
    assert [(one.key, one.amount) for one in found] == [
        (("hours", "LW-1"), 0.5), (("barred", "LW-1", "2"), 1), (("range", "LW-1"), 1), (("range", "LW-2"), 1),
        (("away", "LW-3"), 1), (("lock", "1"), 1), (("together", "1", "3"), 1), (("apart", "1", "2"), 1),
    ]  # fmt: skip
    assert found[5].words == "School 1 (1) stays with LW-2 by a rule, and cannot be with LW-1."
    assert found[7].words == "School 1 (1) and School 2 (2) must not have the same worker, but LW-1 has both."


def test_words(make_school, make_post, make_ground):
    assert hours(2) == "2.0 hours"
    assert hours(0.004) == "0.004 hours"
    assert names(make_ground([make_school(1, 0)], []), [1, 7, 8]) == "School 1 (1), School 7 and School 8"
    assert away_words(make_post(1, 0, hours=0)) == "without hours for schools"
