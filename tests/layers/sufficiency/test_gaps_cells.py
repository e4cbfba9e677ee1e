import numpy as np
import pytest

from layers.sufficiency.core import Places, Supply
from layers.sufficiency.gap import gap_matrix
from layers.sufficiency.gaps_cells import CELL, CellRows
from layers.sufficiency.grouping import ALL
from layers.sufficiency.settings import SufficiencySettings

NAMES = {"aylesbury": "Aylesbury", "wycombe": "Wycombe", "unknown": "Unknown", "outside": "Outside", "county": "Bucks"}
SETTINGS = SufficiencySettings()


class Tested:
    """A back-test with an error of its own for each level and horizon."""

    def error(self, level, horizon):
        levels = ("county_phase", "county_phase_provision", "county_phase_need_provision", "locality_phase_provision",
                  "locality_phase_need_provision")  # fmt: skip
        return 10.0 * levels.index(level) + horizon


def place(places, need="ANY", area="aylesbury"):
    return Places("Oak", 1, area, None, None, "special", "secondary", need, places, None, None, (places * 0.95,) * 11)


@pytest.fixture
def ask(make_demand):
    demand = make_demand(
        {
            ("aylesbury", 8, "ASD", "special"): 60,
            ("wycombe", 8, "ASD", "special"): 40,
            ("wycombe", 8, "MLD", "special"): 5,
            ("outside", 8, "ASD", "special"): 1,
        },
        growth=0,
    )
    places = (place(40.0), place(20.0, "ASD"), place(10.0, "MLD", "wycombe"))
    matrix = gap_matrix(demand, Supply(demand.years, places, {}, {}, (), ()), {}, SETTINGS, np.ones((4, 4)))
    rows = CellRows(matrix, places, SETTINGS, Tested(), NAMES, 2027)

    def asked(area, group):
        found = list(rows.rows(("special",), [(area, group)], CELL))
        return next(row for row in found if row["phase"] == "secondary")

    return asked


def test_a_cell_has_everything(ask):
    row = ask("aylesbury", "communication")
    assert row["demand"]["median"] == 60
    assert (row["plans_resting_on"], row["area_name"], row["need_title"]) == (
        60, "Aylesbury", "Communication and interaction",
    )  # fmt: skip
    assert row["places"] == {"open": 20.0, "working": 19.0}
    assert (row["back_test_error"], row["back_test_years_ahead"]) == (42.0, 2)
    assert row["expected"]["demand"] == 60
    assert row["expected"]["placed"] + row["expected"]["gap"] == pytest.approx(60)


def test_places_for_any_need_stand_with_all(ask):
    assert ask("aylesbury", ALL)["places"] == {"open": 60.0, "working": 57.0}
    assert ask("county", ALL)["places"]["open"] == 70
    assert ask("wycombe", "cognition")["places"]["open"] == 10


def test_a_small_cell_rolls_up_and_shows_no_figures(ask):
    row = ask("wycombe", "cognition")
    assert (row["status"], row["demand"], row["gap"], row["p_gap"], row["first_short_year"]) == (
        "rolled_up", None, None, None, None,
    )  # fmt: skip
    assert row["rolled_up"] == "Rests on 5 plans, fewer than 20: see the county for all needs."
    assert (row["shown_area"], row["shown_need"], row["plans_resting_on"]) == ("county", "all", 5)


def test_expected_figures_add_up_to_the_county(ask):
    groups = ("communication", "cognition", "semh", "sensory", "other")
    areas = ("aylesbury", "wycombe", "unknown", "outside")
    for key in ("demand", "placed", "gap"):
        parts = [ask(area, group)["expected"][key] for area in areas for group in groups]
        assert sum(parts) == pytest.approx(ask("county", ALL)["expected"][key], abs=0.05)
    assert ask("county", ALL)["expected"]["demand"] == 106


def test_the_error_is_that_of_the_level_of_the_cell(ask):
    assert ask("county", ALL)["back_test_error"] == 12.0
    assert ask("county", "communication")["back_test_error"] == 22.0
    assert ask("aylesbury", ALL)["back_test_error"] == 32.0
    assert ask("wycombe", "cognition")["back_test_error"] is None  # rolled up
    assert ask("outside", ALL)["back_test_error"] is None
