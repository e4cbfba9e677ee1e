"""Need-matched reach: which places take which child, and who has one near enough."""

from datetime import date

import pandas as pd
import pyarrow as pa
import pytest

from geodata.errors import UsageError
from layers.family_centres.reach import COUNTY
from layers.family_centres.specialist import (
    MatchedRow,
    _lacking_words,
    _unlisted,
    matched_reach,
    phase_on,
    serves,
)

DAY = date(2022, 1, 20)


@pytest.mark.parametrize(
    ("row", "need", "phase", "expected"),
    [
        ({"need": "ASD", "phase": "primary"}, "communication", "primary", True),
        ({"need": "SLCN", "phase": "primary"}, "communication", "primary", True),
        ({"need": "SEMH", "phase": "primary"}, "communication", "primary", False),
        ({"need": "ASD", "phase": "primary"}, "communication", "secondary", False),
        ({"need": "ANY", "phase": "secondary"}, "semh", "secondary", True),
        ({"need": None, "phase": "nursery"}, "sensory", "early_years", True),
        ({"need": "ANY", "phase": "primary"}, "other", "primary", True),
        ({"need": "OTH", "phase": "primary"}, "other", "primary", False),
        ({"need": "ASD", "phase": "all_through"}, "communication", "post_16", True),
        ({"need": "ASD", "phase": "none"}, "communication", "early_years", False),
    ],
)
def test_places_take_a_child_of_their_broad_area_and_phase(row, need, phase, expected):
    assert serves(row, need, phase) == expected


def test_the_month_of_birth_decides_the_phase_before_the_recorded_year():
    assert phase_on(date(2010, 8, 31), 1, DAY) == "secondary"
    assert phase_on(None, 1, DAY) == "primary"
    assert phase_on(None, None, DAY) == ""


def test_shares_are_none_without_a_plan():
    assert MatchedRow("a", "A", "semh", "primary", 0, (0, 0)).shares == (None, None)
    assert MatchedRow("a", "A", "semh", "primary", 8, (2, 8)).shares == (25, 100)


def plans(council, rows):
    frame = council.events([(child, atom, date(2020, 1, 1), end) for child, atom, _, _, end in rows])
    born = pd.Series([None if year is None else date(year, 9, 1) for *_, year, _ in rows])
    return frame.assign(
        primary_need=[need for _, _, need, _, _ in rows],
        born=born.astype(pd.ArrowDtype(pa.date32())),
        year_group=pd.array([None] * len(rows), dtype="Int8"),
    )


@pytest.fixture
def store(store_of, council):
    one, other = council.aylesbury
    children = [
        ("a", one, "ASD", 2014, None),
        ("b", other, "ASD", 2014, None),
        ("c", one, "SEMH", 2014, None),
        ("d", council.wycombe, "ASD", 2014, None),
        ("e", one, "ASD", 2014, date(2021, 5, 1)),  # ended
        ("f", "unknown", "ASD", 2014, None),
        ("g", "outside", "ASD", 2014, None),
        ("h", one, None, None, None),  # no year known
    ]
    facts = {"covers_from": date(2021, 1, 1), "covers_to": DAY, "basis": "synthetic"}
    provision = pd.DataFrame(
        [  # one in Aylesbury for autism, one closed, one without coordinates, one without places
            (900_001, "Special", "special", "ASD", "primary", 20, None, date(2020, 9, 1), None, 482_224.0, 213_763.0),
            (900_002, "Shut", "special", "SEMH", "primary", 20, None, None, date(2021, 9, 1), 482_224.0, 213_763.0),
            (None, "Nowhere", "base", "SEMH", "primary", None, 8, None, None, None, None),
            (900_004, "Empty", "special", "SEMH", "primary", 0, None, None, None, 482_224.0, 213_763.0),
            (900_005, "Private", "independent", "SEMH", "primary", 9, None, None, None, 482_224.0, 213_763.0),
        ],
        columns=["setting_urn", "setting_name", "provision", "need", "phase", "commissioned_places", "capacity",
                 "opened", "closed", "easting", "northing"],
    )  # fmt: skip
    whole = dict.fromkeys(("setting_urn", "commissioned_places", "capacity"), "Int64")
    dates = dict.fromkeys(("opened", "closed"), pd.ArrowDtype(pa.date32()))
    frame = provision.astype(whole | dates).assign(atom=one)
    return store_of(("ehc_plans", plans(council, children), facts), ("provision", frame, {}))


def test_only_open_commissioned_places_that_match_are_near(store):
    found = matched_reach(store)
    assert (found.day, found.limits) == (DAY, (30.0, 45.0))
    rows = {(row.area, row.need): row for row in found.rows}
    assert {row.phase for row in found.rows} == {"primary"}
    assert rows["aylesbury", "communication"].plans == 2
    assert rows["aylesbury", "communication"].within == (2, 2)
    assert rows["aylesbury", "semh"].within == (0, 0)
    assert [rows[COUNTY, need].plans for need in ("communication", "semh")] == [3, 1]
    assert rows[COUNTY, "communication"].name == "Buckinghamshire"


def test_needs_and_phases_without_any_place_say_nothing_about_distance(store, demo_store):
    # A row without coordinates is listed all the same.
    assert matched_reach(store).unlisted == {}
    found = matched_reach(demo_store)
    early = sum(row.plans for row in found.rows if (row.area, row.phase) == (COUNTY, "early_years"))
    assert found.unlisted == {"early_years": early}
    assert early > 0
    assert found.notes[1].startswith("No place is listed at all, near or far, for: Early years. That none of these")


def test_a_need_that_no_place_of_the_phase_serves_is_named():
    plans = {("semh", "primary"): {"a": 3}, ("sensory", "primary"): {"a": 2}, ("sensory", "post_16"): {"b": 1}}
    lacking = _unlisted(plans, [{"need": "SEMH", "phase": "primary"}])
    assert lacking == [("sensory", "primary"), ("sensory", "post_16")]
    (said,) = _lacking_words(plans, lacking)
    assert "for: Primary, sensory and physical; Post-16. That none" in said
    assert _lacking_words(plans, []) == []


def test_what_is_left_out_or_assumed_is_said(store):
    notes = matched_reach(store).notes
    assert notes[0].startswith("Journeys by car: estimated")
    assert "1 rows of specialist places without coordinates" in notes[2]
    assert "1 rows whose capacity stands in for places commissioned." in notes
    assert "Plans not counted, as the address is unknown, withheld or outside the county: 2." in notes
    assert "Plans not counted, as neither month of birth nor curriculum year is recorded: 1." in notes
    assert matched_reach(store).basis == ("synthetic", "estimated travel")


def test_localities_add_up_to_the_county_and_to_the_plans_counted(demo_store):
    found = matched_reach(demo_store)
    county = [row for row in found.rows if row.area == COUNTY]
    for whole in county:
        parts = [row for row in found.rows if (row.need, row.phase) == (whole.need, whole.phase) and row.area != COUNTY]
        assert sum(row.plans for row in parts) == whole.plans
        assert tuple(map(sum, zip(*(row.within for row in parts), strict=True))) == whole.within
        assert all(row.within[0] <= row.within[1] <= row.plans for row in parts)
    assert sum(row.plans for row in county) > 6_000


def test_what_is_not_loaded_is_named(store_of):
    with pytest.raises(UsageError, match="provision is not loaded"):
        matched_reach(store_of())
