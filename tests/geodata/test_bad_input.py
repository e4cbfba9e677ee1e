"""Bad files of every sort, handed to the import as a person would: what is wrong, where, and what to do about it."""

import gzip
import io
import json
import zipfile
from datetime import date, datetime

import openpyxl
import pandas as pd
import pytest
from openpyxl.styles import numbers

from geodata.areas import load_areas
from geodata.errors import InputError, UsageError
from geodata.importing import ImportRefusedError, import_file
from geodata.profile import load_profile
from geodata.snapshot import Workspace

HEADINGS = ("Child's name", "ID", "Date opened", "Date closed", "Reason for closure", "Home Postcode", "Protected")
ROWS = (
    ("Jane Smith", "C1", "01/09/2021", "03/10/2021", "BUSC", "HP20 1UA", "N"),
    ("Tom Boon", "C2", "02/09/2021", "", "", "HP19 7HL", "N"),
    ("Al Boon", "C3", "03/09/2021", "", "", "HP20 1UA", "Y"),
)
PRIVATE = ("Smith", "Boon", "Jane")


@pytest.fixture
def workspace(tmp_path):
    """A workspace with a snapshot in force."""
    path = tmp_path / "workspace"
    file = tmp_path / "earlier.csv"
    file.write_text("child id,start\nC0,2020-01-01\n")
    import_file(path, "cme_involvements", file)
    return path


@pytest.fixture
def take(workspace, tmp_path):
    """Return a function that imports bytes and returns the report and the rows set aside: (row, column, reason)."""

    def take(content, name="cases.csv", **options):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        report = import_file(workspace, "cme_involvements", file, **options)
        assert report.rows_read == report.accepted + report.quarantined
        aside = []
        if report.quarantine_file:
            listed = pd.read_csv(report.quarantine_file, keep_default_na=False)
            aside = [tuple(row) for row in listed[["row", "column", "reason"]].to_numpy().tolist()]
        assert len({row for row, _, _ in aside}) == report.quarantined
        assert not [word for word in PRIVATE if word in json.dumps(report.to_dict()) + str(aside)]
        return report, aside

    return take


@pytest.fixture
def refuse(take, workspace):
    """Return a function that imports bytes and returns what the refusal says; the earlier snapshot stays in force."""

    def refuse(content, name="cases.csv", **options):
        before = Workspace(workspace).current().id
        with pytest.raises(InputError) as refused:
            take(content, name, **options)
        assert Workspace(workspace).current().id == before
        assert len(Workspace(workspace).snapshots()) == 1
        report = refused.value.report if isinstance(refused.value, ImportRefusedError) else None
        said = str(refused.value) + json.dumps(report.to_dict() if report else "")
        assert not [word for word in PRIVATE if word in said]
        return str(refused.value)

    return refuse


def csv_text(*rows, delimiter=",", end="\r\n", headings=HEADINGS):
    return "".join(delimiter.join(cells) + end for cells in (headings, *rows))


