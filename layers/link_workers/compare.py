"""Two sharings of the same schools side by side: totals, each worker, and which schools change their worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from layers.link_workers.core import Plan, Post, Rules, Urn, Work

HOURS_ROUNDED = 1e-6
"""Hours by which a load may pass its limit before it is over it: what adding decimal fractions leaves behind."""


@dataclass(frozen=True)
class Share:
    """What one worker has in a plan.

    Attributes
    ----------
    post : str
        Number of the post, or of the cluster in a plan without posts.
    schools : tuple of int
        By number.
    load_hours : float
        Their load, hours a week.
    km : float
        Estimated, a week.
    handed_over : int
        Families of its schools that another post has today.
    covers : tuple of str
        Absent or vacant posts whose schools it covers.
    connected : bool
        Whether its schools lie side by side.
    """

    post: str
    schools: tuple[Urn, ...] = ()
    load_hours: float = 0.0
    km: float = 0.0
    handed_over: int = 0
    covers: tuple[str, ...] = ()
    connected: bool = True


@dataclass(frozen=True)
class Totals:
    """A plan in a few numbers.

    Attributes
    ----------
    schools : int
        That need a worker.
    without : int
        Of them, those that have none.
    with_absent : int
        Of them, those whose worker is absent, or whose post is vacant, on the day of the plan.
    workers : int
        Posts that are filled and not absent; clusters in a plan without posts.
    outside : int
        Of them, those with fewer schools than the range, or more.
    over : int
        Of them, those whose load is over their hours for schools.
    average : float
        Schools per worker, those of absent posts apart; 0 without workers.
    km : float
        Estimated, a week, of workers who are present: nobody drives for an absent or a vacant post.
    load_hours : float
        Hours of load a week, of workers who are present.
    families : int
        Open families whose school has another worker than today, or none any more.
    changed : int
        Schools that have another worker than today, or none any more.
    """

    schools: int
    without: int
    with_absent: int
    workers: int
    outside: int
    over: int
    average: float
    km: float
    load_hours: float
    families: int
    changed: int


@dataclass(frozen=True)
class Change:
    """A school whose worker differs between two plans.

    Attributes
    ----------
    urn : int
        The school.
    before, after : str
        Posts; empty for none.
    families : int
        Open families of the school.
    """

    urn: Urn
    before: str
    after: str
    families: int


def held_today(work: Work) -> Mapping[Urn, str]:
    """Return school -> the post that has it today; schools without one are left out.

    Where two posts have the same school, the one that is there stands, then the one that comes first; `twice_held`
    says which schools these are.
    """
    known = {one.urn for one in work.schools}
    order = sorted(enumerate(work.posts), key=lambda found: (is_there(found[1]), -found[0]))
    return {urn: post.post for _, post in order for urn in sorted(post.held) if urn in known}


def twice_held(work: Work) -> tuple[Urn, ...]:
    """Return the schools that more than one post has today, by number."""
    seen: dict[Urn, int] = {}
    for post in work.posts:
        for urn in post.held:
            seen[urn] = seen.get(urn, 0) + 1
    return tuple(sorted(urn for urn, times in seen.items() if times > 1))


def shares(work: Work, plan: Plan) -> tuple[Share, ...]:
    """Return what each worker has, those without a school included, by post; clusters where there are no posts."""
    found: dict[str, Share] = {one.post: Share(one.post) for one in work.posts}
    for cluster in plan.clusters:
        before = found.get(cluster.post, Share(cluster.post))
        found[cluster.post] = Share(
            cluster.post,
            tuple(sorted({*before.schools, *cluster.schools})),
            before.load_hours + cluster.load_hours,
            before.km + cluster.km,
            before.handed_over + cluster.handed_over,
            before.covers + ((cluster.cover_for,) if cluster.cover_for else ()),
            before.connected and cluster.connected,
        )
    return tuple(found.values())


def is_over(share: Share, post: Post) -> bool:
    """Return whether a worker's load is over the hours that the post has for schools."""
    return share.load_hours > post.capacity_hours + HOURS_ROUNDED


def range_words(least: int, most: int) -> str:
    """Write a range of schools per worker: "3 to 5", or "exactly 4"."""
    return f"exactly {least}" if least == most else f"{least} to {most}"


def is_there(post: Post) -> bool:
    """Return whether somebody works in a post on the day of the plan."""
    return not post.absent and not post.vacant


def totals(work: Work, plan: Plan, rules: Rules) -> Totals:
    """Return a plan in a few numbers.

    Parameters
    ----------
    work : Work
        Schools and posts.
    plan : Plan
        Who has which school.
    rules : Rules
        Whose range of schools per worker counts.
    """
    posts = {one.post: one for one in work.posts}
    found = shares(work, plan)
    there = [one for one in found if one.post not in posts or is_there(posts[one.post])]
    given = plan.worker_of()
    changes = who_changes(work, held_today(work), given) if work.posts else ()
    lost = [one for one in changes if one.before]
    return Totals(
        schools=len(work.schools),
        without=sum(one.urn not in given for one in work.schools),
        with_absent=sum(len(one.schools) for one in found if one not in there),
        workers=len(there),
        outside=sum(not rules.least <= len(one.schools) <= rules.most for one in there),
        over=sum(is_over(one, posts[one.post]) for one in there if one.post in posts),
        average=sum(len(one.schools) for one in there) / len(there) if there else 0.0,
        km=sum(one.km for one in there),
        load_hours=sum(one.load_hours for one in there),
        families=sum(one.families for one in lost),
        changed=len(lost),
    )


def who_changes(work: Work, before: Mapping[Urn, str], after: Mapping[Urn, str]) -> tuple[Change, ...]:
    """Return the schools whose worker differs, in the order of the schools.

    Parameters
    ----------
    work : Work
        Whose schools are looked at.
    before, after : mapping of int to str
        School -> post, as `Plan.worker_of` and `held_today` give it.
    """
    return tuple(
        Change(one.urn, before.get(one.urn, ""), after.get(one.urn, ""), one.families)
        for one in work.schools
        if before.get(one.urn, "") != after.get(one.urn, "")
    )
