import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import sheet_xml
from geodata.errors import InputError
from geodata.sheet_xml import Merge, column_letters, column_number, examine_sheet, listed, place

PLAIN = """<worksheet><sheetData>
<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"/><c r="C1"><f>A1</f><v>7</v></c></row>
<row r="2"><c r="A2"><f>A1</f></c><c r="B2" s="1"/><c r="C2" t='str'><f>A1</f><v></v></c></row>
<row r="3"><c r="A3"><f t="shared" si="0"/><v/></c><c r="AA3" t="e"><f>A1</f><v>#REF!</v></c></row>
<row r="4"><c r="A4" t="e"><v>#N/A</v></c><c r="B4" t="inlineStr"><is><t>x</t></is></c></row>
</sheetData><mergeCells count="2"><mergeCell ref="B5:C6"/><mergeCell ref='A2:A4'/></mergeCells>
<conditionalFormatting><cfRule><formula>A1</formula></cfRule></conditionalFormatting></worksheet>"""
PREFIXED = PLAIN.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")


def sheet(tmp_path, xml):
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("sheet.xml", xml)
    return path


@pytest.mark.parametrize("xml", [PLAIN, PREFIXED])
@pytest.mark.parametrize("chunk_bytes", [7, 100, 1 << 20])
def test_places(tmp_path, monkeypatch, xml, chunk_bytes):
    monkeypatch.setattr(sheet_xml, "CHUNK_BYTES", chunk_bytes)
    facts = examine_sheet(sheet(tmp_path, xml), "sheet.xml")
    assert facts.merges == (Merge(2, 0, 4, 0), Merge(5, 1, 6, 2))
    assert facts.uncomputed == {0: {2, 3}}
    assert facts.errors == ((3, 26),)
    assert str(facts.merges[1]) == "B5:C6"


def test_cells_that_do_not_say_where_they_are(tmp_path):
    path = sheet(tmp_path, "<sheetData><row><c><f>A1</f></c></row></sheetData>")
    with pytest.raises(InputError, match="Open it in Excel"):
        examine_sheet(path, "sheet.xml")


def test_a_sheet_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="damaged"):
        examine_sheet(sheet(tmp_path, PLAIN), "other.xml")


@given(st.integers(0, 16_383))
def test_columns_and_their_letters(column):
    assert column_number(column_letters(column).encode()) == column


def test_names_of_places():
    assert (place(7, 2), place(1, 26), place(3, 701)) == ("C7", "AA1", "ZZ3")
    assert listed(["A1", "A2"]) == "A1, A2"
    assert listed(range(1_007)) == "0, 1, 2, 3, 4 and 1,002 more"
