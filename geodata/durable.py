"""Files that are there whole or not at all, even after a power cut."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

REPLACE_TRIES = 20
WAIT_SECONDS = 0.05
BINARY = getattr(os, "O_BINARY", 0)


def _sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut; systems that cannot open a folder do not need it."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def make_private(folder: Path) -> None:
    """Make a folder, and those above it that lack, for the user alone (POSIX; Windows has it from the folder above)."""
    for lacking in reversed([path for path in (folder, *folder.parents) if not path.exists()]):
        lacking.mkdir(mode=0o700, exist_ok=True)


def open_private(path: Path) -> BinaryIO:
    """Open a new or emptied file for writing that only the user may read; make its folder where it lacks."""
    make_private(path.parent)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | BINARY, 0o600), "wb")


def replace_durably(source: Path, target: Path) -> None:
    """Give the finished file `source` the name `target`, atomically and on the disk.

    Parameters
    ----------
    source, target : pathlib.Path
        In one folder. A reader sees the old target or the new, never half.
    """
    with source.open("r+b") as file:
        os.fsync(file.fileno())
    for attempt in range(REPLACE_TRIES):
        try:
            os.replace(source, target)  # noqa: PTH105 - the one call the switch hangs on, named as what it is
            break
        except PermissionError:  # Windows: another process has the target open just now
            if attempt == REPLACE_TRIES - 1:
                raise
            time.sleep(WAIT_SECONDS)
    _sync_folder(target.parent)


def replace_folder_durably(source: Path, target: Path) -> None:
    """Give the folder `source`, which holds finished files and nothing else, the name `target`, which is free.

    Its files are for the user alone and on the disk before the folder has its name.
    """
    for file in source.iterdir():
        file.chmod(0o600)
        with file.open("r+b") as content:
            os.fsync(content.fileno())
    _sync_folder(source)
    os.replace(source, target)  # noqa: PTH105 - named as what it is, as above
    _sync_folder(target.parent)


def write_durably(target: Path, content: bytes) -> None:
    """Write a small file so that it is there whole or not at all, and for the user alone."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    with open_private(temporary) as file:
        file.write(content)
    replace_durably(temporary, target)
