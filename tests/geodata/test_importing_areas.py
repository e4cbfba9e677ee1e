"""Outlines and lookups: what becomes of the children, places and residents that are loaded."""

from datetime import date

import pandas as pd
import pytest

from geodata.areas import load_areas
from geodata.errors import GeometryError, InputError, UsageError
from geodata.geography import current_profile
from geodata.geometry_index import drawing_of
from geodata.importing import ImportRefusedError, import_file
from geodata.snapshot import Workspace
from geodata.store import Store

ALL = 22
"""The children of `conftest.CASES`."""


def summed(figures):
    """Return, over all schemes, the totals of children, of those on no area, and of residents."""
    return {
        (sum(counts.values()), counts["unknown"], counts["outside"], sum(people.values()))
        for counts, people, _ in figures.values()
    }


def take_outlines(filled, name, codes, field="ward22_code", **said):
    file = filled.outlines(filled.files / f"{name}.geojson", codes, field=field)
    return filled.take("area_scheme", file, **said)


def wards(filled, **said):
    return take_outlines(filled, "wards", filled.wards, **said)


def census_2021(filled):
    return take_outlines(filled, "lsoa21", filled.lsoa_2021, "lsoa21_code")


def census_2011(filled):
    return take_outlines(filled, "lsoa11", filled.lsoa_2011, "lsoa11_code")


def correspondence(filled):
    rows = [f"{code},{code},U" for code in ("E01000001", "E01000002", "E01000003")]
    rows += [f"E01000004,{code},S" for code in ("E01000005", "E01000006")]
    file = filled.write(filled.files / "lookup.csv", "lsoa11_code,lsoa21_code,change_code", *rows)
    return filled.take("area_scheme", file)


def ward_lookup(filled, atoms, *, field="lsoa21_code", scheme="ward24"):
    rows = [f"{atom},W{i // 3},Ward {i // 3}" for i, atom in enumerate(atoms)]
    file = filled.write(filled.files / f"{scheme}.csv", f"{field},{scheme}_code,{scheme}_name", *rows)
    return filled.take("area_scheme", file)


def test_small_areas_of_another_census(filled):
    census_2021(filled)
    now = filled.figures(filled.path)
    assert now["lsoa"] == (
        {"E01000001": 4, "E01000002": 4, "E01000003": 4, "E01000005": 2, "E01000006": 2, "unknown": 4, "outside": 2},
        {"E01000001": 10, "E01000002": 20, "E01000003": 30, "E01000005": 20, "E01000006": 20},
        "estimated",
    )
    assert now["locality"] == ({"west": 8, "east": 8, "unknown": 4, "outside": 2}, {"west": 30, "east": 70}, "real")
    assert summed(now) == {(ALL, 4, 2, 100)}
    profile = current_profile(Workspace(filled.path))
    assert (profile.atom_vintage, profile.scheme("lsoa").vintage) == (2021, 2021)
    assert profile.scheme("lsoa").note.startswith("Lower layer super output areas of 2021: 5 areas")


def test_outlines_that_cut_the_small_areas_count_children_by_postcode(filled):
    report = wards(filled)
    assert (report.rows_read, report.accepted, report.quarantined) == (2, 2, 0)
    now = filled.figures(filled.path)
    # X has the first small area and the western half of the second: 4 + 2 children, 10 + 20 / 2 residents.
    assert now["ward"] == ({"X": 6, "Y": 10, "unknown": 4, "outside": 2}, {"X": 20, "Y": 80}, "estimated")
    assert now["lsoa"][2] == "real"
    assert summed(now) == {(ALL, 4, 2, 100)}


def test_a_lookup_of_the_small_areas_in_force(filled):
    ward_lookup(filled, filled.atoms, field="lsoa11_code")
    now = filled.figures(filled.path)
    assert now["ward"] == ({"W0": 12, "W1": 4, "unknown": 4, "outside": 2}, {"W0": 60, "W1": 40}, "real")
    assert load_areas(current_profile(Workspace(filled.path))).names["ward"] == {"W0": "Ward 0", "W1": "Ward 1"}


def test_a_lookup_takes_the_place_of_outlines_and_the_other_way_round(filled):
    wards(filled)
    ward_lookup(filled, filled.atoms, field="lsoa11_code")
    assert filled.figures(filled.path)["ward"][2] == "real"
    assert "in_ward" not in pd.read_parquet(_newest(filled, "cme_involvements")).columns
    wards(filled)
    assert filled.figures(filled.path)["ward"][1] == {"X": 20, "Y": 80}


