from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.link_workers.workload import Facts, band_words, filled, handed_over, hours_of, load_band
from layers.link_workers.workload_settings import WorkloadSettings
from layers.school_kinds import STATE_KINDS

SETTINGS = WorkloadSettings()

facts = st.builds(
    Facts,
    kind=st.sampled_from(sorted(STATE_KINDS)),
    roll=st.none() | st.floats(0, 3000),
    fsm_percent=st.none() | st.floats(0, 100),
    families=st.dictionaries(st.sampled_from(["", "1", "2", "3", "4"]), st.integers(0, 30)),
    cme=st.integers(0, 20),
)


def test_by_hand():
    one = Facts("primary", 200, 10, {"3": 2, "2": 1, "4": 5, "": 1}, 1)
    # 1.5 base, 2 x 1 + 0.5 + 0 + 0.5 (unstated: level 2), 0.5 missing, 20 x 0.008, 200 x 0.0006
    assert hours_of(one, SETTINGS) == pytest.approx(1.5 + 3.0 + 0.5 + 0.16 + 0.12)
    assert handed_over(one, SETTINGS) == 4  # level 4 is statutory: a social worker leads


@given(facts)
def test_more_work_is_never_less_load(one):
    hours = hours_of(one, SETTINGS)
    assert hours >= SETTINGS.base_hours[one.kind]
    assert hours_of(replace(one, cme=one.cme + 1), SETTINGS) > hours
    more = {**one.families, "3": one.families.get("3", 0) + 1}
    assert hours_of(replace(one, families=more), SETTINGS) == pytest.approx(hours + 1)
    assert 0 <= handed_over(one, SETTINGS) <= sum(one.families.values())


@given(st.lists(facts, max_size=8))
def test_filling_leaves_what_is_known_and_no_gap(schools):
    done, notes = filled(schools, SETTINGS)
    assert len(done) == len(schools)
    for before, after in zip(schools, done, strict=True):
        assert after.roll is not None
        assert after.fsm_percent is not None
        assert 0 <= after.fsm_percent <= 100 + 1e-9
        assert (before.roll is None) or before.roll == after.roll
        assert (before.fsm_percent is None) or before.fsm_percent == after.fsm_percent
    gaps = any(one.roll is None for one in schools) + any(one.fsm_percent is None for one in schools)
    assert len(notes) == gaps


def test_stand_ins_are_those_of_the_other_schools():
    schools = [Facts("primary", 100, 10), Facts("primary", 300, 30), Facts("primary"), Facts("special")]
    done, notes = filled(schools, SETTINGS)
    assert done[2].roll == 200  # the median of its kind
    assert done[2].fsm_percent == pytest.approx((100 * 10 + 300 * 30) / 400)
    assert done[3].roll == SETTINGS.roll["special"]  # no other has one
    assert notes[0].startswith("Roll not known for 2 schools: the median")
    assert "25.0% of pupils, that of the other schools (estimated)" in notes[1]


def test_nothing_known_is_assumed():
    (one,), notes = filled([Facts("secondary")], SETTINGS)
    assert (one.roll, one.fsm_percent) == (SETTINGS.roll["secondary"], SETTINGS.fsm_percent)
    assert "an assumed one of the kind" in notes[0]
    assert "12.0% of pupils (assumed)" in notes[1]


def test_bands_and_their_cut_points():
    assert [load_band(hours, SETTINGS) for hours in (0, 2.49, 2.5, 4.49, 4.5, 20)] == [
        "low", "low", "middle", "middle", "high", "high",
    ]  # fmt: skip
    assert "low under 2.5 hours a week, middle from 2.5 to under 4.5, high from 4.5" in band_words(SETTINGS)
