"""The worker as a process: there when it is needed, gone when it is told."""

import sys

import pytest

from dashapp.imports.process import WorkerProcess

ECHO = "import sys\nfor line in sys.stdin:\n    print(line.upper(), end='', flush=True)\n"


@pytest.fixture
def process():
    found = WorkerProcess([sys.executable, "-c", ECHO])
    yield found
    found.kill()


def test_a_line_is_answered_and_the_process_stays(process):
    first = process.send("a\n")
    assert first.stdout.readline() == "A\n"
    assert process.send("b\n") is first
    assert first.stdout.readline() == "B\n"


def test_a_new_one_takes_the_place_of_one_that_died(process):
    first = process.send("a\n")
    first.kill()
    first.wait()
    second = process.send("b\n")
    assert second.pid != first.pid
    assert second.stdout.readline() == "B\n"
    assert first.stdin.closed


def test_killing_waits_until_it_is_gone_and_may_be_done_twice(process):
    found = process.ensure()
    process.kill()
    assert found.returncode is not None
    assert process.popen is None
    process.kill()


def test_what_cannot_be_started_is_an_error_of_the_system(tmp_path):
    with pytest.raises(OSError, match="none"):
        WorkerProcess([str(tmp_path / "none")]).send("a\n")
