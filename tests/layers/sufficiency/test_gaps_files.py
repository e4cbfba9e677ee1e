import csv
import io

from layers.sufficiency.gaps_files import as_csv, as_json, as_text
from layers.sufficiency.gaps_report import Gaps

BANDS = {"median": 5.0, "lower_80": 1.0, "upper_80": 9.0, "lower_95": 0.0, "upper_95": 11.0}
ROW = {
    "row": "cell", "area": "a", "area_name": "=A()", "phase": "primary", "need": "semh", "need_title": "SEMH",
    "provision": "special", "plans_resting_on": 25, "demand": BANDS, "places": {"open": 10.0, "working": 9.5},
    "placed": 4.5, "gap": BANDS, "gap_at_settings": None, "over": 0.0, "spare": 1.0, "p_gap": 0.9,
    "first_short_year": 2026, "expected": {"demand": 5.0, "placed": 4.5, "gap": 0.5}, "status": "short",
    "words": "short", "rolled_up": "", "shown_area": "a", "shown_need": "semh", "back_test_error": None,
    "back_test_years_ahead": 2, "basis": "synthetic",
}  # fmt: skip
SMALL = ROW | {"demand": None, "places": None, "gap": None, "p_gap": None, "rolled_up": "Few.", "area_name": "Small"}
ABOUT = {
    "year": 2027, "base_year": 2025, "scenario": "Base case", "audience": "officer", "snapshot": "s", "council": "C",
    "basis": ["synthetic"], "sentence": "Short by 5.", "notes": ["Note."],
    "assumptions": [{"what": "ramp", "value": [0.25, 1.0], "source": "assumed"}],
}  # fmt: skip
GAPS = Gaps(ABOUT, (ROW, SMALL), (ROW | {"row": "total", "area_name": "County"},))


def test_csv():
    lines = list(csv.DictReader(io.StringIO(as_csv(GAPS))))
    assert [line["row"] for line in lines] == ["cell", "cell", "total"]
    assert lines[0]["area_name"] == "'=A()"
    assert (lines[0]["demand_median"], lines[0]["gap_upper_95"], lines[0]["places_working"]) == ("5.0", "11.0", "9.5")
    assert (lines[1]["demand_median"], lines[1]["places_open"], lines[1]["rolled_up"]) == ("", "", "Few.")
    assert (lines[0]["year"], lines[0]["basis"], lines[0]["expected_gap"]) == ("2027", "synthetic", "0.5")


def test_json_is_about_and_rows():
    found = as_json(GAPS)
    assert (found["year"], len(found["rows"]), len(found["totals"])) == (2027, 2, 1)


def test_text_leads_with_the_answer_and_counts_what_is_left_out():
    lines = as_text(GAPS)
    assert lines[0] == "Gap between demand and places, January 2027, Base case: C [synthetic]"
    assert lines[1] == "Short by 5."
    assert "1 cell rests on too few plans and is within the totals of the county." in lines
    assert "90%" in lines[4]
    assert " %" not in "\n".join(lines)
    assert not any("Small" in line for line in lines)
    assert "* Assumption: ramp 0.25, 1 (assumed)." in lines
