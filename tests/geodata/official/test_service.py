import gzip
import socket
import time
from dataclasses import replace
from itertools import accumulate, pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.official.refusal import FetchError
from geodata.official.service import AGENT, LONGEST_WAIT_S, Limits, connect
from geodata.official.sources import Source

TEXT = b"URN,LA,Name\n1,825,Abc\n" * 5000


@pytest.fixture
def ask(make_file, limits):
    """Return a function that reads the whole answer of an address."""

    def read(address, params=None, **other):
        with connect(make_file(address), replace(limits, **other), lambda *_: None) as service:
            return b"".join(service.stream(address, params))

    return read


def refused(ask, address, **other):
    with pytest.raises(FetchError) as caught:
        ask(address, **other)
    message = str(caught.value)
    assert message.startswith("A table: 127.0.0.1 ")
    assert "download it by hand from https://office.example/areas and import the file." in message
    return message.removeprefix("A table: 127.0.0.1 ")


def in_turn(*answers):
    """An answer after the other; the last one again and again."""
    left = list(answers)
    return lambda _path, _query: left.pop(0) if len(left) > 1 else left[0]


@pytest.fixture
def pauses(monkeypatch):
    """The seconds that were waited between tries, without waiting."""
    waited = []
    monkeypatch.setattr("urllib3.util.retry.time", SimpleNamespace(sleep=waited.append, time=time.time))
    return waited


def test_an_answer_is_read_whole_and_the_query_is_sent(ask, serve):
    server = serve(lambda *_: (200, {}, TEXT))
    assert ask(f"{server.url}/x", {"where": "NAME LIKE 'Bucks %'"}) == TEXT
    assert server.asked == [("/x", {"where": "NAME LIKE 'Bucks %'"})]


def test_it_says_who_asks():
    assert AGENT.startswith("locality-atlas")


@pytest.mark.parametrize("headers", [{"Content-Encoding": "gzip"}, {}])
def test_gzip_is_unpacked_whether_the_service_says_so_or_not(ask, serve, headers):
    packed = gzip.compress(TEXT)
    assert ask(serve(lambda *_: (200, headers, packed)).url) == TEXT


@pytest.mark.parametrize("headers", [{"Content-Encoding": "gzip"}, {}])
def test_gzip_that_is_cut_short_or_damaged_is_refused(ask, serve, headers):
    packed = gzip.compress(TEXT)
    cut = serve(lambda *_: (200, headers, packed[:-12]))
    assert refused(ask, cut.url).startswith("sent a gzip file that is cut short.")
    damaged = serve(lambda *_: (200, headers, packed[:-8] + b"\0" * 8))
    assert refused(ask, damaged.url).startswith("sent a damaged gzip file.")


def test_a_service_that_is_out_of_order_twice_is_asked_a_third_time(ask, serve):
    server = serve(in_turn((503, {}, b"busy"), (503, {}, b"busy"), (200, {}, TEXT)))
    assert ask(server.url) == TEXT
    assert len(server.asked) == 3


def test_the_pause_that_it_asks_for_is_made(ask, serve, pauses):
    server = serve(in_turn((429, {"Retry-After": "7"}, b""), (200, {}, TEXT)))
    assert ask(server.url) == TEXT
    assert pauses == [7]


def test_pauses_grow_and_stay_below_half_a_minute(ask, serve, pauses):
    server = serve(in_turn((500, {}, b"")))
    refused(ask, server.url, tries=9, backoff_s=1.0)
    assert pauses == [1, 2, 4, 8, 16, 30, 30]  # the first comes at once


def test_a_longer_pause_than_a_minute_is_left_to_the_person(ask, serve, pauses):
    server = serve(in_turn((429, {"Retry-After": "3600"}, b""), (200, {}, TEXT)))
    assert refused(ask, server.url).startswith("is busy and asks to wait 3,600 s. Try again later, or download")
    assert (pauses, len(server.asked), LONGEST_WAIT_S) == ([], 1, 60)


@pytest.mark.parametrize(
    ("status", "asked", "says"),
    [
        (404, 1, "has nothing at this address (status 404). If it has moved, give the new address with --url. Or"),
        (403, 1, "refused (status 403). Check the address. Or"),
        (204, 1, "refused (status 204). Check the address. Or"),
        (503, 3, "is busy or out of order (status 503, 3 tries). Try again later, or"),
        (429, 3, "is busy or out of order (status 429, 3 tries). Try again later, or"),
    ],
)
def test_a_status_other_than_200_is_refused_in_words(ask, serve, status, asked, says):
    server = serve(lambda *_: (status, {}, b""))
    assert refused(ask, server.url).startswith(says)
    assert len(server.asked) == asked


