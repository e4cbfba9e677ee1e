"""Figures in plain English, word for word."""

import dataclasses

import pytest

from layers.base import AreaRow
from layers.registry import find_layer, shown_layers
from layers.table import area_table
from layers.words import (
    against_county,
    change_words,
    count_words,
    figure,
    flag_words,
    may_rank,
    rank_words,
    sentence,
    unit_words,
    when,
)


def table(store, layer, scheme="locality", period=None):
    return area_table(store, find_layer(layer), scheme, period)


def rows(*figures):
    """Return areas "a", "b" ... with these values."""
    names = "abcdefghijklmnopqrstuvwxyz"
    return tuple(
        AreaRow(name, name.upper(), 5, 100.0, value, None, None, "" if value is not None else "x", "", "")
        for name, value in zip(names, figures, strict=False)
    )


def test_the_sentence_of_a_rate_names_total_county_interval_and_both_ends(small_store):
    # County: 5 of 35,090 = 0.1425 per 1,000, limits 1.6235 and 11.6683 of 35.09 = 0.046 and 0.333.
    # Ends: Chiltern & South Bucks 1 of 10,670 = 0.094; Aylesbury 2 of 12,650 = 0.158 and Wycombe 2 of 11,770 = 0.170.
    assert sentence(small_store, table(small_store, "cme_open", period="2022-07")) == (
        "On 31 July 2022: 8 open cases, 3 of them off the map. Within Buckinghamshire 5, or 0.1 per 1,000 "
        "residents aged 5 to 15 (95% interval 0.0 to 0.3). By locality it runs from 0.1 "
        "(Chiltern & South Bucks) to 0.2 (Aylesbury and Wycombe); even these two intervals overlap."
    )


def test_the_sentence_of_a_flow_names_its_year(small_store):
    # 12 begun, of them 8 by residents: 8 / 35.09 = 0.228, limits 3.4538 and 15.7632 of 35.09 = 0.098 and 0.449.
    # Ends: Wycombe 2 of 11,770 = 0.170; Aylesbury 4 of 12,650 = 0.316.
    assert sentence(small_store, table(small_store, "cme_new")) == (
        "In 2021/22: 12 new cases, 4 of them off the map. Within Buckinghamshire 8, or 0.2 per 1,000 "
        "residents aged 5 to 15 (95% interval 0.1 to 0.4). By locality it runs from 0.2 (Chiltern & South Bucks "
        "and Wycombe) to 0.3 (Aylesbury); even these two intervals overlap."
    )


def test_the_sentence_of_a_change_names_the_day_it_is_counted_from(small_store):
    # County 4 -> 6: +50 %; Wilson for 6 of 10 is 0.31267 to 0.83182, as ratios 0.4549 and 4.946.
    # Aylesbury 3 -> 4, Wycombe 1 -> 1; Chiltern & South Bucks began with none.
    assert sentence(small_store, table(small_store, "ehcp_growth")) == (
        "On 20 January 2022: 8 plans, 2 of them off the map. Within Buckinghamshire 6, a change of +50% since "
        "21 January 2021 (95% interval \u221255% to +395%). By locality it runs from 0% (Wycombe) to +33% (Aylesbury); "
        "even these two intervals overlap."
    )


def test_the_sentence_of_a_population_has_no_rate(small_store, dated_store):
    assert sentence(small_store, table(small_store, "child_population")) == (
        "At no stated date: 57,420 residents aged 0 to 17 in Buckinghamshire. By locality it runs from 17,460 "
        "(Chiltern & South Bucks) to 20,700 (Aylesbury)."
    )
    assert sentence(dated_store, table(dated_store, "child_population")).startswith(
        "On 30 June 2020: 114,840 residents aged 0 to 17 in Buckinghamshire."
    )


def test_areas_on_a_population_shared_out_equally_are_not_put_in_order(small_store):
    assert sentence(small_store, table(small_store, "cme_open", "lsoa")).endswith(
        "(95% interval 0.0 to 0.3). Areas are not put in order: their population is shared out equally, not counted."
    )


def test_where_rates_are_withheld_the_sentence_has_the_county_and_the_reason(real_store):
    assert sentence(real_store, table(real_store, "cme_open", "lsoa")) == (
        "On 31 July 2022: 8 open cases, 3 of them off the map. Within Buckinghamshire 5, or 0.1 per 1,000 "
        "residents aged 5 to 15 (95% interval 0.0 to 0.3). Rates by LSOA are withheld: the population of "
        "small areas is modelled by sharing the county out equally, which can be a quarter out for one of them."
    )


