import numpy as np
import pandas as pd

from geodata.judging import Judged
from geodata.validation import Fault


def test_a_row_of_the_file_counts_once_and_whole():
    # Two rows of the file, each unfolded into two cells; the second cell of the first has two faults.
    typed = pd.DataFrame({"value": [1.0, np.nan, 3.0, 4.0]})
    faults = [Fault("value", "one", np.array([1])), Fault("value", "other", np.array([1]))]
    judged = Judged(typed, typed, np.array([0, 0, 1, 1]), faults, 2)
    assert judged.accepted == 1
    assert judged.good_frame()["value"].tolist() == [3.0, 4.0]


def test_a_row_of_the_file_is_looked_at_once():
    typed = pd.DataFrame({"value": [1.0, 2.0, 3.0, 4.0]})
    flags = [Fault("value", "one", np.array([0, 1])), Fault("value", "other", np.array([1, 2]))]
    judged = Judged(typed, typed, np.array([0, 0, 1, 1]), [], 2, flags)
    assert (judged.accepted, judged.flagged) == (2, 2)
    assert Judged(typed, typed, np.array([0, 0, 1, 1]), [], 2).flagged == 0


def test_good_rows_keep_their_positions():
    typed = pd.DataFrame({"value": [1.0, 2.0, 3.0]})
    judged = Judged(typed, typed, np.array([0, 1, 2]), [Fault("value", "one", np.array([1]))], 3)
    assert judged.good_rows().index.tolist() == [0, 2]
    assert judged.good_frame().index.tolist() == [0, 1]


def test_rows_that_were_not_kept_are_accepted_without_cells():
    typed = pd.DataFrame({"value": [1.0]})
    assert Judged(typed, typed, np.array([1]), [], 3).accepted == 3
