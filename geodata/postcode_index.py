"""Where each postcode of a pack is, found from its characters by arithmetic.

The second half of a postcode is always a digit and two letters. So the position of a postcode stands in a grid: a row
for each first half (HP20), a column for each second half (1UA). No texts are compared, which makes a million rows
several times faster than hashing them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

SECOND_HALVES = 1 << 14
"""Columns of the grid: four bits for the digit and five for each letter, so that neighbours stand side by side."""

WORD = 8
"""Bytes read of each text: the longest postcode, "HP20 1UA", has as many."""

BLOCK_ROWS = 1 << 15
"""Rows read at a time, so that what is made of them stays in the processor's cache."""

TRIES, MOST_SLOT_BITS = 20, 24

_FROM_64 = np.uint64(0x4040404040404040)
"""Has a bit in each byte. Bytes with that bit lose the next lower one: so a, 0x61, becomes A, 0x41; digits stay."""

NOWHERE = -1
"""The position of what is not found."""


@dataclass(frozen=True)
class PostcodeIndex:
    """The positions of postcodes.

    Attributes
    ----------
    multiplier, shift : numpy.uint64
        Give the slot of a first half: their product, shifted; no two of the pack's share one.
    first_half : numpy.ndarray of uint64
        By slot: what may stand before the second half, as `_halves` gives it, or 1, which it never gives.
    begins : numpy.ndarray of int
        By slot: where its row begins in `grid`.
    grid : numpy.ndarray of int
        Rows of `SECOND_HALVES` positions or `NOWHERE`.
    """

    multiplier: np.uint64
    shift: np.uint64
    first_half: np.ndarray
    begins: np.ndarray
    grid: np.ndarray

    def find(self, texts: pa.Array, hidden: np.ndarray | None = None) -> np.ndarray:
        """Return the position of each text, or `NOWHERE`.

        Parameters
        ----------
        texts : pyarrow.Array of large_string
            None missing. Small letters count as capitals and there may be a space before the last three characters;
            what is typed in any other way is not found.
        hidden : numpy.ndarray of bool, optional
            Texts that are not to be looked up.
        """
        found = np.empty(len(texts), dtype=np.int32)
        for start in range(0, len(texts), BLOCK_ROWS):
            block = slice(start, start + BLOCK_ROWS)
            first, second = _halves(texts[block])
            if hidden is not None:
                first[hidden[block]] = 0
            slot = ((first * self.multiplier) >> self.shift).view(np.int64)
            position = self.grid.take(self.begins.take(slot) + second)
            found[block] = np.where(self.first_half.take(slot) == first, position, NOWHERE)
        return found


def make_index(postcodes: pa.Array) -> PostcodeIndex:
    """Return the index of postcodes.

    Parameters
    ----------
    postcodes : pyarrow.Array of large_string
        In capitals, with or without a space.

    Raises
    ------
    ValueError
        If one is there twice, or is no postcode.
    """
    first, second = _halves(pc.replace_substring(postcodes, " ", ""))
    _require_none(first == 0)
    row, halves = pd.factorize(first)
    grid = np.full(max(len(halves), 1) * SECOND_HALVES, NOWHERE, dtype=np.int32)
    grid[row * SECOND_HALVES + second] = np.arange(len(postcodes))
    spaced = (halves >> np.uint64(8)) | (np.uint64(ord(" ")) << np.uint64(8 * (WORD - 1)))
    either = np.append(halves, spaced)
    multiplier, shift = _slots(either)
    slot = (either * multiplier) >> shift
    first_half = np.ones(1 << (64 - int(shift)), dtype=np.uint64)
    begins = np.zeros(len(first_half), dtype=np.int64)
    first_half[slot], begins[slot] = either, np.tile(np.arange(len(halves)) * SECOND_HALVES, 2)
    index = PostcodeIndex(multiplier, shift, first_half, begins, grid)
    _require_none(index.find(postcodes) != np.arange(len(postcodes)))
    return index


def _require_none(wrong: np.ndarray) -> None:
    if wrong.any():
        raise ValueError(f"its row {np.flatnonzero(wrong)[0] + 1} repeats a postcode or has none.")


def _slots(numbers: np.ndarray) -> tuple[np.uint64, np.uint64]:
    """Return a multiplier and a shift that give each number a slot of its own, in as few slots as is easily found."""
    tries = np.random.default_rng(0).integers(1 << 63, size=TRIES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    for bits in range(1, MOST_SLOT_BITS + 1):
        shift = np.uint64(64 - bits)
        for multiplier in tries if len(numbers) <= 1 << bits else ():
            if len(np.unique((numbers * multiplier) >> shift)) == len(numbers):
                return multiplier, shift
    raise ValueError("it has too many first halves of postcodes.")


def as_arrow(text: Any) -> pa.Array:
    """Return texts, in any form and with missing ones, as one Arrow array."""
    if not isinstance(text, pa.Array | pa.ChunkedArray):
        text = pa.array(text, type=pa.large_string(), from_pandas=True)
    text = text.combine_chunks() if isinstance(text, pa.ChunkedArray) else text
    return text if text.type == pa.large_string() else text.cast(pa.large_string())


def _halves(texts: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Read texts as postcodes; small letters count as capitals.

    Returns
    -------
    first : numpy.ndarray of uint64
        The characters before the second half as the bytes of a number, the last one highest. 0 if there is no second
        half, or if the text is longer than `WORD`.
    second : numpy.ndarray of int
        The second half, as a column of the grid.
    """
    words, lengths = _first_bytes(texts)
    words &= ~((words & _FROM_64) >> np.uint64(1))
    bits = (lengths * 8).view(np.uint64)
    # Shifts beyond 64 bits, as the very large ones that stand for less than none, give 0.
    end = (words >> (bits - np.uint64(24))).astype(np.uint32)
    # A digit is 0x30 to 0x39, a capital 0x41 to 0x5A. The few others of these sixteens have columns that stay empty.
    shaped = (end & 0xE0E0F0) == 0x404030
    second = ((end & 0xF) << 10) | ((end >> 3) & 0x3E0) | ((end >> 16) & 0x1F)
    first = words << (np.uint64(88) - bits)
    first[~shaped] = 0
    return first, second


def _first_bytes(texts: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Return the eight bytes at which each text begins, as a number (the first one lowest), and its length in bytes."""
    _, bounds, held = texts.buffers()
    bounds = np.frombuffer(bounds, dtype=np.int64, count=len(texts) + 1, offset=texts.offset * 8)
    size = int(bounds[-1] - bounds[0])
    data = np.zeros(size + WORD, dtype=np.uint8)  # so that eight bytes can be read at the last text too
    if size:
        data[:size] = np.frombuffer(held, dtype=np.uint8, count=size, offset=bounds[0])
    from_each_byte = np.ndarray((size + 1,), dtype="<u8", buffer=data, strides=(1,))
    return from_each_byte[bounds[:-1] - bounds[0]].astype(np.uint64, copy=False), bounds[1:] - bounds[:-1]
