"""The forecast that the page on specialist places needs, worked out by a process of its own: one at a time."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

COMMAND = (sys.executable, "-m", "dashapp", "forecast")
"""What works the forecast out and keeps it; the workspace is put after it."""

LONGEST_OUTPUT = 4000
"""Characters of what the process said that are kept, the last ones."""


class ForecastJobs:
    """Works out the forecast of the snapshot in force.

    Parameters
    ----------
    workspace : pathlib.Path
        Where the snapshot is, and where the forecast is kept.
    command : sequence of str
        What is run; ``--workspace`` and the folder are put after it.
    """

    def __init__(self, workspace: Path, command: Sequence[str] = COMMAND) -> None:
        self._command = [*command, "--workspace", str(workspace)]
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._snapshot = ""
        self._failed: dict[str, str] = {}

    def ensure(self, snapshot: str, *, again: bool = False) -> str:
        """Start the work for a snapshot unless it runs or has failed; return why it failed, empty while it runs.

        Parameters
        ----------
        snapshot : str
            Identifier of the snapshot in force.
        again : bool, optional
            Whether to try once more after a failure.
        """
        with self._lock:
            self._look()
            if self._process is not None:
                return ""
            if again:
                self._failed.pop(snapshot, None)
            if snapshot in self._failed:
                return self._failed[snapshot]
            self._snapshot = snapshot
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                errors="replace",
                start_new_session=True,
            )
            threading.Thread(target=self._follow, args=(self._process,), daemon=True).start()
            return ""

    def state(self) -> str:
        """Return "running", or "ended" where nothing is being worked out."""
        with self._lock:
            self._look()
            return "running" if self._process is not None else "ended"

    def close(self) -> None:
        """Stop what runs; a forecast that is half worked out is not kept."""
        with self._lock:
            process = self._process
        if process is not None:
            process.kill()
            process.wait()

    def _look(self) -> None:
        """Forget a process that was followed to its end."""
        if self._process is not None and self._process.returncode is not None:
            self._process = None

    def _follow(self, process: subprocess.Popen[str]) -> None:
        _, said = process.communicate()
        with self._lock:
            if process.returncode:
                words = said.strip()[-LONGEST_OUTPUT:]
                # A person is told what was refused, not where in the program it happened.
                last = words.splitlines()[-1] if "Traceback" in words else words
                self._failed[self._snapshot] = last or f"The forecast ended with status {process.returncode}."
            if self._process is process:
                self._process = None
