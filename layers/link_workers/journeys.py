"""The ways that a link worker has: from the base to the schools, and from school to school."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geodata.store import Store
from geodata.travel import ESTIMATED, Numbers, Points, travel
from layers.link_workers.core import Work

DETOUR = 1.3
"""From straight line to road where no snapshot says more; assumed."""


@dataclass(frozen=True)
class Journeys:
    """Kilometres by car, one way, in the order of the work's posts and schools.

    Attributes
    ----------
    base_km : Numbers
        [post, school]; NaN for a post without a base.
    ways_km : Numbers
        [school, school].
    words : str
        What must stand beside the figures.
    """

    base_km: Numbers
    ways_km: Numbers
    words: str


def journeys_of(store: Store, work: Work) -> Journeys:
    """Return the ways by car as `geodata.travel` has them: measured where a matrix was imported, else estimated."""
    bases, schools = _bases(work), _schools(work)
    to_schools = travel(store, "car", bases, schools)
    between = travel(store, "car", schools, schools)
    base_km = np.where(np.isfinite(to_schools.km), to_schools.km, np.nan)
    words = to_schools.words if len(work.posts) else between.words
    return Journeys(base_km, _symmetric(between.km), words)


def straight_journeys(work: Work) -> Journeys:
    """Return the straight line x `DETOUR`."""
    bases, schools = _bases(work), _schools(work)
    return Journeys(_straight_km(bases, schools) * DETOUR, _straight_km(schools, schools) * DETOUR, ESTIMATED)


def _symmetric(km: Numbers) -> Numbers:
    """Return ways that are as long in both directions, and nothing to oneself."""
    both: Numbers = (km + km.T) / 2
    np.fill_diagonal(both, 0.0)
    return both


def _bases(work: Work) -> Points:
    return Points(
        tuple(f"post:{post.post}" for post in work.posts),
        np.array([np.nan if post.easting is None else post.easting for post in work.posts], dtype=float),
        np.array([np.nan if post.northing is None else post.northing for post in work.posts], dtype=float),
    )


def _schools(work: Work) -> Points:
    return Points(
        tuple(f"urn:{school.urn}" for school in work.schools),
        np.array([school.easting for school in work.schools], dtype=float),
        np.array([school.northing for school in work.schools], dtype=float),
    )


def _straight_km(origins: Points, destinations: Points) -> Numbers:
    km: Numbers = np.hypot(
        origins.easting[:, None] - destinations.easting[None], origins.northing[:, None] - destinations.northing[None]
    )
    return km / 1000
