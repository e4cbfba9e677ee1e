"""Indirectly standardised ratios against the official method, a hand-worked example and laws."""

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PHStatsMethods import ph_ISRatio

from geodata.rates import Estimate
from geodata.standardised import expected, standardised_ratio

COUNTS = {"5-7": 12, "8-10": 30, "11-13": 61, "14-15": 140}
BASES = {"5-7": 2000, "8-10": 2100, "11-13": 2050, "14-15": 1400}
AREAS = {
    "few seen": ((0, 2, 3, 4), (100, 200, 150, 90)),
    "ten seen": ((1, 2, 3, 4), (100, 200, 150, 90)),
    "many seen": ((10, 20, 30, 40), (1000, 900, 800, 700)),
}

PEOPLE = st.integers(0, 5000)


def official(counts, bases):
    """Return expected events and ratio by the package of the Office for Health Improvement and Disparities."""
    area = pd.DataFrame({"band": list(COUNTS), "seen": counts, "people": bases})
    county = pd.DataFrame({"band": list(COUNTS), "all_seen": COUNTS.values(), "all_people": BASES.values()})
    row = ph_ISRatio(
        area, "seen", "people", "all_seen", "all_people",
        ref_df=county, ref_join_left="band", ref_join_right="band", refvalue=100,
    ).iloc[0]  # fmt: skip
    return row["Expected"], Estimate(row["Value"], row["lower_95_ci"], row["upper_95_ci"])


@pytest.mark.parametrize("area", AREAS)
def test_the_ratio_is_that_of_the_official_method(area):
    counts, bases = AREAS[area]
    total, ratio = official(counts, bases)
    events = expected(COUNTS, BASES, dict(zip(COUNTS, bases, strict=True)))
    assert events == pytest.approx(total, rel=1e-12)
    found = standardised_ratio(sum(counts), events)
    assert (found.value, found.lower, found.upper) == pytest.approx((ratio.value, ratio.lower, ratio.upper), rel=1e-9)


def test_the_expected_number_by_hand():
    # 1/10 of 20 and 2/10 of 5.
    assert expected({"a": 10, "b": 40}, {"a": 100, "b": 200}, {"a": 20, "b": 5}) == pytest.approx(3)


def test_nothing_seen_has_a_ratio_of_nothing_with_an_upper_limit():
    # The official package gives no limits here. Garwood's upper limit of 0 is 3.688879.
    assert standardised_ratio(0, 8) == Estimate(0, 0, pytest.approx(46.110993, abs=1e-6))


def test_a_ratio_by_hand():
    # 3 for 6 is 50; Garwood's limits of 3 are 0.618672 and 8.767273.
    found = standardised_ratio(3, 6)
    assert (found.value, found.lower, found.upper) == pytest.approx((50, 10.311202, 146.121218), abs=1e-6)


@pytest.mark.parametrize(
    ("counts", "bases", "area"),
    [({}, {"a": 100}, {"a": 20}), ({"b": 3}, {"a": 100}, {"b": 0}), ({"a": 10}, {"a": 100}, {})],
)
def test_a_band_without_a_count_or_without_people_adds_nothing(counts, bases, area):
    assert expected(counts, bases, area) == 0


@pytest.mark.parametrize(
    ("bases", "area"), [({"a": 100}, {"b": 1}), ({"a": 0}, {"a": 1}), ({"a": 100}, {"a": -1})]
)  # fmt: skip
def test_people_whom_the_county_does_not_have_are_refused(bases, area):
    with pytest.raises(ValueError, match="people of band"):
        expected({"a": 10}, bases, area)


@pytest.mark.parametrize("nothing", [0, -2.5])
def test_without_anything_expected_there_is_no_ratio(nothing):
    assert standardised_ratio(3, nothing) is None


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="negative; got -3"):
        standardised_ratio(-3, 2.5)


@given(
    parts=st.lists(st.tuples(PEOPLE, PEOPLE, PEOPLE), min_size=1, max_size=12), counts=st.tuples(PEOPLE, PEOPLE, PEOPLE)
)
def test_the_expected_numbers_of_all_areas_add_up_to_the_countys_count(parts, counts):
    bands = ("a", "b", "c")
    bases = {band: sum(part[place] for part in parts) for place, band in enumerate(bands)}
    assume(all(bases.values()))
    seen = dict(zip(bands, counts, strict=True))
    total = sum(expected(seen, bases, dict(zip(bands, part, strict=True))) for part in parts)
    assert total == pytest.approx(sum(counts))


@given(counts=st.tuples(PEOPLE, PEOPLE), people=st.tuples(st.integers(1, 5000), st.integers(1, 5000)))
def test_the_whole_county_is_as_expected(counts, people):
    assume(sum(counts))
    seen, bases = dict(enumerate(counts)), dict(enumerate(people))
    found = standardised_ratio(sum(counts), expected(seen, bases, bases))
    assert found.value == pytest.approx(100)
    assert found.lower < 100 < found.upper


@given(count=PEOPLE, base=st.integers(1, 5000), people=PEOPLE)
def test_with_one_band_it_is_the_countys_rate_of_the_areas_people(count, base, people):
    assert expected({"all": count}, {"all": base}, {"all": people}) == pytest.approx(count / base * people)
