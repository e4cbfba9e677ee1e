"""Everything that a sharing of schools among posts is judged by, as arrays worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from layers.link_workers.compare import held_today
from layers.link_workers.core import Post, Rules, School, Urn, Work
from layers.link_workers.journeys import Journeys, straight_journeys
from layers.link_workers.neighbours import neighbours
from layers.link_workers.pairs import Pair
from layers.link_workers.post_weights import PostWeights

Numbers = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

HOURS_TOLERANCE = 1e-9
"""Loads are sums of decimals: a post is full, not over, within this many hours."""


@dataclass(frozen=True)
class PostGround:
    """What a sharing is judged by. Schools and posts are in the order of the work.

    Attributes
    ----------
    work : Work
        Schools and posts.
    rules : Rules
        What must be kept.
    pairs : tuple of Pair
        Wishes between schools that are both shared.
    weights : PostWeights
        What kilometres stand against.
    journeys : Journeys
        From the bases to the schools, and between schools.
    beside : Flags
        [school, school]: side by side.
    """

    work: Work
    rules: Rules
    pairs: tuple[Pair, ...]
    weights: PostWeights
    journeys: Journeys
    beside: Flags

    @property
    def base_km(self) -> Numbers:
        """[post, school]: one way; NaN for a post without a base."""
        return self.journeys.base_km

    @property
    def ways_km(self) -> Numbers:
        """[school, school]: one way."""
        return self.journeys.ways_km

    @property
    def schools(self) -> tuple[School, ...]:
        """The schools of the work."""
        return self.work.schools

    @property
    def posts(self) -> tuple[Post, ...]:
        """The posts of the work."""
        return self.work.posts

    @cached_property
    def school_at(self) -> dict[Urn, int]:
        """Where each school stands."""
        return {school.urn: at for at, school in enumerate(self.schools)}

    @cached_property
    def post_at(self) -> dict[str, int]:
        """Where each post stands."""
        return {post.post: at for at, post in enumerate(self.posts)}

    @cached_property
    def load(self) -> Numbers:
        """[school]: hours a week."""
        return np.array([school.load_hours for school in self.schools], dtype=float)

    @cached_property
    def families(self) -> Numbers:
        """[school]: families that would be handed over."""
        return np.array([school.families for school in self.schools], dtype=float)

    @cached_property
    def capacity(self) -> Numbers:
        """[post]: hours a week for schools."""
        return np.array([post.capacity_hours for post in self.posts], dtype=float)

    @cached_property
    def present(self) -> Flags:
        """[post]: whether it can be given schools: neither absent nor vacant, and with hours."""
        return np.array([is_present(post) for post in self.posts], dtype=bool)

    @cached_property
    def holder(self) -> Indices:
        """[school]: the post that has it today, -1 for none."""
        held = held_today(self.work)
        return np.array(
            [self.post_at[held[one.urn]] if one.urn in held else -1 for one in self.schools], dtype=np.int64
        )

    @cached_property
    def homes(self) -> tuple[str, ...]:
        """[post]: the locality it works in: of its base, else the one its team is called after, else of most of its
        schools today; "unknown" where nothing says so.
        """
        return tuple(_home(self, at) for at in range(len(self.posts)))

    @cached_property
    def fair_share(self) -> Numbers:
        """[post]: of its hours, the share that would be used if its locality's load were spread evenly; at most 1."""
        areas = np.array([school.area for school in self.schools])
        homes = np.array(self.homes)
        found = np.zeros(len(self.posts))
        for home in set(self.homes):
            hours = self.capacity[(homes == home) & self.present].sum()
            load = self.load[areas == home].sum() if len(areas) else 0.0
            found[homes == home] = min(1.0, load / hours) if hours > 0 else 0.0
        return found

    @cached_property
    def change_costs(self) -> Numbers:
        """[post, school]: what it costs, in kilometres a week, that a post takes a school which another one has today.

        Nothing where the other is not present or must not have it: what has no choice costs nothing.
        """
        stays = np.array(
            [
                at >= 0 and bool(self.present[at]) and school.urn not in self.posts[at].barred
                for school, at in zip(self.schools, self.holder, strict=True)
            ],
            dtype=bool,
        )
        costs = stays * (self.weights.change + self.weights.family * self.families)
        other = np.arange(len(self.posts))[:, None] != self.holder[None]
        found: Numbers = other * costs[None]
        return found

    @cached_property
    def wishes(self) -> Indices:
        """[wish, 2]: the schools of each."""
        ends = [sorted(self.school_at[urn] for urn in pair.urns) for pair in self.pairs]
        return np.array(ends, dtype=np.int64).reshape(-1, 2)

    @cached_property
    def wish_weights(self) -> Numbers:
        """[wish]: kilometres a week."""
        return np.array([pair.weight for pair in self.pairs], dtype=float)


def post_ground(
    work: Work,
    rules: Rules | None = None,
    pairs: Sequence[Pair] = (),
    weights: PostWeights | None = None,
    journeys: Journeys | None = None,
) -> PostGround:
    """Return what a sharing is judged by.

    Parameters
    ----------
    work : Work
        Schools and posts.
    rules : Rules, optional
        What must be kept.
    pairs : sequence of Pair, optional
        Wishes; those with a school that is not shared are left out.
    weights : PostWeights, optional
        What kilometres stand against.
    journeys : Journeys, optional
        From `journeys.journeys_of`; without it the straight line x `journeys.DETOUR`.
    """
    ways = journeys or straight_journeys(work)
    chosen = weights or PostWeights()
    points = [np.array([getattr(one, axis) for one in work.schools], dtype=float) for axis in ("easting", "northing")]
    beside = np.zeros((len(work.schools), len(work.schools)), dtype=bool)
    if len(work.schools):
        one, other = neighbours(points[0], points[1], chosen.neighbour_km).T
        beside[one, other] = beside[other, one] = True
    urns = {school.urn for school in work.schools}
    wishes = tuple(pair for pair in pairs if len(pair.urns) == 2 and pair.urns <= urns)
    return PostGround(work, rules or Rules(), wishes, chosen, ways, beside)


def is_present(post: Post) -> bool:
    """Return whether a post can be given schools: neither absent nor vacant, and with hours for schools."""
    return not post.absent and not post.vacant and post.capacity_hours > 0


def _home(ground: PostGround, at: int) -> str:
    post = ground.posts[at]
    areas = {school.area for school in ground.schools}
    if post.area in areas or post.area in ground.work.area_names:
        return post.area
    for code, name in ground.work.area_names.items():
        if post.team.strip().casefold() == name.strip().casefold():
            return code
    held = [ground.schools[ground.school_at[urn]].area for urn in sorted(post.held) if urn in ground.school_at]
    return max(sorted(set(held)), key=held.count) if held else "unknown"
