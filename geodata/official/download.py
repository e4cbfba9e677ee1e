"""Download a source into the workspace: a file that is whole and checked, with a note of where it came from."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from geodata.durable import make_private, open_private, replace_durably, write_durably
from geodata.errors import InputError
from geodata.official import arcgis, tables
from geodata.official.refusal import FetchError
from geodata.official.service import Limits, Progress, Service, connect
from geodata.official.sources import LAYERS, Source

__all__ = ["Download", "FetchError", "Limits", "fetch"]

FOLDER = "downloads"


@dataclass(frozen=True)
class Download:
    """What was downloaded.

    Attributes
    ----------
    source : Source
        What was asked for.
    path : pathlib.Path
        The file; its note is beside it, with ``.json`` after the name.
    url : str
        Where it came from, without the query.
    fetched_at : datetime.datetime
        When it was whole, in UTC.
    size_bytes, rows : int
        Of the file; `rows` are areas, or lines without the headings.
    sha256 : str
        Of the file.
    edition : datetime.date or None
        Of a daily file, the day that it is of; None where the source does not say.
    """

    source: Source
    path: Path
    url: str
    fetched_at: datetime
    size_bytes: int
    rows: int
    sha256: str
    edition: date | None = None

    @property
    def note(self) -> Path:
        """The file that says where it came from."""
        return self.path.with_name(f"{self.path.name}.json")

    def to_dict(self) -> dict[str, Any]:
        """Return the note in JSON's types."""
        return {
            "source": self.source.key,
            "title": self.source.title,
            "publisher": self.source.publisher,
            "file": self.path.name,
            "url": self.url,
            "edition": self.edition.isoformat() if self.edition else None,
            "fetched_at": self.fetched_at.isoformat(timespec="seconds"),
            "bytes": self.size_bytes,
            "rows": self.rows,
            "sha256": self.sha256,
            "licence": self.source.licence,
            "licence_url": self.source.licence_url,
            "attribution": list(self.source.attribution),
            "dataset": self.source.dataset,
        }


def fetch(
    source: Source,
    workspace: Path,
    *,
    limits: Limits | None = None,
    today: date | None = None,
    progress: Progress | None = None,
) -> Download:
    """Download a source to ``downloads/<source>_<day>.<ending>`` of the workspace.

    The day is that of the download, or of a daily file its own, which may be some days earlier.

    Parameters
    ----------
    source : Source
        One of `geodata.official.sources.load_sources`.
    workspace : pathlib.Path
        Made when missing, for the user alone.
    limits : Limits, optional
        How long to wait, and for how much.
    today : datetime.date, optional
        The day of the download, and of a daily file the first that is tried; by default today in UTC.
    progress : callable, optional
        Told how much is there.

    Returns
    -------
    Download
        Of a file that was whole and met every check before it got its name.

    Raises
    ------
    FetchError
        If the service cannot be reached, refuses, or answers something else. Earlier downloads stay as they are.
    InputError
        If the file cannot be written.
    """
    today = today or datetime.now(UTC).date()
    folder = workspace / FOLDER
    temporary = folder / f".{source.key}.{os.getpid()}.tmp"
    try:
        make_private(folder)
        with connect(source, limits or Limits(), progress or (lambda _source, _done, _total: None)) as service:
            address, rows, edition = _save(service, temporary, today)
        target = folder / f"{source.key}_{edition or today}{source.suffix}"
        facts = (datetime.now(UTC), temporary.stat().st_size, rows, _sha256(temporary), edition)
        done = Download(source, target, _without_query(address), *facts)
        replace_durably(temporary, target)
        write_durably(done.note, json.dumps(done.to_dict(), indent=1, ensure_ascii=False).encode())
    except FetchError:
        raise
    except OSError as error:
        raise InputError(
            f"{source.title}: it cannot be written to {folder.name}/ ({error.strerror or type(error).__name__}). "
            "Make room, or choose another folder with --workspace."
        ) from error
    finally:
        with suppress(OSError):  # it got its name, or what went wrong is told already
            temporary.unlink()
    return done


def _save(service: Service, target: Path, today: date) -> tuple[str, int, date | None]:
    """Download to a file; return the address it came from, the number of its rows and the day that it is of."""
    source = service.source
    if source.kind not in LAYERS:
        return tables.save(service, target, today)
    content, rows = arcgis.areas(service) if source.kind == "areas" else arcgis.lookup(service)
    with open_private(target) as file:
        file.write(content)
    return f"{source.address}/query", rows, None


def _without_query(address: str) -> str:
    """Return an address without its query, and without a name and password that a person may have put into it."""
    parts = urlsplit(address)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
