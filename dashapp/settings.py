"""Where the application finds its workspace and how it serves."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8050
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True)
class Settings:
    """What an application is made from.

    Attributes
    ----------
    workspace : pathlib.Path
        Folder of snapshots and prepared shapes.
    host, port : str, int
        Where it listens. Only loopback is accepted while there is no access control.
    """

    workspace: Path
    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT


def default_workspace() -> Path:
    """Return the workspace that is meant when none is named."""
    return Path(os.environ.get("ATLAS_WORKSPACE") or "workspace")
