"""What a workspace remembers of each import: parts, and the manifests that list them.

Light on purpose (no data frames): the serving process reads it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal, Self

Basis = Literal["real", "synthetic", "modelled", "illustrative"]
BASES: tuple[Basis, ...] = ("real", "synthetic", "modelled", "illustrative")
"""Real; people who are made up; shared out or computed from other figures; places or plans made up as an example."""
STAMP = "%Y%m%dT%H%M%S%fZ"


def new_id(seed: str, after: str = "") -> str:
    """Return an identifier that sorts by time: UTC to the microsecond and a short hash.

    Parameters
    ----------
    seed : str
        What the hash is taken of.
    after : str
        An earlier identifier; the new one sorts after it even if the clock was put back.
    """
    now = datetime.now(UTC)
    if after:
        last = datetime.strptime(after.split("-", maxsplit=1)[0], STAMP).replace(tzinfo=UTC)
        now = max(now, last + timedelta(microseconds=1))
    stamp = now.strftime(STAMP)
    return f"{stamp}-{hashlib.sha256((stamp + seed).encode()).hexdigest()[:8]}"


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


@dataclass(frozen=True)
class Part:
    """One accepted file of one dataset, never changed once written.

    Attributes
    ----------
    dataset, id : str
        The contract's key, and an identifier that sorts by time.
    source_name, sha256 : str
        The file's name without its folder, and the hash of its bytes.
    rows_read, accepted, quarantined : int
        Rows of the file; the last two add up to the first.
    mapping : mapping of str to str
        Our column -> the file's heading.
    dropped : tuple of str
        Headings of the file that were not taken over, names of people among them.
    basis : Basis
        What kind of figures these are; it stands wherever they do.
    reference_date : datetime.date or None
        The day a stock counts at (population); None for events and for an undated model.
    covers_from, covers_to : datetime.date or None
        The period, both days included, for which an extract of events is complete.
    imported_at : datetime.datetime
        UTC.
    geocoding : mapping of str to int
        Rows by outcome of the postcode match; empty for a dataset without postcodes.
    profile_version : str
        Version of the council's profile whose atoms were used; empty where the rows lie in no area.
    slot : str
        What of its dataset this part is: a date, an edition, a file, an area scheme. A newer part of the same slot
        takes its place; see `geodata.contracts.base.Slot`.
    about : mapping of str to str
        What else is known of it: the edition of an index, the scheme and vintage of areas, what it was converted from.
    match_rates : mapping of str to mapping of str to int
        Locality -> rows matched and unmatched; see `geodata.match_rate`.
    changes : mapping of str to int
        Rows new, gone, altered and alike since the part it replaced; empty for a first one.
    purged : int
        Rows removed since, at the request of a person or because their time was over.
    flags : mapping of str to int
        Reason to look at rows that were accepted -> how many there were at the import; a row may have several.
    """

    dataset: str
    id: str
    source_name: str
    sha256: str
    rows_read: int
    accepted: int
    quarantined: int
    mapping: Mapping[str, str] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    basis: Basis = "real"
    reference_date: date | None = None
    covers_from: date | None = None
    covers_to: date | None = None
    imported_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    geocoding: Mapping[str, int] = field(default_factory=dict)
    profile_version: str = ""
    slot: str = ""
    about: Mapping[str, str] = field(default_factory=dict)
    match_rates: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    changes: Mapping[str, int] = field(default_factory=dict)
    purged: int = 0
    flags: Mapping[str, int] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the part in JSON's types: dates as ISO text."""
        raw = asdict(self)
        raw["dropped"] = list(self.dropped)
        for key in ("reference_date", "covers_from", "covers_to", "imported_at"):
            raw[key] = None if raw[key] is None else raw[key].isoformat()
        return raw

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        """Return the part that `to_dict` wrote; entries of later versions are passed over."""
        known = {f.name for f in fields(cls)}
        values = {key: value for key, value in raw.items() if key in known}
        for key in ("reference_date", "covers_from", "covers_to"):
            values[key] = _day(values.get(key))
        values["imported_at"] = datetime.fromisoformat(values["imported_at"])
        values["dropped"] = tuple(values.get("dropped", ()))
        return cls(**values)


@dataclass(frozen=True)
class Manifest:
    """The list of parts that made up the workspace at one moment.

    Attributes
    ----------
    id : str
        Sorts by time.
    created : datetime.datetime
        UTC.
    action : str
        What made it, as a sentence: "Imported cme_involvements from cases.csv".
    previous : str or None
        The manifest that was current before.
    profile, profile_version : str
        The council's profile in use.
    parts : mapping of str to tuple of str
        Dataset -> part ids, oldest first.
    geography : str
        The areas in force, where they are not those of the profile's pack; see `geodata.geography`.
    """

    id: str
    created: datetime
    action: str
    previous: str | None
    profile: str
    profile_version: str
    parts: Mapping[str, tuple[str, ...]]
    geography: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the manifest in JSON's types."""
        parts = {dataset: list(ids) for dataset, ids in self.parts.items()}
        return asdict(self) | {"created": self.created.isoformat(), "parts": parts}

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        """Return the manifest that `to_dict` wrote."""
        known = {f.name for f in fields(cls)}
        values = {key: value for key, value in raw.items() if key in known}
        values["created"] = datetime.fromisoformat(values["created"])
        values["parts"] = {dataset: tuple(ids) for dataset, ids in values["parts"].items()}
        return cls(**values)


def to_json(raw: Mapping[str, Any]) -> bytes:
    """Return readable UTF-8 JSON with a final newline."""
    return (json.dumps(raw, indent=1, ensure_ascii=False) + "\n").encode()
