"""The ways of a link worker."""

from types import SimpleNamespace

import numpy as np
import pytest

from layers.link_workers import journeys
from layers.link_workers.journeys import journeys_of, straight_journeys


@pytest.fixture
def work(make_school, make_post):
    """Two schools, a post with a base and one without."""
    return SimpleNamespace(
        schools=(make_school(1, 0), make_school(2, 3, 4)), posts=(make_post(1, 3, 4), make_post(2, None))
    )


def test_straight_ways(work):
    found = straight_journeys(work)
    assert found.base_km[0] == pytest.approx([6.5, 0])
    assert np.isnan(found.base_km[1]).all()
    assert found.words.startswith("estimated")


def test_ways_of_a_snapshot_are_alike_in_both_directions(work, monkeypatch):
    def travel(_, mode, origins, destinations):
        km = np.array([[1.0, 4.0], [2.0, 1.0]])
        km[np.isnan(origins.easting)] = np.inf
        assert mode == "car"
        assert destinations.keys == ("urn:1", "urn:2")
        return SimpleNamespace(km=km, words="measured from a file")

    monkeypatch.setattr(journeys, "travel", travel)
    found = journeys_of(None, work)
    assert found.ways_km.tolist() == [[0, 3], [3, 0]]
    assert found.base_km[0].tolist() == [1, 4]
    assert np.isnan(found.base_km[1]).all()
    assert found.words == "measured from a file"
