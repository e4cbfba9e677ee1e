"""A connection to one official service: time-outs, tries, limits, and what went wrong in words."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import exceptions as broken
from urllib3.response import BaseHTTPResponse
from urllib3.util.retry import Retry

from geodata.official.refusal import FetchError, refusal
from geodata.official.sources import Source
from geodata.official.trouble import TRY_AGAIN, AskedToWaitError, reason, status_words

Progress = Callable[[str, int, int | None], None]
"""Called with what is downloaded, how much of it is there, and how much there will be where that is known."""

AGENT = "locality-atlas (reporting app of an English council)"
LONGEST_WAIT_S = 60
"""A service that asks for a longer pause is left alone: the person comes back later."""

LONGEST_BACKOFF_S = 30
MOST_REDIRECTS = 5
CHUNK_BYTES = 1 << 16
GZIP = b"\x1f\x8b"
ANY_GZIP = 31  # zlib's number for "a gzip header, any window"


@dataclass(frozen=True)
class Limits:
    """How long and how much.

    Attributes
    ----------
    connect_s, read_s : float
        Seconds to wait for a connection, and for the next bytes of an answer.
    tries : int
        Of each question, when the service is busy or cannot be reached; at least 1.
    backoff_s : float
        The second pause between tries; the first is none, each later one is twice the one before.
    size_bytes : int
        Of an answer, unpacked.
    trust_env : bool
        Whether the proxies of the environment are used.
    """

    connect_s: float = 10.0
    read_s: float = 30.0
    tries: int = 5
    backoff_s: float = 1.0
    size_bytes: int = 500_000_000
    trust_env: bool = True


class _PatientRetry(Retry):
    """Retries that honour Retry-After, up to `LONGEST_WAIT_S`."""

    def get_retry_after(self, response: BaseHTTPResponse) -> float | None:
        seconds = super().get_retry_after(response)
        if seconds is not None and seconds > LONGEST_WAIT_S:
            raise AskedToWaitError(f"{seconds:,.0f} s")
        return seconds


@dataclass(frozen=True)
class Service:
    """A connection to the service of one source; made by `connect`."""

    source: Source
    session: requests.Session
    limits: Limits
    tell: Progress
    opened: ExitStack

    def refuse(self, what: str, remedy: str = "") -> FetchError:
        """Return the error of this source; see `geodata.official.refusal.refusal`."""
        return refusal(self.source, what, remedy)

    def stream(
        self, address: str, params: Mapping[str, str] | None = None, *, may_lack: bool = False
    ) -> Iterator[bytes] | None:
        """Ask for an address and return its bytes piece by piece, unpacked where they are gzip.

        Parameters
        ----------
        address : str
            Where.
        params : mapping of str to str, optional
            The query.
        may_lack : bool
            Whether it is no error that the address does not exist (404).

        Returns
        -------
        iterator of bytes or None
            None only when it may lack and does.

        Raises
        ------
        FetchError
            If there is no answer, not the one asked for, or (while it is read) a broken or too large one.
        """
        timeout = (self.limits.connect_s, self.limits.read_s)
        try:
            response = self.session.get(address, params=params, stream=True, timeout=timeout)
        except (AskedToWaitError, requests.RequestException, ValueError) as error:
            raise self.refuse(*reason(error, self.limits, self.limits.tries)) from error
        self.opened.callback(response.close)  # also of an answer that nobody reads to the end
        if may_lack and response.status_code == requests.codes.not_found:
            return None
        if response.status_code != requests.codes.ok:
            raise self.refuse(*status_words(response.status_code, self.limits))
        if urlsplit(address).scheme == "https" and urlsplit(response.url).scheme != "https":
            raise self.refuse("sends us on to an address without encryption", "Check the address in official.toml.")
        return self._limited(self._unpacked(self._raw(response)))

    def _raw(self, response: requests.Response) -> Iterator[bytes]:
        # Not iter_content: it takes a gzip answer that was cut short for a whole one.
        try:
            yield from response.raw.stream(CHUNK_BYTES, decode_content=False)
        except (broken.HTTPError, OSError) as error:
            raise self.refuse(*reason(error, self.limits)) from error

    def _unpacked(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Unpack gzip, known by its first bytes: one of the services sends it whether it says so or not."""
        start = b""
        for piece in pieces:
            start += piece
            if len(start) >= len(GZIP):
                break
        if not start.startswith(GZIP):
            yield start
            yield from pieces
            return
        unpack = zlib.decompressobj(ANY_GZIP)
        try:
            for piece in chain([start], pieces):
                rest = piece
                while rest:
                    if unpack.eof:  # a gzip file may be several, one after the other
                        unpack = zlib.decompressobj(ANY_GZIP)
                    yield unpack.decompress(rest)
                    rest = unpack.unused_data
        except zlib.error as error:
            raise self.refuse("sent a damaged gzip file") from error
        if not unpack.eof:
            raise self.refuse("sent a gzip file that is cut short")

    def _limited(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        taken = 0
        for piece in pieces:
            taken += len(piece)
            if taken > self.limits.size_bytes:
                raise self.refuse(f"sends more than {self.limits.size_bytes / 1e6:,.0f} MB", "Check the address.")
            yield piece


@contextmanager
def connect(source: Source, limits: Limits, tell: Progress) -> Iterator[Service]:
    """Yield a connection to the service of a source; closed at the end."""
    again = _PatientRetry(
        total=limits.tries - 1,
        status_forcelist=TRY_AGAIN,
        backoff_factor=limits.backoff_s / 2,  # urllib3 doubles it before the first pause
        backoff_max=LONGEST_BACKOFF_S,
        raise_on_status=False,
    )
    with requests.Session() as session, ExitStack() as opened:
        session.trust_env = limits.trust_env
        session.max_redirects = MOST_REDIRECTS
        session.headers.update({"User-Agent": AGENT, "Accept-Encoding": "gzip"})
        for scheme in ("https://", "http://"):
            session.mount(scheme, HTTPAdapter(max_retries=again))
        yield Service(source, session, limits, tell, opened)
