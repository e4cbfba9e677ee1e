"""Groups of primary needs."""

from layers.sufficiency.core import BROAD_KEYS, NEEDS
from layers.sufficiency.grouping import BY_BROAD_AREA, BY_NEED, needs_in


def test_places_serve_the_group_of_their_need_or_any():
    assert BY_BROAD_AREA.keys == BROAD_KEYS
    assert BY_BROAD_AREA.group_of("ASD") == BY_BROAD_AREA.group_of("SLCN") == BROAD_KEYS.index("communication")
    assert BY_BROAD_AREA.group_of("ANY") == len(BY_BROAD_AREA) == 5
    assert BY_NEED.group_of("HI") == NEEDS.index("HI")
    assert BY_NEED.group_of("ANY") == BY_NEED.group_of("") == len(NEEDS)


def test_the_needs_of_the_broad_areas_are_all_needs_once():
    assert needs_in("communication") == ("SLCN", "ASD")
    found = [need for broad in BROAD_KEYS for need in needs_in(broad)]
    assert sorted(found) == sorted(BY_NEED.keys)
    assert "none" in needs_in("other")
