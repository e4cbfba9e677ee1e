"""The command prints the figures of the map: the same numbers on map, twin, file and command line."""

import csv
import io
import json
import os
import subprocess
import sys

import pytest

from callbacks.card import area_card
from callbacks.figures import Figures
from callbacks.state import MapState
from callbacks.twin import table_twin
from callbacks.view import map_view
from dashapp.cli import main
from dashapp.commands.table import KEY_WIDTH
from dashapp.factory import create_app
from dashapp.settings import Settings
from layers.registry import all_layers, find_layer
from layers.table import area_table

KEYS = [layer.info.key for layer in all_layers()]
CME = ["cme_open", "cme_open_smoothed", "cme_long_open", "cme_new", "cme_new_smoothed", "cme_closed_soon"]
SMALL = [*CME, "ehcp_prevalence", "ehcp_growth", "ehcp_need:ASD", "child_population"]
"""What the small council has."""


def printer(path, capsys):
    """Return a function that runs the command and returns what it printed."""

    def run(*arguments, form=None):
        more = ["--format", form] if form else []
        assert main(["table", "--workspace", str(path), *arguments, *more]) == 0
        return capsys.readouterr().out

    return run


@pytest.fixture
def table(small_path, capsys):
    return printer(small_path, capsys)


@pytest.fixture
def subject_table(subjects_path, capsys):
    return printer(subjects_path, capsys)


@pytest.fixture(scope="module")
def subject_figures(subjects_store):
    return Figures(subjects_store)


@pytest.fixture(scope="module")
def subject_client(subjects_path):
    return create_app(Settings(subjects_path)).server.test_client()


@pytest.mark.parametrize(
    ("key", "wanted"),
    [*((key, scheme) for key in KEYS for scheme in ("locality", "lsoa")), ("cme_open", "ward"), ("cme_open", "county")],
)
def test_map_twin_card_file_and_command_give_identical_numbers(
    subject_figures, subject_client, subject_table, key, wanted
):
    layer, figures, table = find_layer(key), subject_figures, subject_table
    info, schemes = layer.info, layer.schemes(figures.store)
    scheme = wanted if wanted in schemes else schemes[0]
    period = layer.periods(figures.store)[-1].key
    state = MapState(key, scheme, period)
    rows = json.loads(table("--layer", key, "--scheme", scheme, "--period", period, form="json"))["rows"]
    areas = rows[:-2]
    # Command line: as text for machines, exactly equal.
    printed = list(csv.DictReader(io.StringIO(table("--layer", key, "--scheme", scheme, form="csv"))))
    address = {"layer": key, "scheme": scheme, "period": period}
    text = subject_client.get("/table.csv", query_string=address).text.lstrip("\ufeff")
    served = list(csv.DictReader(io.StringIO(text)))
    assert printed == served
    for row, line in zip(rows, printed, strict=True):
        for column in ("count", "denominator", "value", "lower", "upper"):
            assert row[column] == (float(line[column]) if line[column] else None)
    # Screen: the same numbers as they are shown.
    view, twin = map_view(figures, state), table_twin(figures, state)
    assert view["values"].split("|") == ["" if row["value"] is None else info.show(row["value"]) for row in areas]
    assert [cells[4] for cells in twin["rows"]] == [info.show(row["value"]) for row in areas]
    assert [cells[5] for cells in twin["rows"]] == [info.show_range(row["lower"], row["upper"]) for row in areas]
    assert [cells[0] for cells in (*twin["rows"], *twin["foot"][:2])] == [row["code"] for row in rows]
    first = areas[0]
    (face,) = area_card(figures, MapState(key, scheme, period, area=first["code"]))["faces"]
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


def test_the_list_of_layers_gives_each_with_its_schemes_and_periods(subject_table):
    found = {layer["layer"]: layer for layer in json.loads(subject_table("--layers", form="json"))}
    assert list(found) == KEYS
    assert found["cme_open"]["kind"] == "stock"
    assert found["cme_new"]["kind"] == "flow"
    assert found["ehcp_growth"]["periods"] == ["2021-07-31", "2022-01-20"]
    schemes = ["locality", "community_board", "ward", "msoa", "lsoa", "district", "county"]
    some = {"deprivation:2025-imd": ["lsoa"], "deprived_areas:2025-imd": [key for key in schemes if key != "lsoa"],
            "sen_support": ["locality", "county"]} | {
        f"{key}_smoothed": ["community_board", "ward", "msoa", "lsoa"] for key in ("cme_open", "cme_new")
    }  # fmt: skip
    assert {key: layer["schemes"] for key, layer in found.items()} == {key: some.get(key, schemes) for key in KEYS}


