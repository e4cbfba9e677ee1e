"""The demonstration's link workers: posts, and which school each has today, deliberately far from the best.

Published is only that a link worker has three to five schools. Posts, hours, bases and schools are invented; some posts
have too many schools, some schools lie far from the base, one is with a post that must not take it, a few have nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.demo.apportionment import apportion
from geodata.demo.days import TODAY
from geodata.demo.homes import Integers, Texts

SCHOOLS_A_POST = 4.1
HOURS: tuple[tuple[float, int, float], ...] = ((37.0, 5, 0.6), (30.0, 5, 0.12), (22.2, 4, 0.16), (18.5, 3, 0.12))
"""Hours a week, schools that fit into them, and the share of posts. Assumed."""

TERM_TIME = 0.45
LANGUAGES = ("English", "English; Urdu", "English; Polish", "English; Punjabi; Urdu", "English; Romanian",
             "English; Bengali")  # fmt: skip
LANGUAGE_SHARES = (0.62, 0.14, 0.10, 0.06, 0.05, 0.03)
ABSENCES = ((-60, 45), (-20, 120), (30, 210), (-150, -30))
"""Absences as days from today to their first and last day: two now, one to come, one over."""

BARRED_POSTS = 5
TOO_MANY = (6, 6, 6, 7, 7)
"""Schools of the posts that have too many."""

FAR_AWAY = 11
"""Schools that went to a post of another team."""

WITH_NOBODY = 7
TYPICAL_M = 9_000.0
"""Distance from base to school over which a school becomes less likely by a factor of e, metres. Assumed."""

FROM_DAYS = ("2022-09-01", "2023-09-01", "2024-09-02")
FROM_SHARES = (0.3, 0.3, 0.4)
TEAMS = {"aylesbury": "Aylesbury", "wycombe": "Wycombe", "chiltern-south-bucks": "Chiltern & South Bucks"}


@dataclass(frozen=True)
class LinkWork:
    """The posts and their schools.

    Attributes
    ----------
    posts : pandas.DataFrame
        One row a post: post, team, hours, term_time, base, base_postcode, languages, absent_from and absent_to
        (datetimes), barred_schools, locality.
    allocations : pandas.DataFrame
        One row a school with a post: post, school_urn, start_date (datetime).
    """

    posts: pd.DataFrame
    allocations: pd.DataFrame


def build_link_work(schools: pd.DataFrame, centres: pd.DataFrame, rng: np.random.Generator) -> LinkWork:
    """Draw posts and today's schools of each.

    Parameters
    ----------
    schools : pandas.DataFrame
        From `geodata.demo.schools.build_schools`.
    centres : pandas.DataFrame
        From `geodata.demo.illustrative_sites.build_centres`; a post's base is a centre of its locality.
    rng : numpy.random.Generator
        Seeded by the caller.
    """
    posts = _posts(schools, centres, rng)
    holder = _allocate(schools, posts, rng)
    posts["barred_schools"] = _barred(schools, posts, holder, rng)
    held = np.flatnonzero(holder >= 0)
    allocations = pd.DataFrame(
        {
            "post": posts["post"].to_numpy()[holder[held]],
            "school_urn": schools["urn"].to_numpy()[held],
            "start_date": pd.to_datetime(pd.Series(rng.choice(FROM_DAYS, held.size, p=FROM_SHARES))),
        }
    )
    return LinkWork(posts, allocations.sort_values(["post", "school_urn"], ignore_index=True))


def _posts(schools: pd.DataFrame, centres: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    counts = schools["locality"].value_counts().reindex(list(TEAMS)).to_numpy(dtype=float)
    size = apportion(counts, round(len(schools) / SCHOOLS_A_POST))
    locality = np.repeat(list(TEAMS), size)
    total = int(size.sum())
    kinds = rng.permutation(np.repeat(np.arange(len(HOURS)), apportion([share for *_, share in HOURS], total)))
    base = np.concatenate([_bases(centres, key, int(n), rng) for key, n in zip(TEAMS, size, strict=True)])
    posts = pd.DataFrame(
        {
            "post": [f"LW-{number:02d}" for number in range(1, total + 1)],
            "team": [TEAMS[key] for key in locality],
            "hours": np.array([hours for hours, *_ in HOURS])[kinds],
            "room": np.array([room for _, room, _ in HOURS])[kinds],
            "term_time": np.where(rng.random(total) < TERM_TIME, "Yes", "No"),
            "languages": rng.choice(LANGUAGES, total, p=LANGUAGE_SHARES),
            "locality": locality,
        }
    )
    site = centres.loc[base].reset_index(drop=True)
    posts["base"], posts["base_postcode"] = site["name"], site["postcode"]
    posts["easting"], posts["northing"] = site["easting"], site["northing"]
    away = rng.choice(total, len(ABSENCES), replace=False)
    for column, days in zip(("absent_from", "absent_to"), zip(*ABSENCES, strict=True), strict=True):
        posts[column] = pd.Series(pd.NaT, index=posts.index, dtype="datetime64[ns]")
        posts.loc[away, column] = [pd.Timestamp(TODAY + timedelta(days=ahead)) for ahead in days]
    return posts


def _bases(centres: pd.DataFrame, locality: str, size: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Return the centres of the posts of a team: each has one or more, those open every day more."""
    here = centres[centres["locality"] == locality]
    weight = np.where(here["days"] == "Mon-Fri", 4.0, 1.0)
    bases: npt.NDArray[np.int64] = rng.permutation(np.repeat(here.index.to_numpy(), apportion(weight, size)))
    return bases


