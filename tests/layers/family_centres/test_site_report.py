import re
from dataclasses import replace

import numpy as np
import pytest

from geodata.errors import InputError, UsageError
from layers.family_centres import site_report
from layers.family_centres.changes import county_losses
from layers.family_centres.core import YOUNG
from layers.family_centres.ground import at_one_point, ground_of
from layers.family_centres.reach import reach_of
from layers.family_centres.settings import family_settings
from layers.family_centres.site_report import SiteAsked, site_plan, weighed


@pytest.fixture
def changed_ground(demo_store, monkeypatch):
    """Make the plan rest on the demonstration's ground with some of it replaced."""

    def change(**parts):
        ground = replace(ground_of(demo_store), **parts)
        monkeypatch.setattr(site_report, "ground_of", lambda _: ground)
        return ground

    return change


@pytest.fixture(scope="module")
def added(demo_store):
    return site_plan(demo_store, SiteAsked(add=2, mode="walk"))


def test_adding_only_gains(demo_store, added):
    assert len(added.chosen) == 2
    assert {one.kind for one in added.chosen} == {"building"}
    assert added.before == reach_of(demo_store, "walk").rows
    assert all(one.lost == 0 for one in added.losses)
    assert sum(one.gained for one in county_losses(added.losses)) > 0
    assert added.siting.objective < added.today
    assert (added.siting.status, len(added.opened)) == ("optimal", len(added.ground.centres) + 2)
    assert added.cost == sum(one.cost for one in added.chosen)


def test_the_objective_is_the_mean_over_the_children_weighed(demo_store, added):
    children = weighed(added.ground, family_settings(demo_store.profile))
    assert added.today == pytest.approx(np.average(added.minutes_before, weights=children))
    assert added.siting.objective == pytest.approx(np.average(added.minutes_after, weights=children))
    young = next(group for group in added.ground.groups if group.key == YOUNG)
    once = sum(group.children for group in added.ground.groups)
    weight = family_settings(demo_store.profile).siting.low_income_weight
    assert children == pytest.approx(once + (weight - 1) * young.children)


def test_after_agrees_with_reach_and_losses_with_both(added):
    for before, after in zip(added.before, added.after, strict=True):
        (row,) = [one for one in added.losses if (one.area, one.group, one.fifth) == (before.area, before.group, 0)]
        assert (row.before, row.after) == (pytest.approx(before.within[2]), pytest.approx(after.within[2]))
        assert row.before - row.lost + row.gained == pytest.approx(row.after)


def test_several_changes_at_once(demo_store):
    asked = SiteAsked(add=2, close=("IFC-09",), move=(("IFC-10", "IB-03"),), mode="walk", objective="cover")
    plan = site_plan(demo_store, asked)
    assert [one.key for one in plan.closed] == ["IFC-09"]
    assert [(here.key, there.key) for here, there in plan.moved] == [("IFC-10", "IB-03")]
    opened = [one.key for one in plan.opened]
    assert len(opened) == len(set(opened)) == len(plan.ground.centres) - 2 + 1 + 2
    assert not {"IFC-09", "IFC-10"} & set(opened)
    assert "IB-03" not in {one.key for one in plan.chosen}
    covered = float(weighed(plan.ground, family_settings(demo_store.profile)) @ (plan.minutes_after <= 30))
    assert plan.siting.objective == pytest.approx(covered)


def test_closing_alone_needs_no_candidates(demo_store):
    plan = site_plan(demo_store, SiteAsked(close=("IFC-09",)))
    assert (plan.chosen, plan.asked.mode) == ((), family_settings(demo_store.profile).reach.mode)
    assert all(one.gained == 0 for one in plan.losses)
    assert plan.siting.objective >= plan.today


def test_areas_of_search_are_called_so_and_have_a_place(demo_store, changed_ground):
    changed_ground(buildings=())
    plan = site_plan(demo_store, SiteAsked(add=1, mode="walk"))
    (one,) = plan.chosen
    assert (one.kind, one.cost, plan.cost) == ("area_of_search", None, 0)
    assert one.name.startswith("Area of search: ")
    assert (-1.2 < one.longitude < -0.4, 51.4 < one.latitude < 52.3) == (True, True)
    assert "No buildings are loaded." in plan.notes
    asked = site_plan(demo_store, SiteAsked(add=1, mode="walk", search=True))
    assert asked.chosen[0].kind == "area_of_search"


