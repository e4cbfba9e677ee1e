"""A demonstration with its forecast, for the commands that work one out."""

import shutil

import pytest

from dashapp.cli import main


@pytest.fixture(scope="session")
def forecast_workspace(demo_workspace, tmp_path_factory):
    """The demonstration council with the forecast kept; never written to by a test but for that."""
    path = tmp_path_factory.mktemp("forecast") / "demo"
    shutil.copytree(demo_workspace, path)
    assert main(["forecast", "--workspace", str(path), "--format", "json"]) == 0
    return path


@pytest.fixture
def ask(forecast_workspace, capsys):
    """Run a command on it; the status, and what was printed."""

    def run(command, *words):
        capsys.readouterr()
        status = main([command, "--workspace", str(forecast_workspace), *words])
        return status, capsys.readouterr()

    return run
