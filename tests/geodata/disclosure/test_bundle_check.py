"""What a bundle says has to make sense, and to keep its own rules."""

from dataclasses import replace
from datetime import date

import pytest

from geodata.disclosure.bundle import Dataset
from geodata.disclosure.bundle_check import require_bundle
from geodata.disclosure.published import Figure, Table, Tie
from geodata.errors import InputError, ProfileError

SQUARE = [[[0, 0], [0, 1], [1, 1], [0, 0]]]


def shapes(geometry=None, properties=None, **more):
    feature = {
        "type": "Feature",
        "geometry": geometry or {"type": "Polygon", "coordinates": SQUARE},
        "properties": properties or {"code": "aylesbury", "name": "Aylesbury"},
    }
    return {"type": "FeatureCollection", "features": [feature | more]}


def test_a_sound_bundle_is_returned_as_it_is(bundle):
    several = shapes({"type": "MultiPolygon", "coordinates": [SQUARE, SQUARE]})
    made = bundle(boundaries={"board": shapes(), "ward": several})
    assert require_bundle(made) is made


@pytest.mark.parametrize("key", ["smallest", "width", "base_of_rounding", "least_base", "fewest_families"])
def test_a_threshold_of_0_is_refused(bundle, key):
    made = bundle()
    with pytest.raises(ProfileError, match=f"{key} is 0"):
        require_bundle(replace(made, threshold=replace(made.threshold, **{key: 0})))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"audience": "officer"}, "audience is 'officer'; valid: public, partner"),
        ({"audience": "public"}, "rules are those of 'partner'"),
        ({"sign_off": " "}, "lacks its sign-off"),
        ({"expires": date(2026, 4, 30)}, "before the day it was made"),
        ({"earlier": ("May",)}, "content hash"),
        ({"tables": ()}, "no table"),
        ({"datasets": ()}, "Nothing says which dataset 'plans' rests on"),
        ({"datasets": (Dataset("d", "D", ("guessed",), ("plans",)),)}, "the word 'guessed'"),
        ({"datasets": (Dataset("d", "D", (), ("plans", "more")),)}, "'more' that is not there"),
        ({"datasets": (Dataset("d", "D", (), ("plans",)),) * 2}, "two datasets 'd'"),
        ({"codes": {"area": {"county": frozenset()}}}, "made of nothing"),
        ({"ties": (Tie((("plans", "a"),), (1.0, -1.0), 0, 0, "flow"),)}, "1 figures and 2 factors"),
        ({"boundaries": {"../board": shapes()}}, "cannot be called"),
    ],
)
def test_what_makes_no_sense_is_said(bundle, change, says):
    with pytest.raises(InputError, match=says):
        require_bundle(replace(bundle(), **change))


@pytest.mark.parametrize(
    ("figures", "more", "says"),
    [
        ((Figure(("a", "b"), 12),), {}, "1 codes"),
        ((Figure(("a",), None),), {}, "a figure or a symbol"),
        ((Figure(("a",), 12, "c"),), {}, "a figure or a symbol"),
        ((Figure(("a",), None, "?"),), {}, "its symbol"),
        ((Figure(("a",), 12),), {"base_of_rounding": 5}, "no multiple of 5"),
        ((Figure(("a",), -5),), {}, "no multiple"),
        ((Figure(("a",), 12), Figure(("a",), 13)), {}, "a twice"),
        ((), {"base_of_rounding": 0}, "rounded to 0"),
        ((), {"hidden_to": -1}, "holds back counts to -1"),
        ((), {"counts": ""}, "lacks its name"),
    ],
)
def test_a_table_that_makes_no_sense(bundle, figures, more, says):
    table = Table("plans", **{"counts": "plans", **more}, dimensions=("area",), figures=figures)
    with pytest.raises(InputError, match=says):
        require_bundle(replace(bundle(), tables=(table,)))


def test_two_tables_of_a_name(bundle):
    made = bundle()
    with pytest.raises(InputError, match="two tables 'plans'"):
        require_bundle(replace(made, tables=made.tables * 2))


def test_a_bundle_that_breaks_its_own_rule_of_rounding(bundle):
    made = bundle()
    with pytest.raises(InputError, match="rounded to 1; the rule of the bundle is 5"):
        require_bundle(replace(made, threshold=replace(made.threshold, base_of_rounding=5)))
    coarse = Table("plans", "plans", ("area",), (Figure(("a",), 20),), base_of_rounding=10)
    require_bundle(replace(made, threshold=replace(made.threshold, base_of_rounding=5), tables=(coarse,)))


@pytest.mark.parametrize(
    "found",
    [
        shapes({"type": "Point", "coordinates": [0, 0]}),
        shapes({"type": "Polygon", "coordinates": [[["3 children", 1]]]}),
        shapes({"type": "Polygon", "coordinates": [[[0, 1, 3]]]}),
        shapes({"type": "Polygon", "coordinates": []}),
        shapes({"type": "Polygon", "coordinates": [0, 1]}),
        shapes({"type": "MultiPolygon", "coordinates": SQUARE}),
        shapes({"type": ["Polygon"], "coordinates": SQUARE}),
        shapes({"type": "Polygon", "coordinates": SQUARE, "count": 3}),
        shapes(properties={"code": "a", "count": "3"}),
        shapes(properties={"code": 3}),
        shapes(id=3),
        {"type": "FeatureCollection", "features": [], "count": 3},
        {"type": "FeatureCollection", "features": "none"},
        {"features": [3], "type": "FeatureCollection"},
    ],
)
def test_boundaries_hold_nothing_but_areas(bundle, found):
    with pytest.raises(InputError, match="hold more than areas"):
        require_bundle(bundle(boundaries={"board": found}))
