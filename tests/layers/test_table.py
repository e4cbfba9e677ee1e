"""The one table behind map, list, download and command line."""

import csv
import dataclasses
import io
import json

import pytest

from geodata.errors import UsageError
from layers.base import AreaRow
from layers.registry import all_layers, find_layer
from layers.table import COLUMNS, area_table, as_csv, as_json, neutral, records, scheme_keys

KEYS = [layer.info.key for layer in all_layers()]
SCHEMES = ("locality", "ward", "lsoa")


def read(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def number(text):
    return None if text == "" else float(text)


def test_the_newest_period_is_the_default(small_store):
    assert area_table(small_store, find_layer("cme_open"), "locality").period.key == "2022-07-31"
    assert area_table(small_store, find_layer("cme_new"), "locality").period.key == "2021/22"


def test_a_month_stands_for_the_only_date_in_it(small_store):
    said, meant = (area_table(small_store, find_layer("cme_open"), "ward", key) for key in ("2022-07", "2022-07-31"))
    assert said == meant


def test_for_a_flow_a_month_is_a_period_of_its_own(small_store):
    found = area_table(small_store, find_layer("cme_new"), "locality", "2022-07")
    assert (found.period.label, found.total) == ("July 2022", 1)  # case i


def test_a_wrong_scheme_is_refused_with_the_valid_ones(small_store):
    valid = "locality, community_board, ward, msoa, lsoa, district, county"
    with pytest.raises(UsageError, match=rf"No area scheme 'parish' here\. Valid: {valid}\."):
        area_table(small_store, find_layer("cme_open"), "parish")


def test_a_scheme_that_the_layer_cannot_show_is_refused_with_those_it_can(subjects_store):
    with pytest.raises(UsageError, match=r"The layer 'deprivation:2025-imd' cannot be shown by ward\. Valid: lsoa\."):
        area_table(subjects_store, find_layer("deprivation"), "ward")
    with pytest.raises(UsageError, match=r"cannot be shown by lsoa\. Valid: locality, community_board, ward, ms"):
        area_table(subjects_store, find_layer("deprived_areas"), "lsoa")


def test_what_a_loaded_dataset_lacks_is_named(subjects_store):
    with pytest.raises(UsageError, match="deprivation is loaded, but holds no deciles of 'Income' of the 2025 edition"):
        area_table(subjects_store, find_layer("deprivation:2025-income"), "lsoa")


def test_a_total_has_a_base_only_where_every_row_has_one(subjects_store):
    bases = {key: area_table(subjects_store, find_layer(key), "locality").total_base
             for key in ("cme_long_open", "cme_open", "ehcp_growth", "schools", "specialist_places")}  # fmt: skip
    assert bases == {
        "cme_long_open": 8, "cme_open": None, "ehcp_growth": None, "schools": None, "specialist_places": None,
    }  # fmt: skip


def test_a_total_without_the_count_of_an_area_is_none(subjects_store):
    table = area_table(subjects_store, find_layer("sen_support"), "locality")
    assert (table.total, as_json(table)["total"]) == (None, None)


def test_grades_are_told_from_other_figures(subjects_store):
    assert area_table(subjects_store, find_layer("deprivation"), "lsoa").graded
    assert not area_table(subjects_store, find_layer("deprived_areas"), "ward").graded


def test_a_variant_names_itself_in_a_file(small_store):
    lines = read(as_csv(area_table(small_store, find_layer("ehcp_need"), "locality")))
    assert {(line["layer"], line["unit"]) for line in lines} == {("ehcp_need:ASD", "% with autistic spectrum disorder")}


@pytest.mark.parametrize(
    ("layer", "period", "valid"),
    [
        ("cme_open", "2021/22", "2021-08-31, 2021-09-30"),  # a span for a stock
        ("cme_new", "2022-07-31", "2021-09, 2021-10"),  # a day for a flow
        ("ehcp_growth", "2021-01-21", "2021-07-31, 2022-01-20"),  # the base of the growth
    ],
)
def test_a_wrong_period_is_refused_with_the_valid_ones(small_store, layer, period, valid):
    with pytest.raises(UsageError, match=rf"No period '{period}' here\. Valid: {valid}"):
        area_table(small_store, find_layer(layer), "locality", period)


def test_every_scheme_of_the_profile_can_be_shown(small_store, profile):
    assert scheme_keys(small_store) == tuple(scheme.key for scheme in profile.schemes)


def test_the_total_is_everyone_and_the_county_its_residents(small_store):
    table = area_table(small_store, find_layer("cme_open"), "locality", "2022-07-31")
    # 2 + 1 + 2 in the localities, 2 unknown, 1 outside
    assert (table.total, table.county.count) == (8, 5)
    assert [row.count for row in table.rows] == [2, 1, 2, 2, 1]


def test_a_row_is_found_by_its_code_the_county_included(small_store):
    table = area_table(small_store, find_layer("cme_open"), "locality")
    assert table.row("wycombe").name == "Wycombe"
    assert table.row("E06000060") is table.county
    assert table.row("unknown").count == 2
    assert table.row("nowhere") is None


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_csv_and_json_hold_the_numbers_of_the_rows(subjects_store, key, scheme):
    layer = find_layer(key)
    if scheme not in layer.schemes(subjects_store):
        scheme = layer.schemes(subjects_store)[0]
    table = area_table(subjects_store, layer, scheme)
    from_json = json.loads(json.dumps(as_json(table)))["rows"]
    from_csv = read(as_csv(table))
    assert len(from_json) == len(from_csv) == len(table.rows)
    for row, in_json, in_csv in zip(table.rows, from_json, from_csv, strict=True):
        assert tuple(in_json) == COLUMNS
        for column in ("count", "denominator", "value", "lower", "upper"):
            assert in_json[column] == getattr(row, column)
            assert number(in_csv[column]) == getattr(row, column)
        for column in ("code", "name", "flag", "count_dates", "denominator_dates"):
            assert in_json[column] == in_csv[column] == getattr(row, column)


def test_json_says_what_it_is(small_store):
    table = area_table(small_store, find_layer("cme_open"), "ward", "2022-07")
    about = as_json(table)
    assert {key: about[key] for key in ("layer", "scheme", "period", "basis", "audience", "total")} == {
        "layer": "cme_open",
        "scheme": "ward",
        "period": "2022-07-31",
        "basis": ["synthetic", "modelled population", "approximate areas"],
        "audience": "officer",
        "total": 8,
    }
    assert about["snapshot"] == small_store.snapshot.id
    assert about["county"]["code"] == "E06000060"


def test_whole_persons_are_whole_numbers_in_a_file(small_store):
    lines = read(as_csv(area_table(small_store, find_layer("cme_open"), "locality")))
    assert [line["denominator"] for line in lines] == ["12650", "10670", "11770", "", ""]


def test_every_line_of_a_csv_carries_its_words(small_store):
    table = area_table(small_store, find_layer("cme_open"), "ward")
    for line in read(as_csv(table)):
        assert line["basis"] == "synthetic; modelled population; approximate areas"
        assert (line["audience"], line["layer"], line["scheme"]) == ("officer", "cme_open", "ward")
        assert line["snapshot"] == small_store.snapshot.id


def test_a_missing_figure_is_an_empty_cell(real_store):
    for line in read(as_csv(area_table(real_store, find_layer("cme_open"), "lsoa"))):
        assert (line["value"], line["lower"], line["upper"]) == ("", "", "")
        assert line["flag"] in {"m", "z"}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_a_spreadsheet_would_run_is_neutralised(start):
    assert neutral(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("cell", [-5.5, 0, "", "Wycombe", "a=b", None])
def test_numbers_and_plain_text_stay_as_they_are(cell):
    assert neutral(cell) == cell


def test_an_area_named_like_a_formula_is_neutralised_in_the_file_and_its_negative_figure_is_not(small_store):
    table = area_table(small_store, find_layer("ehcp_growth"), "locality")
    row = AreaRow("x", '=HYPERLINK("http://evil","Ward")', 1, 2.0, -50.0, -90.0, 10.0, "", "2022-01-20", "2021-01-21")
    text = as_csv(dataclasses.replace(table, rows=(row,)))
    (line,) = read(text)
    assert line["name"] == '\'=HYPERLINK("http://evil","Ward")'
    assert line["value"] == "-50.0"


def test_lines_end_as_spreadsheets_expect(small_store):
    text = as_csv(area_table(small_store, find_layer("cme_open"), "locality"))
    assert text.count("\r\n") == text.count("\n") == 1 + 3 + 2  # head, localities, unknown and outside


def test_records_have_the_columns_of_a_file(small_store):
    table = area_table(small_store, find_layer("cme_open"), "locality")
    assert [tuple(record) for record in records(table)] == [COLUMNS] * 5
