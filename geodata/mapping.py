"""Which heading of a file is which column of ours.

Exact headings and aliases come first, close spellings second; what could be two things is asked for, never guessed.
Fields that name or reach a person are recognised here and never mapped.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from geodata.contracts.base import Column, Contract
from geodata.errors import ContractError, UsageError
from geodata.names import is_name_heading, normalise

CLOSE_ENOUGH = 0.88
"""Similarity (difflib's ratio, 0 to 1) from which a spelling counts as meant."""

CLEARLY_CLOSER = 0.06
"""By how much the best column must lead over the next."""

_DATA_NOT_HEADING = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}.*|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d{8}", re.IGNORECASE
)


@dataclass(frozen=True)
class HeadingMatch:
    """The columns found in a file.

    Attributes
    ----------
    positions : mapping of str to int
        Our column -> position of its heading.
    guessed : tuple of str
        Our columns whose heading only resembles a known one; a person should look at them.
    names : tuple of str
        Headings of people's names, contacts, addresses and free text; dropped.
    unused : tuple of str
        Other headings that no column of ours asks for; dropped.
    missing : tuple of str
        Our optional columns that the file does not have.
    also : mapping of str to tuple of int
        Our column -> positions of further headings that count as much: a child is protected where any marker says so.
    """

    positions: Mapping[str, int]
    guessed: tuple[str, ...]
    names: tuple[str, ...]
    unused: tuple[str, ...]
    missing: tuple[str, ...]
    also: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def as_headings(self, headings: Sequence[str]) -> dict[str, str]:
        """Return our column -> the file's heading."""
        return {key: headings[position] for key, position in self.positions.items()}


def match_headings(
    contract: Contract, headings: Sequence[str], given: Mapping[str, str | None] | None = None
) -> HeadingMatch:
    """Find the columns of a contract among the headings of a file.

    Parameters
    ----------
    contract : Contract
        What the file should hold.
    headings : sequence of str
        As they stand in the file.
    given : mapping of str to str or None, optional
        Our column -> their heading, said by a person or remembered; None or empty leaves a column out. It comes before
        anything found here.

    Returns
    -------
    HeadingMatch
        With every required column in `positions`.

    Raises
    ------
    UsageError
        If `given` has a column that the contract does not know.
    ContractError
        If a required column is missing, two headings fit one column, or `given` asks for a heading that is not there
        or is a person's name.
    """
    given = given or {}
    if unknown := sorted(set(given) - set(contract.keys)):
        raise UsageError(f"No column {', '.join(unknown)} in {contract.key}. Valid: {', '.join(contract.keys)}.")
    positions = {key: _said(contract, key, heading, headings) for key, heading in given.items() if heading}
    open_columns = [column for column in contract.columns if column.key not in given]
    positions |= _exact(open_columns, headings, taken=set(positions.values()))
    guessed = _close([c for c in open_columns if c.key not in positions], headings, taken=set(positions.values()))
    positions |= guessed
    _require(contract, positions, headings)
    also = _more_flags([c for c in contract.columns if c.key in positions], headings, set(positions.values()))
    used = {*positions.values(), *(i for more in also.values() for i in more)}
    rest = [i for i in range(len(headings)) if i not in used and headings[i]]
    return HeadingMatch(
        positions={column.key: positions[column.key] for column in contract.columns if column.key in positions},
        guessed=tuple(guessed),
        names=tuple(headings[i] for i in rest if is_name_heading(headings[i])),
        unused=tuple(headings[i] for i in rest if not is_name_heading(headings[i])),
        missing=tuple(key for key in contract.keys if key not in positions),
        also=also,
    )


def partial_match(
    contract: Contract, headings: Sequence[str], given: Mapping[str, str | None] | None = None
) -> tuple[dict[str, str], tuple[str, ...], tuple[str, ...]]:
    """Find what columns there are, without refusing a file for those that lack: for choosing on a page.

    Parameters
    ----------
    contract, headings, given
        As for `match_headings`.

    Returns
    -------
    dict of str to str, tuple of str, tuple of str
        Our column -> their heading; needed columns that were not found; columns matched by a near spelling.
    """
    kept = {key: heading for key, heading in (given or {}).items() if key in contract.keys}
    positions = {key: headings.index(heading) for key, heading in kept.items() if heading in headings}
    open_columns = [column for column in contract.columns if column.key not in kept]
    for column in open_columns:
        try:
            positions |= _exact([column], headings, taken=set(positions.values()))
        except ContractError:
            continue  # two headings fit: a person chooses
    left = [column for column in open_columns if column.key not in positions]
    guessed = _close(left, headings, taken=set(positions.values()))
    positions |= guessed
    lacking = tuple(column.key for column in contract.columns if column.required and column.key not in positions)
    return {key: headings[position] for key, position in positions.items()}, lacking, tuple(guessed)


