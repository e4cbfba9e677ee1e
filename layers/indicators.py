"""Published figures by area: which periods they are of, and what they come to by another scheme."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan

from geodata.areas import Areas
from geodata.periods import Period, stock
from geodata.profile import AreaScheme
from geodata.store import Row, Store
from layers.base import CONFIDENTIAL, NOT_AVAILABLE, scheme_keys
from layers.kept import per_store

INDICATORS = "indicator_values"

OLDER = "older"
"""Stands for a scheme: the small areas of an earlier census; see `geodata.areas.Areas.older`."""

_DATE = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$")
_DAY_FIRST = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$")
_TWO_YEARS = re.compile(r"^((?:19|20)\d{2})[/-]?(?:20)?(\d{2})$")


@dataclass(frozen=True)
class Figure:
    """What was published of one area in one period.

    Attributes
    ----------
    count : int or None
    base : float or None
        Both, or neither where one of them is missing.
    symbol : str
        What stands in place of a number: "c" for confidential, "x" for not available, or empty.
    """

    count: int | None
    base: float | None
    symbol: str = ""

    @property
    def flag(self) -> str:
        """Why there is no number."""
        return CONFIDENTIAL if self.symbol == CONFIDENTIAL else NOT_AVAILABLE


Published = Mapping[str, Mapping[str, Figure]]
"""Scheme -> area code -> figure."""


@dataclass(frozen=True)
class Indicator:
    """Everything published of one indicator.

    Attributes
    ----------
    periods : tuple of Period
        Oldest first.
    figures : mapping of str to Published
        Period key -> figures by scheme.
    parts : mapping of str to frozenset of str
        Period key -> identifiers of the parts they stand in.
    """

    periods: tuple[Period, ...]
    figures: Mapping[str, Published]
    parts: Mapping[str, frozenset[str]]


def read_period(text: str) -> Period:
    """Return the period that a published file names.

    Parameters
    ----------
    text : str
        A date ("2024-01-18", "18/01/2024"), an academic or financial year ("2023/24", "202324") or anything else, such
        as "2024", which stays as it is.

    Returns
    -------
    Period
        A stock; without a date where the text has none.
    """
    text = text.strip()
    try:
        if found := _DATE.match(text):
            return stock(date(*map(int, found.groups())))
        if found := _DAY_FIRST.match(text):
            day, month, year = map(int, found.groups())
            return stock(date(year, month, day))
    except ValueError:
        return Period(text, text, None, None)
    found = _TWO_YEARS.match(text)
    if found and (int(found[1]) + 1) % 100 == int(found[2]):
        text = f"{found[1]}/{found[2]}"
    return Period(text, text, None, None)


def _figure(value: float | None, base: float | None, symbol: str | None) -> Figure:
    if value is None or base is None or isnan(value) or isnan(base) or value != int(value):
        return Figure(None, None, symbol or "")
    return Figure(int(value), float(base))


def _is_total(breakdown: str | None) -> bool:
    return (breakdown or "total").strip().lower() in ("total", "all")


def _schemes(store: Store, rows: Sequence[Row]) -> dict[tuple[str, str, str | None], str]:
    """Return the scheme that each (part, area code, level) is of; those that could be of several are left out.

    Localities and boards can share a code. The level says which is meant; else the file does, where others of its codes
    are of one of the two schemes only.
    """
    named: dict[str, list[str]] = {}
    for scheme in scheme_keys(store):
        for code in store.areas.names[scheme]:
            named.setdefault(code, []).append(scheme)
    asked = {(row["part"], row["area_code"], row.get("level")) for row in rows}
    # A code that both censuses have is unchanged; a file with one that only the earlier has is by that one.
    by_older = {part for part, code, _ in asked if code in store.areas.older and code not in named}
    sure = {(part, named[code][0]) for part, code, _ in asked if len(named.get(code, ())) == 1}
    found = {}
    for part, code, level in asked:
        schemes = named.get(code, [])
        said = [key for key in schemes if level and _is_level(level, store.profile.scheme(key))]
        meant = said or (schemes if len(schemes) == 1 else [key for key in schemes if (part, key) in sure])
        if part in by_older and code in store.areas.older:
            found[part, code, level] = OLDER
        elif len(meant) == 1:
            found[part, code, level] = meant[0]
    return found


def _is_level(level: str, scheme: AreaScheme) -> bool:
    names = (scheme.key.replace("_", " "), scheme.one.lower(), scheme.title.lower())
    return level.strip().lower().replace("_", " ") in names


@per_store
def read_indicator(store: Store, name: str) -> Indicator:
    """Return what was published of an indicator; of two rows that say the same, the newest import's counts.

    Rows with a breakdown ("girls", "primary") are passed over: only totals are added up.
    """
    rows = [row for row in store.rows_of(INDICATORS) if row["indicator"].strip().lower() == name]
    rows = [row for row in rows if row.get("area_code") and _is_total(row.get("breakdown"))]
    schemes = _schemes(store, rows)
    periods: dict[str, Period] = {}
    figures: dict[str, dict[str, dict[str, Figure]]] = {}
    parts: dict[str, set[str]] = {}
    for row in rows:
        scheme = schemes.get((row["part"], row["area_code"], row.get("level")))
        if scheme is None:
            continue
        period = read_period(str(row["period"]))
        periods[period.key] = period
        parts.setdefault(period.key, set()).add(row["part"])
        found = figures.setdefault(period.key, {}).setdefault(scheme, {})
        found.setdefault(row["area_code"], _figure(row.get("value"), row.get("denominator"), row.get("symbol")))
    return Indicator(
        tuple(periods[key] for key in sorted(periods)),
        figures,
        {key: frozenset(ids) for key, ids in parts.items()},
    )


def nests(areas: Areas, fine: str, coarse: str) -> bool:
    """Return whether every area of `coarse` is made of whole areas of `fine`; a scheme of one area always is.

    Small areas of an earlier census serve wherever they were not cut apart; `made_of` leaves the other areas out.
    """
    if fine == OLDER:
        return coarse not in areas.shares
    return areas.nest_in(fine, coarse) or len(areas.names[coarse]) == 1


def made_of(areas: Areas, fine: str, coarse: str) -> dict[str, frozenset[str]]:
    """Return the areas of `fine` that each area of `coarse` is made of; `nests` must hold."""
    if fine == OLDER:
        return _made_of_older(areas, coarse)
    if fine == coarse or len(areas.names[coarse]) == 1:
        return {code: frozenset([code] if fine == coarse else areas.names[fine]) for code in areas.names[coarse]}
    found: dict[str, set[str]] = {}
    for atom in areas.atoms:
        found.setdefault(areas.of_atom[coarse][atom], set()).add(areas.of_atom[fine][atom])
    return {code: frozenset(codes) for code, codes in found.items()}


def _made_of_older(areas: Areas, coarse: str) -> dict[str, frozenset[str]]:
    """Return the earlier small areas of each area; areas that share one with another are left out."""
    of_atom = areas.of_atom[coarse]
    reach = {old: {of_atom[atom] for atom in atoms} for old, atoms in areas.older.items()}
    torn = {area for found in reach.values() if len(found) > 1 for area in found}
    found: dict[str, set[str]] = {code: set() for code in areas.names[coarse] if code not in torn}
    for old, within in reach.items():
        for area in within - torn:
            found[area].add(old)
    return {code: frozenset(codes) for code, codes in found.items()}


def _together(figures: Sequence[Figure]) -> Figure:
    """Return the sum, or that there is none where one of them is missing."""
    if lacking := [one for one in figures if one.count is None]:
        secret = any(one.symbol == CONFIDENTIAL for one in lacking)
        return Figure(None, None, CONFIDENTIAL if secret else "")
    return Figure(sum(one.count or 0 for one in figures), sum(one.base or 0.0 for one in figures))


def by_scheme(areas: Areas, published: Published, scheme: str) -> dict[str, Figure]:
    """Return the figures by one scheme: those published by it, else sums of whole finer areas.

    Parameters
    ----------
    areas : Areas
        Of the council.
    published : Published
        Of one period.
    scheme : str
        Key.

    Returns
    -------
    dict of str to Figure
        Area code -> figure. An area is left out where not all of its parts were published: a sum without them would be
        too small. Where outlines cut atoms nothing is summed.
    """
    others = sorted((one for one in published if one != scheme), key=lambda one: len(areas.names.get(one, areas.older)))
    found: dict[str, Figure] = {}
    for fine in [one for one in (scheme, *others) if one in published and nests(areas, one, scheme)]:
        for code, parts in made_of(areas, fine, scheme).items():
            if code not in found and parts <= published[fine].keys():
                found[code] = _together([published[fine][part] for part in parts])
    return found
