"""The workspace: immutable parts, manifests that list them, and one atomic switch between manifests.

Layout: ``CURRENT`` (one line, the id of the snapshot in force), ``snapshots/<id>.json``,
``parts/<dataset>/<part id>.parquet`` and ``.json``, ``quarantine/<part id>.csv`` and ``.flagged.csv``,
``mappings.json``.

Nothing that exists is ever altered; whatever is killed when, ``CURRENT`` names a whole snapshot. Light on purpose
(no data frames): the serving process reads it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from geodata.durable import make_private, replace_durably, write_durably
from geodata.errors import NoSnapshotError
from geodata.lock import WriteLock
from geodata.manifest import BASES, Basis, Manifest, Part, new_id, to_json

__all__ = ["BASES", "Basis", "Manifest", "Part", "Snapshot", "Workspace", "replace_durably", "write_durably"]

LOCK_SECONDS = 60.0
_ID = re.compile(r"^\d{8}T\d{12}Z-[0-9a-f]{8}$")


@dataclass(frozen=True)
class Snapshot:
    """One manifest with its parts, pinned: it stays the same while others import.

    Attributes
    ----------
    root : pathlib.Path
        The workspace's folder.
    manifest : Manifest
        What it lists.
    all_parts : mapping of str to tuple of Part
        Dataset -> its parts, oldest first.
    """

    root: Path
    manifest: Manifest
    all_parts: Mapping[str, tuple[Part, ...]]

    @property
    def id(self) -> str:
        """The identifier, which sorts by time."""
        return self.manifest.id

    @property
    def created(self) -> datetime:
        """When it was made (UTC)."""
        return self.manifest.created

    @property
    def datasets(self) -> tuple[str, ...]:
        """The datasets that have at least one part."""
        return tuple(self.all_parts)

    def parts(self, dataset: str) -> tuple[Part, ...]:
        """Return the parts of a dataset, oldest first; empty when none was imported."""
        return self.all_parts.get(dataset, ())

    def data_path(self, part: Part) -> Path:
        """Return the Parquet file of a part."""
        return self.root / "parts" / part.dataset / f"{part.id}.parquet"


DERIVED = "derived"
"""Folder of a workspace with what was worked out from its records, and can be again."""

CONVERTED_FROM = "converted_from"
"""Key of `Part.about`: the part that this one says again, by other areas."""


def replaces(new: Part, old: Part) -> bool:
    """Return whether a new part takes the place of an older one of its dataset.

    Parts of one slot do: populations of several dates, editions of an index, files of open data stand side by side. A
    modelled population gives way to anything better and replaces only models.
    """
    if source := new.about.get(CONVERTED_FROM):
        return old.id == source
    if new.dataset == "population" and "modelled" in (new.basis, old.basis):
        return old.basis == "modelled"
    if new.dataset == "population":
        return old.reference_date == new.reference_date
    return old.slot == new.slot


def flagged_beside(quarantine: Path) -> Path:
    """Return where the rows to look at are listed, beside the list of the rows set aside."""
    return quarantine.with_suffix(".flagged.csv")


class Workspace:
    """A folder of snapshots.

    Parameters
    ----------
    path : pathlib.Path or str
        Made on the first write; reading a missing one raises `NoSnapshotError`.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._lock = WriteLock(self.path / ".lock")

    @contextmanager
    def lock(self, timeout_seconds: float = LOCK_SECONDS) -> Iterator[None]:
        """Hold the right to write; a second writer waits.

        Raises
        ------
        WorkspaceBusyError
            If another writer is still at it after `timeout_seconds`.
        """
        make_private(self.path)
        with self._lock.hold(timeout_seconds):
            yield

    def current(self) -> Snapshot:
        """Return the snapshot in force.

        Raises
        ------
        NoSnapshotError
            If nothing was imported yet.
        """
        if (manifest := self._current_manifest()) is None:
            raise NoSnapshotError(f"Nothing is loaded in {self.path.name}/ yet. Run 'locality-atlas demo' or 'import'.")
        return self._snapshot(manifest)

    def snapshots(self) -> list[Manifest]:
        """Return every manifest, newest first, those that were rolled back included."""
        files = (self.path / "snapshots").glob("*.json")
        return [self._manifest(file.stem) for file in sorted(files, reverse=True) if _ID.match(file.stem)]

    def snapshot(self, snapshot_id: str) -> Snapshot:
        """Return the snapshot of that id, in force or not; `NoSnapshotError` when there is none."""
        return self._snapshot(self._manifest(snapshot_id))

    def part_path(self, dataset: str, part_id: str, suffix: str) -> Path:
        """Return where a part's file belongs: ``.parquet`` (data) or ``.json`` (description)."""
        return self.path / "parts" / dataset / f"{part_id}{suffix}"

    def report_path(self, part_id: str) -> Path:
        """Return where the report of an import is kept."""
        return self.path / "reports" / f"{part_id}.json"

    def quarantine_path(self, part_id: str) -> Path:
        """Return where the rows that an import set aside are listed, with masked values."""
        return self.path / "quarantine" / f"{part_id}.csv"

    def flagged_path(self, part_id: str) -> Path:
        """Return where the accepted rows that a person should look at are listed, with masked values."""
        return flagged_beside(self.quarantine_path(part_id))

    def add_part(
        self,
        part: Part,
        *others: Part,
        profile: str = "buckinghamshire",
        action: str | None = None,
        geography: str | None = None,
    ) -> Snapshot:
        """Take parts whose Parquet files are in place into one new snapshot and make that the current one.

        Parameters
        ----------
        part, *others : Part
            Their data must stand at ``part_path(part.dataset, part.id, ".parquet")``.
        profile : str
            Key of the council's profile.
        action : str, optional
            What happened, as a sentence.
        geography : str, optional
            The areas from now on; those of the snapshot before by default.

        Returns
        -------
        Snapshot
            The new one.
        """
        for one in (part, *others):
            if not self.part_path(one.dataset, one.id, ".parquet").is_file():
                raise FileNotFoundError(f"The data of part {one.id} of {one.dataset} was not staged.")
        with self.lock():
            before = self._current_manifest()
            parts = dict(before.parts) if before else {}
            for one in (part, *others):
                write_durably(self.part_path(one.dataset, one.id, ".json"), to_json(one.to_dict()))
                kept = tuple(i for i in parts.get(one.dataset, ()) if not replaces(one, self._part(one.dataset, i)))
                parts[one.dataset] = (*kept, one.id)
            in_force = before.geography if before else ""
            manifest = Manifest(
                id=new_id(part.id, after=self._newest_id()),
                created=datetime.now(UTC),
                action=action or f"Imported {part.dataset} from {part.source_name}",
                previous=before.id if before else None,
                profile=profile,
                profile_version=part.profile_version,
                parts=parts,
                geography=in_force if geography is None else geography,
            )
            return self._take(manifest)

    def discard(self, *parts: Part) -> None:
        """Remove the files of parts that no snapshot lists: an import that failed leaves no copy of records."""
        manifests = self.snapshots()
        for part in parts:
            if not any(part.id in manifest.parts.get(part.dataset, ()) for manifest in manifests):
                for suffix in (".parquet", ".json"):
                    self.part_path(part.dataset, part.id, suffix).unlink(missing_ok=True)

    def change_parts(self, parts: Mapping[str, tuple[str, ...]], action: str) -> Snapshot:
        """Make a new snapshot of parts that exist; those it leaves out are no longer in force.

        Parameters
        ----------
        parts : mapping of str to tuple of str
            Dataset -> part ids, oldest first.
        action : str
            What happened, as a sentence.
        """
        with self.lock():
            before = self.current().manifest
            manifest = replace(
                before,
                id=new_id(action, after=self._newest_id()),
                created=datetime.now(UTC),
                action=action,
                previous=before.id,
                parts={dataset: tuple(ids) for dataset, ids in parts.items() if ids},
            )
            return self._take(manifest)

    def _take(self, manifest: Manifest) -> Snapshot:
        """Write a manifest and switch to it; the switch comes last."""
        write_durably(self.path / "snapshots" / f"{manifest.id}.json", to_json(manifest.to_dict()))
        self._switch(manifest.id)
        return self._snapshot(manifest)

    def rollback(self, to: str | None = None) -> Snapshot:
        """Make an earlier snapshot the current one; later ones stay listed.

        Parameters
        ----------
        to : str, optional
            Its id; the one before the current by default.

        Raises
        ------
        NoSnapshotError
            If there is none before, or none of that id.
        """
        with self.lock():
            target = to if to is not None else self.current().manifest.previous
            if target is None:
                raise NoSnapshotError("This is the first snapshot; there is none before it to go back to.")
            manifest = self._manifest(target)
            self._switch(manifest.id)
        return self._snapshot(manifest)

    def _switch(self, snapshot_id: str) -> None:
        write_durably(self.path / "CURRENT", f"{snapshot_id}\n".encode())

    def _current_manifest(self) -> Manifest | None:
        try:
            name = (self.path / "CURRENT").read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        return self._manifest(name)

    def _newest_id(self) -> str:
        return max((f.stem for f in (self.path / "snapshots").glob("*.json") if _ID.match(f.stem)), default="")

    def _manifest(self, snapshot_id: str) -> Manifest:
        file = self.path / "snapshots" / f"{snapshot_id}.json"
        if not _ID.match(snapshot_id) or not file.is_file():
            known = ", ".join(m.id for m in self.snapshots()[:5]) if self.path.is_dir() else ""
            raise NoSnapshotError(f"No such snapshot in {self.path.name}/. The newest are: {known or 'none'}.")
        return Manifest.from_dict(json.loads(file.read_text(encoding="utf-8")))

    def _part(self, dataset: str, part_id: str) -> Part:
        return Part.from_dict(json.loads(self.part_path(dataset, part_id, ".json").read_text(encoding="utf-8")))

    def _snapshot(self, manifest: Manifest) -> Snapshot:
        parts = {dataset: tuple(self._part(dataset, i) for i in ids) for dataset, ids in manifest.parts.items()}
        return Snapshot(self.path, manifest, parts)
