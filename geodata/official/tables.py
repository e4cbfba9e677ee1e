"""CSV files of an official service: saved as they come, then read through to see that they are what was asked for."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from geodata.durable import open_private
from geodata.official.answer import looks_like
from geodata.official.service import Service
from geodata.official.sources import DATE

DAYS_BACK = 7
SNIFFED_BYTES = 256
BYTE_ORDER_MARK = "\xef\xbb\xbf"
"""That of UTF-8, read as Latin-1."""


def save(service: Service, target: Path, today: date) -> tuple[str, int, date | None]:
    """Download the CSV of a source.

    Parameters
    ----------
    service : Service
        Of a source of the kind ``"csv"`` or ``"daily"``.
    target : pathlib.Path
        A file of its own, which may be left unfinished when this raises.
    today : datetime.date
        Of a daily file, the first day that is tried; then one day back at a time, `DAYS_BACK` at most.

    Returns
    -------
    tuple of str, int and datetime.date or None
        The address it came from, its rows without the headings, and of a daily file the day that it is of.

    Raises
    ------
    FetchError
        If it cannot be had, is no CSV, lacks a column or the council's rows, has no rows or is cut short.
    """
    daily = DATE in service.source.address
    for back in range(DAYS_BACK + 1 if daily else 1):
        day = today - timedelta(days=back)
        address = service.source.address.replace(DATE, f"{day:%Y%m%d}")
        pieces = service.stream(address, may_lack=daily)
        if pieces is None:
            continue
        taken = 0
        with open_private(target) as file:
            for piece in pieces:
                taken += file.write(piece)
                service.tell(service.source.key, taken, None)
        return address, _checked(service, target), day if daily else None
    raise service.refuse(
        f"has no file of the last {DAYS_BACK + 1} days", "If its files have moved, give the new address with --url."
    )


def _checked(service: Service, path: Path) -> int:
    """Return the number of rows of a CSV, or raise for one that is not what was asked for."""
    with path.open("rb") as file:
        kind = looks_like(file.read(SNIFFED_BYTES))
    if kind:
        raise service.refuse(f"answered with {kind} instead of a CSV")
    # Latin-1 takes any byte: headings, commas and quotation marks are the same in UTF-8 and Windows-1252.
    with path.open(encoding="latin-1", newline="") as file:
        try:
            return _count(service, csv.reader(file))
        except csv.Error as error:
            raise service.refuse("sent a CSV that is damaged or cut short") from error


def _count(service: Service, rows: Iterator[list[str]]) -> int:
    source = service.source
    headings = [heading.removeprefix(BYTE_ORDER_MARK) for heading in next(rows, [])]
    lacking = [field for field in source.fields if field not in headings]
    if lacking:
        raise service.refuse(
            f"answered without the column{'s' * (len(lacking) > 1)} {', '.join(lacking)}",
            "If the address is that of another file, give the right one with --url.",
        )
    column, value = source.council or (headings[0], None)
    at, count, ours, last = headings.index(column), 0, 0, headings
    for row in rows:
        if row:
            count, last = count + 1, row
            ours += len(row) > at and row[at].strip() == value
    if not count:
        raise service.refuse("sent a CSV without rows")
    if len(last) != len(headings):
        raise service.refuse("sent a CSV that is cut short")
    if value and not ours:
        raise service.refuse(f"sent a CSV without a row of this council ({column} {value})")
    return count
