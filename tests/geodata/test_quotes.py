import csv

import pytest

from geodata.errors import InputError
from geodata.quotes import require_no_lost_rows
from geodata.reading import inspect_file


def look(tmp_path, text, rows_below=None):
    path = tmp_path / "file.csv"
    path.write_text(text, newline="")
    require_no_lost_rows(path, inspect_file(path), rows_below)


def test_where_each_line_is_a_row_nothing_is_looked_at(tmp_path):
    look(tmp_path, 'a,b\n5" x,2\n3,4\n', rows_below=2)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('a,b\n1,"2\n3,4\n', r"in line 2 of 'file.csv' is never closed"),
        ('a,b\n"x\ny",2\n5" z,4\n', r"in line 4 of 'file.csv' is never closed"),
        ('a,b\n"x\ny",2\n1,"2\n3",4\n', r"in line 4 of 'file.csv' is closed lines later"),
    ],
)
def test_the_line_is_said(tmp_path, text, says):
    with pytest.raises(InputError, match=says):
        look(tmp_path, text)


def test_cells_with_line_ends_are_no_lost_rows(tmp_path):
    look(tmp_path, 'a,b,c\n"x\ny",2,3\n"z, ""q""\n\nv",4,5\n')


def test_a_cell_longer_than_any_note_is_a_lone_mark(tmp_path, monkeypatch):
    path = tmp_path / "file.csv"
    path.write_text('a,b\n1,2\n3,"' + "x\n" * 1_000 + '"\n', newline="")
    layout = inspect_file(path)
    monkeypatch.setattr("geodata.quotes.LONGEST_CELL", 500)
    usual = csv.field_size_limit()
    with pytest.raises(InputError, match="in line 3"):
        require_no_lost_rows(path, layout, None)
    assert csv.field_size_limit() == usual
