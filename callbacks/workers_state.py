"""The state of the page on link workers: what its address says, made whole and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from geodata.errors import UsageError

PAGE = "link-workers"
"""Address of the page."""

PARTS = ("plan", "move", "area", "worker", "school", "with", "least", "most", "hard", "keep", "order")
"""What the address may hold. Schools and posts are numbers; it never says why a school has a worker."""

PROPOSED, TODAY, SAVED = "proposed", "today", "saved:"
"""Plans: the one that was worked out, today's sharing, and, with its name after it, one that was saved."""

OVER = "over"
"""Order of the list of workers: those that are most over their hours first."""

MOST_MOVES = 60
"""Moves that an address holds; more are saved as a plan first."""

LEAST_RANGE, MOST_RANGE = 1, 12
"""Schools per worker that may be asked for."""


@dataclass(frozen=True)
class Wanted:
    """What a plan that is worked out must keep, as a person may choose it.

    Attributes
    ----------
    least, most : int
        Schools per worker.
    hard : bool
        Whether the range holds for each worker.
    keep : bool
        Whether only what an absence forces may change.
    """

    least: int = 3
    most: int = 5
    hard: bool = False
    keep: bool = False


DEFAULT = Wanted()


@dataclass(frozen=True)
class WorkersState:
    """One view of the page.

    Attributes
    ----------
    plan : str
        The plan that is shown: `PROPOSED`, `TODAY`, or `SAVED` and a name.
    moves : tuple of (int, str)
        School and post: moved by hand on top of the plan, one after the other.
    area : str
        The locality that is shown closer; empty for the county.
    worker : str
        The chosen post; empty for none.
    school : int or None
        The school that the form begins with.
    beside : str
        The plan that stands beside it; empty for the one that fits.
    wanted : Wanted
        Rules of the proposed plan.
    order : str
        Of the list of workers: `OVER`; empty for by locality.
    """

    plan: str = PROPOSED
    moves: tuple[tuple[int, str], ...] = ()
    area: str = ""
    worker: str = ""
    school: int | None = None
    beside: str = ""
    wanted: Wanted = DEFAULT
    order: str = ""

    def query(self, **changes: Any) -> str:
        """Return the address's part after the question mark, of this view or of one that differs."""
        one = replace(self, **changes)
        said: list[tuple[str, Any]] = [("plan", one.plan)] if one.plan != PROPOSED else []
        said += [("move", f"{urn}:{post}") for urn, post in one.moves]
        said += [("area", one.area)] if one.area else []
        said += [("worker", one.worker)] if one.worker else []
        said += [("school", one.school)] if one.school else []
        said += [("with", one.beside)] if one.beside else []
        said += [(key, getattr(one.wanted, key)) for key in ("least", "most")
                 if getattr(one.wanted, key) != getattr(DEFAULT, key)]  # fmt: skip
        said += [(key, 1) for key in ("hard", "keep") if getattr(one.wanted, key)]
        said += [("order", one.order)] if one.order else []
        return urlencode(said, safe=":")

    def address(self, **changes: Any) -> str:
        """Return the address of this view, or of one that differs."""
        query = self.query(**changes)
        return f"{PAGE}?{query}" if query else PAGE

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Return what a form carries along, as (name, value)."""
        return parse_qsl(self.query())

    @property
    def saved_name(self) -> str:
        """The name of the saved plan that is shown; empty for none."""
        return self.plan.removeprefix(SAVED) if self.plan.startswith(SAVED) else ""


def read_workers_state(raw: Mapping[str, str], moves: Sequence[str] = ()) -> WorkersState:
    """Return the state that an address asks for; what it leaves out has a default.

    Parameters
    ----------
    raw : mapping of str to str
        What stands in the address.
    moves : sequence of str, optional
        Every "move" of the address, which may hold several.

    Raises
    ------
    UsageError
        If a part or its value is not known, with the valid ones.
    """
    for key in raw:
        if key not in PARTS:
            raise UsageError(f"The address has '{key}', which this page does not know. Valid: {', '.join(PARTS)}.")
    if len(moves) > MOST_MOVES:
        raise UsageError(f"The address holds {len(moves)} moves. Save the plan after up to {MOST_MOVES} and go on.")
    least, most = _number(raw, "least"), _number(raw, "most")
    if least > most:
        raise UsageError(f"At least {least} and at most {most} schools per worker contradict each other.")
    ranged = (least, most) != (DEFAULT.least, DEFAULT.most)  # a range that somebody gives is a hard one
    return WorkersState(
        plan=plan_key(raw.get("plan") or PROPOSED),
        moves=tuple(_move(one) for one in moves if one),
        area=raw.get("area", ""),
        worker=raw.get("worker", ""),
        school=_urn(raw["school"]) if raw.get("school") else None,
        beside=plan_key(raw["with"]) if raw.get("with") else "",
        wanted=Wanted(least, most, ranged or _tick(raw, "hard"), _tick(raw, "keep")),
        order=_order(raw.get("order", "")),
    )


def plan_key(text: str) -> str:
    """Return the key of a plan as an address gives it; `UsageError` if it is none."""
    if text in (PROPOSED, TODAY) or (text.startswith(SAVED) and text.removeprefix(SAVED).strip()):
        return text
    raise UsageError(f"No plan '{text[:60]}' here. Valid: {PROPOSED}, {TODAY}, and {SAVED} with the name of one.")


def _order(text: str) -> str:
    if text in ("", OVER):
        return text
    raise UsageError(f"No order '{text[:20]}' here. Valid: {OVER}, or left out for by locality.")


def _move(text: str) -> tuple[int, str]:
    urn, _, post = text.partition(":")
    if not post:
        raise UsageError(f"'{text[:40]}' is no move. A move is a school's number, ':' and a post, as in 110195:LW-01.")
    return _urn(urn), post


def _urn(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise UsageError(f"'{text[:40]}' is no number of a school.")
    return int(text)


def _number(raw: Mapping[str, str], key: str) -> int:
    text = raw.get(key) or str(getattr(DEFAULT, key))
    if not (text.isascii() and text.isdigit() and LEAST_RANGE <= int(text[:9]) <= MOST_RANGE):
        raise UsageError(
            f"'{text[:20]}' is no number of schools per worker. Valid: {LEAST_RANGE} to {MOST_RANGE} schools."
        )
    return int(text)


def _tick(raw: Mapping[str, str], key: str) -> bool:
    text = raw.get(key) or "0"
    if text not in ("0", "1"):
        raise UsageError(f"'{key}' is 1 or left out, not '{text[:20]}'.")
    return text == "1"
