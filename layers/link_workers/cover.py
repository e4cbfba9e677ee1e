"""In-year runs: who keeps which schools, and whose schools are covered."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from layers.format import plural
from layers.link_workers.broken import away_words, hours, names
from layers.link_workers.core import Urn
from layers.link_workers.post_ground import HOURS_TOLERANCE, PostGround


def kept_of(ground: PostGround) -> Mapping[Urn, str]:
    """Return school -> post for the schools whose worker is present and which no lock sends elsewhere.

    A worker who has too much today, or a school that is barred, keeps it: an in-year run does not tidy up.
    """
    locks = ground.rules.locks
    return {
        school.urn: ground.posts[at].post
        for school, at in zip(ground.schools, ground.holder, strict=True)
        if at >= 0 and ground.present[at] and locks.get(school.urn, ground.posts[at].post) == ground.posts[at].post
    }


def cover_of(ground: PostGround, worker_of: Mapping[Urn, str]) -> Mapping[Urn, str]:
    """Return school -> the absent or vacant post whose school it stays while another worker covers it."""
    return {
        school.urn: ground.posts[at].post
        for school, at in zip(ground.schools, ground.holder, strict=True)
        if at >= 0 and not ground.present[at] and school.urn in worker_of and worker_of[school.urn] != _post(ground, at)
    }


def cover_notes(ground: PostGround) -> tuple[str, ...]:
    """Return what a person must know of an in-year run, or of posts that nobody works in."""
    away = [post for post, there in zip(ground.posts, ground.present, strict=True) if not there]
    said = []
    for post in away:
        held = sum(urn in ground.school_at for urn in post.held)
        has = f"{post.post} is {away_words(post)} and has {plural(held, 'school')} today: "
        if ground.rules.keep:
            said.append(has + "others cover them, and they stay schools of this post.")
        else:
            said.append(has + "a full plan gives it none, and shares them among those present.")
    if ground.rules.keep:
        said += _left_alone(ground)
    return tuple(said)


def _left_alone(ground: PostGround) -> list[str]:
    """Return what an in-year run finds broken today and leaves."""
    said = []
    for at in np.flatnonzero(ground.present):
        post = ground.posts[at]
        mine = sorted(urn for urn, who in kept_of(ground).items() if who == post.post)
        over = float(sum(ground.load[ground.school_at[urn]] for urn in mine)) - post.capacity_hours
        if over > HOURS_TOLERANCE:
            said.append(f"{post.post} is over its hours by {hours(over)} a week today; an in-year run leaves that.")
        if barred := [urn for urn in mine if urn in post.barred]:
            said.append(
                f"{post.post} must not take {names(ground, barred)}, but has it today; an in-year run leaves that."
            )
    return said


def _post(ground: PostGround, at: int) -> str:
    return ground.posts[at].post
