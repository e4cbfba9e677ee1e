import gzip
import hashlib
import json
import os
import socket
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from geodata.errors import AtlasError, InputError
from geodata.official.download import FetchError, fetch

TODAY = date(2026, 3, 2)
CSV = b"URN,LA,Name\n110195,825,Hill\n"


def everything(folder):
    """Return every file of a folder with its bytes."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_areas_become_a_file_with_a_note_of_where_it_came_from(serve, make_source, layer, limits, tmp_path):
    server = serve(layer())
    source = make_source(f"{server.url.replace('//', '//user:secret@')}/rest/FeatureServer/0")
    before = datetime.now(UTC).replace(microsecond=0)
    done = fetch(source, tmp_path / "workspace", limits=limits, today=TODAY)
    assert done.path == tmp_path / "workspace" / "downloads" / "areas_2026-03-02.geojson"
    content = done.path.read_bytes()
    assert len(json.loads(content)["features"]) == 5
    note = json.loads(done.note.read_text(encoding="utf-8"))
    fetched_at = datetime.fromisoformat(note.pop("fetched_at"))
    assert (before <= fetched_at, fetched_at.tzinfo) == (True, UTC)
    assert note == {
        "source": "areas", "title": "Small areas", "publisher": "Office", "file": "areas_2026-03-02.geojson",
        "url": f"{server.url}/rest/FeatureServer/0/query", "bytes": len(content), "rows": 5, "edition": None,
        "sha256": hashlib.sha256(content).hexdigest(), "licence": "Open Government Licence v3.0",
        "licence_url": "https://office.example/licence", "attribution": ["Source: Office"], "dataset": "area_scheme",
    }  # fmt: skip
    assert sorted(everything(done.path.parent)) == ["areas_2026-03-02.geojson", "areas_2026-03-02.geojson.json"]


def test_a_table_of_a_layer_becomes_a_csv(serve, make_source, layer, limits, tmp_path):
    done = fetch(make_source(serve(layer()).url, kind="lookup"), tmp_path, limits=limits, today=TODAY)
    assert done.path.name == "areas_2026-03-02.csv"
    assert done.path.read_text(encoding="utf-8").splitlines()[1] == "E001,Bücks 1"


def test_a_daily_file_is_named_after_its_own_day(serve, make_file, limits, tmp_path):
    server = serve(lambda path, _: (200, {}, CSV) if "20260301" in path else (404, {}, b""))
    done = fetch(make_file(f"{server.url}/all{{date}}.csv?key=1"), tmp_path, limits=limits, today=TODAY)
    assert done.path.name == "table_2026-03-01.csv"
    assert json.loads(done.note.read_text(encoding="utf-8"))["edition"] == "2026-03-01"
    assert (done.url, done.rows) == (f"{server.url}/all20260301.csv", 1)


@pytest.mark.parametrize(
    ("headers", "body"),
    [({}, CSV), ({"Content-Encoding": "gzip"}, gzip.compress(CSV)), ({}, gzip.compress(CSV))],
    ids=["plain", "gzip", "gzip unsaid"],
)
def test_a_file_is_saved_unpacked(serve, make_file, limits, *, tmp_path, headers, body):
    done = fetch(make_file(serve(lambda *_: (200, headers, body)).url), tmp_path, limits=limits, today=TODAY)
    assert (done.path.read_bytes(), done.size_bytes) == (CSV, len(CSV))


def test_without_a_day_it_is_today(serve, make_file, limits, tmp_path):
    before = datetime.now(UTC).date()
    done = fetch(make_file(serve(lambda *_: (200, {}, CSV)).url), tmp_path, limits=limits)
    assert done.path.stem in {f"table_{before}", f"table_{datetime.now(UTC).date()}"}


@pytest.mark.skipif(os.name != "posix", reason="Windows has rights from the folder above")
def test_only_the_user_may_read_it(serve, make_file, limits, tmp_path):
    done = fetch(make_file(serve(lambda *_: (200, {}, CSV)).url), tmp_path / "new", limits=limits, today=TODAY)
    modes = [path.stat().st_mode & 0o777 for path in (done.path, done.note, done.path.parent, tmp_path / "new")]
    assert modes == [0o600, 0o600, 0o700, 0o700]


def test_another_download_of_the_day_takes_the_place_of_the_first(serve, make_file, limits, tmp_path):
    bodies = [CSV, CSV + b"2,825,b\n"]
    source = make_file(serve(lambda *_: (200, {}, bodies.pop(0))).url)
    first = fetch(source, tmp_path, limits=limits, today=TODAY)
    second = fetch(source, tmp_path, limits=limits, today=TODAY)
    assert first.path == second.path
    assert json.loads(second.note.read_text(encoding="utf-8"))["rows"] == 2


def test_progress_is_told(serve, make_source, layer, limits, tmp_path):
    told = []
    fetch(make_source(serve(layer()).url), tmp_path, limits=limits, progress=lambda *now: told.append(now))
    assert told == [("areas", 2, 5), ("areas", 4, 5), ("areas", 5, 5)]


HTML = b"<!DOCTYPE html><title>Maintenance</title>"
BAD_FILES = {
    "web page": (200, {}, HTML),
    "empty": (200, {}, b""),
    "other columns": (200, {}, b"a,b,c\n1,2,3\n"),
    "cut short": (200, {}, CSV + b"11019"),
    "broken off": (200, {"Content-Length": 1000}, CSV),
    "gzip cut short": (200, {"Content-Encoding": "gzip"}, gzip.compress(CSV)[:-9]),
    "gone": (404, {}, b"no"),
    "out of order": (503, {}, b"busy"),
    "too busy": (429, {"Retry-After": "86400"}, b""),
}
BAD_LAYERS = {
    "web page": lambda _good: (200, {}, HTML),
    "error in a 200": lambda _good: (200, {}, b'{"error": {"code": 500, "message": "Error performing query"}}'),
    "cut short": lambda good: (200, {}, good[2][:-3]),
    "empty": lambda _good: (200, {}, b""),
    "broken off": lambda good: (200, {"Content-Length": 10_000}, good[2]),
    "out of order": lambda _good: (503, {}, b"busy"),
}


@pytest.fixture
def unharmed(limits, tmp_path):
    """Return a function that downloads, then again from a bad address, and asserts that the first download stays."""

    def check(source, bad_address, **other):
        done = fetch(source, tmp_path, limits=limits, today=TODAY)
        before = everything(done.path.parent)
        assert len(before) == 2
        with pytest.raises(FetchError) as caught:
            fetch(replace(source, address=bad_address), tmp_path, limits=replace(limits, **other), today=TODAY)
        assert everything(done.path.parent) == before
        return str(caught.value)

    return check


@pytest.mark.parametrize("case", BAD_FILES)
def test_after_a_bad_file_the_earlier_one_stays(unharmed, serve, make_file, case):
    good, bad = serve(lambda *_: (200, {}, CSV)), serve(lambda *_: BAD_FILES[case])
    assert unharmed(make_file(good.url), bad.url).startswith("A table: 127.0.0.1 ")


@pytest.mark.parametrize("case", BAD_LAYERS)
@pytest.mark.parametrize("fails_at", [1, 2, 3], ids=["count", "first page", "second page"])
def test_after_a_bad_page_the_earlier_areas_stay(unharmed, serve, make_source, *, layer, case, fails_at):
    good = layer()

    def answer(path, query):
        page = 1 if "returnCountOnly" in query else 2 + int(query["resultOffset"]) // 2
        return BAD_LAYERS[case](good(path, query)) if page == fails_at else good(path, query)

    assert unharmed(make_source(serve(good).url), serve(answer).url).startswith("Small areas: 127.0.0.1 ")


def test_after_pages_that_repeat_areas_the_earlier_areas_stay(unharmed, serve, make_source, layer):
    message = unharmed(make_source(serve(layer()).url), serve(layer(ignores_offset=True)).url)
    assert "repeats E001" in message


def test_after_too_few_areas_the_earlier_areas_stay(unharmed, serve, make_source, layer):
    assert "sent 5 areas but counts 6" in unharmed(make_source(serve(layer()).url), serve(layer(counted=6)).url)


def test_after_no_answer_the_earlier_file_stays(unharmed, serve, make_file, never):
    silent = serve(lambda *_: (200, {}, b"late" if never() else b""))
    message = unharmed(make_file(serve(lambda *_: (200, {}, CSV)).url), silent.url, read_s=0.1, tries=1)
    assert "did not answer within 0.1 s." in message


def test_after_a_refused_connection_the_earlier_file_stays(unharmed, serve, make_file):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{free.getsockname()[1]}"
    assert "refused the connection" in unharmed(make_file(serve(lambda *_: (200, {}, CSV)).url), closed)


def test_after_too_much_the_earlier_file_stays(unharmed, serve, make_file):
    large = serve(lambda *_: (200, {}, CSV * 100_000))
    assert "sends more than 1 MB" in unharmed(
        make_file(serve(lambda *_: (200, {}, CSV)).url), large.url, size_bytes=1_000_000
    )


def test_an_interruption_leaves_nothing_half(serve, make_source, layer, limits, tmp_path):
    def interrupt(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch(make_source(serve(layer()).url), tmp_path, limits=limits, progress=interrupt)
    assert list((tmp_path / "downloads").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told_as_that(serve, make_file, limits, tmp_path):
    (tmp_path / "downloads").write_text("a file", encoding="utf-8")
    with pytest.raises(InputError, match=r"A table: it cannot be written to downloads/ \(.+\)\. Make room"):
        fetch(make_file(serve(lambda *_: (200, {}, CSV)).url), tmp_path, limits=limits, today=TODAY)


def test_what_goes_wrong_is_always_one_of_ours():
    assert issubclass(FetchError, AtlasError)
