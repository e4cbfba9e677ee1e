"""Scenarios that are kept."""

import json
from dataclasses import replace
from datetime import date

import pytest

from geodata.errors import InputError, UsageError
from geodata.snapshot import Workspace
from geodata.state import State
from layers.sufficiency.ground import Ground, Site
from layers.sufficiency.saved import (
    MODEL,
    Made,
    delete,
    listed,
    load,
    made_with,
    received,
    rename,
    replay,
    save,
    settings_hash,
    share,
    shared,
)
from layers.sufficiency.scenario_options import NewBase, Reform, Scenario
from layers.sufficiency.settings import Cost, SufficiencySettings

MADE = Made("20260101T000000000000Z-00000000", MODEL, "abc")
SCHEME = Scenario(
    "Larger base", "To be agreed.", (NewBase(900001, (("primary", 8),), date(2027, 9, 1)), Reform(0.1, 2029))
)
GROUND = Ground((2026, 2027, 2028, 2029), {"a": "A"}, {900001: Site("Oak", "a")}, {}.get, lambda _x, _y: "a")


@pytest.fixture
def state(tmp_path):
    return State(tmp_path)


def test_what_is_kept_comes_back(state):
    kept = save(state, SCHEME, MADE)
    assert (kept.scenario, kept.made, kept.version) == (SCHEME, MADE, 1)
    assert load(state, "LARGER BASE") == kept
    assert listed(state) == (kept,)


def test_a_newer_version_of_another_is_not_written_over(state):
    save(state, SCHEME, MADE)
    mine = replace(SCHEME, options=())
    assert save(state, mine, MADE, 1).version == 2
    with pytest.raises(UsageError, match=r"Somebody has changed 'Larger base'.*version 2, yours was 1"):
        save(state, SCHEME, MADE, 1)
    assert load(state, "larger base").scenario == mine
    with pytest.raises(UsageError, match="already"):
        save(state, SCHEME, MADE)


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\x00b", "a\u200bb"])
def test_a_name_that_is_none_is_refused(state, name):
    with pytest.raises(UsageError, match="scenario's name"):
        save(state, Scenario(name), MADE)
    save(state, SCHEME, MADE)
    with pytest.raises(UsageError, match="scenario's name"):
        rename(state, "Larger base", name, 1)


@pytest.mark.parametrize("name", ["x", "x" * 60, "Größere Basis №2", "'; DROP TABLE scenarios"])
def test_any_other_name_is_taken(state, name):
    assert save(state, Scenario(name), MADE).scenario.name == name


def test_a_new_name_keeps_the_options(state):
    save(state, SCHEME, MADE)
    found = rename(state, "larger base", "Smaller base", 1)
    assert (found.scenario, found.version, found.made) == (replace(SCHEME, name="Smaller base"), 2, MADE)
    with pytest.raises(UsageError, match="No scenario"):
        load(state, "Larger base")
    save(state, SCHEME, MADE)
    with pytest.raises(UsageError, match="Choose another name"):
        rename(state, "Larger base", "smaller BASE", 1)
    assert rename(state, "Larger base", "LARGER base", 1).scenario.name == "LARGER base"


def test_what_is_deleted_is_kept_aside(state):
    save(state, SCHEME, MADE)
    with pytest.raises(UsageError, match="Somebody has changed"):
        delete(state, "Larger base", 5)
    delete(state, "larger base", 1)
    assert listed(state) == ()
    assert [row.name for row in state.removed()] == ["Larger base"]
    assert save(state, SCHEME, MADE).version == 1


def test_a_shared_file_gives_the_same_scenario(state, tmp_path):
    kept = save(state, SCHEME, MADE)
    share(kept, tmp_path / "scheme.json")
    content = (tmp_path / "scheme.json").read_bytes()
    assert content == shared(kept)
    assert received(content) == (SCHEME, MADE)
    assert received(b"\xef\xbb\xbf" + content) == (SCHEME, MADE)


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b"\xff", b'{"format": "other"}', b"[" * 100_000, b" " * 300_000, b"null"]
)
def test_another_file_is_refused(content):
    with pytest.raises(InputError, match="no file of a scenario"):
        received(content)


def test_a_file_is_checked_like_what_is_typed():
    record = {"format": "locality-atlas scenario 1", "scenario": {"name": "a", "options": [{"option": "x"}]}, "made": 5}
    with pytest.raises(UsageError, match="no kind of option 'x'"):
        received(json.dumps(record).encode())


def test_a_replay_with_the_same_records_and_assumptions_has_nothing_to_say(state):
    assert replay(save(state, SCHEME, MADE), MADE, GROUND) == replay(load(state, SCHEME.name), MADE, GROUND)
    assert replay(load(state, SCHEME.name), MADE, GROUND).notes == ()


def test_a_replay_says_what_differs(state):
    now = Made("20270101T000000000000Z-00000000", "2", "def")
    found = replay(save(state, SCHEME, MADE), now, GROUND)
    assert found.scenario == SCHEME
    assert found.notes == (
        f"It was saved with the snapshot {MADE.snapshot}; now {now.snapshot} is in force: figures may differ.",
        "It was saved with version 1 of the model; now it is version 2: figures may differ.",
        "Assumptions have changed since it was saved: figures may differ.",
    )


def test_what_no_longer_fits_is_refused_with_the_reason(state):
    kept = save(state, SCHEME, MADE)
    later = replace(GROUND, years=(2028, 2029, 2030))
    with pytest.raises(
        UsageError, match=r"cannot be replayed. Option 1 \(new_base\).*in the past.*saved with other rec"
    ):
        replay(kept, replace(MADE, snapshot="other"), later)


def test_the_hash_changes_with_any_assumption(small_path):
    settings = SufficiencySettings()
    assert settings_hash(settings) == settings_hash(SufficiencySettings())
    others = [
        replace(settings, slippage_months=1), replace(settings, ramp=(1.0,)),
        replace(settings, costs=(Cost("special", 1.0, "", "", ""),)),
    ]  # fmt: skip
    assert len({settings_hash(one) for one in (settings, *others)}) == 4
    snapshot = Workspace(small_path).current()
    assert made_with(snapshot, settings) == Made(snapshot.id, MODEL, settings_hash(settings))
