"""The page on family centres over HTTP: what it answers, what it refuses, and its files."""

import csv
import io
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import quote

import pandas as pd
import pytest

from dashapp.factory import create_app
from dashapp.settings import Settings
from geodata.snapshot import Workspace

ASKED = "?mode=bus&add=1&close=IFC-02&move=IFC-15&to=IB-04&objective=median&by=buildings"


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
def demo_app(demo_workspace):
    return create_app(Settings(demo_workspace))


@pytest.fixture
def client(demo_app):
    with demo_app.server.test_client() as found:
        yield found


@pytest.fixture(scope="module")
def subjects_app(subjects_path):
    return create_app(Settings(subjects_path))


def test_the_page_is_whole_without_any_script(client):
    answer = client.get("/centres")
    assert answer.status_code == 200
    for words in ("children aged 5 to 17", "live more than 30 minutes by bus from an open centre", "largest part of",
                  "Who is far, and where", "What falls to whom", "What if a centre opens, closes or moves",
                  "Specialist places that match", "estimated travel", "illustrative"):  # fmt: skip
        assert words in answer.text
    assert all(form["method"] == "get" for form in Tags(answer.text).of("form"))
    assert 'aria-current="page">Family centres' in answer.text


def test_another_way_of_travel_has_other_figures(client):
    pages = [client.get(f"/centres?mode={mode}").text for mode in ("walk", "bus", "car")]
    found = [re.search(r'<p class="lead">(.*?)</p>', page)[1] for page in pages]
    assert len(set(found)) == 3
    assert "on foot" in found[0]
    assert found[2].startswith("By these estimates no children aged 5 to 17 live more than 30 minutes by car")


