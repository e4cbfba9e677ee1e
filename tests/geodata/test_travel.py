"""Travel as everyone asks for it: estimated, measured, or some of each, and always said which."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.errors import UsageError
from geodata.travel import MODES, Points, atom_points, site_points, travel
from geodata.travel_matrix import matrix_report
from layers.sufficiency.distances import homes

COLUMNS = ["from", "to", "mode", "minutes", "km"]


def points(*places):
    keys, east, north = zip(*places, strict=True)
    return Points(keys, np.array(east, dtype=float), np.array(north, dtype=float))


A, B, C = ("a", 480_000, 213_000), ("b", 486_000, 193_000), ("c", np.nan, 193_000)


@pytest.fixture
def with_matrix(store_of):
    def make(*rows, columns=COLUMNS, **facts):
        return store_of(("travel_times", pd.DataFrame(list(rows), columns=columns), facts))

    return make


def test_atoms_stand_where_the_homes_of_the_places_stand(small_store):
    found, known = atom_points(small_store), homes(small_store)
    assert found.keys == small_store.areas.atoms
    assert np.isfinite(found.easting).all()
    assert sorted(zip(found.easting, found.northing, strict=True)) == sorted(map(tuple, known.points.tolist()))


def test_a_site_without_a_point_stands_nowhere():
    rows = [{"urn": 1, "easting": 5.0, "northing": 6.0}, {"urn": 2, "easting": None, "northing": None}, {"urn": None}]
    found = site_points("schools", rows)
    assert found.keys == ("urn:1", "urn:2", "")
    assert np.array_equal(found.easting, [5, np.nan, np.nan], equal_nan=True)
    assert np.array_equal(found.northing, [6, np.nan, np.nan], equal_nan=True)
    assert site_points("schools", []).easting.shape == (0,)


def test_an_unknown_way_of_travel_lists_the_valid_ones(small_store):
    with pytest.raises(UsageError, match=r"No way of travel 'tram'. Valid: walk, bus, car"):
        travel(small_store, "tram", points(A), points(B))


@pytest.mark.parametrize("mode", MODES)
def test_every_small_area_to_every_other(small_store, mode):
    found = travel(small_store, mode, atom_points(small_store), atom_points(small_store))
    assert found.minutes.shape == found.km.shape == found.measured.shape == (319, 319)
    assert np.array_equal(found.minutes, found.minutes.T)
    assert (found.minutes.diagonal() == 0).all()
    assert (found.minutes >= 0).all()
    assert not found.measured.any()
    assert found.mode == mode
    assert found.words.startswith("estimated: straight line x detour")


def test_an_unknown_place_is_infinitely_far(small_store):
    found = travel(small_store, "car", points(A, C), points(B))
    assert np.isfinite(found.minutes[0, 0])
    assert (found.minutes[1, 0], found.km[1, 0]) == (np.inf, np.inf)


def test_all_measured(with_matrix):
    store = with_matrix(("a", "b", "car", 41.0, 28.0))
    found = travel(store, "car", points(A), points(B))
    assert (found.minutes.tolist(), found.km.tolist(), found.measured.tolist()) == ([[41]], [[28]], [[True]])
    assert found.words == "measured from travel_times.csv"
    assert travel(store, "walk", points(A), points(B)).words == "estimated: straight line x detour"


def test_some_measured_the_others_as_before(with_matrix, small_store):
    store = with_matrix(("a", "b", "bus", 41.0, None), ("b", "c", "bus", 7.0, 2.0), ("x", "y", "bus", 1.0, 1.0))
    ends = points(A, B, C)
    found, before = travel(store, "bus", ends, ends), travel(small_store, "bus", ends, ends)
    assert found.minutes[0, 1] == found.minutes[1, 0] == 41
    # A place without coordinates has the minutes that were measured, and the way back of them.
    assert found.minutes[1, 2] == found.minutes[2, 1] == 7
    assert np.array_equal(found.measured, [[False, True, False], [True, False, True], [False, True, False]])
    assert np.array_equal(found.minutes[~found.measured], before.minutes[~found.measured])
    assert found.km[0, 1] == before.km[0, 1]
    assert found.words == (
        "partly estimated (2 of 6 pairs): straight line x detour, on foot where that is no slower; the others measured "
        "from travel_times.csv; 2 of them taken from the way back; kilometres of 2 of them estimated"
    )


def test_nobody_goes_nowhere(with_matrix):
    nowhere = Points((), np.array([]), np.array([]))
    found = travel(with_matrix(("a", "b", "car", 41.0, 28.0)), "car", nowhere, points(A, B))
    assert found.minutes.shape == found.km.shape == found.measured.shape == (0, 2)
    assert found.words == "estimated: straight line x detour"


def test_synthetic_times_say_so(with_matrix):
    found = travel(with_matrix(("a", "b", "car", 41.0, 28.0), basis="synthetic"), "car", points(A), points(B))
    assert found.words == "measured from travel_times.csv (synthetic)"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10)
@given(st.sets(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1), st.sampled_from(list(MODES)))
def test_the_matrix_replaces_pair_by_pair_and_nothing_else(tmp_path_factory, council, pairs, mode):
    from geodata.store import Store  # noqa: PLC0415

    rows = [(f"k{a}", f"k{b}", mode, 1000.0 + 10 * a + b, 1.0) for a, b in sorted(pairs)]
    workspace = council.fill(tmp_path_factory.mktemp("pairs"))
    council.add_part(workspace, "travel_times", pd.DataFrame(rows, columns=COLUMNS))
    store = Store(workspace.current())
    ends = points(*[(f"k{number}", 480_000 + 3000 * number, 200_000) for number in range(4)])
    found = travel(store, mode, ends, ends)
    plain = travel(store, mode, replace(ends, keys=("",) * 4), ends)
    assert not plain.measured.any()
    for a in range(4):
        for b in range(4):
            known = (a, b) if (a, b) in pairs else (b, a) if (b, a) in pairs else None
            assert found.measured[a, b] == (known is not None)
            assert found.minutes[a, b] == (1000 + 10 * known[0] + known[1] if known else plain.minutes[a, b])
    assert (found.minutes >= 0).all()


def test_areas_that_were_imported_have_their_own_homes(filled):
    from geodata.snapshot import Workspace  # noqa: PLC0415
    from geodata.store import Store  # noqa: PLC0415

    before = atom_points(Store(Workspace(filled.path).current(), filled.profile))
    assert before.keys == tuple(filled.atoms)
    # Four postcodes 500 m apart from 250 m on: the middle of each square of 2 km.
    assert before.easting.tolist() == [481_000, 483_000, 485_000, 487_000]
    times = filled.write(filled.files / "times.csv", "from,to,mode,minutes", "E01000001,E01000004,car,99")
    filled.take("travel_times", times)
    outlines = filled.outlines(filled.files / "lsoa21.geojson", filled.lsoa_2021, field="lsoa21_code")
    filled.take("area_scheme", outlines, scheme="lsoa", vintage=2021)
    store = Store(Workspace(filled.path).current())
    after = atom_points(store)
    # The matrix stays; the small area that was cut in two is one that nobody knows any more.
    assert matrix_report(store).named == ("E01000004",)
    assert after.keys == tuple(filled.lsoa_2021)
    assert after.easting.tolist() == [481_000, 483_000, 485_000, 486_500, 487_500]
