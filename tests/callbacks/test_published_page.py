"""What the page shows of published figures."""

import pandas as pd
import pytest

from callbacks.published_page import figures
from geodata.errors import UsageError
from geodata.snapshot import Workspace
from geodata.store import Store


@pytest.fixture
def store(own_path, council):
    frame = pd.DataFrame(
        [("plans", "Buckinghamshire", "E06000060", "2020", 4595.0), ("plans", "South East", "E12000008", "2020", None)],
        columns=["indicator", "area", "area_code", "period", "value"],
    ).assign(symbol=["", "c"], level="", breakdown=None, denominator=float("nan"))
    council.add_part(Workspace(own_path), "indicator_values", frame, slot="a", basis="illustrative")
    return Store(Workspace(own_path).current())


def test_the_chosen_figures_come_with_what_there_is_to_choose(store):
    found = figures(store)
    assert (found["file"], found["indicator"], found["breakdown"]) == ("indicator_values.csv", "plans", "")
    assert found["indicators"] == [{"key": "plans", "title": "plans"}]
    assert found["lines"] == [
        {"area": "Buckinghamshire", "level": "the council", "cells": ["4,595"], "numeric": [True]},
        {"area": "South East", "level": "region", "cells": ["confidential"], "numeric": [False]},
    ]
    assert found["basis"] == ["illustrative"]
    assert found["csv"] == "data/figures.csv?file=indicator_values.csv&indicator=plans&breakdown="
    assert found["source"].startswith("From indicator_values.csv, imported on ")


def test_nothing_loaded_is_no_fault(small_store):
    assert figures(small_store) == {"files": []}


def test_a_name_that_is_not_there_is_refused(store):
    with pytest.raises(UsageError, match="Valid: 'plans'"):
        figures(store, indicator="other")
