"""Series of totals: columns found by any of their names, odd rows told and never guessed."""

import pytest

from geodata.errors import InputError, UsageError
from layers.sufficiency.series import read_series, remarks, year_of


@pytest.fixture
def read(tmp_path):
    def make(text, encoding="utf-8"):
        path = tmp_path / "series.csv"
        path.write_bytes(text.encode(encoding))
        return read_series(path)

    return make


def test_reads_areas_and_years_in_order_without_remarks(read):
    series = read("area,year,count\nB,2021,12\nA,2020,10\nB,2020,11\nA,2021,11\n")
    assert series.counts == {"A": {2020: 10.0, 2021: 11.0}, "B": {2020: 11.0, 2021: 12.0}}
    assert list(series.counts) == ["A", "B"]
    assert series.notes == ()


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffAREA,Year,Count\nA,2020,1500\nA,2021,1600\n",
        "la_name,time_period,ehcplans\nA,201920,1500\nA,202021,1600\n",
        "Local authority,time-period,Plans\nA,2019/20,1500\nA,2020/21,1600\n",
        'area;year;value\n A ;2020;"1,500"\n\n;;\nA;2021;1 600\n',
        "code\tcount\tyear\tarea\nE1\t1500\t2020-01-16\tA\nE1\t1600\t21/01/2021\tA\n",
        "count,area,year\r\n1500.0,A,2020.0\r\n1.6e3,A,2021\r\n",
    ],
)
def test_spellings_signatures_and_thousands_separators_are_taken(read, text):
    assert read(text).counts == {"A": {2020: 1500.0, 2021: 1600.0}}


def test_an_own_column_goes_before_its_other_spellings(read):
    assert read("la_name,area,year,count,total\nX,A,2020,5,9\nX,A,2021,6,9\n").counts == {"A": {2020: 5.0, 2021: 6.0}}


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2024", 2024),
        ("202425", 2025),
        ("2024/25", 2025),
        ("2024-25", 2025),
        ("2024/2025", 2025),
        ("199900", 2000),
        ("2024-01-18", 2024),
        ("18/01/2024", 2024),
        ("202427", None),
        ("2024-99", None),
        ("24", None),
        ("1066", None),
        ("soon", None),
        ("", None),
    ],
)
def test_years(text, year):
    assert year_of(text) == year


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("A,2022,-5", "Line 4: the count is negative"),
        ("A,2022,\u22125", "Line 4: the count is negative"),
        ("A,2022,many", "Line 4: the count is no number"),
        ('A,2022,"1,50"', "Line 4: the count is no number"),
        ("A,2022,x", "Line 4: no count is given"),
        ("A,2022,", "Line 4: no count is given"),
        ("A,2022,nan", "Line 4: no count is given"),
        ("A,2022,inf", "Line 4: the count is no number"),
        ("A,2022,1e12", "Line 4: the count is too large"),
        ("A,soon,5", "Line 4: no year can be read"),
        (",2022,5", "Line 4: no area is named"),
        ("A,2022,5,6", "Line 4: no year can be read"),
    ],
)
def test_a_row_that_cannot_be_used_is_set_aside_and_its_line_told(read, row, says):
    series = read(f"area,year,count\nA,2020,10\nA,2021,11\n{row}\n")
    assert series.counts == {"A": {2020: 10.0, 2021: 11.0}}
    (note,) = series.notes
    assert note.startswith(says)
    assert "set aside" in note


def test_equal_repeats_count_once_and_contradictions_not_at_all(read):
    series = read("area,year,count\nA,2020,10\nA,2020,10\nA,2021,11\na,2021,12\nA,2022,13\n")
    assert series.counts == {"A": {2020: 10.0, 2022: 13.0}}
    same, apart, gap = series.notes
    assert "A 2020 (lines 2, 3)" in same
    assert "A 2021 (lines 4, 5)" in apart
    assert "A (2021)" in gap


def test_a_count_that_is_not_whole_is_used_and_told(read):
    series = read("area,year,count\nA,2020,10.5\nA,2021,11\n")
    assert series.counts["A"][2020] == 10.5
    assert series.notes == ("Line 2: a count that is no whole number (it is used as it stands).",)


def test_remarks_name_gaps_zeros_jumps_and_lone_years():
    counts = {
        "Gap": {2019: 100.0, 2022: 130.0},
        "Zero": {2019: 0.0, 2020: 9.0},
        "Up": {2019: 50.0, 2020: 100.0},
        "Down": {2019: 50.0, 2020: 20.0},
        "Small": {2019: 1.0, 2020: 2.0},
        "Lone": {2020: 10.0},
    }
    gaps, zeros, jumps, lone = remarks(counts)
    assert "Gap (2020, 2021)" in gaps
    assert "Zero (2019)" in zeros
    assert "Up doubled or more from 2019 to 2020 (50 to 100)" in jumps
    assert "Down halved or worse" in jumps
    assert "Small" not in jumps
    assert "Lone (2020)" in lone


def test_a_doubling_over_a_gap_counts_by_the_year():
    assert not any("jump" in note for note in remarks({"A": {2019: 100.0, 2021: 220.0}}))
    assert any("jump" in note for note in remarks({"A": {2019: 100.0, 2021: 400.0}}))


def test_long_lists_are_cut_short():
    (note,) = remarks({f"Area {number}": {2020: 1.0} for number in range(8)})
    assert "and 3 more" in note


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("area,year,count\n", "no rows"),
        ("area,year,pupils\nA,2020,5\n", "no column count (or ehcplans"),
        ("a,b,c\nA,2020,5\n", "no column area (or"),
        ("area,year,count\nA,2020,-5\n", "has no row that can be used. Line 2: the count is negative"),
        ("<html><body>no</body></html>\n", "is a web page"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_reason(read, text, says):
    with pytest.raises(InputError) as refused:
        read(text)
    assert says in str(refused.value)


def test_other_kinds_of_file_are_refused(tmp_path):
    with pytest.raises(UsageError, match=r"no file 'none\.csv'"):
        read_series(tmp_path / "none.csv")
    with pytest.raises(UsageError):
        read_series(tmp_path)
    (tmp_path / "a.parquet").write_bytes(b"PAR1 and so on")
    with pytest.raises(InputError, match="no CSV"):
        read_series(tmp_path / "a.parquet")


def test_a_long_gap_names_only_some_of_its_years():
    (said,) = remarks({"A": {2000: 90.0, 2016: 100.0, 2017: 105.0}})
    assert "A (2001, 2002, 2003, 2004, 2005 and 10 more)" in said
