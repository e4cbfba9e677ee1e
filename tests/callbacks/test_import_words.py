"""Messages of an import, in the words of the page."""

import re

import pytest

from callbacks.import_words import CONTROLS, page_words
from dashapp.cli import build_parser


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            "No heading for child_id (Child's identifier) was found. The file has 'A', 'B'. "
            'Name the right one with --map FILE, such as {"child_id": "their heading"}.',
            "No heading for child_id (Child's identifier) was found. The file has 'A', 'B'. Choose it in Columns.",
        ),
        (
            "child_id (Child's identifier) could be 'A' and 'B'. Say which with --map: {\"child_id\": \"...\"}.",
            "child_id (Child's identifier) could be 'A' and 'B'. Choose it in Columns.",
        ),
        (
            "'p.csv' does not say which day it counts at. Give it, such as --date 2020-06-30.",
            "'p.csv' does not say which day it counts at. Give it under 'Counts at'.",
        ),
        (
            "The file holds several dates: 2019-06-30, 2020-06-30. Give the one to take in, such as --date 2020-06-30.",
            "The file holds several dates: 30 June 2019, 30 June 2020. Give the one to take in under 'Counts at'.",
        ),
        (
            "If that is wrong, import it again with --covers-from and --covers-to.",
            "If that is wrong, import it again under 'Complete from' and 'Complete to'.",
        ),
        ("not of the date that --date asks for", "not of the date that 'Counts at' asks for"),
        (
            "'a.geojson' names no coordinate reference system. Say it, as in --crs EPSG:27700.",
            "'a.geojson' names no coordinate reference system. Say it under 'Coordinate system'.",
        ),
        (
            "No field of names was found. Say --name-field if there is one.",
            "No field of names was found. Say it under 'Property with the name' if there is one.",
        ),
        (
            "This workspace holds the synthetic demonstration; use another with --workspace, or say "
            "--beside-synthetic.",
            "This workspace holds the synthetic demonstration; use another, or tick 'Beside the demonstration'.",
        ),
        ("'lsoa21_2026-03-02.geojson' is empty.", "'lsoa21_2026-03-02.geojson' is empty."),
        ("2020-13-45 is no day.", "2020-13-45 is no day."),
        ("Nothing to change here.", "Nothing to change here."),
    ],
)
def test_options_become_controls_and_dates_words(said, shown):
    assert page_words(said) == shown


def options_of_import():
    """Return the options of ``locality-atlas import`` that a message may name."""
    (commands,) = (action for action in build_parser()._actions if hasattr(action, "choices") and action.choices)
    parser = commands.choices["import"]
    options = {option for action in parser._actions for option in action.option_strings if option.startswith("--")}
    return sorted(options - {"--help", "--workspace", "--format", "--check", "--map"})


@pytest.mark.parametrize("option", options_of_import())
def test_no_option_of_the_command_reaches_the_page(option):
    assert option.removeprefix("--") in CONTROLS
    for said in (f"Say {option} too.", f"Give it, such as {option} 2025.", f"Try it with {option}."):
        assert not re.search(r"--[a-z]", page_words(said))
