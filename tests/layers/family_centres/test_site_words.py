from dataclasses import replace

import pytest

from layers.family_centres.core import Loss
from layers.family_centres.reach import reach_of
from layers.family_centres.settings import family_settings
from layers.family_centres.site_report import SiteAsked, site_plan
from layers.family_centres.site_words import (
    basis_of,
    equals_words,
    gains_nothing,
    joined,
    lost_share,
    notes_on,
    nothing_words,
    said_value,
    sentence,
    value_words,
)


def test_what_is_done_and_who_gains_and_loses(demo_store):
    plan = site_plan(demo_store, SiteAsked(add=1, close=("IFC-09",), mode="walk"))
    said = sentence(plan)
    names = f"{plan.chosen[0].name} and closing {plan.closed[0].name}"
    assert said.startswith(f"Adding {names}: the average journey is {plan.siting.objective:.1f} minutes (today ")
    assert "; young children in low-income families count three times; proven best. Children aged 5 to 17: " in said
    assert "gap" not in said
    assert said.index("Children aged 5 to 17: ") < said.index("Children aged 0 to 4 in low-income families: ")
    assert said.endswith("a centre within 30 minutes.")
    near = replace(plan, siting=replace(plan.siting, status="within_gap", gap=0.003))
    assert "proven within the gap asked for, gap 0.30%." in sentence(near)


def test_what_is_none_is_left_out_of_the_sentence(demo_store):
    plan = site_plan(demo_store, SiteAsked(add=2, mode="bus"))
    said = sentence(plan)
    assert said.startswith(f"Adding {plan.chosen[0].name} and {plan.chosen[1].name}: ")
    assert " gain a centre within 30 minutes." in said
    assert "lose" not in said
    none = replace(plan, losses=tuple(replace(one, lost=0.0, gained=0.0) for one in plan.losses))
    assert sentence(none).endswith("No child gains or loses a centre within 30 minutes.")


def test_every_child_counts_once_in_what_is_said(demo_store):
    plan = site_plan(demo_store, SiteAsked(close=("IFC-02",), mode="bus", objective="cover", minutes=20))
    children = sum(float(group.children.sum()) for group in plan.ground.groups)
    before = sum(float(group.children[plan.minutes_before <= 20].sum()) for group in plan.ground.groups)
    assert said_value(plan, today=True) == f"{before:,.0f} of {children:,.0f} children"
    assert children < plan.children
    assert "count three times" not in sentence(plan)  # nothing was chosen by the weighing
    room = replace(plan, asked=replace(plan.asked, capacity=True))
    assert said_value(room).endswith("children, weighed")
    assert said_value(replace(plan, today=None), today=True) == "no centre"


def test_covering_and_journeys_that_stay_as_they_are(demo_store):
    plan = site_plan(demo_store, SiteAsked(add=1, mode="car", objective="cover"))
    assert ": nothing to gain: every child is within 30 minutes today already. No child gains" in sentence(plan)
    some = replace(plan, children=2 * plan.children)
    assert nothing_words(some) == "Nothing to gain: no further child comes within 30 minutes by this choice."
    better = replace(plan, siting=replace(plan.siting, objective=plan.today + 1))
    assert (gains_nothing(plan), gains_nothing(better)) == (True, False)
    journeys = replace(plan, asked=replace(plan.asked, objective="median"))
    assert "stays as it is" in nothing_words(journeys)
    shorter = replace(journeys, siting=replace(plan.siting, objective=plan.today - 1))
    assert not gains_nothing(shorter)
    assert not gains_nothing(replace(plan, closed=plan.chosen))


