"""Primary need and current placement of each plan of a SEN2 return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from geodata.dates import parse_days
from geodata.parsing import NO
from geodata.sen2_codes import is_yes, need_of, provision_of
from geodata.sen2_links import Owners, first_of
from geodata.sen2_modules import Module

VALUES = ("setting", "urn", "ukprn", "unit", "resourced")
LAST_DAY, LAST_RANK = 10**6, 99
"""Later than any day (counted from 1970) and below any rank: what a blank stands for in sorting."""

_NONE = pd.DataFrame({key: pd.Series(dtype="str") for key in VALUES} | {"rank": pd.Series(dtype="float64")})


@dataclass(frozen=True)
class Chosen:
    """What was chosen of the rows of a module or two.

    Attributes
    ----------
    rows : pandas.DataFrame
        One row a plan of which something could be chosen, index the plan's position.
    torn : int
        Plans where nothing tells which of several rows to choose.
    notes : tuple of (int, str)
        Numbers and the sentences that they stand in.
    """

    rows: pd.DataFrame
    torn: int
    notes: tuple[tuple[int, str], ...]


def primary_needs(module: Module, owners: Owners) -> Chosen:
    """Return the need of the first rank of each plan.

    Parameters
    ----------
    module : Module
        senneed.
    owners : Owners
        The plan of each of its rows.

    Returns
    -------
    Chosen
        With the column need. Where needs without a rank, or of the same, differ, none is chosen.
    """
    table = _owned(owners).assign(rank=_ranks(module), need=module.text("need").map(need_of))
    table = table[(table["need"] != "") & (table["plan"] >= 0)]
    rows, torn = first_of(table, ("loose", "rank"), ("need",))
    many = rows.index.isin(table.loc[table["plan"].duplicated(), "plan"])
    unranked = int(((rows["rank"] != 1) & many).sum())
    return Chosen(
        rows,
        len(torn),
        (
            (len(torn), "Plans with several needs of the first rank: {}. Their primary need is blank."),
            (unranked, "Plans with several needs, none of rank 1: {}. The one of the next rank was taken."),
        ),
    )


def current_places(modules: Mapping[str, Module], owners: Mapping[str, Owners], on: date) -> Chosen:
    """Return the current placement of each plan.

    Parameters
    ----------
    modules : mapping of str to Module
        placementdetail and plandetail, either or none.
    owners : mapping of str to Owners
        The plan of each of their rows.
    on : datetime.date
        The day on which a placement is current.

    Returns
    -------
    Chosen
        With setting, urn, ukprn (text), unit and resourced (Boolean) and provision (text; see `provision_of`).

    Notes
    -----
    Placements open on the day come first, then those that ended last, then those that have not begun; of these the
    highest rank, of these the one entered last. A plan without a placement has the setting that the plan names. Where
    placements come first together and differ, none is chosen.
    """
    chosen, torn, notes = [_NONE], pd.Index([], dtype="int64"), []
    for name in ("placementdetail", "plandetail"):
        if name in modules:
            table, more = _table(modules[name], owners[name], on)
            known = torn.union(chosen[-1].index)
            table = table[~table["plan"].isin(known)]
            best, doubtful = first_of(table, ("loose", "unread", "ahead", "left", "rank", "entered"), VALUES)
            chosen, torn = [*chosen, best], torn.union(doubtful)
            notes += more
    if "placementdetail" in modules:
        named = len(chosen[-1]) if "plandetail" in modules else 0
        notes.append((named, "Plans without a placement record: {}. The setting that the plan names stands for it."))
    rows = pd.concat([table for table in chosen if len(table)] or [_NONE])
    stated = rows[["setting", "unit", "resourced"]].itertuples(index=False, name=None)
    rows = rows.assign(provision=pd.Series([provision_of(*row) for row in stated], index=rows.index, dtype="str"))
    secondary = int(((rows["rank"] > 1) & (rows["rank"] < LAST_RANK)).sum())
    notes += [
        (secondary, "Plans with a secondary placement only: {}. It was taken."),
        (len(torn), "Plans with several placements that nothing tells apart: {}. Their provision is blank."),
    ]
    return Chosen(rows, len(torn), tuple(notes))


def _owned(owners: Owners) -> pd.DataFrame:
    return pd.DataFrame({"plan": owners.plan, "loose": owners.loose.astype(np.int64)})


def _ranks(module: Module) -> pd.Series[float]:
    ranks: pd.Series[float] = pd.to_numeric(module.text("rank"), errors="coerce").fillna(LAST_RANK)
    return ranks


def _table(module: Module, owners: Owners, on: date) -> tuple[pd.DataFrame, list[tuple[int, str]]]:
    """Return the placements with the numbers by which they are sorted; the lowest come first."""
    entry, entry_faults = parse_days(module.text("entry"))
    leaving, leaving_faults = parse_days(module.text("leaving"))
    day = np.datetime64(on, "D")
    is_open = np.isnat(leaving) | (leaving >= day)
    unread = (entry_faults != "") | (leaving_faults != "")
    unit, resourced = module.text("unit"), module.text("resourced")
    table = _owned(owners).assign(
        unread=unread.astype(np.int64),
        ahead=(entry > day).astype(np.int64),  # what has no day is not ahead
        left=np.where(is_open, -LAST_DAY, -leaving.astype(np.int64)),
        rank=_ranks(module),
        entered=np.where(np.isnat(entry), LAST_DAY, -entry.astype(np.int64)),
        setting=module.text("setting"),
        urn=module.text("urn"),
        ukprn=module.text("ukprn").where(module.text("urn") == "", ""),
        unit=unit.map(is_yes).astype("bool"),
        resourced=resourced.map(is_yes).astype("bool"),
    )
    known = NO | {""}
    unclear = sum(int((~text.str.lower().isin(known) & ~text.map(is_yes)).sum()) for text in (unit, resourced))
    said = table[["setting", "urn", "ukprn"]].ne("").any(axis=1) | table["unit"] | table["resourced"]
    late = f"Rows of {module.name} with a date that cannot be read: {{}}. They come after all others."
    vague = f"Indicators of {module.name} that say neither yes nor no: {{}}. They were taken for no."
    return table[said], [(int(unread.sum()), late), (unclear, vague)]
