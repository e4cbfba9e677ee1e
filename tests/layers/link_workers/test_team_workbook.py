"""The team's workbook: a sheet for each worker, without counts and without anything that runs."""

import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from layers.link_workers.compare import who_changes
from layers.link_workers.core import Rules
from layers.link_workers.evaluation import plan_of
from layers.link_workers.sheets import worker_sheets
from layers.link_workers.team_workbook import Team, team_workbook
from layers.link_workers.workload_settings import WorkloadSettings


@pytest.fixture
def team(make_school, make_post, make_ground):
    first = replace(make_school(1, 1, families=4711), name='=HYPERLINK("http://x")')
    schools = [first, make_school(2, 2, families=4712), make_school(3, 3)]
    posts = [replace(make_post(1, 0, team="North"), post="LW/1"), replace(make_post(2, 0), post="lw-1")]
    ground = make_ground(schools, posts, Rules(1, 5))
    plan = plan_of(ground, {1: "LW/1", 2: "lw-1"})
    sheets = worker_sheets(ground.work, plan, lambda *_: 1.25, WorkloadSettings())
    changes = who_changes(ground.work, {1: "lw-1"}, plan.worker_of())
    return Team("The proposed plan", {"Council": "Ourshire"}, ("A note.",), ground.work, plan, sheets, changes,
                ("synthetic", "distances estimated"))  # fmt: skip


def rows(book, name):
    return [[cell.value for cell in row] for row in book[name].iter_rows()]


@pytest.fixture
def book(team):
    return load_workbook(io.BytesIO(team_workbook(team)))


def test_every_worker_has_a_sheet_whose_name_a_spreadsheet_takes(book):
    assert book.sheetnames == ["About", "Workers", "Schools", "Changes", "LW-1", "lw-1 (2)"]


def test_schools_with_distance_and_band_and_those_without_a_worker(book):
    found = rows(book, "Schools")
    assert found[1] == ["School", "URN", "Kind", "Postcode", "Locality", "Worker", "Km from base (estimated)",
                        "Load band"]  # fmt: skip
    assert found[3][:2] + found[3][5:] == ["School 2", 2, "lw-1", 1.3, "low"]
    assert found[4][:2] + found[4][5:] == ["School 3", 3, "no worker", None, "has no worker"]


def test_a_vacant_post_has_a_dash_for_what_nobody_does(team):
    first, second = team.sheets
    away = replace(second, away="vacant", band="", km_week=None)
    found = load_workbook(io.BytesIO(team_workbook(replace(team, sheets=(replace(first, km_week=26.4), away)))))
    assert rows(found, "Workers")[2][6] == 26
    assert [rows(found, "Workers")[3][at] for at in (5, 6, 8)] == ["\u2013", "\u2013", "vacant"]
    assert "The post is vacant" in str(rows(found, "lw-1 (2)"))
    assert " km " not in str(rows(found, "lw-1 (2)")[:6])


def test_changes_name_the_workers_alone(book):
    assert rows(book, "Changes")[1:] == [
        ["School", "URN", "From", "To"], ["'=HYPERLINK(\"http://x\")", 1, "lw-1", "LW/1"],
        ["School 2", 2, "no worker", "lw-1"],
    ]  # fmt: skip


def test_no_count_of_families_is_anywhere_and_nothing_runs(book):
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert not str(cell.value or "").startswith("=")
                assert "4711" not in str(cell.value)
                assert "4712" not in str(cell.value)


def test_what_the_figures_are_stands_on_every_sheet_and_it_fits_a_page(book):
    for sheet in book.worksheets:
        assert "synthetic, distances estimated" in sheet["A1"].value
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.page_setup.fitToHeight == 0
