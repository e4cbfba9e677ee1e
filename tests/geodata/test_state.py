"""What people write, in a database."""

import json
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import InputError, UsageError, WorkspaceBusyError
from geodata.state import FILE, URL, ChangedSinceError, State, name_key


@pytest.fixture
def state(tmp_path):
    return State(tmp_path / "w")


def test_a_row_comes_back_as_it_was_kept(state):
    kept = state.insert("More Places", "s1", '{"a": 1}')
    assert (kept.name, kept.version, kept.snapshot, kept.body) == ("More Places", 1, "s1", '{"a": 1}')
    assert kept.created == kept.changed
    assert kept.created.tzinfo is not None
    assert state.get("more places") == kept
    assert state.rows() == (kept,)


def test_a_name_is_unique_without_regard_to_case(state):
    state.insert("Straße", "s1", "{}")
    with pytest.raises(ChangedSinceError, match="Choose another name, or open it"):
        state.insert("STRASSE", "s1", "{}")
    assert len(state.rows()) == 1


def test_a_change_needs_the_version_one_knows(state):
    first = state.insert("a", "s1", "1")
    second = state.update("A", 1, snapshot="s2", body="2")
    assert (second.version, second.body, second.snapshot, second.created) == (2, "2", "s2", first.created)
    with pytest.raises(ChangedSinceError, match="version 2, yours was 1"):
        state.update("a", 1, snapshot="s3", body="3")
    assert state.get("a").body == "2"


def test_a_new_name_must_be_free_and_nothing_changes_where_it_is_not(state):
    state.insert("a", "s1", "1")
    state.insert("b", "s1", "2")
    with pytest.raises(ChangedSinceError, match="'B' already"):
        state.update("a", 1, snapshot="s1", body="3", new_name="B")
    assert [(row.name, row.version, row.body) for row in state.rows()] == [("a", 1, "1"), ("b", 1, "2")]
    assert state.update("a", 1, snapshot="s1", body="1", new_name="C").name == "C"


def test_what_is_removed_is_set_aside_and_its_name_is_free(state):
    for body in ("1", "2"):
        state.insert("a", "s1", body)
        state.remove("A", 1)
    assert state.rows() == ()
    assert sorted(row.body for row in state.removed()) == ["1", "2"]
    with pytest.raises(UsageError, match=r"No scenario 'a'\. There are: none yet"):
        state.get("a")
    with pytest.raises(UsageError, match="No scenario 'a'"):
        state.remove("a", 1)


def test_a_missing_name_is_refused_with_those_there_are(state):
    state.insert("b", "s", "{}")
    with pytest.raises(UsageError, match="There are: 'b'"):
        state.get("c")


def test_the_file_is_for_the_user_alone_and_keeps_a_log_of_writes(state, tmp_path):
    state.insert("a", "s", "{}")
    file = tmp_path / "w" / FILE
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    connection = sqlite3.connect(file)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_an_address_of_another_database_counts(tmp_path, monkeypatch):
    monkeypatch.setenv(URL, f"sqlite:///{tmp_path / 'other.sqlite'}")
    State(tmp_path / "w").insert("a", "s", "{}")
    assert (tmp_path / "other.sqlite").is_file()
    assert not (tmp_path / "w").exists()


@pytest.mark.parametrize("url", ["not an address", "nosuchdatabase://host/name"])
def test_a_wrong_address_is_refused_with_the_remedy(tmp_path, url):
    with pytest.raises(UsageError, match="install its driver"):
        State(tmp_path, url)


def test_a_password_is_in_no_error(tmp_path):
    with pytest.raises(UsageError) as caught:
        State(tmp_path, "nosuchdatabase://me:secret@host/name")
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / FILE).write_bytes(b"something else" * 100)
    with pytest.raises(InputError, match="cannot be used: file is not a database"):
        State(tmp_path).rows()


def test_who_writes_while_another_does_is_told_to_try_again(state, tmp_path, monkeypatch):
    monkeypatch.setattr("geodata.state.BUSY_SECONDS", 0.1)
    state.insert("a", "s", "1")
    other = sqlite3.connect(tmp_path / "w" / FILE)
    other.execute("BEGIN IMMEDIATE")
    late = State(tmp_path / "w")
    with pytest.raises(WorkspaceBusyError, match="Try again"):
        late.update("a", 1, snapshot="s", body="2")
    other.rollback()
    other.close()
    assert state.get("a").version == 1


def test_of_many_writers_at_once_one_wins(tmp_path):
    first = State(tmp_path)
    first.insert("a", "s", "0")

    def change(number):
        try:
            return State(tmp_path).update("a", 1, snapshot="s", body=str(number)).version
        except ChangedSinceError:
            return None

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(change, range(8)))
    assert sorted(found, key=str) == [2, *[None] * 7]


def test_processes_that_start_together_share_one_database(tmp_path):
    code = "import sys; from pathlib import Path; from geodata.state import State; "
    code += "State(Path(sys.argv[1])).insert(sys.argv[2], 's', '{}')"
    started = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), f"n{one}"]) for one in range(4)]
    assert [one.wait() for one in started] == [0] * 4
    assert [row.name for row in State(tmp_path).rows()] == ["n0", "n1", "n2", "n3"]


def test_a_change_that_is_cut_short_leaves_the_old_row(state, monkeypatch):
    state.insert("a", "s", "old")
    monkeypatch.setattr("geodata.state._now", lambda: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        state.update("a", 1, snapshot="s", body="new")
    assert (state.get("a").body, state.get("a").version) == ("old", 1)


@given(body=st.dictionaries(st.text(max_size=5), st.text(max_size=20) | st.integers(), max_size=3))
def test_any_text_comes_back(body, tmp_path_factory):
    text = json.dumps(body, ensure_ascii=True)
    assert State(tmp_path_factory.mktemp("any")).insert("x'; DROP TABLE scenarios; --", "s", text).body == text


@given(name=st.text(max_size=30))
def test_upper_and_lower_case_have_one_key(name):
    assert name_key(name.upper().lower()) == name_key(name.upper())


def test_a_server_starts_without_sqlalchemy():
    code = "import dashapp.factory, dashapp.cli, sys; print('sqlalchemy' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["False"]


def test_plans_and_scenarios_are_kept_apart(tmp_path):
    plans, scenarios = State(tmp_path, kind="plan"), State(tmp_path)
    plans.insert("a", "s", '{"of": "plan"}')
    scenarios.insert("a", "s", '{"of": "scenario"}')
    assert plans.get("A").body == '{"of": "plan"}'
    assert scenarios.get("A").body == '{"of": "scenario"}'
    with pytest.raises(UsageError, match="No plan 'b'"):
        plans.get("b")
