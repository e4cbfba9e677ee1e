"""Published figures: long and wide, with their symbols; files stand side by side by their name."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.errors import InputError
from geodata.importing import ImportRefusedError, import_file
from geodata.snapshot import Workspace


def take(squares, name, *lines, dataset="indicator_values", **said):
    file = squares.write(squares.files / name, *lines)
    return import_file(squares.path, dataset, file, profile=squares.profile, **said)


def staged(squares, dataset="indicator_values"):
    snapshot = Workspace(squares.path).current()
    return [pd.read_parquet(snapshot.data_path(part)) for part in snapshot.parts(dataset)]


def test_a_long_file_keeps_its_symbols(squares):
    rows = [
        "plans,West,2024,5",
        "plans,East,2024,c",
        "plans,North,2024, LOW ",
        "plans,South,2024,",
        "plans,Far,2024,some",
    ]
    report = take(squares, "long.csv", "indicator,area,period,value", *rows)
    assert (report.rows_read, report.accepted, report.quarantined) == (5, 4, 1)
    frame = staged(squares)[0].astype(object)
    found = frame.where(frame.notna(), None)
    assert found["value"].tolist() == [5.0, None, None, None]
    assert found["symbol"].tolist() == [None, "c", "low", None]


def test_a_wide_file_becomes_a_row_for_each_indicator(squares):
    report = take(
        squares,
        "wide.csv",
        "time_period,region_name,la_name,need,plans,share",
        "2024,South East,Bucks,ASD,5,12%",
        "2024,South East,Bucks,SEMH,x,7%",
        '2024,South East,,ASD,"1,200",9%',
        "2024,South East,Bucks,SLCN,many,1%",
    )
    assert (report.rows_read, report.accepted, report.quarantined) == (4, 3, 1)
    frame = staged(squares)[0]
    assert len(frame) == 3 * 2
    found = frame.set_index(["indicator", "area", "breakdown"])["value"]
    assert found["plans", "Bucks", "ASD"] == 5
    assert found["share", "Bucks", "SEMH"] == 7
    assert found["plans", "South East", "ASD"] == 1200
    assert frame.set_index(["indicator", "breakdown"])["symbol"]["plans", "SEMH"] == "x"
    assert pd.read_csv(report.quarantine_file)["row"].tolist() == [5]


def test_a_wide_file_without_figures_is_refused(squares):
    with pytest.raises(InputError, match="no column of figures"):
        take(squares, "words.csv", "time_period,la_name,comment on need", "2024,Bucks,more", "2024,Oxon,less")
    assert not squares.path.exists()


def test_files_stand_side_by_side_and_one_of_the_same_name_takes_the_place(squares):
    heading = "indicator,area,period,value"
    take(squares, "a.csv", heading, "plans,Bucks,2024,5")
    take(squares, "b.csv", heading, "plans,Bucks,2024,6")
    assert [frame["value"].tolist() for frame in staged(squares)] == [[5], [6]]
    report = take(squares, "a.csv", heading, "plans,Bucks,2024,7", "plans,Bucks,2025,8")
    assert sorted(frame["value"].tolist() for frame in staged(squares)) == [[6], [7, 8]]
    assert report.changes == {"new": 1, "gone": 0, "altered": 1, "alike": 0}


def test_a_series_takes_totals_of_authorities_regions_and_the_country(squares):
    rows = [
        "2024,England,South East,Bucks,E06000060,Total,,7000", "2024,England,South East,,,Total,,60000",
        "2024,England,,,,Total,,500000", "2024,England,South East,Bucks,E06000060,Age,5 to 10,x",
    ]  # fmt: skip
    heading = "time_period,country_name,region_name,la_name,new_la_code,breakdown_topic,breakdown,ehcplans"
    report = take(squares, "plans.csv", heading, *rows, dataset="ehcp_series")
    assert (report.accepted, report.quarantined) == (3, 1)
    assert staged(squares, "ehcp_series")[0]["area"].tolist() == ["Bucks", "South East", "England"]


ROWS = st.lists(st.lists(st.sampled_from(["", "1", "2.5", "c", "x", "many", "7%"]), min_size=2, max_size=2), min_size=1)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS)
def test_rows_of_a_wide_file_are_accepted_whole_or_set_aside(squares, rows):
    lines = [f"2024,Area {chr(65 + i % 26)}{i},1,{','.join(cells)}" for i, cells in enumerate(rows)]
    try:
        report = take(squares, "wide.csv", "time_period,la_name,first,second,third", *lines)
    except ImportRefusedError as refused:
        report = refused.report
    assert report.rows_read == len(rows) == report.accepted + report.quarantined
    if report.snapshot_id:
        frame = staged(squares)[-1]
        assert len(frame) % report.accepted == 0
        assert set(frame["indicator"]) <= {"first", "second", "third"}
        assert not (frame["value"].notna() & frame["symbol"].notna()).any()
