import pytest

from geodata.errors import UsageError
from layers.sufficiency.gaps_report import assumptions, groups_of
from layers.sufficiency.settings import SufficiencySettings


def test_needs_that_can_be_asked_for():
    assert groups_of("broad") == (("communication", "cognition", "semh", "sensory", "other"), False)
    assert groups_of("all") == (("all",), False)
    assert groups_of("communication") == (("SLCN", "ASD"), True)
    assert groups_of("asd") == (("ASD",), True)


def test_an_unknown_need_lists_the_valid_ones():
    with pytest.raises(UsageError, match=r"No need 'XX'. Valid: broad, all, communication, .*, ASD"):
        groups_of("XX")


def test_assumptions_have_a_source_each():
    found = {one["what"]: one for one in assumptions(SufficiencySettings(sources=("working occupancy: our own",)))}
    assert found["working occupancy"] == {"what": "working occupancy", "value": 0.95, "source": "our own"}
    assert found["ramp of new places"]["source"] == "assumed"