@pytest.mark.parametrize("query", ["", ASKED, "?mode=walk&add=9"])
def test_ids_are_there_once_and_every_label_and_anchor_leads_somewhere(client, query):
    tags = Tags(client.get(f"/centres{query}").text)
    ids = [attributes["id"] for _, attributes in tags.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    wanted = [label["for"] for label in tags.of("label")]
    wanted += [link["href"][1:] for link in tags.of("a", "use") if link.get("href", "").startswith("#")]
    wanted += [one["aria-labelledby"] for _, one in tags.found if "aria-labelledby" in one]
    assert set(wanted) <= set(ids)


def test_headings_are_in_order_and_every_table_is_named(client):
    page = client.get(f"/centres{ASKED}").text
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    tags = Tags(page)
    assert len(tags.of("table")) == len(tags.of("caption"))
    assert all(cell.get("scope") in ("row", "col", "rowgroup", "colgroup") for cell in tags.of("th"))


def test_a_link_reproduces_what_was_worked_out(client):
    page = client.get(f"/centres{ASKED}").text
    for words in ("Proven best: no other choice of these places does better.", "Who loses and who gains a centre",
                  "moving Illustrative centre: Iver to Illustrative building: Beaconsfield", "a year for the buildings",
                  "by deprivation", "closes or moves away"):  # fmt: skip
        assert words in page
    tags = Tags(page)
    assert [one["value"] for one in tags.of("input") if one.get("name") == "close" and "checked" in one] == ["IFC-02"]
    chosen = [one["value"] for one in tags.of("option") if "selected" in one]
    assert chosen == ["bus", "1", "buildings", "median", "30", "bus", "IFC-15", "IB-04"]


def test_areas_of_search_are_no_sites(client):
    page = client.get("/centres?mode=bus&add=1&by=search").text
    assert "Area of search: " in page
    assert "an area of search is no building: its cost is not known" in page
    assert "never a site" in page


@pytest.mark.parametrize(
    ("query", "said", "kept"),
    [
        ("add=0", "Nothing to do. Say how many sites to add", '<option value="0" selected'),
        ("add=9", "&#39;9&#39; is no number of sites to add here", '<option value="9" selected'),
        ("add=2&close=IFC-99", "No open centre &#39;IFC-99&#39;. Valid: IFC-01", '<option value="2" selected'),
        ("move=IFC-03", "Choose the building that the centre moves to", '<option value="IFC-03" selected'),
        ("close=IFC-03&move=IFC-03&to=IB-04", "is named 2 times", "checked"),
        ("add=1&objective=cheap", "No aim &#39;cheap&#39;", '<option value="1" selected'),
        ("add=<script>alert(1)</script>", "is no number of sites", "&lt;script&gt;"),
    ],
)
def test_what_makes_no_sense_is_said_at_the_form_with_what_was_typed(client, query, said, kept):
    answer = client.get(f"/centres?mode=walk&{query}")
    assert answer.status_code == 400
    _, _, form = answer.text.partition('<section id="sites"')
    assert said in form
    assert kept in form
    assert "live more than 30 minutes on foot" in answer.text
    assert "<script>alert" not in answer.text


def test_two_centres_at_one_point_are_refused_at_the_form_by_name(subjects_app):
    with subjects_app.server.test_client() as client:
        assert client.get("/centres").status_code == 200  # reach goes on, with a note
        answer = client.get("/centres?add=1&by=search&close=Nowhere")
    assert answer.status_code == 400
    _, _, form = answer.text.partition('<section id="sites"')
    assert "Two sites at one point cannot be told apart: Ash 2, Beyond, Elm, Oak. Correct the coordinates" in form


def test_closing_every_centre_is_refused(client):
    every = "&".join(f"close=IFC-{number:02d}" for number in range(1, 16))
    assert "No site would be open" in client.get(f"/centres?{every}").text


@pytest.mark.parametrize(
    ("query", "said"),
    [("mode=boat", "No way of travel &#39;boat&#39;. Valid: walk, bus, car"), ("colour=red", "does not know")],
)
def test_an_address_that_asks_for_nothing_there_is_refused_in_words(client, query, said):
    answer = client.get(f"/centres?{query}")
    assert answer.status_code == 400
    assert said in answer.text
    assert 'href="centres"' in answer.text


def test_only_our_own_scripts_run(client):
    answer = client.get("/centres")
    nonce = re.search(r"'nonce-([^']+)'", answer.headers["Content-Security-Policy"])[1]
    for script in Tags(answer.text).of("script"):
        assert script.get("nonce") == nonce or script.get("src", "").startswith("assets/")
    assert answer.headers["Cache-Control"] == "no-store"


def test_its_scripts_and_styles_are_served_and_are_of_this_page_alone(client):
    tags = Tags(client.get("/centres").text)
    addresses = [one["src"] for one in tags.of("script") if "src" in one]
    addresses += [one["href"] for one in tags.of("link") if not one["href"].startswith("data:")]
    for address in addresses:
        with client.get(f"/{address}") as answer:
            assert answer.status_code == 200
    assert "assets/centres/" not in client.get("/").text


def test_the_files_hold_what_the_page_shows(client):
    page = client.get(f"/centres{ASKED}").text
    found = [address.replace("&amp;", "&") for address in re.findall(r'href="(centres/[^"]+)" download', page)]
    assert [address.partition("?")[0] for address in found] == [
        f"centres/{what}.{kind}" for what in ("reach", "sites") for kind in ("csv", "xlsx", "json")
    ]
    answers = {address.partition("?")[0]: client.get("/" + address) for address in found}
    assert {answer.status_code for answer in answers.values()} == {200}
    reach = answers["centres/reach.csv"]
    assert reach.headers["Content-Disposition"].endswith("family_centres_reach_bus_2022-09-08_synthetic.csv")
    assert reach.headers["Cache-Control"] == "no-store"
    lines = list(csv.DictReader(io.StringIO(answers["centres/sites.csv"].text.removeprefix("\ufeff"))))
    lost = next(line["lost"] for line in lines
                if (line["table"], line["area"], line["group"], line["fifth"]) == ("loss", "county", "ages_5_17", "all"))  # fmt: skip  # noqa: E501
    assert f"<b>{round(float(lost)):,}</b> lose it" in page
    assert json.loads(answers["centres/sites.json"].text)["objective"] == "median"


def test_files_that_cannot_be_are_refused(client):
    assert client.get("/centres/reach.pdf").status_code == 404
    assert client.get("/centres/reach.csv?snapshot=old").status_code == 409
    assert client.get("/centres/sites.csv").status_code == 400
    assert client.get("/centres/sites.csv?close=nobody").status_code == 400
    assert client.get("/centres/reach.csv?mode=boat").status_code == 400


def test_nothing_can_be_posted(client):
    assert client.post("/centres", data={"add": "1"}).status_code in (403, 405)


def test_an_empty_workspace_says_what_to_import(small_path):
    page = create_app(Settings(small_path)).server.test_client().get("/centres?close=a")
    assert page.status_code == 200
    assert "This page needs the list of family centres" in page.text
    assert 'href="data#add"' in page.text


def test_what_is_not_loaded_is_said_and_the_rest_is_there(subjects_app):
    page = subjects_app.server.test_client().get("/centres").text
    assert "Children aged 0 to 4 in low-income families are not counted" in page
    assert "No list of buildings is loaded" in page
    assert "Without a place on the map: Nowhere" in page
    assert "Areas of search, anywhere" in page
    assert 'name="move"' not in page


def test_sites_without_a_place_are_named_at_the_form(subjects_app):
    answer = subjects_app.server.test_client().get(f"/centres?close={quote('Ash 2')}&mode=walk")
    assert answer.status_code == 400
    assert "Without a place on the map no journey can be estimated: Nowhere" in answer.text
    assert 'value="Ash 2" checked' in answer.text


def test_a_list_that_nobody_can_be_measured_from_is_said(own_path, council, subjects):
    nowhere = subjects.centres().query("name == 'Nowhere'")
    council.add_part(Workspace(own_path), "family_centres", pd.DataFrame(nowhere), basis="illustrative")
    page = create_app(Settings(own_path)).server.test_client().get("/centres")
    assert page.status_code == 200
    assert "No open family centre can be reached" in page.text


def test_the_page_is_small(client):
    packed = client.get(f"/centres{ASKED}", headers={"Accept-Encoding": "br"})
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
assert client.get("/centres?add=1").status_code == 200
after = sorted({"pandas", "geopandas", "pyarrow", "scipy"} & set(sys.modules))
print(json.dumps([before, after]))
"""


def test_serving_other_pages_loads_no_model_and_this_page_no_data_frames(demo_workspace):
    command = [sys.executable, "-c", SERVE, str(demo_workspace)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[[], []]"), done.stderr
