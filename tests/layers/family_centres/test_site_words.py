import pytest

from layers.family_centres.site_report import SiteAsked, site_plan
from layers.family_centres.site_words import sentence, value_words


def test_what_is_done_and_who_gains_and_loses(demo_store):
    plan = site_plan(demo_store, SiteAsked(add=1, close=("IFC-09",), mode="walk"))
    said = sentence(plan)
    assert said.startswith(f"Adding {plan.chosen[0].name} and closing {plan.closed[0].name}: the mean journey, ")
    assert "proven best, gap 0.00%" in said
    assert "Children aged 5 to 17: " in said
    assert said.endswith("lose it.")


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


@pytest.mark.parametrize(("objective", "said"), [("median", "12.3 minutes"), ("cover", "12 of ")])
def test_values_in_words(demo_store, objective, said):
    plan = site_plan(demo_store, SiteAsked(close=("IFC-09",), objective=objective))
    assert value_words(plan, 12.3).startswith(said)
    assert value_words(plan, None) == "no centre"
