"""The page on children missing education over HTTP: what it answers, what it refuses, and its files."""

import csv
import io
import re
import subprocess
import sys
from html.parser import HTMLParser
from itertools import pairwise

import brotli
import pytest
from openpyxl import load_workbook

from dashapp.factory import create_app
from dashapp.settings import Settings
from geodata.snapshot import Workspace


class Tags(HTMLParser):
    """Every element of a page with its attributes, and the ids that occur."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def of(self, *names):
        return [attributes for tag, attributes in self.found if tag in names]


def test_the_page_is_whole_without_any_script(client):
    answer = client.get("/cme")
    assert answer.status_code == 200
    for words in ("Children missing education", "committee year 2021/22", "Open on 31 July 2022",
                  "14 involvements for 14 children", "Where they live", "Printed and recomputed",
                  "More children found can mean better finding"):  # fmt: skip
        assert words in answer.text
    forms = Tags(answer.text).of("form")
    assert [(form["method"], form["action"].split("#")[0]) for form in forms] == [("get", "cme"), ("get", "cme")]


def test_ids_are_there_once_and_every_label_and_anchor_leads_somewhere(client):
    tags = Tags(client.get("/cme?areas=ward").text)
    ids = [attributes["id"] for _, attributes in tags.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    wanted = [label["for"] for label in tags.of("label")]
    wanted += [link["href"][1:] for link in tags.of("a") if link.get("href", "").startswith("#")]
    wanted += [one["aria-labelledby"] for _, one in tags.found if "aria-labelledby" in one]
    assert set(wanted) <= set(ids)


def test_headings_are_in_order_and_every_table_is_named(client):
    page = client.get("/cme").text
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    tags = Tags(page)
    assert len(tags.of("table")) == len(tags.of("caption")) == page.count("<tbody>")
    assert all(cell.get("scope") in ("row", "col") for cell in tags.of("th"))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("year=1999/00", "No committee year &#39;1999/00&#39; here. Valid: 2020/21, 2021/22."),
        ("measure=moon", "Valid: cme_open, cme_new, cme_long_open, cme_closed_soon."),
        ("areas=lsoa", "LSOAs: this page does not draw them, the Map page does."),
        ("colour=red", "The address has &#39;colour&#39;, which this page does not know."),
    ],
)
def test_an_address_that_asks_for_nothing_there_is_refused_in_words(client, query, said):
    answer = client.get(f"/cme?{query}")
    assert answer.status_code == 400
    assert said in answer.text
    assert 'href="cme?year=2021/22"' in answer.text


def test_what_the_address_says_never_becomes_markup(client):
    answer = client.get("/cme", query_string={"year": "<script>alert(1)</script>"})
    assert answer.status_code == 400
    assert "<script>alert" not in answer.text


def test_only_our_own_scripts_run_and_forms_go_nowhere_else(client):
    answer = client.get("/cme")
    policy = answer.headers["Content-Security-Policy"]
    nonce = re.search(r"'nonce-([^']+)'", policy)[1]
    assert "default-src 'none'" in policy
    assert "form-action 'self'" in policy
    assert "unsafe-eval" not in policy
    for script in Tags(answer.text).of("script"):
        assert script.get("nonce") == nonce or script.get("src", "").startswith("assets/")
    assert nonce not in client.get("/cme").text
    assert answer.headers["Cache-Control"] == "no-store"


def test_its_scripts_and_styles_are_served_and_are_of_this_page_alone(client):
    tags = Tags(client.get("/cme").text)
    addresses = [one["src"] for one in tags.of("script") if "src" in one]
    addresses += [one["href"] for one in tags.of("link") if not one["href"].startswith("data:")]
    assert len(addresses) > 6
    for address in addresses:
        with client.get(f"/{address}") as answer:
            assert answer.status_code == 200
    assert "assets/cme/" not in client.get("/").text


def test_a_printed_year_shows_the_contradiction_of_the_papers(client):
    page = client.get("/cme?year=2020/21").text
    assert "2020/21 (printed only)" in page
    assert "589 involvements less 528 closed leave 61 open" in page
    assert "The records do not speak of this year, so there is no map of it." in page


def test_the_page_says_synthetic_only_where_it_is(client, real_path):
    assert '<span class="tag">synthetic</span>' in client.get("/cme").text
    real = create_app(Settings(real_path)).server.test_client().get("/cme?areas=ward").text
    assert '<span class="tag">synthetic</span>' not in real
    assert "Rate withheld" in real


def test_the_workbook_and_the_csv_are_named_for_what_they_hold(client, real_path):
    book = client.get("/cme/report.xlsx?year=2021/22")
    assert book.headers["Content-Disposition"] == "attachment; filename=cme_report_2021-22_synthetic.xlsx"
    assert book.headers["Cache-Control"] == "no-store"
    assert "annual" in load_workbook(io.BytesIO(book.data)).sheetnames
    real = create_app(Settings(real_path)).server.test_client().get("/cme/report.csv?year=2021/22")
    assert real.headers["Content-Disposition"] == "attachment; filename=cme_report_2021-22_officer-only.csv"
    rows = list(csv.DictReader(io.StringIO(real.text.removeprefix("\ufeff"))))
    found = [
        row["value"]
        for row in rows
        if (row["table"], row["row"], row["column"]) == ("annual", "Children", "recomputed")
    ]
    assert found == ["14"]


def test_the_report_as_json_is_that_of_the_year_asked_for(client):
    assert client.get("/cme/report.json?year=2020/21").get_json()["period"] == "2020/21"
    assert client.get("/cme/report.json").get_json()["period"] == "2021/22"


def test_a_file_that_is_not_there_is_refused_in_words(client):
    assert client.get("/cme/report.pdf").status_code == 404
    answer = client.get("/cme/report.csv?year=1999/00")
    assert answer.status_code == 400
    assert "Valid: 2020/21, 2021/22." in answer.text


def test_page_and_file_are_never_of_different_snapshots(own_path, council):
    client = create_app(Settings(own_path)).server.test_client()
    (address,) = set(re.findall(r'href="(cme/report\.csv[^"]+)"', client.get("/cme").text))
    address = address.replace("&amp;", "&")
    assert client.get(f"/{address}").status_code == 200
    council.add_part(Workspace(own_path), "population", council.population(30), reference_date=council.dated)
    changed = client.get(f"/{address}")
    assert changed.status_code == 409
    assert "The data have changed" in changed.text


def test_the_page_is_small(client):
    packed = client.get("/cme?areas=ward", headers={"Accept-Encoding": "br"})
    assert packed.headers["Content-Encoding"] == "br"
    assert len(packed.data) < 60_000
    assert b"Children missing education" in brotli.decompress(packed.data)


SERVE = """
import json, sys
from pathlib import Path
from dashapp.factory import create_app
from dashapp.settings import Settings

client = create_app(Settings(Path(sys.argv[1]))).server.test_client()
for address in ("/cme", "/cme?areas=ward&smooth=1", "/cme?year=2020/21", "/cme/report.csv", "/cme/report.json",
                "/cme/report.xlsx"):
    assert client.get(address).status_code == 200, address
print(json.dumps(sorted({"pandas", "geopandas", "numpy", "pyarrow", "shapely"} & set(sys.modules))))
"""


def test_serving_the_page_imports_no_data_frames(small_path):
    command = [sys.executable, "-c", SERVE, str(small_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr
