"""The page around every page: the document head and the top bar."""

from __future__ import annotations

from typing import Any

from dash import html

from callbacks.figures import Figures
from callbacks.ids import Box
from geodata.periods import words
from layers.palette import SEQUENTIAL_DARK, SEQUENTIAL_LIGHT

_INDEX = """<!DOCTYPE html>
<html lang="en-GB">
<head>
{%metas%}<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>{%title%}</title>{%favicon%}{%css%}
<style>PALETTE</style>
<script>(function(){try{var t=localStorage.getItem("atlas-theme");if(t)document.documentElement.dataset.theme=t}
catch(e){}})()</script>
</head>
<body><a class="skip" href="#area-list">Skip to the list of areas</a>
{%app_entry%}<footer>{%config%}{%scripts%}{%renderer%}</footer>
</body></html>"""


def attributes(**values: str) -> dict[str, Any]:
    """Return attributes with a hyphen in their names: ``attributes(aria_label="Areas")``."""
    return {name.replace("_", "-"): value for name, value in values.items()}


def _variables(colours: tuple[str, ...]) -> str:
    return ";".join(f"--step-{number}:{colour}" for number, colour in enumerate(colours))


def index_string() -> str:
    """Return the document into which Dash puts the page; the colours come from the one palette."""
    light, dark = _variables(SEQUENTIAL_LIGHT), _variables(SEQUENTIAL_DARK)
    palette = (
        f":root{{{light}}}:root[data-theme=dark]{{{dark}}}"
        f"@media(prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}"
    )
    return _INDEX.replace("PALETTE", palette)


def top_bar(figures: Figures) -> html.Header:
    """Return the bar that says whose data these are, for whom, from when, and whether they are synthetic."""
    store = figures.store
    facts = [
        html.Span("Officer view", className="fact"),
        html.Span(f"Data of {words(store.snapshot.created.date())}", className="fact", title=store.snapshot.id),
    ]
    if store.is_synthetic():
        facts.append(html.Span("Synthetic demonstration data", className="badge"))
    return html.Header(
        [
            html.Div([html.Strong("Locality Atlas"), html.Span(store.profile.name, className="council")]),
            html.Div(facts, className="facts"),
            html.Button("Dark", id=Box.THEME, className="quiet", type="button", **attributes(aria_pressed="false")),
        ],
        className="top-bar",
    )
