from datetime import date

from layers.sufficiency.core import Places, Supply
from layers.sufficiency.scap_capacity import scap_capacity, total_capacity


def place(setting="Oak", urn=1, provision="special", phase="primary", capacity=50, **other):
    given = {"area": "aylesbury", "commissioned": 70, "pupils": 60, "need": "ANY"} | other
    return Places(
        setting=setting, urn=urn, easting=None, northing=None, provision=provision, phase=phase, capacity=capacity,
        by_year=(1.0,), **given,
    )  # fmt: skip


def found_of(*places, year=2025):
    return scap_capacity(Supply((2025,), places, {}, {}, (), ()), year)


def test_capacity_by_school_never_places_or_pupils():
    rows, notes = found_of(place(), place(need="ASD", capacity=5), place(phase="secondary", capacity=30),
                           place(phase="post_16", capacity=10))  # fmt: skip
    assert [(row.setting, row.status, row.primary, row.secondary, row.capacity) for row in rows] == [
        ("Oak", "open", 55, 40, 95)
    ]
    assert notes == ()


def test_what_opens_after_1_may_is_planned():
    rows, _ = found_of(place(), place(capacity=20, opens=date(2025, 9, 1)), place(capacity=7, opens=date(2025, 5, 1)))
    assert [(row.status, row.opens, row.primary) for row in rows] == [
        ("open", None, 57), ("planned", date(2025, 9, 1), 20),
    ]  # fmt: skip
    assert total_capacity(rows, "open") == (57, 0)
    assert total_capacity(rows, "planned") == (20, 0)


def test_what_is_no_part_of_it():
    rows, notes = found_of(
        place(provision="independent"), place(provision="alternative"), place(area="outside"),
        place(closes=date(2025, 5, 1)), place(from_scenario=True), place(phase="early_years", capacity=8),
    )  # fmt: skip
    assert rows == ()
    assert notes == ("Nursery capacity is left out: 8 places.",)


def test_no_capacity_stays_blank_and_is_said():
    rows, notes = found_of(place("Elm", None, "base", capacity=None), place(), place(need="ASD", capacity=None))
    assert [(row.setting, row.capacity) for row in rows] == [("Oak", 50), ("Elm", None)]
    assert "commissioned places do not stand in for it: Elm." in notes[0]
    assert "the sum is of those: Oak." in notes[1]