def test_equal_areas_are_said_to_be_equal(small_store):
    found = dataclasses.replace(table(small_store, "cme_open"), rows=rows(0.11, 0.12, 0.09))
    assert sentence(small_store, found).endswith(" Every locality shows the same figure, 0.1.")


def test_a_county_without_a_figure_says_why(small_store):
    found = table(small_store, "ehcp_growth")
    found = dataclasses.replace(found, county=dataclasses.replace(found.county, value=None, flag="x"))
    assert sentence(small_store, found) == (
        "On 20 January 2022: 8 plans, 2 of them off the map. Not available. By locality it runs from 0% (Wycombe) to "
        "+33% (Aylesbury); even these two intervals overlap."
    )


def test_one_record_is_singular(small_store):
    assert sentence(small_store, table(small_store, "cme_new", period="2022-07")).startswith(
        "In July 2022: 1 new case. Within Buckinghamshire 1, or 0.0 per"
    )


@pytest.mark.parametrize(
    ("layer", "period", "words"),
    [
        ("cme_open", "2022-06", "On 30 June 2022"),
        ("cme_new", "2022-06", "In June 2022"),
        ("cme_new", "2021/22", "In 2021/22"),
        ("child_population", None, "At no stated date"),
    ],
)
def test_a_period_opens_the_sentence(small_store, layer, period, words):
    assert when(table(small_store, layer, period=period)) == words


def test_a_figure_stands_with_its_unit(small_store):
    found = table(small_store, "cme_open")
    assert figure(found.info, found.row("wycombe")) == "0.2 per 1,000 residents aged 5 to 15"
    found = table(small_store, "ehcp_growth")
    assert figure(found.info, found.row("aylesbury")) == "+33% since 21 January 2021"
    assert unit_words(found.info, found.row("chiltern-south-bucks")) == "since 21 January 2021"


def rank(store, scheme, *figures):
    """Return the rank of every area of a hand-made table."""
    found = dataclasses.replace(table(store, "ehcp_growth", scheme), rows=rows(*figures))
    return [rank_words(store, found, row) for row in found.rows]


def test_ranks_count_from_the_nearer_end(small_store):
    assert rank(small_store, "locality", 10, 30, 20, 50, 40) == [
        "Lowest of 5 localities",
        "3rd highest of 5 localities",
        "2nd lowest of 5 localities",
        "Highest of 5 localities",
        "2nd highest of 5 localities",
    ]


def test_figures_that_look_alike_share_a_rank(small_store):
    # 20.2 and 19.9 both show as +20%, 10.1 and 9.9 as +10%.
    assert rank(small_store, "locality", 20.2, 19.9, 15, 10.1, 9.9) == [
        "Joint highest of 5 localities",
        "Joint highest of 5 localities",
        "3rd highest of 5 localities",
        "Joint lowest of 5 localities",
        "Joint lowest of 5 localities",
    ]


def test_a_tie_in_the_middle_takes_its_first_place(small_store):
    assert rank(small_store, "ward", 5, 4, 3, 3, 2, 1)[2:4] == ["Joint 3rd highest of 6 wards"] * 2


def test_all_alike_have_no_order(small_store):
    assert rank(small_store, "locality", 5.1, 5.2, 4.9) == ["The same in all 3 localities"] * 3


def test_an_area_without_a_figure_has_no_rank_and_is_not_counted(small_store):
    assert rank(small_store, "locality", 5, None, 4) == ["Highest of 2 localities", "", "Lowest of 2 localities"]
    assert rank(small_store, "locality", 5, None) == ["", ""]


def test_ordinals_are_english(small_store):
    words = rank(small_store, "lsoa", *range(26))
    assert words[25 - 10] == "11th highest of 26 LSOAs"
    assert words[11] == "12th lowest of 26 LSOAs"
    assert words[12] == "13th lowest of 26 LSOAs"
    assert words[3] == "4th lowest of 26 LSOAs"


def test_ordinals_past_twenty_go_on_with_st_nd_rd(small_store):
    found = dataclasses.replace(table(small_store, "ehcp_growth", "lsoa"), rows=tuple(
        AreaRow(str(n), str(n), 5, 100.0, float(n), None, None, "", "", "") for n in range(319)
    ))  # fmt: skip
    words = [rank_words(small_store, found, found.rows[n]) for n in (20, 21, 22, 23, 110, 111)]
    assert words == [f"{place} lowest of 319 LSOAs" for place in ("21st", "22nd", "23rd", "24th", "111th", "112th")]


