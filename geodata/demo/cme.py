"""A person and a place for each calibrated involvement of the demonstration.

Dates and reasons come from ``cme_2021_22.csv``, which meets every printed table and never changes. The seed decides who
the children are and where they live; how many of the open ones have a plan or SEN support is printed too, and fixed.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.demo.homes import INSIDE, OUTSIDE, PROTECTED, UNKNOWN, Places, Texts, atom_weights, draw_homes
from geodata.demo.people import Days, as_day, birthday, year_group

TABLE_PATH = Path(__file__).with_name("cme_2021_22.csv")

FIRST_DAY, LAST_DAY = date(2021, 8, 31), date(2022, 7, 31)
"""The file is complete for these days: the stock at the end of the first, and the papers' year after it."""

SCHOOL_LEAVING_DAY = date(2022, 6, 24)
"""Compulsory schooling of who turned 16 in the school year ends on the last Friday of June."""

OPEN_WITH_PLAN, OPEN_WITH_SUPPORT = 2, 10
"""Of the 67 open on 31 July 2022, printed as 3 and 15 per cent."""

CLOSED_WITH_PLAN = 14
SHARE_WITH_SUPPORT = 0.15
SOCIAL_CARE_SHARES = {"NONE": 0.85, "CIN": 0.08, "CP": 0.04, "CLA": 0.03}
"""Assumed."""

OPEN_HOMES = {"aylesbury": 16, "high-wycombe": 15}
"""Open cases in the two boards that the papers name as having the most; they give no number, so this is assumed."""

OPEN_KINDS = {OUTSIDE: 2, UNKNOWN: 2, PROTECTED: 1}
MOST_OPEN_ELSEWHERE = 7
"""No other board has more open cases, so that the two named ones have the most whatever the seed."""

RATE_BY_BOARD = {
    "aylesbury": 2.0, "high-wycombe": 1.9, "chesham-and-villages": 1.1, "wexham-and-ivers": 1.1, "amersham": 0.7,
    "beeches": 0.8, "missendens": 0.6, "south-west-chilterns": 0.7, "winslow-and-villages": 0.7,
    "wing-and-ivinghoe": 0.7, "haddenham-and-waddesdon": 0.8, "denham-gerrards-cross-and-chalfonts": 0.8,
    "beaconsfield-and-chepping-wye": 0.7,
}  # fmt: skip
"""Relative rate, 1 where a board is not named. Synthetic: nothing is published by area."""

SHARE_OUTSIDE = {"OLAN": 1.0, "OLEA": 0.6, "OLCM": 0.55, "OTAG": 0.0}
SHARE_UNKNOWN = {"OVER": 0.12, "NCO": 0.04, "OLCM": 0.04}
"""By reason of closing, the address last recorded: who moved to another authority often has the new one. Assumed."""

CLOSED_PROTECTED = 4
LOCAL_REASONS = ("BUSC", "SB", "IND", "NCO", "NCA", "NCE", "OLAB")
"""Reasons with which the child still lives here, so that a plan of this council goes on."""


