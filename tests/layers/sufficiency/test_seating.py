"""Who sits where already."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.sufficiency.core import BROAD_KEYS, NEEDS, PHASE_KEYS, PROVISIONS, Places, Supply
from layers.sufficiency.grouping import BY_BROAD_AREA, BY_NEED
from layers.sufficiency.seating import seats_of

AREAS = ("a", "b", "unknown", "outside")
YEARS = (2025, 2026)
OCCUPANCY = 0.9
OLD = date(2015, 9, 1)
COMMUNICATION, SEMH = BROAD_KEYS.index("communication"), BROAD_KEYS.index("semh")
ANY = len(BROAD_KEYS)


def row(need, places, phase="primary", **facts):
    plain = Places("Oak", 1, "b", None, None, "special", phase, need, places, None, None,
                   (places * OCCUPANCY,) * 2, OLD)  # fmt: skip
    return replace(plain, **facts)


def plans(count, need="ASD", phase="primary", provision="special"):
    """Return plans that stay: all in the base year, half a year later."""
    found = np.zeros((2, len(PHASE_KEYS), len(NEEDS), len(PROVISIONS)))
    found[:, PHASE_KEYS.index(phase), NEEDS.index(need), PROVISIONS.index(provision)] = (count, count / 2)
    return found


def seat(rows, stays, sold=None, grouping=BY_BROAD_AREA):
    supply = Supply(YEARS, tuple(rows), {}, sold or {}, (), ())
    return seats_of(supply, stays, AREAS, grouping, OCCUPANCY)


def test_own_places_then_any_then_others_then_above():
    # 10 for communication, 5 for any, 4 for SEMH, each with nine tenths to work with: 9, 4.5 and 3.6.
    rows = (row("ASD", 10), row("ANY", 5), row("SEMH", 4))
    seats = seat(rows, {("a", 1): plans(20)})["special", "primary"]
    assert seats.seated[0, 0, COMMUNICATION, 1, COMMUNICATION] == pytest.approx(9 + 2.9)  # 2.9 find no working place
    assert seats.seated[0, 0, COMMUNICATION, 1, [ANY, SEMH]] == pytest.approx([4.5, 3.6])
    assert seats.rest[0, 1].sum() == pytest.approx(0)
    assert seats.above[0, 1].sum() == pytest.approx(2.9)
    assert seats.over[0, 1].sum() == pytest.approx(20 - 19)  # 19 places are commissioned
    # A year later ten are left: one on a place for any need.
    assert seats.rest[1, 1, [COMMUNICATION, ANY, SEMH]] == pytest.approx([0, 3.5, 3.6])
    assert seats.over[1].sum() == 0


def test_pupils_of_others_take_places_too():
    rows = (row("ASD", 10, pupils=12), row("ASD", 10, phase="secondary", pupils=4))
    found = seat(rows, {("a", 1): plans(4)}, {1: 8})
    # Eight of others by pupils attending: 6 in primary, 2 in secondary.
    assert found["special", "primary"].rest[0, 1].sum() == pytest.approx(0)
    assert found["special", "primary"].above[0, 1].sum() == pytest.approx(4 + 6 - 9)
    assert found["special", "primary"].over[0, 1].sum() == pytest.approx(0)
    assert found["special", "secondary"].rest[0, 1].sum() == pytest.approx(9 - 2)


def test_pupils_of_a_setting_without_a_number_stay():
    seats = seat((row("ASD", 10, urn=None, pupils=6),), {})["special", "primary"]
    assert seats.rest[:, 1].sum(axis=1) == pytest.approx([3, 3])


def test_who_is_not_in_a_listed_setting_is_elsewhere():
    stays = {("a", None): plans(3), ("a", 7): plans(2), ("b", 1): plans(1)}
    seats = seat((row("ASD", 10),), stays)["special", "primary"]
    assert seats.away[0, 0, COMMUNICATION] == 5
    assert seats.bought == 5
    assert seats.seated[0].sum() == 1


def test_the_phase_that_a_setting_does_not_list():
    # One in early years sits on a primary place; whoever grows into secondary needs a new place.
    both = plans(1, phase="early_years") + plans(4)
    both[1] = plans(1, phase="early_years")[0] * 3 + plans(2, phase="secondary")[0]
    seats = seat((row("ASD", 10),), {("a", 1): both})
    assert seats["special", "primary"].seated.sum(axis=(1, 2, 3, 4)) == pytest.approx([5, 1])
    assert not seats["special", "secondary"].listed
    assert seats["special", "secondary"].away.sum() == 0


def test_a_setting_that_closes_sends_its_pupils_away():
    closing = row("ASD", 10, closes=date(2025, 8, 31), by_year=(9.0, 0.0))
    seats = seat((closing,), {("a", 1): plans(4)})["special", "primary"]
    assert seats.seated.sum(axis=(1, 2, 3, 4)) == pytest.approx([4, 0])
    assert seats.over[1].sum() == 0


def test_finer_needs_sit_within_their_broad_area_first():
    rows = (row("ASD", 10), row("SEMH", 10), row("ANY", 10))
    seats = seat(rows, {("a", 1): plans(5, need="SLCN")}, grouping=BY_NEED)["special", "primary"]
    assert seats.rest[0, 1, [NEEDS.index("ASD"), NEEDS.index("SEMH"), len(NEEDS)]] == pytest.approx([4, 9, 9])


counts = st.lists(st.integers(0, 30), min_size=3, max_size=3)


@given(places=counts, ours=counts, others=st.integers(0, 20))
def test_everybody_sits_once_and_on_no_more_than_there_is(places, ours, others):
    needs = ("ASD", "SEMH", "ANY")
    rows = [row(need, count, pupils=1) for need, count in zip(needs, places, strict=True)]
    stays = {("a", 1): plans(ours[0]), ("b", 1): plans(ours[1], need="SEMH") + plans(ours[2], need="MLD")}
    seats = seat(rows, stays, {1: others})["special", "primary"]
    everyone = np.array([sum(ours), sum(ours) / 2])
    assert seats.seated.sum(axis=(1, 2, 3, 4)) == pytest.approx(everyone)
    assert (seats.rest >= -1e-9).all()
    assert (seats.rest <= seats.places + 1e-9).all()
    total = seats.places.sum(axis=(1, 2)) - seats.rest.sum(axis=(1, 2)) + seats.above.sum(axis=(1, 2))
    assert total == pytest.approx(everyone + others)
    over = np.maximum(everyone + others - sum(places), 0)
    assert seats.over.sum(axis=(1, 2)) == pytest.approx(over, abs=1e-6)
