"""What can be downloaded for a council, read from its ``official.toml``. Opens no connection."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import SplitResult, urlsplit

from geodata.errors import ProfileError, UsageError
from geodata.profile import Profile, load_profile

FILE = "official.toml"
SUFFIXES = {"areas": ".geojson", "lookup": ".csv", "daily": ".csv", "csv": ".csv"}
"""Kind of source -> ending of its file."""

LAYERS = ("areas", "lookup")
DATE = "{date}"


@dataclass(frozen=True)
class Source:
    """One thing an official service offers.

    Attributes
    ----------
    key, title : str
        Its name on the command line and in words.
    kind : {"areas", "lookup", "daily", "csv"}
        Polygons or a table of an ArcGIS layer, a CSV with a date in its address, a CSV.
    address : str
        Of the layer (``.../FeatureServer/0``) or of the file; with ``{date}`` if it is daily.
    dataset : str
        What `geodata.importing.import_file` takes it as.
    publisher, page : str
        Who publishes it, and where a person can download it by hand.
    licence, licence_url : str
        Under which it may be used.
    attribution : tuple of str
        Lines to show with it.
    fields : tuple of str
        Columns that the answer must have; of a lookup, in the order of the file.
    key_fields : tuple of str
        Of a layer: they tell two rows apart, and pages are ordered by them.
    where : str
        Of a layer: the SQL clause that chooses the council's rows.
    council : tuple of str
        Of a CSV: a column and the value that some row must have in it; empty asks for none.
    """

    key: str
    title: str
    kind: str
    address: str
    dataset: str
    publisher: str
    page: str
    licence: str
    licence_url: str
    attribution: tuple[str, ...]
    fields: tuple[str, ...]
    key_fields: tuple[str, ...] = ()
    where: str = ""
    council: tuple[str, ...] = ()

    @property
    def suffix(self) -> str:
        """The ending of its file, with the dot."""
        return SUFFIXES[self.kind]

    @property
    def host(self) -> str:
        """The name of the machine that serves it, without port, path or query."""
        return urlsplit(self.address).hostname or ""

    def at(self, address: str) -> Source:
        """Return the source at another address, such as a newer one of the same service.

        Parameters
        ----------
        address : str
            Of the layer or file. A query pasted from the portal is left out of a layer's address: we ask our own.

        Raises
        ------
        UsageError
            If it is no address of the web.
        """
        address = address.strip()
        parts = _web(address)
        if parts is None:
            raise UsageError(f"'{address[:100]}' is no address. Write it whole, as https://host/path.")
        if self.kind in LAYERS:
            address = parts._replace(query="", fragment="").geturl().rstrip("/").removesuffix("/query")
        return replace(self, address=address)

    def on(self, base: str) -> Source:
        """Return the source on another host: `base` takes the place of scheme and host, such as a council's mirror."""
        return self.at(base.rstrip("/") + urlsplit(self.address).path)


def _web(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises where it is no number
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") and parts.hostname else None


def load_sources(profile: Profile | None = None) -> tuple[Source, ...]:
    """Read the sources of a council.

    Parameters
    ----------
    profile : Profile, optional
        The council; by default the one this product begins with.

    Returns
    -------
    tuple of Source
        In the order of the file.

    Raises
    ------
    ProfileError
        If the council has no ``official.toml``, or an entry of it is incomplete or contradicts itself.
    """
    profile = profile or load_profile()
    path = profile.directory / FILE
    if not path.is_file():
        raise ProfileError(f"The profile '{profile.key}' has no {FILE}. Copy the Buckinghamshire one and adapt it.")
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(_source(entry, raw) for entry in raw["sources"])
    except (KeyError, TypeError, tomllib.TOMLDecodeError) as error:
        raise ProfileError(
            f"{FILE} of '{profile.key}' is incomplete: {error}. Compare it with the Buckinghamshire one."
        ) from error


def _source(entry: Mapping[str, Any], raw: Mapping[str, Any]) -> Source:
    publisher = raw["publishers"][entry["publisher"]]
    lists = {key: tuple(value) for key, value in entry.items() if isinstance(value, list)}
    source = Source(
        **dict(entry)
        | lists
        | {
            "publisher": publisher["name"],
            "page": publisher["page"],
            "attribution": tuple(publisher["attribution"]),
            "licence": raw["licence"],
            "licence_url": raw["licence_url"],
        }
    )
    if fault := _fault(source):
        raise ProfileError(f"Source '{source.key}' in {FILE} {fault}.")
    return source


def _fault(source: Source) -> str:
    """Return what is wrong with an entry, as the end of a sentence; empty when nothing is."""
    is_layer = source.kind in LAYERS
    checks = (
        (source.kind in SUFFIXES, f"has the kind '{source.kind}'; valid: {', '.join(SUFFIXES)}"),
        (_web(source.address), "has no address that begins with https://"),
        (source.kind != "daily" or DATE in source.address, f"is daily, but its address has no {DATE}"),
        (not is_layer or (source.where and source.key_fields), "is a layer, but lacks 'where' or 'key_fields'"),
        (source.fields, "names no 'fields'"),
        (set(source.key_fields) <= set(source.fields), "has 'key_fields' that are not among its 'fields'"),
        (len(source.council) in (0, 2), "must give 'council' as a column and a value"),
        (not source.council or source.council[0] in source.fields, "has a 'council' column not among its 'fields'"),
    )
    return next((words for met, words in checks if not met), "")


def find_source(sources: tuple[Source, ...], key: str) -> Source:
    """Return the source of that key.

    Raises
    ------
    UsageError
        If there is none; the message lists those there are.
    """
    for source in sources:
        if source.key == key:
            return source
    raise UsageError(f"No source '{key}'. Valid: {', '.join(source.key for source in sources)}.")
