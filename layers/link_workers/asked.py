"""What a person insists on: schools together, apart or locked to a post; read, and held against one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from geodata.errors import UsageError
from layers.link_workers.core import Rules, Urn, Work


def asked_pairs(texts: Sequence[str], work: Work, option: str) -> frozenset[frozenset[Urn]]:
    """Return the pairs that a person writes as "110195,110199".

    Raises
    ------
    UsageError
        Naming the option and the text, for one that is no pair, or a school that is not in the plan.
    """
    known = {school.urn for school in work.schools}
    found = set()
    for text in texts:
        parts = [part.strip() for part in text.split(",")]
        if len(parts) != 2 or not all(part.isdecimal() for part in parts) or parts[0] == parts[1]:
            raise UsageError(f"{option} {text}: give the numbers (URN) of two schools, such as 110195,110199.")
        _require_known([int(part) for part in parts], known, f"{option} {text}")
        found.add(frozenset(int(part) for part in parts))
    return frozenset(found)


def asked_locks(texts: Sequence[str], work: Work) -> dict[Urn, str]:
    """Return the locks that a person writes as "110195=LW-07"; errors as in `asked_pairs`, and for an unknown post."""
    known, posts = {school.urn for school in work.schools}, {post.post for post in work.posts}
    found: dict[Urn, str] = {}
    for text in texts:
        urn, equals, post = (part.strip() for part in text.partition("="))
        if not equals or not urn.isdecimal() or not post:
            raise UsageError(f"--lock {text}: give a school (URN) and its post, such as 110195=LW-07.")
        if not posts:
            raise UsageError(f"--lock {text}: there are no posts; give them with --workers FILE.")
        _require_known([int(urn)], known, f"--lock {text}")
        if post not in posts:
            raise UsageError(f"--lock {text}: there is no post {post}. Valid: {', '.join(sorted(posts))}.")
        if found.setdefault(int(urn), post) != post:
            raise UsageError(f"--lock {text}: the school {urn} is locked to {found[int(urn)]} as well.")
    return found


def _require_known(urns: Iterable[Urn], known: set[Urn], where: str) -> None:
    for urn in urns:
        if urn not in known:
            raise UsageError(f"{where}: {urn} is not among the {len(known):,} schools to share.")


def require_agreement(rules: Rules) -> None:
    """Check that the rules do not contradict one another.

    Raises
    ------
    UsageError
        For a range that is none, for pairs and locks that contradict each other, naming the schools, and where a hard
        range has no room for the schools that are locked to one post.
    """
    if not 1 <= rules.least <= rules.most:
        raise UsageError(
            f"No worker can have {rules.least} to {rules.most} schools: --min is 1 or more, at most --max."
        )
    root = _roots(rules.together)
    for pair in rules.apart:
        first, second = sorted(pair)
        if root(first) == root(second):
            raise UsageError(f"{first} and {second} must be together and apart: take --together or --apart away.")
        if rules.locks.get(first) is not None and rules.locks.get(first) == rules.locks.get(second):
            raise UsageError(f"{first} and {second} must be apart, and both are locked to {rules.locks[first]}.")
    posts: dict[Urn, tuple[Urn, str]] = {}
    for urn, post in sorted(rules.locks.items()):
        other, kept = posts.setdefault(root(urn), (urn, post))
        if kept != post:
            raise UsageError(f"{other} and {urn} must be together, but are locked to {kept} and {post}.")
    for head in {root(urn) for pair in rules.together for urn in pair}:
        members = sorted({urn for pair in rules.together for urn in pair if root(urn) == head})
        if rules.hard and len(members) > rules.most:
            raise UsageError(f"{', '.join(map(str, members))} must be together; that is more than --max {rules.most}.")

    _require_room(rules)


def _require_room(rules: Rules) -> None:
    if not rules.hard:
        return
    for post, count in sorted(Counter(rules.locks.values()).items()):
        if count > rules.most:
            schools = ", ".join(str(urn) for urn, kept in sorted(rules.locks.items()) if kept == post)
            raise UsageError(
                f"{post} must keep {count} schools ({schools}), and no worker may have more than {rules.most}: take a "
                "lock away or raise --max."
            )


def _roots(pairs: Iterable[frozenset[Urn]]) -> Callable[[Urn], Urn]:
    """Return the function from a school to the first of those that must be together with it."""
    above: dict[Urn, Urn] = {}

    def root(urn: Urn) -> Urn:
        while above.get(urn, urn) != urn:
            urn = above[urn]
        return urn

    for pair in sorted(map(sorted, pairs)):
        first, second = (root(urn) for urn in pair)
        above[max(first, second)] = min(first, second)
    return root
