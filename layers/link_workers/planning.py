"""From a snapshot to a plan: what there is to share, the rules, the wishes, and the sharing itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from geodata.errors import UsageError
from geodata.store import Store
from layers.basis import records_basis
from layers.format import plural
from layers.link_workers.asked import asked_locks, asked_pairs, require_agreement
from layers.link_workers.compare import is_there, range_words
from layers.link_workers.core import Plan, Rules, Urn, Work
from layers.link_workers.families import EARLY_HELP
from layers.link_workers.pairs import Pair, default_pairs, pairs_notes
from layers.link_workers.posts import ALLOCATIONS
from layers.link_workers.settings import cluster_settings
from layers.link_workers.work import DATASETS, facts_by_school, locks_of, plan_day, settings_of, work_of
from layers.link_workers.workload_settings import LoadSettings

LEAST, MOST = 3, 5
"""Schools per worker where nobody says otherwise: the published range."""


@dataclass(frozen=True)
class Asked:
    """What is asked for.

    Attributes
    ----------
    day : datetime.date or None
        Of the plan; `work.plan_day` by default.
    least, most : int or None
        Schools per worker; a hard range as soon as one of them is given, and always without posts.
    together, apart, locks : tuple of str
        As a person writes them: "110195,110199", "110195=LW-07".
    keep : bool
        Nothing changes but what an absence or a vacancy forces.
    posts : bool
        Whether to share among the posts there are; else into clusters.
    """

    day: date | None = None
    least: int | None = None
    most: int | None = None
    together: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    locks: tuple[str, ...] = ()
    keep: bool = False
    posts: bool = True


@dataclass(frozen=True)
class Shared:
    """The answer, with all it rests on.

    Attributes
    ----------
    work : Work
        What there was to share.
    rules : Rules
        What was kept.
    pairs : tuple of Pair
        The wishes.
    plan : Plan
        The sharing.
    settings : LoadSettings
        The assumptions on load, posts and pairs.
    basis : tuple of str
        Words that must stand beside the figures.
    handovers_known : bool
        Whether the families handed over could be counted: posts, allocations and early help are all there.
    notes : tuple of str
        In plain words.
    """

    work: Work
    rules: Rules
    pairs: tuple[Pair, ...]
    plan: Plan
    settings: LoadSettings
    basis: tuple[str, ...]
    handovers_known: bool
    notes: tuple[str, ...] = ()


def share(store: Store, asked: Asked) -> Shared:
    """Share the state schools of a snapshot.

    Parameters
    ----------
    store : Store
        With schools; with posts they are shared among these, without into clusters.
    asked : Asked
        The rules.

    Raises
    ------
    UsageError
        For rules that contradict each other or name what there is not; where no schools are loaded.
    InputError
        Where no school is left to share.
    """
    day = asked.day or plan_day(store)
    work = work_of(store, day)
    if not asked.posts:
        work = replace(work, posts=())
    if asked.keep and not work.posts:
        raise UsageError("--keep needs posts with their schools of today: give --workers FILE and --current FILE.")
    rules, said = _rules(store, asked, work)
    require_agreement(rules)
    require_places(work, rules)
    settings = settings_of(store)
    facts = facts_by_school(store, day)
    pairs = default_pairs(work, facts, settings.pairs)
    plan = _plan(store, work, rules, pairs)
    known = bool(work.posts) and all(store.part(key) is not None for key in (ALLOCATIONS, EARLY_HELP))
    words = (*records_basis(store, *DATASETS), "assumed loads", "estimated ways")
    notes = (*said, *plan.notes, *work.notes, *pairs_notes(facts))
    return Shared(work, rules, pairs, plan, settings, tuple(dict.fromkeys(words)), known, tuple(dict.fromkeys(notes)))


def require_places(work: Work, rules: Rules) -> None:
    """Check that the posts that are present have places for all schools, where the range holds for every worker.

    In an in-year run it does not: a post that has more schools than the range today keeps them.

    Raises
    ------
    UsageError
        With the sum, where posts x the most of the range is less than the schools.
    """
    present = sum(is_there(post) and post.capacity_hours > 0 for post in work.posts)
    places, schools = present * rules.most, len(work.schools)
    if not work.posts or not rules.hard or rules.keep or places >= schools:
        return
    raise UsageError(
        f"With {range_words(rules.least, rules.most)} schools for every worker there is no plan for all schools: "
        f"{plural(present, 'post')} present x {rules.most} = {plural(places, 'place')} for "
        f"{plural(schools, 'school')}, {schools - places:,} too few. "
        "Let a worker have more schools, or let the range hold on average only."
    )


def _rules(store: Store, asked: Asked, work: Work) -> tuple[Rules, tuple[str, ...]]:
    kept, said = _kept(locks_of(store, work.day), work) if work.posts else ({}, ())
    own = asked_locks(asked.locks, work)
    for urn, post in own.items():
        if kept.get(urn, post) != post:
            raise UsageError(f"--lock {urn}={post}: the school must stay with {kept[urn]} until a later day.")
    rules = Rules(
        least=LEAST if asked.least is None else asked.least,
        most=MOST if asked.most is None else asked.most,
        hard=not work.posts or asked.least is not None or asked.most is not None,
        together=asked_pairs(asked.together, work, "--together"),
        apart=asked_pairs(asked.apart, work, "--apart"),
        locks={**kept, **own},
        keep=asked.keep,
    )
    return rules, said


def _kept(locks: Mapping[Urn, str], work: Work) -> tuple[dict[Urn, str], tuple[str, ...]]:
    """Return the locks of the lists that a plan can keep, and a sentence on the others."""
    urns, posts = {school.urn for school in work.schools}, {post.post for post in work.posts}
    kept = {urn: post for urn, post in locks.items() if urn in urns and post in posts}
    lost = [f"{urn} with {post}" for urn, post in sorted(locks.items()) if urn not in kept]
    words = f"Must stay, but the school or the post is not in this plan: {', '.join(lost)}."
    return kept, (words,) if lost else ()


def _plan(store: Store, work: Work, rules: Rules, pairs: tuple[Pair, ...]) -> Plan:
    """Return the sharing; NumPy and HiGHS are imported by whoever asks for one."""
    from layers.link_workers.journeys import journeys_of  # noqa: PLC0415

    journeys, settings = journeys_of(store, work), cluster_settings(store.profile)
    if work.posts:
        from layers.link_workers.assignment import assign_schools  # noqa: PLC0415

        return assign_schools(work, rules, pairs, settings.posts, journeys=journeys)
    from layers.link_workers.clusters import cluster_schools  # noqa: PLC0415

    plan = cluster_schools(work, rules, pairs, settings, ways_km=journeys.ways_km)
    return replace(plan, notes=(f"Ways: {journeys.words}.", *plan.notes))
