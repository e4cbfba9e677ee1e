import csv
import io
import zipfile
from datetime import date, datetime

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.cell_text import clean
from geodata.errors import InputError, UsageError
from geodata.reading import inspect_file, read_cells

MORNING = datetime(2022, 9, 2, 10, 30)  # noqa: DTZ001 - cells of a workbook have no zone


def read(path, *positions):
    layout = inspect_file(path)
    cells = read_cells(path, layout, positions or range(len(layout.headings)))
    return layout, cells


def csv_file(tmp_path, content):
    path = tmp_path / "file.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters(tmp_path, encoding, delimiter):
    text = "café,b\r\né,2\r\n".replace(",", delimiter)
    layout, cells = read(csv_file(tmp_path, text.encode(encoding)))
    assert layout.headings == ("café", "b")
    assert cells.frame.to_numpy().tolist() == [["é", "2"]]


def test_row_numbers_are_those_of_a_spreadsheet(tmp_path):
    text = 'a,b,c\n1,2,3\n\n4,5\n"x\ny",6,7\n8,9,10,11\n   \n,1,\n1,,3\n,,\n\n'
    _, cells = read(csv_file(tmp_path, text), 0, 2)
    assert cells.rows.tolist() == [2, 5, 8, 9]
    assert cells.frame[0].tolist() == ["1", "x\ny", "", "1"]
    assert cells.misfits.tolist() == [4, 6]


def test_blank_rows_before_the_headings(tmp_path):
    layout, cells = read(csv_file(tmp_path, "\n\na;b\n1;2,5\n"))
    assert (layout.heading_row, layout.delimiter, cells.rows.tolist()) == (3, ";", [4])


def test_only_the_columns_asked_for_are_read(tmp_path):
    _, cells = read(csv_file(tmp_path, "id,name\n1,Jane\n"), 0)
    assert list(cells.frame.columns) == [0]


def test_leading_zeros_and_blanks_stay_text(tmp_path):
    _, cells = read(csv_file(tmp_path, "a,b\n007,\nNA,null\n"))
    assert cells.frame.to_numpy().tolist() == [["007", ""], ["NA", "null"]]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\n  \n", "empty"),
        (b"a,b\n", "no rows"),
        (b"a,b\n\x00\x01,2\n", "not a text file"),
        (b"a,b\n\x81,2\n", "not a text file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password"),
        (b"PK\x03\x04 broken", "cannot be opened"),
        (b"PAR1 broken", "cannot be read"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path, content, says):
    with pytest.raises(InputError, match=says):
        read(csv_file(tmp_path, content))


def test_no_message_repeats_a_cell(tmp_path):
    path = csv_file(tmp_path, b'id,name\n1,Jane Smith\n2,"Jane Smith\n3,Jane Smith\n')
    with pytest.raises(InputError, match="never closed") as refused:
        read(path)
    assert "Smith" not in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        'id,name,day\n0,"a\nb",1\n1,"Jane,2\n2,Tom,3\n3,Al",4\n',  # opened and closed at the edge of a cell
        'id,name,day\n0,"a\nb",1\n1,"Jane,2\n2,"Tom,3\n',  # two opening marks, in rows side by side
        'id,name,day\n0,"a\nb",1\n1,"Jane,2\n2,5" Tom,3\n3,"Al",4\n',
        'id,name,day\n0,"a\nb",1\n1,"Jane,2\n2,Tom,3"\n',  # in different columns: too few cells
    ],
)
def test_rows_between_two_lone_quotation_marks_are_never_lost(tmp_path, text):
    with pytest.raises(InputError, match=r"line 4 .*rows between") as refused:
        read(csv_file(tmp_path, text), 0)
    assert "Jane" not in str(refused.value)


def test_cells_with_line_ends_and_delimiters_are_read(tmp_path):
    note = '"Spoke to mum, dad.\nShe said ""yes"", then, no.\n\nCall, again"'
    text = f'id,day,ward,school,note,by\n1,2,3,4,{note},a\n2,3,4,5,"b",c\n'
    _, cells = read(csv_file(tmp_path, text), 0, 4)
    assert cells.frame[0].tolist() == ["1", "2"]
    assert cells.frame[4].tolist()[0].endswith("Call, again")


def test_a_file_open_in_another_program_says_so(tmp_path, monkeypatch):
    path = csv_file(tmp_path, "a,b\n1,2\n")

    def locked(*_arguments, **_options):
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.open", locked)
    with pytest.raises(InputError, match="Close it in Excel"):
        inspect_file(path)


