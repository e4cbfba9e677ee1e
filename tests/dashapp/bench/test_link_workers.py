from datetime import date

import numpy as np
import pytest

from dashapp.bench.link_workers import compared
from layers.link_workers.core import Rules, School, Work


def test_both_are_judged_by_one_cost():
    places = np.random.default_rng(2).uniform(0, 20_000, (14, 2)).tolist()
    schools = tuple(
        School(at, f"School {at}", "primary", "", "ab"[at % 2], east, north, 0.0, 0.0, 1.0 + at % 3)
        for at, (east, north) in enumerate(places)
    )
    found = compared(Work(date(2026, 1, 1), schools, (), {"a": "Ay", "b": "Bee"}), Rules(3, 5, hard=True), ())
    assert found["schools"] == 14
    assert found["left_over"] == 0
    assert found["cost_km"] > 0
    assert found["kmeans_repair_best_km"] <= found["kmeans_repair_km"]
    assert found["lower_percent"] == pytest.approx(100 * (1 - found["cost_km"] / found["kmeans_repair_km"]))
