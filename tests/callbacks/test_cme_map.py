"""The heat map: the same figures and looks as the Map page, with nobody left out of its table."""

import pytest

from callbacks.cme_map import heat_map
from callbacks.cme_state import MEASURES, CmeState, read_cme_state
from callbacks.figures import Figures
from callbacks.state import MapState
from callbacks.view import map_view


def state_of(figures, **said):
    return read_cme_state(figures.store, said)


def shown(figures, **said):
    return heat_map(figures, state_of(figures, **said))["shown"]


def rows_of(found):
    return {row["name"]: row for row in found["rows"]}


def test_every_row_has_count_base_rate_and_interval(small_figures):
    # 2 of 12,650 in Aylesbury: 0.158 per 1,000, exact Poisson limits 0.0191 and 0.571.
    rows = rows_of(shown(small_figures))
    row = rows["Aylesbury"]
    assert (row["count"], row["base"], row["value"], row["interval"]) == ("2", "12,650", "0.2", "0.0 to 0.6")
    assert [rows[name]["count"] for name in ("Wycombe", "Chiltern & South Bucks")] == ["2", "1"]
    assert [rows[name]["count"] for name in ("Address unknown or withheld", "Outside the county")] == ["2", "1"]
    assert (rows["Buckinghamshire"]["count"], rows["Total"]["count"]) == ("5", "8")
    assert rows["Outside the county"]["note"] == "No rate: these children live in none of the areas"


def test_a_bar_spans_the_interval_on_the_scale_of_the_widest(small_figures):
    rows = [row for row in shown(small_figures)["rows"] if row["bar"]]
    assert max(round(row["bar"]["left"] + row["bar"]["width"], 1) for row in rows) == 100.0
    for row in rows:
        left, right = row["bar"]["left"], row["bar"]["left"] + row["bar"]["width"]
        assert 0 <= left <= row["bar"]["at"] <= right + 0.1 <= 100.2


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("areas", ["locality", "ward"])
@pytest.mark.parametrize("smooth", ["0", "1"])
def test_areas_look_and_read_as_on_the_map_page(small_figures, measure, areas, smooth):
    found = shown(small_figures, measure=measure, areas=areas, smooth=smooth)
    said = dict(pair.split("=") for pair in found["address"].removeprefix("./?").split("&"))
    view = map_view(small_figures, MapState(said["layer"], said["scheme"], said["period"]))
    assert "".join(one["look"] for one in found["shapes"]) == view["looks"]
    assert found["legend"] == view["legend"]
    assert found["sentence"] == view["sentence"]
    values = [row["value"] for row in found["rows"] if row["kind"] == "area"]
    assert "|".join(values) == view["values"]


def test_the_counts_of_all_rows_add_up_to_the_total(small_figures):
    for measure in MEASURES:
        rows = shown(small_figures, measure=measure, areas="ward")["rows"]
        parts = sum(int(row["count"]) for row in rows if row["kind"] in ("area", "extra"))
        assert str(parts) == rows[-1]["count"]


def test_a_share_has_a_total_share_and_a_rate_has_none(small_figures):
    # 1 of the 8 open cases has been open for 12 months or more.
    total = rows_of(shown(small_figures, measure="cme_long_open"))["Total"]
    assert (total["count"], total["base"], total["value"]) == ("1", "8", "12.5%")
    assert rows_of(shown(small_figures))["Total"]["value"] == ""


def test_stocks_are_of_the_last_day_and_flows_of_the_year(small_figures):
    assert shown(small_figures)["when"] == "31 July 2022"
    assert shown(small_figures, measure="cme_new")["when"] == "2021/22"


def test_none_is_not_the_look_of_a_withheld_rate(small_figures, real_figures):
    looks = {one["look"] for one in shown(small_figures, areas="ward")["shapes"]}
    assert "z" in looks
    withheld = shown(real_figures, areas="ward")
    assert {one["look"] for one in withheld["shapes"]} == {"w"}
    assert withheld["legend"] == [["w", "Rate withheld", 49]]
    assert rows_of(withheld)["Abbey"]["note"] == "Rate withheld"
    assert "Rates by ward are withheld: the population of small areas is modelled" in withheld["sentence"]


def test_localities_are_named_on_every_map_and_carry_figures_on_their_own(small_figures):
    assert [(label["lines"], label["value"]) for label in shown(small_figures)["labels"]] == [
        (["Aylesbury"], "0.2"), (["Chiltern &", "South Bucks"], "0.1"), (["Wycombe"], "0.2"),
    ]  # fmt: skip
    assert {label["value"] for label in shown(small_figures, areas="ward")["labels"]} == {""}


def test_smoothing_that_is_not_there_says_why(small_figures, real_figures):
    found = heat_map(small_figures, state_of(small_figures, smooth="1"))
    assert (found["can_smooth"], found["smooth"]) == (False, False)
    assert found["why_not_smooth"] == "Rates by locality are not smoothed: 3 areas are too few, it takes at least 10."
    found = heat_map(small_figures, state_of(small_figures, measure="cme_closed_soon", areas="ward"))
    assert found["why_not_smooth"].startswith("Shares of cases are not smoothed")
    found = heat_map(real_figures, state_of(real_figures, areas="ward"))
    assert found["why_not_smooth"].endswith("they are not shown, so there is nothing to smooth.")


def test_smoothed_rates_keep_counts_and_are_tested_for_chance_as_counted(small_figures):
    plain, smooth = (shown(small_figures, areas="ward", smooth=said) for said in ("0", "1"))
    assert [row["count"] for row in plain["rows"]] == [row["count"] for row in smooth["rows"]]
    assert smooth["title"].startswith("Open cases, smoothed")
    assert plain["funnel"] == smooth["funnel"]


def test_without_a_funnel_the_reason_stands_in_words(small_figures):
    for measure in MEASURES:
        found = shown(small_figures, measure=measure)["funnel"]
        assert found["chart"] is None
        assert found["why"] == "Too few to compare: 3 localities, and a funnel plot needs at least 10 areas."


def test_a_year_with_printed_figures_alone_has_no_map_and_says_so(small_figures):
    found = heat_map(small_figures, state_of(small_figures, year="2020/21"))
    assert found["shown"] is None
    assert found["why"] == "The records do not speak of this year, so there is no map of it."
    assert [one["key"] for one in found["measures"]] == list(MEASURES)


def test_the_map_page_opens_at_the_same_view(small_figures):
    found = shown(small_figures, measure="cme_new", areas="ward")
    assert found["address"] == "./?layer=cme_new&scheme=ward&period=2021/22"
    row = found["rows"][0]
    assert row["address"] == f"{found['address']}&area={row['code']}"


def test_a_locality_without_a_case_is_there_with_its_zero(store_of, council, small_path):
    cases = council.events([("a", council.wycombe, council.cases[0][2], None)])
    store = store_of(("cme_involvements", cases, {"basis": "synthetic", "covers_from": council.cases[6][2],
                                                  "covers_to": council.cases[8][2]}))  # fmt: skip
    drawing = store.snapshot.root / "drawing"
    drawing.symlink_to(small_path / "drawing")
    found = heat_map(Figures(store), CmeState("2021/22", "cme_open", "locality"))["shown"]
    row = rows_of(found)["Aylesbury"]
    assert (row["count"], row["value"], row["look"]) == ("0", "0.0", "z")
    assert ["z", "None", 2] in found["legend"]
