"""The parts of a snapshot said again by other areas; what each says of itself stays true."""

from datetime import date

import pandas as pd
import pytest

from geodata import conversion_parts
from geodata.conversion_parts import converted_parts
from geodata.geography import current_profile
from geodata.snapshot import CONVERTED_FROM, Workspace


def census_2021(filled):
    return filled.take(
        "area_scheme", filled.outlines(filled.files / "lsoa21.geojson", filled.lsoa_2021, field="lsoa21_code")
    )


def census_2011(filled):
    return filled.take(
        "area_scheme", filled.outlines(filled.files / "lsoa11.geojson", filled.lsoa_2011, field="lsoa11_code")
    )


def newest(filled, dataset):
    return Workspace(filled.path).current().parts(dataset)[-1]


def by_msoa(filled):
    file = filled.residents(filled.files / "msoa.csv", {"E02000001": 30, "E02000002": 70}, "msoa21cd")
    return filled.take("population", file, reference_date=date(2022, 6, 30))


def words(filled):
    return {scheme: basis for scheme, (_, _, basis) in filled.figures(filled.path).items()}


def test_a_part_says_what_it_was_made_of_and_keeps_its_facts(filled):
    before = Workspace(filled.path).current()
    census_2021(filled)
    now = Workspace(filled.path).current()
    for dataset in ("cme_involvements", "population"):
        old, new = before.parts(dataset)[0], now.parts(dataset)[0]
        assert new.about[CONVERTED_FROM] == old.id
        assert (new.source_name, new.sha256, new.accepted, new.basis, new.imported_at, new.reference_date) == (
            old.source_name, old.sha256, old.accepted, old.basis, old.imported_at, old.reference_date,
        )  # fmt: skip
        assert (new.profile_version, len(now.parts(dataset))) == (now.parts(dataset)[0].profile_version, 1)
        assert new.profile_version != old.profile_version
    assert new.profile_version == current_profile(Workspace(filled.path)).version


def test_a_part_from_before_a_column_came_gets_it_empty(filled):
    current = Workspace(filled.path).current()
    file = current.data_path(current.parts("cme_involvements")[0])
    pd.read_parquet(file).drop(columns="last_contact").to_parquet(file, index=False)
    census_2021(filled)
    now = Workspace(filled.path).current()
    assert pd.read_parquet(now.data_path(now.parts("cme_involvements")[0]))["last_contact"].isna().all()


def test_places_from_before_a_column_came_get_it_empty(filled):
    filled.take("schools", filled.write(filled.files / "schools.csv", "urn,name,postcode", "100001,North,HP91 1AA"))
    current = Workspace(filled.path).current()
    file = current.data_path(current.parts("schools")[0])
    since = ["fsm_percent", "admissions", "lowest_age", "highest_age", "liaison_group"]
    pd.read_parquet(file).drop(columns=since).to_parquet(file, index=False)
    census_2021(filled)
    now = Workspace(filled.path).current()
    found = pd.read_parquet(now.data_path(now.parts("schools")[0]))
    assert found[["urn", "atom"]].to_numpy().tolist() == [[100001, "E01000001"]]
    assert found[since].isna().all(axis=None)


def test_the_match_of_postcodes_still_adds_up(filled):
    before = newest(filled, "cme_involvements")
    census_2021(filled)
    now = newest(filled, "cme_involvements")
    assert before.geocoding == {
        "in_county": 16, "outside": 2, "blank": 1, "malformed": 1, "not_found": 1, "withheld": 1, "by_point": 0,
        "ended": 0,
    }  # fmt: skip
    assert now.geocoding == before.geocoding | {"by_point": 4}  # those of the small area that was cut
    matched = sum(counts["matched"] for counts in now.match_rates.values())
    assert (matched, sum(sum(counts.values()) for counts in now.match_rates.values())) == (18, 21)


def test_a_population_by_a_coarser_scheme_is_modelled_below_it(filled):
    by_msoa(filled)
    now = filled.figures(filled.path)
    assert now["lsoa"][1] == {"E01000001": 15, "E01000002": 15, "E01000003": 35, "E01000004": 35}
    assert words(filled) == {"locality": "real", "ward": "real", "msoa": "real", "lsoa": "modelled", "county": "real"}


