"""Kaplan and Meier's curve against lifelines, hand-worked examples, laws, and another way to the same numbers."""

import json
import runpy
from fractions import Fraction
from itertools import pairwise
from math import exp, log, sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.rates import Estimate
from geodata.survival import Curve, Median, Spell, kaplan_meier

REFERENCE = Path(__file__).parent / "reference"
CASES = json.loads((REFERENCE / "survival_lifelines.json").read_text(encoding="utf-8"))
CLOSE = 1e-9

EMPTY = Curve((), (), (), (), (), (), None)

WATCHED_FROM_START = st.lists(st.builds(Spell, st.just(0), st.integers(0, 40), st.booleans()), max_size=40)


@st.composite
def late_spells(draw, max_size=40):
    """Return spells of which some come under watch late."""
    entries = st.one_of(st.just(0), st.integers(0, 15))
    pieces = draw(st.lists(st.tuples(entries, st.integers(0, 20), st.booleans()), max_size=max_size))
    return [Spell(entry, entry + length, ended) for entry, length, ended in pieces]


def spells_of(case):
    return [Spell(entry, leave, bool(ended)) for entry, leave, ended in case["spells"]]


def known_shares(spells):
    """Return the share still open after each day, from 0 as long as it is known: day by day, in exact fractions."""
    shares, share = [], Fraction(1)
    for day in range(max((spell.leave for spell in spells), default=-1) + 1):
        watched = [spell for spell in spells if spell.entry <= day <= spell.leave]
        ended = sum(spell.ended and spell.leave == day for spell in watched)
        if not watched or (ended == len(watched) and any(spell.entry > day for spell in spells)):
            break
        share *= 1 - Fraction(ended, len(watched))
        shares.append(share)
    return shares


def falls(shares):
    return all(one >= other for one, other in pairwise(shares))


def _median_of(case):
    """Return lifelines' median; where rounding holds its curve a hair above an exact half, the day of that half."""
    exact = known_shares(spells_of(case))
    missed = (day for day in case["days"] if exact[day] == Fraction(1, 2))
    return next(missed, case["median"][0])


def assert_as_lifelines(case):
    curve = kaplan_meier(spells_of(case))
    assert curve.times == tuple(case["days"][: len(curve.times)])
    assert len(curve.times) == sum(day < len(known_shares(spells_of(case))) for day in case["days"])
    for ours, theirs in (
        (curve.survival, case["survival"]),
        (curve.lower, case["lower"]),
        (curve.upper, case["upper"]),
    ):
        assert all(abs(one - other) < CLOSE for one, other in zip(ours, theirs, strict=False))
    # lifelines looks for a half by bisection, which needs limits that fall.
    if len(curve.times) == len(case["days"]) and falls(case["lower"]) and falls(case["upper"]):
        assert curve.median() == (_median_of(case), *case["median"][1:])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_curve_is_that_of_lifelines(case):
    assert_as_lifelines(case)


def test_the_reference_is_of_many_kinds():
    assert len(CASES) >= 40
    assert {1, 400} <= {len(case["spells"]) for case in CASES}
    late = [case for case in CASES if any(entry for entry, _, _ in case["spells"])]
    assert sum(len(kaplan_meier(spells_of(case)).times) == len(case["days"]) for case in late) >= 12


def test_lifelines_says_today_what_the_reference_says():
    pytest.importorskip("lifelines")
    script = runpy.run_path(str(REFERENCE / "make_survival.py"))
    for name, spells in script["datasets"]().items():
        case = {"name": name, "spells": spells} | script["reference"](name, spells)
        assert_as_lifelines(case)


def test_a_small_example_by_hand():
    # Days 3, 5 ended, 5 censored, 8 ended: 3/4, then 3/4 x 2/3 = 1/2, then nobody.
    curve = kaplan_meier([Spell(0, 3, True), Spell(0, 5, True), Spell(0, 5, False), Spell(0, 8, True)])
    assert curve.times == (0, 3, 5, 8)
    assert curve.survival == pytest.approx((1, 3 / 4, 1 / 2, 0))
    assert curve.at_risk == (4, 4, 3, 1)
    assert curve.events == (0, 1, 1, 1)
    assert curve.followed == 8
    # Greenwood after day 5: 1/(4 x 3) + 1/(3 x 2) = 1/4; the limits are 1/2 to the power exp(+-1.96 x 0.5 / ln 2).
    power = exp(1.959964 * sqrt(1 / 4) / log(2))
    assert (curve.lower[2], curve.upper[2]) == pytest.approx((0.5**power, 0.5 ** (1 / power)), abs=1e-6)


