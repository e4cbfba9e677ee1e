"""The command line as a process of its own."""

import subprocess
import sys


def run(*words, workspace):
    command = [sys.executable, "-m", "dashapp", *words, "--workspace", str(workspace)]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


def test_a_command_prints_its_figures_and_nothing_beside(demo_workspace):
    done = run("table", "--layer", "ehcp_prevalence", "--scheme", "locality", workspace=demo_workspace)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Within Buckinghamshire 6,994" in done.stdout


def test_wrong_use_has_its_status_and_its_words(demo_workspace):
    done = run("table", "--layer", "nope", workspace=demo_workspace)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("No layer 'nope'. Valid: ")
