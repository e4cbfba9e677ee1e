"""Small sums and small releases for the attacker to try."""

from datetime import date

import numpy as np
import pytest

from geodata.disclosure.bundle import Bundle, Dataset
from geodata.disclosure.known import Known
from geodata.disclosure.published import Figure, Published, Table
from geodata.disclosure.thresholds import DEFAULTS

CODES = {
    "area": {
        "county": frozenset(("ayl", "wyc", "csb")),
        "aylesbury": frozenset(("ayl",)),
        "wycombe": frozenset(("wyc",)),
        "chiltern": frozenset(("csb",)),
    },
    "need": {"all": frozenset(("ASD", "SEMH", "SLCN"))},
}
LABELS = {"aylesbury": "Aylesbury", "wycombe": "Wycombe", "chiltern": "Chiltern & South Bucks"}


def _sums(rows, parts, relations=()):
    """Return what is known, from rows of (parts of the cell, least, greatest); None for no upper limit."""
    cells = [np.array(sorted(cell), dtype=np.int64) for cell, _, _ in rows]
    return Known(
        starts=np.concatenate(([0], np.cumsum([len(cell) for cell in cells]))).astype(np.int64),
        members=np.concatenate(cells).astype(np.int64),
        parts=parts,
        low=np.array([low for _, low, _ in rows], dtype=float),
        high=np.array([np.inf if high is None else high for _, _, high in rows], dtype=float),
        relations=tuple(relations),
    )


def _figure(place, shown, beside):
    value, symbol = (None, shown) if isinstance(shown, str) else (shown, "")
    return Figure(tuple(place.split("/")), value, symbol, tuple(beside.get(place, ())))


def _release(cells, name="this release", dimensions=("area", "need"), **more):
    """Return a release of one table, from place -> count or symbol; a place is its codes with slashes between."""
    table = {key: more.pop(key) for key in ("counts", "base_of_rounding", "hidden_to", "zeros_shown") if key in more}
    beside = more.pop("beside", {})
    title = more.pop("title", "plans")
    figures = tuple(_figure(place, shown, beside) for place, shown in cells.items())
    made = Table(title, **{"counts": "plans", **table}, dimensions=dimensions, figures=figures)
    return Published(name, (made,), more.pop("codes", CODES), labels=LABELS, **more)


@pytest.fixture(scope="session")
def sums():
    return _sums


@pytest.fixture(scope="session")
def release():
    return _release


SAFE = {"county/all": 100, "aylesbury/all": "c", "wycombe/all": "c", "chiltern/all": 70}


def _bundle(cells=None, base_of_rounding=1, **more):
    """Return a bundle of one table, safe unless other cells are given."""
    made = _release(SAFE if cells is None else cells, base_of_rounding=base_of_rounding)
    usual = {
        "audience": "partner", "council": "Buckinghamshire Council", "title": "Plans by area", "snapshot": "s1",
        "made_on": date(2026, 5, 1), "expires": date(2026, 11, 1), "sign_off": "Head of Data, 1 May 2026",
        "threshold": DEFAULTS["partner"], "tables": made.tables, "codes": made.codes, "labels": made.labels,
        "datasets": (Dataset("ehc_plans", "EHC plans", ("synthetic",), ("plans",)),),
    }  # fmt: skip
    return Bundle(**{**usual, **more})


@pytest.fixture(scope="session")
def bundle():
    return _bundle
