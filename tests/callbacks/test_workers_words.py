"""How posts, plans and figures are named."""

from dataclasses import replace

import pytest

from callbacks.workers_words import (
    hours,
    km,
    km_change,
    outside_words,
    over_words,
    plan_words,
    post_kind,
    proven,
    short_labels,
)
from layers.link_workers.compare import Share
from layers.link_workers.core import Rules


@pytest.mark.parametrize(
    ("keys", "labels"),
    [
        (["LW-01", "LW-02", "LW-11"], ["01", "02", "11"]),
        (["LW-10", "LW-11"], ["10", "11"]),
        (["1", "2", "12"], ["1", "2", "12"]),
        (["North 1", "South 2"], ["Nort", "Sout"]),
        (["LW-7"], ["LW-7"]),
        (["A", "AB"], ["A", "AB"]),
        ([], []),
    ],
)
def test_a_label_is_what_tells_posts_apart(keys, labels):
    assert list(short_labels(keys).values()) == labels


def test_plans_are_named_as_people_speak():
    assert plan_words("today") == "Today's sharing"
    assert plan_words("proposed", posts=False) == "The proposed clusters"
    assert plan_words("proposed", rules=Rules(2, 6, hard=True, keep=True)) == "The in-year plan (2 to 6 each)"
    assert plan_words("saved:Autumn", moves=1) == "The plan 'Autumn' with 1 move by hand"


def test_figures():
    assert (hours(7.25), km(99.94), km(100.4), km(9.94)) == ("7.3", "100", "100", "9.9")


def test_differences_are_those_of_the_figures_that_are_shown(small_desk):
    assert [km_change(31.4, 39.6), km_change(39.6, 9.5), km_change(9.44, 9.56)] == ["+9", "\u221230.5", "+0.2"]
    assert km_change(39.6, 31.4, signed=False) == "9"
    post = replace(small_desk.posts["LW-1"], capacity_hours=13.34)
    said = [over_words(Share("LW-1", load_hours=load), post) for load in (30.85, 13.36, 13.341, 13.34)]
    assert said == ["over by 17.6", "over by 0.1", "over by less than 0.1", ""]
    assert over_words(Share("1"), None) == ""


def test_a_range_of_one_number_is_exact():
    assert outside_words(4, 4) == "Workers with other than 4 schools"
    assert plan_words("proposed", rules=Rules(4, 4, hard=True)) == "The proposed plan (exactly 4 each)"


def test_what_is_particular_about_a_post(small_desk):
    posts = small_desk.posts
    assert [post_kind(one) for one in (posts["LW-1"], posts["LW-3"], replace(posts["LW-1"], vacant=True), None)] == [
        "", "absent", "vacant", "",
    ]  # fmt: skip


def test_how_good_a_plan_is_proven_to_be(small_desk):
    assert proven(small_desk.proposed) == "proven close to the best of the plans looked at (at most 0.20% above it)"
    assert "not proven" in proven(replace(small_desk.proposed, status="time_limit", gap=None))
    assert proven(replace(small_desk.proposed, status="optimal", gap=0.0)) == "proven the best of the plans looked at"
