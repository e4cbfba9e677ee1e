"""What a scenario is made of."""

from dataclasses import FrozenInstanceError, fields

import pytest

from layers.sufficiency.scenario_fields import READERS
from layers.sufficiency.scenario_options import KINDS, MANY, Reform, Scenario, Slippage


def test_every_field_of_every_option_can_be_read():
    assert {key: [field.name for field in fields(kind)] for key, kind in KINDS.items()} == {
        key: sorted(readers, key=[field.name for field in fields(KINDS[key])].index) for key, readers in READERS.items()
    }
    assert set(KINDS) >= MANY


def test_options_are_found_by_kind_and_never_change():
    scenario = Scenario("a", "", (Slippage(3), Reform(0.1, 2028)))
    assert scenario.of(Slippage) == (Slippage(3),)
    with pytest.raises(FrozenInstanceError):
        scenario.name = "b"
