"""The page on link workers over HTTP: what it answers, what it refuses, its files and saved plans."""

import io
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from openpyxl import load_workbook

from callbacks.workers_model import desk_of
from dashapp.factory import create_app
from dashapp.settings import Settings
from dashapp.workers_routes import JOBS

OURS = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
PAGE = "/link-workers"


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
def workers_app(plan_path):
    return create_app(Settings(plan_path))


@pytest.fixture
def client(workers_app):
    with workers_app.server.test_client() as found:
        yield found


@pytest.fixture(scope="module")
def a_move(plan_store):
    """A school with families, its post, and a post that may take it."""
    desk = desk_of(plan_store)
    given = desk.proposed.worker_of()
    return next(
        (one.urn, given[one.urn], post.post)
        for one in desk.work.schools if one.families and one.urn in given
        for post in desk.work.posts
        if post.post != given[one.urn] and not desk.refuse(desk.proposed, one.urn, post.post).hard
    )  # fmt: skip


@pytest.fixture(scope="module")
def a_refusal(plan_store):
    """A school and a post whose hours it does not fit into."""
    desk = desk_of(plan_store)
    given = desk.proposed.worker_of()
    return next(
        (one.urn, post.post)
        for one in desk.work.schools if one.urn in given
        for post in desk.work.posts
        if post.post != given[one.urn]
        and any("over its hours" in words for words in desk.refuse(desk.proposed, one.urn, post.post).hard)
    )  # fmt: skip


def test_the_page_is_whole_without_any_script(client):
    answer = client.get(PAGE)
    assert answer.status_code == 200
    for words in ("Schools without a worker", "Families who would change worker", "Who has which schools",
                  "Move a school", "Two plans side by side", "Workbook (XLSX)", "How sure is this"):  # fmt: skip
        assert words in answer.text
    assert all(form["method"] in ("get", "post") for form in Tags(answer.text).of("form"))


@pytest.mark.parametrize("query", ["", "?worker=LW-05", "?plan=today&worker=LW-20", "?area=wycombe&with=proposed"])
def test_ids_are_there_once_and_every_label_and_anchor_leads_somewhere(client, query):
    tags = Tags(client.get(PAGE + query).text)
    ids = [attributes["id"] for _, attributes in tags.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    wanted = [label["for"] for label in tags.of("label")]
    wanted += [link["href"][1:] for link in tags.of("a") if link.get("href", "").startswith("#")]
    wanted += [one["aria-labelledby"] for _, one in tags.found if "aria-labelledby" in one]
    wanted += [one["data-to"] for _, one in tags.found if "data-to" in one]
    assert set(wanted) <= set(ids)


@pytest.mark.parametrize("query", ["", "?plan=today&worker=LW-20"])
def test_headings_are_in_order_and_every_table_is_named(client, query):
    page = client.get(PAGE + query).text
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    tags = Tags(page)
    assert len(tags.of("table")) == len(tags.of("caption"))
    assert all(cell.get("scope") in ("row", "col", "rowgroup", "colgroup") for cell in tags.of("th"))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("plan=best", "No plan &#39;best&#39; here"),
        ("plan=saved:nothing", "No plan &#39;nothing&#39;"),
        ("colour=red", "which this page does not know"),
        ("move=1:LW-01", "No school 1 here"),
        ("area=moon", "No locality"),
        ("least=9", "contradict each other"),
        ("plan=<script>alert(1)</script>", "No plan"),
    ],
)
def test_an_address_that_asks_for_nothing_there_is_refused_in_words(client, query, said):
    answer = client.get(f"{PAGE}?{query}")
    assert answer.status_code == 400
    assert said in answer.text
    assert 'href="link-workers"' in answer.text
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}/sheet/LW-05", f"{PAGE}/sheet"])
def test_only_our_own_scripts_run_and_all_that_is_asked_for_is_there(client, address):
    answer = client.get(address)
    policy = answer.headers["Content-Security-Policy"]
    nonce = re.search(r"'nonce-([^']+)'", policy)[1]
    tags = Tags(answer.text)
    root = "../" * (address.count("/") - 1)
    for script in tags.of("script"):
        assert script.get("nonce") == nonce or script.get("src", "").startswith(f"{root}assets/")
    addresses = [one["src"] for one in tags.of("script") if "src" in one]
    addresses += [one["href"] for one in tags.of("link") if not one["href"].startswith("data:")]
    for one in addresses:
        with client.get("/" + one.removeprefix(root)) as found:
            assert found.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "assets/workers/" not in client.get("/").text


def test_a_school_is_moved_and_the_effect_is_shown(client, a_move):
    urn, giver, taker = a_move
    answer = client.get(f"{PAGE}?try=1&school={urn}&to={taker}")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/link-workers?move={urn}:{taker}&worker={taker}#move"
    page = client.get(answer.headers["Location"]).text
    assert "Moved so far" in page
    for post in (giver, taker):
        assert re.search(rf'id="effect".*<th scope="row">{post}', page, re.DOTALL)
    assert 'id="undo" href="link-workers?worker=' in page


def test_a_move_that_breaks_a_hard_rule_is_not_made_and_the_rule_is_named(client, a_refusal):
    urn, post = a_refusal
    answer = client.get(f"{PAGE}?try=1&school={urn}&to={post}")
    assert answer.status_code == 400
    assert f"was not moved to {post}. {post} is over its hours" in answer.text
    assert "Moved so far" not in answer.text
    assert "Choose a school to move." in client.get(f"{PAGE}?try=1&to={post}").text


