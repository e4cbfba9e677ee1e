"""In-year runs."""

from layers.link_workers.core import Rules
from layers.link_workers.cover import cover_notes, cover_of, kept_of


def test_who_keeps_what_and_what_is_covered(make_school, make_post, make_ground):
    schools = [make_school(urn, urn) for urn in (1, 2, 3, 4)]
    posts = [make_post(1, 0, held=[1, 2]), make_post(2, 0, held=[3], absent=True)]
    ground = make_ground(schools, posts, Rules(keep=True, locks={2: "LW-2"}))
    assert kept_of(ground) == {1: "LW-1"}
    assert cover_of(ground, {1: "LW-1", 3: "LW-1", 4: "LW-1"}) == {3: "LW-2"}


def test_what_is_broken_today_is_said_and_left(make_school, make_post, make_ground):
    schools = [make_school(1, 0, load=9), make_school(2, 1, load=3)]
    ground = make_ground(
        schools, [make_post(1, 0, held=[1, 2], barred=[2]), make_post(2, 0, vacant=True)], Rules(keep=True)
    )
    assert kept_of(ground) == {1: "LW-1", 2: "LW-1"}
    assert cover_notes(ground) == (
        "LW-2 is vacant and has 0 schools today: others cover them, and they stay schools of this post.",
        "LW-1 is over its hours by 2.0 hours a week today; an in-year run leaves that.",
        "LW-1 must not take School 2 (2), but has it today; an in-year run leaves that.",
    )


def test_a_full_plan_says_that_vacant_posts_get_none(make_school, make_post, make_ground):
    (said,) = cover_notes(make_ground([make_school(1, 0)], [make_post(1, 0, held=[1], vacant=True)]))
    assert said == (
        "LW-1 is vacant and has 1 school today: a full plan gives it none, and shares them among those present."
    )
