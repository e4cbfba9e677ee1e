"""The command prints the list of the page, for people and for machines, and writes no file."""

import json

import pytest

from callbacks.cme_week import week_view
from dashapp.cli import build_parser, main
from geodata.options import today
from geodata.snapshot import Workspace


def printed(path, capsys, *arguments):
    assert main(["cme-week", "--workspace", str(path), *arguments]) == 0
    return capsys.readouterr().out


def test_text_has_every_case_once_in_the_order_of_the_page(small_path, small_store, capsys):
    lines = printed(small_path, capsys).splitlines()
    assert lines[0] == "Children missing education, open on 31 July 2022 [synthetic]"
    assert "This list is about single children. Keep it on this screen: no file, no message." in lines
    start = next(place for place, line in enumerate(lines) if line.startswith("priority"))
    listed = [
        line.split()[1] for line in lines[start + 1 :] if line.startswith(("First", "Next")) and "come" not in line
    ]
    assert "".join(listed) == "afcklhmi"
    shown = [row["cells"][1]["text"] for row in week_view(small_store, today())["rows"]]
    assert listed == shown
    totals = [line.split() for line in lines if line.startswith("Total")]
    assert [line[1] for line in totals] == ["8", "8"]
    assert any("Last contact is not loaded" in line for line in lines)


def test_json_says_the_same_and_what_is_not_loaded_is_null(small_path, small_store, capsys):
    found = json.loads(printed(small_path, capsys, "--format", "json"))
    assert (found["as_of"], found["longest_days"], found["untouched_days"]) == ("2022-07-31", 447, 14)
    assert found["age_days"] == (today() - small_store.part("cme_involvements").covers_to).days
    assert found["basis"] == ["synthetic"]
    assert found["snapshot"] == small_store.snapshot.id
    assert found["not_loaded"] == ["social_care", "sen_status", "school_urn", "last_contact"]
    assert found["total"] == {"code": "", "name": "Total", "open": 8, "social_care": None, "untouched": None}
    assert sum(group["open"] for group in found["localities"]) == 8
    assert sum(group["open"] for group in found["schools"]) == 8
    first = found["cases"][0]
    assert (first["child"], first["start"], first["days_open"], first["untouched"]) == ("a", "2021-05-10", 447, None)
    assert not {"postcode", "protected", "atom", "name"} & set(first)


def test_it_needs_no_key_over_real_children_and_marks_nothing_as_made_up(real_path, capsys):
    assert "[" not in printed(real_path, capsys).splitlines()[0]


@pytest.mark.parametrize("arguments", [["--format", "csv"], ["--format", "xlsx"], ["--out", "list.txt"]])
def test_it_makes_no_file(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        build_parser().parse_args(["cme-week", *arguments])
    assert stopped.value.code == 2
    assert capsys.readouterr().err


def test_nothing_loaded_is_wrong_use_with_the_remedy(council, tmp_path, capsys):
    council.add_part(Workspace(tmp_path), "population", council.population(1), basis="modelled")
    assert main(["cme-week", "--workspace", str(tmp_path)]) == 2
    assert "locality-atlas import cme_involvements FILE" in capsys.readouterr().err
