"""One job at a time, done by the worker process: start it, ask how far it is, stop it."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from dashapp.imports.leftovers import remove_leftovers
from dashapp.imports.process import WorkerProcess
from geodata.errors import NoSnapshotError, WorkspaceBusyError
from geodata.snapshot import Workspace

KEPT_JOBS = 20
WORKER = (sys.executable, "-m", "dashapp.imports.worker")
MAY_BE_KILLED = ("look", "check", "import")
"""What takes nothing in when it is killed; a removal that stopped halfway would leave a child in some parts."""

IDLE_SECONDS = 300.0
"""How long a worker with nothing to do keeps its memory (about 250 MB)."""

LATE = "It had been taken in already when it was stopped. To undo it, go back to the snapshot before, under History."
STOPPED = "It stopped before its end. Nothing was changed; the snapshot in force is as it was."
STOPPED_LATE = "It stopped before its end, but the workspace has a new snapshot: look under History before you go on."


@dataclass
class Job:
    """One question to the worker.

    Attributes
    ----------
    do : str
        What is asked.
    token : str
        Of the files that it is about; empty for none.
    before : str
        The snapshot in force when it began.
    id : str
        What the page asks by.
    state : {"running", "done", "refused", "cancelled"}
        How it stands.
    step, share : str, float
        What is being done, and how far it is, 0 to 1.
    answer : mapping
        The worker's: ``result``, or ``error`` and perhaps ``report``.
    """

    do: str
    token: str = ""
    before: str = ""
    id: str = field(default_factory=lambda: uuid4().hex)
    state: str = "running"
    step: str = "Starting"
    share: float = 0.0
    answer: Mapping[str, Any] = field(default_factory=dict)


class ImportJobs:
    """The jobs of one workspace.

    Parameters
    ----------
    workspace : pathlib.Path
        Where to import to.
    ended : callable, optional
        Called with each job that ends, however it ends.
    idle_seconds : float
        After which a worker with nothing to do is stopped, so that its memory is free again.
    command : sequence of str
        What starts a worker; the workspace is put after it.
    """

    def __init__(
        self,
        workspace: Path,
        ended: Callable[[Job], None] = lambda _job: None,
        idle_seconds: float = IDLE_SECONDS,
        command: Sequence[str] = WORKER,
    ) -> None:
        self._workspace = workspace
        self._ended = ended
        self._idle_seconds = idle_seconds
        self._process = WorkerProcess([*command, str(workspace)])
        self._lock = threading.RLock()
        self._jobs: dict[str, Job] = {}
        self._idle: threading.Timer | None = None

    def warm(self) -> None:
        """Start the worker ahead of the first question: it takes a few seconds."""
        with self._lock:
            self._process.ensure()
            if self.running() is None:
                self._rest()

    def running(self) -> Job | None:
        """Return the job that is being done, or None."""
        return next((job for job in self._jobs.values() if job.state == "running"), None)

    def start(self, question: Mapping[str, Any], token: str = "") -> Job:
        """Begin a job.

        Parameters
        ----------
        question : mapping
            As for `dashapp.imports.worker.answer`.
        token : str, optional
            Of the files that it is about.

        Raises
        ------
        WorkspaceBusyError
            If another is still running.
        """
        with self._lock:
            if self.running():
                raise WorkspaceBusyError("Another file is being looked at or imported. Wait for it, or cancel it.")
            self._stop_resting()
            # What is in force is asked first: the worker may be quicker than the next line.
            job = Job(question["do"], token, self._in_force())
            worker = self._process.send(json.dumps(question) + "\n")
            self._jobs[job.id] = job
            for old in list(self._jobs)[:-KEPT_JOBS]:
                del self._jobs[old]
            threading.Thread(target=self._follow, args=(worker, job), daemon=True).start()
        return job

    def find(self, job_id: str) -> Job | None:
        """Return a job of the last few, or None."""
        return self._jobs.get(job_id)

    def cancel(self, job_id: str) -> Job | None:
        """Stop a job: its process is killed, which takes nothing in.

        A job that has ended stays as it is; going back and removing take a moment and are not stopped.
        """
        with self._lock:
            job = self._jobs.get(job_id)
            if job and job.state == "running" and job.do in MAY_BE_KILLED:
                self._process.kill()
                if self._in_force() == job.before:
                    remove_leftovers(self._workspace)
                    self._end(job, "cancelled", {})
                else:
                    self._end(job, "refused", {"error": LATE, "late": True})
                self._process.ensure()
                self._rest()
        return job

    def close(self) -> None:
        """Stop the worker; what it was taking in is not taken in."""
        with self._lock:
            self._stop_resting()
            self._process.kill()

    def _in_force(self) -> str:
        with suppress(NoSnapshotError):
            return Workspace(self._workspace).current().id
        return ""

    def _follow(self, worker: subprocess.Popen[str], job: Job) -> None:
        """Read what the worker says until it has answered or is gone."""
        assert worker.stdout is not None
        found: dict[str, Any] = {}
        with suppress(ValueError):  # the stream was closed under us by a cancel
            for line in worker.stdout:
                said = json.loads(line)
                if "step" in said:
                    job.step, job.share = said["step"], said["share"]
                elif "ready" not in said:
                    found = said
                    break
        with self._lock:
            if job.state != "running":
                return
            if not found:
                self._process.kill()  # it is gone, or says what cannot be read
            if not found or found.pop("fault", False):
                ending = STOPPED if self._in_force() == job.before else STOPPED_LATE
                found = {"error": f"{found['error']} {ending}" if found else ending}
                remove_leftovers(self._workspace)
            self._end(job, "done" if "result" in found else "refused", found)
            self._rest()

    def _end(self, job: Job, state: str, answer: Mapping[str, Any]) -> None:
        job.answer, job.state = answer, state
        self._ended(job)

    def _rest(self) -> None:
        """Let the worker go if nothing is asked of it for some minutes."""
        self._stop_resting()
        self._idle = threading.Timer(self._idle_seconds, self._let_go)
        self._idle.daemon = True
        self._idle.start()

    def _stop_resting(self) -> None:
        if self._idle:
            self._idle.cancel()
            self._idle = None

    def _let_go(self) -> None:
        with self._lock:
            if self.running() is None:
                self._process.kill()
