"""Forecasts small enough to check by hand."""

import numpy as np
import pytest

from layers.sufficiency.core import NCYS, NEEDS, PROVISIONS, Demand, by_phase

AREAS = ("aylesbury", "wycombe", "unknown", "outside")
YEARS = tuple(range(2025, 2036))


@pytest.fixture
def make_demand():
    """Make a forecast from (area, NCY, need, provision) -> plans in the base year, and more each year in each draw.

    In draw d of `draws` and k years on there are plans x (1 + growth x k) + d of each cell; the expected path has
    plans x (1 + growth x k).
    """

    def make(cells, *, draws=1, testable=True, growth=1.0):
        shape = (len(YEARS), len(AREAS), len(NCYS), len(NEEDS), len(PROVISIONS))
        mean = np.zeros(shape)
        extra = np.zeros(shape[1:])
        for (area, ncy, need, provision), plans in cells.items():
            at = (AREAS.index(area), NCYS.index(ncy), NEEDS.index(need), PROVISIONS.index(provision))
            extra[at] = 1
            for year in range(len(YEARS)):
                mean[year][at] = plans * (1 + growth * year)
        drawn = np.stack([mean + (number * extra) * (np.arange(len(YEARS)) > 0)[:, None, None, None, None]
                          for number in range(draws)])  # fmt: skip
        return Demand(
            areas=AREAS,
            years=YEARS,
            draws=by_phase(drawn).round().astype(np.int16),
            flows=np.zeros((draws, len(YEARS) - 1, len(AREAS), 4), dtype=np.int32),
            mean_by_ncy=mean,
            basis=("modelled forecast",),
            notes=("A note of the model.",),
            testable=testable,
        )

    return make
