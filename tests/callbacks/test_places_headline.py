"""The first screen: short by how many, from when, what is planned."""

from dataclasses import replace

from callbacks.places_facts import Band
from callbacks.places_headline import SPECIALIST, first_cells, headline_view, lead
from callbacks.places_state import PlacesState

STATE = PlacesState(2026, SPECIALIST)


def test_the_answer_in_one_sentence(hand_made, scheme):
    model = hand_made(schemes=(scheme,))
    assert lead(model, model.cell(SPECIALIST, 2026)) == (
        "By January 2026 (school year 2025/26) 12 more specialist places are needed than are open or planned "
        "(80% band 5 to 20); first short: January 2026; planned: 20 places in 1 scheme."
    )


def test_nothing_short_and_nothing_planned(hand_made):
    model = hand_made()
    cell = replace(model.cell(SPECIALIST, 2026), gap=Band(0, 0, 3, 0, 5), first_short=None)
    assert "every child is expected to find a specialist place" in lead(model, cell)
    assert lead(model, cell).endswith("no place is planned.")
    assert "no places are loaded" in lead(model, replace(cell, gap=None, places=None))


def test_three_cards_and_the_expectation(hand_made, scheme):
    view = headline_view(hand_made(schemes=(replace(scheme, late=True),)), STATE)
    assert view["short"]["value"] == "12"
    assert view["short"]["lines"][:2] == ["Chance of a shortage: 93%", "80% band 5 to 20, 95% band 1 to 26"]
    assert view["when"]["value"] == "2026"
    assert [one["name"] for one in view["when"]["cells"]] == ["Aylesbury, secondary, SEMH, special"]
    assert view["planned"]["value"] == "20"
    assert [row["value"] for row in view["planned"]["rows"]] == ["5", "10"]
    assert view["planned"]["late"] == "1 scheme due by now, with no pupils on the list yet"
    assert view["expected"]["model"] == "202,700"
    assert view["expected"]["against"].endswith("around what the council expects.")


def test_no_chance_is_said_where_none_is_testable(hand_made):
    view = headline_view(hand_made(testable=False), STATE)
    assert view["short"]["lines"][0] == "Chance of a shortage: not yet testable"
    assert not view["testable"]
    assert "%" not in view["short"]["lines"][0]


def test_cells_that_rest_on_too_few_plans_are_not_named(hand_made):
    assert [cell.plans for cell in first_cells(hand_made(), STATE)] == [40]