def test_freireichs_trial_has_its_published_curve():
    # Weeks of remission under 6-mercaptopurine (Freireich et al., 1963, Blood 21, 699-716).
    ended = (6, 6, 6, 7, 10, 13, 16, 22, 23)
    censored = (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
    curve = kaplan_meier([Spell(0, day, True) for day in ended] + [Spell(0, day, False) for day in censored])
    published = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448, 35: 0.448}
    assert {day: round(curve.still_open(day).value, 3) for day in published} == published
    assert curve.median().value == 23
    assert curve.still_open(36) is None


def test_a_case_counts_from_the_age_it_had_when_watching_began():
    # On day 4 two of the three are watched, the late one on its first day, and one of them ends; on day 9 one of one.
    curve = kaplan_meier([Spell(0, 2, False), Spell(0, 4, True), Spell(4, 9, True)])
    assert curve.at_risk == (2, 2, 2, 1)
    assert curve.survival == (1, 1, 0.5, 0)


def test_a_late_case_may_end_on_the_first_day_it_is_watched():
    curve = kaplan_meier([Spell(0, 9, False), Spell(4, 4, True)])
    assert curve.times == (0, 4, 9)
    assert curve.survival == (1, 0.5, 0.5)


def test_no_spells_are_an_empty_curve():
    assert kaplan_meier([]) == EMPTY
    assert kaplan_meier([]).still_open(0) is None
    assert kaplan_meier([]).median() == Median(None, None, None)


@pytest.mark.parametrize("day", [0, 12])
def test_one_spell_that_ended_takes_the_curve_to_nothing(day):
    curve = kaplan_meier([Spell(0, day, True)])
    assert curve.still_open(day) == curve.still_open(day + 1000) == Estimate(0, 0, 0)
    assert curve.median() == (day, day, day)


def test_after_the_last_open_case_nothing_is_known():
    curve = kaplan_meier([Spell(0, 5, False)] * 3)
    assert curve.still_open(5) == Estimate(1, 1, 1)
    assert curve.still_open(6) is None
    assert curve.median() == Median(None, None, None)


def test_where_no_case_was_watched_from_its_start_nothing_is_known():
    assert kaplan_meier([Spell(1, 30, True), Spell(2, 40, True)]) == EMPTY


def test_after_a_gap_in_watching_nothing_is_known():
    curve = kaplan_meier([Spell(0, 2, True), Spell(0, 5, False), Spell(7, 9, True)])
    assert curve.times == (0, 2, 5)
    assert curve.followed == 5
    assert curve.still_open(6) is None
    assert curve.median().value == 2


def test_watching_handed_on_from_one_day_to_the_next_is_no_gap():
    curve = kaplan_meier([Spell(0, 5, False), Spell(6, 9, True)])
    assert curve.still_open(8) == Estimate(1, 1, 1)
    assert curve.still_open(9) == Estimate(0, 0, 0)


def test_the_end_of_all_the_few_watched_is_not_the_end_of_all_cases():
    # lifelines refuses such data: the curve would say that no case lasts for 4 days, and one was seen at 30.
    curve = kaplan_meier([Spell(0, 3, True), Spell(20, 30, True)])
    assert curve.times == (0,)
    assert curve.followed == 2
    assert curve.still_open(2) == Estimate(1, 1, 1)
    assert curve.still_open(3) is None
    assert curve.median() == Median(None, None, None)
    assert kaplan_meier([Spell(0, 0, True), Spell(20, 30, True)]) == EMPTY


def test_exactly_half_is_a_half_whatever_the_rounding():
    # 9/10 x 7/9 x 5/7 is a half; as a product of floats it is 0.5000000000000001.
    ended = [Spell(0, day, True) for day in (1, 2, 2, 3, 3)]
    curve = kaplan_meier([*ended, *[Spell(0, 9, True)] * 5])
    assert curve.survival[3] > 0.5
    assert curve.median().value == 3


def test_a_limit_that_rises_again_is_no_limit_yet():
    # Of two early cases one ends, later hundreds are watched: the lower limit rises again after the first day.
    spells = [Spell(0, 1, True), Spell(0, 400, False)] + [Spell(2, 2 + day, True) for day in range(1, 301)]
    curve = kaplan_meier(spells)
    assert not falls(curve.lower)
    median = curve.median()
    assert median.lower == 1
    assert median.value == 1
    assert all(share <= 0.5 for day, share in zip(curve.times, curve.upper, strict=True) if day >= median.upper)
    assert curve.upper[curve.times.index(median.upper) - 1] > 0.5


@pytest.mark.parametrize("spell", [Spell(-1, 3, True), Spell(5, 4, False)])
def test_a_spell_that_cannot_be_is_refused(spell):
    with pytest.raises(ValueError, match="day 0 or later"):
        kaplan_meier([spell])


