import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import ProfileError, UsageError
from geodata.profile import PROFILES
from layers.sufficiency.core import NCYS, NEEDS, PROVISIONS, Demand, by_phase
from layers.sufficiency.scap_columns import ScapColumns, ScapPhase, scap_columns
from layers.sufficiency.scap_forecast import TOTAL, scap_numbers, valid_years, year_group_title

COLUMNS = scap_columns(PROFILES / "buckinghamshire", 2025)
SPECIAL, BASE = "Special school", "SEND unit or resourced provision"


def number(found, january, phase, group=TOTAL, kind=TOTAL):
    (one,) = [
        one for one in found if (one.january, one.phase, one.year_group, one.kind) == (january, phase, group, kind)
    ]
    return one.number


def test_by_hand(make_demand):
    # Year 3 special 10, Year 4 special 5, Reception base 3; mainstream and a home outside are no part of it.
    demand = make_demand(
        {
            ("aylesbury", 3, "ASD", "special"): 10,
            ("wycombe", 4, "MLD", "special"): 5,
            ("unknown", 0, "SLCN", "base"): 3,
            ("aylesbury", 3, "ASD", "mainstream"): 100,
            ("outside", 3, "ASD", "special"): 50,
        }
    )
    found = scap_numbers(demand, COLUMNS, 2025)
    # January 2026 is a year on: twice the base.
    assert number(found, 2026, "Primary") == 36
    assert number(found, 2026, "Primary", TOTAL, SPECIAL) == 30
    assert number(found, 2026, "Primary", "3", SPECIAL) == 20
    assert number(found, 2026, "Primary", "R", BASE) == 6
    assert number(found, 2026, "Primary", "R") == 6
    assert number(found, 2030, "Primary") == 108
    assert number(found, 2026, "Secondary") == 0
    assert number(found, 2026, TOTAL) == 36


def test_how_far_ahead(make_demand):
    found = scap_numbers(make_demand({("aylesbury", 8, "ASD", "special"): 1}), COLUMNS, 2026)
    reach = {phase: sorted({one.january for one in found if one.phase == phase}) for phase in ("Primary", "Secondary")}
    assert reach == {"Primary": list(range(2027, 2032)), "Secondary": list(range(2027, 2034))}
    assert sorted(one.january for one in found if one.phase == TOTAL) == list(range(2027, 2032))


def test_the_median_of_the_draws_and_its_band(make_demand):
    # Draws of one cell: 20, 21 ... 30 a year on.
    demand = make_demand({("aylesbury", 8, "ASD", "special"): 10}, draws=11)
    (one,) = [
        one for one in scap_numbers(demand, COLUMNS, 2025)
        if (one.january, one.phase, one.year_group, one.kind) == (2026, "Secondary", TOTAL, TOTAL)
    ]  # fmt: skip
    assert (one.number, one.lower_80, one.upper_80) == (25, 21, 29)


def test_sixth_form_is_the_part_of_post_16_in_its_years(make_demand):
    cells = {("aylesbury", 13, "ASD", "special"): 10, ("aylesbury", 16, "ASD", "special"): 30}
    found = scap_numbers(make_demand(cells), COLUMNS, 2025)
    assert number(found, 2026, "Post-16") == 20
    assert number(found, 2026, "Post-16", "13") == 20


@given(st.lists(st.integers(0, 60), min_size=27, max_size=27), st.integers(1, 5))
def test_parts_always_add_up(plans, draws):
    rng = np.random.default_rng(sum(plans))
    shape = (11, 4, len(NCYS), len(NEEDS), len(PROVISIONS))
    mean = rng.random(shape) * np.array([*plans, 1])[:7]
    demand = Demand(
        ("a", "b", "unknown", "outside"), tuple(range(2025, 2036)),
        np.stack([by_phase(rng.poisson(mean)) for _ in range(draws)]).astype(np.int16),
        np.zeros((1, 1, 1, 4), dtype=np.int32), mean, (), (), True,
    )  # fmt: skip
    found = scap_numbers(demand, COLUMNS, 2025)
    for phase in COLUMNS.phases:
        for january in range(2026, 2026 + phase.ahead):
            here = [one for one in found if (one.january, one.phase) == (january, phase.title)]
            whole = number(here, january, phase.title)
            assert sum(one.number for one in here if TOTAL not in (one.year_group, one.kind)) == whole
            for kind in COLUMNS.kinds:
                parts = [one.number for one in here if one.kind == kind and one.year_group != TOTAL]
                assert sum(parts) == number(here, january, phase.title, TOTAL, kind)
            for ncy in phase.year_groups:
                group = year_group_title(ncy)
                parts = [one.number for one in here if one.year_group == group and one.kind != TOTAL]
                assert sum(parts) == number(here, january, phase.title, group)


def test_years_that_the_forecast_does_not_serve(make_demand):
    demand = make_demand({})
    assert list(valid_years(demand, COLUMNS)) == [2025, 2026, 2027, 2028]
    for year in (2024, 2029):
        with pytest.raises(UsageError, match="Valid: 2025, 2026, 2027, 2028"):
            scap_numbers(demand, COLUMNS, year)


def test_years_of_two_phases_cannot_be_one(make_demand):
    mixed = ScapColumns(2025, (ScapPhase("Mixed", 5, 8, 1, "assumed"),), {"Special": "special"}, (), (), ())
    with pytest.raises(ProfileError, match="more than one phase"):
        scap_numbers(make_demand({}), mixed, 2025)
