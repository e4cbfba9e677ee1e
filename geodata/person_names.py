"""Whether a text, or a column of texts, looks like the names of people.

Two mistakes are possible. A name taken for a thing would be kept, so a known forename is enough; a thing taken for a
name sets a row aside, and the officer gives it in full ("John Hampden Grammar School" for "John Hampden").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from geodata.name_identifiers import distinct, identifiers_are_names
from geodata.name_titles import HONORIFICS, OWNED, STYLES, follows_a_relation, follows_a_title
from geodata.name_words import Word, phrases

__all__ = ["identifiers_are_names", "looks_like_names", "names_a_person"]

_SAINTS = frozenset({"st", "saint", "ste", "santa", "san"})
_ROYALS = frozenset({"king", "queen", "prince", "princess", "duke", "fort", "port", "the"})
_LINKS = frozenset({"and", "at", "by", "for", "in", "near", "of", "on", "the", "upon", "with"})
_OF_INSTITUTIONS = frozenset({
    "family", "families", "children", "child", "youth", "young", "early", "years", "health", "healthcare", "medical",
    "care", "social", "nursing", "support", "resource", "service", "services", "special", "day", "adult", "form", "all",
    "through",
})  # fmt: skip
_SITES = frozenset({"land", "site", "plot", "former", "rear", "adjacent", "adj", "adjoining", "off"})

_OTHER_SCRIPT = re.compile(r"[^\W\d_a-zA-Z\u00aa-\u03ff\u1d00-\u218f]|[\u0370-\u03ff]{2,}")
"""A letter that is neither Latin nor Greek (as in "Phase β"), or a Greek word."""


def names_a_person(text: str) -> bool:
    """Return whether a text holds a person's name.

    A text does where it has an honorific before a name; a forename that is hardly anything else ("Jane", "Mohammed");
    a forename that is also a word ("Grace", "Lincoln") beside a surname; a surname beside an initial or another name;
    a surname and nothing else; letters of another script, which cannot be checked. It does not where the words are part
    of the name of a place or thing: a word such as "school", "centre" or "road" ends the phrase, or "St" begins it. A
    phrase ends at punctuation, at a number, at a word of prose and where capitals stop. "Hill", "Wood" and other words
    that are surnames too make a place only of what is not a forename: "Tom Green" is a person, unless the phrase is
    about a site ("Land at Tom Green"). After "Mrs" and its like a thing has to be owned: "Mrs Smith's farm" is one.

    Examples
    --------
    >>> [names_a_person(text) for text in ("Jane Smith", "SMITH, John", "mum is Jane, call after 3", "Dr Patel")]
    [True, True, True, True]
    >>> [names_a_person(text) for text in ("Dr Challoner's Grammar School", "St Mary's", "Aylesbury North")]
    [False, False, False]
    """
    if _OTHER_SCRIPT.search(text):
        return True
    found = phrases(text)
    if not found:
        return False
    site = found[0][0].key in _SITES
    return (
        any(follows_a_title(phrase) for phrase in found)
        or any(_run_names(run, site) for phrase in found for run in _runs(phrase))
        or _is_whole_name(found, text)
        or follows_a_relation(text)
    )


def _runs(phrase: list[Word]) -> list[list[Word]]:
    """Return the words of a phrase, broken at prose and where capitals stop or begin."""
    runs: list[list[Word]] = [[]]
    mixed = any(word.is_lower for word in phrase) and not all(word.is_lower for word in phrase)
    for i, word in enumerate(phrase):
        if word.key == "and" and len(runs[-1]) == 1 and _leads_to_a_thing(phrase, i + 1, names=1):
            continue  # "Jack and Jill Nursery"
        if (word.is_prose and not _leads_to_a_thing(phrase, i)) or word.key in HONORIFICS | STYLES:
            runs.append([])
            continue
        if word.is_lower and word.is_thing and _is_said_of(phrase, i):
            runs.append([])
        if mixed and runs[-1] and word.is_lower != runs[-1][0].is_lower and not word.is_thing:
            runs.append([])
        runs[-1].append(word)
    return [run for run in runs if run]


def _leads_to_a_thing(phrase: list[Word], i: int, names: int = 0) -> bool:
    """Return whether, past some names, words such as "Family" lead to a thing: "Henry Allen Family Centre"."""
    rest = phrase[i + names :]
    after = next((word for word in rest if word.key not in _OF_INSTITUTIONS), None)
    return after is not None and after.is_thing and (names > 0 or rest[0].key in _OF_INSTITUTIONS)


def _is_said_of(phrase: list[Word], i: int) -> bool:
    """Return whether small words go on after a word of a thing: "Jane Smith school refuser" is no school."""
    after = next((word for word in phrase[i + 1 :] if not word.is_thing), None)
    return after is not None and after.is_lower and after.key not in _LINKS


def _run_names(run: list[Word], site: bool) -> bool:
    """Return whether a run holds a name that is not part of the name of a place or thing."""
    start = 0
    for i, word in enumerate(run):
        if word.is_thing and (i or word.key not in _ROYALS) and _makes_a_thing(run, i, start, site):
            start = i + 1
    return _is_person(run[start:])


def _makes_a_thing(run: list[Word], i: int, start: int, site: bool) -> bool:
    before, word = run[start:i], run[i]
    if any(
        a.is_forename and b.is_surname and c.names_nobody
        for a, b, c in zip(before, before[1:], before[2:], strict=False)
    ):
        return False  # "Jane Smith Wexham School" is a child and her school
    if before and word.may_be_surname and not before[-1].owns and not site and i == len(run) - 1:
        return not all(w.is_forename or w.is_initial for w in before)
    if before and word.is_lower:
        return word.key not in OWNED
    return True


def _is_person(words: list[Word]) -> bool:
    """Return whether words without any of a place or thing are a person's name."""
    words = _without_saints(words)
    if any(word.is_forename for word in words) or (len(words) == 1 and words[0].is_surname):
        return True
    return any(_are_a_name(a, b, len(words)) for a, b in pairwise(words))