def test_a_day_before_the_start_is_refused():
    with pytest.raises(ValueError, match="-1 days"):
        kaplan_meier([Spell(0, 3, True)]).still_open(-1)


@given(spells=late_spells())
def test_the_curve_is_the_product_over_single_days_for_as_long_as_it_is_known(spells):
    curve, shares = kaplan_meier(spells), known_shares(spells)
    assert curve.followed == (len(shares) - 1 if shares else None)
    for day, share in enumerate(shares):
        assert curve.still_open(day).value == pytest.approx(float(share), abs=1e-12)
    beyond = curve.still_open(len(shares) + 1)
    assert beyond == (Estimate(0, 0, 0) if shares and not shares[-1] else None)


@given(spells=late_spells())
def test_the_median_is_the_first_day_with_half_or_fewer(spells):
    shares = known_shares(spells)
    assert kaplan_meier(spells).median().value == next(
        (day for day, share in enumerate(shares) if 2 * share <= 1), None
    )


@given(spells=late_spells())
def test_the_share_falls_from_one_and_lies_within_its_limits(spells):
    curve = kaplan_meier(spells)
    assert falls((1.0, *curve.survival))
    for low, share, high in zip(curve.lower, curve.survival, curve.upper, strict=True):
        assert 0 <= low <= share <= high <= 1


@given(spells=late_spells())
def test_the_median_lies_within_its_limits(spells):
    value, lower, upper = kaplan_meier(spells).median()
    assert upper is None or (value is not None and value <= upper)
    assert value is None or (lower is not None and lower <= value)


@given(data=st.data(), spells=late_spells())
def test_the_order_of_spells_does_not_matter(data, spells):
    assert kaplan_meier(data.draw(st.permutations(spells))) == kaplan_meier(spells)


@given(spells=WATCHED_FROM_START.filter(bool))
def test_where_all_were_seen_to_their_end_it_is_the_plain_share(spells):
    ended = [spell._replace(ended=True) for spell in spells]
    curve = kaplan_meier(ended)
    for day in range(42):
        longer = sum(spell.leave > day for spell in ended)
        assert curve.still_open(day).value == pytest.approx(longer / len(ended), abs=1e-12)


@given(spells=WATCHED_FROM_START)
def test_leaving_out_the_open_cases_never_makes_cases_longer(spells):
    curve, ended_only = kaplan_meier(spells), kaplan_meier([spell for spell in spells if spell.ended])
    for day in range(42):
        with_open, without = curve.still_open(day), ended_only.still_open(day)
        assert not (with_open and without) or without.value <= with_open.value + 1e-12


def same_curve(one, other):
    """Return whether two curves say the same of every day; one may name more days on which nothing changes."""
    days = range(max((one.followed or 0), (other.followed or 0)) + 2)
    return one.followed == other.followed and all(one.still_open(day) == other.still_open(day) for day in days)


@given(data=st.data(), spells=late_spells())
def test_a_spell_watched_in_two_pieces_counts_as_one(data, spells):
    # Both ends of a piece are watched, so the second begins on the day after the first one's last.
    whole = data.draw(st.builds(lambda entry, length, ended: Spell(entry, entry + length, ended),
                                st.integers(0, 10), st.integers(1, 20), st.booleans()))  # fmt: skip
    cut = data.draw(st.integers(whole.entry, whole.leave - 1))
    pieces = [Spell(whole.entry, cut, False), Spell(cut + 1, whole.leave, whole.ended)]
    assert same_curve(kaplan_meier([*spells, *pieces]), kaplan_meier([*spells, whole]))


@given(data=st.data(), spells=late_spells())
def test_pieces_that_share_a_day_count_as_one_where_nobody_ends_on_it(data, spells):
    whole = data.draw(st.builds(lambda entry, length, ended: Spell(entry, entry + length, ended),
                                st.integers(0, 10), st.integers(1, 20), st.booleans()))  # fmt: skip
    cut = data.draw(st.integers(whole.entry, whole.leave - 1))
    spells = [spell for spell in spells if not (spell.ended and spell.leave == cut)]
    pieces = [Spell(whole.entry, cut, False), Spell(cut, whole.leave, whole.ended)]
    assert same_curve(kaplan_meier([*spells, *pieces]), kaplan_meier([*spells, whole]))


def test_pieces_that_share_a_day_on_which_another_ends_count_twice():
    # The law's limit: on day 4 one of two ends; with the shared day the other is watched twice, and one of three does.
    other = Spell(0, 4, True)
    assert kaplan_meier([other, Spell(0, 9, True)]).still_open(4).value == pytest.approx(1 / 2)
    pieces = [Spell(0, 4, False), Spell(4, 9, True)]
    assert kaplan_meier([other, *pieces]).still_open(4).value == pytest.approx(2 / 3)