def test_a_plan_is_kept_opened_compared_and_deleted_by_forms_of_this_page_alone(client, a_move):
    urn, _, taker = a_move
    form = {"name": "Plan R", "move": f"{urn}:{taker}"}
    for headers in ({}, {"Origin": "http://elsewhere.example"}, {**OURS, "Sec-Fetch-Site": "cross-site"}):
        assert client.post(f"{PAGE}/plans", data=form, headers=headers).status_code == 403
    kept = client.post(f"{PAGE}/plans", data=form, headers=OURS)
    assert (kept.status_code, kept.headers["Location"]) == (303, "/link-workers?plan=saved:Plan+R#keep")
    page = client.get(f"{PAGE}?plan=saved:plan+r&with=proposed").text
    assert "1 school with another worker" in page
    assert "already" in client.post(f"{PAGE}/plans", data=form, headers={**OURS, "X-Atlas": "1"}).text
    bare = client.post(f"{PAGE}/plans", data=form, headers=OURS)  # a browser without scripts
    assert (bare.status_code, bare.mimetype) == (400, "text/html")
    assert re.search(r'id="save-name"[^>]*value="Plan R"[^>]*aria-describedby="save-error"', bare.text)
    assert re.search(r'id="save-error">[^<]*already', bare.text)
    assert f'<base href="../link-workers?move={urn}:{taker}">' in bare.text
    assert "base-uri 'self'" in bare.headers["Content-Security-Policy"]
    assert "<base" not in page
    assert client.post(f"{PAGE}/plans", data={"name": ""}, headers=OURS).status_code == 400
    gone = client.post(f"{PAGE}/plans/delete", headers=OURS,
                       data={"name": "Plan R", "version": "1", "plan": "saved:Plan R", "worker": "LW-01"})  # fmt: skip
    assert gone.headers["Location"] == "/link-workers?worker=LW-01#keep"
    assert "Plan R" not in client.get(PAGE).text
    assert client.post(f"{PAGE}/plans/delete", data={"name": "x"}, headers=OURS).status_code == 400


def test_the_workbook_and_the_sheets(client):
    answer = client.get(f"{PAGE}/team.xlsx")
    assert answer.headers["Content-Disposition"].endswith("link_workers_synthetic.xlsx")
    book = load_workbook(io.BytesIO(answer.data))
    assert len(book.sheetnames) == 4 + 58
    assert client.get(f"{PAGE}/team.xlsx?snapshot=old").status_code == 409
    assert client.get(f"{PAGE}/team.xlsx?plan=x").status_code == 400
    sheet = client.get(f"{PAGE}/sheet/LW-05?plan=today")
    assert sheet.status_code == 200
    assert "Today&#39;s sharing" in sheet.text
    assert "famil" not in re.sub(r"<header.*?</header>|Family centres", "", sheet.text, flags=re.DOTALL).lower()
    assert client.get(f"{PAGE}/sheet/LW-99").status_code == 400


def test_an_empty_workspace_says_what_to_import(small_path):
    client = create_app(Settings(small_path)).server.test_client()
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "This page needs the list of schools" in page.text
    assert 'href="data#add"' in page.text
    assert client.get(f"{PAGE}/team.xlsx").status_code == 400
    assert client.get(f"{PAGE}/sheet").status_code == 400


def test_while_there_is_no_plan_the_page_waits_for_it(demo_workspace, tmp_path):
    folder = shutil.copytree(demo_workspace, tmp_path / "own", ignore=shutil.ignore_patterns("derived"))
    app = create_app(Settings(folder))
    started = []

    def ensure(_snapshot, wanted, *, again=False):
        started.append((wanted.most, again))
        return "" if again else "Hours cannot carry the load."

    app.server.extensions[JOBS].ensure = ensure
    client = app.server.test_client()
    failed = client.get(f"{PAGE}?most=6")
    assert failed.status_code == 200
    assert "Hours cannot carry the load." in failed.text
    assert "link-workers?most=6&amp;hard=1&amp;again=1" in failed.text
    waiting = client.get(f"{PAGE}?again=1")
    assert 'data-ready="link-workers/ready.json"' in waiting.text
    assert started == [(6, False), (5, True)]
    impossible = client.get(f"{PAGE}?least=2&most=2").text
    assert re.search(r"With exactly 2 schools .* x 2 = \d+ places for 237 schools", impossible)
    assert "again=1" not in impossible
    assert len(started) == 2
    assert client.get(f"{PAGE}/ready.json").get_json() == {"state": "ended"}
    assert client.get(f"{PAGE}/team.xlsx").status_code == 409
    # Today's sharing needs no plan.
    assert re.search(r"Today&#39;s sharing: \d+ of 237 schools have a worker", client.get(f"{PAGE}?plan=today").text)


def test_the_page_is_small(client):
    packed = client.get(PAGE, headers={"Accept-Encoding": "br"})
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
assert client.get("/link-workers").status_code == 200
after = sorted({"pandas", "geopandas", "pyarrow", "highspy"} & set(sys.modules))
print(json.dumps([before, after]))
"""


def test_serving_other_pages_loads_no_model_and_this_page_no_data_frames(plan_path):
    command = [sys.executable, "-c", SERVE, str(plan_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[[], []]"), done.stderr
