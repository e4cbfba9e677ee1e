"""The whole answer of the page on children missing education."""

import json

from callbacks.cme_page import FROM_RECORDS, cme_page, years_view
from callbacks.cme_state import read_cme_state
from callbacks.figures import Figures
from layers.cme.quality import MORE_CAN_BE_BETTER


def page_of(figures, **said):
    return figures.answer(cme_page, read_cme_state(figures.store, said))


def test_the_answer_holds_what_travels_as_json_and_is_made_once(small_figures):
    found = page_of(small_figures)
    json.dumps(found)
    assert page_of(small_figures) is found
    assert page_of(small_figures, areas="ward") is not found


def test_the_years_are_the_newest_first_and_a_printed_one_says_so(small_store):
    assert [(one["key"], one["words"], one["chosen"]) for one in years_view(small_store, "2021/22")] == [
        ("2021/22", "2021/22", True), ("2020/21", "2020/21 (printed only)", False),
    ]  # fmt: skip


def test_the_page_says_what_it_is_of(small_figures):
    found = page_of(small_figures)
    assert found["tags"] == ["synthetic"]
    assert found["lead"].startswith("14 involvements for 14 children: 2 open at the start, 12 new, 6 closed, 8 open")
    assert found["snapshot"] == small_figures.store.snapshot.id
    assert found["more"] == MORE_CAN_BE_BETTER
    assert ["Records", "cme_involvements.csv"] in found["sources"]
    kinds = [(kind, address) for kind, _, address in found["files"]]
    assert kinds == [(kind, f"cme/report.{kind}?year=2021/22&snapshot={found['snapshot']}") for kind in ("xlsx", "csv")]


def test_each_row_that_differs_from_the_print_is_listed(small_figures):
    found = page_of(small_figures)["agreement"]
    assert found["same"] is False
    assert found["words"] == f"{len(found['rows'])} rows differ from the printed report."
    assert {"table": "The year 2021/22", "row": "Involvements"} in found["rows"]
    assert page_of(small_figures, year="2020/21")["agreement"]["same"] is None


def test_a_printed_year_has_its_contradictions_and_no_section_of_records(small_figures):
    found = page_of(small_figures, year="2020/21")
    assert any("589 involvements less 528 closed leave 61 open" in note for note in found["notes"])
    assert not {anchor for anchor, _ in found["sections"]} & set(FROM_RECORDS)
    assert found["quality"] is None
    assert found["localities"] is None


def test_the_quality_counts_every_record_once(store_of, council, small_path):
    facts = {
        "basis": "synthetic", "covers_from": council.cases[6][2], "covers_to": council.cases[8][2],
        "geocoding": {"in_county": 6, "outside": 2, "blank": 1, "malformed": 0, "not_found": 0, "withheld": 1},
        "flags": {"open for 5 years or more": 2},
    }  # fmt: skip
    frame = council.events(council.cases)
    store = store_of(("cme_involvements", frame, facts))
    (store.snapshot.root / "drawing").symlink_to(small_path / "drawing")
    found = page_of(Figures(store))["quality"]
    assert [(share, count) for share, _, count in found["tiles"]] == [
        ("60.0%", 6), ("20.0%", 2), ("10.0%", 1), ("10.0%", 1),
    ]  # fmt: skip
    assert found["doubts"] == [["open for 5 years or more", 2]]
    assert found["covers"] == "from 31 August 2021 to 31 July 2022"
    assert found["accepted"] == "14 of 14 rows taken in"


def test_a_year_that_still_runs_is_not_compared_with_the_print(store_of, council, small_path):
    facts = {"basis": "synthetic", "covers_from": council.cases[6][2], "covers_to": council.cases[11][2]}
    store = store_of(("cme_involvements", council.events(council.cases), facts))
    (store.snapshot.root / "drawing").symlink_to(small_path / "drawing")
    found = page_of(Figures(store))
    assert found["when"] == "2021/22 so far, to 1 February 2022"
    assert found["agreement"]["words"] == "The year still runs, so it is not compared with what was printed."
    assert found["where"]["shown"]["when"] == "1 February 2022"