def workbook(*rows, title="Cases", change=None):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def rezip(content, **changed):
    """Return a workbook with some of its parts replaced by what a function makes of them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            change = changed.get(name.rsplit("/", 1)[-1].split(".")[0], lambda text: text)
            new.writestr(name, change(old.read(name)))
    return buffer.getvalue()


def archive(*names, mimetype=""):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        if mimetype:
            file.writestr("mimetype", mimetype)
        for name in names:
            file.writestr(name, "x")
    return buffer.getvalue()


def loaded(workspace):
    snapshot = Workspace(workspace).current()
    return pd.read_parquet(snapshot.data_path(snapshot.parts("cme_involvements")[-1])).set_index("child_id")


def warned(report, *says):
    """Return whether one warning says all of this."""
    return any(all(text in warning for text in says) for warning in report.warnings)


# --- delimiters and encodings -------------------------------------------------------------------------------------


def test_the_good_file_is_good(take):
    report, aside = take(csv_text(*ROWS))
    assert (report.rows_read, report.accepted, aside) == (3, 3, [])
    assert not warned(report, "line end")


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_other_delimiters_and_line_ends_work_by_themselves(take, delimiter, end):
    report, aside = take(csv_text(*ROWS, delimiter=delimiter, end=end))
    assert (report.accepted, aside) == (3, [])


@pytest.mark.parametrize(("delimiter", "says"), [("^", r"cut by ^"), ("\x1f", "U+001F"), ("~", "cut by ~")])
def test_an_unknown_delimiter_says_what_was_looked_for(refuse, delimiter, says):
    said = refuse(csv_text(*ROWS, delimiter=delimiter))
    assert "commas, semicolons, tabs and vertical bars were looked for" in said
    assert says in said
    assert "CSV UTF-8" in said


def test_an_unknown_delimiter_with_a_comma_in_one_row(refuse):
    rows = [*ROWS, ("Boon, Al", *ROWS[2][1:])]
    assert "were looked for. They seem to be cut by ^." in refuse(csv_text(*rows, delimiter="^"))


def test_columns_filled_up_with_spaces(refuse):
    text = "\n".join("".join(cell.ljust(20) for cell in cells) for cells in (HEADINGS, *ROWS))
    assert "fixed width" in refuse(text)


def test_rows_cut_by_another_delimiter_than_the_headings(refuse):
    text = csv_text() + csv_text(*ROWS, delimiter=";").split("\r\n", 1)[1]
    said = refuse(text)
    assert "row 1 is cut by commas, row 2 by semicolons" in said or (
        "row 2 is cut by semicolons, row 1 by commas" in said
    )
    assert "one delimiter throughout" in said


def test_one_row_cut_by_another_delimiter_is_set_aside(take):
    text = csv_text(*ROWS) + ";".join(ROWS[0]) + "\r\n"
    report, aside = take(text)
    assert (report.accepted, [row for row, _, _ in aside]) == (3, [5])
    assert warned(report, "Row 5", "semicolons", "one delimiter")


def test_excels_line_that_names_the_delimiter(take):
    report, _ = take("sep=;\r\n" + csv_text(*ROWS, delimiter=";"))
    assert report.accepted == 3


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-16-le-bom", "utf-16-be-bom"]
)
def test_encodings(take, workspace, encoding):
    heading = (*HEADINGS[:-1], "Protected address – café £’")
    rows = [(*cells[:3], *cells[3:6], flag) for *cells, flag in ROWS]
    rows[0] = ("Zoë O’Hara – £5 é", *rows[0][1:])
    text = csv_text(*rows, headings=heading)
    bom = {"utf-16-le-bom": b"\xff\xfe", "utf-16-be-bom": b"\xfe\xff"}.get(encoding, b"")
    report, aside = take(bom + text.encode(encoding.removesuffix("-bom")), mapping={"protected": heading[-1]})
    assert (report.accepted, aside) == (3, [])
    assert report.mapping["child_id"] == "ID"
    assert report.mapping["protected"] == "Protected address – café £’"
    assert loaded(workspace)["protected"].tolist() == [False, False, True]


def test_utf_16_cut_in_a_character(refuse):
    said = refuse(csv_text(*ROWS).encode("utf-16")[:-9])
    assert "breaks off or is damaged in line 4" in said
    assert "CSV UTF-8" in said


def test_a_byte_that_is_in_no_encoding_says_its_line(refuse):
    said = refuse(csv_text(*ROWS).encode().replace(b"Tom", b"T\x81m"))
    assert "line 3 has a byte" in said
    assert "CSV UTF-8" in said


def test_utf_8_by_its_mark_with_a_byte_of_windows(refuse):
    said = refuse(csv_text(*ROWS).encode("utf-8-sig").replace(b"Tom", b"T\xe9m"))
    assert "begins as UTF-8 text but breaks off or is damaged in line 3" in said


@pytest.mark.parametrize("share", [b"\x00ab\x00\x00c", b"\x00" * 50, b"\x05\x00\x01\x00\x00\x00" * 20])
def test_zero_bytes_throughout_are_no_text(refuse, share):
    said = refuse(share * 5)
    assert "zero" in said
    assert "Export it again" in said or "CSV UTF-8" in said


def test_a_row_with_zero_bytes_is_set_aside(take):
    rows = [*ROWS, ("Al", "C\x004", "01/09/2021", "", "", "HP20 1UA", "N"), ("A\x00l", "C5", *ROWS[2][2:])]
    report, aside = take(csv_text(*rows))
    assert (report.accepted, [row for row, _, _ in aside]) == (4, [5])
    assert aside[0][1] == "child_id"
    assert warned(report, "Zero bytes", "lines 5 to 6", "Export it again")


def test_a_postcode_that_lost_a_digit_to_a_zero_byte_is_no_other_postcode(take):
    rows = [*ROWS, ("Al", "C4", "01/09/2021", "", "", "HP2\x00 1UA", "N")]
    report, _ = take(csv_text(*rows))
    assert report.geocoding["malformed"] + report.quarantined == 1


def test_a_file_that_ends_in_zero_bytes_broke_off(refuse):
    said = refuse(csv_text(*ROWS).encode() + b"Al Boon,C4,01/0" + b"\x00" * 6)
    assert "breaks off in line 5" in said
    assert "Export it again" in said


# --- rows and cells -----------------------------------------------------------------------------------------------


def test_a_missing_column(refuse):
    text = "\n".join(",".join([*cells[:2], *cells[3:]]) for cells in (HEADINGS, *ROWS))
    said = refuse(text)
    assert "No heading for start_date" in said
    assert "--map" in said


def test_line_ends_in_quoted_cells_keep_the_row_numbers(take):
    rows = [(f'"{name}\r\nsecond line, of it\n"', *rest) for name, *rest in ROWS]
    rows += [("Al", "C4", "31/02/2022", "", "", "", ""), ('"A\nl"', "C5", "01/09/2021", "", "", "", "maybe")]
    report, aside = take(csv_text(*rows))
    assert (report.accepted, [(row, column) for row, column, _ in aside]) == (
        3,
        [(5, "start_date"), (6, "protected")],
    )


def test_headings_with_line_ends_spaces_and_characters_nobody_sees(take):
    headings = ("Name", "\u200bID", '"Date\r\nopened"', "Date\u00a0closed ", "Reason  for closure", *HEADINGS[5:])
    report, aside = take(csv_text(*ROWS, (*ROWS[0][:2], "x", *ROWS[0][3:]), headings=headings))
    assert (report.accepted, [row for row, _, _ in aside]) == (3, [5])
    assert report.mapping["start_date"] == "Date opened"


def test_headings_that_stand_twice(refuse):
    said = refuse(csv_text(*[(*row, row[1]) for row in ROWS], headings=(*HEADINGS, "ID")))
    assert "'ID' in column 2 and 'ID' in column 8" in said


REASONS = {
    "no such day": ({2: "31/02/2022"}, "start_date", "does not exist"),
    "twice": ({1: "C1", 2: "01/09/2021"}, "child_id", "earlier row"),
    "end first": ({2: "05/10/2021", 3: "03/10/2021", 4: "BUSC"}, "end_date", "the end lies before the start"),
    "unknown code": ({3: "03/10/2021", 4: "ZZZ"}, "closure_code", "not one of the closing codes"),
    "name as identifier": ({1: "Jane Smith"}, "child_id", "not an identifier"),
    "no identifier": ({1: ""}, "child_id", "blank, but needed"),
    "neither yes nor no": ({6: "ask"}, "protected", "neither yes nor no"),
    "excel's error": ({2: "#REF!"}, "start_date", ""),
    "a day's number": ({2: "44562"}, "start_date", "date format"),
}


@pytest.mark.parametrize(("cells", "column", "says"), REASONS.values(), ids=REASONS)
def test_a_bad_row_is_set_aside_with_its_place_and_reason(take, cells, column, says):
    bad = ["Al", "C9", "03/09/2021", "", "", "HP20 1UA", "N"]
    for position, text in cells.items():
        bad[position] = text
    report, aside = take(csv_text(*ROWS[:2], bad, ROWS[2]))
    assert report.accepted == 3
    assert [(row, key) for row, key, _ in aside] == [(4, column)]
    assert says in aside[0][2]


WIDE = ("Child ID", "Date opened", "Date closed", "Reason for closure", "NC Year", "Date of Birth", "Last contact")
FINE = (
    ("C1", "01/09/2021", "03/10/2021", "BUSC", "7", "12/10/2009", "01/10/2021"),
    ("C2", "02/09/2021", "", "", "9", "12/10/2007", "25/07/2022"),
)
# The last day of the file is 25 July 2022; year 6 in 2021/22 was born from September 2010 to August 2011.
DOUBTS = {
    "overlaps": (
        ("C2", "01/02/2022", "01/03/2022", "NCO", "9", "", ""), "start_date",
        "starts while another case of the same child is open: that of row 3",
    ),
    "open for nine years": (
        ("C9", "25/07/2013", "", "", "", "", ""), "end_date", "open for 5 years or more; was its closing forgotten?",
    ),
    "closed after nine years": (
        ("C9", "25/07/2012", "26/07/2021", "NCO", "", "", ""), "end_date",
        "closed 5 years or more after its start; are both dates right?",
    ),
    "year group too low": (
        ("C9", "01/02/2022", "", "", "4", "01/09/2010", ""), "year_group",
        "more than one year away from what the month of birth gives",
    ),
    "year group too high": (
        ("C9", "01/02/2022", "", "", "8", "31/08/2011", ""), "year_group",
        "more than one year away from what the month of birth gives",
    ),
    "past school age": (
        ("C9", "01/02/2022", "", "", "", "31/08/2005", ""), "end_date",
        "open, but older than school age; should it be closed as SLA?",
    ),
    "contact before the start": (
        ("C9", "01/02/2022", "", "", "", "", "31/01/2022"), "last_contact",
        "the last contact lies before the start",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "column", "says"), DOUBTS.values(), ids=DOUBTS)
def test_a_doubtful_row_is_accepted_and_listed_with_its_place_and_reason(take, workspace, cells, column, says):
    report, aside = take(csv_text(*FINE, cells, headings=WIDE))
    assert (report.accepted, aside) == (3, [])
    assert len(loaded(workspace)) == 3
    listed = pd.read_csv(report.flagged_file, keep_default_na=False)[["row", "column", "reason"]]
    assert listed.to_numpy().tolist() == [[4, column, says]]
    assert [(item["column"], item["rows"]) for item in report.flagged] == [(column, 1)]


def test_a_good_file_gives_nothing_to_look_at(take):
    report, _ = take(csv_text(*FINE, headings=WIDE))
    assert (report.flagged, report.flagged_rows, report.flagged_file) == ((), 0, None)


def test_only_good_rows_are_doubted(take):
    bad = ("C2", "31/02/2022", "", "", "9", "", "")
    also = ("C8", "01/02/2013", "01/01/2013", "NCO", "1", "01/09/2010", "01/01/2012")
    report, aside = take(csv_text(*FINE, bad, also, headings=WIDE))
    assert ({row for row, _, _ in aside}, report.flagged) == ({4, 5}, ())


def test_a_row_with_two_doubts_counts_once(take):
    cells = ("C2", "25/07/2013", "", "", "4", "12/10/2007", "")
    report, _ = take(csv_text(*FINE, cells, headings=WIDE))
    assert report.flagged_rows == 2  # row 3 starts while row 4 is open, and row 4 is open for nine years
    assert sum(item["rows"] for item in report.flagged) == 2
    listed = pd.read_csv(report.flagged_file)[["row", "column"]].to_numpy().tolist()
    assert listed == [[3, "start_date"], [4, "end_date"]]


def test_what_is_said_of_the_period_is_the_day_that_open_cases_are_measured_at(take):
    cells = ("C9", "25/07/2017", "", "", "", "", "")
    assert take(csv_text(*FINE, cells, headings=WIDE))[0].flagged_rows == 1
    assert take(csv_text(*FINE, cells, headings=WIDE), covers_to=date(2022, 7, 24))[0].flagged_rows == 0


def test_american_dates_set_the_column_aside_unless_a_day_comes_first(take, refuse):
    american = ("Al", "C9", "09/25/2021", "", "", "HP20 1UA", "N")
    british = ("Al", "C8", "25/09/2021", "", "", "HP20 1UA", "N")
    said = refuse(csv_text(*ROWS, american))
    assert "month first" in said
    report, aside = take(csv_text(*ROWS, american, british))
    assert (report.accepted, [(row, key) for row, key, _ in aside]) == (4, [(5, "start_date")])


def test_postcodes_that_lie_outside_or_nowhere_are_counted(take, workspace):
    postcodes = ("SW1A 1AA", "HP99 9ZZ", "HP20")
    rows = [("Al", f"C{i}", "01/09/2021", "", "", text, "N") for i, text in enumerate(postcodes, 4)]
    report, aside = take(csv_text(*ROWS, *rows))
    assert (report.accepted, aside) == (6, [])
    assert (report.geocoding["outside"], report.geocoding["not_found"], report.geocoding["malformed"]) == (1, 1, 1)
    assert loaded(workspace).loc[["C4", "C5", "C6"], "atom"].tolist() == ["outside", "unknown", "unknown"]
    assert warned(report, "do not exist: 2")


def test_spaces_and_characters_nobody_sees_do_not_make_a_text_another(take, workspace):
    rows = [
        ("Al", "C4\u200b", "01\u200e/09/2021", "", "", "HP20\u00a01UA", "\u00a0Y"),
        ("Al", "\ufeffC4", "02/09/2021\u00a0", "\u00a0", "", "\u2009HP20 1UA\u00ad", "N\u200b"),
    ]
    report, aside = take(csv_text(*ROWS, *rows))
    assert (report.accepted, aside) == (5, [])
    frame = loaded(workspace)
    assert frame.loc["C4", "protected"].tolist() == [True, False]
    assert frame.loc["C4", "postcode"].fillna("").tolist() == ["", "HP20 1UA"]


def test_a_totals_row_is_set_aside(take):
    report, aside = take(csv_text(*ROWS, ("", "Total", "", "", "", "", "3"), ("Total", "", "", "", "", "", "3")))
    assert report.accepted == 3
    assert {row for row, _, _ in aside} == {5, 6}
    report, aside = take(csv_text(*ROWS) + "Total,3\r\n")
    assert (report.accepted, [row for row, _, _ in aside]) == (3, [5])


def test_a_negative_count(workspace, tmp_path):
    atoms = load_areas(load_profile()).atoms
    lines = ["LSOA11CD,Age,Population", *(f"{atom},{age},2" for atom in atoms for age in range(91))]
    lines[5] = lines[5][:-1] + "-2"
    file = tmp_path / "mid2021.csv"
    file.write_text("\n".join(lines) + "\n")
    with pytest.raises(ImportRefusedError, match=r"Correct the file|correct|Complete") as refused:
        import_file(workspace, "population", file)
    report = refused.value.report
    assert report.rows_read == report.accepted + report.quarantined == len(lines) - 1
    listed = pd.read_csv(report.quarantine_file)
    assert listed[["row", "column", "reason"]].to_numpy().tolist() == [[6, "persons", "below zero"]]


def test_a_title_and_blank_rows_above_the_headings(take):
    above = "Children missing education\r\n\r\nRun on:,01/09/2022\r\n,,,,,,\r\n"
    report, aside = take(above + csv_text(*ROWS, ("Al", "C4", "bad", "", "", "", "")))
    assert (report.accepted, [row for row, _, _ in aside]) == (3, [9])
    assert warned(report, "row 5", "passed over")


def test_headings_of_groups_above_the_headings(refuse):
    said = refuse(",Involvement,,,,Home,\r\n" + csv_text(*ROWS))
    assert "Row 1" in said
    assert "one row" in said


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "only blank rows"),
        (b"\n \n\n", "is empty"),
        (b",,,\n,,,\n", "only blank rows"),
        (b";;;\n;;;\n", "only blank rows"),
        (csv_text().encode(), "has headings but no rows"),
        (csv_text().encode() + b",,,,,,\n\n,,,,,,\n", "has headings but no rows"),
        (csv_text().encode() + b",,,,,,\n" * 60, "has headings but no rows"),
        (b"Cases of 2022\n" + csv_text().encode(), "has headings but no rows"),
        (workbook(HEADINGS), "has headings but no rows"),
        (workbook(), "has a row of headings"),
        (workbook([" "], ["\u00a0"]), "has a row of headings"),
        (workbook(HEADINGS, *[[" ", "\u200b", None]] * 5), "has headings but no rows"),
        (workbook(*[[",".join(cells)] for cells in (HEADINGS, *ROWS)]), "Text to Columns"),
    ],
)
def test_nothing_in_it(refuse, content, says):
    assert says in refuse(content)


def test_a_hundred_thousand_columns(refuse):
    many = ",".join(f"h{i}" for i in range(100_000))
    said = refuse(f"{many}\n{many}\n")
    assert "Row 1" in said
    assert "100,000 cells" in said
    assert "Export it again" in said


def test_more_headings_than_anyone_needs(refuse):
    many = [f"h{i}" for i in range(3_000)]
    assert "3,000 headings" in refuse(",".join(many) + "\n" + ",".join(many) + "\n")
    assert "3,000 headings" in refuse(workbook(many, many))


def test_columns_of_nothing_beside_the_table(take):
    rows = [",".join(cells) + "," * 3_000 for cells in (HEADINGS, *ROWS)]
    report, _ = take("\n".join(rows) + "\n")
    assert report.accepted == 3


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_cell_of_a_megabyte(take, quote):
    text = "x y" * 400_000
    rows = [(f"{quote}{text}{quote}", *ROWS[0][1:]), *ROWS[1:], ("Al", f"C4{text}", "01/09/2021", "", "", "", "")]
    report, aside = take(csv_text(*rows))
    assert (report.accepted, [(row, key) for row, key, _ in aside]) == (3, [(5, "child_id")])


def test_a_file_cut_in_a_row(take):
    text = csv_text(*ROWS)
    report, aside = take(text[: text.index("C3") + 4])
    assert (report.accepted, [row for row, _, _ in aside]) == (2, [4])
    assert warned(report, "last line", "no line end", "compare")
    report, aside = take(text[:-4])  # the flag, and it alone, is lost
    assert warned(report, "last line", "no line end", "compare")


def test_a_file_cut_in_a_quoted_cell(refuse):
    text = csv_text(*ROWS) + 'Al,C4,"01/09'
    assert "never closed" in refuse(text + "\r\nmore\r\n")
    assert "line 5" in refuse(text + "\r\nmore\r\n")


def test_a_file_that_grows_while_it_is_read(tmp_path, refuse):
    def writes(step, _share):
        if step == "Reading":
            with (tmp_path / "cases.csv").open("a") as file:
                file.write(",".join(ROWS[2]))

    said = refuse(csv_text(*ROWS), progress=writes)
    assert "changed while it was being read" in said
    assert "import it again" in said


def test_quotation_marks_for_inches_are_harmless(take):
    report, aside = take(csv_text(('5" Al', *ROWS[0][1:]), *ROWS[1:]))
    assert (report.accepted, aside) == (3, [])


# --- other kinds of file --------------------------------------------------------------------------------------------

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
HTML = b"<html><body><table><tr><td>ID</td></tr></table></body></html>"
OTHER_KINDS = {
    "gzip": (gzip.compress(csv_text(*ROWS).encode()), "csv.gz", "gzip", "Unpack it"),
    "password": (OLE + "EncryptedPackage".encode("utf-16-le"), "xlsx", "password", "take the password off"),
    "old Excel": (OLE + "Workbook".encode("utf-16-le"), "xls", "old Excel file (.xls)", "save it as .xlsx"),
    "older Excel": (OLE + "Book".encode("utf-16-le"), "xls", "old Excel file (.xls)", "save it as .xlsx"),
    "old Word": (OLE + "WordDocument".encode("utf-16-le"), "doc", "Word", "save that as .xlsx"),
    "some OLE": (OLE, "xls", "old Excel file (.xls) or has a password", "Save it as .xlsx"),
    "web page": (b"\xef\xbb\xbf \r\n" + HTML, "xls", "web page (HTML), although its name ends with .xls", "in Excel"),
    "web page wide": (HTML.decode().encode("utf-16"), "xls", "web page (HTML)", "save it as .xlsx"),
    "mhtml": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "xls", "MHTML", "save it as .xlsx"),
    "xml sheet": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "xls", "Excel 2003", "save it as .xlsx",
    ),
    "xml": (b'<?xml version="1.0"?><a/>', "xml", "an XML file", ".xlsx or CSV"),
    "json": (b'[\n {"ID": "C1"}]', "json", "a JSON file", ".xlsx or CSV"),
    "json object": (b'{"rows": []}', "csv", "a JSON file, although", ".xlsx or CSV"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3", "pdf", "a PDF", "table behind it"),
    "zip": (archive("cases.csv"), "zip", "a ZIP archive", "Unpack it"),
    "docx": (archive("[Content_Types].xml", "word/document.xml"), "docx", "a Word document", "save that as .xlsx"),
    "numbers": (archive("Index/Document.iwa"), "numbers", "Apple Numbers", "Export To"),
    "ods": (
        archive("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet"),
        "ods", "OpenDocument spreadsheet", "save it as .xlsx",
    ),
    "xlsb": (archive("xl/workbook.bin"), "xlsb", "binary workbook", "save it as 'Excel Workbook"),
    "cut xlsx": (workbook(HEADINGS, *ROWS)[:-400], "xlsx", "breaks off", "again"),
    "strict xlsx": (
        rezip(workbook(HEADINGS, *ROWS), workbook=lambda text: text.replace(
            b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
        )),
        "xlsx", "Strict Open XML", "Save it in Excel",
    ),
    "damaged sheet": (rezip(workbook(HEADINGS, *ROWS), sheet1=lambda text: text[:-60]), "xlsx", "damaged", "again"),
    "no sheet": (rezip(workbook(HEADINGS, *ROWS), sheet1=lambda _: b"nothing"), "xlsx", "damaged", "again"),
    "picture": (b"\x89PNG\r\n\x1a\n", "png", "a picture", "table behind it"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "ending", "what", "remedy"), OTHER_KINDS.values(), ids=OTHER_KINDS)
def test_another_kind_of_file_is_named_with_its_remedy(refuse, content, ending, what, remedy):
    said = refuse(content, f"cases.{ending}")
    assert "'cases." in said
    assert what in said
    assert remedy in said


def test_a_csv_file_named_xls_and_a_workbook_named_csv_are_read(take):
    assert take(csv_text(*ROWS), "cases.xls")[0].accepted == 3
    assert take(workbook(HEADINGS, *ROWS), "cases.csv")[0].accepted == 3


def test_a_workbook_with_macros_is_read(take):
    assert take(workbook(HEADINGS, *ROWS), "cases.xlsm")[0].accepted == 3


# --- workbooks ------------------------------------------------------------------------------------------------------


def test_a_workbook_with_a_title_and_blank_rows(take):
    title = [[], ["Children missing education"], [], ["Run on:", date(2022, 9, 1)], []]
    report, aside = take(workbook(*title, HEADINGS, *ROWS, ["Al", "C4", "bad"]), "cases.xlsx")
    assert (report.accepted, [row for row, _, _ in aside]) == (3, [10])
    assert warned(report, "sheet 'Cases'", "row 6", "passed over")


def test_several_sheets(take):
    def more(book):
        book.create_sheet("Hidden", 0).append(["a", "b"])
        book["Hidden"].append(["a", "b"])
        book["Hidden"].sheet_state = "hidden"
        older = book.create_sheet("2021")
        for row in (HEADINGS, ROWS[0]):
            older.append(row)

    content = workbook(HEADINGS, *ROWS, title="2022", change=more)
    report, _ = take(content, "cases.xlsx")
    assert (report.sheet, report.accepted) == ("2022", 3)
    assert warned(report, "Only the sheet '2022' was read", "'2021'")
    report, _ = take(content, "cases.xlsx", sheet="2021")
    assert (report.sheet, report.accepted) == ("2021", 1)
    for options in ({"sheet": "2020"}, {"sheet": "x"}):
        with pytest.raises(UsageError, match=r"'Hidden', '2022', '2021'"):
            take(content, "cases.xlsx", **options)
    with pytest.raises(UsageError, match="not a workbook"):
        take(csv_text(*ROWS), sheet="2021")


def test_headings_merged_over_columns_are_pointed_out(take):
    headings = ["ID", "Date opened", "Address", None, "Protected"]
    rows = [[row[1], row[2], "1 High Street", row[5], row[6]] for row in ROWS]
    content = workbook(headings, *rows, change=lambda book: book.active.merge_cells("C1:D1"))
    report, _ = take(content, "cases.xlsx")
    assert (report.accepted, report.geocoding["blank"]) == (3, 2)
    assert warned(report, "C1:D1", "unmerge", "each column its heading")


def test_headings_in_two_rows(refuse):
    def merge(book):
        for cells in ("A1:A2", "B1:C1", "D1:D2"):
            book.active.merge_cells(cells)

    content = workbook(
        ["ID", "Involvement", None, "Home Postcode"], [None, "Date opened", "Date closed", None],
        *[[row[1], row[2], row[3], row[5]] for row in ROWS], change=merge,
    )  # fmt: skip
    said = refuse(content, "cases.xlsx")
    assert "several rows" in said
    assert "A1:A2, D1:D2" in said
    assert "one row" in said


def test_headings_two_rows_high_are_read(take):
    def merge(book):
        for column in "ABCDEFG":
            book.active.merge_cells(f"{column}1:{column}2")

    report, _ = take(workbook(HEADINGS, [], *ROWS, change=merge), "cases.xlsx")
    assert report.accepted == 3


def test_merged_cells_among_the_rows_are_never_blanks(take, workspace):
    def merge(book):
        for cells in ("B2:B3", "G4:G6", "D8:D9", "A11:G11"):
            book.active.merge_cells(cells)

    rows = [
        ["Al", "C1", "01/09/2021", None, None, None, "N"],
        ["Al", None, "02/09/2021", None, None, None, "N"],  # row 3: whose?
        ["Al", "C3", "03/09/2021", None, None, None, "Y"],
        ["Al", "C4", "03/09/2021", None, None, None, None],  # rows 5 and 6: protected, for all that is seen
        ["Al", "C5", "03/09/2021", None, None, None, None],
        ["Al", "C6", "03/09/2021", None, None, None, "N"],
        ["Al", "C7", "03/09/2021", None, None, None, "N"],  # rows 8 and 9: merged and empty
        ["Al", "C8", "03/09/2021", None, None, None, "N"],
        [],
        ["Made by the data team", None, None, None, None, None, None],
    ]
    report, aside = take(workbook(HEADINGS, *rows, change=merge), "cases.xlsx")
    assert sorted({row for row, _, _ in aside}) == [3, 5, 6, 11]
    assert [(row, key) for row, key, _ in aside[:3]] == [(3, "child_id"), (5, "protected"), (6, "protected")]
    assert sorted(loaded(workspace).index) == ["C1", "C3", "C6", "C7", "C8"]
    assert warned(report, "merged (B2:B3, G4:G6, D8:D9, A11:G11)", "Unmerge")


def test_formulas_without_a_value_are_never_blanks(take, workspace):
    rows = [list(row) for row in ROWS]
    rows[1][6] = '=IF(A3="","","Y")'
    rows[2][3] = "=TODAY()"
    report, aside = take(workbook(HEADINGS, *rows), "cases.xlsx")
    assert [(row, key) for row, key, _ in aside] == [(3, "protected"), (4, "end_date")]
    assert loaded(workspace).index.tolist() == ["C1"]
    assert warned(report, "formula", "G3, D4", "Open the file in Excel and save it", "as values")


def test_a_sheet_of_formulas_without_values(refuse):
    rows = [[f"=Other!{column}{row}" for column in "ABCDEFG"] for row in range(2, 12)]
    said = refuse(workbook(HEADINGS, *rows), "cases.xlsx")
    assert "A2, B2, C2, D2, E2 and 65 more" in said
    assert "Open the file in Excel and save it" in said


def test_formulas_with_values_are_read(take):
    rows = [list(row) for row in ROWS]
    rows[0][1], rows[1][3] = '="C"&1', '=""'

    def with_values(text):
        text = text.replace(b"<v />", b"<v></v>").replace(b"<v/>", b"<v></v>")
        text = text.replace(b'<c r="B2"><f>"C"&amp;1</f><v>', b'<c r="B2" t="str"><f>"C"&amp;1</f><v>C1')
        return text.replace(b'<c r="D3"><f>', b'<c r="D3" t="str"><f>')

    report, aside = take(rezip(workbook(HEADINGS, *rows), sheet1=with_values), "cases.xlsx")
    assert (report.accepted, aside) == (3, [])
    assert not warned(report, "formula")


def test_errors_of_excel_are_no_values_and_not_available_is_a_blank(take):
    rows = [list(row) for row in ROWS]
    rows[1][3], rows[2][3], rows[0][5] = "#N/A", "#REF!", "#REF!"
    report, aside = take(workbook(HEADINGS, *rows), "cases.xlsx")
    assert (4, "end_date") in [(row, key) for row, key, _ in aside]
    assert 3 not in [row for row, _, _ in aside]
    assert report.geocoding["malformed"] + report.quarantined == 2
    assert warned(report, "error of Excel", "F2, D4", "Correct the formulas")


def test_numbers_dates_and_excels_day_numbers(take, workspace):
    rows = [
        ["Al", 101, date(2021, 9, 1), None, None, "HP20 1UA", True],
        ["Al", "102", 44440, 44441.5, "BUSC", "HP20 1UA_x000D_", 0],
        ["Al", 103.0, datetime(2021, 9, 1, 10, 30), "44441", "BUSC", "\u00a0HP20\u00a01UA", "N"],  # noqa: DTZ001
    ]
    report, aside = take(workbook(HEADINGS, *rows), "cases.xlsx")
    assert (report.accepted, aside) == (3, [])
    frame = loaded(workspace)
    assert frame.index.tolist() == ["101", "102", "103"]
    assert frame["start_date"].tolist() == [date(2021, 9, 1)] * 3
    assert frame["end_date"].tolist()[1:] == [date(2021, 9, 2)] * 2
    assert frame["postcode"].tolist()[1:] == ["HP20 1UA"] * 2


def test_a_workbook_that_counts_from_1904(take, workspace):
    def of_a_mac(book):
        book.epoch = openpyxl.utils.datetime.MAC_EPOCH
        book.active["C2"].number_format = numbers.FORMAT_DATE_DDMMYY

    content = workbook(HEADINGS, ["Al", "C1", date(2021, 9, 1), None, None, None, "N"], change=of_a_mac)
    report, _ = take(content, "cases.xlsx")
    assert loaded(workspace)["start_date"].tolist() == [date(2021, 9, 1)]
    assert warned(report, "1904")


def test_american_text_beside_dates_that_excel_may_have_swapped(refuse):
    rows = [list(row) for row in ROWS]
    rows[0][2], rows[1][2], rows[2][2] = date(2021, 3, 4), date(2021, 5, 6), "09/25/2021"
    rows[0][3] = rows[0][4] = None
    said = refuse(workbook(HEADINGS, *rows), "cases.xlsx")
    assert "swapped" in said


def test_a_stray_cell_far_below(take):
    def stray(book):
        book.active.cell(row=50_000, column=2, value=" ")

    report, aside = take(workbook(HEADINGS, *ROWS, change=stray), "cases.xlsx")
    assert (report.accepted, aside) == (3, [])


def test_a_sheet_that_claims_billions_of_rows(refuse):
    content = rezip(
        workbook(HEADINGS, *ROWS),
        sheet1=lambda text: text.replace(b'<row r="4"', b'<row r="2000000000"').replace(b'4"', b'2000000000"'),
    )
    assert "beyond row 1,048,576" in refuse(content, "cases.xlsx")
