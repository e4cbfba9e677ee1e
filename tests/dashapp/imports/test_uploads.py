"""Files on their way in are private, bounded and gone when they are done with."""

import io
import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashapp.imports import uploads as module
from dashapp.imports.uploads import LONGEST_NAME, TooLargeError, Uploads, clean_name
from geodata.errors import InputError


@pytest.fixture
def uploads(tmp_path):
    return Uploads(tmp_path / "workspace")


def take(uploads, name="cases.csv", content=b"a,b\n1,2\n", token=""):
    return uploads.receive(io.BytesIO(content), name, token)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("cases.csv", "cases.csv"),
        ("../../etc/passwd", "passwd"),
        ("/etc/passwd", "passwd"),
        ("C:\\cases\\May.csv", "May.csv"),
        ("..", "file"),
        ("", "file"),
        ("...hidden", "hidden"),
        ("a\x00b\r\n.csv", "ab.csv"),
        ("fall\u202ecsv.exe", "fallcsv.exe"),
        ("May: <new>?.csv", "May_ _new__.csv"),
        ("nul.csv", "_nul.csv"),
        ("COM1", "_COM1"),
        ("cases.csv. ", "cases.csv"),
        ("x" * 300 + ".csv", "x" * (LONGEST_NAME - 4) + ".csv"),
    ],
)
def test_a_name_leads_nowhere_else(said, kept):
    assert clean_name(said) == kept


@given(st.text())
def test_any_name_is_one_plain_file_name(said):
    name = clean_name(said)
    assert name
    assert name not in {".", ".."}
    assert not set(name) & set('/\\<>:"|?*\0\n\r')
    assert len(name) <= LONGEST_NAME + 1
    assert len(name.encode()) <= 255
    assert name == name.strip()


def test_what_came_in_is_kept_for_the_user_alone(uploads):
    found = take(uploads)
    (path,) = uploads.files(found.token)
    assert (found.name, found.size, path.read_bytes()) == ("cases.csv", 8, b"a,b\n1,2\n")
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_several_files_share_a_token_in_the_order_of_their_names(uploads):
    token = take(uploads, "person.csv").token
    assert take(uploads, "namedplan.csv", token=token).token == token
    assert [path.name for path in uploads.files(token)] == ["namedplan.csv", "person.csv"]


def test_two_files_of_one_name_are_refused(uploads):
    token = take(uploads, "person.csv").token
    with pytest.raises(InputError, match=r"two files called 'Person\.csv'"):
        take(uploads, "Person.csv", token=token)
    assert len(uploads.files(token)) == 1


def test_too_much_is_refused_while_it_comes_and_nothing_of_it_stays(uploads, monkeypatch):
    monkeypatch.setattr(module, "MAX_UPLOAD_BYTES", 10)
    monkeypatch.setattr(module, "CHUNK_BYTES", 4)
    stream = io.BytesIO(b"x" * 100)
    with pytest.raises(TooLargeError):
        uploads.receive(stream, "huge.csv")
    assert stream.tell() == 12  # not read to its end
    assert not list(uploads.folder.iterdir())


def test_the_limit_is_of_all_files_together(uploads, monkeypatch):
    monkeypatch.setattr(module, "MAX_UPLOAD_BYTES", 10)
    token = take(uploads, "a.csv", b"123456").token
    with pytest.raises(TooLargeError):
        take(uploads, "b.csv", b"123456", token)
    assert [path.name for path in uploads.files(token)] == ["a.csv"]


@pytest.mark.parametrize("token", ["", "..", "../parts", "0" * 31, "G" * 32, "0" * 32])
def test_an_unknown_token_finds_nothing_and_removes_nothing(uploads, token):
    kept = take(uploads)
    uploads.discard(token)
    with pytest.raises(InputError, match="no longer kept here"):
        uploads.files(token)
    assert uploads.files(kept.token)


def test_files_are_gone_when_discarded_and_all_at_a_new_start(uploads):
    first, second = take(uploads), take(uploads)
    uploads.discard(first.token)
    with pytest.raises(InputError):
        uploads.files(first.token)
    uploads.clear()
    with pytest.raises(InputError):
        uploads.files(second.token)
    assert not uploads.folder.exists()


def test_files_in_use_go_when_their_job_has_ended(uploads):
    token = take(uploads).token
    uploads.give_up(token, in_use=token)
    assert uploads.files(token)
    uploads.let_go(token, done=False)
    with pytest.raises(InputError):
        uploads.files(token)


def test_files_stay_for_another_try_when_their_job_was_refused(uploads):
    token = take(uploads).token
    uploads.let_go(token, done=False)
    assert uploads.files(token)
    uploads.let_go(token, done=True)
    with pytest.raises(InputError):
        uploads.files(token)


def test_files_that_nobody_came_back_for_are_removed(uploads):
    old, used, new = (take(uploads).token for _ in range(3))
    for token in (old, used):
        os.utime(uploads.folder / token, (0, 0))
    uploads.remove_old(kept=used)
    assert uploads.files(used)
    assert uploads.files(new)
    with pytest.raises(InputError):
        uploads.files(old)
