"""The command prints the figures of the map: the same numbers on map, twin, file and command line."""

import csv
import io
import json
import os
import subprocess
import sys

import pytest

from callbacks.card import area_card
from callbacks.state import MapState
from callbacks.twin import table_twin
from callbacks.view import map_view
from dashapp.cli import main
from layers.registry import all_layers, find_layer
from layers.table import area_table

KEYS = [layer.info.key for layer in all_layers()]


@pytest.fixture
def table(small_path, capsys):
    """Run the command and return what it printed."""

    def run(*arguments, form=None):
        more = ["--format", form] if form else []
        assert main(["table", "--workspace", str(small_path), *arguments, *more]) == 0
        return capsys.readouterr().out

    return run


@pytest.mark.parametrize("scheme", ["locality", "ward", "lsoa", "county"])
@pytest.mark.parametrize("key", KEYS)
def test_map_twin_card_file_and_command_give_identical_numbers(small_figures, client, table, key, scheme):
    info = find_layer(key).info
    period = find_layer(key).periods(small_figures.store)[-1].key
    state = MapState(key, scheme, period)
    rows = json.loads(table("--layer", key, "--scheme", scheme, "--period", period, form="json"))["rows"]
    areas = rows[:-2]
    # Command line: as text for machines, exactly equal.
    printed = list(csv.DictReader(io.StringIO(table("--layer", key, "--scheme", scheme, form="csv"))))
    served = list(csv.DictReader(io.StringIO(
        client.get("/table.csv", query_string={"layer": key, "scheme": scheme, "period": period}).text.lstrip("\ufeff")
    )))  # fmt: skip
    assert printed == served
    for row, line in zip(rows, printed, strict=True):
        for column in ("count", "denominator", "value", "lower", "upper"):
            assert row[column] == (float(line[column]) if line[column] else None)
    # Screen: the same numbers as they are shown.
    view, twin = map_view(small_figures, state), table_twin(small_figures, state)
    assert view["values"].split("|") == ["" if row["value"] is None else info.show(row["value"]) for row in areas]
    assert [cells[4] for cells in twin["rows"]] == [info.show(row["value"]) for row in areas]
    assert [cells[5] for cells in twin["rows"]] == [info.show_range(row["lower"], row["upper"]) for row in areas]
    assert [cells[0] for cells in (*twin["rows"], *twin["foot"][:2])] == [row["code"] for row in rows]
    first = areas[0]
    (face,) = area_card(small_figures, MapState(key, scheme, period, area=first["code"]))["faces"]
    assert (face["value"], face["interval"]) == (
        info.show(first["value"]), info.show_range(first["lower"], first["upper"]),
    )  # fmt: skip


def test_json_has_the_columns_of_the_manual(table):
    found = json.loads(table("--layer", "cme_open", form="json"))
    for row in found["rows"]:
        assert list(row)[:8] == ["code", "name", "count", "denominator", "value", "lower", "upper", "flag"]
        assert {"count_dates", "denominator_dates"} < set(row)
    assert [(row["code"], row["count"], row["denominator"]) for row in found["rows"]] == [
        ("aylesbury", 2, 12_650), ("chiltern-south-bucks", 1, 10_670), ("wycombe", 2, 11_770), ("unknown", 2, None),
        ("outside", 1, None),
    ]  # fmt: skip
    assert (found["total"], found["period"], found["scheme"]) == (8, "2022-07-31", "locality")


def test_a_month_stands_for_the_only_date_in_it(table):
    said, meant = (table("--layer", "cme_open", "--period", key, form="json") for key in ("2022-03", "2022-03-31"))
    assert said == meant


def test_text_for_a_person_has_rows_county_total_marks_and_the_sentence(table, small_figures):
    lines = table("--layer", "cme_open").splitlines()
    assert lines[0] == "Children missing education: Open cases, 31 July 2022 [synthetic, modelled population]"
    shown = {line.split("  ")[0]: line.split()[-1] for line in lines[2:-2]}
    assert list(shown) == [
        "locality", "Aylesbury", "Chiltern & South Bucks", "Wycombe", "Address unknown or withheld",
        "Outside the county", "Buckinghamshire", "Total",
    ]  # fmt: skip
    assert shown["Total"] == "8"
    view = map_view(small_figures, MapState("cme_open", "locality", "2022-07-31"))
    assert lines[-1] == view["sentence"]


def test_columns_of_the_text_stand_under_each_other(table):
    lines = table("--layer", "cme_open").splitlines()[2:-3]
    end = lines[0].index("base") + len("base")
    assert [line[:end].split()[-1] for line in lines[1:4]] == ["12,650", "10,670", "11,770"]


def test_the_list_of_layers_gives_each_with_its_schemes_and_periods(table):
    found = {layer["layer"]: layer for layer in json.loads(table("--layers", form="json"))}
    assert list(found) == KEYS
    assert found["cme_open"]["kind"] == "stock"
    assert found["cme_new"]["kind"] == "flow"
    assert found["ehcp_growth"]["periods"] == ["2021-07-31", "2022-01-20"]
    schemes = ["locality", "community_board", "ward", "msoa", "lsoa", "district", "county"]
    assert all(layer["schemes"] == schemes for layer in found.values())


def test_every_listed_period_is_one_that_can_be_asked_for(table, small_store):
    lines = list(csv.DictReader(io.StringIO(table("--layers", form="csv"))))
    wanted = [line for line in lines if line["scheme"] == "district"]
    assert len(wanted) == 12 + 12 + 3 + 2 + 1  # open, new (11 months and a year), prevalence, growth, population
    for line in wanted:
        found = area_table(small_store, find_layer(line["layer"]), "district", line["period"])
        assert found.period.key == line["period"]


def test_the_list_for_a_person_names_each_layer_with_its_unit(table):
    text = table("--layers")
    for layer in all_layers():
        assert f"{layer.info.key:18}{layer.info.subject}: {layer.info.title} ({layer.info.short_unit})" in text


def test_a_withheld_rate_is_printed_with_its_reason(real_path, capsys):
    assert main(["table", "--workspace", str(real_path), "--layer", "cme_open", "--scheme", "ward"]) == 0
    text = capsys.readouterr().out
    assert text.count("rate withheld: the population here is only modelled") == 49


def test_a_table_prints_on_a_console_of_western_europe(small_path):
    # The code page of a Windows console or pipe has no true minus; growth has intervals below nothing.
    command = [sys.executable, "-m", "dashapp", "table", "--workspace", str(small_path), "--layer", "ehcp_growth"]
    environment = os.environ | {"PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(command, capture_output=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr.decode("utf-8")
    assert "\u2212" in done.stdout.decode("utf-8")
