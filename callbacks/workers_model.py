"""The model of link workers as the page asks it. It loads NumPy: what serves other pages must not import this."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import isfinite

from callbacks.workers_desk import Desk, Refusals
from callbacks.workers_state import DEFAULT, Wanted
from geodata.store import Store
from layers.basis import records_basis
from layers.format import plural
from layers.kept import per_store
from layers.link_workers.core import Plan, Urn
from layers.link_workers.evaluation import plan_of
from layers.link_workers.families import EARLY_HELP
from layers.link_workers.journeys import journeys_of
from layers.link_workers.moved import move_school, refusals
from layers.link_workers.pairs import default_pairs
from layers.link_workers.planning import Asked
from layers.link_workers.post_ground import PostGround, post_ground
from layers.link_workers.posts import ALLOCATIONS
from layers.link_workers.prepared import kept_plan, rules_before, work_asked
from layers.link_workers.settings import cluster_settings
from layers.link_workers.work import DATASETS, facts_by_school, plan_day, settings_of, work_of

MOST_EVALUATED = 64
"""Plans of one snapshot and rules whose figures are kept in memory, of some 20 kB each."""

CAVEATS = ("workload assumed", "distances estimated")
"""Words that stand beside every load and every distance."""


def asked_of(store: Store, wanted: Wanted = DEFAULT) -> Asked:
    """Return the rules of an address as the model takes them; a range that does not hold for each is left to it."""
    posts = bool(work_of(store, plan_day(store)).posts)
    if wanted.hard:
        return Asked(least=wanted.least, most=wanted.most, keep=wanted.keep and posts, posts=posts)
    return Asked(keep=wanted.keep and posts, posts=posts)


def desk_of(store: Store, wanted: Wanted = DEFAULT) -> Desk:
    """Return the model for the rules of an address, with the proposed plan where it is there already.

    Raises
    ------
    UsageError
        Where no schools are loaded.
    InputError
        Where no school is left to share.
    """
    asked = asked_of(store, wanted)
    ground, kept = _ground(store, asked), kept_plan(store, asked)
    desk, known = desk_from(ground, kept.plan if kept else None), _evaluated(store, asked)
    return replace(
        desk,
        evaluate=lambda worker_of: _once(known, worker_of, desk.evaluate),
        basis=(*records_basis(store, *DATASETS), *CAVEATS),
        notes=kept.notes if kept else ground.work.notes,
        handovers_known=all(store.part(key) is not None for key in (ALLOCATIONS, EARLY_HELP)),
    )


def desk_from(ground: PostGround, proposed: Plan | None) -> Desk:
    """Return the model over what a sharing is judged by.

    Parameters
    ----------
    ground : PostGround
        Schools, posts, rules and ways.
    proposed : Plan or None
        The plan that was worked out.
    """
    return Desk(
        work=ground.work,
        rules=ground.rules,
        proposed=proposed,
        evaluate=lambda worker_of: plan_of(ground, worker_of),
        move=lambda plan, urn, post: move_school(ground, plan, urn, post),
        refuse=lambda plan, urn, post: Refusals(
            refusals(ground, plan, urn, post), wishes_against(ground, plan, urn, post)
        ),
        base_km=lambda post, urn: _base_km(ground, post, urn),
        basis=CAVEATS,
        notes=ground.work.notes,
    )


@per_store
def _evaluated(_store: Store, _asked: Asked) -> dict[frozenset[tuple[Urn, str]], Plan]:
    """Return what was evaluated so far: today's sharing and the saved plans are asked for again and again."""
    return {}


def _once(
    known: dict[frozenset[tuple[Urn, str]], Plan],
    worker_of: Mapping[Urn, str],
    evaluate: Callable[[Mapping[Urn, str]], Plan],
) -> Plan:
    key = frozenset(worker_of.items())
    found = known.get(key)
    if found is None:
        if len(known) >= MOST_EVALUATED:
            known.clear()
        found = known[key] = evaluate(worker_of)
    return found


@per_store
def _ground(store: Store, asked: Asked) -> PostGround:
    work = work_asked(store, asked)
    pairs = default_pairs(work, facts_by_school(store, work.day), settings_of(store).pairs)
    weights = cluster_settings(store.profile).posts
    return post_ground(work, rules_before(store, asked), pairs, weights, journeys_of(store, work))


def wishes_against(ground: PostGround, plan: Plan, urn: Urn, post: str) -> tuple[str, ...]:
    """Return what a move goes against that is only wished: a soft range, and schools that should go together."""
    rules, given = ground.rules, plan.worker_of()
    said = []
    count = sum(worker == post for worker in given.values()) + 1
    if not rules.hard and count > rules.most:
        said.append(f"{post} then has {count} schools, above {rules.most}.")
    giver = given.get(urn, "")
    left = sum(worker == giver for worker in given.values()) - 1
    if not rules.hard and giver in ground.post_at and left < rules.least:
        said.append(f"{giver} is left with {plural(left, 'school')}, below {rules.least}.")
    parted = []
    for pair in ground.pairs:
        other = next(iter(pair.urns - {urn}))
        if urn in pair.urns and giver and given.get(other) == giver:
            parted.append(f"{ground.schools[ground.school_at[other]].name} ({pair.why})")
    if parted:
        said.append(f"This parts it from {', '.join(parted)}: that they stay together is a wish, not a rule.")
    return tuple(said)


def _base_km(ground: PostGround, post: str, urn: Urn) -> float | None:
    if post not in ground.post_at:
        return None
    found = float(ground.journeys.base_km[ground.post_at[post], ground.school_at[urn]])
    return found if isfinite(found) else None
