import csv
import io
import json

import pytest

from layers.family_centres.site_files import as_csv, as_json, as_text, fifth_words, site_report
from layers.family_centres.site_report import SiteAsked, site_plan
from layers.family_centres.site_words import NOT_COVERED
from layers.report import Figure


@pytest.fixture(scope="module")
def plan(demo_store):
    return site_plan(demo_store, SiteAsked(add=1, close=("IFC-09",), move=(("IFC-10", "IB-03"),), mode="walk"))


def test_json_has_everything(demo_store, plan):
    shown = json.loads(json.dumps(as_json(demo_store, plan), allow_nan=False))
    assert (shown["report"], shown["objective"], shown["unit"], shown["status"]) == (
        "site", "median", "minutes, weighed", "optimal",
    )  # fmt: skip
    assert shown["gap"] <= 1e-5
    assert shown["bound"] == pytest.approx(shown["value"], rel=1e-4)
    assert (shown["equals"], shown["unserved"], shown["beyond"]) == ([], 0, 0)
    (one,) = shown["sites"]
    assert set(one) >= {"name", "kind", "cost", "rooms", "days", "longitude", "latitude"}
    assert shown["moved"][0]["to"]["key"] == "IB-03"
    assert len(shown["reach"]) == len(plan.before)
    for row in shown["losses"]:
        assert row["before"] - row["lost"] + row["gained"] == pytest.approx(row["after"], abs=0.01)
        share = 100 * row["lost"] / row["before"] if row["before"] else None
        assert row["lost_share"] == (None if share is None else pytest.approx(share, abs=0.01))
    assert {row["area"] for row in shown["losses"]} >= {"county"}
    assert set(shown["basis"]) >= {"synthetic"}
    assert shown["notes"]


def test_csv_carries_words_and_proof_on_every_line(demo_store, plan):
    lines = list(csv.DictReader(io.StringIO(as_csv(demo_store, plan))))
    assert {line["table"] for line in lines} == {"site", "reach", "loss"}
    assert [line["change"] for line in lines if line["table"] == "site"] == ["added", "closed", "moved to"]
    assert all("synthetic" in line["basis"] and line["status"] == "optimal" for line in lines)


def test_text_is_the_report(demo_store, plan):
    said = "\n".join(as_text(demo_store, plan))
    assert "Who loses and gains a centre within 30 minutes" in said
    assert "Bound: no choice is better than" in said
    report = site_report(demo_store, plan)
    assert [table.key for table in report.tables] == ["sites", "reach", "losses"]
    assert report.basis == plan.basis
    assert NOT_COVERED in report.table("losses").notes
    headings = [column.title for table in report.tables for column in table.columns]
    assert all(title[0].isupper() or not title[0].isalpha() for title in headings)
    for one, row in zip(plan.losses, report.table("losses").rows, strict=True):
        assert row["lost_share"] == (Figure(100 * one.lost / one.before, 1, "%") if one.before else None)


def test_fifths_in_words():
    assert [fifth_words(fifth) for fifth in (0, 1, 5, None)] == ["all", "1", "5", "not known"]
