"""Links between the modules of a SEN2 return: from a plan up to its person, from placements and needs to a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.sen2_modules import Module

KEYS = ("plan", "request", "person")
"""What a plan can be known by to other modules, the closest first."""

NONE, SEVERAL = -1, -2


@dataclass(frozen=True)
class Plans:
    """How the named plans can be reached.

    Attributes
    ----------
    keys : pandas.DataFrame of str
        plan, request and person ID of each row of the named plan module; blank where not known.
    fault : pandas.Series of str
        Why a plan leads to no person; blank where it does.
    is_open : numpy.ndarray of bool
        Whether a plan has no end.
    """

    keys: pd.DataFrame
    fault: pd.Series[str]
    is_open: np.ndarray


@dataclass(frozen=True)
class Owners:
    """Which plan each row of a module belongs to.

    Attributes
    ----------
    plan : numpy.ndarray of int
        Position of the plan; `NONE` for no plan of this return, `SEVERAL` where it cannot be told which.
    loose : numpy.ndarray of bool
        Whether only the person is the same: the row's request has no plan of its own.
    """

    plan: np.ndarray
    loose: np.ndarray


def trace_plans(modules: Mapping[str, Module]) -> Plans:
    """Follow every named plan to its request and its person.

    Parameters
    ----------
    modules : mapping of str to Module
        From `read_modules`.
    """
    plans = modules["namedplan"]
    keys = pd.DataFrame({key: plans.text(key) for key in KEYS})
    fault = pd.Series("", index=keys.index, dtype="str")
    at = {"assessment": plans.text("assessment"), "request": keys["request"], "person": keys["person"]}
    for name, key, value in (("assessment", "assessment", "request"), ("requests", "request", "person")):
        if name in modules:
            at[value], why = follow(at[key], modules[name], key, value)
            fault = fault.where(fault != "", why)
    _, why = follow(at["person"], modules["person"], "person", "person")
    fault = fault.where(fault != "", why)
    return Plans(
        keys.assign(request=at["request"], person=at["person"]), fault, (plans.text("end") == "").to_numpy(dtype=bool)
    )


def follow(ids: pd.Series[str], module: Module, key: str, value: str) -> tuple[pd.Series[str], pd.Series[str]]:
    """Look IDs up in the module whose own ID they are.

    Parameters
    ----------
    ids : pandas.Series of str
        Blank where not stated.
    module : Module
        Where to look; rows that are the same in all that was read count once.
    key, value : str
        Its columns: the ID, and what is wanted of its row.

    Returns
    -------
    values : pandas.Series of str
        Blank where there is a reason.
    reasons : pandas.Series of str
        Why there is no value; holds no ID.
    """
    table = module.frame.drop_duplicates()
    table = table[table[key] != ""]
    torn = table[key].duplicated(keep=False)
    at = pd.Index(table.loc[~torn, key]).get_indexer(ids)
    several = pd.Index(table.loc[torn, key].unique()).get_indexer(ids) >= 0
    found = table.loc[~torn, value].to_numpy()[at] if len(table) > torn.sum() else ""
    values = pd.Series(np.where(at >= 0, found, ""), index=ids.index, dtype="str")
    reasons = pd.Series(f"leads to no {value} through the {module.name} module", index=ids.index, dtype="str")
    reasons = reasons.mask(several, f"several rows of the {module.name} module have its ID")
    reasons = reasons.mask(ids == "", f"states no ID of the {module.name} module").mask(values != "", "")
    return values, reasons


def own(module: Module, modules: Mapping[str, Module], plans: Plans) -> Owners:
    """Find the plan of each row of plandetail, activeplans, placementdetail or senneed.

    Notes
    -----
    The plan's own ID decides, else the request's (directly or through activeplans), else the person's. Where several
    plans share that ID, the row belongs to the one that is still open, if it is the only one. A row of a request that
    has no plan goes to the person's open plan only: what came of a later request says nothing of a plan that ceased.
    """
    links = {key: module.text(key) for key in KEYS}
    if "active" in module.frame and module.name != "activeplans" and "activeplans" in modules:
        links = _through_active(module.text("active"), modules["activeplans"], links)
    if "requests" in modules:
        person, _ = follow(links["request"], modules["requests"], "request", "person")
        links["person"] = links["person"].where(links["person"] != "", person)
    plan = np.full(len(module.rows), NONE, dtype=np.int64)
    loose = np.zeros(len(plan), dtype=bool)
    for key in KEYS:
        hits = _holders(links[key], plans.keys[key], plans.is_open)
        better = (plan < 0) & (hits != NONE)
        astray = better & (key == "person") & (links["request"] != "").to_numpy(dtype=bool)
        better &= ~astray | (hits == SEVERAL) | at_plans(hits, plans.is_open)
        plan[better] = hits[better]
        loose |= better & astray
    return Owners(plan, loose)


def at_plans(positions: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return the plans' truth values at positions of plans; False where a position is below 0."""
    result = np.zeros(len(positions), dtype=bool)
    result[positions >= 0] = values[positions[positions >= 0]]
    return result


def _through_active(
    ids: pd.Series[str], active: Module, links: Mapping[str, pd.Series[str]]
) -> dict[str, pd.Series[str]]:
    found = dict(links)
    for key in active.frame.columns.intersection(KEYS) if "active" in active.frame else ():
        value, _ = follow(ids, active, "active", key)
        found[key] = found[key].where(found[key] != "", value)
    return found


def _holders(ids: pd.Series[str], of_plans: pd.Series[str], is_open: np.ndarray) -> np.ndarray:
    """Return the position of the plan that has each ID: the only one, or the only open one of several."""
    table = pd.DataFrame({"id": of_plans, "at": np.arange(len(of_plans)), "open": is_open})
    table = table[table["id"] != ""]
    opened = table[table["open"]]
    sole = table[~table["id"].duplicated(keep=False)]
    sole_open = opened[~opened["id"].duplicated(keep=False)]
    chosen = pd.concat([sole, sole_open]).drop_duplicates("id")
    result: np.ndarray = np.where(pd.Index(table["id"].unique()).get_indexer(ids) >= 0, SEVERAL, NONE)
    at = pd.Index(chosen["id"]).get_indexer(ids)
    result[at >= 0] = chosen["at"].to_numpy()[at[at >= 0]]
    return result


def first_of(table: pd.DataFrame, keys: Sequence[str], values: Sequence[str]) -> tuple[pd.DataFrame, pd.Index[int]]:
    """Return the row of each plan that comes first.

    Parameters
    ----------
    table : pandas.DataFrame
        plan (position; below 0 is left out), keys (numbers without blanks, the lowest first) and values.
    keys, values : sequence of str
        Its columns.

    Returns
    -------
    rows : pandas.DataFrame
        One row a plan, index the plan's position; without the plans of which nothing can be told.
    torn : pandas.Index of int
        Plans where rows that differ in their values come first together.
    """
    table = table[table["plan"] >= 0].sort_values(["plan", *keys], kind="stable")
    first = table.groupby("plan")[list(keys)].transform("first")
    top = table[(table[list(keys)] == first).all(axis=1)].drop_duplicates(["plan", *values])
    torn = top["plan"].duplicated(keep=False)
    return top[~torn].set_index("plan"), pd.Index(top.loc[torn, "plan"].unique())
