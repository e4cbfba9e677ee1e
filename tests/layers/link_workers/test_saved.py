"""Plans with a name: kept, found again on later records, changed and deleted."""

import pytest

from geodata.errors import UsageError
from geodata.state import State
from layers.link_workers.saved import KIND, Made, delete, fitted, listed, load, plan_name, save

MADE = Made("20250116T000000Z-x", "1", "2025-01-16", 3, 5)


@pytest.fixture
def state(tmp_path):
    return State(tmp_path, kind=KIND)


@pytest.fixture
def work(make_school, make_post, make_ground):
    return make_ground([make_school(1, 0), make_school(2, 1), make_school(9, 2)],
                       [make_post(1, 0), make_post(2, 1)]).work  # fmt: skip


def test_a_plan_is_kept_and_opened_without_regard_to_case(state):
    kept = save(state, "  Autumn   term ", {2: "LW-2", 1: "LW-1"}, MADE)
    assert (kept.name, kept.version, dict(kept.worker_of), kept.made) == (
        "Autumn term", 1, {1: "LW-1", 2: "LW-2"}, MADE,
    )  # fmt: skip
    assert load(state, "AUTUMN TERM") == kept
    assert listed(state) == (kept,)


def test_a_name_is_taken_once_and_a_plan_is_replaced_only_by_who_saw_it(state):
    save(state, "Autumn", {1: "LW-1"}, MADE)
    with pytest.raises(UsageError, match="already"):
        save(state, "autumn", {1: "LW-2"}, MADE)
    assert dict(save(state, "Autumn", {1: "LW-2"}, MADE, version=1).worker_of) == {1: "LW-2"}
    with pytest.raises(UsageError, match="Somebody has changed"):
        save(state, "Autumn", {1: "LW-1"}, MADE, version=1)


def test_a_deleted_plan_is_gone_and_its_name_free(state):
    save(state, "Autumn", {}, MADE)
    with pytest.raises(UsageError):
        delete(state, "Autumn", 7)
    delete(state, "Autumn", 1)
    assert listed(state) == ()
    with pytest.raises(UsageError, match="No plan 'Autumn'"):
        load(state, "Autumn")
    assert save(state, "Autumn", {}, MADE).version == 1


@pytest.mark.parametrize(
    ("name", "said"), [("  ", "needs a name"), ("x" * 61, "61 characters"), ("a\u202eb", "cannot be seen")]
)
def test_what_is_no_name_is_refused(name, said):
    with pytest.raises(UsageError, match=said):
        plan_name(name)


def test_a_plan_fits_the_records_it_was_made_on(state, work):
    saved = save(state, "Autumn", {1: "LW-1", 2: "LW-2"}, MADE)
    assert fitted(saved, work, MADE.snapshot) == ({1: "LW-1", 2: "LW-2"}, ())


def test_on_other_records_it_is_said_what_is_gone_and_new(state, work):
    saved = save(state, "Autumn", {1: "LW-1", 2: "LW-8", 7: "LW-1"}, MADE)
    given, notes = fitted(saved, work, "another")
    assert given == {1: "LW-1"}
    said = " ".join(notes)
    for words in ("other records", "1 school of it no longer listed: 7", "1 post of it no longer listed: LW-8",
                  "1 school without a worker in it: 9"):  # fmt: skip
        assert words in said


def test_many_schools_that_are_gone_are_counted(state, work):
    saved = save(state, "Autumn", dict.fromkeys(range(11, 19), "LW-1"), MADE)
    assert "8 schools of it no longer listed: 11, 12, 13, 14, 15 and 3 more" in " ".join(fitted(saved, work, "b")[1])
