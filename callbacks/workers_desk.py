"""Everything that the page on link workers asks of the model: who has which school, and what a move would do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from layers.link_workers.compare import Share, Totals, held_today, shares, totals
from layers.link_workers.core import Plan, Post, Rules, School, Urn, Work


@dataclass(frozen=True)
class Refusals:
    """What stands against a move.

    Attributes
    ----------
    hard : tuple of str
        Rules that must be kept: the move is not made.
    wishes : tuple of str
        What is only wished: the move is made, and this is said.
    """

    hard: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Desk:
    """The model as the page sees it.

    Attributes
    ----------
    work : Work
        Schools and posts on the day.
    rules : Rules
        Of the proposed plan.
    proposed : Plan or None
        The plan that was worked out; None where it is not there yet.
    evaluate : callable
        From school -> post to a plan with loads, kilometres and families handed over.
    move : callable
        From a plan, a school and a post to the plan with the school moved.
    refuse : callable
        From a plan, a school and a post to what stands against the move.
    base_km : callable
        From a post and a school to the estimated way from the base, one way; None without a base.
    basis : tuple of str
        Words that stand wherever the figures do: synthetic, estimated ...
    notes : tuple of str
        What a reader must know of the data and the assumptions.
    handovers_known : bool
        Whether it is known which post has which school today, and which families are open.
    """

    work: Work
    rules: Rules
    proposed: Plan | None
    evaluate: Callable[[Mapping[Urn, str]], Plan]
    move: Callable[[Plan, Urn, str], Plan]
    refuse: Callable[[Plan, Urn, str], Refusals]
    base_km: Callable[[str, Urn], float | None]
    basis: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    handovers_known: bool = True

    @property
    def schools(self) -> Mapping[Urn, School]:
        """The schools by number."""
        return {one.urn: one for one in self.work.schools}

    @property
    def posts(self) -> Mapping[str, Post]:
        """The posts by number."""
        return {one.post: one for one in self.work.posts}

    @property
    def has_today(self) -> bool:
        """Whether it is known which post has which school today."""
        return bool(held_today(self.work))

    def today(self) -> Plan:
        """Return today's sharing."""
        return self.evaluate(held_today(self.work))


@dataclass(frozen=True)
class Shown:
    """A plan as it is shown.

    Attributes
    ----------
    key : str
        As in the address.
    words : str
        Its name.
    plan : Plan
        Who has which school.
    shares : mapping of str to Share
        By post, or by cluster in a plan without posts.
    totals : Totals
        In a few numbers.
    notes : tuple of str
        What no longer fits, of one that was saved.
    version : int
        Of one that was saved; 0 else.
    """

    key: str
    words: str
    plan: Plan
    shares: Mapping[str, Share]
    totals: Totals
    notes: tuple[str, ...] = ()
    version: int = 0


def shown(desk: Desk, key: str, words: str, plan: Plan, notes: tuple[str, ...] = (), *, version: int = 0) -> Shown:
    """Return a plan with all that the page says of it."""
    found = {one.post: one for one in shares(desk.work, plan)}
    return Shown(key, words, plan, found, totals(desk.work, plan, desk.rules), notes, version)
