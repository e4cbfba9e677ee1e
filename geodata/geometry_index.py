"""Where the prepared shapes of a workspace stand; light, for the serving process."""

from __future__ import annotations

import json
from pathlib import Path

from geodata.errors import NoSnapshotError

DRAWING = "drawing"
"""Folder of the prepared shapes in a workspace."""

INDEX = "index.json"
"""Scheme key -> file name."""


def drawing_files(workspace: Path) -> dict[str, str]:
    """Return scheme key -> file name of the prepared shapes.

    Raises
    ------
    NoSnapshotError
        If they were not prepared.
    """
    path = workspace / DRAWING / INDEX
    if not path.is_file():
        raise NoSnapshotError(f"No shapes are prepared in {workspace.name}/. Run 'locality-atlas demo' or 'import'.")
    files: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return files