def build_cme(places: Places, plans: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Give each involvement a person and a place.

    Parameters
    ----------
    places : Places
        From `geodata.demo.homes.load_places`.
    plans : pandas.DataFrame
        From `geodata.demo.ehc.build_ehc`; a child with a plan is one of these, under the same identifier.
    rng : numpy.random.Generator
        Seeded by the caller.

    Returns
    -------
    pandas.DataFrame
        One row an involvement: child_id, born, start_date, end_date (NaT while open), closure_code, year_group (in
        2021/22), sen_status, social_care, postcode, protected, home (kind).
    """
    cases = pd.read_csv(TABLE_PATH, dtype={"closure_code": str}, keep_default_na=False)
    for column in ("start_date", "end_date"):
        cases[column] = pd.to_datetime(cases[column], format="%Y-%m-%d")
    children = _children(cases)
    children["born"] = _births(children, rng)
    children["sen_status"] = _sen_statuses(children, rng)
    children["social_care"] = rng.choice(list(SOCIAL_CARE_SHARES), len(children), p=list(SOCIAL_CARE_SHARES.values()))
    children = children.join(_homes(children, places, rng))
    _take_from_plans(children, plans, rng)
    children["year_group"] = year_group(children["born"].to_numpy().astype("datetime64[D]"), as_day(LAST_DAY))
    people = ["child_id", "born", "year_group", "sen_status", "social_care", "postcode", "protected", "home"]
    return cases.join(children[people], on="child").drop(columns=["involvement", "child"])


def _children(cases: pd.DataFrame) -> pd.DataFrame:
    """Return one row a child: first start, last end and reason, and whether a case is open; index is the number."""
    ordered = cases.sort_values(["child", "start_date"]).groupby("child")
    children = pd.DataFrame(
        {
            "first": ordered["start_date"].first(),
            "last": ordered["end_date"].last(skipna=False),
            "code": ordered["closure_code"].last(),
            "cases": ordered.size(),
        }
    )
    children["open"] = children["last"].isna()
    children["child_id"] = [f"DEMO-C{number:04d}" for number in children.index]
    return children


def _births(children: pd.DataFrame, rng: np.random.Generator) -> Days:
    """Draw dates of birth that keep each child of school age while a case is open."""
    last = children["last"].fillna(pd.Timestamp(LAST_DAY)).to_numpy().astype("datetime64[D]")
    leaves = (children["code"] == "SLA").to_numpy()
    at_school_since = np.where((last > as_day(SCHOOL_LEAVING_DAY)) & ~leaves, "2006-09-01", "2005-09-01")
    earliest = at_school_since.astype("datetime64[D]")
    latest = birthday(children["first"].to_numpy().astype("datetime64[D]"), -5)
    latest[leaves] = np.datetime64("2006-08-31")
    room = (latest - earliest).astype(np.int64)
    born: Days = earliest + np.floor(rng.random(len(children)) * room).astype(np.int64)
    return born


def _sen_statuses(children: pd.DataFrame, rng: np.random.Generator) -> Texts:
    """Draw N, K or E: exactly the printed numbers among the open, plausible ones among the closed."""
    status = np.where(rng.random(len(children)) < SHARE_WITH_SUPPORT, "K", "N")
    still_open = rng.permutation(np.flatnonzero(children["open"]))
    status[still_open] = "N"
    status[still_open[:OPEN_WITH_SUPPORT]] = "K"
    status[still_open[OPEN_WITH_SUPPORT : OPEN_WITH_SUPPORT + OPEN_WITH_PLAN]] = "E"
    once_and_here = (children["cases"] == 1) & children["code"].isin(LOCAL_REASONS)
    status[rng.permutation(np.flatnonzero(once_and_here))[:CLOSED_WITH_PLAN]] = "E"
    return status


def _homes(children: pd.DataFrame, places: Places, rng: np.random.Generator) -> pd.DataFrame:
    """Draw a home for each child."""
    weights = atom_weights(places, RATE_BY_BOARD, rng)
    homes = draw_homes(places, weights, _kinds(children, rng), rng).set_index(children.index)
    boards = _open_boards(places, weights, int(children["open"].sum()) - sum(OPEN_KINDS.values()), rng)
    here = children.index[children["open"] & (homes["home"] == INSIDE)]
    for board in np.unique(boards):
        within = weights * (places.boards == board)
        chosen = here[boards == board]
        kinds = np.full(len(chosen), INSIDE)
        homes.loc[chosen] = draw_homes(places, within / within.sum(), kinds, rng).set_index(chosen)
    return homes


def _kinds(children: pd.DataFrame, rng: np.random.Generator) -> Texts:
    code = children["code"]
    chance = rng.random(len(children))
    outside = code.map(SHARE_OUTSIDE).fillna(0.01).to_numpy()
    unknown = code.map(SHARE_UNKNOWN).fillna(0.01).to_numpy()
    kinds = np.where(chance < outside, OUTSIDE, np.where(chance < outside + unknown, UNKNOWN, INSIDE)).astype("<U9")
    still_open = children["open"].to_numpy()
    closed_here = np.flatnonzero(~still_open & (kinds == INSIDE))
    kinds[rng.choice(closed_here, CLOSED_PROTECTED, replace=False)] = PROTECTED
    open_kinds = [kind for kind, count in OPEN_KINDS.items() for _ in range(count)]
    open_kinds += [INSIDE] * (int(still_open.sum()) - len(open_kinds))
    kinds[still_open] = rng.permutation(open_kinds)
    return kinds


def _open_boards(places: Places, weights: npt.NDArray[np.float64], size: int, rng: np.random.Generator) -> Texts:
    """Return a community board for each open case with a home in the county, in random order."""
    others = sorted(set(places.boards.tolist()) - set(OPEN_HOMES))
    share = np.array([weights[places.boards == board].sum() for board in others])
    tickets = np.repeat(np.array(others), MOST_OPEN_ELSEWHERE)
    # At most MOST_OPEN_ELSEWHERE tickets a board, the likelier boards' tickets first (a weighted draw).
    key = np.log(np.repeat(share, MOST_OPEN_ELSEWHERE)) + rng.gumbel(size=tickets.size)
    drawn = tickets[np.argsort(-key, kind="stable")[: size - sum(OPEN_HOMES.values())]]
    boards: Texts = rng.permutation(np.concatenate([np.repeat(list(OPEN_HOMES), list(OPEN_HOMES.values())), drawn]))
    return boards


def _take_from_plans(children: pd.DataFrame, plans: pd.DataFrame, rng: np.random.Generator) -> None:
    """Make each child with status E one who has a plan: same identifier, birth and home; in place."""
    taken: set[str] = set()
    oldest, youngest = pd.Timestamp(2006, 9, 1), pd.DateOffset(years=5)
    for number, child in children[children["sen_status"] == "E"].iterrows():
        until = pd.Timestamp(LAST_DAY) if child["open"] else child["last"]
        fits = (
            (plans["start_date"] <= child["first"])
            & (plans["end_date"].isna() | (plans["end_date"] > until))
            & plans["born"].between(oldest, child["first"] - youngest)
            & (plans["home"] == INSIDE)
            & ~plans["child_id"].isin(taken)
        )
        person = plans.loc[rng.choice(plans.index[fits])]
        taken.add(person["child_id"])
        same = ["child_id", "born", "postcode", "protected", "home"]
        children.loc[number, same] = person[same]
