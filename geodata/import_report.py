"""What an import did, for a person and for a machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from geodata.errors import InputError
from geodata.manifest import Basis


@dataclass(frozen=True)
class ImportReport:
    """What an import did.

    Attributes
    ----------
    dataset, source_name, sha256 : str
        Which contract, and which file.
    part_id, snapshot_id : str
        What was made; `snapshot_id` is empty when nothing was.
    basis : Basis
        What kind of figures these are.
    rows_read, accepted, quarantined : int
        Rows of the file; the last two add up to the first.
    reasons : tuple of mapping
        ``column``, ``reason``, ``rows``; the most frequent first. A row may have several.
    quarantine_file : pathlib.Path or None
        The rows set aside, with masked values; None when there are none.
    flagged : tuple of mapping
        Reasons to look at rows that were accepted all the same: ``column``, ``reason``, ``rows``; the most frequent
        first. A row may have several.
    flagged_rows : int
        How many of the accepted rows that are.
    flagged_file : pathlib.Path or None
        Those rows, with masked values; None when there are none or nothing was taken in.
    mapping : mapping of str to str
        Our column -> the file's heading.
    guessed, missing, dropped_names, dropped_other : tuple of str
        Columns matched by a near spelling; our columns that the file lacks; headings dropped because they name or
        reach people; other headings dropped.
    remembered : bool
        Whether the mapping of an earlier file with these headings was used.
    geocoding : mapping of str to int
        Rows by outcome of the postcode match; see `geodata.geocode.MatchReport`.
    reference_date, covers_from, covers_to : datetime.date or None
        As in `geodata.manifest.Part`.
    coverage_stated : bool
        Whether a person said both `covers_from` and `covers_to`.
    match_rates : mapping of str to mapping of str to int
        Locality -> rows matched and unmatched; see `geodata.match_rate`.
    changes : mapping of str to int
        Rows new, gone, altered and alike since the file before; empty for a first one.
    about : mapping of str to str
        As in `geodata.manifest.Part`.
    sheet : str
        Of a workbook, the one that was read.
    warnings : tuple of str
        Sentences on what a person should look at.
    seconds : float
        Wall time.
    """

    dataset: str
    source_name: str
    sha256: str
    part_id: str
    basis: Basis
    rows_read: int
    accepted: int
    quarantined: int
    snapshot_id: str = ""
    reasons: tuple[Mapping[str, object], ...] = ()
    quarantine_file: Path | None = None
    flagged: tuple[Mapping[str, object], ...] = ()
    flagged_rows: int = 0
    flagged_file: Path | None = None
    mapping: Mapping[str, str] | None = None
    guessed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    dropped_names: tuple[str, ...] = ()
    dropped_other: tuple[str, ...] = ()
    remembered: bool = False
    geocoding: Mapping[str, int] | None = None
    reference_date: date | None = None
    covers_from: date | None = None
    covers_to: date | None = None
    coverage_stated: bool = False
    match_rates: Mapping[str, Mapping[str, int]] | None = None
    changes: Mapping[str, int] | None = None
    about: Mapping[str, str] | None = None
    sheet: str = ""
    warnings: tuple[str, ...] = ()
    seconds: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """Return the report in JSON's types."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}


def _plain(value: object) -> object:
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Path) else value


class ImportRefusedError(InputError):
    """Rows were read, but they cannot become a snapshot; `report` says what became of each.

    Parameters
    ----------
    message : str
        What is wrong, where, and the remedy.
    report : ImportReport
        With an empty `snapshot_id`.
    """

    def __init__(self, message: str, report: ImportReport) -> None:
        super().__init__(message)
        self.report = report
