"""What is added to the schools meets what is published, fits the kind of school, and leaves all else as it was."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geodata.demo.council import _stream
from geodata.demo.ground import Ground
from geodata.demo.published import published
from geodata.demo.school_traits import LIAISON_GROUPS, MEASURE, PAIRS, SELECTIVE, with_traits
from geodata.demo.schools import MONTH, build_schools
from geodata.demo.specialist import special_towns
from geodata.profile import Profile

NEW = ["fsm_percent", "admissions", "lowest_age", "highest_age", "liaison_group"]


@pytest.fixture(scope="session")
def schools(demo: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return demo["schools"]


def test_nothing_else_of_a_school_changes(profile: Profile, ground: Ground, demo: dict[str, pd.DataFrame]) -> None:
    before = build_schools(profile, ground, special_towns(), _stream(3, "schools"))
    after = with_traits(profile, ground, before, demo["low_income"], _stream(3, "school traits"))

    pd.testing.assert_frame_equal(after.drop(columns=NEW), before)
    assert after.columns.tolist() == [*before.columns, *NEW]


def test_free_school_meals_add_up_to_the_published_number(profile: Profile, schools: pd.DataFrame) -> None:
    eligible = (schools["fsm_percent"] * schools["pupils"] / 100).sum()

    # A tenth of a percent is what is written, so each school may be out by half of that.
    assert eligible == pytest.approx(published(profile, MEASURE, MONTH), abs=0.0005 * schools["pupils"].sum())
    assert schools["fsm_percent"].between(0, 75).all()
    assert (schools["fsm_percent"] == schools["fsm_percent"].round(1)).all()


def test_free_school_meals_follow_low_income_around_the_school(
    ground: Ground, schools: pd.DataFrame, demo: dict[str, pd.DataFrame]
) -> None:
    primary = schools[schools["kind"] == "primary"]
    poor = demo["low_income"].set_index("atom")["ages_5_10"][ground.places.atoms].to_numpy()
    sites = pd.Index(ground.places.inside).get_indexer(primary["postcode"])

    assert np.corrcoef(primary["fsm_percent"], (poor / ground.children)[ground.atom[sites]])[0, 1] > 0.5
    weighed = schools.assign(meals=schools["fsm_percent"] * schools["pupils"])
    sums = weighed.groupby("locality")[["meals", "pupils"]].sum()
    percent = sums["meals"] / sums["pupils"]
    assert percent["chiltern-south-bucks"] < min(percent["aylesbury"], percent["wycombe"])


def test_some_secondary_schools_are_selective(schools: pd.DataFrame) -> None:
    selective = schools[schools["admissions"] == "Selective"]

    assert len(selective) == SELECTIVE == 13
    assert selective["kind"].eq("secondary").all()
    assert selective["locality"].nunique() == 3
    others = schools[(schools["kind"] == "secondary") & (schools["admissions"] != "Selective")]
    assert others["admissions"].eq("Non-selective").all()
    assert selective["fsm_percent"].mean() < 0.6 * others["fsm_percent"].mean()
    assert schools.loc[schools["kind"] == "primary", "admissions"].eq("Not applicable").all()


def test_infant_and_junior_schools_stand_side_by_side(schools: pd.DataFrame) -> None:
    ages = list(zip(schools["lowest_age"], schools["highest_age"], strict=True))
    infant, junior = (schools[[one == span for one in ages]] for span in ((4, 7), (7, 11)))
    metres = np.hypot(
        infant["easting"].to_numpy()[:, None] - junior["easting"].to_numpy(),
        infant["northing"].to_numpy()[:, None] - junior["northing"].to_numpy(),
    )
    partner = metres.argmin(axis=1)

    assert len(infant) == len(junior) == PAIRS
    assert set(infant["kind"]) == set(junior["kind"]) == {"primary"}
    assert sorted(partner.tolist()) == list(range(PAIRS))
    assert metres.min(axis=1).max() < 1_500
    assert (infant["pupils"].to_numpy() <= junior["pupils"].to_numpy()[partner]).all()
    assert (infant["liaison_group"].to_numpy() == junior["liaison_group"].to_numpy()[partner]).all()


def test_ages_fit_the_kind_of_school(schools: pd.DataFrame) -> None:
    assert (schools["lowest_age"] < schools["highest_age"]).all()
    spans = schools.groupby("kind").apply(
        lambda rows: set(zip(rows["lowest_age"], rows["highest_age"], strict=True)), include_groups=False
    )
    assert spans["primary"] == {(3, 11), (4, 11), (4, 7), (7, 11)}
    assert spans["secondary"] == {(11, 16), (11, 18)}
    assert schools.loc[schools["admissions"] == "Selective", "highest_age"].eq(18).all()


def test_there_are_as_many_liaison_groups_as_known(schools: pd.DataFrame) -> None:
    groups = schools.groupby("liaison_group")

    assert groups.ngroups == LIAISON_GROUPS == 18
    assert (groups["kind"].agg(lambda kinds: (kinds == "secondary").sum()) >= 1).all()
    assert groups.size().between(3, 30).all()
    assert schools["liaison_group"].str.fullmatch(r"Liaison group \d{2} \([\w ]+\)").all()
