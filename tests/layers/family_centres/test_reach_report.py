"""Reach as a report: its tables add up, its sentences say what is estimated."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from geodata.errors import UsageError
from layers.family_centres.reach import Reach, reach, reach_of
from layers.family_centres.reach_report import about, dated_words, day_words, far_sentence, reach_report, shared_words
from layers.report import plain
from layers.report_files import as_csv, as_json, as_text


def test_localities_add_up_to_the_county_in_every_table_of_children(subjects_store):
    report = reach_report(subjects_store)
    table = report.table("within_ages_5_17")
    *parts, county = table.rows
    for key in ("children", "within_10", "within_20", "within_30", "far"):
        assert sum(plain(row[key]) for row in parts) == pytest.approx(plain(county[key]))
    assert county["area"] == "Buckinghamshire"
    assert plain(county["far"]) == pytest.approx(plain(county["children"]) - plain(county["within_30"]))


def test_every_word_that_must_stand_by_the_figures_does(subjects_store):
    report = reach_report(subjects_store, "walk")
    assert report.basis == ("illustrative", "synthetic", "modelled population", "estimated travel")
    assert report.title == "Reach of the family centres on foot"
    assert report.about["mode"] == "walk"
    assert report.notes[0].startswith("Journeys on foot: estimated")
    assert any("Nowhere" in note for note in report.notes)
    assert any("low-income families are not counted" in note for note in report.notes)
    assert any("assumed" in note for note in report.notes if note.startswith("Settings"))


def test_the_sentence_says_how_many_and_where_most_of_them_live(subjects_store):
    found = reach_of(subjects_store, "bus")
    said = far_sentence(subjects_store, found, found.ground.groups[0])
    county = found.rows[-1]
    far = county.children - county.within[-1]
    assert said.startswith(
        f"About {round(far, -2):,.0f} children aged 5 to 17 (an estimated {100 * far / county.children:.1f}%) live"
    )
    counted = replace(found.ground.groups[0], basis="")
    said = far_sentence(subjects_store, found, counted)
    assert said.startswith(f"An estimated {far:,.0f} children aged 5 to 17 ({100 * far / county.children:.1f}%) live")
    assert "more than 30 minutes by bus from an open centre; " in said


@pytest.mark.parametrize(
    ("minutes", "children", "says"),
    [
        (5.0, 1.0, "By these estimates no children aged 5 to 17 live more than 30 minutes by bus from an open centre."),
        (5.0, 0.0, "There are no children aged 5 to 17."),
        (50.0, 1.0, "About 300 children aged 5 to 17 (an estimated 100.0%) live more than 30 minutes by bus"),
    ],
)
def test_nobody_far_and_nobody_at_all(subjects_store, minutes, children, says):
    found = reach_of(subjects_store, "bus")
    group = replace(found.ground.groups[0], children=np.full(319, children))
    ground = replace(found.ground, groups=(group,))
    travel = replace(found.travel, minutes=np.full_like(found.travel.minutes, minutes))
    changed = Reach(ground, travel, reach(ground, travel), found.catchments)
    assert far_sentence(subjects_store, changed, group).startswith(says)


def test_specialist_places_are_for_officers_and_say_what_is_not_loaded(subjects_store, store_of, subjects):
    assert [table.key for table in reach_report(subjects_store, officer=False).tables] == [
        "within_ages_5_17", "opening_days",
    ]  # fmt: skip
    store = store_of(("family_centres", subjects.centres(), {}))
    table = reach_report(store).table("specialist")
    assert (table.rows, table.sentence.startswith("provision is not loaded")) == ((), True)


def test_both_groups_have_a_table_of_their_own(store_of, subjects):
    rows = pd.DataFrame([(subjects.a1, 10)], columns=["atom", "ages_0_4"])
    low = ("low_income", rows, {"basis": "synthetic", "reference_date": pd.Timestamp("2023-03-31").date()})
    report = reach_report(store_of(("family_centres", subjects.centres(), {}), low))
    table = report.table("within_low_income_0_4")
    assert plain(table.row("Buckinghamshire")["children"]) == 10
    assert table.notes[0].startswith("Children aged 0 to 4 in low-income families, of 31 March 2023: synthetic; 318 of")
    assert [column.key for column in report.table("opening_days").columns] == [
        "area", "code", "low_income_0_4", "ages_5_17",
    ]  # fmt: skip


def test_the_demonstration_prints_in_every_form(demo_store):
    report = reach_report(demo_store, "car")
    assert json.loads(json.dumps(as_json(report), allow_nan=False))["period"] == "2022-09-08"
    assert "within_30" in as_csv(report)
    lines = as_text(report)
    assert any("Small numbers: for officers only." in line for line in lines)
    table = report.table("specialist")
    assert all(row["plans"] > 0 for row in table.rows)
    assert "a commissioned place for their broad area of need and phase within 45 minutes by car" in table.sentence
    early = sum(row["plans"] for row in table.rows if (row["code"], row["phase"]) == ("county", "Early years"))
    assert table.sentence.endswith(
        f"; among the others are {early} in early years, for whom no such place is listed at all."
    )


def test_what_cannot_be_answered_is_refused_with_the_remedy(subjects_store, small_store, store_of, subjects):
    with pytest.raises(UsageError, match=r"No way of travel 'tram'\. Valid: walk, bus, car\."):
        reach_report(subjects_store, "tram")
    with pytest.raises(UsageError, match="family_centres is not loaded"):
        reach_report(small_store)
    frame = subjects.centres().assign(easting=None, northing=None).astype({"easting": float, "northing": float})
    with pytest.raises(UsageError, match="No open family centre can be reached"):
        reach_report(store_of(("family_centres", frame, {})))


@pytest.mark.parametrize(
    ("count", "basis", "said"),
    [(49_540.2, "modelled population", "about 49,500"), (49_540.2, "synthetic", "49,540"),
     (49.9, "estimated areas; modelled population", "fewer than 50"), (0.2, "modelled population", "0"),
     (50.0, "modelled population", "about 100")],
)  # fmt: skip
def test_a_headline_is_no_more_exact_than_the_people_behind_it(subjects_store, count, basis, said):
    group = replace(reach_of(subjects_store, "bus").ground.groups[0], basis=basis)
    assert about(group, count) == said
    assert bool(shared_words([group])) == ("modelled population" in basis)


def test_each_list_has_its_own_day(subjects_store):
    assert dated_words(reach_of(subjects_store, "bus").ground).startswith(
        "Centres as listed on 1 September 2024; children aged 5 to 17, of "
    )


def test_a_day_is_read_as_words():
    assert (day_words("2023-03-31"), day_words("undated")) == ("31 March 2023", "no stated date")
