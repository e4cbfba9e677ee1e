"""Posts of link workers that nobody holds, and schools that stay with their post until a day. All is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd

from geodata.demo.days import TODAY
from geodata.demo.link_workers import LinkWork

VACANT_POSTS = 2
LEAST_SCHOOLS = 3
"""A vacant post has at least so many schools, which need cover."""

STAYS_DAYS = (-20, 44, 75, 134, 166, 196)
"""From today to the last day on which a school keeps its post: one is over."""


def with_vacancies(work: LinkWork, rng: np.random.Generator) -> LinkWork:
    """Return the posts with a few of them vacant, and the schools with a few that stay where they are.

    Parameters
    ----------
    work : LinkWork
        From `geodata.demo.link_workers.build_link_work`.
    rng : numpy.random.Generator
        Seeded by the caller.

    Returns
    -------
    LinkWork
        The posts also have vacant ("Yes" or blank), the allocations keep_until (datetime, NaT for most). A vacant post
        has no absence, and no school stays with a vacant post, one with an absence or one that must not take it.
    """
    posts, allocations = work.posts, work.allocations
    schools = posts["post"].map(allocations["post"].value_counts()).fillna(0)
    present = posts["absent_from"].isna()
    pool = posts[present & (schools >= LEAST_SCHOOLS)]
    # Of different teams, so that each can be covered by its own.
    empty = pool.iloc[rng.permutation(len(pool))].drop_duplicates("team")["post"].head(VACANT_POSTS)
    vacant = posts["post"].isin(empty)
    barred = dict(zip(posts["post"], posts["barred_schools"].str.split(";"), strict=True))
    held = zip(allocations["post"], allocations["school_urn"], strict=True)
    allowed = np.array([str(urn) not in barred[post] for post, urn in held])
    steady = allocations["post"].isin(posts.loc[present & ~vacant, "post"]).to_numpy()
    order = rng.permutation(np.flatnonzero(steady & allowed))
    chosen = allocations.iloc[order].drop_duplicates("post").head(len(STAYS_DAYS)).index
    keep_until = pd.Series(pd.NaT, index=allocations.index, dtype="datetime64[ns]")
    keep_until[chosen] = [pd.Timestamp(TODAY + timedelta(days=ahead)) for ahead in STAYS_DAYS]
    return replace(
        work,
        posts=posts.assign(vacant=np.where(vacant, "Yes", "")),
        allocations=allocations.assign(keep_until=keep_until),
    )
