"""The wiring of the map page: what a person does, to what they see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output

from callbacks.card import area_card
from callbacks.figures import Answer, CurrentFigures, Figures
from callbacks.ids import Id
from callbacks.state import MapState, read_state
from callbacks.twin import table_twin
from callbacks.view import map_view
from geodata.errors import AtlasError, UsageError

MOST_AHEAD = 30
"""Views that one question may ask for ahead: more than there will be layers."""


def answer(
    current: CurrentFigures, raw: Mapping[str, Any], *makers: Callable[[Figures, MapState], Answer]
) -> tuple[Answer, ...]:
    """Return what each maker says of a state, or the same plain error from each.

    Parameters
    ----------
    current : CurrentFigures
        Gives the figures of the snapshot in force.
    raw : mapping
        The state as the browser sent it, with the number of the question (``asked``), which comes back with the
        answer, and the snapshot of the page: map, table and file are never of different ones.
    *makers : callable
        `map_view`, `area_card` or `table_twin`.
    """
    try:
        figures = current()
        asked_of = raw.get("snapshot", figures.store.snapshot.id)
        if asked_of != figures.store.snapshot.id:
            raise UsageError("The data have changed since this page was opened.")
        state = read_state(figures, raw)
        found = tuple(figures.answer(maker, state) for maker in makers)
    except AtlasError as error:
        found = ({"error": f"{error} Reload the page to see the data as they stand now."},) * len(makers)
    return tuple({**one, "asked": raw["asked"]} for one in found) if "asked" in raw else found


def register(app: Dash, current: CurrentFigures) -> None:
    """Connect the map page.

    A switch of layer, scheme or period brings view and card in one answer; choosing an area moves only the card;
    while the page rests it asks for the other layers of the same areas. The second of two layers side by side is asked
    for in the same way, with stores of its own.

    Parameters
    ----------
    app : dash.Dash
        The application, before it serves.
    current : CurrentFigures
        Gives the figures of the snapshot in force.
    """

    @app.callback(Output(Id.VIEW, "data"), Output(Id.CARD, "data"), Input(Id.STATE, "data"), prevent_initial_call=True)
    def show(state: dict[str, str]) -> tuple[Answer, ...]:
        return answer(current, state, map_view, area_card)

    @app.callback(Output(Id.CARD, "data", allow_duplicate=True), Input(Id.CHOICE, "data"), prevent_initial_call=True)
    def choose(state: dict[str, str]) -> Answer:
        return answer(current, state, area_card)[0]

    @app.callback(
        Output(Id.SECOND_VIEW, "data"),
        Output(Id.SECOND_CARD, "data"),
        Input(Id.SECOND, "data"),
        prevent_initial_call=True,
    )
    def show_second(state: dict[str, str]) -> tuple[Answer, ...]:
        return answer(current, state, map_view, area_card)

    @app.callback(Output(Id.TABLE, "data"), Input(Id.TABLE_OF, "data"), prevent_initial_call=True)
    def tabulate(state: dict[str, str]) -> Answer:
        return answer(current, state, table_twin)[0]

    @app.callback(Output(Id.AHEAD, "data"), Input(Id.AHEAD_OF, "data"), prevent_initial_call=True)
    def look_ahead(states: list[dict[str, str]]) -> list[tuple[Answer, ...]]:
        return [answer(current, state, map_view, area_card) for state in states[:MOST_AHEAD]]

    _register_clientside(app)


def _register_clientside(app: Dash) -> None:
    """Connect what the browser does itself: start, then draw what arrives."""
    drawn = {
        Id.CATALOG: "start",
        Id.VIEW: "drawView",
        Id.CARD: "drawCard",
        Id.SECOND_VIEW: "drawSecondView",
        Id.SECOND_CARD: "drawSecondCard",
        Id.AHEAD: "keepAhead",
        Id.TABLE: "drawTable",
    }
    for store, function in drawn.items():
        app.clientside_callback(ClientsideFunction("atlas", function), Input(store, "data"))  # type: ignore[no-untyped-call]
