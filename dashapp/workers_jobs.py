"""The plan that the page on link workers needs, worked out by a process of its own: one at a time.

``python -m dashapp.workers_jobs --workspace FOLDER`` is that process.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from callbacks.workers_state import DEFAULT, Wanted
from dashapp.places_forecast import ForecastJobs
from geodata.errors import AtlasError

COMMAND = (sys.executable, "-m", "dashapp.workers_jobs")
"""What works a plan out and keeps it; rules and workspace are put after it."""

ENDED = "The plan could not be worked out: the work ended before it was done. Try again."
"""Said where the process itself said nothing."""


LOOK_SECONDS = 1.0
"""Between two looks of the process at whether the server that started it is still there."""


class PlanJobs:
    """Works out plans of the snapshot in force, for the rules that somebody asks for.

    Parameters
    ----------
    workspace : pathlib.Path
        Where the snapshot is, and where plans are kept.
    command : sequence of str
        What is run; rules, ``--workspace`` and the folder are put after it.
    """

    def __init__(self, workspace: Path, command: Sequence[str] = COMMAND) -> None:
        self._workspace, self._command = workspace, tuple(command)
        self._lock = threading.Lock()
        self._jobs: dict[Wanted, ForecastJobs] = {}

    def ensure(self, snapshot: str, wanted: Wanted = DEFAULT, *, again: bool = False) -> str:
        """Start the work unless it runs or has failed; return why it failed, empty while it runs or waits.

        Work for other rules is waited for: the page asks again when that has ended.

        Parameters
        ----------
        snapshot : str
            Identifier of the snapshot in force.
        wanted : Wanted, optional
            The rules.
        again : bool, optional
            Whether to try once more after a failure.
        """
        command = (*self._command, *arguments(wanted), "--parent", str(os.getpid()))
        with self._lock:
            mine = self._jobs.setdefault(wanted, ForecastJobs(self._workspace, command))
            if any(one.state() == "running" for one in self._jobs.values()):
                return ""
            said = mine.ensure(snapshot, again=again)
        return ENDED if said.startswith("The forecast ended") else said

    def state(self) -> str:
        """Return "running", or "ended" where nothing is being worked out."""
        with self._lock:
            return "running" if any(one.state() == "running" for one in self._jobs.values()) else "ended"

    def close(self) -> None:
        """Stop what runs; a plan that is half worked out is not kept."""
        with self._lock:
            jobs = list(self._jobs.values())
        for one in jobs:
            one.close()


def arguments(wanted: Wanted) -> list[str]:
    """Return rules as arguments of the process."""
    flags = [f"--{key}" for key in ("hard", "keep") if getattr(wanted, key)]
    return ["--least", str(wanted.least), "--most", str(wanted.most), *flags]


def end_with(parent: int) -> None:
    """Begin to watch the process that started this one, and end this one when that is gone.

    A server that is killed cannot end its work itself, and nobody would ask for the plan any more.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def main(given: Sequence[str] | None = None) -> int:
    """Work a plan out and keep it; say on one line why not where that cannot be."""
    parser = argparse.ArgumentParser(prog="dashapp.workers_jobs", description="Works out who has which school.")
    parser.add_argument("--workspace", type=Path, required=True, help="folder of the workspace")
    parser.add_argument("--least", type=int, default=DEFAULT.least, help="schools per worker, at least")
    parser.add_argument("--most", type=int, default=DEFAULT.most, help="schools per worker, at most")
    parser.add_argument("--hard", action="store_true", help="the range holds for every worker")
    parser.add_argument("--keep", action="store_true", help="change only what an absence forces")
    parser.add_argument("--parent", type=int, help="number of the process with which this one ends")
    args = parser.parse_args(given)
    if args.parent is not None:
        end_with(args.parent)
    # NumPy and HiGHS: the server, which shares this module, must not load them.
    from callbacks.workers_model import asked_of  # noqa: PLC0415
    from geodata.snapshot import Workspace  # noqa: PLC0415
    from geodata.store import Store  # noqa: PLC0415
    from layers.link_workers.prepared import ensure_plan  # noqa: PLC0415

    try:
        store = Store(Workspace(args.workspace).current(), ahead=False, schemes=("locality",))
        wanted = Wanted(args.least, args.most, args.hard, args.keep)
        ensure_plan(store, asked_of(store, wanted))
    except AtlasError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    status = main()
    sys.stderr.flush()
    os._exit(status)  # else notices of the database's library at its end would follow the words
