"""What an import that was killed leaves: staged rows that no snapshot lists."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from geodata.errors import WorkspaceBusyError
from geodata.snapshot import Workspace

WAIT_SECONDS = 1.0


def remove_leftovers(folder: Path) -> None:
    """Remove staged files that no snapshot lists; where another import is writing, leave them to the next time.

    Parameters
    ----------
    folder : pathlib.Path
        The workspace.
    """
    workspace = Workspace(folder)
    parts = folder / "parts"
    if not parts.is_dir():
        return
    with suppress(WorkspaceBusyError), workspace.lock(WAIT_SECONDS):
        listed = {(key, i) for manifest in workspace.snapshots() for key, ids in manifest.parts.items() for i in ids}
        for file in sorted(parts.glob("*/*")):
            if file.suffix == ".tmp" or (file.parent.name, file.stem) not in listed:
                with suppress(OSError):  # in use on Windows: the next time
                    file.unlink()
