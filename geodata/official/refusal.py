"""Why a download was refused, in words that name the service and the remedy."""

from __future__ import annotations

from geodata.errors import AtlasError
from geodata.official.sources import Source


class FetchError(ConnectionError, AtlasError):
    """An official service could not be reached, refused, or answered something else than what was asked for."""


def refusal(source: Source, what: str, remedy: str = "") -> FetchError:
    """Return the error for a source.

    Parameters
    ----------
    source : Source
        Its title and its page for people are named; of its address only the host, never the query.
    what : str
        What went wrong, as the rest of a sentence that begins with the host.
    remedy : str
        A sentence that comes before the one on downloading by hand; by default to try again later.
    """
    remedy = f"{remedy} Or" if remedy else "Try again later, or"
    return FetchError(
        f"{source.title}: {source.host} {what}. {remedy} download it by hand from {source.page} and import the file."
    )
