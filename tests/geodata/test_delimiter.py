import pytest

from geodata.delimiter import find_delimiter
from geodata.errors import InputError


def find(tmp_path, text):
    path = tmp_path / "file.csv"
    path.write_text(text, newline="")
    return find_delimiter(path, "utf-8")


def test_headings_over_several_lines(tmp_path):
    found = find(tmp_path, 'Cases\n\nid;"Date\nopened"\n1;2,5\n')
    assert (found.delimiter, found.row, found.line, found.cells) == (";", 3, 4, ("id", "Date opened"))
    assert found.notes == ("The headings of 'file.csv' were found in row 3; the rows above it were passed over.",)


@pytest.mark.parametrize("text", ["a;b;c\n1,2,3\n4,5,6\n", "a,b,c\n1;2;3\n4;5;6\n7,8,9\n"])
def test_two_delimiters_are_refused(tmp_path, text):
    with pytest.raises(InputError, match=r"mixes delimiters: row \d is cut by .*, row \d by .*one delimiter"):
        find(tmp_path, text)


def test_a_row_of_another_delimiter_is_pointed_out(tmp_path):
    found = find(tmp_path, "a,b,c\n1,2,3\n4;5;6\n7,8,9\n")
    assert found.notes[0].startswith("Row 3 of 'file.csv' is cut by semicolons, the headings by commas")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a^b\n1^2\n", r"cut by \^"),
        ("a\x01b\n1\x012\n", r"U\+0001"),
        ("id      name\n1       x y\n2       z\n", "fixed width"),
        ("one column\nof text\n", r"looked for. Export it again"),
        ("a^b\n1,5^2\n3^4\n5^6\n", r"cut by \^"),
    ],
)
def test_what_was_looked_for_is_said(tmp_path, text, says):
    with pytest.raises(InputError, match=says) as refused:
        find(tmp_path, text)
    assert "commas, semicolons, tabs and vertical bars" in str(refused.value)


def test_a_note_full_of_commas_does_not_make_a_wide_row(tmp_path):
    assert find(tmp_path, "a;b\n1;" + "x," * 20_000 + "\n").delimiter == ";"


def test_a_row_without_end(tmp_path):
    with pytest.raises(InputError, match=r"Row 2 .* has 20,001 cells"):
        find(tmp_path, "a,b\n1" + ",x" * 20_000 + "\n")


def test_many_blank_rows_say_that_only_the_beginning_was_looked_at(tmp_path):
    with pytest.raises(InputError, match="only blank rows at its beginning"):
        find(tmp_path, "\n" * 50 + "a,b\n1,2\n")
