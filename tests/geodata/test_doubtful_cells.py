import numpy as np
import pytest

from geodata.cell_text import MERGED, UNCOMPUTED
from geodata.doubtful_cells import mark_doubtful, notes_on, require_one_row
from geodata.errors import InputError
from geodata.sheet_xml import Merge, SheetFacts


def test_only_blank_cells_under_a_filled_one_are_marked():
    columns = {0: ["a", "", "b", ""], 1: ["", "", "", ""], 2: ["x", "", "", ""]}
    facts = SheetFacts((Merge(2, 0, 3, 1), Merge(3, 2, 9, 2), Merge(9, 0, 9, 1)))
    mark_doubtful(columns, np.array([2, 3, 5, 9]), facts)
    assert columns == {0: ["a", MERGED, "b", ""], 1: [MERGED, MERGED, "", ""], 2: ["x", "", "", ""]}


def test_a_merge_from_a_blank_row_marks_nothing():
    columns = {0: ["", "b"]}
    mark_doubtful(columns, np.array([4, 5]), SheetFacts((Merge(3, 0, 5, 0),)))
    assert columns == {0: ["", "b"]}


def test_formulas_without_a_value_are_marked():
    columns = {0: ["", ""], 1: ["", ""]}
    mark_doubtful(columns, np.array([2, 7]), SheetFacts(uncomputed={1: frozenset({7, 8}), 3: frozenset({2})}))
    assert columns == {0: ["", ""], 1: ["", UNCOMPUTED]}


def test_headings_in_two_rows_are_refused():
    rows = [(1, ("ID", "Dates")), (2, ("", "Start")), (3, ("C1", "x"))]
    for merge, heading_row in ((Merge(1, 0, 2, 0), 1), (Merge(1, 0, 2, 0), 2)):
        with pytest.raises(InputError, match=r"merged cells A1:A2"):
            require_one_row(SheetFacts((merge,)), heading_row, rows, "sheet 'x'")
    require_one_row(SheetFacts((Merge(1, 1, 1, 2), Merge(4, 0, 5, 0))), 1, rows, "sheet 'x'")
    require_one_row(SheetFacts((Merge(1, 0, 2, 0),)), 1, [(1, ("ID", "Dates")), (3, ("C1", "x"))], "sheet 'x'")


def test_notes_name_places_at_and_below_the_headings():
    merges = (Merge(1, 0, 1, 5), Merge(3, 1, 3, 2), Merge(5, 0, 6, 0))
    facts = SheetFacts(merges, {0: frozenset({1, 9})}, ((1, 1), (8, 2)))
    notes = notes_on(facts, 3, "sheet 'x'")
    assert ["B3:C3" in notes[0], "A5:A6" in notes[1], "(A9)" in notes[2], "(C8)" in notes[3]] == [True] * 4
    assert notes_on(SheetFacts(), 3, "sheet 'x'") == ()
