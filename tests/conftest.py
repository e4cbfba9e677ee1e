"""A council small enough to check by hand, on the real areas of Buckinghamshire.

The population is the same in every LSOA: ``PER_AGE`` persons of each single year of age, 0 to 90. So the bases are

===============  =====  ========  =========  =========
area             LSOAs  5 to 15   0 to 17    0 to 25
===============  =====  ========  =========  =========
one LSOA             1       110        180        260
Aylesbury          115    12,650     20,700     29,900
Chiltern & S.B.     97    10,670     17,460     25,220
Wycombe            107    11,770     19,260     27,820
county             319    35,090     57,420     82,940
===============  =====  ========  =========  =========

The dated population (2020-06-30) has twice as many, so that a test sees which one was taken.
"""

import os
import shutil
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import settings

from callbacks.figures import Figures
from dashapp.factory import create_app
from dashapp.settings import Settings
from geodata.areas import load_areas
from geodata.demo.build import build_demo
from geodata.drawing import prepare_drawing
from geodata.manifest import new_id
from geodata.profile import load_profile
from geodata.snapshot import Part, Workspace
from geodata.store import Store
from layers.link_workers.evaluation import plan_of
from layers.link_workers.journeys import journeys_of
from layers.link_workers.planning import Shared
from layers.link_workers.post_ground import post_ground
from layers.link_workers.prepared import default_asked, keep_plan, rules_before, work_asked
from layers.link_workers.work import settings_of
from layers.sufficiency.prepared import ensure_forecast

# No timed tests, and the same examples on every machine: half as many as by default, as they are the same every time.
# HYPOTHESIS_PROFILE=search looks for new ones.
settings.register_profile("atlas", deadline=None, derandomize=True, max_examples=50)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "atlas"))

PER_AGE = 10
DATED_PER_AGE = 20
DATED = date(2020, 6, 30)

AYLESBURY_1, AYLESBURY_2 = "E01017627", "E01017631"  # two wards, one community board
WYCOMBE, CHILTERN, SOUTH_BUCKS = "E01017836", "E01017739", "E01017796"

CME_COVERS = (date(2021, 8, 31), date(2022, 7, 31))
# Open on 31 July 2022: a, c (Aylesbury), f, h (Wycombe), i (Chiltern), k, l (unknown), m (outside) = 8.
# Begun from 1 September 2021 to 31 July 2022: all but a and g = 12:
# Aylesbury b c d e = 4, Wycombe f h = 2, Chiltern & South Bucks i j = 2, unknown k l = 2, outside m n = 2.
CASES = (
    ("a", AYLESBURY_1, date(2021, 5, 10), None),
    ("b", AYLESBURY_1, date(2021, 10, 4), date(2021, 11, 1)),
    ("c", AYLESBURY_2, date(2021, 10, 31), None),  # starts on a month end: open at the end of that day
    ("d", AYLESBURY_2, date(2021, 11, 1), date(2021, 11, 30)),  # ends on a month end: not open at the end of it
    ("e", AYLESBURY_2, date(2022, 1, 10), date(2022, 1, 10)),  # one day: counted as new, never open
    ("f", WYCOMBE, date(2021, 9, 1), None),  # first day of the year
    ("g", WYCOMBE, date(2021, 8, 31), date(2021, 9, 1)),  # the day before the year
    ("h", WYCOMBE, date(2022, 3, 15), None),
    ("i", CHILTERN, date(2022, 7, 31), None),  # last day of the year
    ("j", SOUTH_BUCKS, date(2021, 12, 1), date(2022, 7, 31)),
    ("k", "unknown", date(2021, 11, 15), None),
    ("l", "withheld", date(2022, 2, 1), None),
    ("m", "outside", date(2022, 4, 1), None),
    ("n", "outside", date(2022, 4, 20), date(2022, 6, 30)),
)

