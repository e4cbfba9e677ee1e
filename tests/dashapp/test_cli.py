"""Exit status 0 done, 1 refused by the data, 2 wrong use; what is wrong goes to the error stream."""

import subprocess
import sys

import pytest

from dashapp.cli import REFUSED, WRONG_USE, build_parser, main
from dashapp.settings import default_workspace


def run(capsys, *arguments):
    """Return exit status, output and errors of a command."""
    try:
        status = main([str(argument) for argument in arguments])
    except SystemExit as stop:  # argparse
        status = stop.code
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_the_numbers_are_those_of_the_manual():
    assert (REFUSED, WRONG_USE) == (1, 2)


def test_a_command_that_did_its_work_ends_with_0_and_no_error(capsys, small_path):
    status, out, err = run(capsys, "table", "--workspace", small_path, "--layer", "cme_open")
    assert (status, err) == (0, "")
    assert "Wycombe" in out


def test_a_workspace_without_data_is_refused_with_1_and_the_remedy(capsys, tmp_path):
    status, out, err = run(capsys, "table", "--workspace", tmp_path / "empty", "--layer", "cme_open")
    assert (status, out) == (1, "")
    assert err == "Nothing is loaded in empty/ yet. Run 'locality-atlas demo' or 'import'.\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("table",), "Name a layer with --layer. Valid: cme_open, cme_open_smoothed, cme_long_open, cme_new"),
        (("table", "--layer", "x"), "No layer 'x'. Valid: cme_open, cme_open_smoothed, cme_long_open, cme_new"),
        (("table", "--layer", "cme_open", "--scheme", "parish"), "No area scheme 'parish' here. Valid: locality"),
        (("table", "--layer", "cme_open", "--period", "2021/22"), "No period '2021/22' here. Valid: 2021-08-31"),
        (("table", "--layer", "cme_new", "--period", "2022-07-31"), "No period '2022-07-31' here. Valid: 2021-09"),
        (("serve", "--host", "0.0.0.0"), "Not served on 0.0.0.0"),
    ],
)
def test_wrong_use_ends_with_2_and_lists_what_is_valid(capsys, small_path, arguments, says):
    command, *rest = arguments
    status, out, err = run(capsys, command, "--workspace", small_path, *rest)
    assert (status, out) == (2, "")
    assert err.startswith(says)
    assert "Traceback" not in err


@pytest.mark.parametrize("arguments", [(), ("fly",), ("table", "--format", "xml"), ("table", "--nothing")])
def test_what_the_parser_does_not_know_ends_with_2_and_the_usage(capsys, arguments):
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert "usage: locality-atlas" in err


def test_the_commands_are_those_of_the_manual(capsys):
    status, out, _ = run(capsys, "--help")
    assert status == 0
    listed = "demo import datasets fetch snapshots purge prepare serve table figures bench"
    for command in listed.split():
        assert f"\n    {command}" in out


def test_the_workspace_is_the_folder_named_else_the_one_of_the_environment(monkeypatch):
    monkeypatch.setenv("ATLAS_WORKSPACE", "/data/atlas")
    assert str(build_parser().parse_args(["table"]).workspace) == "/data/atlas"
    assert str(build_parser().parse_args(["table", "--workspace", "here"]).workspace) == "here"
    monkeypatch.setenv("ATLAS_WORKSPACE", "")
    assert str(default_workspace()) == "workspace"


def test_the_program_ends_with_the_status_of_its_command(tmp_path):
    command = [sys.executable, "-m", "dashapp", "table", "--workspace", str(tmp_path), "--layer", "cme_open"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
