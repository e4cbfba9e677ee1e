"""Names that are announced: by a title ("Mrs Smith", "Dr Patel") or by a relation ("mum is Adaeze")."""

from __future__ import annotations

import re

from geodata.name_words import Word, phrases, plain

HONORIFICS = frozenset({"mr", "mrs", "ms", "miss", "mx", "mstr", "messrs"})

STYLES = frozenset({
    "dr", "doctor", "prof", "professor", "rev", "revd", "reverend", "cllr", "councillor", "master", "madam",
})  # fmt: skip
"""Schools are called so: what a "Dr" precedes is nobody where a word of a thing ends the phrase."""

OWNED = frozenset({
    "house", "home", "homes", "flat", "flats", "cottage", "bungalow", "apartment", "garden", "gardens", "garage",
    "yard", "room", "gate", "place", "office", "therapy", "tuition", "training", "learning", "practice", "skills",
    "fund", "unit", "base", "line", "award", "side", "end", "view",
})  # fmt: skip
"""What a person has: "Mrs Smith's house" and "Jane Smith home" still name her."""

_ALSO_WORDS = frozenset({"miss", "ms", "doctor", "professor", "master", "madam"})
_RELATION = re.compile(
    r"\b(?i:mum|mummy|dad|daddy|nan|gran|auntie|stepmum|stepdad"
    r"|(?:mother|father|parent|carer|guardian|worker)(?='s name|\s+is\b|\s+called\b|\s+named\b|:))"
    r"(?:'s name)?(?:\s+(?:is|called|named)|:|,)*\s+([A-Z][a-z]+)"
)


def follows_a_title(phrase: list[Word]) -> bool:
    """Return whether "Mr", "Dr" and the like stand before a name that is not a school's or a farm's."""
    return any(word.key in HONORIFICS | STYLES and _is_title_of(word, phrase[i + 1 :]) for i, word in enumerate(phrase))


def follows_a_relation(text: str) -> bool:
    """Return whether a capitalised word that may be a name follows "mum", "father is" and the like."""
    return any(
        word.is_unknown or word.may_be_forename
        for name in _RELATION.findall(plain(text))
        for phrase in phrases(name)
        for word in phrase
    )


def _is_title_of(title: Word, rest: list[Word]) -> bool:
    name = next((word for word in rest if not word.is_initial), None)
    if name is None:
        return bool(rest)
    if (name.is_prose and not rest[0].is_initial) or (name.is_thing and not name.may_be_surname):
        return False
    known = name.is_forename or name.is_surname or name.may_be_forename or name.may_be_surname
    if title.key in _ALSO_WORDS and (title.is_lower or title.key == "master") and not known:
        return False
    return not _is_name_of_a_thing(rest, owned=title.key in STYLES)


def _is_name_of_a_thing(words: list[Word], *, owned: bool) -> bool:
    """Return whether a word of a thing follows in the phrase; after "Mrs" only what is hers: "Smith's farm"."""
    for word in words:
        if word.is_prose:
            return False
        if owned and word.is_thing and word.key not in OWNED:
            return True
        owned = owned or word.owns
    return False