EHC_COVERS = (date(2021, 1, 21), date(2022, 1, 20))
# 21 January 2021: p q r (Aylesbury), u (Wycombe), x (unknown) = 5. 31 July 2021: p r, u, v, x, y = 6.
# 20 January 2022: p r s t (Aylesbury), u (Wycombe), v (Chiltern), x (unknown), y (outside) = 8.
PLANS = (
    ("p", AYLESBURY_1, date(2019, 9, 1), None),
    ("q", AYLESBURY_1, date(2020, 3, 1), date(2021, 6, 30)),
    ("r", AYLESBURY_2, date(2021, 1, 21), None),
    ("s", AYLESBURY_2, date(2021, 9, 1), None),
    ("t", AYLESBURY_2, date(2021, 10, 1), None),
    ("u", WYCOMBE, date(2018, 1, 1), None),
    ("v", CHILTERN, date(2021, 3, 1), None),
    ("w", SOUTH_BUCKS, date(2020, 1, 1), date(2021, 1, 21)),
    ("x", "unknown", date(2020, 5, 5), None),
    ("y", "outside", date(2021, 2, 2), None),
)

NEEDS = {"p": "ASD", "q": "ASD", "r": "SEMH", "s": "ASD", "u": "SLCN", "v": "ASD", "w": "MLD", "x": "ASD", "y": "SEMH"}
# Child -> primary need of the plan; that of t is blank. Of ASD on 20 January 2022: p s (Aylesbury), v, x = 4 of 8.


def add_part(workspace, dataset, frame, **facts):
    """Take a data frame into a workspace as the newest part of a dataset."""

    earlier = [path.stem for path in (workspace.path / "parts" / dataset).glob("*.parquet")]
    part_id = new_id(dataset, after=max(earlier, default=""))
    path = workspace.part_path(dataset, part_id, ".parquet")
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.to_parquet(path, index=False)
    part = Part(dataset, part_id, f"{dataset}.csv", "0" * 64, len(frame), len(frame), 0, profile_version="1", **facts)
    return workspace.add_part(part)


def events(rows):
    """Return records (child, atom, start, end) as a data frame with real dates."""

    frame = pd.DataFrame(list(rows), columns=["child_id", "atom", "start_date", "end_date"])
    for column in ("start_date", "end_date"):
        frame[column] = frame[column].astype(pd.ArrowDtype(pa.date32()))
    return frame


def population(per_age):
    """Return the same number of persons of every age 0 to 90 in every LSOA."""

    atoms = load_areas(load_profile()).atoms
    frame = pd.DataFrame([(atom, age) for atom in atoms for age in range(91)], columns=["atom", "age"])
    return frame.assign(persons=per_age)


def fill(path, *, people="synthetic", dated=False, cases=CASES, plans=PLANS):
    """Fill a workspace with the small council and return it.

    The population is modelled and undated, or with `dated` real and of 2020-06-30.
    """

    workspace = Workspace(path)
    add_part(workspace, "cme_involvements", events(cases), basis=people,
             covers_from=CME_COVERS[0], covers_to=CME_COVERS[1])  # fmt: skip
    needs = events(plans).assign(primary_need=[NEEDS.get(child) for child, *_ in plans])
    add_part(workspace, "ehc_plans", needs, basis=people, covers_from=EHC_COVERS[0], covers_to=EHC_COVERS[1])
    if dated:
        add_part(workspace, "population", population(DATED_PER_AGE), basis="real", reference_date=DATED)
    else:
        add_part(workspace, "population", population(PER_AGE), basis="modelled")
    return workspace


@pytest.fixture(scope="session")
def council():
    """The constants of the small council and the functions that fill a workspace with it."""
    return SimpleNamespace(
        per_age=PER_AGE, dated_per_age=DATED_PER_AGE, dated=DATED, cases=CASES, plans=PLANS,
        aylesbury=(AYLESBURY_1, AYLESBURY_2), wycombe=WYCOMBE, chiltern=CHILTERN, south_bucks=SOUTH_BUCKS,
        fill=fill, add_part=add_part, events=events, population=population,
    )  # fmt: skip


@pytest.fixture(scope="session")
def profile():

    return load_profile()


@pytest.fixture(scope="session")
def areas(profile):

    return load_areas(profile)


@pytest.fixture(scope="session")
def drawn(profile, tmp_path_factory) -> Path:
    """A folder with the prepared shapes and nothing else: drawing takes seconds, so it happens once."""

    path = tmp_path_factory.mktemp("drawn")
    prepare_drawing(profile, path)
    return path


def _with_shapes(path, drawn, **how):
    fill(path, **how)
    shutil.copytree(drawn / "drawing", path / "drawing")
    return path


@pytest.fixture(scope="session")
def small_path(drawn, tmp_path_factory) -> Path:
    """Synthetic people on a modelled population; never written to by a test."""
    return _with_shapes(tmp_path_factory.mktemp("small"), drawn)


