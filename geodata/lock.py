"""One writer at a time in a workspace, whatever the operating system."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geodata.errors import WorkspaceBusyError

POLL_SECONDS = 0.05

if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    def _unlock(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)


class WriteLock:
    """An exclusive lock on a file; the operating system frees it when its holder dies.

    The thread that holds it may take it again (an import that also remembers a mapping).

    Parameters
    ----------
    path : pathlib.Path
        The lock file; made when missing, never removed, because removing it would let two holders in.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = threading.RLock()
        self._depth = 0

    @contextmanager
    def hold(self, timeout_seconds: float) -> Iterator[None]:
        """Wait for the lock, hold it for the block, release it.

        Raises
        ------
        WorkspaceBusyError
            If another process or thread still holds it after `timeout_seconds`.
        """
        deadline = time.monotonic() + timeout_seconds
        if not self._thread.acquire(timeout=max(timeout_seconds, 0)):
            raise self._busy(timeout_seconds)
        try:
            if self._depth:
                yield
                return
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                self._wait(handle, deadline, timeout_seconds)
                self._depth = 1
                try:
                    yield
                finally:
                    self._depth = 0
                    _unlock(handle)
            finally:
                os.close(handle)
        finally:
            self._thread.release()

    def _wait(self, handle: int, deadline: float, timeout_seconds: float) -> None:
        while True:
            try:
                return _try_lock(handle)
            except OSError:
                if time.monotonic() >= deadline:
                    raise self._busy(timeout_seconds) from None
                time.sleep(POLL_SECONDS)

    def _busy(self, timeout_seconds: float) -> WorkspaceBusyError:
        return WorkspaceBusyError(
            f"Another import is writing to {self._path.parent.name}/ and did not finish within {timeout_seconds:g} "
            "seconds. Try again when it is done."
        )
