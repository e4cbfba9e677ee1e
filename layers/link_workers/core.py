"""What the sharing of schools is about: schools with their load, posts with their hours, rules, and a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

Urn = int

Status = Literal["optimal", "within_gap", "time_limit", "infeasible"]
"""Proven best; proven within the gap that was asked for; best found in the time; none that keeps every hard rule."""


@dataclass(frozen=True)
class School:
    """A state school that a link worker looks after.

    Attributes
    ----------
    urn : int
        Unique reference number.
    name, kind, postcode : str
        Kind as in `layers.school_kinds.STATE_KINDS`.
    area : str
        Code of the locality.
    easting, northing : float
        British National Grid, metres.
    longitude, latitude : float
        Degrees.
    load_hours : float
        Hours of work a week, from `workload`.
    families : int
        Open families of early help that are handed over when the school changes its worker.
    group : str
        Liaison group; empty for none.
    """

    urn: Urn
    name: str
    kind: str
    postcode: str
    area: str
    easting: float
    northing: float
    longitude: float
    latitude: float
    load_hours: float
    families: int = 0
    group: str = ""


@dataclass(frozen=True)
class Post:
    """A link worker's post: a number, never a person.

    Attributes
    ----------
    post, team : str
        Its number, and the name of its team.
    area : str
        Code of the locality of its base; "unknown" where it has none.
    hours : float
        A week, by contract.
    capacity_hours : float
        Of them, hours for schools: the hard limit.
    term_time : bool
        Works in term time only.
    base : str
        What its base is called.
    easting, northing : float or None
        Of its base, British National Grid, metres.
    languages : tuple of str
        Codes.
    barred : frozenset of int
        Schools it must not take.
    held : frozenset of int
        Schools it has today.
    absent, vacant : bool
        On the day of the plan; its schools need cover.
    """

    post: str
    team: str
    area: str
    hours: float
    capacity_hours: float
    term_time: bool
    base: str
    easting: float | None
    northing: float | None
    languages: tuple[str, ...] = ()
    barred: frozenset[Urn] = frozenset()
    held: frozenset[Urn] = frozenset()
    absent: bool = False
    vacant: bool = False


@dataclass(frozen=True)
class Work:
    """What there is to share, and among whom, on one day.

    Attributes
    ----------
    day : datetime.date
        Of the plan.
    schools : tuple of School
        By locality and name.
    posts : tuple of Post
        By number; empty for a plan without posts.
    area_names : mapping of str to str
        Localities.
    notes : tuple of str
        What a person must know: schools left out and why, figures that are not loaded, words such as "synthetic".
    """

    day: date
    schools: tuple[School, ...]
    posts: tuple[Post, ...]
    area_names: Mapping[str, str]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rules:
    """What a plan must keep.

    Attributes
    ----------
    least, most : int
        Schools per worker.
    hard : bool
        Whether the range holds for each worker; else for their average, and a worker outside it costs.
    together, apart : frozenset of frozenset of int
        Pairs of schools that must, and that must not, have the same worker.
    locks : mapping of int to str
        School -> post that keeps it (a protected case until a date, or a person's decision).
    keep : bool
        An in-year run: nothing changes but what an absence or a vacancy forces.
    """

    least: int = 3
    most: int = 5
    hard: bool = False
    together: frozenset[frozenset[Urn]] = frozenset()
    apart: frozenset[frozenset[Urn]] = frozenset()
    locks: Mapping[Urn, str] = field(default_factory=lambda: MappingProxyType({}))
    keep: bool = False


@dataclass(frozen=True)
class Cluster:
    """Schools of one worker.

    Attributes
    ----------
    post : str
        Its number; "1", "2" ... within a plan without posts.
    area : str
        Locality of most of its schools.
    schools : tuple of int
        By number.
    load_hours : float
        Their sum.
    km : float
        Estimated, by road: from the base to each school and back once a week; without posts the sum of the ways from
        the cluster's middle school to the others.
    handed_over : int
        Families of its schools that another post has today.
    connected : bool
        Whether its schools lie side by side.
    cover_for : str
        The absent or vacant post whose schools these are too; empty for none.
    """

    post: str
    area: str
    schools: tuple[Urn, ...]
    load_hours: float
    km: float
    handed_over: int = 0
    connected: bool = True
    cover_for: str = ""


@dataclass(frozen=True)
class Plan:
    """A sharing of schools.

    Attributes
    ----------
    clusters : tuple of Cluster
        By post.
    left_over : tuple of (int, str)
        Schools without a worker, and the rule that leaves them so.
    status : Status
        How good it is proven to be.
    gap : float or None
        (cost - bound) / cost; None where nothing is proven.
    cost : float
        What was made small, in kilometres a week: other parts are weighed into these.
    parts : mapping of str to float
        The cost by what it is for: "travel", "compactness", "balance", "handover", "range", "pairs".
    seconds : float
        It took.
    notes : tuple of str
        In plain words.
    """

    clusters: tuple[Cluster, ...]
    left_over: tuple[tuple[Urn, str], ...]
    status: Status
    gap: float | None
    cost: float
    parts: Mapping[str, float]
    seconds: float
    notes: tuple[str, ...] = ()

    def worker_of(self) -> Mapping[Urn, str]:
        """Return school -> post."""
        return {urn: cluster.post for cluster in self.clusters for urn in cluster.schools}
