"""How counts by other areas become counts by atoms: chosen by the codes, summing to the same, and saying how."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.areas import Areas, load_areas
from geodata.conversion import CORRESPONDENCE, Way, from_pack, spread, to_atoms, to_pack
from geodata.errors import InputError

ATOMS = ("A", "B", "C", "D1", "D2", "EF")
"""In force: of the pack's, D was cut in two, E and F were merged."""

PAIRS = [("A", "A", 1.0), ("B", "B", 1.0), ("C", "C", 1.0), ("D", "D1", 0.5), ("D", "D2", 0.5), ("E", "EF", 1.0),
         ("F", "EF", 1.0)]  # fmt: skip


@pytest.fixture
def council(squares, tmp_path):
    """A profile with a correspondence, and its areas: a ward parts the pieces of D, a locality does not."""
    pd.DataFrame(PAIRS, columns=["old", "new", "share"]).to_csv(tmp_path / CORRESPONDENCE, index=False)
    of_atom = {
        "locality": dict(zip(ATOMS, ["west", "west", "east", "east", "east", "east"], strict=True)),
        "ward": dict(zip(ATOMS, ["W1", "W1", "W1", "W2", "W3", "W3"], strict=True)),
        "msoa": dict(zip(ATOMS, ["M1", "M1", "M2", "M2", "M2", "M2"], strict=True)),
        "lsoa": {atom: atom for atom in ATOMS},
        "county": dict.fromkeys(ATOMS, "X"),
    }
    names = {scheme: {code: code for code in sorted(set(codes.values()))} for scheme, codes in of_atom.items()}
    return replace(squares.profile, directory=tmp_path), Areas(ATOMS, of_atom, names)


def frame(**persons):
    return pd.DataFrame([(code, age, float(n)) for code, n in persons.items() for age in (0, 1)],
                        columns=["atom", "age", "persons"])  # fmt: skip


def of_age_0(table):
    return table[table["age"] == 0].set_index("atom")["persons"].to_dict()


def test_atoms_are_taken_as_they_are(council):
    way = to_atoms(*council, ATOMS)
    whole = frame(A=1, B=2)
    assert (way.codes, way.shares, way.about, way.notes) == (ATOMS, None, {}, ())
    assert spread(whole, way) is whole


def test_the_census_that_has_more_of_the_codes_is_the_files(council):
    way = to_atoms(*council, list("ABCDEF"))
    assert way.codes == tuple("ABCDEF")
    found = spread(frame(A=1, B=2, C=3, D=10, E=4, F=5), way)
    assert of_age_0(found) == {"A": 1, "B": 2, "C": 3, "D1": 5, "D2": 5, "EF": 9}
    assert way.about == {"estimated_on": "ward lsoa"}
    assert "1 of them were cut" in way.notes[0]


def test_a_coarser_file_is_spread_equally_and_says_so(council):
    way = to_atoms(*council, ["M1", "M2"])
    assert of_age_0(spread(frame(M1=10, M2=10), way)) == {"A": 5, "B": 5, "C": 2.5, "D1": 2.5, "D2": 2.5, "EF": 2.5}
    assert way.about == {"spread_from": "msoa"}


@pytest.mark.parametrize(
    "held",
    [
        [*ATOMS, "X"],  # with a row for the whole county
        [*ATOMS[1:], "X"],  # the same without one atom: no file by county
        [*ATOMS, *(f"Z{i}" for i in range(1000))],  # all of England
    ],
)
def test_rows_of_other_areas_do_not_make_it_another_file(council, held):
    assert to_atoms(*council, held).codes == ATOMS


def test_of_coarser_areas_the_finest_counts(council):
    assert to_atoms(*council, ["X", "M1", "M2", "west"]).about == {"spread_from": "msoa"}


def test_a_few_atoms_are_taken_for_a_file_by_atoms_with_holes(council):
    assert to_atoms(*council, ["D1", "Z1", "Z2"]).codes == ATOMS


def test_a_scheme_that_cuts_atoms_is_no_way_to_give_residents(council):
    profile, areas = council
    schemes = tuple(replace(scheme, exact=scheme.key == "msoa") for scheme in profile.schemes)
    with pytest.raises(InputError, match=r"M1, M2 \.\.\.\) are not those of Squares's areas.* import their outlines"):
        to_atoms(replace(profile, schemes=schemes), areas, ["M1", "M2"])


@pytest.mark.parametrize("held", [[], ["Z1", "Z2"]])
def test_unknown_codes_are_refused_with_what_is_known(council, held):
    with pytest.raises(InputError, match="LSOAs of 2011 and the area schemes on the map"):
        to_atoms(*council, held)


def test_there_and_back(council):
    profile, areas = council
    pack = Areas(tuple("ABCDEF"), {"lsoa": {a: a for a in "ABCDEF"}, "ward": dict.fromkeys("ABCDEF", "W")}, {})
    way = to_pack(profile, pack)
    assert way.codes == tuple(sorted(ATOMS))
    back = spread(frame(A=1, B=2, C=3, D1=5, D2=7, EF=9), way)
    assert of_age_0(back) == {"A": 1, "B": 2, "C": 3, "D": 12, "E": 4.5, "F": 4.5}
    assert way.about == {"estimated_on": "lsoa"}  # the ward has both E and F
    assert set(to_pack(profile, areas).about["estimated_on"].split()) == set(areas.of_atom)  # not the pack's: all


def test_a_pack_has_no_other_census(squares):
    areas = load_areas(squares.profile)
    assert from_pack(squares.profile, areas) is None
    assert to_pack(squares.profile, areas) is None


@given(st.lists(st.integers(0, 1000), min_size=6, max_size=6))
def test_the_sum_stays_the_same(persons):
    table = pd.DataFrame(PAIRS, columns=["code", "atom", "share"])
    whole = frame(**dict(zip("ABCDEF", persons, strict=True)))
    assert spread(whole, Way(tuple("ABCDEF"), table))["persons"].sum() == pytest.approx(whole["persons"].sum())
