import pandas as pd
import pytest

from dashapp.bench.geocoding import _require_agreement, make_rows, measure_geocoding
from geodata.geocode import geocode, load_postcodes

COUNT = 20_000


@pytest.fixture(scope="module")
def rows(profile):
    return make_rows(profile, COUNT)


def test_the_same_seed_gives_the_same_rows(profile, rows):
    pd.testing.assert_frame_equal(make_rows(profile, COUNT), rows)
    assert not make_rows(profile, COUNT, seed=1).equals(rows)


def test_the_rows_are_of_the_kinds_they_say(profile, areas, rows):
    table = load_postcodes(profile.directory / "postcodes.parquet", areas.atoms)
    report = geocode(rows["postcode"], rows["protected"], table).report
    shares = {name: round(count / COUNT, 2) for name, count in report.to_dict().items() if name not in {"ended"}}
    assert shares == {
        "in_county": pytest.approx(0.925, abs=0.011), "outside": 0.04, "blank": 0.02, "malformed": 0.01,
        "not_found": 0, "withheld": pytest.approx(0.005, abs=0.006), "by_point": pytest.approx(0.015, abs=0.03),
    }  # fmt: skip


def test_it_measures_both_ways():
    found = measure_geocoding(count=2000, rounds=1)
    assert found["geocoded_rows"] == 2000
    assert found["times_faster_than_merge"] == found["merge_ms"] / found["geocode_ms"]
    assert all(value > 0 for value in found.values())


def test_a_fast_way_to_a_wrong_answer_is_no_answer():
    with pytest.raises(RuntimeError, match="disagree on 1 rows"):
        _require_agreement(pd.Series(["A", "B", None]), pd.Series(["A", "A", "unknown"]))
