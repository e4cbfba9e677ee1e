"""The Data page's routes: who may ask, what is refused, and a whole import through them."""

import csv
import io
import json
import re
import subprocess
import sys
import time

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app

from dashapp.data_routes import JOBS
from dashapp.factory import create_app
from dashapp.imports import uploads
from dashapp.settings import Settings
from geodata.snapshot import Workspace

OURS = {"X-Atlas": "1", "Origin": "http://localhost"}
EXPORT = (
    "Child ID,Pupil name,Date Opened,Date Closed,Closure Reason,Home Postcode\n"
    "1,Jane Smith,01/10/2021,,,HP20 1UA\n2,Priya Patel,31/02/2022,,,HP20 1UA\n3,Oliver Brown,05/11/2021,,,ZZ1 1ZZ\n"
)
FIGURES = (
    "area,area code,year,indicator,value\nBuckinghamshire,E10000002,2019,plans,4054\n"
    "Buckinghamshire,E06000060,2020,plans,4595\nEngland,E92000001,2020,plans,x\nKent,E10000016,2020,plans,9000\n"
)
WAITS = """
import json, sys, time
for line in sys.stdin:
    print(json.dumps({"step": "Working", "share": 0.5}), flush=True)
    time.sleep(600)
"""


@pytest.fixture
def server(own_path):
    server = create_app(Settings(own_path)).server
    yield server
    server.extensions[JOBS].close()


@pytest.fixture
def page(server):
    return server.test_client()


def upload(page, name="cases.csv", text=EXPORT, **more):
    return page.post("/data/uploads", data=text.encode(), headers=OURS | {"X-Atlas-Name": name} | more)


def ask(page, **question):
    return page.post("/data/jobs", json=question, headers=OURS)


def follow(page, **question):
    """Ask, and wait for the answer."""
    response = ask(page, **question)
    assert response.status_code == 200, response.get_json()
    job = response.get_json()
    for _ in range(3000):
        if job["state"] != "running":
            return job
        time.sleep(0.02)
        job = page.get(f"/data/jobs/{job['id']}.json").get_json()
    raise AssertionError("the job did not end")


