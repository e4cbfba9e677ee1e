"""Published figures in words and as CSV."""

import csv
import io
from datetime import UTC, datetime

import pytest

from geodata.manifest import Part
from layers.published import Cell, Line, PublishedFile, PublishedTable
from layers.published_text import COLUMNS, as_csv, cell_words, decimals_of, records, shown, table_title


@pytest.fixture
def table():
    part = Part("indicator_values", "p", "plans.csv", "ab", 3, 3, 0, imported_at=datetime(2026, 1, 1, tzinfo=UTC))
    file = PublishedFile("plans.csv", part, {"=plans": "Plans"}, {"=plans": ("All",)}, {})
    lines = (
        Line(
            "Buckinghamshire", "council", {"2019": Cell(38.3, code="E10000002"), "2020": Cell(40.0, code="E06000060")}
        ),
        Line("England", "country", {"2020": Cell(None, symbol="c", code="E92000001")}),
    )
    return PublishedTable(file, "=plans", "Plans", "All", {"2019": "2019", "2020": "2020"}, lines, (), ())


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (Cell(4054.0), "4,054"),
        (Cell(30.0, 90.0), "30 of 90"),
        (Cell(None, symbol="z"), "not applicable"),
        (Cell(None, symbol="x"), "not available"),
        (Cell(None, symbol="c"), "confidential"),
        (Cell(None, symbol="low"), "rounds to nothing, but is not nothing"),
        (Cell(None, symbol="na"), "not available"),
        (Cell(None), "not given"),
    ],
)
def test_a_figure_or_in_words_why_there_is_none(cell, words):
    assert cell_words(cell, 0) == words


def test_figures_that_stand_together_have_the_same_decimals(table):
    assert shown(table) == [["38.3", "40.0"], ["–", "confidential"]]


@pytest.mark.parametrize(("values", "decimals"), [([], 0), ([1.0, 2.0], 0), ([1.25, 3.0], 2), ([1e-7], 4), ([1e22], 4)])
def test_decimals_are_at_most_four(values, decimals):
    assert decimals_of(values) == decimals


def test_the_title_names_the_breakdown(table):
    assert table_title(table) == "Plans, All"


def test_the_file_has_every_figure_in_full_with_where_it_comes_from(table):
    rows = list(csv.DictReader(io.StringIO(as_csv(table, "s1"))))
    assert tuple(rows[0]) == COLUMNS
    assert [(row["area"], row["area_code"], row["period"], row["value"], row["symbol"]) for row in rows] == [
        ("Buckinghamshire", "E10000002", "2019", "38.3", ""),
        ("Buckinghamshire", "E06000060", "2020", "40", ""),
        ("England", "E92000001", "2020", "", "c"),
    ]
    assert {(row["file"], row["sha256"], row["snapshot"], row["basis"]) for row in rows} == {
        ("plans.csv", "ab", "s1", "published")
    }


def test_no_cell_runs_as_a_formula(table):
    assert "'=plans" in as_csv(table, "s1")
    assert records(table, "s1")[0]["indicator"] == "=plans"
