"""Children with plans go to schools of the right kind and phase, rather near, and no school bursts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geodata.contracts.ehc_plans import PROVISION_CODES
from geodata.demo.days import TODAY
from geodata.demo.ground import Ground
from geodata.demo.placements import nearby_schools, school_phase

KINDS_OF = {
    "mainstream": {"nursery", "primary", "secondary", "all_through"},
    "base": {"primary", "secondary"},
    "special": {"special"},
    "alternative": {"alternative"},
}


@pytest.fixture(scope="session")
def placed(demo: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Plans with a school, with its kind, town and phase."""
    schools = demo["schools"].set_index("urn")[["kind", "easting", "northing"]]
    plans = demo["ehc_plans"]
    return plans[plans["school_urn"].notna()].join(schools, on="school_urn")


def test_every_school_is_one_of_the_list_and_of_the_right_kind(
    demo: dict[str, pd.DataFrame], placed: pd.DataFrame
) -> None:
    assert set(placed["school_urn"]) <= set(demo["schools"]["urn"])
    for provision, kinds in KINDS_OF.items():
        assert set(placed.loc[placed["provision"] == provision, "kind"]) <= kinds
    assert set(placed["provision"]) == set(KINDS_OF)


def test_only_the_provisions_of_the_list_have_a_school(demo: dict[str, pd.DataFrame]) -> None:
    share = demo["ehc_plans"].groupby("provision")["school_urn"].apply(lambda urns: urns.notna().mean())

    assert set(share.index) == set(PROVISION_CODES)
    assert share[["further_education", "independent", "other"]].eq(0).all()
    assert share["mainstream"] > 0.95
    assert 0.88 < share["special"] < 0.97
    assert share["base"] > 0.85


def test_the_phase_fits_the_year(placed: pd.DataFrame) -> None:
    year = placed["year_group"].astype(int)

    assert year[placed["kind"] == "secondary"].min() >= 7
    assert year[placed["kind"] == "primary"].max() <= 6
    assert year[placed["kind"] == "nursery"].lt(0).all()


def test_no_child_of_a_protected_home_or_from_outside_has_a_school(demo: dict[str, pd.DataFrame]) -> None:
    for dataset in ("ehc_plans", "cme_involvements", "early_help_cases"):
        hidden = demo[dataset][demo[dataset]["home"].isin(["protected", "outside"])]
        assert len(hidden)
        assert hidden["school_urn"].isna().all()


def test_children_go_to_school_near_their_home(placed: pd.DataFrame, ground: Ground) -> None:
    east, north = ground.points(placed["postcode"])
    metres = pd.Series(np.hypot(east - placed["easting"], north - placed["northing"]))
    typical = metres.groupby(placed["kind"]).median()

    assert typical["primary"] < 2_500
    assert typical["secondary"] < 6_000
    assert typical["special"] < 15_000


def test_special_schools_and_bases_take_little_more_than_their_places(demo: dict[str, pd.DataFrame]) -> None:
    rows = demo["provision"]
    full = rows["pupils"] - np.ceil(rows["commissioned_places"] * 1.08)

    assert full.dropna().max() <= 0
    assert (
        rows["pupils"].isna().sum()
        == ((rows["opened"] > pd.Timestamp(TODAY)) | (rows["closed"] <= pd.Timestamp(TODAY))).sum()
    )


def test_pupils_attending_are_the_plans_of_the_setting(demo: dict[str, pd.DataFrame], placed: pd.DataFrame) -> None:
    now = placed[(placed["start_date"] <= pd.Timestamp(TODAY)) & ~(placed["end_date"] <= pd.Timestamp(TODAY))]
    rows = demo["provision"]
    for provision in ("special", "base", "alternative"):
        of_kind = rows[rows["provision"] == PROVISION_CODES[provision]]
        counted = of_kind.groupby("setting_urn")["pupils"].sum()
        plans = now.loc[now["provision"] == provision, "school_urn"].value_counts()
        assert counted[counted > 0].astype(int).to_dict() == plans.to_dict()


def test_aylesbury_lacks_secondary_special_places(demo: dict[str, pd.DataFrame], ground: Ground) -> None:
    rows, plans = demo["provision"], demo["ehc_plans"]
    schools = demo["schools"].set_index("urn")
    is_open = (rows["opened"] <= pd.Timestamp(TODAY)) & (rows["provision"] == "Special school")
    there = rows[is_open & (rows["phase"] == "Secondary")]
    places = there.groupby(there["setting_urn"].map(schools["locality"]))["commissioned_places"].sum()
    now = plans[plans["end_date"].isna() & (plans["provision"] == "special") & plans["year_group"].between(7, 11)]
    east, _ = ground.points(now["postcode"])
    known = now[~np.isnan(east)]
    index = pd.Index(pd.Series(ground.places.inside).str.replace(" ", ""))
    atom = ground.atom[index.get_indexer(known["postcode"].str.upper().str.replace(" ", ""))]
    demand = pd.Series(ground.localities[atom]).value_counts()

    assert demand["aylesbury"] > 1.3 * places["aylesbury"]
    assert demand["wycombe"] < 1.1 * places["wycombe"]
    assert demand["chiltern-south-bucks"] < 1.1 * places["chiltern-south-bucks"]


def test_phases_change_after_year_6_and_year_11() -> None:
    assert school_phase(pd.Series([-2, 6, 7, 11, 12, 14])).tolist() == [
        "primary", "primary", "secondary", "secondary", "post_16", "post_16",
    ]  # fmt: skip


def test_a_home_that_is_not_known_still_gets_a_school(demo: dict[str, pd.DataFrame], ground: Ground) -> None:
    children = pd.DataFrame({"year_group": [3, 9], "postcode": ["", "NOT KNOWN"]})
    urns = nearby_schools(children, demo["schools"], ground, np.random.default_rng(1))
    kinds = demo["schools"].set_index("urn")["kind"][urns].tolist()

    assert kinds[0] in ("primary", "all_through")
    assert kinds[1] in ("secondary", "all_through")


def test_some_children_missing_education_have_a_last_school(demo: dict[str, pd.DataFrame]) -> None:
    cases = demo["cme_involvements"]
    plans = demo["ehc_plans"].set_index("child_id")["school_urn"]
    with_plan = cases[cases["child_id"].isin(plans.index)]

    assert 0.35 < cases["school_urn"].notna().mean() < 0.65
    assert set(cases["school_urn"].dropna()) <= set(demo["schools"]["urn"])
    assert (cases.groupby("child_id")["school_urn"].nunique(dropna=False) == 1).all()
    assert with_plan["school_urn"].fillna(0).tolist() == plans[with_plan["child_id"]].fillna(0).tolist()
