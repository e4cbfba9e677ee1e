"""Lookups: which scheme they give, and that they put every small area once."""

import pytest

from geodata.errors import InputError
from geodata.geography import current_profile
from geodata.importing import ImportRefusedError, import_file
from geodata.snapshot import Workspace


def take(squares, heading, rows, **said):
    file = squares.write(squares.files / "lookup.csv", heading, *rows)
    return import_file(squares.path, "area_scheme", file, profile=squares.profile, **said)


def rows_of(squares, *areas):
    return [f"{atom},{areas[i % len(areas)]}" for i, atom in enumerate(squares.atoms)]


def test_a_lookup_by_names_alone(squares):
    rows = rows_of(squares, "Beacon & Hills", "River Board")
    report = take(squares, "lsoa11_code,community_board_name", rows, mapping={"area": "community_board_name"})
    assert report.about["scheme"] == "community_board"
    scheme = current_profile(Workspace(squares.path)).scheme("community_board")
    assert (scheme.title, scheme.note.split(",")[0]) == ("Community boards", "2 areas")


def test_a_lookup_that_does_not_say_its_scheme_is_asked(squares):
    with pytest.raises(ImportRefusedError, match="--scheme ward"):
        take(squares, "lsoa11_code,code", rows_of(squares, "W1", "W2"))
    assert take(squares, "lsoa11_code,code", rows_of(squares, "W1"), scheme="ward").about["scheme"] == "ward"


def test_a_small_area_in_two_areas_is_refused(squares):
    with pytest.raises(InputError, match=r"1 small areas stand in several rows \(E01000001\)"):
        take(squares, "lsoa11_code,ward24_code", [*rows_of(squares, "W1"), "E01000001,W2"])


def test_a_lookup_of_the_areas_in_force_must_have_them_all(squares):
    with pytest.raises(InputError, match=r"1 of the 4 small areas of 2011 are not in 'lookup.csv'.*E01000004"):
        take(squares, "lsoa11_code,ward24_code", rows_of(squares, "W1")[:3])
    with pytest.raises(InputError, match="1 of the 4"):  # one row was set aside
        take(squares, "lsoa11_code,ward24_code", [*rows_of(squares, "W1")[:3], "E01000004,"])
    assert not (squares.path / "CURRENT").exists()


def test_a_lookup_between_censuses_must_say_what_changed(squares):
    with pytest.raises(InputError, match=r"1 rows of .* do not say what became"):
        take(squares, "lsoa11_code,lsoa21_code,change_code", ["E01000001,E01000001,U", "E01000002,E01000002,?"])
    with pytest.raises(InputError, match="2 rows"):
        take(squares, "lsoa11_code,lsoa21_code", ["E01000001,E01000001", "E01000002,E01000002"])
