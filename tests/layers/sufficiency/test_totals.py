"""Published totals carried forward: which rows count, and what own growth and that of others make of it."""

import pytest

from geodata.importing import import_file
from geodata.snapshot import Workspace
from geodata.store import Store
from layers.sufficiency.pooled import forecast_series
from layers.sufficiency.totals import january_of, totals_forecast

OTHERS = {"Alphashire": (1000, 1100, 1210, 1331), "Betashire": (2000, 2160, 2333, 2519)}


@pytest.fixture
def series_store(tmp_path):
    def build(own, others=OTHERS, more=()):
        rows = ["Local authority,Year,EHC plans"]
        for name, counts in {"Buckinghamshire": own, **others}.items():
            rows += [f"{name},{year},{count}" for year, count in enumerate(counts, start=2022)]
        (tmp_path / "totals.csv").write_text("\n".join([*rows, *more]) + "\n", encoding="utf-8")
        import_file(tmp_path / "w", "ehcp_series", tmp_path / "totals.csv")
        return Store(Workspace(tmp_path / "w").current())

    return build


def test_the_forecast_is_that_of_the_series_itself(series_store):
    own = (5415, 5890, 6697, 7217)
    found = totals_forecast(series_store(own, more=["England,2025,638745", "South East,2025,100000"]))
    counts = {name: dict(enumerate(row, start=2022)) for name, row in {"Buckinghamshire": own, **OTHERS}.items()}
    expected = forecast_series(counts, 2025, (1, 2, 3))["Buckinghamshire"]
    assert [one.forecast for one in found.projections.values()] == [one.forecast for one in expected]
    assert list(found.projections) == [2026, 2027, 2028]
    assert found.counts == dict(enumerate(map(float, own), start=2022))
    assert "modelled forecast" in found.basis
    assert found.sentence.startswith("From published totals alone, with strength borrowed from")


def test_two_totals_are_too_few(series_store):
    assert totals_forecast(series_store((7000, 7200))) is None


def test_without_totals_there_is_none(demo_store):
    assert totals_forecast(demo_store) is None


@pytest.mark.parametrize(
    ("period", "year"),
    [("202425", 2025), ("2025", 2025), ("2024/25", 2025), ("2025-01-16", 2025), ("2025-07-31", None), ("Total", None)],
)
def test_which_january_a_period_speaks_of(period, year):
    assert january_of(period) == year
