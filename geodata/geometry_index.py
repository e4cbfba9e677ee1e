"""Where the prepared shapes of a workspace stand; light, for the serving process."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from geodata.errors import NoSnapshotError

DRAWING = "drawing"
"""Folder of the prepared shapes in a workspace."""


@dataclass(frozen=True)
class Drawing:
    """The prepared shapes of one version of the areas.

    Attributes
    ----------
    files : dict of str to str
        Scheme key, or "context" -> file name.
    bounds : list of list of float
        South-west and north-east corner of the county: latitude and longitude, degrees.
    """

    files: dict[str, str]
    bounds: list[list[float]]


def index_name(version: str) -> str:
    """Return the name of the index of one version of a profile."""
    return f"index-{re.sub(r'[^A-Za-z0-9.-]', '_', version)}.json"


def has_drawing(workspace: Path, version: str) -> bool:
    """Return whether the shapes of a version of the areas were prepared."""
    return (workspace / DRAWING / index_name(version)).is_file()


def drawing_of(workspace: Path, version: str) -> Drawing:
    """Return the prepared shapes of one version of the areas.

    Raises
    ------
    NoSnapshotError
        If they were not prepared.
    """
    path = workspace / DRAWING / index_name(version)
    if not path.is_file():
        raise NoSnapshotError(
            f"The shapes of these areas are not prepared in {workspace.name}/. Run 'locality-atlas prepare'."
        )
    return Drawing(**json.loads(path.read_text(encoding="utf-8")))
