"""Any content comes back from its JSON as it went in."""

import json
from datetime import date
from math import inf, nan
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.disclosure.bundle import Bundle, Dataset, in_order, published_of
from geodata.disclosure.bundle_folder import read_bundle, write_bundle
from geodata.disclosure.bundle_json import about_json, areas_json, bundle_of, encoded, table_json
from geodata.disclosure.core import Threshold
from geodata.disclosure.published import (
    ClassShown,
    CountsShown,
    Figure,
    IntervalShown,
    MeanShown,
    RateShown,
    Table,
    Tie,
)

PARTNER = Threshold("partner", smallest=5, fewest_families=1, least_base=1, base_of_rounding=1, width=6)

names = st.text(min_size=1, max_size=8).filter(str.strip)
numbers = st.floats(0, 1e6)
whole = st.integers(0, 9)
hints = st.one_of(
    st.builds(RateShown, numbers, whole, numbers, numbers, st.integers(1, 10)),
    st.builds(IntervalShown, numbers, numbers, whole, numbers, numbers, st.booleans()),
    st.builds(ClassShown, numbers, st.sampled_from((inf, 20.0)), numbers, numbers),
    st.builds(MeanShown, numbers, whole, st.none() | numbers),
    st.builds(CountsShown, st.lists(whole).map(tuple), names),
)
beside = st.lists(hints, max_size=2).map(tuple)
places = st.tuples(names, names)
figures = st.one_of(
    st.builds(Figure, places, st.integers(0, 90).map(lambda tens: 10.0 * tens), st.just(""), beside),
    st.builds(Figure, places, st.none(), st.sampled_from(("c", "z", "x", "low")), beside),
)
tables = st.builds(
    Table,
    names,
    names,
    st.just(("area", "need")),
    st.lists(figures, max_size=4, unique_by=lambda figure: figure.at).map(tuple),
    st.sampled_from((1, 5)),
    whole,
    st.booleans(),
)
ties = st.builds(
    lambda key, says: Tie((key, key[::-1]), (1.0, -0.5), -inf, 0.0, says), st.tuples(names, names, names), names
)


@st.composite
def bundles(draw):
    made = draw(st.lists(tables, min_size=1, max_size=3, unique_by=lambda table: table.name))
    words = st.lists(st.sampled_from(("synthetic", "modelled", "estimated")), max_size=2, unique=True)
    codes = st.dictionaries(names, st.frozensets(names, min_size=1, max_size=3), max_size=3)
    return Bundle(
        "partner", "A council", "A title", "s1", date(2026, 5, 1), date(2026, 11, 1), "A role, 1 May 2026", PARTNER,
        datasets=(Dataset("ehc_plans", "EHC plans", tuple(draw(words)), tuple(table.name for table in made)),),
        tables=tuple(made),
        codes={"area": draw(codes), "need": draw(codes)},
        labels=draw(st.dictionaries(names, names, max_size=3)),
        ties=tuple(draw(st.lists(ties, max_size=2))),
        orders=tuple(draw(st.lists(st.tuples(places, places), max_size=2))),
        notes=tuple(draw(st.lists(names, max_size=2))),
        demonstration=draw(st.booleans()),
    )  # fmt: skip


def there_and_back(bundle):
    own = in_order(bundle)
    files = [about_json(own), areas_json(own), [table_json(table) for table in own.tables], own.boundaries]
    return bundle_of(*(json.loads(json.dumps(one, allow_nan=False)) for one in files))


@given(bundles())
def test_whatever_is_published_comes_back(bundle):
    back = there_and_back(bundle)
    assert back == in_order(bundle)
    assert published_of(back) == published_of(bundle)


@settings(max_examples=25, deadline=None)
@given(bundles())
def test_so_it_does_from_a_folder(bundle):
    with TemporaryDirectory() as place:
        write_bundle(Path(place) / "out", bundle)
        assert published_of(read_bundle(Path(place) / "out")) == published_of(bundle)


def test_the_same_content_is_the_same_bytes(bundle):
    assert encoded({"b": 1, "a": "ä"}) == b'{\n "a": "\xc3\xa4",\n "b": 1\n}\n'
    assert encoded({"b": 1, "a": [2]}, compact=True) == b'{"a":[2],"b":1}\n'
    table = Table("t", "t", ("area",), (Figure(("a",), 12),))
    assert encoded(table_json(table)) == encoded(table_json(Table("t", "t", ("area",), (Figure(("a",), 12.0),))))
    assert json.loads(encoded(about_json(bundle())))["threshold"]["width"] == 6


def test_a_figure_that_is_no_number_is_not_written():
    with pytest.raises(ValueError, match="not a number"):
        table_json(Table("t", "t", ("area",), (Figure(("a",), nan),)))


@pytest.mark.parametrize(
    ("where", "raw"),
    [
        (("threshold", "smallest"), True),
        (("threshold", "width"), "8"),
        (("title",), 3),
        (("made_on",), "1 May"),
        (("demonstration",), 0),
        (("earlier",), "abc"),
    ],
)
def test_what_is_of_another_kind_is_refused(bundle, where, raw):
    about = json.loads(encoded(about_json(in_order(bundle()))))
    inner = about
    for key in where[:-1]:
        inner = inner[key]
    inner[where[-1]] = raw
    with pytest.raises(ValueError, match=r"\S"):
        bundle_of(about, areas_json(bundle()), [], {})


@pytest.mark.parametrize(
    "figure", [{"at": ["a"], "value": True}, {"at": "a", "value": 1}, {"at": ["a"], "beside": [{"kind": "secret"}]}]
)
def test_so_is_a_figure(bundle, figure):
    about = json.loads(encoded(about_json(in_order(bundle()))))
    table = table_json(Table("t", "t", ("area",), ())) | {"figures": [figure]}
    with pytest.raises(ValueError, match=r"no number|no list|none of rate"):
        bundle_of(about, areas_json(bundle()), [table], {})
