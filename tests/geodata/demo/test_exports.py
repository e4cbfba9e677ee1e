"""Headings are recognised without a guess, and each file says what it is."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from geodata.contracts import contract
from geodata.demo.exports import EXPORTS, Export, write
from geodata.mapping import match_headings

EVERY_EXPORT = pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.dataset)


@EVERY_EXPORT
def test_every_heading_is_recognised_as_what_it_is(export: Export) -> None:
    headings = list(export.headings.values())
    match = match_headings(contract(export.dataset), headings)

    assert match.as_headings(headings) == dict(export.headings)
    assert not match.guessed
    assert not match.names
    assert not match.unused


@EVERY_EXPORT
def test_the_child_comes_first_so_that_it_can_be_removed(export: Export) -> None:
    if contract(export.dataset).personal:
        assert next(iter(export.headings)) == "child_id"
        assert set(export.said) == {"covers_from", "covers_to"}
        assert export.basis == "synthetic"


def test_no_file_is_called_real_and_deprivation_is_not_made_up() -> None:
    assert "real" not in {export.basis for export in EXPORTS}
    assert "deprivation" not in {export.dataset for export in EXPORTS}
    assert len({export.dataset for export in EXPORTS}) == len({export.file for export in EXPORTS}) == len(EXPORTS)


def test_dates_are_written_day_first_and_blanks_stay_blank(tmp_path: Path) -> None:
    export = Export("x", "x", "x.csv", {"child_id": "Child ID", "opened": "Opened", "urn": "URN"}, "synthetic")
    frame = pd.DataFrame(
        {"child_id": ["A1", "B2"], "opened": pd.to_datetime(["2022-03-01", None]), "urn": [900001, None]}
    )
    file = write(export, frame.astype({"urn": "Int64"}), tmp_path)

    assert file.read_text(encoding="utf-8") == "Child ID,Opened,URN\nA1,01/03/2022,900001\nB2,,\n"
