"""Whether identifiers are made of people's names, as "JSMITH12" is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from geodata.name_words import phrases, plain, word_lists

FEW = 10
"""Of fewer identifiers, half have to hold a known name; of more, one in five."""

ENOUGH_TO_COMPARE = 20
"""Unknown letters are judged by how they vary only where there are so many identifiers."""

_HEXADECIMAL = re.compile(r"[0-9a-f\W_]*", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_NAME_AND_NUMBER = re.compile(r"[^\W\d_]+(?:[\W_]+[^\W\d_]+)*[\W_]*\d*")
_CLUSTER = re.compile(r"[^aeiouy]{4}")


def identifiers_are_names(values: Sequence[str]) -> bool:
    """Return whether identifiers are made of people's names: "JSMITH12", "Smith-John-01".

    The letters that all begin with, and letters that more than half have, are a system's mark and not looked at. What
    is left and could be hexadecimal is never a name. Names are what the lists know, and differ; or letters that could
    be spoken, before the digits, in 85 of 100 identifiers and mostly different.

    Parameters
    ----------
    values : sequence of str
        Identifiers, up to some hundreds; blank ones and repetitions do not count.

    Examples
    --------
    >>> identifiers_are_names(["JSMITH12", "JDOHERTY09"]), identifiers_are_names(["MOS123456", "MOS123457"])
    (True, False)
    """
    ids = [plain(value) for value in distinct(values)]
    mark = _common_beginning(ids) if len(ids) > 1 else ""
    rest = [value[len(mark) :] for value in ids]
    if all(_HEXADECIMAL.fullmatch(value) for value in rest):
        return False
    parts = [_LETTERS.findall(value) for value in (rest if _LETTERS.search(mark) else ids)]
    seen = Counter(part.lower() for found in parts for part in set(found))
    own = [[part for part in found if len(ids) == 1 or seen[part.lower()] <= len(ids) / 2] for found in parts]
    return _hold_known_names(own) or (len(ids) >= ENOUGH_TO_COMPARE and _could_be_spoken(ids, own))


def distinct(values: Sequence[str]) -> list[str]:
    """Return the texts without those that are blank or repeated."""
    return list(dict.fromkeys(text for value in values if (text := value.strip())))


def _common_beginning(texts: list[str]) -> str:
    return "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(min(texts), max(texts), strict=False)))


def _hold_known_names(own: list[list[str]]) -> bool:
    """Return whether enough hold a name; the same few in all of them ("CHESHAM-001") are marks of places."""
    known = [tuple(found) for found in own if any(map(_is_made_of_names, found))]
    if len(known) < (0.5 if len(own) < FEW else 0.2) * len(own):
        return False
    return len(own) < FEW or len(set(known)) > max(1, min(0.25 * len(known), 9))


def _is_made_of_names(letters: str) -> bool:
    """Return whether letters are a name, an initial and a name, or two names in one."""
    if any(_is_listed(word.key) for phrase in phrases(letters) for word in phrase):
        return True
    key = letters.lower()
    if _is_listed(key[1:], 4) or _is_listed(key[:-1], 4):
        return True
    return any(_is_listed(key[:i]) and _is_listed(key[i:]) for i in range(3, len(key) - 2))


def _is_listed(key: str, least: int = 3) -> bool:
    return len(key) >= least and (key in word_lists().forenames or key in word_lists().surnames)


def _could_be_spoken(ids: list[str], own: list[list[str]]) -> bool:
    spoken = 0
    for value, found in zip(ids, own, strict=True):
        letters = max(found, key=len, default="").lower()
        vowels = sum(letter in "aeiouy" for letter in letters)
        fluent = len(letters) > 3 and vowels >= 0.25 * len(letters) and not _CLUSTER.search(letters[1:])
        spoken += fluent and bool(_NAME_AND_NUMBER.fullmatch(value))
    different = len({tuple(found) for found in own})
    return spoken >= 0.85 * len(ids) and different >= 0.6 * len(ids)
