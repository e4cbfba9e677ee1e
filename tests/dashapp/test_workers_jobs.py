"""Plans worked out by a process of its own."""

import os
import pathlib
import subprocess
import sys
import time

import pytest

from callbacks.workers_state import DEFAULT, Wanted
from dashapp.workers_jobs import ENDED, PlanJobs, arguments, main

WAIT = 20.0


def ended(jobs):
    """Wait until nothing runs; whether that came."""
    until = time.monotonic() + WAIT
    while jobs.state() == "running" and time.monotonic() < until:
        time.sleep(0.02)
    return jobs.state() == "ended"


@pytest.fixture
def jobs(tmp_path):
    def make(program):
        made.append(PlanJobs(tmp_path, [sys.executable, "-c", program]))
        return made[-1]

    made = []
    yield make
    for one in made:
        one.close()


def test_the_work_gets_the_rules_and_the_workspace(jobs, tmp_path):
    found = jobs("import sys, pathlib; (pathlib.Path(sys.argv[-1]) / 'ran').write_text(' '.join(sys.argv[1:]))")
    assert found.ensure("a", Wanted(2, 6, True, True)) == ""
    assert ended(found)
    assert (tmp_path / "ran").read_text() == (
        f"--least 2 --most 6 --hard --keep --parent {os.getpid()} --workspace {tmp_path}"
    )
    assert arguments(DEFAULT) == ["--least", "3", "--most", "5"]


def test_one_plan_is_worked_out_at_a_time(jobs, tmp_path):
    program = (
        "import sys, pathlib, time; p = pathlib.Path(sys.argv[-1]) / 'ran'; "
        "p.write_text(p.read_text() + 'x' if p.exists() else 'x'); time.sleep(0.3)"
    )
    found = jobs(program)
    assert [found.ensure("a"), found.ensure("a"), found.ensure("a", Wanted(2, 6, True))] == ["", "", ""]
    assert ended(found)
    assert (tmp_path / "ran").read_text() == "x"


def test_a_refusal_is_told_in_its_own_words_for_its_rules_alone(jobs):
    found = jobs("import sys; print('No room.', file=sys.stderr); sys.exit('2' in sys.argv)")
    found.ensure("a", Wanted(2, 6, True))
    assert ended(found)
    assert found.ensure("a", Wanted(2, 6, True)) == "No room."
    assert found.ensure("a") == ""
    assert ended(found)
    assert found.ensure("a", Wanted(2, 6, True), again=True) == ""


def test_work_that_ended_without_a_word_is_said_to_have_ended(jobs):
    found = jobs("import sys; sys.exit(3)")
    found.ensure("a")
    assert ended(found)
    assert found.ensure("a") == ENDED


def test_closing_stops_what_runs(jobs):
    found = jobs("import time; time.sleep(60)")
    found.ensure("a")
    assert found.state() == "running"
    found.close()
    assert ended(found)


STARTS = """
import subprocess, sys, os
child = subprocess.Popen([sys.executable, "-c", sys.argv[1], str(os.getpid())], start_new_session=True)
print(child.pid, flush=True)
sys.stdin.readline()
os._exit(9)
"""

WATCHES = "import sys, time; from dashapp.workers_jobs import end_with; end_with(int(sys.argv[1])); time.sleep(60)"


def test_the_process_ends_with_the_server_that_started_it():
    server = subprocess.Popen([sys.executable, "-c", STARTS, WATCHES], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    child = int(server.stdout.readline())
    os.kill(child, 0)  # it runs
    server.communicate(b"\n")
    until = time.monotonic() + WAIT
    while runs(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not runs(child)


def runs(pid):
    """Whether a process is there and has not ended."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = pathlib.Path(f"/proc/{pid}/stat")
    return not (state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] == "Z")


def test_the_process_keeps_the_plan_or_says_why_not(small_path, tmp_path, plan_path, capsys):
    assert main(["--workspace", str(plan_path)]) == 0  # it is kept already
    assert main(["--workspace", str(small_path)]) == 1
    assert "No schools are loaded" in capsys.readouterr().err
    assert main(["--workspace", str(tmp_path)]) == 1
