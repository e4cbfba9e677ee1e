from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.link_workers.core import School, Work
from layers.link_workers.pairs import default_pairs, is_selective, pairs_notes, stem
from layers.link_workers.workload_settings import PairSettings

NONE = PairSettings(0, 0, 0, 0)


def school(urn, name="School", x=0.0, kind="primary", postcode="", group=""):
    return School(urn, name, kind, postcode, "a", 480_000 + x, 200_000.0, 0.0, 51.0, 1.0, 0, group)


def work(*schools):
    return Work(date(2025, 1, 1), schools, (), MappingProxyType({"a": "A"}))


def wishes(found):
    return {tuple(sorted(pair.urns)): pair.why for pair in found}


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("Manor Farm Community Infant School", "manor farm"),
        ("Manor Farm Junior School", "manor farm"),
        ("St Joseph's Catholic Infant School", "st josephs"),
        ("Wendover Church of England Junior School", "wendover"),
        ("Infant School", ""),
    ],
)
def test_stem(name, left):
    assert stem(name) == left


def test_infant_with_the_junior_of_its_name_though_another_is_nearer():
    chosen = replace(NONE, infant_junior=8)
    found = default_pairs(
        work(
            school(1, "Oak Infant School"), school(2, "Oak Junior School", 2_500), school(3, "Elm Junior School", 900)
        ),
        settings=chosen,
    )
    assert wishes(found) == {(1, 2): "infant school with its junior school"}


def test_infant_with_the_nearest_junior_within_reach():
    chosen = replace(NONE, infant_junior=8)
    oak = school(1, "Oak Infant School")
    near, far = school(2, "Elm Junior School", 1_400), school(3, "Ash Junior School", 1_600)
    assert list(wishes(default_pairs(work(oak, near, far), settings=chosen))) == [(1, 2)]
    assert default_pairs(work(oak, far), settings=chosen) == ()


def test_ages_go_before_names():
    chosen = replace(NONE, infant_junior=8)
    schools = work(school(1, "Oak Junior School"), school(2, "Elm School", 500))
    facts = {1: {"lowest_age": 4, "highest_age": 7}, 2: {"lowest_age": 7, "highest_age": 11}}
    assert list(wishes(default_pairs(schools, facts, chosen))) == [(1, 2)]
    assert default_pairs(schools, None, chosen) == ()


def test_one_site_by_postcode_or_by_distance():
    chosen = replace(NONE, one_site=10)
    schools = work(
        school(1, postcode="HP1 1AA"), school(2, x=5_000, postcode="HP1 1AA"), school(3, x=100), school(4, x=201)
    )
    assert set(wishes(default_pairs(schools, settings=chosen))) == {(1, 2), (1, 3)}


def test_a_liaison_group_by_the_nearest_of_it():
    chosen = replace(NONE, liaison_group=1, liaison_nearest=1)
    schools = work(*(school(n, x=1_000.0 * n * n, group="North") for n in range(4)), school(9, group="South"))
    assert wishes(default_pairs(schools, settings=chosen)) == {
        (0, 1): "one liaison group: North", (1, 2): "one liaison group: North", (2, 3): "one liaison group: North",
    }  # fmt: skip


def test_a_primary_with_its_nearest_secondary_that_takes_anybody():
    chosen = replace(NONE, secondary=0.5)
    schools = work(
        school(1),
        school(2, "Near Grammar School", 500, "secondary"),
        school(3, "Near High School", 600, "secondary"),
        school(4, "Far School", 900, "all_through"),
    )
    assert list(wishes(default_pairs(schools, {3: {"admissions": "selective"}}, chosen))) == [(1, 4)]
    assert list(wishes(default_pairs(schools, None, chosen))) == [(1, 3)]  # the name of 3 gives nothing away
    assert not is_selective(schools.schools[1], {"admissions": "non_selective"})


def test_several_reasons_are_one_pair_of_the_weightiest():
    oak, elm = school(1, "Oak Infant School", group="North"), school(2, "Oak Junior School", 50, group="North")
    (found,) = default_pairs(work(oak, elm))
    assert found.weight == 10
    assert found.why == "one site; infant school with its junior school; one liaison group: North"


def test_what_the_list_does_not_state_is_said():
    assert len(pairs_notes({1: {}})) == 3
    row = {"admissions": "none", "lowest_age": 4, "highest_age": 11, "liaison_group": "North"}
    assert pairs_notes({1: row}) == ()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Oak Infant School", "Oak Junior School", "Elm Grammar School", "Ash School"]),
            st.floats(-5000, 5000), st.sampled_from(["primary", "secondary", "special"]),
            st.sampled_from(["", "HP1 1AA"]), st.sampled_from(["", "North"]),
        ),
        max_size=8,
    )
)  # fmt: skip
def test_each_pair_once_of_two_schools_that_are_there(rows):
    schools = work(*(school(urn, name, x, kind, code, group) for urn, (name, x, kind, code, group) in enumerate(rows)))
    found = default_pairs(schools)
    assert len({pair.urns for pair in found}) == len(found)
    assert all(len(pair.urns) == 2 and pair.urns <= set(range(len(rows))) and pair.weight > 0 for pair in found)
    assert [pair.weight for pair in found] == sorted((pair.weight for pair in found), reverse=True)
