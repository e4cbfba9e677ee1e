"""Everything that the page on family centres shows, in JSON's types and from one state."""

import json

import pytest

from callbacks.centres_page import SECTIONS, centres_page
from callbacks.centres_siting import Typed, typed_of
from callbacks.centres_state import CentresState
from callbacks.figures import Figures
from geodata.errors import UsageError
from layers.family_centres.site_report import SiteAsked, site_plan


def test_every_part_is_there_and_travels_as_json(demo_store):
    asked = SiteAsked(add=1, mode="car")
    state = CentresState("car", asked)
    view = centres_page(Figures(demo_store), state, typed_of(state), site_plan(demo_store, asked))
    json.dumps(view)
    assert view["sections"] == list(SECTIONS)
    assert view["carried"] == [("add", "1"), ("objective", "median"), ("by", "buildings")]
    assert [one["key"] for one in view["ways"] if one["chosen"]] == ["car"]
    assert view["plan"]["proof"].startswith("Proven")


def test_without_buildings_and_low_income_the_rest_is_there(subjects_store):
    view = centres_page(Figures(subjects_store), CentresState("walk"), Typed(), None)
    assert (view["plan"], view["form"]["buildings"]) == (None, [])
    assert len(view["reach"]) == 1
    assert view["headline"]["lacking"]


def test_without_a_list_of_centres_there_is_nothing_to_show(small_store):
    with pytest.raises(UsageError, match="family_centres is not loaded"):
        centres_page(Figures(small_store), CentresState("walk"), Typed(), None)
