"""Rows go into the engine and come out as they were, without a data frame library."""

from datetime import date

import narwhals as nw
import pytest

from geodata import engine

TYPES = {"name": "VARCHAR", "day": "DATE", "count": "INTEGER"}


@pytest.fixture
def duck():
    connection = engine.connect()
    yield connection
    connection.close()


def test_rows_come_back_as_they_went_in(duck):
    rows = [("a", date(2022, 7, 31), 1), ("b'; --", None, 2), (None, date(2000, 2, 29), 3)]
    frame = engine.from_rows(duck, TYPES, rows, "things")
    assert sorted(engine.collect(frame), key=lambda row: row[2]) == rows


def test_no_rows_make_an_empty_table_with_its_columns(duck):
    frame = engine.from_rows(duck, TYPES, [], "things")
    assert engine.collect(frame) == []
    assert frame.collect_schema().names() == ["name", "day", "count"]


def test_a_table_of_the_same_name_is_replaced(duck):
    engine.from_rows(duck, {"n": "INTEGER"}, [(1,), (2,)], "things")
    assert engine.collect(engine.from_rows(duck, {"text": "VARCHAR"}, [("x",)], "things")) == [("x",)]


def test_frames_are_lazy_narwhals_frames(duck):
    frame = engine.from_rows(duck, {"n": "INTEGER"}, [(1,), (2,), (3,)], "things")
    assert isinstance(frame, nw.LazyFrame)
    assert engine.collect(frame.filter(nw.col("n") > 1).select(nw.col("n").sum())) == [(5,)]


def test_a_parquet_file_is_read_with_its_dates(duck, tmp_path, council):
    path = tmp_path / "part with a 'quote.parquet"
    council.events(council.cases[:2]).to_parquet(path, index=False)
    rows = engine.collect(engine.read_parquet(duck, path).select("child_id", "start_date", "end_date"))
    assert rows == [("a", date(2021, 5, 10), None), ("b", date(2021, 10, 4), date(2021, 11, 1))]


def test_two_engines_share_nothing(duck):
    engine.from_rows(duck, {"n": "INTEGER"}, [(1,)], "things")
    other = engine.connect()
    try:
        assert engine.collect(engine.from_rows(other, {"n": "INTEGER"}, [], "things")) == []
        assert duck.execute("SELECT count(*) FROM things").fetchone() == (1,)
    finally:
        other.close()