def test_what_may_lack_is_none_when_it_lacks(serve, make_file, limits):
    server = serve(in_turn((404, {}, b"no"), (403, {}, b"no")))
    with connect(make_file(server.url), limits, lambda *_: None) as service:
        assert service.stream(server.url, may_lack=True) is None
        with pytest.raises(FetchError):
            service.stream(server.url, may_lack=True)


def test_a_service_that_does_not_answer_is_given_up(ask, serve, never):
    server = serve(lambda *_: (200, {}, b"late" if never() else b""))
    assert refused(ask, server.url, read_s=0.1).startswith("did not answer within 0.1 s (3 tries). Try again later, or")
    assert len(server.asked) == 3


def test_an_answer_that_stops_half_way_is_given_up(ask, serve, never):
    def half():
        yield TEXT
        never()

    stuck = serve(lambda *_: (200, {"Content-Length": len(TEXT) + 1}, half()))
    assert refused(ask, stuck.url, read_s=0.1).startswith("did not answer within 0.1 s. Try again later, or")


def test_an_answer_that_breaks_off_is_refused(ask, serve):
    server = serve(lambda *_: (200, {"Content-Length": len(TEXT) + 1}, TEXT))
    assert refused(ask, server.url).startswith("broke off before its answer was whole.")


def test_a_connection_refused_is_told_as_that(ask):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/x?token=abc"
    message = refused(ask, address)
    assert message.startswith(
        "refused the connection (3 tries). Check that this machine is online and may reach it. Or"
    )
    assert "token" not in message


def test_a_proxy_that_refuses_is_named_as_the_cause(ask, monkeypatch):
    for name in ("NO_PROXY", "no_proxy", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    with pytest.raises(FetchError, match=r"was not reached: the proxy refused. Check HTTPS_PROXY"):
        ask("http://service.example/x", trust_env=True)


@pytest.fixture
def stubbed(make_file, limits):
    """Return a function that asks a service whose session does as told."""

    def ask_stub(get):
        with connect(make_file("https://service.example/x"), limits, lambda *_: None) as service:
            stub = replace(service, session=SimpleNamespace(get=get))
            with pytest.raises(FetchError) as caught:
                stub.stream("https://service.example/x")
        return str(caught.value).removeprefix("A table: service.example ")

    return ask_stub


def test_a_redirect_to_an_address_without_encryption_is_refused(stubbed):
    answer = SimpleNamespace(status_code=200, url="http://service.example/x", close=lambda: None)
    assert stubbed(lambda *_, **__: answer).startswith("sends us on to an address without encryption.")


def test_circles_of_redirects_are_left(ask, serve):
    server = serve(lambda *_: (302, {"Location": "/again"}, b""))
    assert refused(ask, server.url).startswith("sends us in circles. Check the address.")


def test_a_redirect_is_followed(ask, serve):
    server = serve(lambda path, _: (200, {}, TEXT) if path == "/new" else (302, {"Location": "/new"}, b""))
    assert ask(server.url) == TEXT


@pytest.mark.parametrize("packed", [False, True])
def test_more_than_the_limit_is_refused_also_when_it_comes_packed(ask, serve, packed):
    body = gzip.compress(TEXT) if packed else TEXT
    server = serve(lambda *_: (200, {}, body))
    assert refused(ask, server.url, size_bytes=len(TEXT) - 1).startswith("sends more than 0 MB. Check the address.")
    assert ask(server.url, size_bytes=len(TEXT)) == TEXT


def test_the_limits_are_those_of_the_manual():
    assert Limits() == Limits(connect_s=10, read_s=30, tries=5, backoff_s=1, size_bytes=500_000_000, trust_env=True)


@pytest.fixture(scope="module")
def unpacked():
    """Return a function that puts the pieces of an answer together."""
    source = Source("k", "T", "csv", "http://127.0.0.1:1/x", "d", "P", "https://p", "L", "U", (), ("A",))
    with connect(source, Limits(trust_env=False), lambda *_: None) as service:
        yield lambda pieces: b"".join(service._unpacked(iter(pieces)))


@given(texts=st.lists(st.binary(max_size=100), min_size=1), sizes=st.lists(st.integers(1, 30)), packed=st.booleans())
def test_however_an_answer_is_packed_and_cut_into_pieces_it_is_the_same(unpacked, texts, sizes, packed):
    texts = [b"URN", *texts]
    text = b"".join(texts)
    whole = b"".join(map(gzip.compress, texts)) if packed else text
    cuts = [0, *accumulate(sizes), len(whole)]
    assert unpacked([whole[begin:end] for begin, end in pairwise(sorted(cuts))]) == text
