"""The best sharing of one locality's schools among its posts, out of a pool of clusters."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from layers.link_workers.areas import Part
from layers.link_workers.blocks import Blocks
from layers.link_workers.core import Urn
from layers.link_workers.exchange import exchanged
from layers.link_workers.master import Programme
from layers.link_workers.pool import Pool
from layers.link_workers.post_cost import total_costs
from layers.link_workers.post_ground import HOURS_TOLERANCE, Flags, Indices, Numbers, PostGround
from layers.link_workers.post_pool import members_of, pool_for
from layers.link_workers.sharing import share_out

EXCHANGE_SHARE = 0.25
"""Of the time, at most, for making the first sharing better."""


@dataclass(frozen=True)
class Limits:
    """When to stop.

    Attributes
    ----------
    gap : float
        Relative.
    unused_km : callable
        What is left of the gap of parts that are done already, for this one.
    seconds : float
        The most that it may take.
    """

    gap: float
    unused_km: Callable[[], float]
    seconds: float


@dataclass(frozen=True)
class Solved:
    """The sharing of one locality.

    Attributes
    ----------
    worker_of : mapping of int to str
        School -> post, of the schools that were shared.
    cost, bound : float
        Of its posts, with the schools that they keep; no sharing by clusters of the pool costs less than the bound.
    """

    worker_of: Mapping[Urn, str]
    cost: float
    bound: float


def solve_part(ground: PostGround, blocks: Blocks, part: Part, limits: Limits) -> Solved:
    """Share the schools of a part among its posts.

    A programme chooses clusters and their owners at costs of at least 0. A post without a cluster costs something too
    (it is below the range), so each cluster is charged what its post costs above that, and the same amount for each of
    its schools, which adds up to the same for every sharing.

    Parameters
    ----------
    ground : PostGround
        What a sharing is judged by.
    blocks : Blocks
        All blocks.
    part : Part
        What is shared; its first sharing leaves nothing over.
    limits : Limits
        When to stop.
    """
    deadline = time.perf_counter() + limits.seconds
    part = exchanged(ground, blocks, part, time.perf_counter() + EXCHANGE_SHARE * limits.seconds)
    pool, schools = pool_for(ground, blocks, part)
    field = _Field(ground, blocks, part, schools)
    first = _first(field)
    if not len(pool):
        return field.solved({}, np.inf)
    need = _least(field, first)
    idle = field.costs(np.zeros((1, len(schools)), dtype=bool))[:, 0]
    above = np.where(_allowed(field, pool, need), field.costs(members_of(pool)) - idle[:, None], np.inf)
    each = max(0.0, -float((above / pool.sizes).min(initial=0.0)))
    constant = each * len(schools) - float(idle.sum())
    costs = np.maximum(above + each * pool.sizes, 0.0)
    must = int((need > 0).sum())
    penalty = 1.0 + float(np.where(np.isfinite(costs), costs, 0.0).max(initial=0.0)) * len(part.posts)
    ones = np.ones(len(part.posts), dtype=np.int64)
    programme = Programme(pool, costs, ones, (must, len(part.posts)), penalty)
    plans = _Plans(field, pool)
    found = share_out(
        programme,
        plans.columns(first),
        lambda cost: limits.gap * (cost - constant) + limits.unused_km(),
        deadline,
        lambda columns: plans.exchanged(columns, deadline),
    )
    return field.solved(plans.schools(found.columns), found.bound - constant)


@dataclass(frozen=True)
class _Field:
    """What a part is solved on; schools by where they stand."""

    ground: PostGround
    blocks: Blocks
    part: Part
    schools: Indices

    def costs(self, members: Flags) -> Numbers:
        """Return [post of the part, cluster]: what each costs with a cluster and the schools that it keeps."""
        found = np.zeros((len(self.part.posts), len(members)))
        groups: dict[frozenset[int], list[int]] = {}
        for at, post in enumerate(self.part.posts):
            groups.setdefault(self.blocks.kept[post], []).append(at)
        for kept, owners in groups.items():
            columns = np.concatenate([self.schools, np.array(sorted(kept), dtype=np.int64)])
            inside = np.concatenate([members, np.ones((len(members), len(kept)), dtype=bool)], axis=1)
            found[owners] = total_costs(self.ground, columns, inside, self.part.posts[owners])
        return found

    def cost_of(self, mine: Mapping[int, Sequence[int]]) -> float:
        """Return what a sharing costs: post -> schools."""
        members = np.array([np.isin(self.schools, mine.get(int(post), ())) for post in self.part.posts], dtype=bool)
        return float(np.diagonal(self.costs(members.reshape(len(self.part.posts), len(self.schools)))).sum())

    def solved(self, mine: Mapping[int, Sequence[int]], bound: float) -> Solved:
        """Return a sharing with its bound."""
        posts, schools = self.ground.posts, self.ground.schools
        worker_of = {schools[at].urn: posts[post].post for post, own in mine.items() for at in own}
        cost = self.cost_of(mine)
        return Solved(worker_of, cost, min(bound, cost))


def _first(field: _Field) -> dict[int, list[int]]:
    """Return post -> schools of the first sharing."""
    found: dict[int, list[int]] = {}
    for number, post in zip(field.part.blocks, field.part.first, strict=True):
        found.setdefault(post, []).extend(field.blocks.schools[number])
    return found


def _least(field: _Field, first: Mapping[int, Sequence[int]]) -> Indices:
    """Return [post]: schools to be given at least; no more than the first sharing could give."""
    rules, posts = field.ground.rules, field.part.posts
    if not rules.hard or rules.keep:
        return np.zeros(len(posts), dtype=np.int64)
    return np.array([min(rules.least, len(first.get(int(post), ()))) for post in posts], dtype=np.int64)


def _allowed(field: _Field, pool: Pool, need: Indices) -> Flags:
    """Return [post, cluster]: whether every hard rule lets the post have the cluster."""
    ground, blocks, posts = field.ground, field.blocks, field.part.posts
    load = pool.sums(ground.load[field.schools])
    found: Flags = load[None] <= blocks.spare[posts][:, None] + HOURS_TOLERANCE
    number = {school: int(block) for block in field.part.blocks for school in blocks.schools[block]}
    of_school = np.array([number[int(school)] for school in field.schools], dtype=np.int64)
    barred = (~blocks.allowed[of_school][:, posts]).astype(float)
    found &= np.array([pool.sums(barred[:, at]) == 0 for at in range(len(posts))], dtype=bool)
    if ground.rules.hard:
        kept = np.array([len(blocks.kept[post]) for post in posts], dtype=np.int64)
        found &= (pool.sizes + kept[:, None] <= ground.rules.most) & (pool.sizes >= need[:, None])
        # A post that could be given nothing stays so: the others are asked to have theirs.
        found &= (need > 0)[:, None] | ground.rules.keep
    return found


class _Plans:
    """Plans as columns of the programme, and as the schools of each post.

    Parameters
    ----------
    field : _Field
        What is shared.
    pool : Pool
        The clusters.
    """

    def __init__(self, field: _Field, pool: Pool) -> None:
        self.field, self.pool = field, pool
        ends = pool.starts.tolist()
        members = field.schools[pool.members].tolist()
        sets = [frozenset(members[begin:end]) for begin, end in pairwise(ends)]
        self.number = {one: at for at, one in enumerate(sets)}
        self.owner = {int(post): at for at, post in enumerate(field.part.posts)}

    def columns(self, mine: Mapping[int, Sequence[int]]) -> Indices:
        """Return a plan as columns, in rising order; every cluster is in the pool."""
        found = [self.owner[post] * len(self.pool) + self.number[frozenset(own)] for post, own in mine.items() if own]
        return np.array(sorted(found), dtype=np.int64)

    def schools(self, columns: Indices) -> dict[int, list[int]]:
        """Return post -> schools of a plan."""
        return {
            int(self.field.part.posts[owner]): self.field.schools[list(self.pool[cluster])].tolist()
            for owner, cluster in (divmod(int(column), len(self.pool)) for column in columns)
        }

    def exchanged(self, columns: Indices, deadline: float) -> Indices:
        """Return a plan that no exchange of two posts within the pool makes better."""
        field = self.field
        post_of = {school: post for post, own in self.schools(columns).items() for school in own}
        first = tuple(post_of[field.blocks.schools[number][0]] for number in field.part.blocks)
        part = replace(field.part, first=first)
        better = exchanged(field.ground, field.blocks, part, deadline, self.number.keys())
        return self.columns(_first(replace(field, part=better)))
