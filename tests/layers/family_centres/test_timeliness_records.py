"""Families are counted once; protected addresses stay by themselves; spells join what touches."""

from datetime import date, datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from layers.family_centres.timeliness_records import (
    BEST_FIRST,
    HelpCase,
    by_family,
    family_referrals,
    has_time,
    help_cases,
    spells,
)

at = datetime.fromisoformat


def case(child, family, start, end=None, referral=None, **facts):
    """Dates as ISO texts."""
    moments = {key: datetime.fromisoformat(facts[key]) for key in ("decision", "contact") if key in facts}
    return HelpCase(
        child, family, date.fromisoformat(start), end and date.fromisoformat(end),
        referral and datetime.fromisoformat(referral), moments.get("decision"), moments.get("contact"),
        facts.get("outcome"), facts.get("area", "aylesbury"),
    )  # fmt: skip


def test_brothers_and_sisters_referred_on_one_day_are_one_referral():
    found = family_referrals([
        case("a", "f", "2024-01-10", referral="2024-01-05", decision="2024-01-06 12:00"),
        case("b", "f", "2024-01-12", referral="2024-01-05 16:00", decision="2024-01-06 10:00", area="wycombe"),
        case("c", "f", "2024-01-12", area="wycombe"),  # no referral: that of b, whose support starts on the same day
        case("a", "f", "2024-09-01", referral="2024-08-30 09:00"),
    ])  # fmt: skip
    assert [(one.day.isoformat(), one.area) for one in found] == [
        ("2024-01-05", "wycombe"),
        ("2024-08-30", "aylesbury"),
    ]
    first = found[0]
    assert first.referral == at("2024-01-05 16:00")  # on that day; the one with a time
    assert (first.decision, first.start) == (at("2024-01-06 10:00"), date(2024, 1, 10))
    assert first.contact is None


def test_a_case_without_a_family_is_that_of_the_childs_one_family():
    found = by_family([
        case("a", "f", "2023-01-01"), case("a", None, "2024-01-01"), case("b", None, "2024-01-01"),
        case("a", None, "2024-06-01", area="unknown"), case("c", "f", "2023-01-01"), case("c", "g", "2023-06-01"),
        case("c", None, "2024-01-01"),
    ])  # fmt: skip
    assert {key: len(members) for key, members in found.items()} == {
        "family f": 3, "child b": 1, "child a": 1, "family g": 1, "child c": 1,
    }  # fmt: skip


def test_cases_that_touch_are_one_spell():
    found = spells([
        case("a", "f", "2024-01-10", "2024-03-01", referral="2024-01-05"),
        case("b", "f", "2024-02-01", "2024-05-01", outcome="achieved"),
        case("a", "f", "2024-05-01", "2024-06-01", outcome="partly", area="wycombe"),  # begins on the day of the end
        case("a", "f", "2024-06-09", "2024-07-01", referral="2024-05-30", outcome="achieved"),  # referred before it
        case("a", "f", "2024-09-01"),
        case("b", "f", "2024-09-02", "2024-09-03"),  # the other child is still helped
    ])  # fmt: skip
    assert [(one.begin.isoformat(), one.end and one.end.isoformat(), one.outcome) for one in found] == [
        ("2024-01-05", "2024-07-01", "achieved"), ("2024-09-01", None, None),
    ]  # fmt: skip


def test_the_least_good_outcome_of_those_who_end_together_counts():
    both = [case("a", "f", "2024-01-01", "2024-03-01", outcome="achieved"),
            case("b", "f", "2024-01-01", "2024-03-01", outcome="partly"),
            case("c", "f", "2024-01-01", "2024-02-01", outcome="not_achieved")]  # fmt: skip
    assert [one.outcome for one in spells(both)] == ["partly"]
    assert BEST_FIRST[0] == "achieved"


def test_midnight_stands_for_no_time():
    assert (has_time(at("2024-01-01")), has_time(at("2024-01-01 00:01"))) == (False, True)


CASES = st.builds(
    lambda child, family, start, length, before: HelpCase(
        child, family, date.fromordinal(738000 + start), None if length is None else
        date.fromordinal(738000 + start + length),
        None if before is None else datetime.fromordinal(738000 + start - before), None, None, None, "a",
    ),
    st.sampled_from("abc"), st.sampled_from([None, "f", "g"]), st.integers(0, 900),
    st.one_of(st.none(), st.integers(0, 300)), st.one_of(st.none(), st.integers(0, 30)),
)  # fmt: skip


@given(st.lists(CASES, max_size=10))
def test_spells_of_a_family_never_touch_and_hold_every_case(cases):
    found = spells(cases)
    families = by_family(cases)
    for family, members in families.items():
        own = [one for one in found if one.family == family]
        for earlier, later in pairwise(own):
            assert earlier.end is not None
            assert earlier.end < later.begin
        for one in members:
            assert any(
                spell.begin <= one.begin and (spell.end is None or (one.end is not None and one.end <= spell.end))
                for spell in own
            )
    assert len(family_referrals(cases)) <= len(cases)
    assert len({one.family for one in found}) == len(families)


def test_records_without_the_columns_are_read_as_not_stated(subjects_store, small_store):
    cases = help_cases(subjects_store)
    assert len(cases) == 14
    assert {(one.family, one.referral, one.decision, one.contact, one.outcome) for one in cases} == {(None,) * 5}
    assert help_cases(small_store) == ()
