"""What went wrong between us and a service, in words: errors of Requests and urllib3, and statuses of HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import requests
from urllib3 import exceptions as broken

if TYPE_CHECKING:
    from geodata.official.service import Limits

TRY_AGAIN = (429, 500, 502, 503, 504)
"""Statuses that may pass: too many questions, or a service that is out of order."""


class AskedToWaitError(Exception):
    """The service asks for a longer pause than we sit through; the argument says how long."""


def _cause(error: BaseException) -> BaseException:
    """Return the innermost error that says why: Requests wraps those of urllib3, which wraps those of the system."""
    inner: Any = error.args[0] if error.args else None
    reason = getattr(inner, "reason", inner)
    return reason if isinstance(reason, broken.HTTPError) else error


def reason(error: Exception, limits: Limits, tries: int = 1) -> tuple[str, str]:
    """Return what went wrong with a question.

    Parameters
    ----------
    error : Exception
        Of Requests, or of urllib3 while an answer is read.
    limits : Limits
        That were kept.
    tries : int
        How often the question was asked.

    Returns
    -------
    tuple of str and str
        What to say after the name of the host, and the remedy, empty for the usual one. Neither has the query in it.
    """
    tried = "" if tries == 1 else f" ({tries} tries)"
    online = "Check that this machine is online and may reach it."
    proxy = ("was not reached: the proxy refused", "Check HTTPS_PROXY.")
    cause = _cause(error)
    answers: dict[type[BaseException], tuple[str, str]] = {  # the first that fits: a kind stands before those above it
        AskedToWaitError: (f"is busy and asks to wait {error}", ""),
        requests.exceptions.ProxyError: proxy,
        broken.ProxyError: proxy,
        requests.exceptions.TooManyRedirects: ("sends us in circles", "Check the address."),
        broken.NameResolutionError: (f"is not a name that this machine can find{tried}", online),
        broken.NewConnectionError: (f"refused the connection{tried}", online),
        broken.ConnectTimeoutError: (f"could not be reached within {limits.connect_s:g} s{tried}", online),
        broken.ReadTimeoutError: (f"did not answer within {limits.read_s:g} s{tried}", ""),
        broken.SSLError: (
            "has a certificate that this machine does not trust",
            "If your council inspects traffic, name its certificate in REQUESTS_CA_BUNDLE.",
        ),
        broken.ProtocolError: (f"broke off before its answer was whole{tried}", ""),
        broken.IncompleteRead: ("broke off before its answer was whole", ""),
        broken.InvalidChunkLength: ("broke off before its answer was whole", ""),
    }
    for kind, answer in answers.items():
        if isinstance(error, kind) or isinstance(cause, kind):
            return answer
    return f"could not be asked ({type(cause).__name__})", "Check the address."


def status_words(status: int, limits: Limits) -> tuple[str, str]:
    """Return the same as `reason` for an answer whose status is not 200."""
    if status in TRY_AGAIN:
        return f"is busy or out of order (status {status}, {limits.tries} tries)", ""
    if status in (requests.codes.not_found, requests.codes.gone):
        return f"has nothing at this address (status {status})", "If it has moved, give the new address with --url."
    return f"refused (status {status})", "Check the address."