def test_it_stays_so_when_other_areas_come_and_go(filled):
    by_msoa(filled)
    filled.take("area_scheme", filled.outlines(filled.files / "w.geojson", filled.wards))
    assert filled.figures(filled.path)["ward"][1] == {"X": 22.5, "Y": 77.5}
    assert words(filled) == {
        "locality": "real", "ward": "modelled", "msoa": "real", "lsoa": "modelled", "county": "real",
    }  # fmt: skip
    census_2021(filled)
    assert filled.figures(filled.path)["lsoa"][1] == {
        "E01000001": 15, "E01000002": 15, "E01000003": 35, "E01000005": 17.5, "E01000006": 17.5,
    }  # fmt: skip
    assert words(filled)["msoa"] == "real"
    assert words(filled)["lsoa"] == "modelled"


def test_where_the_coarser_scheme_is_drawn_anew_its_old_areas_are_not_taken_for_the_new(filled):
    by_msoa(filled)
    codes = {"E02000001": (0, 6), "E02000002": (6, 8)}
    filled.take("area_scheme", filled.outlines(filled.files / "m.geojson", codes, field="msoa21cd"))
    now = filled.figures(filled.path)
    assert now["msoa"] == ({"E02000001": 12, "E02000002": 4, "unknown": 4, "outside": 2},
                           {"E02000001": 65, "E02000002": 35}, "modelled")  # fmt: skip
    # The localities are the old MSOAs, and were not drawn anew.
    assert (now["locality"][1:], now["county"][2]) == (({"west": 30, "east": 70}, "real"), "real")


def test_residents_of_the_earlier_census_imported_under_the_later_one(filled):
    census_2021(filled)
    file = filled.residents(filled.files / "again.csv", filled.atoms | {"E01099999": 5})
    report = filled.take("population", file, reference_date=date(2023, 6, 30))
    assert (report.accepted, report.quarantined) == (4, 1)
    assert "1 of them were cut" in report.warnings[0]
    assert words(filled)["lsoa"] == "estimated"
    census_2011(filled)
    assert filled.figures(filled.path)["lsoa"][1] == filled.atoms
    assert set(words(filled).values()) == {"real"}
    assert newest(filled, "population").about.get("estimated_on") is None


def test_residents_of_the_later_census_go_back_exactly(filled):
    census_2021(filled)
    later = {"E01000001": 1, "E01000002": 2, "E01000003": 3, "E01000005": 4, "E01000006": 50}
    file = filled.residents(filled.files / "later.csv", later, "lsoa21_code")
    filled.take("population", file, reference_date=date(2023, 6, 30))
    assert set(words(filled).values()) == {"real"}
    census_2011(filled)
    assert filled.figures(filled.path)["lsoa"][1] == {"E01000001": 1, "E01000002": 2, "E01000003": 3, "E01000004": 54}
    assert set(words(filled).values()) == {"real"}


def test_populations_of_several_dates_all_follow(filled):
    file = filled.residents(filled.files / "older.csv", dict.fromkeys(filled.atoms, 1))
    filled.take("population", file, reference_date=date(2011, 6, 30))
    census_2021(filled)
    parts = Workspace(filled.path).current().parts("population")
    assert [part.reference_date for part in parts] == [date(2022, 6, 30), date(2011, 6, 30)]


def test_one_that_fails_leaves_none_of_the_others(filled, monkeypatch):
    snapshot = Workspace(filled.path).current()
    before = sorted(filled.path.glob("parts/*/*"))
    frame = pd.read_parquet(snapshot.data_path(snapshot.parts("population")[0]))
    frame.drop(columns="age").to_parquet(snapshot.data_path(snapshot.parts("population")[0]))
    with pytest.raises(KeyError):
        converted_parts(Workspace(filled.path), snapshot, _unlike(filled.profile, monkeypatch))
    assert sorted(filled.path.glob("parts/*/*")) == before


def _unlike(profile, monkeypatch):
    """Make residents be spread, as if by other atoms."""
    monkeypatch.setattr(conversion_parts, "_population", lambda frame, *_rest: frame["age"])
    return profile
