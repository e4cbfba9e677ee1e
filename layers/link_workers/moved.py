"""A plan changed by hand: one school moved, its figures worked out again, and what the move would break."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from geodata.errors import UsageError
from layers.link_workers.broken import broken_rules
from layers.link_workers.core import Plan, Urn
from layers.link_workers.evaluation import plan_of
from layers.link_workers.post_ground import HOURS_TOLERANCE, PostGround

BY_HAND = "Changed by hand: nothing is proven of its cost any more."


def move_school(ground: PostGround, plan: Plan, urn: Urn, post: str) -> Plan:
    """Return a plan with one school moved to a post, all figures worked out again as the solver works them out.

    Rules that it breaks are notes, and the status is then "infeasible"; `refusals` says beforehand what a move would
    break.

    Parameters
    ----------
    ground : PostGround
        What the plan is judged by.
    plan : Plan
        Before the move.
    urn : int
        The school; it may have been left over.
    post : str
        Its new post; empty to take it from its worker.

    Raises
    ------
    UsageError
        For a school or a post that there is none of.
    """
    workers, covered = _moved(ground, plan, urn, post)
    found = plan_of(ground, workers, covered)
    why = dict(plan.left_over)
    left = tuple((one, why.get(one, said)) for one, said in found.left_over)
    # The first note is that of `plan_of`: here the plan had been proven before.
    return replace(found, left_over=left, notes=(BY_HAND, *found.notes[1:]))


def refusals(ground: PostGround, plan: Plan, urn: Urn, post: str) -> tuple[str, ...]:
    """Return which hard rules a move would break that the plan keeps, or break by more; empty where none.

    Parameters
    ----------
    ground : PostGround
        What the plan is judged by.
    plan : Plan
        Before the move.
    urn : int
        The school.
    post : str
        Its new post; empty to take it from its worker.

    Raises
    ------
    UsageError
        For a school or a post that there is none of.
    """
    before = {one.key: one.amount for one in broken_rules(ground, plan.worker_of())}
    workers, _ = _moved(ground, plan, urn, post)
    after = broken_rules(ground, workers)
    return tuple(one.words for one in after if one.amount > before.get(one.key, 0.0) + HOURS_TOLERANCE)


def _moved(ground: PostGround, plan: Plan, urn: Urn, post: str) -> tuple[dict[Urn, str], Mapping[Urn, str]]:
    """Return who has which school after a move, and what is covered for whom."""
    if urn not in ground.school_at:
        raise UsageError(f"No school {urn} is in the plan.")
    if post and post not in ground.post_at:
        raise UsageError(f"No post '{post}'. Valid: {', '.join(ground.post_at)}.")
    workers = {**plan.worker_of(), urn: post}
    covered = {one: cluster.cover_for for cluster in plan.clusters if cluster.cover_for for one in cluster.schools}
    if not post:
        del workers[urn]
    return workers, {one: who for one, who in covered.items() if workers.get(one, who) != who}
