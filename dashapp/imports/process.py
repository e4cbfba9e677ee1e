"""The worker as a process: started when it is needed, killed when it has to stop."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from contextlib import suppress


class WorkerProcess:
    """One process at a time that reads lines and writes lines.

    Parameters
    ----------
    command : sequence of str
        What starts it.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self.command = list(command)
        self.popen: subprocess.Popen[str] | None = None

    def ensure(self) -> subprocess.Popen[str]:
        """Return the process; a new one where there is none or it has died."""
        if self.popen is None or self.popen.poll() is not None:
            self.kill()
            self.popen = subprocess.Popen(
                self.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                # In a group of its own: Ctrl+C in the terminal is for the server, which then stops it.
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),  # on Windows
            )
        return self.popen

    def send(self, line: str) -> subprocess.Popen[str]:
        """Hand a line to the process; to a new one where the old has just died.

        Raises
        ------
        OSError
            If the new one does not take it either.
        """
        try:
            return self._write(line)
        except OSError:
            self.kill()
            return self._write(line)

    def _write(self, line: str) -> subprocess.Popen[str]:
        popen = self.ensure()
        assert popen.stdin is not None
        popen.stdin.write(line)
        popen.stdin.flush()
        return popen

    def kill(self) -> None:
        """Stop the process, whatever it does, and wait until it is gone."""
        if self.popen:
            self.popen.kill()
            self.popen.wait()
            for stream in (self.popen.stdin, self.popen.stdout):
                if stream:
                    with suppress(OSError):
                        stream.close()
            self.popen = None
