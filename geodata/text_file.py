"""Text files: their encoding, and what one pass over their bytes tells."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from geodata.errors import InputError

ENCODINGS = ("utf-8", "cp1252")
CHUNK_BYTES = 1 << 20
SAMPLE_BYTES = 1 << 16
ZERO, LINE_FEED, CARRIAGE_RETURN = 0, 10, 13
SURE_SHARE = 0.8
"""Share of zero bytes among the even, or the odd, bytes from which a text can only be UTF-16: English is near 1."""

NOT_TEXT_SHARE = 0.1
"""Share of zero bytes from which a file is not text at all."""

HOW_TO_SAVE = "Open it in Excel and save it as 'CSV UTF-8 (comma delimited)'"
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class TextFacts:
    """What the bytes of a text file tell.

    Attributes
    ----------
    encoding : str
        Python's name of it.
    quotes : int
        Quotation marks in the whole file.
    zeros : tuple of int
        Numbers of the lines with zero bytes (NUL).
    ends_open : bool
        Whether the last line has no line end.
    """

    encoding: str
    quotes: int = 0
    zeros: tuple[int, ...] = ()
    ends_open: bool = False


def examine(path: Path) -> TextFacts:
    """Return the encoding of a text file and what else one pass over it tells.

    The encoding is by the byte order mark, else UTF-16 where every other byte is zero, else UTF-8 if it is valid, else
    cp1252.

    Raises
    ------
    InputError
        If it is none of them, or no text.
    """
    with path.open("rb") as file:
        start = file.read(SAMPLE_BYTES)
    if start.startswith(codecs.BOM_UTF8):
        tried: tuple[str, ...] = ("utf-8-sig",)
    elif start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        tried = ("utf-16",)
    else:
        tried = (wide,) if (wide := _unmarked(start, path.name)) else ENCODINGS
    place = 0
    for encoding in tried:
        facts, place = _read(path, encoding)
        if facts:
            return facts
    line = _line_at(path, place, tried[-1])
    if len(tried) == 1:
        raise InputError(
            f"'{path.name}' begins as {tried[0].removesuffix('-sig').upper()} text but breaks off or is damaged in "
            f"line {line}. Export it again. Or: {HOW_TO_SAVE}."
        )
    raise InputError(
        f"'{path.name}' is not a text file in UTF-8 or Windows (cp1252): line {line} has a byte that neither knows. "
        f"{HOW_TO_SAVE}."
    )


def _unmarked(start: bytes, name: str) -> str:
    """Return the encoding of UTF-16 without a byte order mark; empty text where the file is not UTF-16."""
    zero = np.frombuffer(start, dtype=np.uint8) == ZERO
    if zero.mean() < NOT_TEXT_SHARE:
        return ""
    even, odd = zero[0::2].mean(), zero[1::2].mean() if len(zero) > 1 else 0.0
    if odd > SURE_SHARE and even < 1 - SURE_SHARE:
        return "utf-16-le"
    if even > SURE_SHARE and odd < 1 - SURE_SHARE:
        return "utf-16-be"
    if zero.all():
        raise InputError(f"'{name}' holds only zero bytes: copying or saving it failed. Export it again.")
    raise InputError(
        f"'{name}' is not a text file, or one in an encoding that cannot be told for sure: {zero.mean():.0%} of its "
        f"first bytes are zero. {HOW_TO_SAVE}."
    )


def _read(path: Path, encoding: str) -> tuple[TextFacts | None, int]:
    """Return the facts, or None and the place (in bytes) of what is not in this encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    quotes, holds_zeros, text, chunk, place = 0, False, "", b"", 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                text = decoder.decode(chunk) or text
                quotes += text.count('"')
                holds_zeros = holds_zeros or "\0" in text
                place += len(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return None, place + len(chunk) - (len(error.object) - error.start)
    zeros = _lines_with_zeros(path, encoding) if holds_zeros else ()
    if zeros and text.endswith("\0"):
        raise InputError(
            f"'{path.name}' breaks off in line {zeros[-1]}: there are only zero bytes from there on, so rows are lost. "
            "Export it again."
        )
    return TextFacts(encoding, quotes, zeros, not text.endswith(("\n", "\r"))), 0


def _line_at(path: Path, place: int, encoding: str) -> int:
    with path.open("rb") as file:
        return len(_LINE_END.findall(file.read(place).decode(encoding, errors="ignore"))) + 1


def _lines_with_zeros(path: Path, encoding: str) -> tuple[int, ...]:
    with path.open(encoding=encoding, newline="") as file:
        return tuple(number for number, line in enumerate(file, start=1) if "\0" in line)


def count_lines(path: Path, encoding: str) -> int:
    """Return the number of lines, ended by CR, LF or both; a last one without an end counts."""
    ends, last = 0, LINE_FEED
    decoder = codecs.getincrementaldecoder(encoding)() if encoding.startswith("utf-16") else None
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            if decoder:
                chunk = decoder.decode(chunk).encode()
            codes = np.frombuffer(chunk, dtype=np.uint8)
            if not len(codes):
                continue
            feeds, returns = codes == LINE_FEED, codes == CARRIAGE_RETURN
            pairs = np.count_nonzero(returns[:-1] & feeds[1:])
            ends += int(np.count_nonzero(feeds) + np.count_nonzero(returns) - pairs)
            ends -= bool(last == CARRIAGE_RETURN and feeds[0])
            last = int(codes[-1])
    return ends + (last not in (LINE_FEED, CARRIAGE_RETURN))