@pytest.fixture(scope="session")
def real_path(drawn, tmp_path_factory) -> Path:
    """Real people on a modelled population; never written to by a test."""
    return _with_shapes(tmp_path_factory.mktemp("real"), drawn, people="real")


@pytest.fixture(scope="session")
def dated_path(drawn, tmp_path_factory) -> Path:
    """Real people on the real population of 2020-06-30; never written to by a test."""
    return _with_shapes(tmp_path_factory.mktemp("dated"), drawn, people="real", dated=True)


@pytest.fixture
def own_path(small_path, tmp_path) -> Path:
    """A copy of the small workspace that the test may write to."""
    return Path(shutil.copytree(small_path, tmp_path / "own"))


def _store(path):

    return Store(Workspace(path).current())


@pytest.fixture(scope="session")
def small_store(small_path):
    return _store(small_path)


@pytest.fixture(scope="session")
def real_store(real_path):
    return _store(real_path)


@pytest.fixture(scope="session")
def dated_store(dated_path):
    return _store(dated_path)


@pytest.fixture(scope="session")
def demo_workspace(drawn, tmp_path_factory) -> Path:
    """The demonstration council, as `locality-atlas demo` makes it; never written to by a test."""

    path = tmp_path_factory.mktemp("demo")
    build_demo(path)
    shutil.copytree(drawn / "drawing", path / "drawing")
    return path


@pytest.fixture(scope="session")
def demo_store(demo_workspace):
    return _store(demo_workspace)


@pytest.fixture(scope="session")
def forecast_path(demo_workspace, tmp_path_factory) -> Path:
    """The demonstration council with its forecast of EHC plans; tests may keep scenarios in it."""
    path = tmp_path_factory.mktemp("forecast") / "workspace"
    shutil.copytree(demo_workspace, path)
    ensure_forecast(_store(path))
    return path


@pytest.fixture(scope="session")
def forecast_store(forecast_path):
    return _store(forecast_path)


@pytest.fixture(scope="session")
def plan_path(demo_workspace, tmp_path_factory) -> Path:
    """The demonstration council with a plan of its link workers, made fast and not the best; tests may save plans."""
    path = tmp_path_factory.mktemp("plan") / "workspace"
    shutil.copytree(demo_workspace, path)
    store = _store(path)
    asked = default_asked(store)
    work, settings = work_asked(store, asked), settings_of(store)
    ground = post_ground(work, rules_before(store, asked), journeys=journeys_of(store, work))
    plan = replace(plan_of(ground, nearest(ground)), status="within_gap", gap=0.004, seconds=1.0, notes=())
    basis = ("illustrative", "synthetic")
    keep_plan(store, asked, Shared(work, ground.rules, (), plan, settings, basis, True, work.notes))
    return path


def nearest(ground):
    """Give each school to the post with the nearest base that has hours and fewer than five schools; school -> post."""
    given, count, load = {}, Counter(), Counter()
    near = sorted((ground.journeys.base_km[at, to], to, at) for at in range(len(ground.posts)) if ground.present[at]
                  for to in range(len(ground.schools)))  # fmt: skip
    for _, to, at in near:
        school, post = ground.schools[to], ground.posts[at]
        room = load[at] + school.load_hours <= post.capacity_hours and count[at] < ground.rules.most
        if school.urn not in given and room and school.urn not in post.barred:
            given[school.urn], count[at], load[at] = post.post, count[at] + 1, load[at] + school.load_hours
    return given


@pytest.fixture(scope="session")
def plan_store(plan_path):
    return _store(plan_path)


@pytest.fixture(scope="session")
def small_figures(small_store):

    return Figures(small_store)


@pytest.fixture(scope="session")
def real_figures(real_store):

    return Figures(real_store)


@pytest.fixture(scope="session")
def app(small_path):
    """The application over the small workspace."""

    return create_app(Settings(small_path))


@pytest.fixture
def client(app):
    """A client of the application, without a network."""
    with app.server.test_client() as found:
        yield found


# Every other subject, each list small enough to count by hand. Of the 319 LSOAs five are used: two in Aylesbury, one
# each in Wycombe, Chiltern and South Bucks.

LISTED = date(2024, 9, 1)

