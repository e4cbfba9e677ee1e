"""The team's week by hand: order, groups, totals and what nobody touched."""

from datetime import date, timedelta

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import UsageError
from geodata.snapshot import Workspace
from geodata.store import Store
from layers.cme.week import FIRST, NEXT, NO_SCHOOL, NO_SCHOOL_WORDS, ORDER, Group, _rank, _Row, week

DAY = date(2022, 7, 31)
OAK, ELM, ALSO_OAK, UNLISTED = 100001, 100002, 100003, 100004


def row(child, start, atom="unknown", **more):
    known = {"end_date": None, "year_group": None, "sen_status": None, "social_care": None, "school_urn": None,
             "last_contact": None}  # fmt: skip
    return {"child_id": child, "atom": atom, "start_date": start, **known, **more}


def schools(*listed):
    frame = pd.DataFrame(listed, columns=["urn", "name"])
    return ("schools", frame.assign(atom="unknown"), {"reference_date": DAY})


@pytest.fixture
def store_of(council, tmp_path):
    """Return a store over rows with the staged columns."""

    def make(rows, *, day=DAY, more=()):
        frame = pd.DataFrame(list(rows), dtype=object).astype({"year_group": "Int64", "school_urn": "Int64"})
        for column in ("start_date", "end_date", "last_contact"):
            days = [one and date.fromisoformat(one) for one in frame[column]]
            frame[column] = pd.array(days, dtype=pd.ArrowDtype(pa.date32()))
        workspace = Workspace(tmp_path / "made")
        council.add_part(workspace, "cme_involvements", frame, basis="synthetic", covers_to=day)
        for dataset, other, facts in more:
            council.add_part(workspace, dataset, other, **facts)
        return Store(workspace.current())

    return make


@pytest.fixture
def rows(council):
    first, second = council.aylesbury
    return (
        # Open for 30 days, 30 days, 60 days, 10 days; three of them in the order of their SEN status.
        row("k", "2022-07-01", first, sen_status="K", social_care="NONE", last_contact="2022-07-17", school_urn=OAK),
        row("e", "2022-07-01", first, sen_status="E", social_care="NONE", last_contact="2022-07-18", school_urn=OAK),
        row("old", "2022-06-01", council.wycombe, sen_status="N", social_care="NONE", last_contact="2022-07-31"),
        row("cin", "2022-07-21", council.chiltern, sen_status="N", social_care="CIN", year_group=9, school_urn=ELM),
        # The day of the start counts where nothing is recorded since: 30 days and 13.
        row("blank", "2022-07-01", council.south_bucks),
        row("new", "2022-07-18", second, social_care="NONE", school_urn=UNLISTED),
        row("cla", "2022-07-17", "outside", social_care="CLA"),
        row("cp", "2022-07-30", social_care="CP", last_contact="2022-07-30"),
        # A protected address: no school, and the same area as an unknown one.
        row("hidden", "2022-07-01", "withheld", sen_status="N", social_care="NONE"),
        # Not open at the end of 31 July: closed before and on the day, begun after it.
        row("over", "2022-01-01", first, end_date="2022-07-30", social_care="CLA"),
        row("today", "2022-01-01", first, end_date="2022-07-31", social_care="CLA"),
        row("later", "2022-08-01", first, social_care="CLA"),
    )


@pytest.fixture
def found(store_of, rows):
    return week(store_of(rows, more=[schools((OAK, "Oak"), (ELM, "Elm"))]))


def by_child(found):
    return {case.child: case for case in found.cases}


def test_social_care_comes_first_then_the_longest_open_then_the_plan(found):
    assert [case.child for case in found.cases] == ["cla", "cin", "cp", "old", "e", "k", "blank", "hidden", "new"]
    assert [case.priority for case in found.cases] == [FIRST] * 3 + [NEXT] * 6
    assert [case.days_open for case in found.cases] == [14, 10, 1, 60, 30, 30, 30, 30, 13]
    assert all(word in ORDER for word in (FIRST, NEXT, "open longest", "EHC plan comes before SEN support"))


def test_it_is_as_of_the_last_day_of_the_extract(found):
    assert found.day == DAY
    assert not {"over", "today", "later"} & {case.child for case in found.cases}
    assert found.longest == 60


def test_fourteen_days_are_untouched_and_thirteen_are_not(found):
    days = {case.child: case.days_untouched for case in found.cases}
    assert days == {"k": 14, "e": 13, "old": 0, "cin": 10, "blank": 30, "new": 13, "cla": 14, "cp": 1, "hidden": 30}
    assert {case.child for case in found.cases if case.untouched} == {"k", "blank", "cla", "hidden"}
    assert found.without_contact == 5
    assert found.lacking == ()


def test_localities_stand_with_their_counts_and_add_up(found):
    assert found.localities == (
        Group("aylesbury", "Aylesbury", 3, 0, 1),
        Group("chiltern-south-bucks", "Chiltern & South Bucks", 2, 1, 1),
        Group("wycombe", "Wycombe", 1, 0, 0),
        Group("unknown", "Address unknown or withheld", 2, 1, 1),
        Group("outside", "Outside the county", 1, 1, 1),
    )
    assert found.total == Group("", "Total", 9, 3, 4)


