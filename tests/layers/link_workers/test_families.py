from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from layers.link_workers.families import (
    count_families,
    families_by_school,
    is_open,
    last_known,
    missing_education_by_school,
)

START = date(2024, 1, 1)


def case(child, family, school, level="2", post=None):
    return (child, family, START, None, level, post, school)


def test_a_family_with_a_statutory_case_and_a_worked_one_is_worked():
    found, _ = count_families([case("a", "f", 1, "4"), case("b", "f", 1, "2")], {})
    assert dict(found[1]) == {"2": 1}


def test_a_family_counts_once_at_the_level_of_most_work():
    found, nowhere = count_families([case("a", "f", 1, "2"), case("b", "f", 1, "3")], {})
    assert ({urn: dict(levels) for urn, levels in found.items()}, nowhere) == ({1: {"3": 1}}, 0)


def test_at_the_school_of_its_post_else_of_most_children():
    members = [case("a", "f", 1), case("b", "f", 2), case("c", "f", 2)]
    assert list(count_families(members, {})[0]) == [2]
    held = [case("a", "f", 1, post="LW-1"), case("b", "f", 2), case("c", "f", 2)]
    assert list(count_families(held, {1: "LW-1", 2: "LW-2"})[0]) == [1]
    assert list(count_families([case("a", "f", 7), case("b", "f", 5)], {})[0]) == [5]


def test_without_a_family_each_child_is_one_and_without_a_school_it_is_nowhere():
    found, nowhere = count_families([case("a", None, 1), case("b", "", 1), case("c", "f", None)], {})
    assert (found[1]["2"], nowhere) == (2, 1)


@given(
    st.lists(
        st.builds(
            case, st.text("abc", min_size=1, max_size=2), st.sampled_from([None, "f", "g", "h"]),
            st.sampled_from([None, 1, 2, 3]), st.sampled_from(["2", "3", None]), st.sampled_from([None, "x", "y"]),
        ),
        max_size=12,
    )
)  # fmt: skip
def test_no_family_is_counted_twice(cases):
    found, nowhere = count_families(cases, {1: "x", 2: "y"})
    families = {one[1] or ("child", one[0]) for one in cases}
    assert sum(sum(levels.values()) for levels in found.values()) + nowhere == len(families)


def test_open_is_at_the_end_of_the_day():
    day = date(2024, 3, 1)
    assert is_open(day, None, day)
    assert not is_open(START, day, day)
    assert is_open(START, date(2024, 3, 2), day)
    assert not is_open(date(2024, 3, 2), None, day)


def test_nothing_loaded_is_nothing_counted(real_store):
    assert last_known(real_store, "early_help_cases", START) is None
    assert families_by_school(real_store, START) == ({}, 0)


def test_of_the_demonstration(demo_store):
    day = demo_store.part("early_help_cases").covers_to
    found, nowhere = families_by_school(demo_store, day)
    rows = demo_store.cases("early_help_cases", ("family_id", "start_date", "end_date"), "county")
    # A protected child has no family in the records: it is one of its own.
    families = {family for family, start, end, _ in rows if family and is_open(start, end, day)}
    total = sum(sum(levels.values()) for levels in found.values()) + nowhere
    alone = sum(1 for family, start, end, _ in rows if not family and is_open(start, end, day))
    assert total == len(families) + alone
    assert set().union(*found.values()) <= {"2", "3", "4"}
    assert sum(missing_education_by_school(demo_store, day).values()) > 0
