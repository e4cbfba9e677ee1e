"""The list of places has three counts, in words of the contract."""

from __future__ import annotations

import pandas as pd

from geodata.contracts import contract


def test_three_counts_are_three_counts(demo: dict[str, pd.DataFrame]) -> None:
    rows = demo["provision"]
    now = rows[rows["pupils"].notna()]

    for one, other in (("commissioned_places", "capacity"), ("capacity", "pupils"), ("commissioned_places", "pupils")):
        assert (now[one] != now[other]).mean() > 0.15
    assert not rows.duplicated(["setting_urn", "provision", "need", "phase", "opened"]).any()


def test_words_are_those_of_the_contract(demo: dict[str, pd.DataFrame]) -> None:
    rows = demo["provision"]
    wanted = contract("provision")

    for key in ("provision", "need", "phase"):
        assert set(rows[key].str.lower()) <= {word.lower() for word in wanted.column(key).codes.values()} | set(
            wanted.column(key).spellings
        )


def test_every_setting_is_a_school_of_the_list(demo: dict[str, pd.DataFrame]) -> None:
    rows, schools = demo["provision"], demo["schools"].set_index("urn")

    assert rows["setting_name"].tolist() == schools["name"][rows["setting_urn"]].tolist()
    assert rows["postcode"].tolist() == schools["postcode"][rows["setting_urn"]].tolist()