def files_of(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_page_is_plain_html_with_its_own_scripts_alone(client):
    response = client.get("/data")
    assert (response.status_code, response.mimetype) == (200, "text/html")
    assert response.headers["Cache-Control"] == "no-store"
    assert '<a href="data" aria-current="page">Data</a>' in response.text
    assert "_dash" not in response.text
    for address in re.findall(r'(?:src|href)="(assets/[^"]+)"', response.text):
        with client.get(f"/{address}") as asset:
            assert asset.status_code == 200
    assert "http" not in re.sub(r"http://www.w3.org/2000/svg", "", response.text)


def test_only_scripts_of_this_page_may_run_on_it(client):
    first, second = client.get("/data"), client.get("/data")
    policy = first.headers["Content-Security-Policy"]
    (nonce,) = re.findall(r"'nonce-([^']+)'", policy)
    assert f'<script nonce="{nonce}">' in first.text
    assert nonce not in second.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-eval" not in policy


def test_the_map_page_does_without_the_data_pages_scripts(client):
    assert "assets/data/" not in client.get("/").text


def test_the_state_says_what_is_loaded(page, own_path):
    state = page.get("/data/state.json").get_json()
    assert state["snapshot"] == Workspace(own_path).current().id
    assert len(state["datasets"]) == 20
    assert state["job"] is None
    assert page.get("/data/state.json").headers["Cache-Control"] == "no-store"


POSTS = ("/data/warm", "/data/uploads", "/data/uploads/" + "0" * 32 + "/discard", "/data/jobs", "/data/jobs/x/cancel")


@pytest.mark.parametrize("address", POSTS)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://localhost"},
        {"X-Atlas": "1"},
        {"X-Atlas": "1", "Origin": "null"},
        {"X-Atlas": "1", "Origin": "http://evil.example"},
        {"X-Atlas": "1", "Origin": "http://localhost:8051"},
        {"X-Atlas": "1", "Origin": "http://localhost.evil.example"},
        {"X-Atlas": "1", "Origin": "file://localhost"},
        {"X-Atlas": "1", "Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_another_page_may_change_nothing(client, small_path, address, headers):
    before = sorted(small_path.rglob("*"))
    response = client.post(address, data="{}", headers=headers)
    assert response.status_code == 403
    assert "Reload the page" in response.get_json()["error"]
    assert sorted(small_path.rglob("*")) == before


def test_another_sites_name_for_this_machine_is_refused(client):
    headers = {"X-Atlas": "1", "Origin": "http://evil.example", "Host": "evil.example"}
    assert client.post("/data/warm", headers=headers).status_code == 403
    assert client.get("/data/state.json", headers={"Host": "evil.example"}).status_code == 403


@pytest.mark.parametrize("address", POSTS)
def test_what_changes_something_is_never_a_get(client, address):
    with client.get(address) as response:
        assert response.status_code in (404, 405) or response.mimetype == "text/html"


class Unread:
    """A body that must not be read."""

    def read(self, *_):
        raise AssertionError("it was read")

    readline = readlines = __iter__ = read


def test_a_file_that_is_too_large_is_refused_before_it_is_read(app, small_path):
    environ = EnvironBuilder("/data/uploads", method="POST", headers=OURS).get_environ()
    environ |= {"CONTENT_LENGTH": "300000000", "wsgi.input": Unread()}
    body, status, _ = run_wsgi_app(app.server, environ)
    found = json.loads(b"".join(body))
    assert status.startswith("413")
    assert "100 MB" in found["error"]
    assert found["command"] == f'locality-atlas import DATASET "FILE" --workspace "{small_path.resolve()}"'
    assert not (small_path / "uploads").exists()


def test_a_file_that_turns_out_too_large_is_refused_while_it_comes(page, own_path, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_UPLOAD_BYTES", 20)
    assert upload(page).status_code == 413
    assert not list((own_path / "uploads").iterdir())


@pytest.mark.parametrize("name", ["../../CURRENT", "..%2F..%2FCURRENT", "/etc/cron.d/x", "..", "%00", "a%0d%0ab.csv"])
def test_no_name_leads_out_of_its_folder(page, own_path, name):
    before = files_of(own_path)
    found = upload(page, name).get_json()
    (kept,) = (own_path / "uploads").rglob("*.*") if "." in found["name"] else (own_path / "uploads").rglob("*/*")
    assert kept.parent.parent == own_path / "uploads"
    assert {path: text for path, text in files_of(own_path).items() if path != kept} == before


@pytest.mark.parametrize("token", ["..", "%2e%2e", "0" * 32, "../parts"])
def test_no_token_leads_elsewhere(client, small_path, token):
    before = sorted(small_path.rglob("*"))
    assert ask(client, do="look", token=token).status_code == 400
    client.post(f"/data/uploads/{token}/discard", headers=OURS)
    assert sorted(small_path.rglob("*")) == before


@pytest.mark.parametrize(
    "address",
    [
        "/data/reports/..%2F..%2FCURRENT.json",
        "/data/reports/20990101T000000000000Z-00000000.json",
        "/data/quarantine/..%2FCURRENT.csv",
        "/data/quarantine/20990101T000000000000Z-00000000.csv",
        "/data/flagged/..%2FCURRENT.csv",
        "/data/flagged/20990101T000000000000Z-00000000.csv",
        "/data/jobs/nothing.json",
    ],
)
def test_what_is_not_there_is_not_found(client, address):
    with client.get(address) as response:
        assert response.status_code == 404 or response.mimetype == "text/html"


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ({"do": "destroy"}, "Valid: look"),
        ({"do": "import", "token": "0" * 32, "dataset": "x"}, "No dataset 'x'"),
        ({"do": "import", "token": "0" * 32, "dataset": "schools"}, "Choose it again"),
        ({"do": "check", "dataset": "schools", "said": {"reference_date": "May"}}, "'May' is not a date"),
    ],
)
def test_a_question_that_cannot_be_is_refused_with_the_remedy(client, question, says):
    response = ask(client, **question)
    assert response.status_code == 400
    assert says in response.get_json()["error"]


def test_what_an_application_that_was_stopped_had_left_is_gone_at_the_next_start(own_path):
    left = own_path / "uploads" / ("0" * 32) / "cases.csv"
    left.parent.mkdir(parents=True)
    left.write_text(EXPORT)
    create_app(Settings(own_path))
    assert not left.exists()


def test_while_one_job_runs_another_waits_and_cancel_leaves_the_snapshot(server, page, own_path):
    server.extensions[JOBS]._process.command = [sys.executable, "-c", WAITS]
    before, token = Workspace(own_path).current().id, upload(page).get_json()["token"]
    job = ask(page, do="import", token=token, dataset="cme_involvements").get_json()
    assert page.get("/data/state.json").get_json()["job"]["id"] == job["id"]
    busy = ask(page, do="rollback")
    assert busy.status_code == 409
    assert busy.get_json()["error"].startswith("Another file is being looked at")
    page.post(f"/data/uploads/{token}/discard", headers=OURS)
    assert list((own_path / "uploads").rglob("*.csv"))  # in use
    stopped = page.post(f"/data/jobs/{job['id']}/cancel", headers=OURS).get_json()
    assert stopped["state"] == "cancelled"
    assert Workspace(own_path).current().id == before
    assert not list((own_path / "uploads").rglob("*.csv"))  # given up meanwhile


def test_a_whole_import_and_the_way_back(page, own_path):
    before = Workspace(own_path).current().id
    token = upload(page, "cases%20of%20May.csv").get_json()["token"]

    looked = follow(page, do="look", token=token)["preview"]
    assert (looked["dataset"], looked["rows_in_all"], looked["names"]) == ("cme_involvements", 3, ["Pupil name"])
    assert not re.search("Jane|Priya|Oliver", json.dumps(looked))

    about = {"token": token, "dataset": "cme_involvements", "said": {"basis": "synthetic"}}
    checked = follow(page, do="check", **about)["report"]
    assert (checked["accepted"], checked["set_aside"], checked["took_in"]) == (2, 1, False)
    assert Workspace(own_path).current().id == before
    refused = follow(page, do="check", **(about | {"said": {}}))
    assert "tick 'Beside the demonstration'" in refused["error"]

    report = follow(page, do="import", **about)["report"]
    assert report["rows_read"] == report["accepted"] + report["set_aside"] == 3
    assert report["source"] == "cases of May.csv"
    assert [one["column"] for one in report["reasons"]] == ["Start of the involvement"]
    assert Workspace(own_path).current().id != before
    assert not list((own_path / "uploads").iterdir())

    state = page.get("/data/state.json").get_json()
    (row,) = next(one["parts"] for one in state["datasets"] if one["key"] == "cme_involvements")
    assert (row["rows"], row["set_aside"], row["quarantine"]) == (2, 1, report["quarantine"])
    assert page.get(f"/{row['report']}").get_json() == report
    with page.get(f"/{report['quarantine']}") as file:
        assert file.headers["Cache-Control"] == "no-store"
        assert "attachment" in file.headers["Content-Disposition"]
        (line,) = csv.DictReader(io.StringIO(file.get_data().decode("utf-8-sig")))
    assert (line["row"], line["column"], line["value"]) == ("3", "start_date", "3*/**/****")

    assert follow(page, do="purge", child="3")["removed"] == [
        {"title": "Children missing education: involvements", "rows": 1}
    ]
    assert "No row has that identifier" in follow(page, do="purge", child="3")["error"]
    assert follow(page, do="rollback", to=before)["state"] == "done"
    assert Workspace(own_path).current().id == before
    assert follow(page, do="rollback", to="nothing")["error"].startswith("No such snapshot")


def test_rows_to_look_at_are_shown_and_can_be_taken_away(page):
    text = f"{EXPORT}3,Oliver Brown,12/11/2021,,,HP20 1UA\n"
    token = upload(page, text=text).get_json()["token"]
    about = {"token": token, "dataset": "cme_involvements", "said": {"basis": "synthetic"}}
    checked = follow(page, do="check", **about)["report"]
    assert (checked["flagged_rows"], checked["flagged_list"], checked["flagged_first"]) == (1, "", [])
    report = follow(page, do="import", **about)["report"]
    assert report["rows_read"] == report["accepted"] + report["set_aside"] == 4
    (reason,) = report["flagged"]
    assert reason == checked["flagged"][0]
    assert (reason["column"], reason["rows"]) == ("Start of the involvement", 1)
    assert report["flagged_first"] == [
        {"row": "5", "column": reason["column"], "value": "1*/**/****", "reason": f"{reason['reason']}: that of row 4"}
    ]
    state = page.get("/data/state.json").get_json()
    (row,) = next(one["parts"] for one in state["datasets"] if one["key"] == "cme_involvements")
    assert (row["flagged"], row["flagged_list"]) == (1, report["flagged_list"])
    with page.get(f"/{report['flagged_list']}") as file:
        assert file.headers["Cache-Control"] == "no-store"
        assert file.headers["Content-Disposition"].startswith("attachment; filename=to-look-at_")
        (line,) = csv.DictReader(io.StringIO(file.get_data().decode("utf-8-sig")))
    assert (line["row"], line["column"]) == ("5", "start_date")


def test_published_figures_are_shown_and_can_be_taken_away(page):
    assert page.get("/data/figures.json").get_json() == {"files": []}
    token = upload(page, "plans.csv", FIGURES).get_json()["token"]
    follow(page, do="import", token=token, dataset="indicator_values")
    found = page.get("/data/figures.json").get_json()
    assert [line["area"] for line in found["lines"]] == ["Buckinghamshire", "England"]
    assert [line["cells"] for line in found["lines"]] == [["4,054", "4,595"], ["–", "not available"]]
    rows = list(csv.DictReader(io.StringIO(page.get(f"/{found['csv']}").get_data().decode("utf-8-sig"))))
    assert [(row["area"], row["period"], row["value"], row["symbol"]) for row in rows] == [
        ("Buckinghamshire", "2019", "4054", ""),
        ("Buckinghamshire", "2020", "4595", ""),
        ("England", "2020", "", "x"),
    ]
    for address in ("/data/figures.json?file=other.csv", "/data/figures.csv?file=other.csv"):
        response = page.get(address)
        assert response.status_code == 400
        assert "Valid: 'plans.csv'" in response.text


SERVE = """
import json, sys
from pathlib import Path
from dashapp.factory import create_app
from dashapp.settings import Settings

client = create_app(Settings(Path(sys.argv[1]))).server.test_client()
for address in ("/data", "/data/state.json", "/data/figures.json"):
    assert client.get(address).status_code == 200
ours = {"X-Atlas": "1", "Origin": "http://localhost"}
assert client.post("/data/uploads", data=b"a,b", headers=ours).status_code == 200
print(json.dumps(sorted({"pandas", "numpy", "geopandas", "pyarrow", "shapely"} & set(sys.modules))))
"""


def test_the_page_is_served_without_data_frames(own_path):
    command = [sys.executable, "-c", SERVE, str(own_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr
