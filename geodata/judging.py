"""The rows of a loaded file: typed, and with every reason against each of them."""

from __future__ import annotations

from dataclasses import dataclass

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
    """

    text: pd.DataFrame
    typed: pd.DataFrame
    origin: np.ndarray
    faults: list[Fault]
    file_rows: int

    def _good_in_file(self) -> np.ndarray:
        good = np.ones(self.file_rows, dtype=bool)
        good[self.origin[~good_rows(len(self.typed), self.faults)]] = False
        return good

    @property
    def accepted(self) -> int:
        """How many rows of the file are free of faults."""
        return int(self._good_in_file().sum())

    def good_frame(self) -> pd.DataFrame:
        """Return the typed rows of those."""
        return self.typed[self._good_in_file()[self.origin]].reset_index(drop=True)


def judge(context: Context, loaded: Loaded) -> Judged:
    """Type the rows of a file and collect every reason against them.

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
    return Judged(arranged.text, typed, arranged.origin, faults, len(loaded.rows))
