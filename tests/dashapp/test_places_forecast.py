"""The forecast worked out by a process of its own."""

import sys
import time

import pytest

from dashapp.places_forecast import ForecastJobs

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
        made.append(ForecastJobs(tmp_path, [sys.executable, "-c", program]))
        return made[-1]

    made = []
    yield make
    for one in made:
        one.close()


def test_the_work_is_started_once_with_the_workspace(jobs, tmp_path):
    program = (
        "import sys, pathlib, time; p = pathlib.Path(sys.argv[-1]) / 'ran'; "
        "p.write_text(p.read_text() + 'x' if p.exists() else 'x'); time.sleep(0.3)"
    )
    found = jobs(program)
    assert [found.ensure("a"), found.ensure("a")] == ["", ""]
    assert ended(found)
    assert (tmp_path / "ran").read_text() == "x"


def test_a_refusal_is_told_in_its_own_words_until_it_is_tried_again(jobs):
    found = jobs("import sys; print('Two Januaries are needed.', file=sys.stderr); sys.exit(1)")
    found.ensure("a")
    assert ended(found)
    assert found.ensure("a") == "Two Januaries are needed."
    assert found.ensure("a", again=True) == ""


def test_a_fault_of_the_program_is_told_in_one_line(jobs):
    found = jobs("raise RuntimeError('broken')")
    found.ensure("a")
    assert ended(found)
    assert found.ensure("a") == "RuntimeError: broken"


def test_a_new_snapshot_is_tried_though_the_one_before_failed(jobs):
    found = jobs("import sys; sys.exit(1)")
    found.ensure("a")
    assert ended(found)
    assert found.ensure("a") == "The forecast ended with status 1."
    assert found.ensure("b") == ""


def test_closing_stops_what_runs(jobs):
    found = jobs("import time; time.sleep(60)")
    found.ensure("a")
    assert found.state() == "running"
    found.close()
    assert ended(found)
