"""Involvements written by hand, and workspaces that hold them."""

from datetime import date

import pandas as pd
import pyarrow as pa
import pytest

from geodata.periods import Period
from geodata.snapshot import Workspace
from geodata.store import Store
from layers.cme.involvements import Involvement

YEAR = Period("2021/22", "2021/22", date(2021, 9, 1), date(2022, 8, 1))
DATES = ("start_date", "end_date", "born", "last_contact")


def case(child, start, end=None, reason=None, **more):
    """Return an involvement; dates as ISO text."""
    day = date.fromisoformat
    known = {"year_group": None, "sen_status": None, "social_care": None, "born": None, "area": "wycombe"} | more
    return Involvement(child, day(start), end and day(end), reason or ("BUSC" if end else None), **known)


CASES = (
    case("a", "2019-05-10"),  # open for 38 months
    case("b", "2021-08-31", "2021-09-01", "IND"),  # carried in, closed on the first day: 1 day
    case("c", "2021-09-01", "2021-09-15", "IND"),  # 14 days: within 2 weeks
    case("c", "2021-10-01", "2021-10-16", "OLCM"),  # 15 days: within 4, not 2; the child's second
    case("d", "2021-11-02", "2021-11-30", "OLCM"),  # 28 days: within 4
    case("e", "2021-12-01", "2021-12-30", "OLCM"),  # 29 days: not within 4
    case("f", "2022-01-10", "2022-01-10", "IND"),  # the same day
    case("g", "2022-07-31"),  # the last day
    case("h", "2022-07-31", "2022-08-01", "IND"),  # closes after the year: still open at its end
    case("i", "2022-08-01"),  # after the year
    case("j", "2020-01-01", "2021-08-31", "SLA"),  # over before the year
)
# In the year: a b | c c d e f g h = 9 for 8 children; new 7, closed 6; open before it a b = 2, at its end a g h = 3.


@pytest.fixture
def year():
    return YEAR


@pytest.fixture
def cases():
    return CASES


@pytest.fixture(scope="session")
def make_case():
    return case


@pytest.fixture
def store_of(council, tmp_path):
    """Return a store over rows (dictionaries with the staged columns) of involvements."""

    def make(rows, *, people="synthetic", covers=(date(2021, 8, 31), date(2022, 7, 31)), more=()):
        frame = pd.DataFrame(list(rows))
        for column in DATES:
            if column in frame:
                days = [None if pd.isna(one) or one == "" else date.fromisoformat(str(one)) for one in frame[column]]
                frame[column] = pd.array(days, dtype=pd.ArrowDtype(pa.date32()))
        workspace = Workspace(tmp_path / "made")
        council.add_part(workspace, "cme_involvements", frame, basis=people, covers_from=covers[0],
                         covers_to=covers[1], geocoding={"in_county": len(frame)})  # fmt: skip
        council.add_part(workspace, "population", council.population(council.per_age), basis="modelled")
        for dataset, other, facts in more:
            council.add_part(workspace, dataset, other, **facts)
        return Store(workspace.current())

    return make
