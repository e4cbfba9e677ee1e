import pytest

from geodata.errors import InputError
from geodata.heading_row import MOST_HEADINGS, HeadingRow, find_headings, require_plain

HEADINGS = ["ID", "Opened", "Closed", "Postcode", "School", "Year"]
DATA = ["C1", "01/09/2021", "", "HP20 1UA", "x", "7"]


def rows(*cells):
    return list(enumerate(cells, start=1))


@pytest.mark.parametrize(
    ("above", "index"),
    [
        ([], 0),
        ([["Cases"]], 1),
        ([["Cases"], [""], ["Run on:", "01/09/2022"]], 3),
        ([["", "", ""]], 1),
    ],
)
def test_titles_are_passed_over(above, index):
    found = find_headings(rows(*above, HEADINGS, DATA, DATA, DATA))
    assert (found.index, found.over_groups) == (index, 0)
    assert found.passed_over == any(any(cells) for cells in above)


def test_a_column_without_heading_or_a_sparse_heading_is_no_title():
    few = ["ID", "Opened", "", "", "", ""]
    assert find_headings(rows(few, DATA, DATA, DATA)).index == 0
    assert find_headings(rows(["ID", "Opened"], ["C1", "01/09/2021"], ["C2", "1/1/2021", "a", "b", "c"])).index == 0


def test_no_row_with_two_cells():
    assert find_headings(rows(["a"], ["b"], [])) is None
    assert find_headings([(21, ["a", "b"])]) is None


def test_headings_of_groups_are_refused():
    table = rows(["", "Case", "", "Home", "", ""], HEADINGS, DATA, DATA)
    found = find_headings(table)
    assert found == HeadingRow(1, 1, passed_over=True)
    with pytest.raises(InputError, match=r"Row 1 of 'x' .* above the headings in row 2.*own heading in one row"):
        require_plain(found, table, "'x'")


def test_too_many_headings_are_refused():
    table = rows([f"h{i}" for i in range(MOST_HEADINGS + 1)])
    with pytest.raises(InputError, match=r"2,001 headings"):
        require_plain(find_headings(table), table, "'x'")


def test_what_was_passed_over_is_said_without_its_cells():
    table = rows(["Jane Smith"], HEADINGS, DATA)
    assert require_plain(find_headings(table), table, "'x'") == (
        "The headings of 'x' were found in row 2; the rows above it were passed over.",
    )
