"""Schools and posts on a small map, so that costs can be checked by hand."""

from datetime import date
from itertools import product
from types import MappingProxyType

import pytest

from layers.link_workers.core import Post, Rules, School, Work
from layers.link_workers.evaluation import plan_of
from layers.link_workers.post_ground import post_ground


@pytest.fixture(scope="session")
def make_school():
    """Make a school at (x, y) kilometres."""

    def make(urn, x, y=0.0, *, load=2.0, families=0, area="a"):
        return School(
            urn, f"School {urn}", "primary", "", area, 480_000 + 1000 * x, 200_000 + 1000 * y, 0.0, 51.0, load, families
        )

    return make


@pytest.fixture(scope="session")
def make_post():
    """Make a post with its base at (x, y) kilometres; `x=None` for one without a base."""

    def make(number, x, y=0.0, *, hours=10.0, area="a", held=(), barred=(), absent=False, vacant=False, team=""):
        base = (None, None) if x is None else (480_000 + 1000 * x, 200_000 + 1000 * y)
        return Post(
            f"LW-{number}", team, area, 37.0, hours, False, "", *base, barred=frozenset(barred), held=frozenset(held),
            absent=absent, vacant=vacant,
        )  # fmt: skip

    return make


@pytest.fixture(scope="session")
def make_ground():
    """Make what a sharing is judged by."""

    def make(schools, posts, rules=None, pairs=(), weights=None):
        names = MappingProxyType({"a": "Aston", "b": "Barton"})
        return post_ground(
            Work(date(2025, 1, 16), tuple(schools), tuple(posts), names), rules or Rules(), pairs, weights
        )

    return make


@pytest.fixture(scope="session")
def every_plan():
    """Return every allocation of a small case that breaks no hard rule, with so many schools left over."""

    def plans(ground, left=0):
        present = [post.post for post, there in zip(ground.posts, ground.present, strict=True) if there]
        for chosen in product([*present, ""], repeat=len(ground.schools)):
            if chosen.count("") == left:
                workers = {one.urn: post for one, post in zip(ground.schools, chosen, strict=True) if post}
                plan = plan_of(ground, workers)
                if len(plan.notes) == 1:  # no rule is broken
                    yield plan

    return plans
