from datetime import date
from types import SimpleNamespace

import pytest

from layers.link_workers.posts import capacity_words, holder_of, is_absent, locks_of, posts_of, shared_note
from layers.link_workers.workload_settings import PostSettings

DAY = date(2025, 1, 16)
SETTINGS = PostSettings()
AYLESBURY = "HP20 1DH"


@pytest.fixture
def store_of(profile, areas):
    """A store of rows alone."""

    def make(**lists):
        return SimpleNamespace(profile=profile, areas=areas, rows_of=lambda dataset: tuple(lists.get(dataset, ())))

    return make


@pytest.mark.parametrize(
    ("first", "last", "away"),
    [
        (None, None, False),
        (DAY, DAY, True),
        (DAY, None, True),
        (None, DAY, True),
        (date(2025, 1, 17), None, False),
        (date(2024, 1, 1), date(2025, 1, 15), False),
    ],
)
def test_absent_on_both_ends(first, last, away):
    assert is_absent({"absent_from": first, "absent_to": last}, DAY) is away


def test_nothing_loaded_is_no_post(store_of):
    assert posts_of(store_of(), DAY, SETTINGS) == ((), ())


def test_hours_base_and_schools(store_of):
    allocations = [
        {"post": "LW-1", "school_urn": 1, "start_date": date(2020, 1, 1), "end_date": None},
        {"post": "LW-1", "school_urn": 2, "start_date": None, "end_date": DAY},  # over at the end of the day
        {"post": "LW-1", "school_urn": 3, "start_date": date(2025, 1, 17), "end_date": None},
        {"post": "LW-9", "school_urn": 4, "start_date": None, "end_date": None},
    ]
    workers = [
        {
            "post": "LW-2",
            "hours": None,
            "term_time": True,
            "base": " elm CENTRE ",
            "languages": "en;ur",
            "vacant": True,
        },
        {"post": "LW-1", "hours": 30.0, "base": "Oak", "base_postcode": "hp201dh", "barred_schools": "7;8"},
        {"post": "LW-3", "hours": 10.0, "base": "Nowhere", "absent_from": DAY},
    ]
    centres = [{"name": "Elm centre", "easting": 1.0, "northing": 2.0, "atom": "E01017836"}]
    store = store_of(link_workers=workers, school_allocations=allocations, family_centres=centres)
    (one, two, three), notes = posts_of(store, DAY, SETTINGS)
    assert (one.post, one.capacity_hours, one.area, one.barred, one.held) == (
        "LW-1", 18.0, "aylesbury", {7, 8}, {1},
    )  # fmt: skip
    assert one.easting == pytest.approx(482_457, abs=500)
    assert (two.hours, two.term_time, two.easting, two.area, two.languages, two.vacant) == (
        18.5, True, 1.0, "wycombe", ("en", "ur"), True,
    )  # fmt: skip
    assert (three.area, three.easting, three.absent) == ("unknown", None, True)
    assert notes == (
        "No hours stated for LW-2: 18.5 a week stand in their place (assumed).",
        "No base with a known place: LW-3. Their ways are not counted.",
        "Absent on the day: LW-3.",
        "Vacant: LW-2.",
        "Not on the list of posts, though they have schools today: LW-9.",
    )
    assert "60% of the hours by contract (assumed), of 3 posts" in capacity_words((one, two, three), SETTINGS)


def test_who_took_a_school_last_holds_it(store_of):
    rows = [
        {"post": "LW-1", "school_urn": 1, "start_date": date(2020, 1, 1)},
        {"post": "LW-2", "school_urn": 1, "start_date": date(2021, 1, 1)},
        {"post": "LW-3", "school_urn": 2, "start_date": None},
    ]
    store = store_of(school_allocations=rows)
    assert holder_of(store, DAY) == {1: "LW-2", 2: "LW-3"}
    assert shared_note(store, DAY) == ("With more than one post today: 1.",)
    assert shared_note(store_of(), DAY) == ()


def test_a_protected_case_locks_its_school_until_its_day(store_of):
    rows = [
        {"post": "LW-1", "school_urn": 1, "keep_until": date(2025, 1, 17)},
        {"post": "LW-1", "school_urn": 2, "keep_until": DAY},
        {"post": "LW-1", "school_urn": 3, "keep_until": None},
        {"post": "LW-1", "school_urn": 4, "keep_until": date(2026, 1, 1), "end_date": date(2024, 1, 1)},
        {"post": "LW-1", "school_urn": 5},
    ]
    assert locks_of(store_of(school_allocations=rows), DAY) == {1: "LW-1"}