def _allocate(schools: pd.DataFrame, posts: pd.DataFrame, rng: np.random.Generator) -> Integers:
    """Return the row of the post of each school; -1 where it has none."""
    metres = np.hypot(
        schools["easting"].to_numpy(dtype=float)[:, None] - posts["easting"].to_numpy(dtype=float),
        schools["northing"].to_numpy(dtype=float)[:, None] - posts["northing"].to_numpy(dtype=float),
    )
    same_team = schools["locality"].to_numpy()[:, None] == posts["locality"].to_numpy()
    order = rng.permutation(len(schools))
    nobody, far = order[:WITH_NOBODY], order[WITH_NOBODY : WITH_NOBODY + FAR_AWAY]
    rest = order[WITH_NOBODY + FAR_AWAY :]
    room = posts["room"].to_numpy(dtype=np.int64).copy()
    crowded = rng.choice(len(posts), len(TOO_MANY), replace=False)
    room[crowded] = TOO_MANY
    holder = np.full(len(schools), -1, dtype=np.int64)
    # The crowded posts are filled first, from their own team.
    for post, count in zip(crowded, TOO_MANY, strict=True):
        near = np.flatnonzero(same_team[:, post] & (holder < 0) & np.isin(np.arange(len(schools)), rest))
        near = near[np.argsort(metres[near, post] + rng.normal(0, TYPICAL_M / 3, near.size), kind="stable")]
        holder[near[:count]] = post
        room[post] -= count
    for school in [*rest[holder[rest] < 0], *far]:
        elsewhere = school in far
        fits = (room > 0) & (~same_team[school] if elsewhere else same_team[school])
        fits = fits if fits.any() else room > 0
        key = -metres[school] / TYPICAL_M * (0.2 if elsewhere else 1.0) + rng.gumbel(size=len(posts))
        holder[school] = int(np.argmax(np.where(fits, key, -np.inf)))
        room[holder[school]] -= 1
    holder[nobody] = -1
    return holder


def _barred(schools: pd.DataFrame, posts: pd.DataFrame, holder: Integers, rng: np.random.Generator) -> Texts:
    """Return schools that a few posts must not take, one of which its post has today all the same."""
    urns = schools["urn"].to_numpy()
    barred = np.full(len(posts), "", dtype="<U20")
    chosen = rng.choice(np.unique(holder[holder >= 0]), BARRED_POSTS, replace=False)
    for place, post in enumerate(chosen):
        own = holder == post
        pool = urns[own] if place == 0 else urns[~own & (schools["locality"] == posts["locality"][post]).to_numpy()]
        barred[post] = ";".join(str(urn) for urn in sorted(rng.choice(pool, 1 + place % 2, replace=False)))
    return barred
