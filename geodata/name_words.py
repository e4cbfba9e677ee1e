"""What kind of word a word is: a forename, a surname, a word of a place or thing, or prose.

The lists are plain text files beside this module, written for this product; each is read once, when first asked for.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_SECTION = re.compile(r"^\[(.+)\]$")
_TOKEN = re.compile(r"[A-Z]{1,4}\d\w*|[^\W\d_]+(?:'[^\W\d_]+)*|\d\w*|[^\w\s]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_UNLIKE_ASCII = str.maketrans({
    "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "ı": "i", "æ": "ae", "Æ": "Ae", "ð": "d",
    "þ": "th", "ə": "a", "Ə": "A", "‘": "'", "’": "'",
    "ʻ": "'", "ʼ": "'",
})  # fmt: skip
_LIKE_A_SURNAME = re.compile(
    r".{2,}(?:czyk|czak|czuk|wicz|[a-z](?:ski|ska|cki|cka)|enko|escu|ovic|shvili|poulos|auskas|auskiene|vicius)"
    r"|mc[a-z]{4,}|[a-z]{2,}(?:ullah|uddin|swamy|murthy)"
    r"|(?:ade(?![lnq]|yf)|ola|olo|olu|oye|ogun|ogb(?!ourne)|omo|oba|osa|owo|awo|nwa|eze|uzo|onye|oko|oke(?![fh])|chuk)[a-z]{3,}"
)
"""From Poland to Greece; Scots and Irish; South Asian; Yoruba, Edo and Igbo."""
_LIKE_A_FORENAME = re.compile(r"(?:oluwa|chukwu)[a-z]{3,}|[a-z]{2,}(?:oluwa|chukwu|preet|jeet|jinder|winder)")


@dataclass(frozen=True)
class WordLists:
    """The words, in lower case, without accents and apostrophes.

    Attributes
    ----------
    forenames, surnames : frozenset of str
        Names that are hardly anything else.
    word_forenames, place_forenames : frozenset of str
        Forenames that are words ("Grace", "April"), or places ("Lincoln"), too.
    word_surnames, place_surnames : frozenset of str
        Surnames that are words ("Young"), or parts of places' names ("Hill"), too.
    things : frozenset of str
        Words that make a phrase the name of a place or thing ("school", "road").
    prose : frozenset of str
        Words that are part of nobody's name ("the", "plan").
    """

    forenames: frozenset[str]
    surnames: frozenset[str]
    word_forenames: frozenset[str]
    place_forenames: frozenset[str]
    word_surnames: frozenset[str]
    place_surnames: frozenset[str]
    things: frozenset[str]
    prose: frozenset[str]


@cache
def word_lists() -> WordLists:
    """Return the lists that come with the product."""
    forenames, surnames, things = (_read(name) for name in ("forenames.txt", "surnames.txt", "thing_words.txt"))
    return WordLists(
        forenames=forenames["plain"],
        surnames=surnames["plain"],
        word_forenames=forenames["also words"],
        place_forenames=forenames["also places"],
        word_surnames=surnames["also words"],
        place_surnames=surnames["also places"],
        things=things["places and things"],
        # "May" and "Young" end a phrase for no one: with a name beside them they are names.
        prose=things["prose"] - forenames["also words"] - surnames["also words"] - surnames["also places"],
    )


def _read(name: str) -> dict[str, frozenset[str]]:
    sections: dict[str, set[str]] = {}
    current: set[str] = set()
    for line in files("geodata").joinpath(name).read_text("utf-8").splitlines():
        if heading := _SECTION.match(line):
            current = sections.setdefault(heading[1], set())
        elif not line.startswith("#"):
            current.update(line.split())
    return {title: frozenset(words) for title, words in sections.items()}


@dataclass(frozen=True)
class Word:
    """One word of a text.

    Attributes
    ----------
    text : str
        As it stands, without accents.
    key : str
        In lower case, without apostrophes and without the possessive "'s"; what the lists are asked for.
    owns : bool
        Whether it had the possessive "'s".
    """

    text: str
    key: str
    owns: bool = False

    @property
    def is_lower(self) -> bool:
        """Whether it is written without a capital."""
        return self.text[:1].islower()

    @property
    def is_initial(self) -> bool:
        """Whether it is one capital letter."""
        return len(self.key) == 1 and self.text.isupper()

    @property
    def is_forename(self) -> bool:
        """Whether it is hardly anything but a forename."""
        return self.key in word_lists().forenames or bool(_LIKE_A_FORENAME.fullmatch(self.key))

    @property
    def is_surname(self) -> bool:
        """Whether it is hardly anything but a surname."""
        irish = self.text[:2].lower() in ("o'", "d'") and len(self.key) > 4
        return self.key in word_lists().surnames or irish or bool(_LIKE_A_SURNAME.fullmatch(self.key))

    @property
    def is_word_forename(self) -> bool:
        """Whether it is a forename as well as a word."""
        return self.key in word_lists().word_forenames

    @property
    def may_be_forename(self) -> bool:
        """Whether it is a forename as well as a word or a place."""
        return self.is_word_forename or self.key in word_lists().place_forenames

    @property
    def is_word_surname(self) -> bool:
        """Whether it is a surname as well as a word."""
        return self.key in word_lists().word_surnames

    @property
    def may_be_surname(self) -> bool:
        """Whether it is a surname as well as a word or a place."""
        return self.is_word_surname or self.key in word_lists().place_surnames

    @property
    def is_thing(self) -> bool:
        """Whether it makes a phrase the name of a place or thing."""
        return self.key in word_lists().things

    @property
    def is_prose(self) -> bool:
        """Whether it is part of nobody's name."""
        return self.key in word_lists().prose

    @property
    def is_unknown(self) -> bool:
        """Whether it could be a name that no list has."""
        listed = self.is_thing or self.is_prose or self.may_be_surname or self.may_be_forename
        return len(self.key) > 1 and not listed

    @property
    def names_nobody(self) -> bool:
        """Whether it is in no list: a place, perhaps."""
        return self.is_unknown and not self.is_forename and not self.is_surname