def _newest(filled, dataset):
    snapshot = Workspace(filled.path).current()
    return snapshot.data_path(snapshot.parts(dataset)[-1])


@pytest.mark.parametrize("lookup_first", [True, False])
def test_a_correspondence_may_come_before_or_after_its_outlines(filled, lookup_first):
    steps = (correspondence, census_2021) if lookup_first else (census_2021, correspondence)
    reports = [step(filled) for step in steps]
    assert any("waits for the outlines" in warning for warning in reports[0].warnings) == lookup_first
    assert reports[1].warnings == tuple(w for w in reports[1].warnings if "waits" not in w)
    now = filled.figures(filled.path)
    assert now["lsoa"][1] == {"E01000001": 10, "E01000002": 20, "E01000003": 30, "E01000005": 20, "E01000006": 20}
    assert summed(now) == {(ALL, 4, 2, 100)}


def test_a_lookup_of_small_areas_to_come_waits_for_them(filled):
    report = ward_lookup(filled, filled.lsoa_2021)
    assert any("1 of the small areas in force are not in it" in warning for warning in report.warnings)
    assert set(filled.figures(filled.path)["ward"][1]) == {"E05000001", "E05000002"}
    census_2021(filled)
    now = filled.figures(filled.path)
    # The third area of the census is the last of W0; the two pieces of the fourth lie together in W1.
    assert now["ward"][:2] == ({"W0": 12, "W1": 4, "unknown": 4, "outside": 2}, {"W0": 60, "W1": 40})
    assert now["ward"][2] == "real"


def test_a_lookup_of_the_pack_still_holds_after_the_small_areas_changed(filled):
    ward_lookup(filled, filled.atoms, field="lsoa11_code", scheme="board")
    report = census_2021(filled)
    assert not any("waits" in warning for warning in report.warnings)
    assert filled.figures(filled.path)["community_board"][1] == {"W0": 60, "W1": 40}


def test_a_lookup_that_parts_the_pieces_of_a_cut_area_makes_its_residents_estimated(filled):
    census_2021(filled)
    assert filled.figures(filled.path)["ward"][2] == "real"
    rows = [f"{atom},{'W1' if atom == 'E01000006' else 'W0'}" for atom in filled.lsoa_2021]
    filled.take("area_scheme", filled.write(filled.files / "w.csv", "lsoa21_code,ward24_code", *rows))
    now = filled.figures(filled.path)
    assert now["ward"] == ({"W0": 14, "W1": 2, "unknown": 4, "outside": 2}, {"W0": 80, "W1": 20}, "estimated")
    assert now["msoa"][2] == "real"


def test_there_and_back_again(filled):
    first, before = Workspace(filled.path).current().id, filled.figures(filled.path)
    drawn = drawing_of(filled.path, current_profile(Workspace(filled.path)).version) if _drawn(filled) else None
    correspondence(filled)
    census_2021(filled)
    wards(filled)
    assert summed(filled.figures(filled.path)) == {(ALL, 4, 2, 100)}
    census_2011(filled)
    ward_lookup(filled, filled.atoms, field="lsoa11_code")
    now = filled.figures(filled.path)
    assert {scheme: now[scheme] for scheme in ("lsoa", "locality", "msoa")} == {
        scheme: before[scheme] for scheme in ("lsoa", "locality", "msoa")
    }
    Workspace(filled.path).rollback(first)
    assert filled.figures(filled.path) == before
    assert current_profile(Workspace(filled.path)) == filled.profile
    assert drawn == (drawing_of(filled.path, filled.profile.version) if drawn else None)


def _drawn(filled):
    return (filled.path / "drawing").is_dir()


def test_every_version_of_the_areas_has_its_own_drawing(filled):
    wards(filled)
    one = current_profile(Workspace(filled.path))
    census_2021(filled)
    two = current_profile(Workspace(filled.path))
    files = [drawing_of(filled.path, profile.version).files for profile in (one, two)]
    assert set(files[0]) == {"context", "locality", "ward", "msoa", "lsoa", "county"} == set(files[1])
    assert files[0]["lsoa"] != files[1]["lsoa"]
    Workspace(filled.path).rollback()
    assert Store(Workspace(filled.path).current()).profile == one


