"""The groups as arrays in the order of the small areas, and the fifths of deprivation."""

from datetime import date

import numpy as np
import pandas as pd

from layers.family_centres.core import SCHOOL_AGE, YOUNG
from layers.family_centres.groups import TITLES, fifths_of, groups_of

DAY = date(2024, 9, 1)


def test_groups_stand_in_the_order_of_the_atoms(store_of, subjects, council):
    frame = subjects.deciles([(subjects.a2, 1, 1)]).assign(idaci_score=0.5)
    store = store_of(("deprivation", frame, {"slot": "2025", "about": {"edition": "2025"}}))
    low, school = groups_of(store, DAY)
    assert (low.key, school.key, low.title) == (YOUNG, SCHOOL_AGE, TITLES[YOUNG])
    at = store.areas.atoms.index(subjects.a2)
    assert np.flatnonzero(low.children).tolist() == [at]
    assert low.children[at] == 0.5 * 5 * council.per_age
    assert low.basis.startswith("estimated from IDACI 2025; modelled population")
    assert school.children.tolist() == [13.0 * council.per_age] * 319


def test_without_low_income_the_young_group_is_absent(small_store):
    assert [group.key for group in groups_of(small_store, DAY)] == [SCHOOL_AGE]


def test_two_tenths_make_a_fifth(subjects_store, subjects):
    fifths, words = fifths_of(subjects_store)
    of = dict(zip(subjects_store.areas.atoms, fifths, strict=True))
    assert [of[atom] for atom in (subjects.a1, subjects.a2, subjects.wycombe, subjects.chiltern)] == [1, 2, 2, None]
    assert words == "Index of multiple deprivation, 2025 edition; 1 of 319 small areas without a fifth"


def test_without_an_edition_there_is_no_fifth(small_store):
    fifths, words = fifths_of(small_store)
    assert set(fifths) == {None}
    assert words == "No index of multiple deprivation is loaded"


def test_small_areas_without_a_figure_are_without_a_fifth(store_of, subjects):
    rows = pd.DataFrame([(subjects.a1, 10), (subjects.a2, 20)], columns=["atom", "ages_0_4"])
    fifths, words = fifths_of(store_of(("low_income", rows, {"basis": "synthetic"})))
    assert sum(fifth is None for fifth in fifths) == 317
    assert words.endswith(": synthetic, modelled population, 317 of 319 small areas without a fifth")
    assert "counted as none" not in words


def test_without_an_edition_low_income_orders_the_councils_own_small_areas(demo_store):
    fifths, words = fifths_of(demo_store)
    assert {fifth: fifths.count(fifth) for fifth in (1, 2, 3, 4, 5)} == {1: 64, 2: 64, 3: 64, 4: 64, 5: 63}
    young = groups_of(demo_store, DAY)[0].children
    mean = [young[[at for at, one in enumerate(fifths) if one == fifth]].mean() for fifth in (1, 2, 3, 4, 5)]
    assert mean == sorted(mean, reverse=True)
    assert words.startswith("No index of multiple deprivation is loaded; in their place fifths of this council's own")
    assert words.endswith("synthetic, modelled population")
