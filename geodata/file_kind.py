"""What a file is, by its content: one of the kinds that are read, or what it is instead and what to do with it."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import Literal

from geodata.errors import InputError

Kind = Literal["csv", "xlsx", "parquet"]

ZIP_MAGIC, PARQUET_MAGIC, OLE_MAGIC = b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0"
START_BYTES = 4096
CHUNK_BYTES = 1 << 20
MOST_UNPACKED = 4 << 30
"""Bytes that a workbook may unpack to; more is a fault, or made to fill a machine."""

AS_CSV = "Open it in the program that made it and save it as .xlsx or 'CSV UTF-8'."
UNPACK = "Unpack it and hand in the file that is inside."

_BINARIES = (
    (b"\x1f\x8b", "is packed (gzip)", UNPACK),
    (b"BZh", "is packed (bzip2)", UNPACK),
    (b"\xfd7zXZ", "is packed (xz)", UNPACK),
    (b"(\xb5/\xfd", "is packed (zstd)", UNPACK),
    (b"7z\xbc\xaf", "is packed (7-Zip)", UNPACK),
    (b"Rar!", "is packed (RAR)", UNPACK),
    (b"%PDF", "is a PDF, which has no rows and columns", "Ask for the table behind it as .xlsx or CSV."),
    (b"\x89PNG", "is a picture (PNG)", "Ask for the table behind it as .xlsx or CSV."),
    (b"\xff\xd8\xff", "is a picture (JPEG)", "Ask for the table behind it as .xlsx or CSV."),
    (b"SQLite format 3", "is a database (SQLite)", "Export the table from it as CSV."),
    (b"\x00\x01\x00\x00Standard ", "is a database (Access)", "Export the table from it as .xlsx or CSV."),
    (b"ARROW1", "is an Arrow (Feather) file", "Save it as Parquet or CSV."),
    (b"$FL2", "is an SPSS file (.sav)", "Save it in SPSS as CSV."),
    (b"{\\rtf", "is a text document (RTF)", AS_CSV),
    (b"MIME-Version:", "is a web page saved as if it were Excel's (MHTML)", "Open it in Excel and save it as .xlsx."),
)
_OLE = (
    ("EncryptedPackage", "has a password or a protection label", "Open it in Excel, take the password off, save it."),
    ("Workbook", "is an old Excel file (.xls)", "Open it in Excel and save it as .xlsx or 'CSV UTF-8'."),
    ("Book", "is an old Excel file (.xls)", "Open it in Excel and save it as .xlsx or 'CSV UTF-8'."),
    ("WordDocument", "is an old Word document (.doc)", "Copy its table into Excel and save that as .xlsx."),
    ("PowerPoint Document", "is an old presentation (.ppt)", "Ask for the table behind it as .xlsx or CSV."),
    ("__substg1.0_", "is an e-mail saved from Outlook (.msg)", "Save its attachment and hand that in."),
)
_ZIPPED = (  # a name begins with this
    ("xl/workbook.bin", "is a binary workbook (.xlsb)", "Open it in Excel and save it as 'Excel Workbook (*.xlsx)'."),
    ("word/", "is a Word document (.docx)", "Copy its table into Excel and save that as .xlsx."),
    ("ppt/", "is a presentation (.pptx)", "Ask for the table behind it as .xlsx or CSV."),
    ("Index/", "is a file of Apple Numbers, Pages or Keynote", "In Numbers choose Export To, Excel."),
    ("Index.zip", "is a file of Apple Numbers, Pages or Keynote", "In Numbers choose Export To, Excel."),
)
_SHEET_XML = "urn:schemas-microsoft-com:office:spreadsheet"
_HTML = re.compile(r"(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|meta|style|table|div|title)\b", re.I | re.S)
_JSON = re.compile(r'\{\s*["}]|\[\s*[\[{]')


def file_kind(path: Path) -> Kind:
    """Return the kind of a file by its first bytes; text of any sort counts as CSV here (see `require_table`).

    Raises
    ------
    InputError
        If it is empty, or another kind of file; the message names it and says what to do.
    """
    with path.open("rb") as file:
        start = file.read(START_BYTES)
    if not start.strip():
        raise InputError(f"'{path.name}' is empty. Export it again and check that it holds rows.")
    if start.startswith(OLE_MAGIC):
        raise InputError(f"'{path.name}' {_in_ole(path)}")
    if start.startswith(ZIP_MAGIC):
        _require_workbook(path)
        return "xlsx"
    if start.startswith(PARQUET_MAGIC):
        return "parquet"
    for magic, what, remedy in _BINARIES:
        if start.startswith(magic):
            raise InputError(f"'{path.name}' {what}. {remedy}")
    return "csv"


def require_table(path: Path, encoding: str) -> None:
    """Refuse text that is a web page, XML or JSON, whatever its name ends with.

    Raises
    ------
    InputError
        If it is one of them; the message names it and says what to do.
    """
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        start = file.read(START_BYTES).lstrip("\ufeff \t\r\n")
    if _HTML.match(start):
        what, remedy = "is a web page (HTML)", "Open it in Excel and save it as .xlsx or 'CSV UTF-8'."
    elif start.startswith("<?xml") and _SHEET_XML in start:
        what, remedy = "is an XML spreadsheet of Excel 2003", "Open it in Excel and save it as .xlsx or 'CSV UTF-8'."
    elif start.startswith("<?xml"):
        what, remedy = "is an XML file", "Export the table as .xlsx or CSV."
    elif _JSON.match(start):
        what, remedy = "is a JSON file", "Export the table as .xlsx or CSV."
    else:
        return
    ending = path.suffix.lower()
    named = f", although its name ends with {ending}" if ending in (".csv", ".txt", ".xls", ".xlsx") else ""
    raise InputError(f"'{path.name}' {what}{named}. {remedy}")


def _in_ole(path: Path) -> str:
    """Return what an OLE container holds, by the names of its streams."""
    names = {name.encode("utf-16-le"): f"{what}. {remedy}" for name, what, remedy in _OLE}
    found, before = set(), b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            found |= {name for name in names if name in before + chunk}
            before = chunk[-64:]
    told = [says for name, says in names.items() if name in found]
    return (
        told[0] if told else "is an old Excel file (.xls) or has a password. Save it as .xlsx without one, or as CSV."
    )


def _require_workbook(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = {info.filename: info for info in archive.infolist()}
            types, mime, book = (
                archive.read(name).decode("utf-8", errors="replace") if name in infos else ""
                for name in ("[Content_Types].xml", "mimetype", "xl/workbook.xml")
            )
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, ValueError, EOFError):
        raise InputError(
            f"'{path.name}' starts like an Excel file (.xlsx) but cannot be opened: it breaks off, is damaged or is "
            "locked. Copy or download it again; without a password."
        ) from None
    if other := _other_archive(types, mime, set(infos)):
        raise InputError(f"'{path.name}' {other}")
    if "purl.oclc.org/ooxml" in book:
        raise InputError(
            f"'{path.name}' is a 'Strict Open XML' workbook. Save it in Excel as 'Excel Workbook (*.xlsx)', the first "
            "kind in the list."
        )
    if sum(info.file_size for info in infos.values()) > MOST_UNPACKED:
        raise InputError(
            f"'{path.name}' unpacks to more than {MOST_UNPACKED >> 30} GB. Save the one sheet that is needed as CSV."
        )


def _other_archive(types: str, mime: str, names: set[str]) -> str:
    """Return what an archive is when it is no workbook, by the names of its parts; else empty text."""
    if any(re.fullmatch(r"xl/workbook\d*\.xml", name) for name in names):
        return ""
    for mark, what, remedy in _ZIPPED:
        if any(name.startswith(mark) for name in names):
            return f"{what}. {remedy}"
    if "opendocument.spreadsheet" in mime:
        return "is an OpenDocument spreadsheet (.ods). Open it in Excel or LibreOffice and save it as .xlsx."
    if "opendocument" in mime:
        return "is an OpenDocument text, not a spreadsheet. Copy its table into a spreadsheet, save that as .xlsx."
    return "" if "spreadsheetml" in types else f"is a ZIP archive. {UNPACK}"
