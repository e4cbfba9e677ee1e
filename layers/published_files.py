"""Files of published figures: what each has of the council, its region and England."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from geodata.manifest import Part
from geodata.profile import PROFILES, Profile
from geodata.store import Row, Store
from layers.indicators import INDICATORS
from layers.kept import per_store

SERIES = "ehcp_series"
NAMES = "indicator_names"
ENGLAND = "E92000001"
REGIONS = ("E12", "E13")
"""How the codes of regions begin; E13 are the halves of London."""


@dataclass(frozen=True)
class PublishedFile:
    """One file of published figures, of the areas that are shown here.

    Attributes
    ----------
    key : str
        Its name; with its dataset where two have the same.
    part : Part
        Where it came from.
    indicators : mapping of str to str
        Short name -> in words, in the order of the file.
    breakdowns : mapping of str to tuple of str
        Indicator -> its breakdowns, in the order of the file; "" is none.
    rows : mapping of tuple to tuple of Row
        (indicator, breakdown) -> rows of the council, of regions and of England.
    """

    key: str
    part: Part
    indicators: Mapping[str, str]
    breakdowns: Mapping[str, tuple[str, ...]]
    rows: Mapping[tuple[str, str], tuple[Row, ...]] = field(repr=False)


@cache
def council_codes(key: str) -> tuple[str, ...]:
    """Return the codes of a council, today's first: figures from before a reorganisation stand under an earlier one."""
    council = tomllib.loads((PROFILES / key / "profile.toml").read_text(encoding="utf-8"))["council"]
    return (council["code"], *council.get("former_codes", ()))


def level_of(row: Row, profile: Profile) -> str:
    """Return "council", "region" or "country"; empty for any other area."""
    code, area = str(row.get("area_code") or "").upper(), str(row.get("area") or "").casefold().strip()
    if code in council_codes(profile.key) or area in (profile.name.casefold(), profile.title.casefold()):
        return "council"
    if code == ENGLAND or area == "england":
        return "country"
    told = str(row.get("level") or "").casefold()
    return "region" if code.startswith(REGIONS) or told in ("regional", "region") else ""


@per_store
def published_files(store: Store) -> tuple[PublishedFile, ...]:
    """Return the files that have figures of the council, a region or England, by name."""
    names = {row["indicator"].casefold(): row["title"] for row in store.rows_of(NAMES)}
    parts = [part for dataset in (INDICATORS, SERIES) for part in store.snapshot.parts(dataset)]
    found: dict[str, list[Row]] = {part.id: [] for part in parts}
    for dataset in (INDICATORS, SERIES):
        for row in store.rows_of(dataset):
            if level_of(row, store.profile):
                found[row["part"]].append(row)
    shown = [part for part in parts if found[part.id]]
    given = [part.source_name for part in shown]
    files = [_file(part, found[part.id], names, twice=given.count(part.source_name) > 1) for part in shown]
    return tuple(sorted(files, key=lambda file: file.key.casefold()))


def _file(part: Part, rows: Iterable[Row], names: Mapping[str, str], *, twice: bool) -> PublishedFile:
    grouped: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        indicator = str(row.get("indicator") or part.dataset)
        breakdown = "" if part.dataset == SERIES else plain_breakdown(str(row.get("breakdown") or ""))
        grouped.setdefault((indicator, breakdown), []).append(row)
    own = {SERIES: "EHC plans maintained"}
    indicators = {one: names.get(one.casefold(), own.get(one, one)) for one, _ in grouped}
    return PublishedFile(
        f"{part.source_name} ({part.dataset})" if twice else part.source_name,
        part,
        indicators,
        {one: tuple(breakdown for key, breakdown in grouped if key == one) for one in indicators},
        {key: tuple(found) for key, found in grouped.items()},
    )


def plain_breakdown(text: str) -> str:
    """Return a breakdown without what it says twice: "All EHC plans: All EHC plans" is one."""
    words = [word.strip() for word in text.split(":")]
    return ": ".join(dict.fromkeys(word for word in words if word))
