"""What a link worker must know of the demonstration's schools: free school meals, admissions, ages, liaison groups.

The number of pupils with free school meals is published, and it is known that there are eighteen liaison groups.
Which school has which is invented.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from geodata.contracts.low_income import AGES
from geodata.demo.apportionment import apportion
from geodata.demo.ground import Ground, Metres
from geodata.demo.homes import Integers, Texts
from geodata.demo.published import published
from geodata.demo.schools import MONTH
from geodata.profile import Profile

MEASURE = "pupils eligible for free school meals"

SELECTIVE = 13
"""Secondary schools with selective admissions: about as many as the county has grammar schools. Assumed, as no source
here prints it; which ones they are is drawn."""

LIAISON_GROUPS = 18
"""It is known that there are eighteen; who belongs to which is not."""

PAIRS = 12
"""Pairs of an infant and a junior school. Assumed."""

INFANT_AGES, JUNIOR_AGES = (4, 7), (7, 11)
AGES_OF = {
    "primary": (4, 11), "secondary": (11, 18), "all_through": (4, 18), "nursery": (2, 5), "alternative": (5, 16),
    "special": (4, 19),
}  # fmt: skip
"""Lowest and highest age by kind of school. Assumed."""

NURSERY_CLASS, NURSERY_CLASS_FROM = 0.35, 3
"""Share of primary schools with a nursery class, and the age from which it takes children. Assumed."""

NO_SIXTH_FORM, NO_SIXTH_FORM_TO = 0.25, 16
"""Share of non-selective secondary schools without a sixth form, and the age at which pupils leave. Assumed."""

REACH_M = {"primary": 1_500.0, "nursery": 2_000.0, "secondary": 4_000.0, "all_through": 4_000.0}
FAR_REACH_M = 8_000.0
"""Distance over which a small area's children count less for a school by a factor of e, metres. Assumed."""

MORE_MEALS = {"special": 1.9, "alternative": 2.8}
SELECTIVE_MEALS = 0.35
"""More or fewer pupils with free school meals than around the school, by this factor. Assumed."""

MEALS_SPREAD = 0.2
"""Standard deviation of a school's log rate of free school meals around that of its surroundings. Assumed."""