CENTRES = (
    # name, kind, days, opened, closed, atom, has a point
    ("Oak", "centre_plus", "mon;wed;fri", None, None, AYLESBURY_1, True),
    ("Elm", "centre", "mon;tue;wed;thu;fri", date(2019, 4, 1), None, AYLESBURY_2, True),
    ("Ash 2", None, None, None, date(2030, 1, 1), WYCOMBE, True),
    ("Shut today", "centre", "mon", None, LISTED, WYCOMBE, True),
    ("Opens tomorrow", "centre", "mon", date(2024, 9, 2), None, CHILTERN, True),
    ("Nowhere", "centre", "sun", None, None, "unknown", False),
    ("Beyond", "centre", "sat", None, None, "outside", True),
)
# Open on 1 September 2024: Oak and Elm in Aylesbury, Ash 2 in Wycombe, Nowhere, Beyond.

SCHOOLS = (
    # name, type, phase, status, closed, atom
    ("Primary 1", "state_funded", "primary", "open", None, AYLESBURY_1),
    ("Primary 2", "state_funded", "primary", "closing", None, AYLESBURY_2),
    ("Gone", "state_funded", "primary", "closed", None, AYLESBURY_2),
    ("Planned", "state_funded", "primary", "proposed", None, AYLESBURY_2),
    ("Gone too", "state_funded", "primary", None, date(2020, 8, 31), AYLESBURY_2),
    ("Upper", "state_funded", "secondary", None, None, WYCOMBE),
    ("Through", "state_funded", "all_through", "open", None, WYCOMBE),
    ("UTC 14-19", "state_funded", "post_16", "open", None, CHILTERN),
    ("No phase", "state_funded", None, "open", None, CHILTERN),
    ("Special", "special", "secondary", "open", None, AYLESBURY_1),
    ("Unit", "alternative", "none", "open", None, SOUTH_BUCKS),
    ("Nursery", "nursery", "nursery", "open", None, SOUTH_BUCKS),
    ("Private", "independent", "primary", "open", None, AYLESBURY_1),
    ("Private special", "independent_special", "none", "open", None, AYLESBURY_1),
    ("College", "further_education", "post_16", "open", None, AYLESBURY_1),
    ("Of no type", None, "primary", "open", None, AYLESBURY_1),
    ("Across the border", "state_funded", "primary", "open", None, "outside"),
)
# State-funded and in use in the county: Aylesbury Primary 1 and 2, Special; Wycombe Upper, Through; Chiltern and South
# Bucks UTC, No phase, Unit, Nursery; and one outside.

HOUSING = (
    # site, homes, year, status, atom
    ("a", 100, 2026, "permission", AYLESBURY_1),
    ("a", 50, 2027, "permission", AYLESBURY_1),
    ("b", 30, 2023, "under_construction", AYLESBURY_2),  # late, but not built
    ("c", 40, 2025, "completed", WYCOMBE),
    ("d", 20, 2023, None, WYCOMBE),  # before the year of the list, so built
    ("e", 7, 2024, None, WYCOMBE),
    ("f", 200, 2030, "windfall", "unknown"),
)
# To come from 2024: Aylesbury 180, Wycombe 7, without a site 200.

PROVISION = (
    # name, provision, places, capacity, opened, closed, atom
    ("Special", "special", 100, 120, date(2010, 9, 1), None, AYLESBURY_1),
    ("Base", "base", None, 12, date(2020, 9, 1), None, WYCOMBE),
    ("New base", "base", 8, None, date(2021, 9, 1), None, WYCOMBE),
    ("Old base", "base", 5, None, date(2015, 9, 1), date(2021, 7, 31), CHILTERN),
    ("Only pupils", "base", None, None, date(2015, 9, 1), None, CHILTERN),
    ("Private", "independent", 60, 60, date(2015, 9, 1), None, AYLESBURY_1),
    ("Unknown", "special", 9, None, date(2015, 9, 1), None, "unknown"),
)
# 20 January 2022: Aylesbury 100, Wycombe 12 + 8, unknown 9. 21 January 2021: Aylesbury 100, Wycombe 12, Chiltern 5.

SEN = (
    # area, period, breakdown, value, base, symbol
    ("aylesbury", "2023/24", None, 120.0, 1000.0, ""),
    ("wycombe", "202324", "Total", 90.0, 900.0, ""),
    ("chiltern-south-bucks", "2023/24", None, None, None, "c"),
    ("aylesbury", "2023/24", "Girls", 50.0, 500.0, ""),
)


