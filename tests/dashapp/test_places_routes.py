"""The page on specialist places over HTTP: what it answers, what it refuses, its files and scenarios."""

import csv
import io
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from dashapp.factory import create_app
from dashapp.places_forecast import ForecastJobs
from dashapp.places_routes import JOBS
from dashapp.settings import Settings
from layers.sufficiency.scenario import scenario_of, scenario_text

PLAN = scenario_text(scenario_of({"name": "x", "options": [{"option": "over_number"}]}))
OURS = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}


class Tags(HTMLParser):
    """Every element of a page with its attributes."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def of(self, *names):
        return [attributes for tag, attributes in self.found if tag in names]


@pytest.fixture(scope="module")
def forecast_app(forecast_path):
    return create_app(Settings(forecast_path))


@pytest.fixture
def client(forecast_app):
    with forecast_app.server.test_client() as found:
        yield found


def test_the_page_is_whole_without_any_script(client):
    answer = client.get("/places?year=2027")
    assert answer.status_code == 200
    for words in ("more specialist places are needed than are open or planned", "more than 12,000",
                  "Where, for which need, phase and provision", "What is planned, and when it opens",
                  "What the council says, beside the figures", "What the model cannot know"):  # fmt: skip
        assert words in answer.text
    assert all(form["method"] in ("get", "post") for form in Tags(answer.text).of("form"))


@pytest.mark.parametrize("query", ["", f"?plan={PLAN}&with=examples", "?area=aylesbury&need=semh&finer=1"])
def test_ids_are_there_once_and_every_label_and_anchor_leads_somewhere(client, query):
    tags = Tags(client.get(f"/places{query}").text)
    ids = [attributes["id"] for _, attributes in tags.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    wanted = [label["for"] for label in tags.of("label")]
    wanted += [link["href"][1:] for link in tags.of("a") if link.get("href", "").startswith("#")]
    wanted += [one["aria-labelledby"] for _, one in tags.found if "aria-labelledby" in one]
    assert set(wanted) <= set(ids)


def test_headings_are_in_order_and_every_table_is_named(client):
    page = client.get("/places?with=examples").text
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    tags = Tags(page)
    assert len(tags.of("table")) == len(tags.of("caption"))
    assert all(cell.get("scope") in ("row", "col", "rowgroup", "colgroup") for cell in tags.of("th"))


def test_every_cell_of_the_matrix_is_a_link_with_a_sentence(client):
    cells = [link for link in Tags(client.get("/places").text).of("a") if link.get("class") == "cell"]
    assert len(cells) > 200
    assert all(cell["title"] and cell["href"].endswith("#cell") for cell in cells)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("year=1999", "No January &#39;1999&#39; here. Valid: 2025, 2026"),
        ("area=moon", "Valid: county, aylesbury"),
        ("colour=red", "which this page does not know"),
        ("scenario=nothing", "No saved scenario"),
        ("plan=abc", "no whole scenario"),
        ("year=<script>alert(1)</script>", "No January"),
    ],
)
def test_an_address_that_asks_for_nothing_there_is_refused_in_words(client, query, said):
    answer = client.get(f"/places?{query}")
    assert answer.status_code == 400
    assert said in answer.text
    assert 'href="places?year=2027"' in answer.text
    assert "<script>alert" not in answer.text


def test_only_our_own_scripts_run(client):
    answer = client.get("/places")
    policy = answer.headers["Content-Security-Policy"]
    nonce = re.search(r"'nonce-([^']+)'", policy)[1]
    for script in Tags(answer.text).of("script"):
        assert script.get("nonce") == nonce or script.get("src", "").startswith(("assets/", "vendor/"))
    assert answer.headers["Cache-Control"] == "no-store"


def test_its_scripts_and_styles_are_served_and_are_of_this_page_alone(client):
    tags = Tags(client.get("/places").text)
    addresses = [one["src"] for one in tags.of("script") if "src" in one]
    addresses += [one["href"] for one in tags.of("link") if not one["href"].startswith("data:")]
    for address in addresses:
        with client.get(f"/{address}") as answer:
            assert answer.status_code == 200
    assert "assets/places/" not in client.get("/").text


def test_the_form_gives_an_address_that_holds_the_scenario(client):
    fields = "try=1&year=2027&school1_name=North&school1_secondary=80&school1_opens=2026-09-01&school1_area=aylesbury"
    answer = client.get(f"/places?{fields}")
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"])
    assert "cells change with the scenario" in page.text
    assert '<span class="was">was ' in page.text
    assert 'value="North"' in page.text


def test_the_matrix_comes_alone_for_a_script_that_asks(client):
    answer = client.get(f"/places?year=2027&plan={PLAN}", headers={"X-Atlas-Part": "matrix"})
    assert answer.status_code == 200
    assert answer.text.strip().startswith("<section") or 'id="matrix"' in answer.text
    assert 'id="scenario"' not in answer.text


def test_a_form_that_makes_no_sense_comes_back_with_what_was_typed(client):
    answer = client.get("/places?try=1&school1_name=North&school1_secondary=80&school1_opens=2020-09-01")
    assert answer.status_code == 400
    assert "lies in the past" in answer.text
    assert 'value="North"' in answer.text
    typed = client.get("/places?try=1&avoided=<b>&avoided_from=2027")
    assert "is no number" in typed.text
    assert "<b>&#39;" not in typed.text


def test_a_scenario_is_kept_and_deleted_by_forms_of_this_page_alone(client):
    form = {"name": "Plan R", "plan": PLAN, "year": "2027", "area": "aylesbury"}
    for headers in ({}, {"Origin": "http://elsewhere.example"}, {**OURS, "Sec-Fetch-Site": "cross-site"}):
        assert client.post("/places/scenarios", data=form, headers=headers).status_code == 403
    kept = client.post("/places/scenarios", data=form, headers=OURS)
    assert kept.status_code == 303
    assert kept.headers["Location"].endswith("/places?year=2027&area=aylesbury&scenario=Plan+R#scenario")
    assert "Plan R" in client.get("/places?scenario=plan+r").text
    assert "already" in client.post("/places/scenarios", data=form, headers=OURS).text
    gone = client.post("/places/scenarios/delete", data={"name": "Plan R", "version": "1"}, headers=OURS)
    assert gone.status_code == 303
    assert "Plan R" not in client.get("/places").text
    assert client.post("/places/scenarios/delete", data={"name": "x"}, headers=OURS).status_code == 400


def test_the_matrix_as_a_file(client):
    answer = client.get("/places/matrix.csv?year=2027")
    assert answer.headers["Content-Disposition"].endswith("specialist_places_gap_2027_synthetic.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert {row["year"] for row in rows} == {"2027"}
    assert client.get("/places/matrix.json?year=2027").get_json()["year"] == 2027
    assert client.get("/places/matrix.pdf").status_code == 404
    assert client.get("/places/matrix.csv?year=1999").status_code == 400
    assert client.get("/places/matrix.csv?snapshot=old").status_code == 409
    (address,) = set(re.findall(r'href="(places/matrix\.csv[^"]+)"', client.get("/places").text))
    assert "&amp;snapshot=" in address
    assert client.get("/" + address.replace("&amp;", "&")).status_code == 200


def test_an_empty_workspace_says_what_to_import(small_path):
    page = create_app(Settings(small_path)).server.test_client().get("/places")
    assert page.status_code == 200
    assert "This page needs the list of specialist places" in page.text
    assert 'href="data#add"' in page.text


def test_while_there_is_no_forecast_the_page_waits_for_it(demo_workspace, tmp_path):
    # Other tests work the forecast out in the workspace that all share.
    folder = shutil.copytree(demo_workspace, tmp_path / "own", ignore=shutil.ignore_patterns("derived"))
    app = create_app(Settings(folder))
    started = []

    class Waiting(ForecastJobs):
        def ensure(self, snapshot, *, again=False):
            started.append((snapshot, again))
            return "" if again else "Two Januaries are needed."

    register_again(app, Waiting(folder))
    client = app.server.test_client()
    failed = client.get("/places")
    assert failed.status_code == 200
    assert "Two Januaries are needed." in failed.text
    waiting = client.get("/places?again=1")
    assert 'data-ready="places/ready.json"' in waiting.text
    assert [again for _, again in started] == [False, True]
    assert client.get("/places/ready.json").get_json() == {"state": "ended"}
    assert client.get("/places/matrix.csv").status_code == 409


def register_again(app, jobs):
    """Let an app ask other jobs than its own."""
    own = app.server.extensions[JOBS]
    own.ensure = jobs.ensure


def test_the_page_is_small(client):
    packed = client.get("/places", headers={"Accept-Encoding": "br"})
    assert packed.headers["Content-Encoding"] == "br"
    assert len(packed.data) < 60_000


SERVE = """
import json, sys
from pathlib import Path
from dashapp.factory import create_app
from dashapp.settings import Settings

client = create_app(Settings(Path(sys.argv[1]))).server.test_client()
assert client.get("/cme").status_code == 200
before = sorted({"pandas", "geopandas", "numpy", "pyarrow", "sqlalchemy"} & set(sys.modules))
assert client.get("/places").status_code == 200
after = sorted({"pandas", "geopandas", "pyarrow", "scipy"} & set(sys.modules))
print(json.dumps([before, after]))
"""


def test_serving_other_pages_loads_no_model_and_this_page_no_data_frames(forecast_path):
    command = [sys.executable, "-c", SERVE, str(forecast_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[[], []]"), done.stderr
