"""The figures of a council with every subject, so that every layer has something to show."""

from dataclasses import replace
from datetime import date

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
from callbacks.workers_model import desk_from
from layers.link_workers.core import Post, Rules, School, Work
from layers.link_workers.evaluation import plan_of
from layers.link_workers.post_ground import post_ground


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


@pytest.fixture(scope="session")
def small_desk():
    """Six schools and four posts, one of them absent; see `workers_desk` below for who has what."""
    return workers_desk()


def workers_desk(**changes):
    """Make the desk of the page on link workers, 1 to 2 schools per worker.

    ======  =====  ========  =========  =======  ========
    school  load   families  locality   today    proposed
    ======  =====  ========  =========  =======  ========
    1       4      2         Aylesbury  LW-1     LW-1
    2       4      0         Aylesbury  LW-1     LW-1
    3       3      1         Aylesbury  LW-2     LW-2
    4       5      3         Wycombe    LW-3     LW-4
    5       2      0         Wycombe    nobody   LW-4
    6       2      1         Aylesbury  LW-1     LW-2
    ======  =====  ========  =========  =======  ========

    LW-1 has 9 hours and 10 of load today; LW-2 has 10 and must not take 5; LW-3 is absent; LW-4 has 8. Ways are
    straight lines x 1.3: the bases of LW-1 and LW-2 are at school 1, that of LW-4 is at school 4; the schools of
    Aylesbury lie 2 km apart from west to east, school 5 lies 3 km north of school 4.
    """
    east, north, loads, families = 480_000.0, 212_000.0, (4, 4, 3, 5, 2, 2), (2, 0, 1, 3, 0, 1)
    places = [(east, north), (east + 2000, north), (east + 4000, north), (487_000.0, 193_000.0),
              (487_000.0, 196_000.0), (east + 6000, north)]  # fmt: skip
    schools = tuple(
        School(urn, f"School {urn}", "primary", f"HP{urn} 1AA", "wycombe" if urn in (4, 5) else "aylesbury", *place,
               -0.84 + (place[0] - east) / 69_000, 51.80 + (place[1] - north) / 111_000, float(load), count)
        for urn, place, load, count in zip(range(1, 7), places, loads, families, strict=True)
    )  # fmt: skip
    posts = tuple(
        Post(post, team, area, 2 * hours, hours, False, base, *place, held=frozenset(held), **more)
        for post, team, area, hours, base, place, held, more in (
            ("LW-1", "North", "aylesbury", 9.0, "Oak", places[0], (1, 2, 6), {"languages": ("en", "ur")}),
            ("LW-2", "North", "aylesbury", 10.0, "Oak", places[0], (3,), {"barred": frozenset({5})}),
            ("LW-3", "South", "wycombe", 10.0, "Elm", (None, None), (4,), {"absent": True}),
            ("LW-4", "South", "wycombe", 8.0, "Elm", places[3], (), {}),
        )
    )
    names = {"aylesbury": "Aylesbury", "chiltern-south-bucks": "Chiltern & South Bucks", "wycombe": "Wycombe"}
    work = Work(date(2025, 1, 16), schools, posts, names, ("Synthetic: link workers.",))
    ground = post_ground(work, Rules(1, 2))
    plan = plan_of(ground, {1: "LW-1", 2: "LW-1", 3: "LW-2", 4: "LW-4", 5: "LW-4", 6: "LW-2"})
    proposed = replace(plan, status="within_gap", gap=0.002, seconds=1.5, notes=())
    return replace(desk_from(ground, proposed), **changes)
