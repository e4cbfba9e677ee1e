"""What is taken away: sheets to print and the team's workbook."""

import io

import pytest
from openpyxl import load_workbook

from callbacks.workers_desk import shown
from callbacks.workers_sheets import sheets_view, workbook_name, workbook_of
from geodata.errors import UsageError


@pytest.fixture
def plan(small_desk):
    return shown(small_desk, "proposed", "The proposed plan", small_desk.proposed)


def test_a_sheet_has_schools_distances_and_bands_and_no_counts(small_figures, small_desk, plan):
    found = sheets_view(small_figures, small_desk, plan, "LW-2")
    (sheet,) = found["sheets"]
    assert sheet["title"] == "LW-2, North"
    assert [(row["name"], row["postcode"], row["km"], row["band"]) for row in sheet["rows"]] == [
        ("School 3", "HP3 1AA", "5.2", "middle"), ("School 6", "HP6 1AA", "7.8", "low"),
    ]  # fmt: skip
    assert dict(sheet["facts"])["Load band"] == "light"
    assert "famil" not in str(sheet).lower()


def test_an_absent_post_has_neither_a_load_nor_a_way(small_figures, small_desk, plan):
    (sheet,) = sheets_view(small_figures, small_desk, plan, "LW-3")["sheets"]
    facts = dict(sheet["facts"])
    assert (facts["Load band"], facts["Travel"], facts["On the day of the plan"]) == ("\u2013", "\u2013", "absent")
    (sheet,) = sheets_view(small_figures, small_desk, plan, "LW-1")["sheets"]
    assert dict(sheet["facts"])["Languages"] == "English, Urdu"


def test_all_sheets_are_those_with_schools(small_figures, small_desk, plan):
    assert [one["title"][:4] for one in sheets_view(small_figures, small_desk, plan)["sheets"]] == [
        "LW-1", "LW-2", "LW-4",
    ]  # fmt: skip


def test_an_unknown_worker_is_refused_with_those_there_are(small_figures, small_desk, plan):
    with pytest.raises(UsageError, match=r"No worker 'LW-9' here. Valid: LW-1, LW-2"):
        sheets_view(small_figures, small_desk, plan, "LW-9")


def test_the_workbook_has_every_worker_and_no_figure_of_families(small_figures, small_desk, plan):
    book = load_workbook(io.BytesIO(workbook_of(small_figures, small_desk, plan)))
    assert book.sheetnames == ["About", "Workers", "Schools", "Changes", "LW-1", "LW-2", "LW-3", "LW-4"]
    words = " ".join(str(cell.value).lower() for sheet in book for row in sheet.iter_rows() for cell in row)
    assert "famil" not in words
    assert "16 january 2025" in words


def test_the_name_says_whose_it_is(small_figures):
    assert workbook_name(small_figures) == "link_workers_team.xlsx"
