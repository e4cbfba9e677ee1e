"""A plan worked out once, kept beside its snapshot, and found again; by whatever it rests on."""

from datetime import date

import pandas as pd
import pytest

from geodata.errors import UsageError
from geodata.snapshot import Workspace
from geodata.store import Store
from layers.link_workers.planning import Asked, share
from layers.link_workers.prepared import (
    MOST_KEPT,
    default_asked,
    ensure_plan,
    keep_plan,
    kept_plan,
    plan_path,
    rules_before,
    work_asked,
)

ATOM = "E01017627"
DAY = date(2025, 1, 16)


@pytest.fixture
def workspace(tmp_path, council):
    found = Workspace(tmp_path)
    schools = pd.DataFrame(
        {
            "urn": range(1, 8), "name": [f"School {urn}" for urn in range(1, 8)], "type": "state_funded",
            "phase": "primary", "status": "open", "postcode": "HP20 1DH", "pupils": 100, "atom": ATOM,
            "easting": [482_000.0 + 700 * n for n in range(7)], "northing": 214_000.0,
            "longitude": [-0.8 + 0.01 * n for n in range(7)], "latitude": 51.81,
        }
    )  # fmt: skip
    council.add_part(found, "schools", schools, basis="illustrative", reference_date=DAY)
    return found


@pytest.fixture
def add_posts(workspace, council):
    def add(hours=37.0):
        posts = pd.DataFrame(
            {
                "post": ["LW-1", "LW-2"], "team": "Aylesbury", "hours": hours, "term_time": False, "base": "Oak",
                "base_postcode": "HP20 1DH", "languages": "en", "absent_from": None, "absent_to": None,
                "barred_schools": None,
            }
        )  # fmt: skip
        council.add_part(workspace, "link_workers", posts, basis="synthetic", reference_date=DAY)

    return add


def store(workspace):
    return Store(workspace.current())


def test_without_posts_the_schools_are_shared_into_clusters_and_kept(workspace):
    found = ensure_plan(store(workspace))
    assert found.worked_out
    assert found.rules.hard
    assert sorted(urn for one in found.plan.clusters for urn in one.schools) == list(range(1, 8))
    again = ensure_plan(store(workspace))
    assert not again.worked_out
    assert (again.plan, again.rules, again.notes) == (found.plan, found.rules, found.notes)


def test_with_posts_they_are_shared_among_these(workspace, add_posts):
    add_posts()
    found = ensure_plan(store(workspace))
    assert {one.post for one in found.plan.clusters} == {"LW-1", "LW-2"}
    assert "synthetic" in found.basis
    assert not found.handovers_known


def test_other_records_rules_or_days_are_another_plan(workspace, add_posts):
    add_posts()
    first = store(workspace)
    paths = {plan_path(first, one) for one in
             (Asked(), Asked(least=3), Asked(keep=True), Asked(day=date(2025, 2, 1)), Asked(posts=False))}  # fmt: skip
    assert len(paths) == 5
    ensure_plan(first)
    assert kept_plan(first, Asked(most=4)) is None
    add_posts(20.0)
    assert kept_plan(store(workspace), Asked()) is None


def test_rules_are_known_before_the_plan_is(workspace, add_posts):
    add_posts()
    asked = Asked(least=2, most=4, keep=True)
    assert rules_before(store(workspace), asked) == share(store(workspace), asked).rules
    assert rules_before(store(workspace), Asked(posts=False)).hard
    assert work_asked(store(workspace), Asked(posts=False)).posts == ()


def test_the_oldest_plans_make_room(workspace, add_posts):
    add_posts()
    first = store(workspace)
    shared = share(first, default_asked(first))
    for month in range(1, 13):
        for day in (1, 2, 3):
            keep_plan(first, Asked(day=date(2026, month, day)), shared)
    assert len(list((first.snapshot.root / "derived").glob("link-workers-*.json"))) == MOST_KEPT


def test_without_schools_there_is_nothing_to_share(small_store):
    with pytest.raises(UsageError, match="No schools are loaded"):
        ensure_plan(small_store)
