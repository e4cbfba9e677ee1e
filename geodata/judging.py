"""The rows of a loaded file: typed, with every reason against each of them, and every reason to look at the others."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from geodata.loading import Loaded
from geodata.shapes import SHAPES, Context
from geodata.validation import Fault, check, good_rows, read_types, repeated


@dataclass(frozen=True)
class Judged:
    """Rows as text and typed, and what is wrong with them.

    Attributes
    ----------
    text, typed : pandas.DataFrame
        One row for each row of the file, or more where a wide file was unfolded.
    origin : numpy.ndarray of int
        For each of them, the position of its row in the file.
    faults : list of Fault
        At positions of `typed`.
    file_rows : int
        Rows of the file.
    flags : list of Fault
        Reasons to look at rows that are free of faults, at positions of `typed`.
    """

    text: pd.DataFrame
    typed: pd.DataFrame
    origin: np.ndarray
    faults: list[Fault]
    file_rows: int
    flags: list[Fault] = field(default_factory=list)

    def _good_in_file(self) -> np.ndarray:
        good = np.ones(self.file_rows, dtype=bool)
        good[self.origin[~good_rows(len(self.typed), self.faults)]] = False
        return good

    @property
    def accepted(self) -> int:
        """How many rows of the file are free of faults."""
        return int(self._good_in_file().sum())

    @property
    def flagged(self) -> int:
        """How many of those should be looked at."""
        hit = [self.origin[fault.positions] for fault in self.flags]
        return len(np.unique(np.concatenate(hit))) if hit else 0

    def good_rows(self) -> pd.DataFrame:
        """Return the typed rows of the accepted ones; the index holds their positions in `typed`."""
        good = self._good_in_file()[self.origin]
        return self.typed if good.all() else self.typed[good]

    def good_frame(self) -> pd.DataFrame:
        """Return the same with an index from 0."""
        return self.good_rows().reset_index(drop=True)


def judge(context: Context, loaded: Loaded) -> Judged:
    """Type the rows of a file, collect every reason against them, and every reason to look at the good ones.

    Raises
    ------
    InputError
        If the file as a whole cannot be used: it counts an area twice, or is not of the date asked for.
    """
    shape = SHAPES[loaded.contract.shape]
    arranged = loaded.arranged
    typed, unreadable = read_types(arranged.contract, arranged.text, excel_days=loaded.excel_days)
    if "symbol" in arranged.text:
        typed["symbol"] = arranged.text["symbol"].mask(arranged.text["symbol"] == "")
    faults = check(arranged.contract, typed, unreadable)
    faults += shape.faults(context, typed, arranged.origin)
    if arranged.contract.shape != "population":
        faults += repeated(arranged.contract, typed, good_rows(len(typed), faults))
    judged = Judged(arranged.text, typed, arranged.origin, faults, len(loaded.rows))
    good = judged.good_rows()
    if not len(good):
        return judged
    return replace(judged, flags=shape.flags(context, arranged.contract, good, loaded.rows[arranged.origin]))
