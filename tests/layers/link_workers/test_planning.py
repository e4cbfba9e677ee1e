"""What goes into a plan; the sharing itself is a fake that shows what it was given."""

import sys
from dataclasses import replace
from datetime import date
from types import MappingProxyType, ModuleType

import pytest

from geodata.errors import UsageError
from layers.link_workers import planning
from layers.link_workers.core import Plan, Post, Rules, School, Work
from layers.link_workers.planning import Asked, require_places, share

DAY = date(2025, 1, 16)
SCHOOLS = tuple(
    School(urn, f"School {urn}", "primary", "HP20 1DH", "aylesbury", 482_000.0, 213_900.0, 0.0, 51.0, 1.0)
    for urn in (100001, 100002, 100003)
)
POSTS = tuple(Post(name, "", "aylesbury", 37, 20, False, "", None, None) for name in ("LW-1", "LW-2"))
WORK = Work(DAY, SCHOOLS, POSTS, MappingProxyType({"aylesbury": "Aylesbury"}), ("A note.",))


@pytest.fixture
def given(monkeypatch):
    """What the sharing was given: "assigned" or "clustered", work, rules, pairs."""
    found = {}

    def module(name, function, how):
        made = ModuleType(name)

        def fake(work, rules, pairs=(), *_more, **_named):
            found.update(how=how, work=work, rules=rules, pairs=pairs)
            return Plan((), (), "optimal", 0.0, 0.0, {}, 0.0, ("Of the plan.",))

        setattr(made, function, fake)
        monkeypatch.setitem(sys.modules, f"layers.link_workers.{name}", made)

    module("assignment", "assign_schools", "assigned")
    module("clusters", "cluster_schools", "clustered")
    monkeypatch.setattr(planning, "work_of", lambda _store, _day: WORK)
    monkeypatch.setattr(planning, "facts_by_school", lambda _store, _day: {one.urn: {} for one in SCHOOLS})
    monkeypatch.setattr(planning, "locks_of", lambda _store, _day: {100001: "LW-1", 100002: "LW-9", 999999: "LW-1"})
    return found


def test_posts_with_a_soft_range_and_the_locks_of_the_list(real_store, given):
    found = share(real_store, Asked(DAY))
    assert given["how"] == "assigned"
    assert (found.rules.least, found.rules.most, found.rules.hard) == (3, 5, False)
    assert dict(found.rules.locks) == {100001: "LW-1"}
    assert found.notes[:2] == (
        "Must stay, but the school or the post is not in this plan: 100002 with LW-9, 999999 with LW-1.",
        "Of the plan.",
    )
    assert "A note." in found.notes
    assert {pair.why for pair in given["pairs"]} == {"one site"}
    assert not found.handovers_known  # no early help is loaded


def test_a_range_with_too_few_places_is_refused_with_the_sum(real_store, given):
    posts = (POSTS[0], replace(POSTS[1], absent=True))
    with pytest.raises(
        UsageError, match=r"exactly 2 schools .* 1 post present x 2 = 2 places for 3 schools, 1 too few"
    ):
        require_places(replace(WORK, posts=posts), Rules(2, 2, hard=True))
    for rules in (Rules(2, 2), Rules(2, 2, hard=True, keep=True), Rules(3, 3, hard=True)):
        require_places(replace(WORK, posts=posts), rules)
    require_places(replace(WORK, posts=()), Rules(1, 1, hard=True))
    with pytest.raises(UsageError, match="2 posts present x 1 = 2 places"):
        share(real_store, Asked(DAY, least=1, most=1))
    assert not given


@pytest.mark.parametrize("asked", [Asked(DAY, least=2), Asked(DAY, most=5)])
def test_a_range_that_is_given_is_hard(real_store, given, asked):
    assert share(real_store, asked).rules.hard
    assert given["rules"].most == 5


def test_without_posts_the_range_is_hard_and_no_lock_holds(real_store, given):
    found = share(real_store, Asked(DAY, posts=False))
    assert given["how"] == "clustered"
    assert given["work"].posts == ()
    assert (found.rules.hard, dict(found.rules.locks)) == (True, {})


def test_what_a_person_says_does_not_undo_a_protected_case(real_store, given):
    with pytest.raises(UsageError, match="must stay with LW-1 until a later day"):
        share(real_store, Asked(DAY, locks=("100001=LW-2",)))
    share(real_store, Asked(DAY, locks=("100003=LW-2",)))
    assert dict(given["rules"].locks) == {100001: "LW-1", 100003: "LW-2"}


def test_keeping_needs_posts(real_store, given):
    with pytest.raises(UsageError, match="--keep needs posts"):
        share(real_store, Asked(DAY, keep=True, posts=False))
    assert not given