def test_room_is_said_and_never_makes_journeys_shorter(demo_store, added):
    plan = site_plan(demo_store, SiteAsked(add=2, mode="walk", capacity=True))
    assert plan.siting.objective >= added.siting.objective - 1e-9
    assert any(note.startswith("Room: 3,000 children for each day") for note in plan.notes)
    assert plan.siting.gap <= family_settings(demo_store.profile).siting.gap


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (SiteAsked(), "Nothing to do"),
        (SiteAsked(add=99), "99 sites cannot be added: there are 25 buildings"),
        (SiteAsked(add=-1), "-1 sites"),
        (SiteAsked(close=("nowhere",)), r"No open centre 'nowhere'\. Valid: IFC-01"),
        (SiteAsked(close=("IFC-01",), move=(("IFC-01", "IB-01"),)), "'IFC-01' is named 2 times"),
        (SiteAsked(move=(("IFC-01", "IB-99"),)), "No building 'IB-99'"),
        (SiteAsked(move=(("IFC-01", "IB-01"), ("IFC-02", "IB-01"))), "'IB-01' is named 2 times"),
        (SiteAsked(add=1, objective="fastest"), "Valid: median, cover"),
        (SiteAsked(add=1, mode="horse"), "Valid: walk, bus, car"),
        (SiteAsked(add=1, minutes=0), "0 minutes makes no sense"),
    ],
)
def test_what_cannot_be_done_is_said(demo_store, asked, said):
    with pytest.raises(UsageError, match=said):
        site_plan(demo_store, asked)


def test_closing_every_centre_leaves_none(demo_store):
    every = tuple(one.key for one in ground_of(demo_store).centres)
    with pytest.raises(UsageError, match="No site would be open"):
        site_plan(demo_store, SiteAsked(close=every))


def test_the_nearest_of_those_that_cover_equally_many(demo_store):
    # By car every building covers all: what decides is the mean, which was looked up among all choices.
    one = site_plan(demo_store, SiteAsked(add=1, mode="car", objective="cover"))
    children = weighed(one.ground, family_settings(demo_store.profile))
    assert [site.key for site in one.chosen] == ["IB-18"]
    assert np.average(one.minutes_after, weights=children) == pytest.approx(7.5468, abs=1e-4)
    two = site_plan(demo_store, SiteAsked(add=2, mode="car", objective="cover"))
    assert np.average(two.minutes_after, weights=children) == pytest.approx(7.1244, abs=1e-4)


def test_who_does_exactly_as_well_is_said(demo_store, changed_ground):
    ground = ground_of(demo_store)
    far = {"easting": 900_000.0, "cost": None}  # of use to nobody
    changed_ground(
        buildings=tuple(replace(one, northing=at * 1e3, **far) for at, one in enumerate(ground.buildings[:8]))
    )
    plan = site_plan(demo_store, SiteAsked(add=1, mode="walk", objective="cover"))
    names = [one.name for one in plan.equals]
    assert names == [one.name for one in ground.buildings[1:8]]
    assert f"7 other buildings do exactly as well: {', '.join(names[:5])} and 2 more." in plan.notes
    changed_ground(buildings=plan.ground.buildings[:2])
    plan = site_plan(demo_store, SiteAsked(add=1, mode="walk"))
    assert f"1 other building does exactly as well: {names[0]}." in plan.notes


def test_two_centres_at_one_point_are_refused_whatever_is_asked(demo_store, changed_ground):
    ground = ground_of(demo_store)
    assert at_one_point((*ground.centres, *ground.buildings)) == ()
    first, second, *others = ground.centres
    changed_ground(centres=(first, replace(second, easting=first.easting, northing=first.northing), *others))
    said = re.escape(f"Two sites at one point cannot be told apart: {first.name} ({first.key}), {second.name} (")
    for asked in (SiteAsked(add=1), SiteAsked(add=1, search=True), SiteAsked(close=(second.key,))):
        with pytest.raises(InputError, match=said):
            site_plan(demo_store, asked)


def test_bad_sites_are_named(demo_store, changed_ground):
    ground = ground_of(demo_store)
    first, second, *others = ground.buildings
    changed_ground(buildings=(replace(first, easting=None), second, *others))
    with pytest.raises(InputError, match=f"Without a place on the map .*: {first.name} \\({first.key}\\)"):
        site_plan(demo_store, SiteAsked(add=1))
    site_plan(demo_store, SiteAsked(close=("IFC-09",)))  # a building that is not asked about stands in nobody's way
    changed_ground(buildings=(replace(first, easting=second.easting, northing=second.northing), second, *others))
    with pytest.raises(InputError, match="Two sites at one point"):
        site_plan(demo_store, SiteAsked(add=1))
