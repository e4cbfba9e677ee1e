"""The seed decides people and places, and nothing that is published."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geodata.demo.cme import build_cme
from geodata.demo.council import draw_council
from geodata.demo.ehc import build_ehc
from geodata.demo.homes import Places
from geodata.profile import Profile

FIXED = {"population", "family_centres", "buildings", "housing"}


def test_plans_and_cases_are_drawn_before_all_else(profile: Profile, places: Places) -> None:
    rng = np.random.default_rng(11)
    plans = build_ehc(profile, places, rng)
    cases = build_cme(places, plans, rng)
    drawn = draw_council(profile, 11)

    pd.testing.assert_frame_equal(drawn["ehc_plans"].drop(columns="school_urn"), plans)
    pd.testing.assert_frame_equal(drawn["cme_involvements"].drop(columns=["school_urn", "last_contact"]), cases)


def test_another_seed_changes_people_and_sites_only(profile: Profile, demo: dict[str, pd.DataFrame]) -> None:
    other = draw_council(profile, 12)

    assert set(other) == set(demo)
    for dataset, frame in demo.items():
        assert frame.equals(other[dataset]) == (dataset in FIXED), dataset
    for dataset in ("ehc_plans", "cme_involvements", "schools", "provision", "link_workers", "school_allocations"):
        assert len(demo[dataset]) == len(other[dataset])
    assert demo["schools"]["pupils"].sum() == other["schools"]["pupils"].sum()
    assert demo["provision"]["commissioned_places"].sum() == other["provision"]["commissioned_places"].sum()


def test_one_person_is_the_same_in_every_dataset(demo: dict[str, pd.DataFrame]) -> None:
    people = pd.concat(
        [
            demo[dataset][["child_id", "born", "postcode", "protected"]]
            for dataset in ("ehc_plans", "cme_involvements", "home_education", "early_help_cases")
        ]
    )
    differing = people.groupby("child_id").nunique().max()

    assert differing.to_dict() == {"born": 1, "postcode": 1, "protected": 1}
