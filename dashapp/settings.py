"""Where the application finds its workspace and how it serves."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8050
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

KEY_BYTES = 24
"""Random bytes of a key: 32 characters that an address may hold."""


def new_key() -> str:
    """Return 32 random characters that an address may hold."""
    return secrets.token_urlsafe(KEY_BYTES)


@dataclass(frozen=True)
class Settings:
    """What an application is made from.

    Attributes
    ----------
    workspace : pathlib.Path
        Folder of snapshots and prepared shapes.
    host, port : str, int
        Where it listens. Only loopback is accepted while there is no access control.
    week_key : str
        Opens the page that lists single children, once, while any record of a child is real; an empty one never does.
    """

    workspace: Path
    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    week_key: str = field(default_factory=new_key, repr=False)


def default_workspace() -> Path:
    """Return the workspace that is meant when none is named."""
    return Path(os.environ.get("ATLAS_WORKSPACE") or "workspace")