def test_new_areas_stand_in_force_between_the_days_that_were_said(filled):
    days = {"valid_from": date(2025, 5, 1)}
    wards(filled, scheme="community_board", title="Community boards", **days)
    scheme = current_profile(Workspace(filled.path)).scheme("community_board")
    assert (scheme.title, scheme.valid_from, scheme.valid_to, scheme.exact) == (
        "Community boards", date(2025, 5, 1), None, True,
    )  # fmt: skip
    assert filled.figures(filled.path)["community_board"][1] == {"X": 20, "Y": 80}


def test_days_of_earlier_areas_do_not_hold_for_others(filled):
    wards(filled, valid_from=date(2025, 5, 1))
    said = current_profile(Workspace(filled.path)).scheme("ward")
    wards(filled)
    unsaid = current_profile(Workspace(filled.path)).scheme("ward")
    take_outlines(filled, "same", {"E05000001": (0, 4), "E05000002": (4, 8)})
    same = current_profile(Workspace(filled.path)).scheme("ward")
    assert [(one.valid_from, one.valid_to) for one in (said, unsaid, same)] == [
        (date(2025, 5, 1), None), (None, None), (date(2020, 4, 1), date(2025, 5, 1)),
    ]  # fmt: skip


def test_the_same_file_with_another_field_gives_other_areas(filled):
    file = filled.outlines(filled.files / "w.geojson", filled.wards, ward22_name=["North", "South"], team=["A", "B"])
    filled.take("area_scheme", file)
    assert load_areas(current_profile(Workspace(filled.path))).names["ward"] == {"X": "North", "Y": "South"}
    filled.take("area_scheme", file, name_field="team")
    assert load_areas(current_profile(Workspace(filled.path))).names["ward"] == {"X": "A", "Y": "B"}


def test_an_area_smaller_than_the_small_areas_has_its_children_and_residents(filled):
    take_outlines(filled, "small", {"X": (0, 3), "S": (3, 3.6), "Y": (3.6, 8)})
    now = filled.figures(filled.path)
    # S has three tenths of the second small area, and one of its postcodes, 3.25 km from the western end.
    assert now["ward"][0] == {"X": 6, "S": 1, "Y": 9, "unknown": 4, "outside": 2}
    assert now["ward"][1] == pytest.approx({"X": 20, "S": 6, "Y": 74})


def test_areas_far_away_are_no_part_of_the_scheme(filled):
    report = take_outlines(filled, "england", filled.wards | {"Z": (8, 12), "far": (12, 14)})
    assert (report.rows_read, report.accepted, report.quarantined) == (4, 3, 1)  # one shares an edge with the council
    assert pd.read_csv(report.quarantine_file)["row"].tolist() == [4]
    assert set(load_areas(current_profile(Workspace(filled.path))).names["ward"]) == {"X", "Y"}


def test_small_areas_of_all_of_england_give_those_of_the_council(filled):
    report = take_outlines(
        filled, "england", {"E01088888": (8, 10)} | filled.lsoa_2021 | {"E01099999": (-2, 0)}, "LSOA21CD"
    )
    assert (report.rows_read, report.accepted, report.quarantined) == (7, 5, 2)
    assert pd.read_csv(report.quarantine_file)["row"].tolist() == [1, 7]
    assert load_areas(current_profile(Workspace(filled.path))).atoms == tuple(filled.lsoa_2021)


@pytest.mark.parametrize(
    ("codes", "said", "says"),
    [
        ({"X": (0, 3), "Y": (4, 8)}, {}, "no area, next to"),
        ({"X": (0, 5), "Y": (3, 8)}, {}, "X and Y overlap"),
        ({"X": (0, 3), "Y": (3, 8)}, {"code_field": "colour"}, "no field 'colour'"),
    ],
)
def test_outlines_that_are_no_partition_change_nothing(filled, codes, said, says):
    before = Workspace(filled.path).current().id
    with pytest.raises(InputError, match=says):
        take_outlines(filled, "bad", codes, **said)
    assert Workspace(filled.path).current().id == before
    assert not list(filled.path.glob("parts/area_scheme/*"))


def test_outlines_must_say_their_scheme(filled):
    with pytest.raises(ImportRefusedError, match="--scheme community_board"):
        take_outlines(filled, "boards", filled.wards, "board_code")
    take_outlines(filled, "boards", filled.wards, "board_code", scheme="community_board")


@pytest.mark.parametrize("key", ["county", "correspondence", "../up", "Community Board", "atom", "1st"])
def test_a_scheme_needs_a_proper_key(filled, key):
    with pytest.raises(UsageError, match="cannot be the key"):
        wards(filled, scheme=key)


