"""The card of one area, of two side by side, or of the county."""

import pytest

from callbacks.card import area_card, difference_words, layer_name, trend_periods
from callbacks.state import MapState
from layers.base import AreaRow
from layers.registry import all_layers, find_layer
from layers.words import sentence

JULY = ("cme_open", "locality", "2022-07-31")


def test_without_a_chosen_area_the_card_is_the_countys(small_figures):
    card = area_card(small_figures, MapState(*JULY))
    (face,) = card["faces"]
    assert (card["place"], card["chosen"], card["difference"]) == ("Buckinghamshire", False, "")
    assert (face["code"], face["name"], face["value"], face["interval"]) == (
        "E06000060", "Buckinghamshire", "0.1", "0.0 to 0.3",
    )  # fmt: skip
    assert face["count"] == "5 open cases; base 35,090 residents (modelled), undated"
    assert (face["rank"], face["versus"]) == ("", "")


def test_the_card_of_an_area_has_all_its_lines(small_figures):
    card = area_card(small_figures, MapState(*JULY, area="aylesbury"))
    (face,) = card["faces"]
    # 2 of 12,650: 0.158 per 1,000, limits 0.0191 and 0.5711; the day before, at 30 June, the same a and c.
    assert face == {
        "code": "aylesbury",
        "name": "Aylesbury",
        "value": "0.2",
        "interval": "0.0 to 0.6",
        "bounds": [0.158, 0.019, 0.571],
        "count": "2 open cases; base 12,650 residents (modelled), undated",
        "why": "",
        "rank": "Joint highest of 3 localities",
        "change": "Unchanged since 30 June 2022",
        "versus": "Not clearly different from Buckinghamshire 0.1",
        # Open at each month end: a 1, 1; with b and c 3 in October; then a and c.
        "trend": [0.1, 0.1, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2],
    }
    assert (card["place"], card["chosen"], card["unit"]) == ("locality", True, "per 1,000 residents aged 5 to 15")
    assert card["when"] == ["31 August 2021", "31 July 2022"]
    assert card["tags"] == ["synthetic", "modelled population"]


def test_the_trend_meets_the_table_of_every_period(small_figures):
    (face,) = area_card(small_figures, MapState(*JULY, area="wycombe"))["faces"]
    periods = find_layer("cme_open").periods(small_figures.store)
    rows = [small_figures.table("cme_open", "locality", period.key).row("wycombe") for period in periods]
    info = find_layer("cme_open").info
    assert [info.show(value) for value in face["trend"]] == [info.show(row.value) for row in rows]


def test_a_change_is_told_from_the_period_before(small_figures):
    # Wycombe: f until February (0.085 -> 0.1), f and h from March (0.170 -> 0.2).
    (march,) = area_card(small_figures, MapState("cme_open", "locality", "2022-03-31", area="wycombe"))["faces"]
    assert march["change"] == "Up 0.1 since 28 February 2022"
    (first,) = area_card(small_figures, MapState("cme_open", "locality", "2021-08-31", area="wycombe"))["faces"]
    assert first["change"] == ""


def test_a_month_alias_is_placed_in_the_trend(small_figures):
    (face,) = area_card(small_figures, MapState("cme_open", "locality", "2022-03", area="wycombe"))["faces"]
    assert face["change"] == "Up 0.1 since 28 February 2022"


def test_the_only_year_is_shown_by_its_months(small_figures):
    state = MapState("cme_new", "locality", "2021/22", area="aylesbury")
    card = area_card(small_figures, state)
    (face,) = card["faces"]
    assert (card["monthly"], card["when"]) == (True, ["September 2021", "July 2022"])
    assert len(trend_periods(small_figures, state)) == len(face["trend"]) == 11
    # b and c in October (2 of 12.65 thousand), d in November, e in January.
    assert face["trend"] == [0, 0.2, 0.1, 0, 0.1, 0, 0, 0, 0, 0, 0]
    assert face["value"] == "0.3"
    assert face["change"] == ""  # a year is not compared with a month


