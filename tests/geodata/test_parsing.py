import pandas as pd
import pytest

from geodata.contracts import contract, for_profile
from geodata.parsing import parse_column
from geodata.profile import load_profile

CME = for_profile(contract("cme_involvements"), load_profile())
PLANS, POPULATION = (contract(key) for key in ("ehc_plans", "population"))


def parse(wanted, key, *texts):
    parsed = parse_column(wanted.column(key), pd.Series(texts, dtype="str"))
    values = [None if pd.isna(value) else value for value in parsed.values]
    return values, {reason: positions.tolist() for reason, positions in parsed.faults.items()}


def test_identifiers_need_a_digit():
    values, faults = parse(CME, "child_id", "C1", " 0012 ", "77.0", "Jane", "Jane Smith", "12/03/2010", "j1@x.uk", "")
    assert values == ["C1", "0012", "77", None, None, None, None, None]
    assert list(faults.values()) == [[3, 4, 5, 6]]


def test_year_groups():
    texts = ("N1", "N2", "n", "R", "Reception", "Year 7", "Y7", "NCY 7", "07", "7.0", "-1", "X", "", "Year R")
    assert parse(CME, "year_group", *texts) == ([-2, -1, -1, 0, 0, 7, 7, 7, 7, 7, -1, None, None, 0], {})


@pytest.mark.parametrize("text", ["seven", "7a", "7.5", "123"])
def test_what_is_no_year_group(text):
    values, faults = parse(CME, "year_group", text)
    assert values == [None]
    assert faults


def test_codes_and_their_spellings():
    assert parse(CME, "sen_status", "n", "SEN  Support", "EHCP", "", "zzz")[0] == ["N", "K", "E", None, "zzz"]
    assert parse(CME, "social_care", "None", "cin", "LAC", "Child protection")[0] == ["NONE", "CIN", "CLA", "CP"]
    assert parse(CME, "closure_code", "busc", "Overseas", "NPR")[0] == ["BUSC", "OVER", "NPR"]
    assert parse(PLANS, "primary_need", "Autism", "slcn", "Moderate learning difficulty")[0] == ["ASD", "SLCN", "MLD"]
    assert parse(PLANS, "provision", "ARP", "Special school", "FE", "base")[0] == [
        "base", "special", "further_education", "base",
    ]  # fmt: skip


def test_a_flag_that_is_not_understood_waits():
    values, faults = parse(CME, "protected", "Y", "Refuge", "no", "", "unknown", "perhaps")
    assert values[:4] == [True, True, False, False]
    assert list(faults.values()) == [[4, 5]]


def test_school_numbers():
    values, faults = parse(CME, "school_urn", "110000", "110000.0", "825/4001", "")
    assert values == [110000, 110000, None, None]
    assert list(faults.values()) == [[2]]


def test_numbers():
    values, faults = parse(POPULATION, "persons", "17.0", "1,234", "-3", "low", "inf", "1,23")
    assert values == [17.0, 1234.0, -3.0, None, None, None]
    assert list(faults.values()) == [[3, 4, 5]]


def test_the_month_of_birth_only():
    assert parse(CME, "born", "28/09/2010")[0] == [pd.Timestamp("2010-09-01")]


def test_moments_keep_their_time_and_say_what_they_lack():
    early_help = contract("early_help_cases")
    values, faults = parse(early_help, "decision_made", "05/01/2024 16:30", "05/01/2024", "n/a", "05/01/2024 99:99")
    assert values == [pd.Timestamp("2024-01-05 16:30"), pd.Timestamp("2024-01-05"), None, None]
    assert list(faults.values()) == [[3]]
