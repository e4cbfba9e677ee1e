"""The files of the page on family centres: the same figures in every form, no formula that a spreadsheet would run."""

import csv
import io
import json
import zipfile
from dataclasses import replace

import pytest

from callbacks.centres_files import file_name, reach_file, sites_file
from callbacks.centres_state import CentresState
from layers.family_centres.reach_report import reach_report
from layers.family_centres.site_report import SiteAsked, site_plan
from layers.report import plain

STATE = CentresState("bus")


@pytest.fixture(scope="module")
def plan(demo_store):
    return site_plan(demo_store, SiteAsked(add=1, close=("IFC-02",), mode="bus"))


def rows(body):
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))


def test_reach_is_the_same_in_every_form(demo_store):
    far = plain(reach_report(demo_store, "bus").table("within_ages_5_17").row("Buckinghamshire")["far"])
    wanted = ("within_ages_5_17", "Buckinghamshire", "far")
    lines = rows(reach_file(demo_store, STATE, "csv"))
    (line,) = [one for one in lines if (one["table"], one["row"], one["column"]) == wanted]
    assert float(line["value"]) == far
    found = json.loads(reach_file(demo_store, STATE, "json"))
    (table,) = [one for one in found["tables"] if one["key"] == "within_ages_5_17"]
    assert table["rows"][-1]["far"] == far
    assert found["mode"] == "bus"
    with zipfile.ZipFile(io.BytesIO(reach_file(demo_store, STATE, "xlsx"))) as book:
        names = book.read("xl/workbook.xml").decode()
        assert "xl/worksheets/sheet2.xml" in book.namelist()
    for name in ("Reach, ages 5 to 17", "Reach, ages 0 to 4 low income", "Opening days", "Specialist places"):
        assert f'name="{name}"' in names


def test_who_loses_is_in_the_file_by_locality_age_and_deprivation(demo_store, plan):
    lines = [one for one in rows(sites_file(demo_store, plan, "csv")) if one["table"] == "loss"]
    total = next(one for one in lines if (one["area"], one["group"], one["fifth"]) == ("county", "ages_5_17", "all"))
    found = json.loads(sites_file(demo_store, plan, "json"))["losses"]
    assert len(found) == len(lines)
    assert float(total["lost"]) == next(
        one["lost"] for one in found if (one["area"], one["group"], one["fifth"]) == ("county", "ages_5_17", "all")
    )
    assert float(total["lost_share"]) == pytest.approx(100 * float(total["lost"]) / float(total["before"]), abs=0.01)
    with zipfile.ZipFile(io.BytesIO(sites_file(demo_store, plan, "xlsx"))) as book:
        assert 'name="Who loses and gains"' in book.read("xl/workbook.xml").decode()


def test_a_name_that_is_a_formula_is_neutralised(demo_store, plan):
    risky = replace(plan, chosen=(replace(plan.chosen[0], name='=HYPERLINK("http://x")'),))
    names = {one["name"] for one in rows(sites_file(demo_store, risky, "csv"))}
    assert '\'=HYPERLINK("http://x")' in names
    with zipfile.ZipFile(io.BytesIO(sites_file(demo_store, risky, "xlsx"))) as book:
        assert not any(b"<f>" in book.read(name) for name in book.namelist())


def test_a_file_is_named_for_what_it_holds():
    assert file_name("reach", STATE, "2022-09-08", ("synthetic",), "csv") == (
        "family_centres_reach_bus_2022-09-08_synthetic.csv"
    )
    assert file_name("sites", STATE, "2022-09-08", (), "xlsx").endswith("_officer-only.xlsx")
