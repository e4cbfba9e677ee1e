"""Sharing schools among the posts there are: hours first, then every other rule, then the least cost, proven."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from layers.format import plural
from layers.link_workers.areas import Part, Split, split
from layers.link_workers.blocks import Blocks, blocks_of
from layers.link_workers.broken import names
from layers.link_workers.core import Plan, Rules, Status, Urn, Work
from layers.link_workers.cover import cover_notes, cover_of, kept_of
from layers.link_workers.evaluation import clusters_of, parts_of
from layers.link_workers.journeys import Journeys
from layers.link_workers.packing import settled
from layers.link_workers.pairs import Pair
from layers.link_workers.part_solution import Limits, Solved, solve_part
from layers.link_workers.post_ground import PostGround, post_ground
from layers.link_workers.post_weights import PostWeights
from layers.link_workers.remainder import left_over, short_words
from layers.link_workers.threads import AT_ONCE, solve_all

EXACT = 1e-6
"""Gap of rounding, below which a plan is the best."""

TIME_OVER = (
    "The search ended with its time, and how far it came depends on the machine: asking again can give another plan of "
    "nearly the same cost, in which many schools have other workers."
)

FIRST_SHARE_SECONDS = 0.3
"""Of the time, at most, for the first sharing."""


@dataclass(frozen=True)
class Effort:
    """How long and how far to look.

    Attributes
    ----------
    gap : float
        Stop when the plan is proven to be within this share of its cost.
    seconds : float
        Stop then, with the best plan found and the gap proven by then.
    """

    gap: float = 0.005
    seconds: float = 60.0


def assign_schools(
    work: Work,
    rules: Rules,
    pairs: Sequence[Pair] = (),
    weights: PostWeights | None = None,
    journeys: Journeys | None = None,
    effort: Effort | None = None,
) -> Plan:
    """Give every school to exactly one post that is present.

    Parameters
    ----------
    work : Work
        Schools and posts.
    rules : Rules
        What must be kept. With ``keep`` only what an absence or a vacancy forces is changed.
    pairs : sequence of Pair, optional
        Wishes, from `pairs.default_pairs`.
    weights : PostWeights, optional
        What kilometres stand against.
    journeys : Journeys, optional
        From `journeys.journeys_of`; without it the straight line with a detour.
    effort : Effort, optional
        How long and how far to look.

    Returns
    -------
    Plan
        Its gap is proven against every sharing by clusters of the pool (`post_pool.pool_for`) with the same schools
        lent to other localities. "infeasible" where schools are left over, or a worker cannot be given enough: then
        it is the gap of the rest. None where a school fitted only into the plan that was found.
    """
    return assigned(post_ground(work, rules, pairs, weights, journeys), effort)


def assigned(ground: PostGround, effort: Effort | None = None) -> Plan:
    """Do the same as `assign_schools` from what a sharing is judged by."""
    begun = time.perf_counter()
    effort = effort or Effort()
    kept = kept_of(ground) if ground.rules.keep else {}
    blocks = blocks_of(ground, kept)
    shared = split(ground, blocks, effort.seconds * FIRST_SHARE_SECONDS)
    solved = _solve_parts(ground, blocks, shared, effort, begun)
    worker_of = dict(kept)
    for one in solved:
        worker_of.update(one.worker_of)
    worker_of, moved = _finished(ground, blocks, shared, worker_of)
    cover = cover_of(ground, worker_of) if ground.rules.keep else {}
    parts = parts_of(ground, worker_of)
    cost = sum(parts.values())
    # What the parts cost above their bounds is all that the whole can cost too much.
    above = sum(max(0.0, one.cost - one.bound) for one in solved)
    gap = None if moved else above / cost if cost > 0 else 0.0
    left = tuple(at for at in shared.left if ground.schools[blocks.schools[at][0]].urn not in worker_of)
    return Plan(
        clusters=clusters_of(ground, worker_of, cover),
        left_over=left_over(ground, blocks, left, worker_of),
        status="infeasible" if left or shared.short else _status(gap, effort),
        gap=gap,
        cost=cost,
        parts=MappingProxyType(parts),
        seconds=time.perf_counter() - begun,
        notes=(
            *_notes(ground, blocks, shared, worker_of),
            *([TIME_OVER] if _status(gap, effort) == "time_limit" else []),
        ),
    )


def _solve_parts(ground: PostGround, blocks: Blocks, shared: Split, effort: Effort, begun: float) -> tuple[Solved, ...]:
    """Solve the localities, the largest first; time and gap that one does not use is for the others."""
    waiting = sorted(shared.parts, key=lambda part: (-len(part.blocks), part.area))
    schools = max(1, sum(len(part.blocks) for part in waiting))
    done: list[Solved] = []

    def unused_km() -> float:
        finished = tuple(done)
        left = sum(effort.gap * one.cost - (one.cost - one.bound) for one in finished)
        return max(0.0, left) / max(1, len(waiting) - len(finished))

    def solve(part: Part) -> Solved:
        left = max(1.0, effort.seconds - (time.perf_counter() - begun))
        share = left if part is waiting[-1] else min(left, left * AT_ONCE * len(part.blocks) / schools)
        found = solve_part(ground, blocks, part, Limits(effort.gap, unused_km, share))
        done.append(found)
        return found

    return solve_all([partial(solve, part) for part in waiting])


def _finished(
    ground: PostGround, blocks: Blocks, shared: Split, worker_of: dict[Urn, str]
) -> tuple[dict[Urn, str], bool]:
    """Return a sharing into which nothing left over fits, nor anything lent at home; whether it is another."""
    first = {at: worker_of.get(ground.schools[block[0]].urn) for at, block in enumerate(blocks.schools)}
    post_of = {at: ground.post_at[post] for at, post in first.items() if post is not None}
    found = settled(ground, blocks, shared.among, post_of)
    if found == post_of:
        return worker_of, False
    now = {ground.schools[at].urn: ground.posts[post].post for number, post in found.items()
           for at in blocks.schools[number]}  # fmt: skip
    return worker_of | now, True


def _status(gap: float | None, effort: Effort) -> Status:
    if gap is None or gap > max(EXACT, effort.gap):
        return "time_limit"
    return "optimal" if gap <= EXACT else "within_gap"


def _notes(ground: PostGround, blocks: Blocks, shared: Split, worker_of: Mapping[Urn, str]) -> tuple[str, ...]:
    said = [f"Ways: {ground.journeys.words}.", *short_words(ground, shared.short), *cover_notes(ground)]
    given = sorted(at for block in blocks.schools for at in block if ground.schools[at].urn in worker_of)
    homes = {at: shared.among.homes[ground.post_at[worker_of[ground.schools[at].urn]]] for at in given}
    if lent := [ground.schools[at].urn for at in given if homes[at] != ground.schools[at].area]:
        said.append(f"{plural(len(lent), 'school')} with a post of another locality: {names(ground, lent)}.")
    if (shared.left or shared.short) and not shared.proven:
        said.append("In the time given it is not proven that no fewer schools can be left over.")
    workers = int(ground.present.sum())
    if workers and not ground.rules.hard:
        average = len(worker_of) / workers
        if not ground.rules.least <= average <= ground.rules.most:
            said.append(
                f"On average a worker has {average:.1f} schools; the range is {ground.rules.least} to "
                f"{ground.rules.most}."
            )
    return tuple(said)
