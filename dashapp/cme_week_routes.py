"""The team's week: a page with a list of single children, and the door before it while any record is real.

The app listens on this machine alone, but on a shared virtual desktop that is every account of the machine. So over
real records the page opens only to the browser that was given the key. The key is made anew at each start and printed
once, on the terminal of the person who started `serve`. Its first use ends it: what counts from then on is a cookie
with another random word, which that browser forgets when it is closed. A second key is never made: who has closed the
browser, or finds that the key was used already, stops `serve` and starts it again. So nobody who reads the key later
(on the screen, in the browser's history) can do anything with it, and it is noticed when somebody else was quicker.
Pasting the address is better than clicking on it: a click may start a program with the address among its arguments,
which other accounts can see for the moment until it is used.

A cookie belongs to a machine and a path, not to a port: the browser would show it to another server of this machine,
if it were sent there under the same path. It ends with the process, so what such a server would learn is of use only
while this one runs.
"""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Mapping

from flask import Flask, Response, make_response, redirect, render_template, request

from callbacks.cme_week import holds_real_children, week_view
from callbacks.data_page import synthetic_words
from callbacks.figures import CurrentFigures
from geodata.errors import AtlasError
from geodata.options import today
from geodata.periods import words

PATH = "/cme/week"
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src data:; connect-src 'none'; "
    "base-uri 'self'; form-action 'none'; frame-ancestors 'none'"
)
"""Nothing but our own scripts, and no request: what is filtered and sorted stays on the page."""


class Door:
    """Lets in the one browser that was given the key.

    Parameters
    ----------
    key : str
        What the address carries; an empty one opens to nobody.
    """

    def __init__(self, key: str) -> None:
        self._key = key
        self._token = secrets.token_urlsafe(32)
        self._lock = threading.Lock()
        # Two servers of one person on two ports have one jar of cookies.
        self.cookie = f"atlas_week_{secrets.token_hex(4)}"

    def use(self, key: str) -> str:
        """Return the cookie's value for the right key, which is then of no more use; empty for any other."""
        with self._lock:
            if not self._key or not _same(key, self._key):
                return ""
            self._key = ""
            return self._token

    def lets_in(self, cookies: Mapping[str, str]) -> bool:
        """Return whether a request comes from the browser that used the key."""
        return _same(cookies.get(self.cookie, ""), self._token)


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())


def register(server: Flask, current: CurrentFigures, key: str) -> None:
    """Add the page to the server; before routes that set headers of every answer, whose word would be the last.

    Parameters
    ----------
    server : flask.Flask
        The server under the Dash app.
    current : CurrentFigures
        Gives the records of the snapshot in force.
    key : str
        Opens the page once while any record of a child is real; see `dashapp.settings.Settings`.
    """
    door = Door(key)

    @server.get(PATH)
    def cme_week() -> Response:
        store = current().store
        if holds_real_children(store.snapshot) and not door.lets_in(request.cookies):
            token = door.use(request.args.get("key", ""))
            return _admit(door.cookie, token) if token else _page("cme_week_closed.html", 403)
        if request.args:
            return _clean()
        about = {
            "council": store.profile.name,
            "snapshot": store.snapshot.id,
            "loaded": words(store.snapshot.created.astimezone().date()),
            "synthetic": synthetic_words(store.snapshot),
            "page": "cme",
        }
        try:
            return _page("cme_week.html", 200, week=week_view(store, today()), **about)
        except AtlasError as error:
            return _page("cme_week.html", 200, week=None, trouble=str(error), **about)

    @server.after_request
    def say_nothing_to_others(response: Response) -> Response:
        if request.endpoint == cme_week.__name__:
            response.headers["Referrer-Policy"] = "no-referrer"
            response.headers["Cache-Control"] = "no-store"
            response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


def _clean() -> Response:
    """Send the browser to the address without anything in it."""
    return make_response(redirect(PATH, 303))


def _admit(cookie: str, token: str) -> Response:
    response = _clean()
    response.set_cookie(cookie, token, path=PATH, httponly=True, samesite="Strict")
    return response


def _page(template: str, status: int, **about: object) -> Response:
    nonce = secrets.token_urlsafe(16)
    page = make_response(render_template(template, nonce=nonce, **about), status)
    page.headers["Content-Security-Policy"] = POLICY.format(nonce=nonce)
    return page
