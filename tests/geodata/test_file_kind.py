import zipfile

import openpyxl
import pytest

from geodata import file_kind as kinds
from geodata.errors import InputError
from geodata.file_kind import OLE_MAGIC, file_kind, require_table


@pytest.fixture
def file(tmp_path):
    return tmp_path / "file.bin"


@pytest.mark.parametrize(("content", "kind"), [(b"a,b\n", "csv"), (b"PAR1", "parquet"), ("ä".encode("cp1252"), "csv")])
def test_kinds_that_are_read(file, content, kind):
    file.write_bytes(content)
    assert file_kind(file) == kind


def test_a_workbook_is_told_by_its_parts(file):
    openpyxl.Workbook().save(file)
    assert file_kind(file) == "xlsx"


@pytest.mark.parametrize("chunk_bytes", [11, 1 << 20])
def test_a_stream_of_an_old_file_is_found_wherever_it_is(file, monkeypatch, chunk_bytes):
    monkeypatch.setattr(kinds, "CHUNK_BYTES", chunk_bytes)
    file.write_bytes(OLE_MAGIC + b"\0" * 99 + "Workbook".encode("utf-16-le") + b"\0" * 99)
    with pytest.raises(InputError, match=r"old Excel file \(.xls\). Open it in Excel"):
        file_kind(file)


def test_a_workbook_made_to_fill_a_machine(file, monkeypatch):
    monkeypatch.setattr(kinds, "MOST_UNPACKED", 99)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "x" * 100)
    with pytest.raises(InputError, match="unpacks to more than"):
        file_kind(file)


@pytest.mark.parametrize("text", ["<5,a\n", "[ID],[Start]\n", "{ID},b\n", "id,<b>\n"])
def test_headings_that_only_look_like_markup(file, text):
    file.write_text(text)
    require_table(file, "utf-8")


@pytest.mark.parametrize("text", ["<!-- x -->\n<TABLE>", "<!DOCTYPE html>", "{}", '{ "a": 1}', "[{}]", "[[1]]"])
def test_markup(file, text):
    file.write_text(text)
    with pytest.raises(InputError, match=r"(HTML|JSON)"):
        require_table(file, "utf-8")
