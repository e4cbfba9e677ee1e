"""Involvements: the cases opened for children missing education, each with the area of one scheme."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from geodata.periods import Period
from geodata.store import Store
from layers.kept import per_store

DATASET = "cme_involvements"


class Involvement(NamedTuple):
    """One case.

    It is the half-open interval from its start to its end: one that starts and ends on one day is never open.

    Attributes
    ----------
    child : str
        The child's identifier; only ever compared.
    start, end : datetime.date, datetime.date or None
        The end is None while it is open.
    reason : str or None
        Closing code.
    year_group : int or None
        National curriculum year.
    sen_status, social_care : str or None
        Codes of the contract.
    born : datetime.date or None
        First day of the month of birth.
    area : str
        Code of the area in the scheme asked for, "unknown" or "outside".
    """

    child: str
    start: date
    end: date | None
    reason: str | None
    year_group: int | None
    sen_status: str | None
    social_care: str | None
    born: date | None
    area: str

    @property
    def days(self) -> int:
        """Days from the start to the end of a closed one; `ValueError` while it is open."""
        if self.end is None:
            raise ValueError("An open involvement has no duration yet.")
        return (self.end - self.start).days


COLUMNS = ("child_id", "start_date", "end_date", "closure_code", "year_group", "sen_status", "social_care", "born")


@per_store
def involvements(store: Store, scheme: str, since: date | None = None) -> tuple[Involvement, ...]:
    """Return the involvements of a snapshot, oldest first; empty where none are loaded.

    Parameters
    ----------
    store : Store
        The snapshot's records.
    scheme : str
        The areas to give.
    since : datetime.date, optional
        Leave out those that ended before that day.
    """
    return tuple(map(Involvement._make, store.cases(DATASET, COLUMNS, scheme, since)))


def open_on(cases: Iterable[Involvement], day: date) -> list[Involvement]:
    """Return the involvements open at the end of a day."""
    return [case for case in cases if case.start <= day and (case.end is None or case.end > day)]


def started_in(cases: Iterable[Involvement], period: Period) -> list[Involvement]:
    """Return the involvements that started in a span."""
    first, after = span(period)
    return [case for case in cases if first <= case.start < after]


def ended_in(cases: Iterable[Involvement], period: Period) -> list[Involvement]:
    """Return the involvements that ended in a span."""
    first, after = span(period)
    return [case for case in cases if case.end is not None and first <= case.end < after]


def active_in(cases: Iterable[Involvement], period: Period) -> list[Involvement]:
    """Return the involvements that were open at its start or started in a span: those that a year's total counts."""
    first, after = span(period)
    return [case for case in cases if case.start < after and (case.end is None or case.end >= first)]


def span(period: Period) -> tuple[date, date]:
    """Return the first day of a flow and the day after its last; `ValueError` for a stock."""
    if period.start is None or period.end is None or period.is_stock:
        raise ValueError(f"{period.key} is no span of days.")
    return period.start, period.end


def of_area(cases: Sequence[Involvement], area: str) -> list[Involvement]:
    """Return the involvements of one area."""
    return [case for case in cases if case.area == area]
