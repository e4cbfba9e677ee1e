"""Several kinds of provision or phases together."""

import pytest

from callbacks.places_added import added
from callbacks.places_facts import ALL, COUNTY, CellKey
from layers.sufficiency.outlook import outlook


@pytest.fixture(scope="module")
def matrix(forecast_store):
    return outlook(forecast_store).matrix


def test_one_kind_alone_is_the_cell_of_the_matrix(matrix):
    key = CellKey(COUNTY, "secondary", "semh", "special")
    found = added(matrix, key, [("special", "secondary")], 2, "")
    cell = matrix.cell(COUNTY, "secondary", "semh", "special", 2027)
    assert found.gap.median == pytest.approx(cell.gap.median)
    assert found.demand.upper_95 == pytest.approx(cell.demand.upper_95)
    assert (found.status, found.chance, found.first_short) == (cell.status, cell.chance, cell.first_short)


def test_kinds_without_listed_places_are_to_be_accommodated(matrix):
    key = CellKey(COUNTY, ALL, "semh", "independent")
    kinds = [("independent", phase) for phase in ("primary", "secondary", "post_16")]
    found = added(matrix, key, kinds, 0, "")
    assert (found.status, found.gap, found.places) == ("accommodate", None, None)
    assert found.demand.median == found.plans


def test_few_plans_roll_up_and_none_say_so(matrix):
    rolled = added(matrix, CellKey("aylesbury", ALL, "cognition", "independent"), [("independent", "primary")], 0, "")
    assert rolled.status in ("rolled_up", "no_data")
    assert rolled.rolls_to.area == COUNTY
    nobody = added(matrix, CellKey("aylesbury", ALL, "other", "independent"), [("independent", "early_years")], 0, "")
    assert nobody.status == "no_data"