@pytest.mark.parametrize(("names", "said"), [(["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")])
def test_names_are_joined_as_one_speaks_them(names, said):
    assert joined(names) == said


def test_the_share_of_those_who_lose_it():
    loss = Loss("a", "A", "ages_5_17", 0, 80.0, 70.0, 20.0, 10.0)
    assert lost_share(loss) == 25
    assert lost_share(replace(loss, before=0.0, lost=0.0)) is None


def test_words_that_must_travel_with_the_figures(demo_store):
    plan = site_plan(demo_store, SiteAsked(add=1, mode="walk"))
    assert {"synthetic", "illustrative", "estimated travel"} <= set(plan.basis)
    assert any(note.startswith("Journeys on foot, one way: estimated") for note in plan.notes)
    assert any("counts 3 times (assumed)" in note for note in plan.notes)
    assert any(note.startswith("Fifths of deprivation: ") for note in plan.notes)


def test_covering_that_gains_nobody_says_so(demo_store):
    plan = site_plan(demo_store, SiteAsked(add=1, mode="car", objective="cover", minutes=500))
    assert any("No choice brings more children within 500 minutes" in note for note in plan.notes)
    assert "Losses and gains are counted at 30 minutes." in plan.notes
    assert value_words(plan, plan.today) == value_words(plan, plan.siting.bound)


def test_who_is_farther_is_told_apart_from_who_finds_no_room(demo_store):
    plan = site_plan(demo_store, SiteAsked(close=("IFC-09",), mode="walk", objective="cover", capacity=True))
    changed = replace(plan, siting=replace(plan.siting, unserved=4_321.0, beyond=54_321.0))
    notes = notes_on(changed, reach_of(demo_store, "walk").travel, family_settings(demo_store.profile))
    assert "54,321 children, weighed, have no open site within 30 minutes." in notes
    assert "4,321 children, weighed, have an open site within 30 minutes but find no room." in notes
    assert plan.siting.beyond + plan.siting.unserved + plan.siting.objective == pytest.approx(plan.children)
    quick = replace(plan, siting=replace(plan.siting, nearest=False))
    notes = notes_on(quick, reach_of(demo_store, "walk").travel, family_settings(demo_store.profile))
    assert any("a shorter mean journey is not ruled out: 30 seconds were too few" in note for note in notes)


def test_assumptions_that_were_not_used_are_left_out(demo_store):
    def assumed(**asked):
        plan = site_plan(demo_store, SiteAsked(add=1, mode="walk", **asked))
        return [note.removeprefix("Assumption: ") for note in plan.notes if note.startswith("Assumption: ")], plan

    (young,), plan = assumed()
    assert young.startswith("weight of young children")
    (_, room), _ = assumed(capacity=True)
    assert room.startswith("children that one open day a week can serve")
    assert len(assumed(search=True)[0]) == 1
    unpriced = replace(plan, chosen=(replace(plan.chosen[0], cost=None),))
    notes = notes_on(unpriced, reach_of(demo_store, "walk").travel, family_settings(demo_store.profile))
    assert any(note.startswith("Assumption: cost of a building where none is stated") for note in notes)


def test_each_word_of_the_basis_stands_once(demo_store):
    plan = site_plan(demo_store, SiteAsked(close=("IFC-09",), mode="walk"))
    low, school = plan.ground.groups
    estimated = replace(low, basis="estimated from IDACI 2025; estimated population")
    groups = (estimated, replace(school, basis="estimated population"))
    changed = replace(plan, ground=replace(plan.ground, groups=groups))
    found = basis_of(demo_store, changed, reach_of(demo_store, "walk").travel)
    assert found.count("estimated population") == 1
    assert "estimated from IDACI 2025" in found


def test_others_that_do_as_well_are_areas_or_buildings(demo_store):
    plan = site_plan(demo_store, SiteAsked(add=1, search=True, mode="walk"))
    assert equals_words(plan) == ""
    assert equals_words(replace(plan, equals=plan.chosen)).startswith("1 other area does exactly as well: Area of ")
    assert equals_words(replace(plan, equals=plan.chosen * 2)).startswith("2 other areas do exactly as well: ")


@pytest.mark.parametrize(("objective", "said"), [("median", "12.3 minutes, weighed"), ("cover", "12 of ")])
def test_values_in_words(demo_store, objective, said):
    plan = site_plan(demo_store, SiteAsked(close=("IFC-09",), objective=objective))
    assert value_words(plan, 12.3).startswith(said)
    assert value_words(plan, None) == "no centre"
