"""Real open files: each imports with one command, into one workspace, and every total holds."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from geodata.geography import current_profile
from geodata.importing import import_file
from geodata.snapshot import Workspace
from geodata.store import Store

REAL = Path(__file__).parents[3] / "shared" / "data"

FILES = {
    "population/mid2020_lsoa11_single_year_of_age.csv": ("population", 319, 0),
    "schools/open_schools_2024_06.csv": ("schools", 274, 0),
    "deprivation/imd2019_lsoa11.csv": ("deprivation", 319, 0),
    "boundaries/lsoa11.geojson": ("area_scheme", 319, 0),
    "boundaries/lookup_lsoa21_ward24.csv": ("area_scheme", 334, 0),  # waits for the small areas of 2021
    "boundaries/lookup_lsoa11_lsoa21.csv": ("area_scheme", 334, 0),
    "boundaries/lsoa21.geojson": ("area_scheme", 334, 0),
    "boundaries/lookup_lsoa21_district19.csv": ("area_scheme", 334, 0),
    "boundaries/msoa21.geojson": ("area_scheme", 67, 0),
    "boundaries/districts_from_lsoa21.geojson": ("area_scheme", 4, 0),
    "boundaries/wards22.geojson": ("area_scheme", 49, 0),
    "population/census2021_msoa21_single_year_of_age.csv": ("population", 67, 0),
    "deprivation/imd2025_lsoa21.csv": ("deprivation", 334, 0),
    "population/la_0_17_2012_2024.csv": ("indicator_values", 13, 0),
    "send/ehc_plans_by_authority_50.csv": ("ehcp_series", 350, 0),
    "send/sen2_2022_age_caseload.csv": ("indicator_values", 73, 0),
    "send/sen2_2025_caseload.csv": ("indicator_values", 489, 0),
    "send/sen2_2025_ceased_plans.csv": ("indicator_values", 507, 0),
    "send/sen2_2025_newplans.csv": ("indicator_values", 381, 0),
    "send/sen2_2025_requests.csv": ("indicator_values", 264, 0),
    "send/sen2_2025_sen_needs_all_plans.csv": ("indicator_values", 290, 0),
    "send/sen2_2025_timeliness_20_week.csv": ("indicator_values", 263, 0),
    "capacity/school_places_scorecard_2025.csv": ("indicator_values", 462, 0),
    "capacity/school_places_scorecard_metadata.csv": ("indicator_names", 223, 0),
}
"""File -> dataset, rows accepted and set aside; in the order in which they are imported."""

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not here")


@pytest.fixture(scope="module")
def taken(tmp_path_factory):
    """The workspace with every file, and the report of each."""
    path = tmp_path_factory.mktemp("real") / "workspace"
    return path, {name: import_file(path, dataset, REAL / name) for name, (dataset, _, _) in FILES.items()}


def test_every_file_that_is_here_is_tried():
    found = {f"{path.parent.name}/{path.name}" for path in REAL.glob("*/*") if path.suffix in (".csv", ".geojson")}
    assert found == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_a_file_imports_with_one_command(taken, name):
    _, accepted, quarantined = FILES[name]
    report = taken[1][name]
    assert (report.rows_read, report.accepted, report.quarantined) == (accepted + quarantined, accepted, quarantined)
    assert report.snapshot_id


def test_all_stand_side_by_side(taken):
    current = Workspace(taken[0]).current()
    assert {key: len(parts) for key, parts in current.all_parts.items()} == {
        "population": 2, "schools": 1, "deprivation": 2, "area_scheme": 5, "indicator_values": 9, "ehcp_series": 1,
        "indicator_names": 1,
    }  # fmt: skip
    assert [part.about["edition"] for part in current.parts("deprivation")] == ["2019", "2025"]
    assert [part.reference_date for part in current.parts("population")] == [date(2020, 6, 30), date(2021, 3, 21)]


def test_the_areas_are_those_of_the_files(taken):
    profile = current_profile(Workspace(taken[0]))
    assert (profile.atom_vintage, profile.exact_schemes) == (2021, ("ward",))


@pytest.mark.parametrize(
    ("name", "column", "day"),
    [
        ("mid2020_lsoa11_single_year_of_age.csv", "total_population", date(2020, 6, 30)),
        ("census2021_msoa21_single_year_of_age.csv", "Total", date(2021, 3, 21)),
    ],
)
def test_residents_add_up_to_the_file_in_every_scheme(taken, name, column, day):
    store = Store(Workspace(taken[0]).current())
    total = pd.read_csv(REAL / "population" / name)[column].sum()
    found = store.residents((0, 90), day)
    assert found.reference == day
    for scheme, persons in found.persons.items():
        assert sum(persons.values()) == pytest.approx(total), scheme


def test_what_was_shared_out_says_so(taken):
    store = Store(Workspace(taken[0]).current())
    by = {day: store.residents((0, 90), day).basis_in for day in (date(2020, 6, 30), date(2021, 3, 21))}
    words = {day: {scheme: basis(scheme) for scheme in store.areas.names} for day, basis in by.items()}
    assert words[date(2020, 6, 30)] == {
        "locality": "real", "community_board": "real", "ward": "estimated", "msoa": "real", "lsoa": "estimated",
        "district": "real", "county": "real",
    }  # fmt: skip
    below = words[date(2021, 3, 21)]
    assert {scheme for scheme, word in below.items() if word == "real"} >= {"msoa", "locality", "district", "county"}
    assert (below["lsoa"], below["ward"]) == ("modelled", "modelled")


def test_every_school_lies_in_the_county_or_says_that_it_does_not(taken):
    rows = Store(Workspace(taken[0]).current()).rows_of("schools")
    assert len(rows) == 274
    assert sum(row["atom"] == "unknown" for row in rows) == 0
    assert sum(row["atom"] == "outside" for row in rows) == 0
    assert all(row["in_ward"] for row in rows)


def test_plans_of_the_county_are_those_published(taken):
    rows = Store(Workspace(taken[0]).current()).rows_of("ehcp_series")
    ours = {row["period"]: row["value"] for row in rows if row["area"] == "Buckinghamshire"}
    assert [ours[str(year)] for year in range(2019, 2026)] == [4054, 4595, 4910, 5415, 5890, 6697, 7217]
