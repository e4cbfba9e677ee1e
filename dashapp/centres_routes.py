"""The addresses of the page on family centres. What they answer is loaded when it is asked for."""

from __future__ import annotations

from types import ModuleType

from flask import Flask, Response

from callbacks.figures import CurrentFigures

PATH = "/centres"


def _answers() -> ModuleType:
    """Return what answers: it loads NumPy, which a server that shows other pages has no need of."""
    from dashapp import centres_answers  # noqa: PLC0415

    return centres_answers


def register(server: Flask, current: CurrentFigures) -> None:
    """Add the page and its files to the server; nothing is posted to it and nothing is kept.

    Parameters
    ----------
    server : flask.Flask
        The server under the Dash app.
    current : CurrentFigures
        Gives the figures of the snapshot in force.
    """

    @server.get(PATH)
    def family_centres() -> Response:
        answer: Response = _answers().centres(current())
        return answer

    @server.get(f"{PATH}/<any(reach, sites):what>.<kind>")
    def family_centres_file(what: str, kind: str) -> Response:
        answer: Response = _answers().file(current(), what, kind)
        return answer