def _are_a_name(a: Word, b: Word, count: int) -> bool:
    for one, other in ((a, b), (b, a)):
        if one.is_surname and (other.is_initial or other.is_unknown or other.may_be_forename):
            return True
    if count > 2 or b.is_thing:
        return False
    return (a.is_word_forename and b.may_be_surname) or (a.may_be_forename and b.is_word_surname)


def _without_saints(words: list[Word]) -> list[Word]:
    """Return the words before "St" and without "King Edward" and "The George"."""
    for i, word in enumerate(words):
        if word.key in _SAINTS:
            return words[:i]
        if word.key in _ROYALS and i == 0 and len([w for w in words[1:] if not _is_numeral(w)]) == 1:
            return words if words[1].is_surname else []
    return words


def _is_numeral(word: Word) -> bool:
    return bool(re.fullmatch(r"[ivx]+", word.key))


def _is_whole_name(found: list[list[Word]], text: str) -> bool:
    """Return whether the whole cell is a surname, "J. Unknown" or "SURNAME, Unknown"."""
    words = [word for phrase in found for word in phrase]
    if re.search(r"\d", text) or len(words) > 3:
        return False
    if len(words) == 1:
        return words[0].is_surname
    if len(found) == 1 and all(word.is_initial for word in words[:-1]):
        dotted = "." in text or words[0].key not in "nsewacik"
        name = words[-1].is_unknown or words[-1].may_be_surname
        return dotted and name and len(words[-1].key) > 2 and not words[-1].is_lower
    return len(found) == 2 and "," in text and _are_a_name(found[0][-1], found[1][0], 2)


def looks_like_names(values: Sequence[str]) -> bool:
    """Return whether a column holds the names of people, whatever its heading.

    A few cells may look like names where they are none, so it takes a share of the distinct cells: two in five of fewer
    than 20, one in five of fewer than 100, one in eight of more.

    Parameters
    ----------
    values : sequence of str
        Cells of the column, up to some hundreds; blank ones and repetitions do not count.
    """
    cells = [cell for cell in distinct(values) if any(letter.isalpha() for letter in cell)]
    if not cells:
        return False
    needed = 0.4 if len(cells) < 20 else 0.2 if len(cells) < 100 else 0.125
    return sum(map(names_a_person, cells)) >= needed * len(cells)
