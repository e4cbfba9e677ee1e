"""Files on their way in: kept in the workspace, for the user alone, until they are imported or given up."""

from __future__ import annotations

import re
import secrets
import shutil
import time
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from geodata.durable import make_private, open_private
from geodata.errors import InputError

MAX_UPLOAD_BYTES = 100_000_000
"""Of all files of one import together; larger ones go by the command line."""

MAX_FILES = 40
KEPT_SECONDS = 2 * 3600.0
"""How long files wait for an answer before they are removed."""

FOLDER = "uploads"
CHUNK_BYTES = 1 << 20
LONGEST_NAME = 120
NO_NAME = "file"

_TOKEN = re.compile(r"^[0-9a-f]{32}$")
_UNSAFE = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


class TooLargeError(InputError):
    """A file is larger than the page takes."""


def clean_name(said: str) -> str:
    """Return a file's name that is safe on every system: no folder, no control character, no reserved name.

    Examples
    --------
    >>> [clean_name(name) for name in ("../../etc/passwd", "May: new.csv", "nul.csv", "..")]
    ['passwd', 'May_ new.csv', '_nul.csv', 'file']
    """
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", said))[-1]
    name = "".join(sign for sign in name if not unicodedata.category(sign).startswith("C"))
    name = re.sub(r"\s+", " ", _UNSAFE.sub("_", name)).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if len(name) > LONGEST_NAME:
        room = LONGEST_NAME - len(ending) - 1
        name = f"{stem[:room]}.{ending}" if dot and room > 0 else name[:LONGEST_NAME]
    while len(name.encode()) > 2 * LONGEST_NAME:  # file systems count bytes
        name = name[1:]
    name = name.strip(". ")
    return (f"_{name}" if _RESERVED.match(name) else name) or NO_NAME


@dataclass(frozen=True)
class Received:
    """One file that came in.

    Attributes
    ----------
    token : str
        What its import is called by; several files may share it.
    name : str
        As it is kept, and as it will be called in reports.
    size : int
        Bytes.
    """

    token: str
    name: str
    size: int


class Uploads:
    """The files of one workspace that wait to be imported.

    Parameters
    ----------
    workspace : pathlib.Path
        Their folder is ``uploads`` within it.
    """

    def __init__(self, workspace: Path) -> None:
        self.folder = workspace / FOLDER
        self._given_up: set[str] = set()

    def receive(self, stream: IO[bytes], said_name: str, token: str = "") -> Received:
        """Keep what a stream holds.

        Parameters
        ----------
        stream : binary stream
            Read to its end, or to the limit.
        said_name : str
            What the file is called; never trusted.
        token : str, optional
            Of files it belongs to; a new one by default.

        Raises
        ------
        TooLargeError
            If all files of the token together are larger than `MAX_UPLOAD_BYTES`; nothing of this one is kept.
        InputError
            If the token is not known, or has a file of that name or too many.
        """
        before = self.files(token) if token else []
        token = token or secrets.token_hex(16)
        target = self.folder / token / clean_name(said_name)
        if target.name.casefold() in {path.name.casefold() for path in before}:
            raise InputError(f"There are two files called '{target.name}'. Give one of them another name.")
        if len(before) >= MAX_FILES:
            raise InputError(f"More than {MAX_FILES} files at a time. A SEN2 return has fewer modules.")
        room = MAX_UPLOAD_BYTES - sum(path.stat().st_size for path in before)
        size = 0
        make_private(target.parent)
        try:
            with open_private(target) as file:
                while chunk := stream.read(CHUNK_BYTES):
                    size += len(chunk)
                    if size > room:
                        raise TooLargeError(f"'{target.name}' is larger than the page takes.")
                    file.write(chunk)
        except BaseException:
            target.unlink(missing_ok=True)
            if not before:
                self.discard(token)
            raise
        return Received(token, target.name, size)

    def files(self, token: str) -> list[Path]:
        """Return the files of a token in the order of their names.

        Raises
        ------
        InputError
            If there are none: they were imported, given up or left too long.
        """
        found = sorted((self.folder / token).glob("*")) if _TOKEN.match(token) else []
        if not found:
            raise InputError("The file is no longer kept here. Choose it again.")
        return found

    def give_up(self, token: str, in_use: str) -> None:
        """Remove the files of a token; those that a job works on when it has ended."""
        if token == in_use:
            self._given_up.add(token)
        else:
            self.discard(token)

    def let_go(self, token: str, *, done: bool) -> None:
        """Say that a job with these files has ended: they go when it is all done, or nobody waits for them."""
        if done or token in self._given_up:
            self._given_up.discard(token)
            self.discard(token)

    def discard(self, token: str) -> None:
        """Remove the files of a token, where there are any."""
        if _TOKEN.match(token):
            shutil.rmtree(self.folder / token, ignore_errors=True)

    def clear(self) -> None:
        """Remove every file: what an application that was stopped had left."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def remove_old(self, kept: str = "") -> None:
        """Remove the files that nobody came back for; those of the token `kept` are in use."""
        oldest = time.time() - KEPT_SECONDS
        for folder in self.folder.glob("*"):
            if folder.name != kept and folder.stat().st_mtime < oldest:
                shutil.rmtree(folder, ignore_errors=True)
