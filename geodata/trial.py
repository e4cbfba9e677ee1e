"""Files looked at alone: through the whole import into a folder that is gone afterwards, with or without a workspace.

Light at the top; the import itself needs data frames.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from geodata.contracts import contract
from geodata.errors import InputError
from geodata.geography import profile_of
from geodata.import_report import ImportRefusedError, ImportReport
from geodata.manifest import Part
from geodata.snapshot import Snapshot, Workspace
from geodata.store import Store

MAPPINGS = "mappings.json"
LISTED = 10
"""Rows set aside that are named before it is said how many more there are."""


@dataclass(frozen=True)
class TrialSnapshot(Snapshot):
    """A snapshot whose parts lie in two folders: those of the files, and those of the workspace beside them.

    Attributes
    ----------
    beside : pathlib.Path or None
        The workspace's folder.
    tried : frozenset of str
        Identifiers of the parts that are of the files.
    """

    beside: Path | None = None
    tried: frozenset[str] = field(default_factory=frozenset)

    def data_path(self, part: Part) -> Path:
        """Return the Parquet file of a part."""
        if self.beside is None or part.id in self.tried:
            return super().data_path(part)
        return self.beside / "parts" / part.dataset / f"{part.id}.parquet"


@dataclass(frozen=True)
class Trial:
    """What files say.

    Attributes
    ----------
    store : Store
        Their figures; of no use once the trial is over.
    reports : mapping of str to ImportReport
        Dataset -> what became of its rows.
    notes : tuple of str
        Rows that were set aside, by number and with the reason, and what the import says a person should look at.
    """

    store: Store
    reports: Mapping[str, ImportReport]
    notes: tuple[str, ...]


@contextmanager
def tried(
    files: Mapping[str, Path], beside: Snapshot | None = None, *, alone: bool = False, **said: Any
) -> Iterator[Trial]:
    """Import files into a folder of their own and look at them; the folder goes with everything in it.

    Parameters
    ----------
    files : mapping of str to pathlib.Path
        Dataset -> file.
    beside : Snapshot, optional
        Serves the areas, and every dataset that no file is given for. Its records are read where they lie, not copied.
    alone : bool
        Take the areas alone from `beside`: no dataset of it.
    **said
        Fields of `geodata.options.Options`: what a person says of all the files.

    Yields
    ------
    Trial
        Good until the end of the block.

    Raises
    ------
    UsageError
        For a file that is not there.
    InputError
        If a file is refused, with its rows and reasons; if it holds real children and those beside it are synthetic.
    """
    from geodata.importing import import_file  # noqa: PLC0415 - pandas; only where files are given

    if not alone:
        _require_apart(files, beside, str(said.get("basis", "real")))
    profile = profile_of(beside.root, beside.manifest) if beside else None
    with TemporaryDirectory(prefix="locality-atlas-", ignore_cleanup_errors=True) as folder:
        workspace = Workspace(Path(folder) / "trial")
        if beside and (beside.root / MAPPINGS).is_file():
            workspace.path.mkdir(mode=0o700)
            shutil.copyfile(beside.root / MAPPINGS, workspace.path / MAPPINGS)
        reports: dict[str, ImportReport] = {}
        for dataset, path in files.items():
            try:
                reports[dataset] = import_file(workspace, dataset, path, profile=profile, **said)
            except ImportRefusedError as error:
                raise InputError(" ".join([str(error), *_aside(error.report)])) from None
        notes = tuple(note for report in reports.values() for note in (*_aside(report), *report.warnings))
        # Paths of a folder that will be gone say nothing to anybody.
        kept = {key: replace(one, quarantine_file=None, flagged_file=None) for key, one in reports.items()}
        yield Trial(Store(_joined(workspace.current(), None if alone else beside), profile, ahead=False), kept, notes)


def _joined(own: Snapshot, beside: Snapshot | None) -> TrialSnapshot:
    parts = {**(beside.all_parts if beside else {}), **own.all_parts}
    ids = frozenset(part.id for found in own.all_parts.values() for part in found)
    return TrialSnapshot(own.root, own.manifest, parts, beside.root if beside else None, ids)


def _require_apart(files: Mapping[str, Path], beside: Snapshot | None, basis: str) -> None:
    """Refuse real children beside synthetic ones, as an import does."""
    if basis == "synthetic" or beside is None or not any(contract(key).personal for key in files):
        return
    others = [part for key, found in beside.all_parts.items() if key not in files and contract(key).personal
              for part in found]  # fmt: skip
    if any(part.basis == "synthetic" for part in others):
        raise InputError(
            "This workspace holds synthetic children, which do not go with those of a file; use another with "
            "--workspace, or say --synthetic of the file."
        )


def _aside(report: ImportReport) -> list[str]:
    """Return what was set aside as a sentence: the rows by their number in the file, without any value."""
    if not report.quarantined:
        return []
    rows: dict[str, list[str]] = {}
    if report.quarantine_file and report.quarantine_file.is_file():
        with report.quarantine_file.open(encoding="utf-8-sig", newline="") as file:
            for line in csv.DictReader(file):
                what = f"{line['column']}: " if line["column"] else ""
                rows.setdefault(f"{what}{line['reason']}", []).append(line["row"])
    said = "; ".join(f"{why} (row {_some(found)})" for why, found in rows.items())
    return [f"Set aside of {report.source_name}: {report.quarantined:,} of {report.rows_read:,} rows. {said}."]


def _some(rows: list[str]) -> str:
    more = len(rows) - LISTED
    return ", ".join(rows[:LISTED]) + (f" and {more:,} more" if more > 0 else "")
