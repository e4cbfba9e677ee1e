"""Servers of the benchmark: started as whole processes, timed to their first answer, weighed, ended."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 60.0
POLL_SECONDS = 0.01


@dataclass(frozen=True)
class Server:
    """A running server.

    Attributes
    ----------
    url : str
        Its address.
    pid : int
        Its process.
    first_response_s : float
        Seconds from the start of the process to its first whole page.
    """

    url: str
    pid: int
    first_response_s: float


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def running(module: str, *arguments: str, port: int) -> Iterator[Server]:
    """Run ``python -m module arguments`` until the block ends.

    Raises
    ------
    RuntimeError
        If it ends, or does not answer in `START_SECONDS`.
    """
    start = time.perf_counter()
    command = [sys.executable, "-m", module, *arguments]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}/"
    try:
        while True:
            with suppress(urllib.error.URLError, ConnectionError):
                urllib.request.urlopen(url, timeout=5).read()
                break
            if process.poll() is not None or time.perf_counter() - start > START_SECONDS:
                raise RuntimeError(f"{module} did not answer at {url}")
            time.sleep(POLL_SECONDS)
        yield Server(url, process.pid, time.perf_counter() - start)
    finally:
        process.terminate()
        process.wait(10)


def resident_mb(pid: int) -> float | None:
    """Return the resident memory of a process in MB (10^6 bytes); None where the system does not tell."""
    status = Path(f"/proc/{pid}/status")
    if not status.is_file():
        return None
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) * 1024 / 1e6
