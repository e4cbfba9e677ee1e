"""The headline of the page on children missing education: each card by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callbacks.cme_headline import FEWER, MORE, SAME, cards, change
from geodata.periods import Period
from layers.cme.report import cme_report
from layers.cme.years import ReportYear, find_year, report_years
from layers.report import Figure


def cards_of(store, key=""):
    """Return key -> card of a year."""
    year = find_year(store, key)
    years = [one.key for one in report_years(store)]
    place = years.index(year.key)
    earlier = report_years(store)[place - 1] if place else None
    return {card["key"]: card for card in cards(cme_report(store, year.key), year, earlier)}


@pytest.mark.parametrize(
    ("now", "then", "way", "words"),
    [
        (67, 60, MORE, "7 more than then"),
        (60, 67, FEWER, "7 fewer than then"),
        (1234, 12, MORE, "1,222 more than then"),
        (5, 5, SAME, "the same as then"),
        (Figure(5.9, 1), Figure(8.0, 1), FEWER, "2.1 weeks fewer than then"),
        (Figure(66.2, 1, "%"), Figure(66.7, 1, "%"), FEWER, "0.5 points fewer than then"),
        # As they are written: 8.25 is 8.3, half up, and 8.34 is 8.3 too.
        (Figure(8.25, 1), Figure(8.34, 1), SAME, "the same as then"),
    ],
)
def test_a_change_is_that_of_the_figures_as_they_are_written(now, then, way, words):
    assert change(now, then, "then") == (way, words)


def test_without_one_of_the_figures_there_is_no_change():
    assert change(None, 5, "then") is None
    assert change(5, None, "then") is None
    assert change("5", 5, "then") is None


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_a_change_turns_round_with_its_figures(now, then):
    there, back = change(now, then, "x"), change(then, now, "x")
    assert {there.way, back.way} == ({SAME} if now == then else {MORE, FEWER})
    assert there.words.split()[0] == back.words.split()[0]


def test_the_first_card_says_how_many_and_whether_that_is_more(small_store):
    # 8 are open at the end, as many as on 30 June: i came and j left in July. At the start a and g. 58 are printed.
    card = cards_of(small_store)["open"]
    assert (card["title"], card["value"], card["printed"]) == ("Open on 31 July 2022", "8", False)
    assert [tuple(one) for one in card["changes"]] == [
        (SAME, "the same as on 30 June 2022"),
        (MORE, "6 more than at the start, on 31 August 2021"),
        (FEWER, "50 fewer than on 31 July 2021 (printed)"),
    ]


def test_the_median_never_carries_the_change_of_the_mean(small_store):
    # Six closed after 28, 29, 0, 1, 242 and 71 days: 371 days, 8.8 weeks in the mean; 8.0 are printed for 2020/21.
    card = cards_of(small_store)["pace"]
    assert card["title"] == "Half of all cases close within"
    assert card["changes"] == []
    assert card["lines"][-1] == "The mean of those closed alone is 8.8 weeks:"
    assert [tuple(one) for one in card["after"]] == [(MORE, "0.8 weeks longer than in 2020/21 (printed)")]


def test_where_names_every_locality_and_who_is_on_no_map(small_store):
    card = cards_of(small_store)["where"]
    assert [(area["name"], area["count"], area["width"]) for area in card["areas"]] == [
        ("Aylesbury", "2", 100.0), ("Chiltern & South Bucks", "1", 50.0), ("Wycombe", "2", 100.0),
        ("Address unknown or withheld", "2", 100.0), ("Outside the county", "1", 50.0),
    ]  # fmt: skip


def test_the_year_is_told_with_its_children_and_against_the_printed_year_before(small_store):
    found = cards_of(small_store)
    assert (found["long"]["value"], found["long"]["lines"][0]) == ("1", "of 8 open, 12.5%")
    whole = found["total_involvements"]
    assert (whole["value"], whole["lines"]) == ("14", ["for 14 children"])
    assert whole["changes"][0].words == "575 fewer than in 2020/21 (printed)"
    assert [found[key]["value"] for key in ("new_involvements", "closed_involvements")] == ["12", "6"]
    # Within 28 days: b (28), e (0) and g (1) of 6; within 14 days e and g.
    assert (found["soon"]["value"], found["soon"]["lines"]) == ("50.0%", ["33.3% within 2 weeks"])
    assert found["soon"]["changes"][0].words == "16.7 points lower than in 2020/21 (printed)"


def test_a_printed_year_says_so_on_every_card_that_has_a_figure(small_store):
    found = cards_of(small_store, "2020/21")
    printed = {key for key, card in found.items() if card["printed"]}
    assert printed == {"open", "pace", "total_involvements", "new_involvements", "closed_involvements", "soon"}
    assert [found[key]["value"] for key in ("open", "pace", "total_involvements")] == ["58", "8.0", "589"]
    assert found["pace"]["title"] == "Mean of those closed"
    assert found["where"]["lines"] == ["The printed figures do not say where."]
    assert found["long"]["lines"] == ["Not printed for this year."]


def test_one_open_case_and_nothing_closed_reads_well(store_of, council):
    cases = council.events([("a", council.wycombe, date(2022, 7, 1), None)])
    facts = {"basis": "synthetic", "covers_from": date(2021, 8, 31), "covers_to": date(2022, 7, 31)}
    found = cards_of(store_of(("cme_involvements", cases, facts)))
    assert found["open"]["value"] == "1"
    assert found["pace"]["lines"] == ["Too few cases have closed for a median."]
    assert found["pace"]["value"] == found["soon"]["value"] == "\u2013"
    assert found["total_involvements"]["lines"] == ["for 1 child"]


def test_a_year_before_that_was_counted_is_not_called_printed(store_of, council):
    cases = council.events([("a", council.wycombe, date(2021, 1, 5), date(2021, 2, 2)),
                            ("b", council.wycombe, date(2021, 12, 1), None)])  # fmt: skip
    facts = {"basis": "synthetic", "covers_from": date(2020, 8, 31), "covers_to": date(2022, 7, 31)}
    found = cards_of(store_of(("cme_involvements", cases, facts)), "2021/22")
    assert found["new_involvements"]["changes"][0].words == "the same as in 2020/21"
    # Nothing was open on 31 July 2021, by the records, whatever is printed.
    assert found["open"]["changes"][-1].words == "1 more than on 31 July 2021"


def test_a_year_that_no_table_has_a_day_of_is_not_guessed(small_store):
    last = date(2022, 7, 30)
    odd = ReportYear(Period("2021/22", "2021/22", date(2021, 9, 1), last + timedelta(days=1)), counted=True)
    (card, *_) = cards(cme_report(small_store, "2021/22"), odd, None)
    assert (card["value"], card["lines"]) == ("", ["Not on record."])


def test_a_year_that_still_runs_is_not_held_against_a_whole_one(store_of, council):
    facts = {"basis": "synthetic", "covers_from": date(2021, 8, 31), "covers_to": date(2022, 2, 15)}
    found = cards_of(store_of(("cme_involvements", council.events(council.cases), facts)))
    # On 15 February a c f j k l are open; c, f, j, k begun since September, l in February.
    assert (found["open"]["title"], found["open"]["value"]) == ("Open on 15 February 2022", "6")
    assert found["open"]["changes"][0].words == "1 more than on 31 January 2022"
    assert not [change for key, card in found.items() if key != "open" for change in (*card["changes"], *card["after"])]
