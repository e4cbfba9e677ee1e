"""The maps of the page on family centres: classes at their limits, and the same figures as the tables."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from callbacks.centres_map import (
    NOWHERE,
    catchment_children,
    change_map,
    change_of,
    look_of,
    minutes_words,
    nearest,
    reach_map,
)
from layers.family_centres.reach import COUNTY, reach_of
from layers.family_centres.site_report import SiteAsked, site_plan


@pytest.mark.parametrize(
    ("minutes", "look"),
    [(0, "near-0"), (10, "near-0"), (10.01, "near-1"), (20, "near-1"), (30, "near-2"), (30.01, "far"), (np.inf, "none")]
)  # fmt: skip
def test_a_limit_belongs_to_the_class_within_it(minutes, look):
    assert look_of(minutes) == look


def test_what_changes_is_told_at_thirty_minutes():
    assert [change_of(*pair) for pair in ((30, 30), (30, 31), (31, 30), (31, 99), (np.inf, 12))] == [
        "stays", "loses", "gains", "stays-far", "gains",
    ]  # fmt: skip
    assert minutes_words(12.5) == "13 min"
    assert minutes_words(np.inf) == "no way known"


def test_the_map_of_today_says_what_the_figures_say(demo_store):
    found = reach_of(demo_store, "bus")
    shown = reach_map(demo_store, found.ground, found.travel)
    looks = Counter(one["look"] for one in shown["shapes"])
    assert sum(looks.values()) == 319
    assert {one["look"]: one["n"] for one in shown["legend"]} == looks
    assert len(shown["legend"]) == 4
    signs = Counter(one["look"] for one in shown["signs"])
    assert signs["centre"] + signs["centre_plus"] == len(found.ground.centres)
    assert signs["building"] == len(found.ground.buildings)
    assert shown["catchments"].startswith("M")
    assert shown["unplaced"] == []
    assert " min to Illustrative centre" in shown["shapes"][0]["says"]


def test_catchments_share_out_every_child(demo_store):
    found = reach_of(demo_store, "car")
    groups = found.ground.groups
    shared = np.array(catchment_children(groups, found.travel, len(found.ground.centres)))
    assert shared.sum(axis=0) == pytest.approx([group.children.sum() for group in groups])


def test_nobody_has_a_nearest_centre_where_there_is_no_way(demo_store):
    found = reach_of(demo_store, "walk")
    lost = replace(found.travel, minutes=np.full_like(found.travel.minutes, np.inf))
    assert set(nearest(lost)) == {NOWHERE}
    none = replace(found.travel, minutes=found.travel.minutes[:, :0])
    assert set(nearest(none)) == {NOWHERE}
    shown = reach_map(demo_store, found.ground, lost)
    assert shown["legend"][-1] == {"look": "none", "words": "no way known", "n": 319}
    assert shown["catchments"] == ""


def test_the_map_of_changes_has_the_areas_that_lose_and_gain(demo_store):
    plan = site_plan(demo_store, SiteAsked(add=1, close=("IFC-02",), move=(("IFC-15", "IB-04"),), mode="bus"))
    shown = change_map(demo_store, plan)
    looks = np.array([change_of(*pair) for pair in zip(plan.minutes_before, plan.minutes_after, strict=True)])
    for group in plan.ground.groups:
        total = next(one for one in plan.losses if (one.area, one.group, one.fifth) == (COUNTY, group.key, 0))
        assert group.children[looks == "loses"].sum() == pytest.approx(total.lost)
        assert group.children[looks == "gains"].sum() == pytest.approx(total.gained)
    signs = Counter(one["look"] for one in shown["signs"])
    assert signs["shut"] == 2
    assert signs["added"] == 2
    assert signs["centre"] == len(plan.ground.centres) - 2
    assert (shown["shut"], shown["added"], shown["defined"]) == (True, True, False)
