"""What the map shows: every area once, classed as its figure is shown, in few bytes."""

import dataclasses
import json
import random
from datetime import date, timedelta

import brotli
import pandas as pd
import pytest

from callbacks.card import area_card
from callbacks.figures import Figures
from callbacks.state import MapState
from callbacks.view import class_steps, class_words, legend, look, map_view
from geodata.profile import load_profile
from geodata.store import Store
from layers.base import AreaRow
from layers.registry import all_layers, find_layer

KEYS = [layer.info.key for layer in all_layers()]
SCHEMES = [scheme.key for scheme in load_profile().schemes]


def row(value, flag="", count=5):
    return AreaRow("a", "A", count, None, value, None, None, flag, "", "")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (row(0.4), "0"),
        (row(0.5), "2"),  # a figure equal to a limit belongs above it
        (row(0.94), "2"),  # shows as 0.9
        (row(0.96), "4"),  # shows as 1.0, and so it is classed
        (row(0.46), "2"),  # shows as 0.5
        (row(99.0), "4"),
        (row(0.0, count=0), "z"),
        (row(0.04), "0"),  # shows as 0.0, but there is a case
        (row(None, "x"), "x"),
        (row(None, "m"), "w"),
        (row(None, "c"), "w"),
    ],
)
def test_an_area_is_drawn_by_its_figure_as_shown_or_by_why_it_has_none(given, expected):
    assert look(given, (0.5, 1.0), find_layer("cme_open").info) == expected


@pytest.mark.parametrize(
    ("decile", "expected"), [(1, "4"), (2, "4"), (3, "3"), (6, "2"), (8, "1"), (9, "0"), (10, "0")]
)
def test_where_low_figures_are_more_they_are_drawn_in_the_dark_colour(decile, expected):
    info = find_layer("deprivation").info
    assert look(row(float(decile), count=None), info.fixed_limits, info) == expected
    assert class_steps(info, info.fixed_limits) == (4, 3, 2, 1, 0)
    assert class_steps(find_layer("cme_open").info, (0.5,)) == (0, 4)


def test_grades_are_named_by_both_their_bounds():
    deprivation, cme = find_layer("deprivation").info, find_layer("cme_open").info
    assert class_words(deprivation, deprivation.fixed_limits) == ["1 to 2", "3 to 4", "5 to 6", "7 to 8", "9 to 10"]
    uneven = dataclasses.replace(cme, fixed_limits=(1.0, 2.0, 5.0))
    assert class_words(uneven, uneven.fixed_limits) == ["under 1.0", "1.0 to 1.9", "2.0 to 4.9", "5.0 or more"]


def test_classes_are_named_by_figures_as_shown():
    cme, growth = find_layer("cme_open").info, find_layer("ehcp_growth").info
    assert class_words(cme, (0.5, 1.0)) == ["under 0.5", "0.5 to 0.9", "1.0 or more"]
    assert class_words(cme, (0.5, 0.6)) == ["under 0.5", "0.5", "0.6 or more"]
    assert class_words(growth, (-20.0, 0.0, 30.0)) == ["under \u221220%", "\u221220% to \u22121%", "0% to +29%", "+30% or more"]  # fmt: skip # noqa: E501
    assert class_words(cme, ()) == ["All areas"]