def test_one_file_of_outlines_at_a_time(filled):
    files = [filled.outlines(filled.files / f"{name}.geojson", filled.wards) for name in "ab"]
    with pytest.raises(UsageError, match="is one file"):
        filled.take("area_scheme", files)


def test_a_feature_that_cannot_be_used_is_set_aside_and_listed(filled):
    bow = filled.box(3, 5).boundary.interpolate([0, 0.5, 0.25, 0.75], normalized=True)
    crossed = type(filled.box(0, 1))([(p.x, p.y) for p in bow])
    report = take_outlines(filled, "crossed", filled.wards | {"Z": crossed})
    assert (report.rows_read, report.accepted, report.quarantined) == (3, 2, 1)
    assert pd.read_csv(report.quarantine_file)[["row", "column"]].to_numpy().tolist() == [[3, "geometry"]]


def test_outlines_into_an_empty_workspace_and_children_after_them(squares):
    outlines = squares.outlines(squares.files / "w.geojson", squares.wards)
    import_file(squares.path, "area_scheme", outlines, profile=squares.profile)
    assert Workspace(squares.path).current().manifest.profile == "squares"
    cases = squares.write(squares.files / "cases.csv", *squares.cases)
    import_file(squares.path, "cme_involvements", cases, profile=squares.profile)
    now = squares.figures(squares.path)
    assert now["ward"] == ({"X": 6, "Y": 10, "unknown": 4, "outside": 2}, {"X": 37.5, "Y": 62.5}, "modelled")


def test_places_keep_their_areas(filled):
    rows = [
        "100001,By postcode,HP92 1AD,480100,211000,",  # the postcode wins for the small area, the point for the ward
        "100002,By point,,483100,211000,",
        "100003,By degrees,,,,51.78 -0.83",
        "100004,Nowhere,,,,",
        "100005,Far away,SW1A 1AA,530000,180000,",
    ]
    file = filled.write(filled.files / "schools.csv", "urn,name,postcode,easting,northing,lat lon", *rows)
    filled.take("schools", file)
    wards(filled)
    frame = pd.read_parquet(_newest(filled, "schools")).set_index("urn")
    assert frame["atom"].to_dict() == {
        100001: "E01000002", 100002: "E01000002", 100003: "unknown", 100004: "unknown", 100005: "outside",
    }  # fmt: skip
    assert frame["in_ward"].to_dict() == {
        100001: "X", 100002: "Y", 100003: "unknown", 100004: "unknown", 100005: "outside",
    }  # fmt: skip
    census_2021(filled)
    again = pd.read_parquet(_newest(filled, "schools")).set_index("urn")
    assert again.equals(frame)


def test_indices_of_small_areas_stay_as_they_are(filled):
    file = filled.write(filled.files / "imd2019.csv", "lsoa11_code,imd_decile", *(f"{a},5" for a in filled.atoms))
    filled.take("deprivation", file)
    part = Workspace(filled.path).current().parts("deprivation")
    census_2021(filled)
    assert Workspace(filled.path).current().parts("deprivation") == part


def test_what_fails_late_leaves_no_copy_of_records(filled, monkeypatch):
    def fails(*_arguments, **_options):
        raise OSError

    before = sorted(path.name for path in filled.path.glob("parts/*/*"))
    monkeypatch.setattr(Workspace, "add_part", fails)
    with pytest.raises(OSError):  # noqa: PT011 - its kind is all that is known of it
        wards(filled)
    assert sorted(path.name for path in filled.path.glob("parts/*/*")) == before


def test_a_population_that_cannot_follow_is_named(filled):
    snapshot = Workspace(filled.path).current()
    file = snapshot.data_path(snapshot.parts("population")[0])
    pd.read_parquet(file).query("atom != 'E01000001'").to_parquet(file)
    with pytest.raises(InputError, match=r"people\.csv.* cannot be turned"):
        census_2021(filled)
    assert Workspace(filled.path).current().id == snapshot.id


def test_only_looking_changes_nothing(filled):
    before = _tree(filled.path)
    file = filled.outlines(filled.files / "w.geojson", filled.wards)
    assert filled.take("area_scheme", file, only_check=True).accepted == 2
    empty = filled.outlines(filled.files / "e.geojson", {"X": (900, 902)})
    with pytest.raises(GeometryError):
        filled.take("area_scheme", empty, only_check=True)
    assert _tree(filled.path) == before


def _tree(folder):
    return {path: (path.stat().st_mtime_ns, path.is_file() and path.read_bytes()) for path in folder.rglob("*")}
