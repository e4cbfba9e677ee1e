"""Schools by locality, with those that must have one worker in one locality."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from layers.link_workers.core import School, Urn


def groups_of(pairs: Iterable[frozenset[Urn]], urns: Iterable[Urn]) -> tuple[frozenset[Urn], ...]:
    """Return schools that must have one worker, chains of pairs as one group; pairs with other schools do not count.

    Examples
    --------
    >>> [sorted(one) for one in groups_of([frozenset({1, 2}), frozenset({2, 5}), frozenset({3, 9})], [1, 2, 3, 5])]
    [[1, 2, 5]]
    """
    known = set(urns)
    found: list[set[Urn]] = []
    for pair in sorted(map(sorted, pairs)):
        if not known.issuperset(pair):
            continue
        joined = set(pair).union(*(one for one in found if one & set(pair)))
        found = [one for one in found if not one & joined] + [joined]
    return tuple(frozenset(one) for one in sorted(found, key=min))


def by_locality(
    schools: Sequence[School], groups: Iterable[frozenset[Urn]], names: Mapping[str, str]
) -> dict[str, list[School]]:
    """Return the schools of each locality by number; a group goes to the locality of most of its schools.

    Parameters
    ----------
    schools : sequence of School
        All of them.
    groups : iterable of frozenset of int
        That must have one worker.
    names : mapping of str to str
        Localities in their order; others come after these.
    """
    area = {school.urn: school.area for school in schools}
    for group in groups:
        own = [area[urn] for urn in sorted(group)]
        most = max(sorted(set(own)), key=own.count)
        area.update(dict.fromkeys(group, most))
    order = {code: at for at, code in enumerate(names)}
    codes = sorted(set(area.values()), key=lambda code: (order.get(code, len(order)), code))
    ordered = sorted(schools, key=lambda school: school.urn)
    return {code: [school for school in ordered if area[school.urn] == code] for code in codes}