def frame_of(rows, columns, *dates):
    """Return rows as a data frame with real dates."""
    frame = pd.DataFrame(list(rows), columns=columns)
    for column in dates:
        frame[column] = frame[column].astype(pd.ArrowDtype(pa.date32()))
    return frame


def placed(frame, has_point=True):
    """Give sites a point; which does not matter here."""
    points = pd.Series(has_point, index=frame.index)
    where = {"latitude": 51.7, "longitude": -0.8, "easting": 483_000.0, "northing": 200_800.0}
    return frame.assign(**{key: points.map({True: value, False: None}) for key, value in where.items()})


def centres():
    frame = frame_of(CENTRES, ["name", "kind", "days", "opened", "closed", "atom", "point"], "opened", "closed")
    return placed(frame.drop(columns="point"), frame["point"])


def schools():
    frame = frame_of(SCHOOLS, ["name", "type", "phase", "status", "closed", "atom"], "closed")
    return placed(frame.assign(opened=pd.Series(None, index=frame.index, dtype=pd.ArrowDtype(pa.date32()))))


def housing():
    return frame_of(HOUSING, ["site_id", "dwellings", "year", "status", "atom"])


def provision(rows=PROVISION):
    columns = ["setting_name", "provision", "commissioned_places", "capacity", "opened", "closed", "atom"]
    frame = frame_of(rows, columns, "opened", "closed")
    return frame.astype({"commissioned_places": "Int64", "capacity": "Int64"})


def indicators(rows=SEN, name="sen_support"):
    columns = ["area_code", "period", "breakdown", "value", "denominator", "symbol"]
    return frame_of(rows, columns).assign(indicator=name, area=None)


def deciles(rows):
    """Return deprivation rows from (atom, overall decile, income decile)."""
    frame = frame_of(rows, ["atom", "imd_decile", "income_decile"])
    return frame.astype({"imd_decile": "Int64", "income_decile": "Int64"})


def deprivation_rows(areas):
    """Every small area is in tenth 9, but those of Aylesbury in 1 and 3, Wycombe's in 4; Chiltern's has no row."""
    special = {AYLESBURY_1: 1, AYLESBURY_2: 3, WYCOMBE: 4}
    return [(atom, special.get(atom, 9), None) for atom in areas.atoms if atom != CHILTERN]


@pytest.fixture(scope="session")
def subjects():
    """The lists of every subject and the functions that make them."""
    return SimpleNamespace(
        a1=AYLESBURY_1, a2=AYLESBURY_2, wycombe=WYCOMBE, chiltern=CHILTERN, centres=centres, schools=schools,
        housing=housing, provision=provision, indicators=indicators, deciles=deciles,
    )  # fmt: skip


@pytest.fixture(scope="session")
def subjects_path(areas, drawn, tmp_path_factory) -> Path:
    """The small council with every subject loaded; never written to by a test."""
    path = _with_shapes(tmp_path_factory.mktemp("subjects"), drawn)
    workspace = Workspace(path)
    for dataset in ("home_education", "early_help_cases"):
        facts = {"covers_from": CME_COVERS[0], "covers_to": CME_COVERS[1]}
        add_part(workspace, dataset, events(CASES), basis="synthetic", **facts)
    add_part(workspace, "family_centres", centres(), basis="illustrative", reference_date=LISTED)
    add_part(workspace, "schools", schools(), reference_date=LISTED)
    add_part(workspace, "housing", housing(), reference_date=LISTED)
    add_part(workspace, "provision", provision(), basis="illustrative", reference_date=LISTED)
    add_part(workspace, "indicator_values", indicators(), slot="sen.csv")
    add_part(workspace, "deprivation", deciles(deprivation_rows(areas)), slot="2025", about={"edition": "2025"})
    return path


@pytest.fixture(scope="session")
def subjects_store(subjects_path):
    return _store(subjects_path)


@pytest.fixture
def store_of(tmp_path):
    """Make a store of the small council with further parts: (dataset, frame, facts) each."""

    def make(*parts):
        workspace = fill(tmp_path / "own")
        for dataset, frame, facts in parts:
            add_part(workspace, dataset, frame, **facts)
        return Store(workspace.current())

    return make
