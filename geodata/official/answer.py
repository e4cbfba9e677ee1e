"""What an answer is, when it is not the data that was asked for."""

from __future__ import annotations

STARTS = {
    b"<": "a web page",
    b"PK\x03\x04": "a ZIP archive",
    b"{": "a message",
    b"[": "a message",
    b"%PDF": "a PDF",
}


def looks_like(start: bytes) -> str:
    """Return in words what an answer looks like by its first bytes; empty when nothing tells.

    Parameters
    ----------
    start : bytes
        The beginning of the answer, at least its first few bytes.
    """
    begun = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not begun:
        return "nothing"
    return next((words for sign, words in STARTS.items() if begun.startswith(sign)), "")