@pytest.fixture(params=["small_figures", "real_figures", "subjects_figures"])
def figures(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("key", KEYS)
def test_the_legend_counts_every_area_once_in_every_period(figures, key, scheme):
    size = len(figures.store.areas.codes(scheme))
    layer = find_layer(key)
    for period in layer.periods(figures.store) if scheme in layer.schemes(figures.store) else ():
        view = map_view(figures, MapState(key, scheme, period.key))
        assert len(view["looks"]) == len(view["values"].split("|")) == size
        assert sum(number for _, _, number in view["legend"]) == size
        for shown, _, number in view["legend"]:
            assert view["looks"].count(shown) == number
        assert len([shown for shown, _, _ in view["legend"] if shown in "01234"]) <= 5


def test_looks_and_values_stand_in_the_order_of_the_shapes(small_figures, areas, council):
    view = map_view(small_figures, MapState("cme_open", "lsoa", "2022-07-31"))
    codes = areas.codes("lsoa")
    shown = dict(zip(codes, zip(view["looks"], view["values"].split("|"), strict=True), strict=True))
    # One case in 110 children: 9.0909 per 1,000. Two Aylesbury LSOAs have one each, Wycombe's has f and h: 18.18.
    assert [shown[code][1] for code in council.aylesbury] == ["9.1", "9.1"]
    assert shown[council.wycombe][1] == "18.2"
    assert shown[council.south_bucks] == ("z", "0.0")  # j ended on the day
    assert {look for code, (look, _) in shown.items() if code not in {row[1] for row in council.cases}} == {"z"}


def test_the_view_of_the_localities_is_as_counted_by_hand(small_figures):
    view = map_view(small_figures, MapState("cme_open", "locality", "2022-07-31"))
    assert view["values"] == "0.2|0.1|0.2"  # 0.158, 0.094 and 0.170
    assert view["looks"][0] == view["looks"][2] > view["looks"][1]
    assert (view["extra"], view["total"]) == (["2", "1"], "8")
    assert view["title"] == "Open cases: per 1,000 aged 5\u201315"
    assert (view["when"], view["tags"]) == ("31 July 2022", ["synthetic", "modelled population"])
    assert view["sentence"].startswith("On 31 July 2022: 8 open cases")
    assert view["snapshot"] == small_figures.store.snapshot.id


def test_a_change_without_a_base_is_no_figure_and_nothing_counted_is_none(small_figures):
    view = map_view(small_figures, MapState("ehcp_growth", "locality", "2022-01-20"))
    assert view["values"] == "+33%||0%"
    assert view["looks"][1] == "x"
    assert ["x", "No figure", 1] in view["legend"]


def test_withheld_rates_leave_one_line_in_the_legend_and_a_reason(real_figures):
    view = map_view(real_figures, MapState("cme_open", "ward", "2022-07-31"))
    assert view["looks"] == "w" * 49
    assert view["legend"] == [["w", "Rate withheld", 49]]
    assert view["values"] == "|" * 48
    assert "Rates by ward are withheld: the population of small areas is modelled" in view["sentence"]


def test_the_legend_keeps_empty_classes_and_begins_with_the_highest(small_figures):
    table = small_figures.table("cme_open", "locality", "2022-07-31")
    assert legend(table, "44z", (0.5, 1.0)) == [
        ["4", "1.0 or more", 2], ["2", "0.5 to 0.9", 0], ["0", "under 0.5", 0], ["z", "None", 1],
    ]  # fmt: skip


def test_the_legend_begins_with_the_dark_colour_also_where_low_figures_are_more(subjects_figures):
    view = map_view(subjects_figures, MapState("deprivation:2025-imd", "lsoa", "2025"))
    # Tenths 1, 3 and 4 once each, 9 for all others but one that has no row.
    assert view["legend"] == [
        ["4", "1 to 2", 1], ["3", "3 to 4", 2], ["2", "5 to 6", 0], ["1", "7 to 8", 0], ["0", "9 to 10", 315],
        ["x", "No figure", 1],
    ]  # fmt: skip


def test_no_figure_of_the_view_differs_from_the_table(subjects_figures):
    store = subjects_figures.store
    for key in KEYS:
        layer = find_layer(key)
        scheme, period = layer.schemes(store)[-1], layer.periods(store)[-1].key
        table = subjects_figures.table(key, scheme, period)
        view = map_view(subjects_figures, MapState(key, scheme, period))
        assert view["values"].split("|") == ["" if r.value is None else table.info.show(r.value) for r in table.areas]


@pytest.fixture(scope="module")
def busy(council, areas, profile, tmp_path_factory):
    """Thousands of records all over the county on the pack's population: a figure of its own for most LSOAs."""
    draw = random.Random(1)
    atoms = [*areas.atoms, "unknown", "outside"]

    def records(number, first, days):
        for child in range(number):
            start = first + timedelta(draw.randrange(days))
            yield str(child), draw.choice(atoms), start, start + timedelta(draw.randrange(30, 900))

    cases, plans = records(3000, date(2021, 1, 1), 570), records(9000, date(2019, 6, 1), 900)
    workspace = council.fill(tmp_path_factory.mktemp("busy"), cases=list(cases), plans=list(plans))
    people = pd.read_parquet(profile.directory / "population.parquet")
    council.add_part(workspace, "population", people, basis="modelled")
    return Figures(Store(workspace.current()))


@pytest.mark.parametrize(
    "key", ["cme_open", "cme_new", "ehcp_prevalence", "ehcp_growth", "ehcp_need", "child_population"]
)
def test_a_switch_at_319_areas_travels_in_under_two_kilobytes(busy, key):
    state = MapState(key, "lsoa", find_layer(key).periods(busy.store)[-1].key)
    view, card = map_view(busy, state), area_card(busy, state)
    if key in {"cme_open", "cme_new", "ehcp_prevalence", "ehcp_growth"}:
        assert len(set(view["values"].split("|"))) > 15  # the figures do differ
    # Quality 4: the weakest that a server would choose for an answer on the fly.
    assert len(brotli.compress(json.dumps([view, card]).encode(), quality=4)) < 2000


def test_every_figure_stands_in_the_class_whose_words_name_it(busy):
    for key in ("cme_open", "ehcp_prevalence"):
        period = find_layer(key).periods(busy.store)[-1].key
        view = map_view(busy, MapState(key, "lsoa", period))
        words = {shown: text for shown, text, _ in view["legend"]}
        for shown, figure in zip(view["looks"], view["values"].split("|"), strict=True):
            if shown == "z":
                continue
            number = float(figure.rstrip("%"))
            text = words[shown].replace("%", "")
            if text.startswith("under "):
                assert number < float(text.removeprefix("under "))
            elif text.endswith(" or more"):
                assert number >= float(text.removesuffix(" or more"))
            else:
                low, _, high = text.partition(" to ")
                assert float(low) <= number <= float(high or low)


def test_a_view_says_which_snapshot_it_is_of(small_figures, real_figures):
    state = MapState("cme_open", "locality", "2022-07-31")
    assert map_view(small_figures, state)["snapshot"] != map_view(real_figures, state)["snapshot"]


def test_the_same_state_gives_the_same_view(small_figures):
    state = MapState("cme_open", "ward", "2022-07-31")
    assert map_view(small_figures, state) == map_view(small_figures, dataclasses.replace(state, area="x"))