def with_traits(
    profile: Profile, ground: Ground, schools: pd.DataFrame, low_income: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Return the schools with free school meals, admissions, ages and liaison group; all else as it is.

    Parameters
    ----------
    profile : Profile
        Whose published number of pupils with free school meals is met.
    ground : Ground
        Where the small areas are.
    schools : pandas.DataFrame
        From `geodata.demo.schools.build_schools`.
    low_income : pandas.DataFrame
        From `geodata.demo.low_income.build_low_income`.
    rng : numpy.random.Generator
        Seeded by the caller.

    Returns
    -------
    pandas.DataFrame
        Also with fsm_percent, admissions (as Get Information About Schools writes it), lowest_age, highest_age and
        liaison_group.
    """
    selective = _selective(schools, rng)
    pairs = _pairs(schools)
    lowest, highest = _ages(schools, selective, pairs, rng)
    chooses = schools["kind"].isin(["secondary", "all_through"]).to_numpy()
    return schools.assign(
        fsm_percent=_meals(profile, ground, schools, low_income, selective, rng),
        admissions=np.where(selective, "Selective", np.where(chooses, "Non-selective", "Not applicable")),
        lowest_age=lowest,
        highest_age=highest,
        liaison_group=_liaison_groups(schools, pairs),
    )


def _metres(schools: pd.DataFrame) -> Metres:
    """Return the distances between the schools, metres."""
    east, north = (schools[axis].to_numpy(dtype=float) for axis in ("easting", "northing"))
    metres: Metres = np.hypot(east[:, None] - east, north[:, None] - north)
    return metres


def _selective(schools: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Return which schools are selective: evenly spread over the secondary schools by locality and town."""
    of_kind = schools[schools["kind"] == "secondary"].sort_values(["locality", "town", "urn"]).index.to_numpy()
    marks = np.floor((np.arange(SELECTIVE) + rng.random()) * of_kind.size / SELECTIVE).astype(np.int64)
    chosen: np.ndarray = schools.index.isin(of_kind[marks])
    return chosen


def _pairs(schools: pd.DataFrame) -> list[tuple[int, int]]:
    """Return the rows of infant and junior schools: primary schools that are nearest to each other, nearest first.

    The smaller is the infant school, which has three years of pupils to the junior school's four.
    """
    metres = _metres(schools)
    np.fill_diagonal(metres, np.inf)
    primary = (schools["kind"] == "primary").to_numpy()
    metres[:, ~primary] = np.inf
    metres[~primary] = np.inf
    nearest = metres.argmin(axis=1)
    pupils = schools["pupils"].to_numpy()
    mutual = [(i, int(j)) for i, j in enumerate(nearest) if primary[i] and i < j and nearest[j] == i]
    closest = sorted(mutual, key=lambda pair: metres[pair])[:PAIRS]
    return [(one, other) if pupils[one] <= pupils[other] else (other, one) for one, other in closest]


def _ages(
    schools: pd.DataFrame, selective: np.ndarray, pairs: list[tuple[int, int]], rng: np.random.Generator
) -> tuple[Integers, Integers]:
    lowest = schools["kind"].map({kind: ages[0] for kind, ages in AGES_OF.items()}).to_numpy(dtype=np.int64)
    highest = schools["kind"].map({kind: ages[1] for kind, ages in AGES_OF.items()}).to_numpy(dtype=np.int64)
    primary, secondary = ((schools["kind"] == kind).to_numpy() for kind in ("primary", "secondary"))
    lowest = np.where(primary & (rng.random(len(schools)) < NURSERY_CLASS), NURSERY_CLASS_FROM, lowest)
    no_sixth_form = secondary & ~selective & (rng.random(len(schools)) < NO_SIXTH_FORM)
    highest = np.where(no_sixth_form, NO_SIXTH_FORM_TO, highest)
    for infant, junior in pairs:
        lowest[infant], highest[infant] = INFANT_AGES
        lowest[junior], highest[junior] = JUNIOR_AGES
    return lowest, highest


def _meals(
    profile: Profile,
    ground: Ground,
    schools: pd.DataFrame,
    low_income: pd.DataFrame,
    selective: np.ndarray,
    rng: np.random.Generator,
) -> pd.Series:
    """Return percent of pupils with free school meals; the published number of pupils, shared out by surroundings."""
    poor = low_income.set_index("atom")[[AGES[1], AGES[2]]].sum(axis=1)[ground.places.atoms].to_numpy(dtype=float)
    children = ground.children + ground.teenagers
    east, north = ground.middles()
    metres = np.hypot(
        schools["easting"].to_numpy(dtype=float)[:, None] - east,
        schools["northing"].to_numpy(dtype=float)[:, None] - north,
    )
    reach = schools["kind"].map(REACH_M).fillna(FAR_REACH_M).to_numpy(dtype=float)
    near = np.exp(-metres / reach[:, None])
    rate = (near @ poor) / (near @ children) * np.exp(rng.normal(0, MEALS_SPREAD, len(schools)))
    rate *= schools["kind"].map(MORE_MEALS).fillna(1.0).to_numpy(dtype=float) * np.where(selective, SELECTIVE_MEALS, 1)
    eligible = apportion(rate * schools["pupils"].to_numpy(), published(profile, MEASURE, MONTH))
    return pd.Series(eligible / schools["pupils"].to_numpy() * 100, index=schools.index).round(1)


def _liaison_groups(schools: pd.DataFrame, pairs: list[tuple[int, int]]) -> Texts:
    """Return the liaison group of each school: that of the nearest of the secondary schools with a group of its own.

    One after another, the secondary school joins that makes the ways of all schools to the nearest shortest.
    """
    metres = _metres(schools)
    secondary = np.flatnonzero(schools["kind"] == "secondary").tolist()
    middles: list[int] = []
    shortest = np.full(len(schools), np.inf)
    for _ in range(LIAISON_GROUPS):
        free = [school for school in secondary if school not in middles]
        middles.append(min(free, key=lambda school: float(np.minimum(shortest, metres[school]).sum())))
        shortest = np.minimum(shortest, metres[middles[-1]])
    nearest = metres[middles].argmin(axis=0)
    for infant, junior in pairs:
        nearest[junior] = nearest[infant]
    names = [f"Liaison group {i:02d} ({schools['town'][middle]})" for i, middle in enumerate(sorted(middles), start=1)]
    place = {middle: i for i, middle in enumerate(sorted(middles))}
    groups: Texts = np.array(names)[[place[middles[i]] for i in nearest]]
    return groups
