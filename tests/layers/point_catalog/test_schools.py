"""Schools as points."""

from layers.points import find_point_set


def test_schools_of_the_state_that_are_in_use_and_independent_special_ones_are_shown_by_kind(subjects_store):
    kinds = {point.name: point.kind for point in find_point_set("schools").points(subjects_store)}
    assert kinds == {
        "Primary 1": "primary", "Primary 2": "primary", "Upper": "secondary", "Through": "all_through",
        "UTC 14-19": "post_16", "No phase": "none", "Special": "special", "Unit": "alternative", "Nursery": "nursery",
        "Private special": "independent_special",
    }  # fmt: skip


def test_the_facts_are_type_and_phase_in_words(subjects_store):
    facts = {point.name: point.facts for point in find_point_set("schools").points(subjects_store)}
    assert facts["UTC 14-19"] == ("Mainstream, state-funded", "Sixth form")
    assert facts["Special"] == ("State-funded special", "Secondary")
    assert facts["No phase"] == ("Mainstream, state-funded",)
    assert facts["Private special"] == ("Independent or non-maintained special",)
