"""Adding, closing and moving on the page on family centres: the form keeps what was typed, the answer says for whom."""

from dataclasses import replace

import pytest

from callbacks.centres_siting import (
    Typed,
    cost_words,
    fifth_words,
    form_view,
    plan_view,
    proof_words,
    typed_of,
)
from callbacks.centres_state import CentresState
from layers.family_centres.ground import ground_of
from layers.family_centres.site_report import SiteAsked, site_plan

ASKED = SiteAsked(add=1, close=("IFC-02",), move=(("IFC-15", "IB-04"),), mode="bus")


@pytest.fixture(scope="module")
def plan(demo_store):
    return site_plan(demo_store, ASKED)


def test_the_form_begins_with_nothing_to_do_and_keeps_what_was_typed(demo_store, subjects_store):
    ground = ground_of(demo_store)
    empty = form_view(demo_store, ground, CentresState("walk"), Typed())
    assert empty["fields"] == {
        "add": "0", "objective": "median", "minutes": "30", "by": "buildings", "mode": "walk", "move": "", "to": "",
    }  # fmt: skip
    assert (len(empty["centres"]), len(empty["buildings"])) == (15, 25)
    assert not any(one["ticked"] for one in empty["centres"])
    typed = Typed({"add": "99", "other": "x"}, ("IFC-03",), "No.")
    kept = form_view(demo_store, ground, CentresState("walk"), typed)
    assert (kept["fields"]["add"], kept["error"]) == ("99", "No.")
    assert [one["key"] for one in kept["centres"] if one["ticked"]] == ["IFC-03"]
    none = form_view(subjects_store, ground_of(subjects_store), CentresState("walk"), Typed())
    assert (none["buildings"], none["fields"]["by"]) == ([], "search")


def test_the_form_of_a_question_that_was_understood():
    assert typed_of(CentresState("bus")) == Typed()
    found = typed_of(CentresState("bus", ASKED))
    assert found.close == ("IFC-02",)
    assert found.fields == {"add": "1", "move": "IFC-15", "to": "IB-04", "objective": "median", "by": "buildings"}


def test_the_answer_has_the_figures_of_the_plan(demo_store, plan):
    view = plan_view(demo_store, plan, CentresState("bus", ASKED))
    assert [one["change"] for one in view["sites"]] == ["Added", "Closed", "Illustrative centre: Iver moves to"]
    school, young = view["losses"]
    assert (school["key"], young["key"]) == ("ages_5_17", "low_income_0_4")

    def number(text):
        return int(text.replace(",", ""))

    for one in view["losses"]:
        *parts, total = [[number(row["cells"][at]) for at in (0, 1, 3, 4)] for row in one["areas"]]
        before, lost, gained, after = total
        for row in one["areas"]:
            of, losing, share = number(row["cells"][0]), number(row["cells"][1]), row["cells"][2]
            assert float(share.rstrip("%")) == pytest.approx(100 * losing / of, abs=0.2)
        assert total == pytest.approx([sum(column) for column in zip(*parts, strict=True)], abs=len(parts))
        assert before - lost + gained == pytest.approx(after, abs=2)
        assert sum(number(row["cells"][1]) for row in one["fifths"]) == pytest.approx(lost, abs=len(one["fifths"]))
        assert one["areas"][-1]["strong"]
    cards = {card["key"]: card for card in view["cards"]}
    assert cards["ages_5_17"]["value"] == school["areas"][-1]["cells"][1]
    assert cards["cost"]["value"] == f"£{plan.cost:,.0f}"
    row = view["reach"][0]["rows"][-1]["cells"][2]
    assert number(row["after"]) - number(row["before"]) == pytest.approx(
        number(row["change"].replace("\u2212", "-").replace("+", "")), abs=1
    )
    assert view["without"] == "centres?mode=bus"
    assert [one["words"] for one in view["files"]] == ["CSV", "XLSX", "JSON"]
    assert all("snapshot=" in one["address"] and "close=IFC-02" in one["address"] for one in view["files"])
    assert {"illustrative", "synthetic", "estimated travel"} <= set(view["tags"])


def test_how_good_it_is_is_said_in_words(plan):
    assert proof_words(plan) == "Proven best: no other choice of these places does better."
    for status, gap, said in (
        ("within_gap", 0.003, "Proven within 0.30% of the best possible."),
        ("time_limit", 0.0123, "The best that was found in the time; proven within 1.23% of the best possible."),
    ):
        assert proof_words(replace(plan, siting=replace(plan.siting, status=status, gap=gap))) == said
    equal = replace(plan, equals=plan.chosen)
    assert proof_words(equal).endswith(f"does better. 1 other building does exactly as well: {plan.chosen[0].name}.")
    assert proof_words(replace(plan, chosen=())) == ""


def test_no_building_is_praised_where_there_is_nothing_to_gain(demo_store):
    asked = SiteAsked(add=1, mode="car", objective="cover")
    plan = site_plan(demo_store, asked)
    assert proof_words(plan) == "Nothing to gain: every child is within 30 minutes today already."
    assert "proven" not in plan_view(demo_store, plan, CentresState("car", asked))["says"]


def test_a_plan_that_only_adds_says_who_gains_first(demo_store):
    asked = SiteAsked(add=1, mode="bus", objective="cover", minutes=20)
    plan = site_plan(demo_store, asked)
    cards = {card["key"]: card for card in plan_view(demo_store, plan, CentresState("bus", asked))["cards"]}
    assert cards["ages_5_17"]["unit"] == "gain one"
    assert cards["ages_5_17"]["line"] == "nobody loses it"
    assert cards["aim"]["title"] == "Within 20 minutes"
    within = sum(float(one.children[plan.minutes_after <= 20].sum()) for one in plan.ground.groups)
    assert cards["aim"]["value"] == f"{within:,.0f}"


def test_a_share_of_nobody_is_blank(demo_store, plan):
    nobody = replace(plan, losses=tuple(replace(one, before=0.0, lost=0.0) for one in plan.losses))
    for one in plan_view(demo_store, nobody, CentresState("bus", ASKED))["losses"]:
        assert {row["cells"][2] for row in one["full"]} == {""}


def test_cost_is_said_where_it_is_known_alone(plan):
    assert cost_words(plan) == (f"£{plan.cost:,.0f}", "a year for the buildings; what closing saves is not known")
    assert cost_words(replace(plan, chosen=(), moved=()))[0] == "\u2013"
    unpriced = replace(plan, chosen=(replace(plan.chosen[0], cost=None),))
    assert "in part assumed" in cost_words(unpriced)[1]
    search = replace(plan, chosen=(replace(plan.chosen[0], kind="area_of_search"),), moved=())
    assert cost_words(search) == ("\u2013", "an area of search is no building: its cost is not known")


def test_fifths_in_words():
    assert [fifth_words(one) for one in (0, 1, 3, 5, None)] == [
        "All fifths", "Fifth 1 (most deprived)", "Fifth 3", "Fifth 5 (least deprived)", "Fifth not known",
    ]  # fmt: skip
