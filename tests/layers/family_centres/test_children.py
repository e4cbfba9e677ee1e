"""Children by small area: as published, estimated from the index of deprivation, or not at all."""

from datetime import date

import pandas as pd
import pytest

from layers.family_centres.children import idaci_scores, is_number, school_age, young

DAY = date(2024, 9, 1)
FIGURES = ["ages_0_4", "ages_5_10", "ages_11_15", "ages_16_19"]


def low_income(rows):
    frame = pd.DataFrame([(atom, number, 1, 1, 1) for atom, number in rows], columns=["atom", *FIGURES])
    return frame.astype(dict.fromkeys(FIGURES, "Int64"))


def idaci(rows):
    return pd.DataFrame(rows, columns=["atom", "idaci_score"]).astype({"idaci_score": "Float64"})


def test_school_age_is_5_to_17_of_the_population(small_store, council, areas):
    found = school_age(small_store, DAY)
    assert set(found.children.values()) == {13.0 * council.per_age}
    assert len(found.children) == len(areas.atoms)
    assert (found.basis, found.dates) == (("modelled population",), "undated")


def test_a_real_population_needs_no_words_and_has_its_date(dated_store, council):
    found = school_age(dated_store, DAY)
    assert (found.basis, found.dates) == ((), council.dated.isoformat())


def test_published_figures_count_before_estimates_and_areas_without_one_are_said(store_of, council):
    one, other = council.aylesbury
    store = store_of(
        ("low_income", low_income([(one, 40), (other, None), ("E01000001", 9)]), {"basis": "synthetic"}),
        ("deprivation", idaci([(one, 0.5)]), {"slot": "2019", "about": {"edition": "2019"}}),
    )
    found = young(store, DAY)
    assert dict(found.children) == {one: 40.0}
    assert found.basis == ("synthetic", "318 of 319 small areas without a figure, counted as none")
    assert found.dates == "undated"


def test_without_published_figures_they_are_estimated_from_idaci(store_of, council):
    one, other = council.aylesbury
    store = store_of(
        ("deprivation", idaci([(one, 0.2), (other, 1.5), (council.wycombe, None)]),
         {"slot": "2019", "about": {"edition": "2019"}}),
    )  # fmt: skip
    found = young(store, DAY)
    assert dict(found.children) == {one: pytest.approx(0.2 * 5 * council.per_age)}  # a score above 1 is none
    assert found.basis[:2] == ("estimated from IDACI 2019", "modelled population")
    assert "318 of 319 small areas" in found.basis[2]
    assert idaci_scores(store) == ("2019", {one: 0.2})


def test_without_either_there_are_none(small_store, subjects_store):
    assert young(small_store, DAY) is None
    assert young(subjects_store, DAY) is None  # deciles alone do not say how many


@pytest.mark.parametrize(
    ("cell", "expected"), [(3, True), (0.5, True), (None, False), (float("nan"), False), ("3", False)]
)
def test_a_number_is_finite(cell, expected):
    assert is_number(cell) == expected