def plain(text: str) -> str:
    """Return a text without accents and unseen characters, with straight apostrophes and one kind of dash."""
    if text.isascii():
        return text
    text = re.sub(r"[\u2010-\u2015]", "-", text.translate(_UNLIKE_ASCII))
    return "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) not in ("Mn", "Cf"))


def phrases(text: str) -> list[list[Word]]:
    """Return the words of a text, broken where punctuation or a number stands between them.

    A hyphen or full stop inside or after a word does not break; " - " does. ``JaneSmith`` is two words and ``HAL003``
    none.

    Examples
    --------
    >>> [[word.key for word in phrase] for phrase in phrases("St. Mary's, Jane Smith-Jones (2)")]
    [['st', 'mary'], ['jane', 'smith', 'jones']]
    """
    found: list[list[Word]] = [[]]
    for piece in re.split(r"\s-+\s|\n", plain(text)):
        for token in _TOKEN.findall(piece):
            if token[0].isalpha() and not token[-1].isdigit():
                found[-1].extend(_words(token))
            elif token not in "-.'&_":
                found.append([])
            elif token == "&":
                found[-1].append(Word("and", "and"))
        found.append([])
    return [phrase for phrase in found if phrase]


def _words(token: str) -> list[Word]:
    owns = token.lower().endswith("'s")
    stem = token[:-2] if owns else token
    key = stem.lower().replace("'", "")
    parts = [part for part in _CAMEL.split(stem) if part]
    if len(parts) == 2 and min(map(len, parts)) > 2 and parts[0].lower() not in ("mac", "van", "fitz", "von"):
        return [Word(parts[0], parts[0].lower()), Word(parts[1], parts[1].lower(), owns)]
    return [Word(stem, key, owns)]
