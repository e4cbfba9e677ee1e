"""Only the page itself may ask for changes: another site that is open in the same browser may not."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Request

HEADER, VALUE = "X-Atlas", "1"
"""A header that a page of another site cannot send without asking first, which nothing here answers."""


def is_from_this_page(request: Request) -> bool:
    """Return whether a request that changes something comes from a page that this server gave out.

    Parameters
    ----------
    request : flask.Request
        Its own header must be there, and its origin must be the very host that was asked.
    """
    origin = request.headers.get("Origin", "")
    return (
        request.headers.get(HEADER) == VALUE
        and urlsplit(origin).scheme in ("http", "https")
        and urlsplit(origin).netloc.lower() == request.host.lower()
        and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    )
