from dataclasses import replace

import numpy as np

from geodata.printed_send import PrintedTotal
from layers.sufficiency.core import NCYS, NEEDS, PROVISIONS, History
from layers.sufficiency.expectation import county_bands, expectations_beside, printed_beside
from layers.sufficiency.settings import Expectation, SufficiencySettings


def settings_of(year, plans):
    return SufficiencySettings(expectations=(Expectation(year, plans, f"more than {plans}", "Strategy"),))


def test_the_band_of_the_county(make_demand):
    # Base 100; a year on 200 to 210 in eleven draws, in steps of one.
    bands = county_bands(make_demand({("aylesbury", 3, "ASD", "special"): 100}, draws=11))
    assert (bands[0].year, bands[0].median, bands[0].lower_80, bands[0].upper_95) == (2025, 100, 100, 100)
    assert (bands[1].median, bands[1].lower_80, bands[1].upper_80, bands[1].lower_95) == (205, 201, 209, 200.25)


def test_an_expectation_beside_the_band(make_demand):
    demand = make_demand({("aylesbury", 3, "ASD", "special"): 100}, draws=11)
    (one,) = expectations_beside(demand, settings_of(2026, 208))
    # 208, 209 and 210 of the eleven draws.
    assert one.chance == 3 / 11
    assert one.within == "80"
    assert "208 lies inside the 80% band; at least 208 in 27% of the draws." in one.sentence
    (low,) = expectations_beside(demand, settings_of(2026, 150))
    assert (low.within, low.chance) == ("outside", 1.0)
    assert "below the 95% band" in low.sentence
    (high,) = expectations_beside(demand, settings_of(2026, 250))
    assert "above the 95% band" in high.sentence


def test_not_yet_testable_shows_no_probability(make_demand):
    demand = make_demand({("aylesbury", 3, "ASD", "special"): 100}, testable=False)
    (one,) = expectations_beside(demand, settings_of(2032, 800))
    assert one.chance is None
    assert "how likely that is, is not yet testable" in one.sentence


def test_a_year_that_is_not_reached(make_demand):
    (one,) = expectations_beside(make_demand({}), settings_of(2040, 800))
    assert (one.band, one.chance) == (None, None)
    assert "the forecast covers January 2025 to January 2035" in one.sentence


def test_large_counties_do_not_overflow(make_demand):
    demand = make_demand({("aylesbury", ncy, "ASD", "special"): 3000 for ncy in range(12)}, growth=0)
    assert county_bands(demand)[0].median == 36_000


def test_printed_totals_beside_the_recomputed_ones():
    stock = np.zeros((2, 1, len(NCYS), len(NEEDS), len(PROVISIONS)), dtype=np.int16)
    stock[0, 0, 3, 0, 0], stock[1, 0, 3, 0, 0] = 10, 12
    counted = History(("a",), (2024, 2025), stock, stock[:1], stock[:1], stock[:1], (), ())
    total = PrintedTotal("2025-01", 12, "actual", "SEN2")
    totals = (total, replace(total, month="2024-01"), replace(total, month="2025-06"), replace(total, month="2019-01"),
              replace(total, month="2024-01", kind="council expectation"))  # fmt: skip
    found = printed_beside(counted, totals)
    assert [(one.year, one.printed, one.recomputed, one.mark) for one in found] == [
        (2025, 12, 12, "same"), (2024, 12, 10, "differs"),
    ]  # fmt: skip
