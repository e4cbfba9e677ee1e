"""The figures of a council with every subject, so that every layer has something to show."""

from dataclasses import replace

import pytest

from callbacks.figures import Figures
from callbacks.places_facts import (
    ALL,
    COUNTY,
    Assumption,
    Band,
    CellFacts,
    CellKey,
    ErrorRow,
    Expected,
    Frame,
    SchemeFacts,
    SettingFacts,
    Statement,
)


@pytest.fixture(scope="session")
def subjects_figures(subjects_store):
    return Figures(subjects_store)


class HandMadeModel:
    """A model whose cells are given one by one; any other has neither plans nor places."""

    def __init__(self, frame, cells=(), schemes=(), settings=(), errors=(), statements=()):
        self.frame = frame
        self._cells = {(cell.key, cell.year): cell for cell in cells}
        self._schemes, self._settings, self._errors, self._statements = schemes, settings, errors, statements

    def cell(self, key, year):
        within = [cell.plans for (one, _), cell in self._cells.items() if key == one._replace(need=ALL)]
        nothing = CellFacts(key, year, "no_data", sum(within), Band(0, 0, 0, 0, 0))
        return self._cells.get((key, year), nothing)

    def plans(self, _area, year):
        return Band(100.0 * year, 90.0 * year, 110.0 * year, 80.0 * year, 120.0 * year)

    def schemes(self):
        return self._schemes

    def settings(self, _year):
        return self._settings

    def errors(self):
        return self._errors

    def assumptions(self):
        return (Assumption("Working occupancy", "95%", "assumed"),)

    def statements(self):
        return self._statements


SHORT = CellFacts(
    CellKey("aylesbury", "secondary", "semh", "special"), 2026, "short", 40, Band(52, 45, 60, 40, 66), places=30.0,
    gap=Band(12, 5, 20, 1, 26), spare=0.0, at_school=Band(10, 4, 18, 0, 24), over=2.0, chance=0.93, first_short=2026,
    error="summed error 8.0% at 1 year ahead, cells like this one",
)  # fmt: skip
WHOLE = replace(SHORT, key=CellKey(COUNTY, ALL, ALL, ALL), plans=400, spare=9.0, at_school=None)
ROLLED = replace(
    SHORT, key=CellKey("aylesbury", "primary", "sensory", "base"), status="rolled_up", plans=7,
    rolls_to=CellKey(COUNTY, "primary", "sensory", "base"), note="Rests on 7 plans, fewer than 20: see the county.",
)  # fmt: skip
SPARE = replace(
    SHORT, key=CellKey("aylesbury", "primary", "semh", "special"), status="spare", gap=Band(0, 0, 0, 0, 1), spare=6.0,
    chance=0.02, first_short=None,
)  # fmt: skip


@pytest.fixture(scope="session")
def hand_made():
    """Makes models with cells by hand; ``testable`` and other parts of the frame can be given."""

    def make(*, testable=True, cells=(SHORT, WHOLE, ROLLED, SPARE), **parts):
        frame = Frame(
            years=(2025, 2026, 2027), areas={COUNTY: "Testshire", "aylesbury": "Aylesbury"}, testable=testable,
            history=((2024, 90), (2025, 100)), basis=("synthetic", "places as listed on 16 January 2025"),
            notes=("A note.",), expected=(Expected(2027, 200_000, "more than 200,000", "a paper"),),
        )  # fmt: skip
        if not testable:
            cells = tuple(replace(cell, chance=None, error="") for cell in cells)
        return HandMadeModel(frame, cells, **parts)

    return make


@pytest.fixture(scope="session")
def scheme():
    """A planned scheme of 20 places in Aylesbury, opening in September 2025."""
    return SchemeFacts("A school", "aylesbury", "special", "secondary", "SEMH", 20, "2025-09-01", "2025-09-01",
                       ((2025, 0.0), (2026, 4.75), (2027, 9.5)))  # fmt: skip


@pytest.fixture(scope="session")
def setting():
    """A setting with more pupils than places."""
    return SettingFacts("A school", "aylesbury", "special", 900001, -0.81, 51.81, 28.5, 30, 32, 33)


@pytest.fixture(scope="session")
def error_row():
    """A line of the back-test in which the model is the best."""
    return ErrorRow("County", 1, 2.5, -1.2, 80.0, 6.4, 3.6, 9)


@pytest.fixture(scope="session")
def statement():
    """A statement that the figures support."""
    return Statement("iv", "More places", "supported", "Aylesbury is short by 12.", (("Aylesbury", "12"),))
