import pandas as pd
import pytest

from geodata.contracts import contract
from geodata.errors import ContractError, InputError
from geodata.residents import complete, find_wide, plain_ages, reference_day

POPULATION = contract("population")
ATOMS = ("E01000001", "E01000002")


def test_single_years_are_found_and_bands_passed_over():
    headings = (
        "lsoa", "total_population", "0", "Aged under 1 year", "age_1", "Aged 2 years", "90+", "Aged 91 years",
        "age_0_15", "Aged 5 to 9", "All ages", "2020",
    )  # fmt: skip
    wide = find_wide(POPULATION, (headings[0], *headings[3:]))
    assert wide.ages == {1: 0, 2: 1, 3: 2, 4: 90, 5: 90}
    with pytest.raises(ContractError, match="same age"):
        find_wide(POPULATION, headings)


def test_a_long_file_is_not_wide():
    assert find_wide(POPULATION, ("lsoa", "age", "persons")) is None


def test_ages_in_words():
    ages = plain_ages(pd.Series(["Aged 5 years", "90+", "7", "Total"], dtype="str"))
    assert ages.tolist() == ["5", "90", "7", "Total"]


def rows(atoms=ATOMS, ages=range(27)):
    frame = pd.DataFrame([(atom, age) for atom in atoms for age in ages], columns=["atom", "age"]).astype(
        {"age": float}
    )
    return frame.assign(persons=2.0)


def test_ages_above_90_are_counted_at_90():
    long = complete(rows(ages=[*range(91), 91, 100]), ATOMS)
    assert len(long) == 2 * 91
    assert long.loc[long["age"] == 90, "persons"].tolist() == [6.0, 6.0]


def test_every_area_is_needed():
    with pytest.raises(InputError, match=r"1 of the council's 2 areas .*E01000002"):
        complete(rows(ATOMS[:1]), ATOMS)


def test_the_ages_of_children_are_needed():
    with pytest.raises(InputError, match="lacks 24, 25"):
        complete(rows(ages=range(24)), ATOMS)


def test_an_age_that_one_area_lacks():
    with pytest.raises(InputError, match=r"lack an age .*E01000001"):
        complete(rows().drop(index=3), ATOMS)


def test_the_day_a_population_counts_at():
    said, none = pd.Timestamp("2021-06-30").date(), pd.Series([], dtype="datetime64[s]")
    column = pd.Series(pd.to_datetime(["2019-06-30", "2019-06-30", None]))
    assert reference_day(said, column, "mid2020.csv", undated_allowed=False) == said
    assert str(reference_day(None, column, "mid2020.csv", undated_allowed=False)) == "2019-06-30"
    assert str(reference_day(None, none, "mid2020.csv", undated_allowed=False)) == "2020-06-30"
    assert reference_day(None, none, "x.csv", undated_allowed=True) is None
    with pytest.raises(InputError, match="--date 2020-06-30"):
        reference_day(None, none, "x.csv", undated_allowed=False)
