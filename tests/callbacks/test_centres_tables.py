"""The tables of the page on family centres, from the report and from reach."""

from callbacks.centres_state import CentresState
from callbacks.centres_tables import (
    area_words,
    centres_view,
    place_choices,
    reach_view,
    small_view,
    specialist_view,
    supply_view,
    unreached,
)
from layers.family_centres.reach import reach_of
from layers.family_centres.reach_report import reach_report
from layers.report import show


def test_reach_has_the_cells_of_the_report(demo_store):
    found, report = reach_of(demo_store, "bus"), reach_report(demo_store, "bus")
    first, second = reach_view(found, report)
    assert (first["key"], second["key"]) == ("within_ages_5_17", "within_low_income_0_4")
    row = first["rows"][-1]
    county = report.table("within_ages_5_17").rows[-1]
    assert (row["name"], row["strong"]) == ("Buckinghamshire", True)
    assert row["cells"][1] == {"count": show(county["within_20"]), "share": show(county["share_20"])}
    assert row["far"] == {"count": show(county["far"]), "share": show(county["far_share"])}


def test_small_areas_begin_with_the_farthest(demo_store):
    found = reach_of(demo_store, "bus")
    view = small_view(demo_store, found)
    minutes = [int(row["minutes"].removesuffix(" min")) for row in view["rows"]]
    assert len(minutes) == 319
    assert minutes == sorted(minutes, reverse=True)
    assert view["rows"][-1]["look"] == "near-0"
    assert view["rows"][0]["to"].startswith("Illustrative centre")
    assert view["groups"][0] == "Children aged 5 to 17"


def test_a_centre_says_for_whom_it_is_the_nearest_and_what_if_it_closed(demo_store, subjects_store):
    view = centres_view(reach_of(demo_store, "bus"), CentresState("bus"))
    assert len(view["rows"]) == 15
    assert view["rows"][0]["close"] == "centres?mode=bus&close=IFC-01&objective=median&by=buildings#sites"
    assert view["rows"][0]["kind"] == "Family centre plus"
    rows = {row["name"]: row for row in centres_view(reach_of(subjects_store, "bus"), CentresState("bus"))["rows"]}
    # Ash 2, Beyond, Elm and Oak stand at one point: the first of them by name is the nearest for everybody.
    assert [name for name, row in rows.items() if row["children"] != ["0"]] == ["Ash 2"]
    assert rows["Beyond"]["area"] == "Outside the county"
    assert not rows["Nowhere"]["placed"]
    assert rows["Nowhere"]["days"] == "1 day a week: Sun"


def test_supply_says_where_least_and_most_falls_to_a_child(demo_store):
    found, report = reach_of(demo_store, "bus"), reach_report(demo_store, "bus")
    view = supply_view(found, report)
    assert [row["name"] for row in view["rows"]][-1] == "Buckinghamshire"
    table = report.table("opening_days")
    values = {show(row["area"]): show(row["ages_5_17"]) for row in table.rows[:-1]}
    low, high = (pick(values, key=lambda name: float(values[name])) for pick in (min, max))
    assert view["words"][0] == (
        f"For 1,000 children aged 5 to 17: an estimated {values[low]} opening days a week in {low}, the least, and "
        f"{values[high]} in {high}, the most."
    )
    assert max(cell["width"] for row in view["rows"] for cell in row["cells"]) == 100


def test_specialist_places_are_of_the_county_first(demo_store, subjects_store):
    view = specialist_view(reach_report(demo_store, "bus"))
    plans = [[int(row["plans"].replace(",", "")) for row in view[part]] for part in ("rows", "areas")]
    assert sum(plans[0]) == sum(plans[1]) > 0
    assert view["limits"] == ["Within 30 min", "Within 45 min"]
    assert "Small numbers: for officers only." in view["notes"][0]
    assert view["rows"][0]["name"] == "Communication and interaction, early years"
    assert specialist_view(reach_report(subjects_store, "bus", officer=False)) is None


def test_words_for_areas_choices_and_what_cannot_be_reached(demo_store, subjects_store):
    ground = reach_of(demo_store, "bus").ground
    assert area_words(ground, "aylesbury") == "Aylesbury"
    assert area_words(ground, "unknown") == "Not known"
    assert place_choices(ground.centres)[0] == {
        "key": "IFC-01", "words": "Illustrative centre: Aylesbury (plus) (5 days)",
    }  # fmt: skip
    assert {one["words"] for one in place_choices(reach_of(subjects_store, "bus").ground.centres)} >= {
        "Ash 2", "Nowhere (1 day)",
    }  # fmt: skip
    assert unreached(reach_of(demo_store, "bus")) == ""