def test_schools_come_with_most_first_and_none_last_and_add_up(found):
    assert found.schools == (
        Group(str(OAK), "Oak", 2, 0, 1),
        Group(str(ELM), "Elm", 1, 1, 0),
        Group(str(UNLISTED), "School 100004, not in the list of schools", 1, 0, 0),
        Group(NO_SCHOOL, NO_SCHOOL_WORDS, 5, 2, 3),
    )
    assert sum(group.open for group in found.schools) == found.total.open


def test_words_are_those_of_the_report(found):
    case = by_child(found)["cin"]
    assert (case.social_care, case.sen_status) == ("Child in need", "No special educational need")
    assert (case.year, case.phase, case.locality, case.school) == (
        "Year 9", "Secondary", "Chiltern & South Bucks", "Elm",
    )  # fmt: skip
    blank = by_child(found)["blank"]
    assert (blank.social_care, blank.sen_status, blank.year, blank.phase) == (*["Not recorded"] * 3, "")


def test_a_protected_child_is_told_from_no_other_without_an_address(found):
    hidden = by_child(found)["hidden"]
    assert (hidden.area, hidden.locality, hidden.school) == (
        "unknown", "Address unknown or withheld", NO_SCHOOL_WORDS,
    )  # fmt: skip


def test_two_schools_of_one_name_are_told_apart(store_of):
    rows = [row("a", "2022-07-01", school_urn=OAK), row("b", "2022-07-01", school_urn=ALSO_OAK)]
    found = week(store_of(rows, more=[schools((OAK, "Oak"), (ALSO_OAK, "Oak"))]))
    assert [group.name for group in found.schools] == ["Oak (100001)", "Oak (100003)", NO_SCHOOL_WORDS]


def test_without_a_last_contact_anywhere_nothing_is_called_untouched(store_of, rows):
    found = week(store_of([one | {"last_contact": None} for one in rows]))
    assert found.lacking == ("last_contact",)
    assert not any(case.untouched for case in found.cases)
    assert {case.days_untouched for case in found.cases} == {None}
    assert {group.untouched for group in (*found.localities, *found.schools, found.total)} == {None}


def test_a_closed_case_with_a_contact_shows_that_the_column_is_loaded(store_of):
    over = row("over", "2022-01-01", end_date="2022-02-01", last_contact="2022-01-20")
    found = week(store_of([row("a", "2022-07-01"), over]))
    assert "last_contact" not in found.lacking
    assert found.total.untouched == 1


def test_columns_that_a_file_lacks_are_said(small_store):
    found = week(small_store)
    assert found.lacking == ("social_care", "sen_status", "school_urn", "last_contact")
    assert "".join(case.child for case in found.cases) == "afcklhmi"  # the oldest first
    assert (found.total.open, found.total.social_care, found.total.untouched) == (8, None, None)
    assert [group.open for group in found.schools] == [8]


def test_a_contact_before_the_start_or_after_the_extract_moves_nothing(store_of):
    rows = [row("early", "2022-07-11", last_contact="2022-06-01"), row("late", "2022-07-01", last_contact="2022-08-09")]
    found = by_child(week(store_of(rows)))
    assert (found["early"].days_untouched, found["late"].days_untouched) == (20, 0)


def test_one_case(store_of):
    found = week(store_of([row("a", "2022-07-31", last_contact="2022-07-31")]))
    assert (found.longest, found.total.open, found.total.untouched) == (0, 1, 0)
    assert sum(group.open for group in found.localities) == 1


def test_no_open_case(store_of):
    found = week(store_of([row("a", "2022-01-01", end_date="2022-02-01", last_contact="2022-02-01", school_urn=OAK)]))
    assert (found.cases, found.longest, found.total) == ((), None, Group("", "Total", 0, None, 0))
    assert [group.open for group in found.localities] == [0] * 5
    assert found.schools == (Group(NO_SCHOOL, NO_SCHOOL_WORDS, 0, None, 0),)


def test_nothing_loaded_is_said_with_the_remedy(council, tmp_path):

    workspace = Workspace(tmp_path / "bare")
    council.add_part(workspace, "population", council.population(1), basis="modelled")
    with pytest.raises(UsageError, match=r"not loaded.*locality-atlas import cme_involvements"):
        week(Store(workspace.current()))


def test_an_extract_of_no_stated_end_is_refused(store_of):
    with pytest.raises(UsageError, match="to which day"):
        week(store_of([row("a", "2022-07-01")], day=None))


STAGED = st.builds(
    _Row,
    child=st.text("abc", min_size=1, max_size=3),
    start=st.integers(0, 5).map(lambda ago: DAY - timedelta(days=ago)),
    end=st.none(),
    year_group=st.none(),
    sen_status=st.sampled_from(["E", "K", "N", None]),
    social_care=st.sampled_from(["CLA", "CP", "CIN", "NONE", None]),
    school_urn=st.none(),
    last_contact=st.none(),
    area=st.just("unknown"),
)


@given(STAGED, STAGED)
def test_each_rule_of_the_order_decides_only_where_those_before_leave_a_tie(one, other):
    def keys(case):
        in_care = case.social_care in ("CLA", "CP", "CIN")
        return [not in_care, -(DAY - case.start).days, {"E": 0, "K": 1}.get(case.sen_status, 2), case.child]

    differing = [(mine, theirs) for mine, theirs in zip(keys(one), keys(other), strict=True) if mine != theirs]
    assert (_rank(one) < _rank(other)) == (bool(differing) and differing[0][0] < differing[0][1])