def _said(contract: Contract, key: str, heading: str, headings: Sequence[str]) -> int:
    found = [i for i, own in enumerate(headings) if own == heading] or [
        i for i, own in enumerate(headings) if normalise(own) == normalise(heading)
    ]
    if len(found) != 1:
        fault = "is not among the headings" if not found else "is the heading of several columns"
        raise ContractError(
            f"The mapping gives '{heading}' for {key}, which {fault} of this file. Correct the mapping."
        )
    if is_name_heading(headings[found[0]]) and normalise(heading) not in _names(contract.column(key)):
        raise ContractError(
            f"The mapping gives '{heading}' for {key}, but that heading stands for a name, address, contact or free "
            "text, which is never taken over. If it holds something else, give it another heading."
        )
    return found[0]


def _exact(columns: Sequence[Column], headings: Sequence[str], taken: set[int]) -> dict[str, int]:
    """Match our own keys first, then aliases; two headings for one column are an error, unless it is a flag."""
    plain = [normalise(heading) for heading in headings]
    found: dict[str, int] = {}
    for by_alias in (False, True):
        for column in columns:
            if column.key in found:
                continue
            names = {normalise(name) for name in (column.aliases if by_alias else (column.key,))}
            used = taken | set(found.values())
            fits = [i for i, name in enumerate(plain) if name in names and i not in used]
            if len(fits) > 1 and column.kind != "flag":
                raise ContractError(_several(column, [(i, headings[i]) for i in fits]))
            if fits:
                found[column.key] = fits[0]
    return found


def _several(column: Column, fits: Sequence[tuple[int, str]]) -> str:
    """Return that several headings fit a column, with the remedy."""
    if len({heading for _, heading in fits}) < len(fits):
        places = " and ".join(f"'{heading}' in column {i + 1}" for i, heading in fits)
        return f"{column.key} ({column.title}) could be {places}. Give them different headings."
    both = " and ".join(f"'{heading}'" for _, heading in fits)
    return f'{column.key} ({column.title}) could be {both}. Say which with --map: {{"{column.key}": "..."}}.'


def _close(columns: Sequence[Column], headings: Sequence[str], taken: set[int]) -> dict[str, int]:
    """Match near spellings where one column is clearly the closest and no other heading is as close to it."""
    best: dict[str, tuple[float, int]] = {}
    for i, heading in enumerate(headings):
        if i in taken or not heading:
            continue
        # "Protectd address" looks like an address line; a flag is safe to try, as nothing but yes or no is kept of it.
        safe = [column for column in columns if column.kind == "flag" or not is_name_heading(heading)]
        scores = sorted(((_likeness(column, heading), column.key) for column in safe), reverse=True)
        if not scores or scores[0][0] < CLOSE_ENOUGH:
            continue
        if len(scores) > 1 and scores[0][0] - scores[1][0] < CLEARLY_CLOSER:
            continue
        score, key = scores[0]
        if key not in best or score > best[key][0]:
            best[key] = (score, i)
    return {key: i for key, (_, i) in best.items()}


def _more_flags(columns: Sequence[Column], headings: Sequence[str], taken: set[int]) -> dict[str, tuple[int, ...]]:
    """Return the headings that no column took and that mean a flag of ours too: no marker may be passed over."""
    found = {}
    for column in columns:
        if column.kind == "flag":
            likes = [i for i, h in enumerate(headings) if h and i not in taken and _likeness(column, h) >= CLOSE_ENOUGH]
            if likes:
                found[column.key] = tuple(likes)
    return found


def _likeness(column: Column, heading: str) -> float:
    plain = normalise(heading)
    return max(difflib.SequenceMatcher(None, plain, name).ratio() for name in _names(column) if len(name) > 3)


def _names(column: Column) -> set[str]:
    return {normalise(name) for name in (column.key, column.title, *column.aliases)}


def _require(contract: Contract, positions: Mapping[str, int], headings: Sequence[str]) -> None:
    lacking = [column for column in contract.columns if column.required and column.key not in positions]
    if not lacking:
        return
    # Where nothing is recognised, the first row may be data, a child's name among it: repeat none of it.
    if not positions or any(_DATA_NOT_HEADING.fullmatch(heading) for heading in headings):
        raise ContractError(
            f"The first row of the file holds no heading known for {contract.key}. Give each column a heading; needed: "
            f"{', '.join(f'{c.key} ({c.title})' for c in contract.columns if c.required)}. Headings of your own can be "
            "named with --map FILE."
        )
    wanted = ", ".join(f"{column.key} ({column.title})" for column in lacking)
    seen = ", ".join(f"'{heading}'" for heading in headings if heading)
    raise ContractError(
        f"No heading for {wanted} was found. The file has {seen}. "
        f'Name the right one with --map FILE, such as {{"{lacking[0].key}": "their heading"}}.'
    )
