"""Published figures: their periods, and what they come to by another scheme."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.periods import Period, stock
from layers.base import CONFIDENTIAL, NOT_AVAILABLE
from layers.indicators import Figure, by_scheme, made_of, nests, read_indicator, read_period


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-01-18", stock(date(2024, 1, 18))),
        ("2024-01-18 00:00:00", stock(date(2024, 1, 18))),
        ("18/01/2024", stock(date(2024, 1, 18))),
        ("2024-13-01", Period("2024-13-01", "2024-13-01", None, None)),
        ("2023/24", Period("2023/24", "2023/24", None, None)),
        ("202324", Period("2023/24", "2023/24", None, None)),
        ("2023-24", Period("2023/24", "2023/24", None, None)),
        ("2023/2024", Period("2023/24", "2023/24", None, None)),
        ("1999/00", Period("1999/00", "1999/00", None, None)),
        (" 2024 ", Period("2024", "2024", None, None)),
        ("202401", Period("202401", "202401", None, None)),  # a month, and no year
    ],
)
def test_a_period_is_read_as_it_is_written(text, expected):
    assert read_period(text) == expected
    assert read_period(text).is_stock


def figures(*counts):
    return {f"{n}": Figure(count, None if count is None else 10.0) for n, count in enumerate(counts)}


@pytest.mark.parametrize(
    ("value", "symbol", "flag"), [(None, "c", CONFIDENTIAL), (None, "x", NOT_AVAILABLE), (None, "", NOT_AVAILABLE)]
)
def test_a_missing_figure_says_why(value, symbol, flag):
    assert Figure(value, None, symbol).flag == flag


def test_every_scheme_nests_in_the_county_and_the_atoms_in_every_scheme(areas):
    assert all(nests(areas, "lsoa", scheme) and nests(areas, scheme, "county") for scheme in areas.names)
    assert not nests(areas, "locality", "ward")
    assert nests(areas, "ward", "locality")


def test_an_area_is_made_of_the_whole_areas_in_it(areas):
    wards = made_of(areas, "ward", "locality")
    assert sum(map(len, wards.values())) == len(areas.names["ward"])
    assert made_of(areas, "locality", "locality") == {code: {code} for code in areas.names["locality"]}
    assert made_of(areas, "ward", "county") == {"E06000060": set(areas.names["ward"])}


def test_figures_of_small_areas_are_summed_to_any_larger_one(areas):
    published = {"lsoa": {atom: Figure(2, 10.0) for atom in areas.atoms}}
    assert by_scheme(areas, published, "locality") == {
        "aylesbury": Figure(230, 1150.0), "wycombe": Figure(214, 1070.0), "chiltern-south-bucks": Figure(194, 970.0),
    }  # fmt: skip
    assert by_scheme(areas, published, "county") == {"E06000060": Figure(638, 3190.0)}
    assert by_scheme(areas, published, "lsoa") == published["lsoa"]


@given(missing=st.sets(st.integers(0, 318), max_size=20))
def test_a_sum_with_a_part_missing_is_never_shown(areas, missing):
    gone = {areas.atoms[n] for n in missing}
    published = {"lsoa": {atom: Figure(1, 1.0) for atom in areas.atoms if atom not in gone}}
    found = by_scheme(areas, published, "ward")
    touched = {areas.of_atom["ward"][atom] for atom in gone}
    assert set(found) == set(areas.names["ward"]) - touched
    for code, figure in found.items():
        assert figure.count == sum(area == code for area in areas.of_atom["ward"].values())


def test_figures_are_never_shared_out_to_smaller_areas(areas):
    published = {"locality": {code: Figure(5, 10.0) for code in areas.names["locality"]}}
    assert by_scheme(areas, published, "ward") == {}
    assert by_scheme(areas, published, "county") == {"E06000060": Figure(15, 30.0)}


def test_what_was_published_of_an_area_itself_comes_first(areas):
    published = {
        "lsoa": {atom: Figure(1, 10.0) for atom in areas.atoms},
        "locality": {"aylesbury": Figure(999, 1000.0), "wycombe": Figure(None, None, "c")},
    }
    assert by_scheme(areas, published, "locality") == {
        "aylesbury": Figure(999, 1000.0), "wycombe": Figure(None, None, "c"), "chiltern-south-bucks": Figure(97, 970.0),
    }  # fmt: skip


def test_a_part_withheld_withholds_the_sum(areas, subjects):
    atoms = {atom: Figure(1, 10.0) for atom in areas.atoms}
    atoms[subjects.a1], atoms[subjects.wycombe] = Figure(None, None, "x"), Figure(None, None, "c")
    found = by_scheme(areas, {"lsoa": atoms}, "locality")
    assert (found["aylesbury"].flag, found["wycombe"].flag) == (NOT_AVAILABLE, CONFIDENTIAL)
    assert by_scheme(areas, {"lsoa": atoms}, "county")["E06000060"].flag == CONFIDENTIAL


def test_totals_are_read_and_breakdowns_passed_over(subjects_store):
    found = read_indicator(subjects_store, "sen_support")
    assert [period.key for period in found.periods] == ["2023/24"]
    assert found.figures == {
        "2023/24": {
            "locality": {
                "aylesbury": Figure(120, 1000.0),
                "wycombe": Figure(90, 900.0),
                "chiltern-south-bucks": Figure(None, None, "c"),
            }
        }
    }
    assert read_indicator(subjects_store, "other").periods == ()


def read(store_of, subjects, *rows, level=None):
    frame = subjects.indicators(rows).assign(level=level)
    return read_indicator(store_of(("indicator_values", frame, {"slot": "a"})), "sen_support").figures


def test_a_code_of_two_schemes_is_taken_for_the_one_that_the_other_codes_are_of(store_of, subjects, areas):
    # "aylesbury" is a locality and a community board.
    assert "aylesbury" in set(areas.names["locality"]) & set(areas.names["community_board"])
    row = ("aylesbury", "2024", None, 1.0, 10.0, "")
    assert read(store_of, subjects, row, ("chiltern-south-bucks", *row[1:]))["2024"].keys() == {"locality"}


def test_a_code_that_could_be_of_two_schemes_is_left_out(store_of, subjects):
    assert read(store_of, subjects, ("aylesbury", "2024", None, 1.0, 10.0, "")) == {}


@pytest.mark.parametrize(
    ("level", "scheme"),
    [("Locality", "locality"), ("community board", "community_board"), ("Community boards", "community_board")],
)
def test_the_level_says_which_scheme_is_meant(store_of, subjects, level, scheme):
    found = read(store_of, subjects, ("aylesbury", "2024", None, 1.0, 10.0, ""), level=level)
    assert found["2024"].keys() == {scheme}


def test_of_two_imports_the_newest_counts(store_of, subjects):
    frames = [subjects.indicators([(subjects.a1, "2024", None, value, 10.0, "")]) for value in (1.0, 2.0)]
    store = store_of(*(("indicator_values", frame, {"slot": str(n)}) for n, frame in enumerate(frames)))
    found = read_indicator(store, "sen_support")
    assert found.figures["2024"]["lsoa"] == {subjects.a1: Figure(2, 10.0)}


@pytest.mark.parametrize(("value", "base"), [(12.5, 100.0), (None, 100.0), (12.0, None)])
def test_what_is_no_count_with_a_base_is_no_figure(store_of, subjects, value, base):
    found = read(store_of, subjects, (subjects.a1, "2024", None, value, base, ""))
    assert found["2024"]["lsoa"] == {subjects.a1: Figure(None, None)}


def test_areas_of_others_and_rows_without_an_area_are_passed_over(store_of, subjects):
    row = ("2024", None, 1.0, 10.0, "")
    assert read(store_of, subjects, ("E09000001", *row), (None, *row)) == {}