def test_the_list_of_layers_gives_the_variants_that_can_be_shown(subject_table):
    found = {layer["layer"]: layer for layer in json.loads(subject_table("--layers", form="json"))}
    assert found["deprivation:2025-imd"]["variants"] == {"deprivation:2025-imd": "Index of multiple deprivation (2025)"}
    assert found["ehcp_need:ASD"]["choice"] == "Primary need"
    assert found["ehcp_need:ASD"]["variants"]["ehcp_need:DS"] == "Down syndrome"
    assert found["cme_open"]["variants"] == {}


def test_every_listed_period_is_one_that_can_be_asked_for(subject_table, subjects_store):
    lines = list(csv.DictReader(io.StringIO(subject_table("--layers", form="csv"))))
    wanted = [line for line in lines if line["scheme"] == "county"]
    # open, long open, new, closed soon (11 months and a year), home education, early help; prevalence, growth, needs,
    # places; SEN support, centres, far from one (3 ways), population, housing, 8 kinds of school, deprived areas. The
    # county is not smoothed.
    assert len(wanted) == 12 + 12 + 12 + 12 + 12 + 12 + 3 + 2 + 13 * 3 + 3 + 1 + 1 + 3 + 1 + 1 + 8 + 1
    for line in wanted:
        found = area_table(subjects_store, find_layer(line["layer"]), "county", line["period"])
        assert (found.period.key, found.info.key) == (line["period"], line["layer"])
    assert [line["layer"] for line in lines if line["layer"].startswith("deprivation")] == ["deprivation:2025-imd"]


def test_the_list_for_a_person_names_each_layer_with_its_unit(table):
    text = table("--layers")
    for layer in all_layers():
        info = layer.info
        assert f"{info.key:{KEY_WIDTH}}{info.subject}: {info.title} ({info.short_unit})" in text
        assert len(info.key) < KEY_WIDTH
    assert "or ehcp_need:SEMH: Social, emotional and mental health\n" in text
    assert "or ehcp_need:ASD:" not in text  # it is the first, named already
    assert text.count("none: not loaded") == len(KEYS) - len(SMALL) + 1  # no scheme either of published figures


def test_a_variant_is_asked_for_by_its_code(table):
    named, default = (json.loads(table("--layer", key, form="json")) for key in ("ehcp_need:SEMH", "ehcp_need"))
    assert (named["layer"], named["unit"]) == ("ehcp_need:SEMH", "% with social, emotional and mental health")
    assert default["layer"] == "ehcp_need:ASD"


def test_without_a_scheme_the_first_that_the_layer_can_show_is_taken(subject_table):
    found = {
        key: json.loads(subject_table("--layer", key, form="json"))["scheme"] for key in ("cme_open", "deprivation")
    }
    assert found == {"cme_open": "locality", "deprivation": "lsoa"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--layer", "deprivation", "--scheme", "ward"), "cannot be shown by ward. Valid: lsoa."),
        (("--layer", "ehcp_need:X"), "No layer 'ehcp_need:X'. Valid: ehcp_need:SPLD"),
        (("--layer", "cme_open", "--scheme", "parish"), "No area scheme 'parish' here. Valid: locality"),
        ((), "Name a layer with --layer. Valid: cme_open, cme_open_smoothed, "),
    ],
)
def test_wrong_use_exits_with_2_and_says_what_is_valid(subjects_path, capsys, arguments, message):
    assert main(["table", "--workspace", str(subjects_path), *arguments]) == 2
    assert message in capsys.readouterr().err


def test_a_total_has_its_base_where_it_has_one(subject_table):
    lines = {line.split("  ")[0]: line.split() for line in subject_table("--layer", "cme_long_open").splitlines()[2:-2]}
    assert lines["Total"] == ["Total", "1", "8"]
    lines = {line.split("  ")[0]: line.split() for line in subject_table("--layer", "cme_open").splitlines()[2:-2]}
    assert lines["Total"] == ["Total", "8"]


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
