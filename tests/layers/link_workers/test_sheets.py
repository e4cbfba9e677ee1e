"""What a worker is given: distances and bands, never a count."""

import dataclasses

import pytest

from layers.link_workers.core import Rules
from layers.link_workers.evaluation import plan_of
from layers.link_workers.sheets import Sheet, SheetSchool, km_words, language_words, worker_band, worker_sheets
from layers.link_workers.workload_settings import WorkloadSettings


@pytest.fixture
def ground(make_school, make_post, make_ground):
    schools = [make_school(1, 5, load=5, families=3), make_school(2, 1, load=2), make_school(3, 1, load=3)]
    posts = [make_post(1, 0, hours=10, team="North"), make_post(2, None, vacant=True)]
    return make_ground(schools, posts, Rules(1, 5))


def sheets(ground, given):
    def km(post, urn):
        return None if post == "LW-2" else {1: 6.5, 2: 1.3, 3: 1.3}[urn]

    return worker_sheets(ground.work, plan_of(ground, given), km, WorkloadSettings())


def test_a_sheet_lists_schools_by_distance_with_bands(ground):
    first, second = sheets(ground, {1: "LW-1", 2: "LW-1", 3: "LW-1"})
    assert [(row.urn, row.km, row.band) for row in first.schools] == [
        (2, 1.3, "low"), (3, 1.3, "middle"), (1, 6.5, "high"),
    ]  # fmt: skip
    assert (first.post, first.team, first.band, first.hours) == ("LW-1", "North", "full", 37.0)
    assert first.km_week == pytest.approx(2 * (6.5 + 1.3 + 1.3))
    assert (second.schools, second.away, second.band, second.km_week) == ((), "vacant", "", None)


def test_a_post_without_a_base_has_no_distances(ground):
    _, second = sheets(ground, {2: "LW-2"})
    assert [row.km for row in second.schools] == [None]


def test_no_sheet_has_a_place_for_families_or_exact_loads():
    names = {one.name for kind in (Sheet, SheetSchool) for one in dataclasses.fields(kind)}
    assert not names & {"families", "handed_over", "load_hours", "capacity_hours", "cases"}


@pytest.mark.parametrize(
    ("load", "hours", "band"),
    [(0, 10, "light"), (5.99, 10, "light"), (6, 10, "moderate"), (8.49, 10, "moderate"), (8.5, 10, "full"),
     (10, 10, "full"), (10.1, 10, "over its hours"), (0, 0, "no hours stated"), (1, 0, "over its hours")],
)  # fmt: skip
def test_the_band_of_a_worker(load, hours, band):
    assert worker_band(load, hours) == band


@pytest.mark.parametrize(
    ("value", "words"), [(0, "0.0"), (9.94, "9.9"), (9.96, "10"), (10.5, "11"), (1204.4, "1,204"), (-12.2, "\u221212")]
)
def test_kilometres_are_whole_from_ten(value, words):
    assert km_words(value) == words


def test_english_comes_first_where_languages_are_stated(make_post):
    post = make_post(1, 0)
    said = [language_words(dataclasses.replace(post, languages=one)) for one in ((), ("en",), ("ur", "en"), ("ur",))]
    assert said == [(), ("English",), ("English", "Urdu"), ("English", "Urdu")]


def test_clusters_without_posts_have_sheets_too(ground):
    work = dataclasses.replace(ground.work, posts=())
    plan = plan_of(ground, {1: "LW-1", 2: "LW-1"})
    (sheet,) = worker_sheets(work, plan, lambda *_: 9.9, WorkloadSettings())
    assert (sheet.team, sheet.band, sheet.hours) == ("", "", None)
    assert [row.km for row in sheet.schools] == [None, None]
