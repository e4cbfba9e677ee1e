"""The page around the map: a template of plain HTML, filled for each request."""

from __future__ import annotations

from typing import Any

from dash import Dash
from flask import render_template
from markupsafe import Markup

from callbacks.figures import CurrentFigures
from geodata.periods import words
from geodata.store import Store
from layers.palette import SEQUENTIAL_DARK, SEQUENTIAL_LIGHT

MOVES = (
    ("in", "+", "Zoom in"),
    ("out", "\u2212", "Zoom out"),
    ("home", "\u2302", "Whole county"),
    ("left", "\u2190", "Move west"),
    ("up", "\u2191", "Move north"),
    ("down", "\u2193", "Move south"),
    ("right", "\u2192", "Move east"),
)
"""Buttons that move the map: key, sign and name."""


def _variables(colours: tuple[str, ...]) -> str:
    return ";".join(f"--step-{number}:{colour}" for number, colour in enumerate(colours))


def palette_css() -> str:
    """Return the map's colours as CSS variables, for light and for dark: the sheet and the map read these alone."""
    light, dark = _variables(SEQUENTIAL_LIGHT), _variables(SEQUENTIAL_DARK)
    return (
        f":root{{{light}}}:root[data-theme=dark]{{{dark}}}"
        f"@media(prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}"
    )


def _synthetic_words(store: Store) -> str:
    """Return the words of the banner: empty where every record is of a real person."""
    if store.all_people_synthetic():
        return "Synthetic demonstration data"
    return "Some data are synthetic" if store.is_synthetic() else ""


class AtlasDash(Dash):
    """A Dash app whose pages are templates of its own.

    Dash wraps each of its components in a subscription to the whole layout, so every state change costs more with
    every component. Only the map is one here; what never changes through Dash is plain HTML around it.
    """

    current: CurrentFigures

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]  # Dash passes every part by name
        """Return the page, with whose data it shows, from when, and whether they are synthetic."""
        store = self.current().store
        pieces = {key: Markup(parts[key]) for key in ("metas", "css", "app_entry", "config", "scripts", "renderer")}
        return render_template(
            "map.html",
            **pieces,
            palette=Markup(palette_css()),
            moves=MOVES,
            council=store.profile.name,
            snapshot=store.snapshot.id,
            loaded=words(store.snapshot.created.date()),
            synthetic=_synthetic_words(store),
        )
