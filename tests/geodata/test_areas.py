"""Every scheme divides the same atoms, and every table is completed by the same two rows."""

import csv
import dataclasses
import shutil

import pytest

from geodata.areas import EXTRA_AREAS, OUTSIDE, UNKNOWN, WITHHELD, load_areas
from geodata.errors import ProfileError

SIZES = {"locality": 3, "community_board": 16, "ward": 49, "msoa": 67, "lsoa": 319, "district": 4, "county": 1}


@pytest.mark.parametrize(("scheme", "size"), SIZES.items())
def test_a_scheme_has_its_number_of_areas(areas, scheme, size):
    assert len(areas.codes(scheme)) == size


def test_atoms_are_sorted_and_stand_once(areas):
    assert list(areas.atoms) == sorted(set(areas.atoms))


@pytest.mark.parametrize("scheme", SIZES)
def test_every_scheme_divides_all_atoms(areas, scheme):
    assert tuple(areas.of_atom[scheme]) == areas.atoms
    assert set(areas.of_atom[scheme].values()) == set(areas.codes(scheme))


@pytest.mark.parametrize("scheme", SIZES)
def test_areas_are_listed_by_name(areas, scheme):
    names = [areas.names[scheme][code] for code in areas.codes(scheme)]
    assert names == sorted(names)


def test_chiltern_and_south_bucks_is_the_two_former_districts_together(areas):
    former = {"E07000004": "aylesbury", "E07000005": "chiltern-south-bucks", "E07000006": "chiltern-south-bucks",
              "E07000007": "wycombe"}  # fmt: skip
    for atom in areas.atoms:
        assert areas.of_atom["locality"][atom] == former[areas.of_atom["district"][atom]]


def test_the_atoms_of_the_small_council_stand_where_its_sums_say(areas, council):
    of = areas.of_atom["locality"]
    assert [of[atom] for atom in council.aylesbury] == ["aylesbury", "aylesbury"]
    assert of[council.wycombe] == "wycombe"
    assert of[council.chiltern] == of[council.south_bucks] == "chiltern-south-bucks"
    size = {code: list(of.values()).count(code) for code in areas.codes("locality")}
    assert size == {"aylesbury": 115, "chiltern-south-bucks": 97, "wycombe": 107}


def test_the_long_form_has_every_atom_once_in_every_scheme(areas):
    rows = areas.long()
    assert len(rows) == len(set(rows)) == 7 * 319
    assert {share for *_, share in rows} == {1.0}


def test_records_have_three_places_more_than_there_are_atoms(areas):
    rows = areas.of_records()
    assert len(rows) == len(set(rows)) == 7 * (319 + 3)


def test_a_protected_address_is_counted_with_the_unknown_ones(areas):
    extra = {(atom, area) for _, atom, area in areas.of_records() if atom in (UNKNOWN, WITHHELD, OUTSIDE)}
    assert extra == {(UNKNOWN, UNKNOWN), (WITHHELD, UNKNOWN), (OUTSIDE, OUTSIDE)}
    assert WITHHELD not in EXTRA_AREAS


@pytest.fixture
def broken(profile, tmp_path):
    """A copy of the pack's tables that a test may spoil."""
    for name in ("lookup.csv", "areas.csv"):
        shutil.copy(profile.directory / name, tmp_path / name)
    return dataclasses.replace(profile, directory=tmp_path)


def _edit(path, change):
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows = [row for row in rows if change(row) is not False]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def test_a_scheme_that_leaves_an_atom_out_is_refused(broken, council):
    def blank(row):
        if row["atom"] == council.wycombe:
            row["ward"] = ""

    _edit(broken.directory / "lookup.csv", blank)
    with pytest.raises(ProfileError, match="Scheme 'ward' and its names disagree"):
        load_areas(broken)


def test_an_area_without_a_name_is_refused(broken):
    _edit(broken.directory / "areas.csv", lambda row: row["code"] != "wycombe")
    with pytest.raises(ProfileError, match="Scheme 'locality' and its names disagree on: wycombe"):
        load_areas(broken)


def test_a_name_without_atoms_is_refused(broken):
    with (broken.directory / "areas.csv").open("a", encoding="utf-8") as file:
        file.write("locality,milton-keynes,Milton Keynes\n")
    with pytest.raises(ProfileError, match="Scheme 'locality' and its names disagree on: milton-keynes"):
        load_areas(broken)
