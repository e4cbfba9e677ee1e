import subprocess
import sys

import pandas as pd
import pandera.pandas as pa
import pytest

from geodata.contracts import CODE_LISTS, CONTRACTS, contract, for_profile
from geodata.errors import UsageError
from geodata.names import is_name_heading, normalise
from geodata.profile import load_profile
from geodata.validation import read_types


def test_an_unknown_dataset_lists_the_valid_ones():
    with pytest.raises(UsageError, match="cme_involvements, ehc_plans, home_education"):
        contract("cme")


@pytest.mark.parametrize("wanted", CONTRACTS.values(), ids=CONTRACTS.keys())
def test_no_alias_means_two_columns(wanted):
    names = [normalise(name) for column in wanted.columns for name in {column.key, *column.aliases}]
    owners = {
        name: {c.key for c in wanted.columns if name in {normalise(n) for n in (c.key, *c.aliases)}} for name in names
    }
    assert {name: keys for name, keys in owners.items() if len(keys) > 1} == {}


@pytest.mark.parametrize("key", ["cme_involvements", "ehc_plans"])
def test_no_alias_of_a_child_dataset_is_a_name(key):
    assert [n for c in contract(key).columns for n in (c.key, *c.aliases) if is_name_heading(n)] == []


@pytest.mark.parametrize("wanted", CONTRACTS.values(), ids=CONTRACTS.keys())
def test_every_spelling_leads_to_a_code(wanted):
    for column in wanted.columns:
        codes = {code for codes in column.spellings.values() for code in codes.split(";")}
        assert codes <= set(column.codes)
        assert all(spelling == spelling.lower() for spelling in column.spellings)


def test_a_rule_across_columns_names_its_column():
    text = pd.DataFrame({"child_id": ["C1"], "start_date": ["2022-01-02"], "end_date": ["2022-01-01"]}, dtype="str")
    frame, _ = read_types(contract("ehc_plans"), text)
    with pytest.raises(pa.errors.SchemaErrors) as refused:
        contract("ehc_plans").schema().validate(frame, lazy=True)
    assert set(refused.value.failure_cases["check"]) == {"end_date: the end lies before the start"}


def test_a_contract_has_the_codes_of_the_council():
    wanted = for_profile(contract("cme_involvements"), load_profile())
    column = wanted.column("closure_code")
    assert column.codes == load_profile().closing_codes
    assert set(column.spellings.values()) == set(column.codes)
    assert column.spellings["not cme - elective home education"] == "NCE"
    assert column.unknown.startswith("not one of the closing codes of Buckinghamshire's profile; ")
    others = [key for key in wanted.keys if key != "closure_code"]
    assert [wanted.column(key) for key in others] == [contract("cme_involvements").column(key) for key in others]
    assert contract("cme_involvements").column("closure_code").codes == {}


@pytest.mark.parametrize("wanted", CONTRACTS.values(), ids=CONTRACTS.keys())
def test_every_list_of_a_profile_that_is_named_exists(wanted):
    named = [column.codes_of for column in wanted.columns if column.codes_of]
    assert set(named) <= set(CODE_LISTS)
    assert (for_profile(wanted, load_profile()) is wanted) == (not named)
    assert all(column.codes for column in for_profile(wanted, load_profile()).columns if column.kind == "code")


def test_contracts_and_snapshots_load_no_data_frames():
    code = (
        "import sys, geodata.contracts, geodata.snapshot, dashapp.commands.imports;"
        "print(sorted({'pandas', 'pandera', 'pyarrow', 'numpy', 'openpyxl'} & set(sys.modules)))"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"