def test_a_month_is_shown_among_months(small_figures):
    card = area_card(small_figures, MapState("cme_new", "locality", "2021-11", area="aylesbury"))
    assert card["monthly"] is False
    assert card["faces"][0]["change"] == "Down 0.1 since October 2021"  # 0.079 against 0.158


def test_two_areas_stand_side_by_side(small_figures):
    card = area_card(small_figures, MapState(*JULY, area="wycombe", beside="aylesbury"))
    assert [face["code"] for face in card["faces"]] == ["wycombe", "aylesbury"]
    assert card["difference"] == "Their intervals overlap, so this is no clear difference."


def _row(name, value, lower, upper):
    return AreaRow(name, name, 1, None, value, lower, upper, "", "", "")


def test_two_areas_differ_clearly_only_when_their_intervals_do_not_meet():
    low, high = _row("Low", 1.0, 0.5, 1.5), _row("High", 3.0, 2.0, 4.0)
    words = "High is clearly higher than Low: their intervals do not meet."
    assert difference_words(low, high) == difference_words(high, low) == words
    touching = _row("High", 3.0, 1.5, 4.0)
    assert difference_words(low, touching) == "Their intervals overlap, so this is no clear difference."
    assert difference_words(low, _row("None", None, None, None)) == ""
    assert difference_words(low, _row("People", 5.0, None, None)) == ""


def test_a_withheld_rate_says_why_and_keeps_its_count(real_figures, council):
    (face,) = area_card(real_figures, MapState("cme_open", "lsoa", "2022-07-31", area=council.wycombe))["faces"]
    assert face["value"] == "\u2013"
    assert face["count"] == "2 open cases"
    assert face["why"].startswith("Rate withheld: the population of small areas is modelled")
    assert (face["rank"], face["change"], face["versus"], face["bounds"]) == ("", "", "", [None, None, None])
    assert set(face["trend"]) == {None}


def test_no_order_and_no_comparison_on_a_modelled_population_below_locality(small_figures, council):
    (face,) = area_card(small_figures, MapState("cme_open", "lsoa", "2022-07-31", area=council.wycombe))["faces"]
    assert face["rank"] == "No rank: the population is modelled"
    assert face["versus"] == ""


def test_a_change_names_the_day_it_is_counted_from(small_figures):
    card = area_card(small_figures, MapState("ehcp_growth", "locality", "2022-01-20", area="aylesbury"))
    assert card["unit"] == "since 21 January 2021"
    # 3 -> 2 -> 4 plans: -33 %, then +33 %
    assert card["faces"][0]["trend"] == [-33, 33]
    assert card["faces"][0]["change"] == "Up 66 points since 31 July 2021"


@pytest.mark.parametrize("layer", [layer.info.key for layer in all_layers()])
def test_every_layer_has_a_card_on_every_scheme_it_comes_in(subjects_figures, layer):
    store, found = subjects_figures.store, find_layer(layer)
    period = found.periods(store)[-1].key
    for scheme in found.schemes(store):
        area = store.areas.codes(scheme)[0]
        (face,) = area_card(subjects_figures, MapState(layer, scheme, period, area=area))["faces"]
        row = subjects_figures.table(layer, scheme, period).row(area)
        assert face["value"] == found.info.show(row.value)


def test_a_card_says_which_layer_and_variant_it_is_of_and_when(small_figures):
    card = area_card(small_figures, MapState(*JULY))
    assert (card["title"], card["on"]) == ("Open cases", "31 July 2022")
    need = area_card(small_figures, MapState("ehcp_need:ASD", "locality", "2022-01-20"))
    assert need["title"] == layer_name("ehcp_need:ASD") == "Primary need: Autistic spectrum disorder"
    assert layer_name("ehcp_growth") == "Growth in plans"


def test_the_card_and_the_sentence_give_the_county_the_same_figure(small_figures):
    (face,) = area_card(small_figures, MapState(*JULY))["faces"]
    said = sentence(small_figures.store, small_figures.table(*JULY))
    assert f", or {face['value']} per 1,000" in said
    assert f"(95% interval {face['interval']})" in said