def test_no_rank_on_a_modelled_population_below_locality(small_store, dated_store, council):
    found = table(small_store, "cme_open", "lsoa")
    assert rank_words(small_store, found, found.row(council.wycombe)) == "No rank: the population is modelled"
    assert not may_rank(small_store, found)
    assert may_rank(small_store, table(small_store, "cme_open"))
    assert may_rank(small_store, table(small_store, "ehcp_growth", "lsoa"))
    assert may_rank(dated_store, table(dated_store, "cme_open", "lsoa"))


def test_the_localities_of_the_small_council_are_ranked_as_shown(small_store):
    # Aylesbury 0.158 and Wycombe 0.170 both show as 0.2, Chiltern & South Bucks as 0.1.
    found = table(small_store, "cme_open")
    assert [rank_words(small_store, found, row) for row in found.rows] == [
        "Joint highest of 3 localities", "Lowest of 3 localities", "Joint highest of 3 localities", "", "",
    ]  # fmt: skip
    assert rank_words(small_store, found, found.county) == ""


def test_a_count_stands_with_its_base_and_its_date(small_store, dated_store):
    found = table(small_store, "cme_open")
    assert count_words(found, found.row("aylesbury")) == "2 open cases; base 12,650 residents (modelled), undated"
    assert count_words(found, found.row("unknown")) == "2 open cases"
    found = table(dated_store, "cme_open")
    assert (
        count_words(found, found.row("chiltern-south-bucks")) == "1 open case; base 21,340 residents, on 30 June 2020"
    )
    found = table(small_store, "ehcp_growth")
    assert count_words(found, found.row("aylesbury")) == "4 plans, 3 at the start"


def test_an_area_that_was_not_counted_has_no_count(small_store):
    found = table(small_store, "child_population")
    assert count_words(found, dataclasses.replace(found.county, count=None)) == ""


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (0.34, 0.11, "Up 0.2 since June"),  # 0.3 - 0.1, as shown
        (0.1, 0.3, "Down 0.2 since June"),
        (0.14, 0.06, "Unchanged since June"),  # both show as 0.1
        (None, 0.1, ""),
        (0.1, None, ""),
    ],
)
def test_a_change_is_the_difference_of_the_figures_shown(now, before, words):
    info = find_layer("cme_open").info
    (now_row, before_row) = rows(now, before)
    assert change_words(info, now_row, before_row, "June") == words


def test_a_change_of_per_cents_is_in_points():
    info = find_layer("ehcp_growth").info
    start, one, many = rows(10, 11, 1210.4)
    assert change_words(info, one, start, "June") == "Up 1 point since June"
    assert change_words(info, many, start, "June") == "Up 1,200 points since June"
    assert change_words(info, start, None, "June") == ""


@pytest.mark.parametrize(
    ("lower", "upper", "words"),
    [
        (0.15, 0.30, "Clearly higher than Buckinghamshire 0.1"),
        (0.05, 0.14, "Clearly lower than Buckinghamshire 0.1"),
        (0.05, 0.30, "Not clearly different from Buckinghamshire 0.1"),
        (None, None, ""),
    ],
)
def test_an_area_differs_from_the_county_only_when_its_interval_leaves_it_out(small_store, lower, upper, words):
    found = table(small_store, "cme_open")  # the county is 0.1425
    row = dataclasses.replace(found.row("wycombe"), lower=lower, upper=upper)
    assert against_county(found, row) == words


def test_the_county_is_not_compared_with_itself(small_store):
    found = table(small_store, "cme_open")
    assert against_county(found, found.county) == ""


def test_a_missing_figure_says_why(small_store, real_store):
    found = table(real_store, "cme_open", "lsoa")
    assert flag_words(real_store, found.areas[0]) == (
        "Rate withheld: the population of small areas is modelled by sharing the county out equally, which can be a "
        "quarter out for one of them"
    )
    found = table(small_store, "cme_open")
    assert flag_words(small_store, found.row("unknown")) == "No rate: these children live in none of the areas"
    assert flag_words(small_store, found.row("wycombe")) == ""


def test_an_edition_opens_the_sentence_and_a_year_without_a_date_too(subjects_store):
    assert when(table(subjects_store, "deprivation", "lsoa")) == "2025 edition"
    assert when(table(subjects_store, "sen_support")) == "In 2023/24"


def test_no_map_but_those_over_residents_speaks_of_residents(subjects_store):
    for layer in shown_layers(subjects_store):
        found = area_table(subjects_store, layer, layer.schemes(subjects_store)[0])
        said = [sentence(subjects_store, found), *(count_words(found, row) for row in (*found.rows, found.county))]
        over_residents = "residents" in found.info.unit
        assert any("resident" in text for text in said) == over_residents, layer.info.key


