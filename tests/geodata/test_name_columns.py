import pandas as pd
import pytest

from geodata.contracts import contract
from geodata.errors import ContractError
from geodata.name_columns import refuse_names


def text(**columns):
    return pd.DataFrame(columns, dtype="str")


def test_numbers_codes_and_places_pass():
    ids = [f"MOS{100000 + i}" for i in range(50)]
    refuse_names(contract("ehc_plans"), text(child_id=ids, start_date=["2022-01-01"] * 50), {})
    refuse_names(contract("link_workers"), text(post=["P1", "P2"], base=["Aylesbury", "High Wycombe"]), {})
    refuse_names(contract("housing"), text(site_id=["WENDOVER-1", "AMERSHAM-2"], name=["Land at Tom Green", ""]), {})
    refuse_names(contract("ehc_plans"), text(child_id=[]), {})


def test_names_anywhere_in_a_long_file_are_found():
    ids = [f"{i}" for i in range(10_000)]
    names = ["SMITH", "JONES", "PATEL", "BROWN", "TAYLOR", "WILSON", "DAVIES", "EVANS", "ROBERTS", "KHAN", "HUGHES"]
    ids[2000:8000] = [f"{'ABCDEFGHJKLM'[i % 12]}{names[i % 11]}{i}" for i in range(6000)]
    with pytest.raises(ContractError, match=r"'Ref' was taken for child_id .* Name a column of numbers or codes"):
        refuse_names(contract("ehc_plans"), text(child_id=ids), {"child_id": "Ref"})


def test_the_remedy_leaves_out_only_what_is_not_needed():
    people = ["Jane Smith", "Tom Green", "Aisha Khan"]
    with pytest.raises(ContractError, match=r"leave it out there: \{\"team\": null\}"):
        refuse_names(contract("link_workers"), text(post=["P1", "P2", "P3"], team=people), {"team": "Team"})
    with pytest.raises(ContractError, match=r"'Name' was taken for name .*with --map\.$"):
        refuse_names(contract("family_centres"), text(name=people), {})