def test_a_workbook_that_says_it_is_smaller_than_it_is(tmp_path):
    book = openpyxl.Workbook()
    for row in (["ID", "Opened", "Score"], ["C1", 1, 2], ["C2", 3, 4]):
        book.active.append(row)
    book.save(tmp_path / "whole.xlsx")
    with zipfile.ZipFile(tmp_path / "whole.xlsx") as whole, zipfile.ZipFile(tmp_path / "file.xlsx", "w") as stale:
        for name in whole.namelist():
            stale.writestr(name, whole.read(name).replace(b'<dimension ref="A1:C3"', b'<dimension ref="A1:B2"'))
    layout, cells = read(tmp_path / "file.xlsx")
    assert layout.headings == ("ID", "Opened", "Score")
    assert cells.frame.to_numpy().tolist() == [["C1", "1", "2"], ["C2", "3", "4"]]


CELLS = st.text(st.sampled_from('ab1é\u00a0\u200b ,;\n"'), max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6),
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_was_written_is_read_with_its_row_numbers_or_refused(tmp_path, rows, delimiter, encoding, quoting):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=quoting).writerows([["one", "two", "three"], *rows])
    filled = [(number, row) for number, row in enumerate(rows, start=2) if any(clean(cell) for cell in row)]
    try:
        layout, cells = read(csv_file(tmp_path, text.getvalue().encode(encoding)))
    except InputError as error:
        assert not filled or "closed lines later" in str(error) or "mixes delimiters" in str(error)  # noqa: PT017
        return
    assert layout.delimiter == delimiter
    assert cells.rows.tolist() == [number for number, _ in filled]
    assert [[cell.strip() for cell in row] for row in cells.frame.to_numpy().tolist()] == [
        [clean(cell) for cell in row] for _, row in filled
    ]


WHOLE = 'id,start,note\nC1,2022-01-01,é\nC2,2022-02-01,"a\nb"\n'
DAMAGE = st.tuples(st.integers(0, 200), st.integers(0, 9), st.binary(max_size=4))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]), st.lists(DAMAGE, min_size=1, max_size=3))
def test_damaged_text_is_read_or_refused_and_never_a_crash(tmp_path, encoding, damage):
    content = WHOLE.encode(encoding)
    for start, length, instead in damage:
        content = content[:start] + instead + content[start + length :]
    try:
        _, cells = read(csv_file(tmp_path, content))
    except InputError:
        return
    assert len(cells.frame) == len(cells.rows)
    assert not set(cells.rows) & set(cells.misfits)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["xlsx", "parquet"]), st.lists(DAMAGE, min_size=1, max_size=2))
def test_damaged_workbooks_and_parquet_files_too(tmp_path, kind, damage):
    frame = pd.DataFrame({"id": ["C1", "C2"], "start": ["x", "y"]})
    if not (tmp_path / f"whole.{kind}").exists():
        getattr(frame, {"xlsx": "to_excel", "parquet": "to_parquet"}[kind])(tmp_path / f"whole.{kind}", index=False)
    content = (tmp_path / f"whole.{kind}").read_bytes()
    for place, length, instead in damage:
        start = place * len(content) // 200
        content = content[:start] + instead + content[start + length :]
    try:
        _, cells = read(csv_file(tmp_path, content))
    except InputError:
        return
    assert len(cells.frame) == len(cells.rows)


def test_a_missing_file_is_wrong_use(tmp_path):
    with pytest.raises(UsageError, match="no file"):
        inspect_file(tmp_path / "gone.csv")


def test_a_workbook_with_a_title_an_empty_sheet_and_dates(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Cover"
    sheet = book.create_sheet("Data")
    for row in (
        ["CME report"], [], ["ID", "Opened", "Score", None], ["C1", date(2022, 9, 1), 7.0, None],
        [None, None, None, None], ["C2", MORNING, 7.5, None],
    ):  # fmt: skip
        sheet.append(row)
    book.save(tmp_path / "file.xlsx")
    layout, cells = read(tmp_path / "file.xlsx")
    assert (layout.kind, layout.sheet, layout.heading_row, layout.headings) == (
        "xlsx",
        "Data",
        3,
        ("ID", "Opened", "Score"),
    )
    assert cells.frame.to_numpy().tolist() == [["C1", "2022-09-01", "7"], ["C2", "2022-09-02 10:30:00", "7.5"]]
    assert cells.rows.tolist() == [4, 6]


def test_a_workbook_without_headings(tmp_path):
    openpyxl.Workbook().save(tmp_path / "file.xlsx")
    with pytest.raises(InputError, match="row of headings"):
        inspect_file(tmp_path / "file.xlsx")


def test_parquet_of_any_plain_type(tmp_path):
    frame = pd.DataFrame({"id": ["C1", None], "day": pd.to_datetime(["2022-09-01", None]), "n": [1, 2]})
    frame.to_parquet(tmp_path / "file.parquet")
    layout, cells = read(tmp_path / "file.parquet")
    assert layout.headings == ("id", "day", "n")
    assert cells.frame.iloc[1].tolist() == ["", "", "2"]
    assert cells.frame.iloc[0, 1].startswith("2022-09-01")
    assert cells.rows.tolist() == [1, 2]
