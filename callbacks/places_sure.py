"""How sure the page on specialist places is: the back-test, the assumptions, and what the model cannot know."""

from __future__ import annotations

from callbacks.figures import Answer
from callbacks.places_facts import ErrorRow, Model
from layers.format import NO_VALUE, format_value

CANNOT_KNOW = (
    "Whether Parliament changes who may have a plan: the reform switch shows what it would do, it is off.",
    "Children who need a place and have no plan, or one that names no setting yet.",
    "Which setting a tribunal names, and places that other authorities take up or give back.",
    "Children who move into or out of the county in other numbers than before.",
    "Whether a planned scheme opens on its day: the slippage is an assumption.",
    "How well a setting fits a child: a place for a need is not a place for every child with that need.",
)
SIGNS = {"supported": "\u2713", "partly supported": "\u25d0", "contradicted": "\u2260"}


def statements_view(model: Model) -> list[Answer]:
    """Return the council's statements, each with what the figures say to it."""
    return [
        {"point": one.point, "said": one.said, "verdict": one.verdict, "sign": SIGNS.get(one.verdict, "?"),
         "words": one.words, "rows": [{"name": name, "text": text} for name, text in one.rows]}
        for one in model.statements()
    ]  # fmt: skip


def sure_view(model: Model) -> Answer:
    """Return the back-test, the assumptions, and what the model cannot know."""
    rows = [_error(one) for one in model.errors()]
    return {
        "rows": rows,
        "why_none": "" if rows else (
            "Not yet testable: the records speak of too few steps from one January to the next to hold a forecast "
            "against what came."
        ),
        "assumptions": [one._asdict() for one in model.assumptions()],
        "cannot": CANNOT_KNOW,
        "notes": list(model.frame.notes),
    }  # fmt: skip


def _percent(value: float | None, *, signed: bool = False) -> str:
    return NO_VALUE if value is None else format_value(value, 1, signed=signed, suffix="%")


def _error(one: ErrorRow) -> Answer:
    best = one.error is not None and all(other is None or one.error <= other
                                         for other in (one.last_value, one.mean_growth))  # fmt: skip
    return {
        "level": one.level,
        "horizon": f"{one.horizon} year{'s' if one.horizon > 1 else ''}",
        "error": _percent(one.error),
        "bias": _percent(one.bias, signed=True),
        "coverage": _percent(one.coverage),
        "last_value": _percent(one.last_value),
        "mean_growth": _percent(one.mean_growth),
        "n": format_value(one.n),
        "best": best,
    }
