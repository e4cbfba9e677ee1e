"""The matrix: every figure with its word and shape, and nothing likely where nothing is testable."""

from dataclasses import replace

import pytest

from callbacks.places_facts import ALL, COUNTY, Band, CellKey
from callbacks.places_matrix import (
    band_words,
    cell_name,
    cell_sentence,
    chance_words,
    gap_figure,
    gap_words,
    matrix_view,
    short_name,
)
from callbacks.places_state import PlacesState
from callbacks.places_words import STATUSES

CHOSEN = CellKey("aylesbury", "secondary", "semh", "special")
STATE = PlacesState(2026, CHOSEN)


def cells_of(view):
    return {
        (group["code"], row["phase"], number): cell
        for group in view["groups"]
        for row in group["rows"]
        for number, cell in enumerate(row["cells"])
    }


def test_a_short_cell_has_number_word_shape_and_address(hand_made):
    view = matrix_view(hand_made(), STATE)
    cell = cells_of(view)["aylesbury", "secondary", 2]  # the third area of need of special schools
    assert (cell["figure"], cell["word"], cell["shape"]) == ("12", "short", "\u25b2")
    assert cell["chosen"]
    assert cell["address"] == "places?year=2026&area=aylesbury&phase=secondary&need=semh&provision=special#cell"
    assert cell["says"].endswith("12 short (short), 80% band 5 to 20.")


def test_places_left_over_and_cells_without_figures(hand_made):
    cells = cells_of(matrix_view(hand_made(), STATE))
    spare = cells["aylesbury", "primary", 2]
    assert (spare["figure"], spare["word"]) == ("6", "spare")
    # Without plans and places of this need in the county there is no column "other": four to a kind of provision.
    rolled = cells["aylesbury", "primary", 7]
    assert (rolled["figure"], rolled["word"]) == ("", "rolled up")
    assert "it rests on 7 plans; see Testshire, primary, sensory and physical" in rolled["says"]


def test_no_word_and_no_shape_stands_for_two_things():
    assert len({status.word for status in STATUSES.values()}) == len(STATUSES)
    assert len({status.shape for status in STATUSES.values()}) == len(STATUSES)


def test_the_legend_says_what_is_there_and_no_probability_where_none_is_testable(hand_made):
    legend = matrix_view(hand_made(testable=False), STATE)["legend"]
    assert {one["key"] for one in legend} == {"short", "spare", "rolled_up", "no_data"}
    assert not any("likely" in one["means"] for one in legend)
    assert any("80% likely" in one["means"] for one in matrix_view(hand_made(), STATE)["legend"])


def test_a_scenario_marks_the_cells_that_it_changes(hand_made):
    before = hand_made()
    short = before.cell(CHOSEN, 2026)
    after = hand_made(cells=(replace(short, status="likely_short", gap=Band(3, 0, 9, 0, 12)),))
    view = matrix_view(after, STATE, before)
    assert cells_of(view)["aylesbury", "secondary", 2]["before"] == "\u25b2 12"
    assert view["scenario"]
    same = matrix_view(before, STATE, before)
    assert same["changed"] == 0


@pytest.mark.parametrize(
    ("chance", "testable", "words"),
    [(0.934, True, "93%"), (0.999, True, "more than 99%"), (0.001, True, "less than 1%"),
     (None, True, "not yet testable"), (0.5, False, "not yet testable")],
)  # fmt: skip
def test_chances_in_words(hand_made, chance, testable, words):
    cell = replace(hand_made().cell(CHOSEN, 2026), chance=chance)
    assert chance_words(cell, testable=testable) == words


def test_words_of_gaps(hand_made):
    cell = hand_made().cell(CHOSEN, 2026)
    assert (gap_words(cell), gap_figure(cell)) == ("12 short", "12")
    even = replace(cell, status="balanced", gap=Band(0.4, 0, 2, 0, 4), spare=0.2)
    assert (gap_words(even), gap_figure(even)) == ("none short", "0")
    left = replace(even, status="spare", spare=6.0)
    assert (gap_words(left), gap_figure(left)) == ("none short, 6 to spare", "6")
    nothing = replace(cell, status="accommodate", gap=None, places=None)
    assert (gap_words(nothing), gap_figure(nothing), chance_words(nothing, testable=True)) == ("\u2013", "", "")
    assert band_words(None) == ""


def test_names_of_cells(hand_made):
    model = hand_made()
    assert cell_name(model, CHOSEN) == "Aylesbury, secondary, social, emotional and mental health, special school"
    assert short_name(model, CHOSEN) == "Aylesbury, secondary, SEMH, special"
    whole = CellKey(COUNTY, ALL, ALL, ALL)
    assert cell_name(model, whole) == "Testshire, all phases, all needs, all specialist places"
    assert cell_sentence(model, model.cell(whole._replace(need="semh"), 2026)).endswith("no plans and no places.")


def test_the_files_are_of_what_is_shown(hand_made):
    addresses = [address for _, _, address in matrix_view(hand_made(), STATE)["files"]]
    assert [address.split("?")[0] for address in addresses] == ["places/matrix.csv", "places/matrix.json"]
    assert all("year=2026" in address for address in addresses)
