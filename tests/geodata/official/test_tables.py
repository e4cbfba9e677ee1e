from datetime import date

import pytest

from geodata.official import tables
from geodata.official.refusal import FetchError
from geodata.official.service import connect

TODAY = date(2026, 3, 2)
GOOD = 'URN,LA,Name\r\n110195,825,Café Hill “School”\r\n110196,826,"Two, Lanes"\r\n'


@pytest.fixture
def save(make_file, limits, tmp_path):
    """Return a function that saves the answer of an address."""

    def download(address, **other):
        told = []
        with connect(make_file(address, **other), limits, lambda *progress: told.append(progress)) as service:
            found = tables.save(service, tmp_path / "file.csv", TODAY)
        return found, (tmp_path / "file.csv").read_bytes(), told

    return download


@pytest.fixture
def refused(save, serve):
    """Return a function that gives the message with which a body is refused."""

    def message(body, **other):
        with pytest.raises(FetchError) as caught:
            save(serve(lambda *_: (200, {}, body)).url, **other)
        return str(caught.value).removeprefix("A table: 127.0.0.1 ")

    return message


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_a_file_is_saved_byte_for_byte(save, serve, encoding):
    body = GOOD.encode(encoding)
    server = serve(lambda *_: (200, {}, body))
    found, saved, told = save(f"{server.url}/file.csv")
    assert found == (f"{server.url}/file.csv", 2, None)
    assert saved == body
    assert told[-1] == ("table", len(body), None)


def test_of_a_daily_file_the_newest_that_there_is_is_taken(save, serve):
    server = serve(lambda path, _: (404, {}, b"no") if "20260302" in path else (200, {}, GOOD.encode("cp1252")))
    found, saved, _ = save(f"{server.url}/all{{date}}.csv")
    assert found == (f"{server.url}/all20260301.csv", 2, date(2026, 3, 1))
    assert saved.decode("cp1252") == GOOD
    assert [path for path, _ in server.asked] == ["/all20260302.csv", "/all20260301.csv"]


def test_a_week_is_looked_back_over_the_end_of_a_month_and_no_further(save, serve):
    server = serve(lambda *_: (404, {}, b"no"))
    with pytest.raises(FetchError, match=r"has no file of the last 8 days\. If its files have moved, give"):
        save(f"{server.url}/all{{date}}.csv")
    assert [path for path, _ in server.asked] == [
        f"/all{day}.csv"
        for day in ("20260302", "20260301", "20260228", "20260227", "20260226", "20260225", "20260224", "20260223")
    ]


def test_a_daily_file_that_is_there_but_forbidden_is_not_looked_for_on_other_days(save, serve):
    server = serve(lambda *_: (403, {}, b"no"))
    with pytest.raises(FetchError, match="refused \\(status 403\\)"):
        save(f"{server.url}/all{{date}}.csv")
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "answered with nothing instead of a CSV."),
        (b"<!DOCTYPE html><html>Sign in</html>", "answered with a web page instead of a CSV."),
        (b'{"title": "Not found", "status": 404}', "answered with a message instead of a CSV."),
        (b"PK\x03\x04zip", "answered with a ZIP archive instead of a CSV."),
        (b"URN,Name\r\n1,a\r\n", "answered without the column LA. If the address is that of another file, give"),
        (b"time_period,plans\r\n2025,7\r\n", "answered without the columns URN, LA, Name."),
        (b"URN,LA,Name\r\n", "sent a CSV without rows."),
        (b"URN,LA,Name\r\n\r\n", "sent a CSV without rows."),
        (b"URN,LA,Name\r\n1,825,a\r\n2,82", "sent a CSV that is cut short."),
        (b'URN,LA,Name\r\n1,825,"' + b"a" * 200_000, "sent a CSV that is damaged or cut short."),
        (b"URN,LA,Name\r\n1,826,a\r\n2,8250,b\r\n", "sent a CSV without a row of this council (LA 825)."),
    ],
)
def test_what_is_not_the_file_is_refused(refused, body, says):
    assert refused(body).startswith(says)


def test_a_file_of_which_no_row_is_asked_for_may_have_any(save, serve):
    server = serve(lambda *_: (200, {}, b"URN,LA,Name\n1,826,a\n"))
    assert save(server.url, council=())[0][1] == 1


def test_a_row_in_the_middle_that_is_short_is_left_to_the_import(save, serve):
    server = serve(lambda *_: (200, {}, b"URN,LA,Name\n1\n2,825,b\n"))
    assert save(server.url)[0][1] == 2
