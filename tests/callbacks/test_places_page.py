"""The page as a whole."""

from dataclasses import replace
from datetime import date

from callbacks.figures import Figures
from callbacks.places_facts import CellKey
from callbacks.places_page import SECTIONS, caveats, places_page
from callbacks.places_state import PlacesState


def test_everything_of_one_state(hand_made, scheme, setting, demo_store):
    model = hand_made(schemes=(scheme,), settings=(setting,))
    state = PlacesState(2026, CellKey("aylesbury", "secondary", "semh", "special"))
    view = places_page(Figures(demo_store), model, state, date(2026, 11, 21))
    assert view["when"] == "January 2026 (school year 2025/26)"
    assert [one["chosen"] for one in view["years"]] == [False, True, False]
    assert view["sections"] == SECTIONS
    assert view["cell"]["name"].startswith("Aylesbury, secondary")
    assert view["notes"] == ["A note."]
    assert {"headline", "county", "matrix", "map", "pipeline", "statements", "sure"} <= set(view)


def test_a_day_of_the_list_is_no_caveat(hand_made):
    assert caveats(hand_made()) == ["synthetic"]
    model = hand_made()
    model.frame = replace(model.frame, basis=("assumed",))
    assert caveats(model) == ["assumed"]
