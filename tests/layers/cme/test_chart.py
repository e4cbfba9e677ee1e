"""Cells of a report's tables as numbers and words of its charts."""

import pytest

from layers.charts import Bar
from layers.cme.chart import PRINTED_RINGS, Chart, at_end, by_key, count, number, rings, with_printed
from layers.report import Figure


def test_numbers_and_counts_of_cells():
    assert [number(cell) for cell in (3, Figure(2.5), "text", None)] == [3, 2.5, None, None]
    assert [count(cell) for cell in (3, Figure(2.5), "text", None)] == [3, None, None, None]


@pytest.mark.parametrize(
    ("found", "printed", "words", "end"),
    [
        (67, 67, "67 (67 printed)", "67"),
        (67, 66, "67 (66 printed)", "67 (66)"),
        (0, 1234, "0 (1,234 printed)", "0 (1,234)"),
        (67, None, "67", "67"),
        (None, 58, "58 printed", "58"),
        (None, None, "", ""),
        (Figure(5.94), None, "5.9", "5.9"),
    ],
)
def test_a_figure_stands_with_the_printed_one_and_never_under_its_mark(found, printed, words, end):
    assert with_printed(found, printed) == words
    assert at_end(found, printed) == end


def test_rings_are_explained_where_there_are_any():
    assert rings([Bar("a", 1, None, "", ""), Bar("b", None, 2, "", "")]) == ""
    assert rings([Bar("a", 1, 1, "", "")]) == PRINTED_RINGS
    assert rings([Bar("a", 1, 2, "", "")]).endswith("in brackets.")


def test_charts_by_key_and_how_high_they_are():
    chart = Chart("stock", "Title", "Sentence.", {"data": [], "layout": {"height": 300}}, "open_stock")
    assert by_key([None, chart]) == {"stock": chart}
    assert chart.height_px == 300