def test_nothing_is_said_with_a_gap(subjects_store):
    for layer in shown_layers(subjects_store):
        for scheme in layer.schemes(subjects_store):
            found = area_table(subjects_store, layer, scheme)
            said = [sentence(subjects_store, found)]
            for row in (*found.rows, found.county):
                said += [count_words(found, row), rank_words(subjects_store, found, row), against_county(found, row)]
                said += [flag_words(subjects_store, row), unit_words(found.info, row)]
            for text in said:
                assert not any(gap in text for gap in ("  ", " .", " ,", "{", "None", "..", "()", "nan")), text


def test_a_base_with_an_estimate_in_it_says_so(dated_store):
    found = table(dated_store, "cme_open")
    found = dataclasses.replace(found, basis=("estimated population",))
    assert count_words(found, found.row("wycombe")) == (
        "2 open cases; base 23,540 residents (estimated), on 30 June 2020"
    )


def test_a_list_that_is_modelled_has_ranks_all_the_same(store_of, subjects):
    store = store_of(("housing", subjects.housing(), {"basis": "modelled"}))
    found = table(store, "housing", "lsoa")
    assert may_rank(store, found)
    assert not may_rank(store, table(store, "child_population", "lsoa"))


def bounded(*figures):
    """Return areas "a", "b" ... with (value, lower, upper)."""
    return tuple(
        dataclasses.replace(row, lower=lower, upper=upper)
        for row, (_, lower, upper) in zip(rows(*(one[0] for one in figures)), figures, strict=True)
    )


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (((0, 0, 60), (0, 0, 70), (50, 20, 80)), True),
        # One of the lowest is clearly below the highest: nothing is said of all of them.
        (((0, 0, 10), (0, 0, 70), (50, 20, 80)), False),
        (((0, 0, 70), (0, 0, 10), (50, 20, 80)), False),
        (((0, 0, 30), (50, 20, 80), (50, 40, 60)), False),
        (((0, 0, 30), (50, 20, 80), (50, None, None)), True),
        (((0, None, None), (50, None, None)), False),
    ],
)
def test_the_ends_are_said_to_overlap_only_when_every_area_there_does(small_store, figures, said):
    found = dataclasses.replace(table(small_store, "ehcp_growth", "ward"), rows=bounded(*figures))
    assert ("overlap" in sentence(small_store, found)) == said


def test_areas_without_a_figure_are_not_said_to_be_equal(small_store):
    found = dataclasses.replace(table(small_store, "ehcp_growth", "ward"), rows=rows(5, None, 5))
    assert sentence(small_store, found).endswith(" Every ward with a figure shows the same figure, +5%.")


@pytest.mark.parametrize(
    ("inside", "unknown", "outside", "words"),
    [
        (3, 2, 1, "6 open cases, 3 of them off the map."),
        (0, 2, 1, "3 open cases, all of them off the map."),
        (0, 1, 0, "1 open case, off the map."),
        (1, 0, 0, "1 open case."),
    ],
)
def test_what_is_off_the_map_is_said_in_english(small_store, inside, unknown, outside, words):
    found = table(small_store, "cme_open")
    counts = dict(zip(("aylesbury", "unknown", "outside"), (inside, unknown, outside), strict=True))
    changed = tuple(dataclasses.replace(row, count=counts.get(row.code, 0)) for row in found.rows)
    assert sentence(small_store, dataclasses.replace(found, rows=changed)).startswith(f"On 31 July 2022: {words} ")


@pytest.mark.parametrize(
    ("key", "one", "many"),
    [
        ("family_centres", "family centre", "family centres"),
        ("schools:special", "state-funded special school", "state-funded special schools"),
        ("housing", "home to come", "homes to come"),
    ],
)
def test_the_unit_of_a_count_of_one_is_singular(key, one, many):
    info = find_layer(key).info
    row = AreaRow("a", "A", 1, None, 1.0, None, None, "", "", "")
    assert unit_words(info, row) == one
    assert [unit_words(info, dataclasses.replace(row, count=count)) for count in (0, 2)] == [many, many]


def test_the_countys_residents_are_counted_where_only_those_of_its_areas_are_estimated(store_of, council):
    facts = {"basis": "real", "reference_date": council.dated, "about": {"estimated_on": "lsoa"}}
    store = store_of(("population", council.population(council.dated_per_age), facts))
    found = table(store, "cme_open", "lsoa")
    assert found.basis == ("synthetic", "estimated population")
    assert count_words(found, found.row(council.wycombe)).endswith("base 220 residents (estimated), on 30 June 2020")
    assert count_words(found, found.county) == "5 open cases; base 70,180 residents, on 30 June 2020"
