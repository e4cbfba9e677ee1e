"""Which rule leaves a school without a worker."""

from __future__ import annotations

from collections.abc import Collection

from layers.link_workers.core import Rules, Urn

NO_PLACE = "it has no place on the map"


def unplaced(
    left: Collection[Urn],
    reachable: Collection[Urn],
    groups: Collection[frozenset[Urn]],
    rules: Rules,
    of: tuple[int, str],
) -> tuple[tuple[Urn, str], ...]:
    """Name the rule for each school of a locality that no cluster has.

    Parameters
    ----------
    left : collection of int
        Schools in no chosen cluster.
    reachable : collection of int
        Schools in at least one cluster that keeps every rule by itself.
    groups : collection of frozenset of int
        Schools that must have one worker.
    rules : Rules
        What was asked for.
    of : tuple of (int, str)
        How many schools there are in the locality, and its name.

    Returns
    -------
    tuple of (int, str)
        By school.
    """
    schools, name = of
    all_of = f"{schools} {'school' if schools == 1 else 'schools'} of {name}"
    span = f"{rules.least} to {rules.most}" if rules.least < rules.most else f"{rules.most}"

    def why(urn: Urn) -> str:
        group: frozenset[Urn] = next((one for one in groups if urn in one), frozenset())
        if any(pair <= group for pair in rules.apart):
            return "it must be with schools that must be apart from each other"
        if len(group) > rules.most:
            return f"{len(group)} schools that must have one worker are more than the most {rules.most} per worker"
        if schools < rules.least:
            return f"{all_of} {'is' if schools == 1 else 'are'} fewer than the least {rules.least} per worker"
        if urn not in reachable:
            return f"no {span} schools side by side with it keep the pairs that must be together or apart"
        if -(-schools // rules.most) > schools // rules.least:
            return f"{all_of} cannot be shared out with {span} per worker"
        return f"{all_of} cannot all be in clusters of {span} side by side that keep the pairs asked for"

    return tuple((urn, why(urn)) for urn in sorted(left))
