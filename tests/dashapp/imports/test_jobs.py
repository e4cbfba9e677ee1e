"""One job at a time, of a process that can be stopped. The worker here is a small one that does as it is told."""

import sys
import time

import pytest

from dashapp.imports.jobs import LATE, STOPPED, STOPPED_LATE, ImportJobs
from geodata.errors import WorkspaceBusyError
from geodata.snapshot import Workspace

WORKER = """
import json, sys, time
from pathlib import Path
print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    print(json.dumps({"step": "Working", "share": 0.5}), flush=True)
    if asked["said"] == "switch":
        Path(sys.argv[1], "CURRENT").write_text(asked["to"] + "\\n")
    if asked["said"] == "die":
        sys.exit(3)
    if asked["said"] == "babble":
        print("what a library prints", flush=True)
    if asked["said"] in ("wait", "switch", "babble"):
        time.sleep(600)
    if asked["said"] == "refuse":
        print(json.dumps({"error": "No."}), flush=True)
    elif asked["said"] == "fault":
        print(json.dumps({"error": "Something went wrong (KeyError).", "fault": True}), flush=True)
    else:
        print(json.dumps({"result": asked["said"]}), flush=True)
"""


@pytest.fixture
def ended():
    return []


@pytest.fixture
def jobs(own_path, ended):
    found = ImportJobs(own_path, ended.append, command=[sys.executable, "-c", WORKER])
    yield found
    found.close()


def until(what):
    """Wait for something that another process or thread brings about."""
    for _ in range(2000):
        if found := what():
            return found
        time.sleep(0.01)
    raise AssertionError("it did not come about")


def ask(jobs, said, do="import", **more):
    return jobs.start({"do": do, "said": said, **more})


def ended_job(jobs, said, **more):
    job = ask(jobs, said, **more)
    until(lambda: job.state != "running")
    return job


def test_a_job_brings_its_answer(jobs, ended):
    job = ended_job(jobs, "hello")
    assert (job.state, job.answer, job.share) == ("done", {"result": "hello"}, 0.5)
    assert jobs.find(job.id) is job
    assert ended == [job]


def test_a_refusal_is_an_answer_too_and_the_worker_goes_on(jobs):
    assert ended_job(jobs, "refuse").state == "refused"
    assert ended_job(jobs, "hello").state == "done"


def test_a_second_job_waits_for_the_first(jobs):
    first = ask(jobs, "wait")
    with pytest.raises(WorkspaceBusyError, match="Another file is being looked at or imported"):
        ask(jobs, "hello")
    assert jobs.running() is first
    jobs.cancel(first.id)
    assert ended_job(jobs, "hello").state == "done"


def test_a_cancelled_job_leaves_the_snapshot_and_nothing_staged(jobs, own_path, ended):
    before = Workspace(own_path).current().id
    listed = sorted((own_path / "parts").rglob("*.*"))
    job = ask(jobs, "wait")
    until(lambda: job.share)
    for name in ("20990101T000000000000Z-00000000.parquet", ".x.parquet.tmp"):
        (own_path / "parts" / "ehc_plans" / name).write_bytes(b"half")
    jobs.cancel(job.id)
    assert (job.state, job.answer) == ("cancelled", {})
    assert Workspace(own_path).current().id == before
    assert sorted((own_path / "parts").rglob("*.*")) == listed
    assert ended == [job]


def test_a_job_that_was_cancelled_too_late_says_so(jobs, own_path):
    earlier = Workspace(own_path).snapshots()[-1].id
    job = ask(jobs, "switch", to=earlier)
    until(lambda: Workspace(own_path).current().id == earlier)
    jobs.cancel(job.id)
    assert (job.state, job.answer) == ("refused", {"error": LATE, "late": True})


@pytest.mark.parametrize("do", ["purge", "expire", "rollback"])
def test_a_removal_is_never_stopped_halfway(jobs, do):
    job = ask(jobs, "wait", do=do)
    jobs.cancel(job.id)
    assert job.state == "running"


@pytest.mark.parametrize("said", ["die", "babble"])
def test_a_worker_that_dies_or_cannot_be_understood_took_nothing_in(jobs, said):
    job = ended_job(jobs, said)
    assert (job.state, job.answer["error"]) == ("refused", STOPPED)
    assert ended_job(jobs, "hello").state == "done"


def test_a_fault_says_whether_something_was_taken_in(jobs, own_path):
    assert ended_job(jobs, "fault").answer["error"] == f"Something went wrong (KeyError). {STOPPED}"
    earlier = Workspace(own_path).snapshots()[-1].id
    job = ask(jobs, "switch", to=earlier)
    # The stand-in for a worker does not write in one step, so it may be read half written.
    until(lambda: (own_path / "CURRENT").read_text(encoding="utf-8").strip() == earlier)
    jobs._process.popen.kill()
    until(lambda: job.state != "running")
    assert job.answer["error"] == STOPPED_LATE


def test_a_worker_with_nothing_to_do_gives_its_memory_back(own_path):
    jobs = ImportJobs(own_path, idle_seconds=0.05, command=[sys.executable, "-c", WORKER])
    jobs.warm()
    assert jobs._process.popen is not None
    until(lambda: jobs._process.popen is None)
    assert ended_job(jobs, "hello").state == "done"
    until(lambda: jobs._process.popen is None)
    jobs.close()


def test_a_job_of_another_time_is_not_known(jobs):
    assert jobs.find("nothing") is None
    assert jobs.cancel("nothing") is None


def test_the_last_jobs_alone_are_kept(jobs):
    first = ended_job(jobs, "hello")
    for _ in range(20):
        ended_job(jobs, "hello")
    assert jobs.find(first.id) is None


def test_closing_twice_is_no_fault(jobs):
    jobs.warm()
    jobs.close()
    jobs.close()
