"""Removing a child, or what may no longer be kept, from every part of a workspace, with a record that it was done.

The one exception to "nothing that exists is ever altered": a removed row must be gone from earlier snapshots too. Each
file is rewritten beside and then renamed, so it is there whole with the row or whole without.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.contracts import CONTRACTS
from geodata.contracts.children import CHILD_ID
from geodata.durable import open_private, replace_durably
from geodata.errors import InputError, UsageError
from geodata.geography import GEOGRAPHY
from geodata.manifest import Part, to_json
from geodata.names import normalise
from geodata.periods import months_before
from geodata.snapshot import DERIVED, Workspace, write_durably

if TYPE_CHECKING:
    import pyarrow as pa

RECORD = "purges.jsonl"
"""One line for each removal: when, what kind, how many rows of which dataset; never whom."""

CHILD = CHILD_ID.key
CHILD_HEADINGS = frozenset(map(normalise, (CHILD, *CHILD_ID.aliases)))


@dataclass(frozen=True)
class Purged:
    """What was removed.

    Attributes
    ----------
    rows : dict of str to int
        Dataset -> rows removed, over all snapshots.
    snapshot_id : str
        The snapshot now in force.
    """

    rows: dict[str, int]
    snapshot_id: str


def purge_child(workspace: Workspace, child_id: str) -> Purged:
    """Remove every row of a child from every part, those of earlier snapshots included.

    Parameters
    ----------
    workspace : Workspace
        Where.
    child_id : str
        As it stands in the files.

    Raises
    ------
    UsageError
        If the identifier is blank.
    InputError
        If no row has it; nothing was changed.
    """
    if not (wanted := child_id.strip()):
        raise UsageError("Give the child's identifier as it stands in the files: --child ID.")
    with workspace.lock():
        rows = _rewrite(workspace, lambda _part, table: _without(table, wanted))
        rows_outside = _rewrite_exports(workspace.path / "demonstration", wanted)
        if not rows and not rows_outside:
            raise InputError("No row has that identifier, in this snapshot or an earlier one. Nothing was changed.")
        return _finish(workspace, "child", "Removed the records of one child", rows)


def purge_expired(workspace: Workspace, today: date) -> Purged:
    """Empty every part that may no longer be kept, by its contract's `retention_months` since its import.

    Raises
    ------
    InputError
        If there is none.
    """
    with workspace.lock():
        rows = _rewrite(workspace, lambda part, table: table.slice(0, 0) if _expired(part, today) else table)
        if not rows:
            raise InputError("Nothing is older than it may be kept. Nothing was changed.")
        return _finish(workspace, "expired", "Removed records that may no longer be kept", rows)


def expires_on(part: Part) -> date | None:
    """Return the first day on which a part may no longer be kept; None where it may be for ever."""
    months = CONTRACTS[part.dataset].retention_months if part.dataset in CONTRACTS else 0
    return months_before(part.imported_at.date(), -months) if months else None


def _expired(part: Part, today: date) -> bool:
    day = expires_on(part)
    return day is not None and day <= today


def _parts(workspace: Workspace) -> Iterator[tuple[Part, Path]]:
    """Yield every part that a snapshot lists, with its data; leftovers of imports that were killed are removed."""
    in_force = {manifest.geography for manifest in workspace.snapshots()}
    for folder in (workspace.path / GEOGRAPHY).glob("*"):
        if folder.name not in in_force:
            shutil.rmtree(folder)
    listed = {(key, i) for manifest in workspace.snapshots() for key, ids in manifest.parts.items() for i in ids}
    for file in sorted((workspace.path / "parts").glob("*/*")):
        if (file.parent.name, file.stem) not in listed:
            file.unlink()
        elif file.suffix == ".parquet":
            raw = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
            yield Part.from_dict(raw), file


def _rewrite(workspace: Workspace, keep: Callable[[Part, pa.Table], pa.Table]) -> dict[str, int]:
    import pyarrow.parquet as pq  # noqa: PLC0415 - the serving process reads this module

    from geodata.staging import ROW_GROUP  # noqa: PLC0415 - pyarrow

    removed: dict[str, int] = {}
    for part, file in _parts(workspace):
        if part.dataset not in CONTRACTS or not CONTRACTS[part.dataset].personal:
            continue
        table = pq.read_table(file)
        kept = keep(part, table)
        if kept.num_rows < table.num_rows:
            temporary = file.with_name(f".{file.name}.tmp")
            with open_private(temporary) as target:
                pq.write_table(kept, target, compression="zstd", row_group_size=ROW_GROUP)
            replace_durably(temporary, file)
        if kept.num_rows < part.accepted:
            # Its numbers are those of rows in the file, and it cannot be told which of them are gone from here.
            workspace.flagged_path(part.id).unlink(missing_ok=True)
        # By the part's own count: rows that a removal took out before it was killed are counted when it is repeated.
        if gone := part.accepted - kept.num_rows:
            less = replace(part, accepted=part.accepted - gone, purged=part.purged + gone)
            write_durably(file.with_suffix(".json"), to_json(less.to_dict()))
            removed[part.dataset] = removed.get(part.dataset, 0) + gone
    return removed


def _without(table: pa.Table, child_id: str) -> pa.Table:
    import pyarrow.compute as pc  # noqa: PLC0415

    if CHILD not in table.column_names:
        return table
    return table.filter(pc.fill_null(pc.not_equal(table[CHILD], child_id), True))


def _rewrite_exports(folder: Path, child_id: str) -> int:
    """Remove the lines of a child from the demonstration's own export files; return how many."""
    gone = 0
    for file in sorted(folder.glob("*.csv")):
        rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))
        column = next((i for i, heading in enumerate(rows[0]) if normalise(heading) in CHILD_HEADINGS), None)
        if column is None:
            continue
        kept = [row for row in rows if row[column : column + 1] != [child_id]]
        if len(kept) < len(rows):
            text = io.StringIO(newline="")
            csv.writer(text, lineterminator="\n").writerows(kept)
            write_durably(file, text.getvalue().encode())
            gone += len(rows) - len(kept)
    return gone


def _finish(workspace: Workspace, kind: str, action: str, rows: dict[str, int]) -> Purged:
    """Write the record, and a new snapshot of the same parts, so that nobody keeps showing the old figures."""
    line = json.dumps({"at": datetime.now(UTC).isoformat(), "kind": kind, "rows": rows})
    file = workspace.path / RECORD
    before = file.read_text(encoding="utf-8") if file.is_file() else ""
    write_durably(file, f"{before}{line}\n".encode())
    # What was worked out from the records counted the child too.
    shutil.rmtree(workspace.path / DERIVED, ignore_errors=True)
    snapshot = workspace.change_parts(workspace.current().manifest.parts, action)
    return Purged(rows, snapshot.id)
