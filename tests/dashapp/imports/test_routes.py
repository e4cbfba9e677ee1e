"""How a job is told to the page; the routes themselves are tried in tests/dashapp/test_data_routes.py."""

from pathlib import Path

import pytest

from dashapp.imports.jobs import Job
from dashapp.imports.routes import command_for, job_view
from geodata.snapshot import Workspace

REPORT = {"dataset": "schools", "source_name": "s.csv", "sha256": "ab" * 32, "part_id": "p", "basis": "real",
          "rows_read": 2, "accepted": 1, "quarantined": 1}  # fmt: skip


@pytest.fixture
def workspace(small_path):
    return Workspace(small_path)


def test_a_running_job_says_how_far_it_is(workspace):
    job = Job("import", step="Checking", share=0.3)
    assert job_view(job, workspace) == {
        "id": job.id, "do": "import", "state": "running", "step": "Checking", "share": 0.3,
    }  # fmt: skip


@pytest.mark.parametrize("do", ["check", "import"])
def test_a_report_is_told_whether_the_file_was_taken_in_or_refused(workspace, do):
    done = job_view(Job(do, state="done", answer={"result": REPORT}), workspace)
    refused = job_view(Job(do, state="refused", answer={"error": "Say --date.", "report": REPORT}), workspace)
    assert done["report"] == refused["report"]
    assert (done["report"]["accepted"], done["report"]["set_aside"]) == (1, 1)
    assert refused["error"] == "Say it under 'Counts at'."


def test_a_removal_names_the_datasets_in_words(workspace):
    job = Job("purge", state="done", answer={"result": {"rows": {"ehc_plans": 2}, "snapshot_id": "s"}})
    assert job_view(job, workspace)["removed"] == [{"title": "Education, health and care plans", "rows": 2}]


def test_the_command_for_a_large_file_can_be_pasted():
    command = command_for(Path("/a folder"), "my cases.csv")
    assert command == 'locality-atlas import DATASET "my cases.csv" --workspace "/a folder"'
