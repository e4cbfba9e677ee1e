"""What is counted when and where, by hand and by law."""

from collections import Counter
from datetime import date, timedelta

import narwhals as nw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata import engine
from geodata.cube import cube

RECORD = {"atom": "VARCHAR", "start_date": "DATE", "end_date": "DATE", "need": "VARCHAR"}
AREA = {"scheme": "VARCHAR", "place": "VARCHAR", "area": "VARCHAR"}
PERIOD = {"period": "VARCHAR", "first": "DATE", "after": "DATE"}
# Two schemes over three atoms; they do not nest.
SCHEMES = {"fine": {"a": "a", "b": "b", "c": "c"}, "coarse": {"a": "north", "b": "north", "c": "south"}}
EXTRA = {"unknown": "unknown", "withheld": "unknown", "outside": "outside"}
LONG = [(scheme, atom, area) for scheme, of in SCHEMES.items() for atom, area in (of | EXTRA).items()]

DAY = date(2022, 7, 31)
NEXT = date(2022, 8, 1)


@pytest.fixture(scope="module")
def duck():
    connection = engine.connect()
    engine.from_rows(connection, AREA, LONG, "areas")
    yield connection
    connection.close()


def count(duck, records, periods, event, by=()):
    """Return (scheme, area, period, *by) -> count."""
    frames = (
        engine.from_rows(duck, RECORD, [(*record, "ASD")[:4] for record in records], "records"),
        engine.from_rows(duck, PERIOD, periods, "periods"),
        nw.from_native(duck.table("areas")),
    )
    rows = engine.collect(cube(*frames, event, by))
    found = {row[:-1]: row[-1] for row in rows}
    assert len(found) == len(rows)  # one row a cell
    return found


def one(duck, dates, event, period):
    """Return how often one record of atom "a" is counted in one period."""
    return count(duck, [("a", *dates)], [("p", *period)], event).get(("fine", "a", "p"), 0)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2022, 7, 30), None, 1),
        (DAY, None, 1),  # began on the day: open at the end of it
        (NEXT, None, 0),
        (date(2022, 7, 1), NEXT, 1),  # ended the day after
        (date(2022, 7, 1), DAY, 0),  # ended on the day: not open at the end of it
        (DAY, NEXT, 1),
        (DAY, DAY, 0),  # began and ended on the day
    ],
)
def test_open_means_open_at_the_end_of_the_day(duck, start, end, expected):
    assert one(duck, (start, end), "open", (DAY, DAY)) == expected


@pytest.mark.parametrize("offset", range(-2, 3))
def test_a_record_of_one_day_is_never_open(duck, offset):
    day = DAY + timedelta(offset)
    assert one(duck, (DAY, DAY), "open", (day, day)) == 0


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2022, 6, 30), 0), (date(2022, 7, 1), 1), (DAY, 1), (NEXT, 0)],
)
def test_a_flow_has_its_first_day_and_not_the_one_after_its_last(duck, day, expected):
    july = (date(2022, 7, 1), NEXT)
    assert one(duck, (day, None), "started", july) == expected
    assert one(duck, (date(2022, 1, 1), day), "ended", july) == expected


def test_an_open_record_has_not_ended(duck):
    assert one(duck, (date(2022, 7, 2), None), "ended", (date(2022, 7, 1), NEXT)) == 0


def test_each_record_is_counted_once_in_every_scheme(duck):
    # a twice, c once: fine 2 + 1, coarse north 2 + south 1.
    start = date(2022, 1, 1)
    found = count(duck, [("a", start, None), ("a", start, None), ("c", start, None)], [("p", DAY, DAY)], "open")
    assert found == {
        ("fine", "a", "p"): 2, ("fine", "c", "p"): 1, ("coarse", "north", "p"): 2, ("coarse", "south", "p"): 1,
    }  # fmt: skip


def test_a_protected_address_is_added_to_the_unknown_ones(duck):
    start = date(2022, 1, 1)
    records = [("unknown", start, None), ("withheld", start, None), ("withheld", start, None), ("outside", start, None)]
    found = count(duck, records, [("p", DAY, DAY)], "open")
    assert found[("fine", "unknown", "p")] == found[("coarse", "unknown", "p")] == 3
    assert found[("fine", "outside", "p")] == found[("coarse", "outside", "p")] == 1


def test_no_record_makes_no_cell(duck):
    assert count(duck, [], [("p", DAY, DAY)], "open") == {}


def test_attributes_split_the_counts(duck):
    start = date(2022, 1, 1)
    records = [("a", start, None, "ASD"), ("b", start, None, "ASD"), ("a", start, None, "SEMH")]
    found = count(duck, records, [("p", DAY, DAY)], "open", by=["need"])
    assert found[("coarse", "north", "p", "ASD")] == 2
    assert found[("coarse", "north", "p", "SEMH")] == 1


DAYS = st.dates(date(2021, 8, 1), date(2022, 8, 31))
RECORDS = st.lists(
    st.tuples(st.sampled_from([*SCHEMES["fine"], *EXTRA]), DAYS, st.none() | st.integers(0, 60)).map(
        lambda r: (r[0], r[1], None if r[2] is None else r[1] + timedelta(r[2]))
    ),
    max_size=12,
)


@settings(max_examples=40)
@given(records=RECORDS, event=st.sampled_from(["open", "started", "ended"]))
def test_in_every_period_the_counts_of_every_scheme_add_up_to_the_same_total(duck, records, event):
    firsts = [date(2021, 9, 1), date(2021, 12, 1), date(2022, 6, 1)]
    periods = [(str(n), first, first + timedelta(45)) for n, first in enumerate(firsts)]
    totals = {scheme: Counter() for scheme in SCHEMES}
    for (scheme, _, period), number in count(duck, records, periods, event).items():
        totals[scheme][period] += number
    # The same, counted without the cube.
    expected = Counter()
    for (_, start, end), (key, first, after) in ((r, p) for r in records for p in periods):
        expected[key] += {
            "open": start <= first and (end is None or end > first),
            "started": first <= start < after,
            "ended": end is not None and first <= end < after,
        }[event]
    assert totals["fine"] == totals["coarse"] == +expected


@settings(max_examples=25)
@given(records=RECORDS, first=DAYS, span=st.integers(0, 200))
def test_stock_plus_started_minus_ended_is_the_later_stock(duck, records, first, span):
    last = first + timedelta(span)
    days = [("t1", first, first), ("t2", last, last)]
    between = [("p", first + timedelta(1), last + timedelta(1))]  # after t1 up to t2
    stocks = count(duck, records, days, "open")
    flows = [count(duck, records, between, event) for event in ("started", "ended")]
    for area in {area for scheme, _, area in LONG if scheme == "coarse"}:
        before, after = (stocks.get(("coarse", area, key), 0) for key in ("t1", "t2"))
        started, ended = (flow.get(("coarse", area, "p"), 0) for flow in flows)
        assert before + started - ended == after
