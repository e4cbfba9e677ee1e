"""Who is placed where in the base year."""

from datetime import date

import pandas as pd
import pyarrow as pa
import pytest

from layers.sufficiency.core import NEEDS, PHASE_KEYS, PROVISIONS
from layers.sufficiency.history import history
from layers.sufficiency.stays import stays_of

COVERS = {"covers_from": date(2024, 1, 18), "covers_to": date(2025, 1, 16), "basis": "synthetic"}


def plans(subjects):
    """Return plans: open on 16 January 2025 are all but the last two."""
    return pd.DataFrame(
        [
            # child, atom, start, end, need, provision, school, year group, born
            ("a", subjects.a1, date(2020, 1, 1), None, "ASD", "special", 900, 5, date(2015, 3, 1)),
            ("b", subjects.a2, date(2020, 1, 1), None, "SEMH", "special", 900, None, date(2012, 3, 1)),
            ("c", subjects.wycombe, date(2020, 1, 1), None, None, "special", None, 3, None),
            ("d", subjects.wycombe, date(2020, 1, 1), None, "MLD", "base", 901, 13, None),
            ("e", "outside", date(2020, 1, 1), date(2025, 1, 17), "ASD", None, None, 8, None),
            ("f", subjects.a1, date(2020, 1, 1), None, "ASD", "mainstream", 950, None, None),
            ("g", subjects.a1, date(2020, 1, 1), date(2025, 1, 16), "ASD", "special", 900, 5, None),
            ("h", subjects.a1, date(2025, 1, 17), None, "ASD", "special", 900, 5, None),
        ],
        columns=["child_id", "atom", "start_date", "end_date", "primary_need", "provision", "school_urn",
                 "year_group", "born"],
    ).astype(
        {key: pd.ArrowDtype(pa.date32()) for key in ("start_date", "end_date", "born")}
        | {"school_urn": "Int64", "year_group": "Int64"}
    )  # fmt: skip


def cells(counts):
    """Return (phase, need, provision) -> plans of one home and setting."""
    return {
        (PHASE_KEYS[i], NEEDS[j], PROVISIONS[k]): counts[i, j, k]
        for i, j, k in zip(*counts.nonzero(), strict=True)
    }  # fmt: skip


def test_by_home_and_setting(store_of, subjects):
    found = stays_of(store_of(("ehc_plans", plans(subjects), COVERS)), 2025)
    assert {key: cells(one) for key, one in found.plans.items()} == {
        # Born March 2015: Year 5. Born March 2012: Year 8.
        ("aylesbury", 900): {("primary", "ASD", "special"): 1, ("secondary", "SEMH", "special"): 1},
        ("wycombe", None): {("primary", "", "special"): 1},
        ("wycombe", 901): {("post_16", "MLD", "base"): 1},
        ("outside", None): {("secondary", "ASD", "other"): 1},
        # f states no age. The others start in Year 0 (a), 3 (b), -2 (c), 8 (d), 3 (e), 0 (g) and 5 (h): 17 / 7, so 2;
        # five school years later that is Year 7.
        ("aylesbury", 950): {("secondary", "ASD", "mainstream"): 1},
    }
    assert found.notes == ("1 of the plans placed today state no age: their phase is estimated.",)
    assert found.at(900, {"special"}) == 2
    assert found.at(900, {"base"}) == 0
    assert found.unlisted({(900, "special")}) == (
        "2 plans in special schools, bases and independent schools are counted as placed elsewhere: 1 state no "
        "setting, 1 one that is not in the list of places.",
    )
    assert stays_of(store_of(), 2022).unlisted(set()) == ()


def test_a_year_group_without_a_birth_moves_with_the_school_years(store_of, subjects):
    # The records reach to January 2025; a year before, Year 3 was Year 2 and Year 13 was Year 12.
    found = stays_of(store_of(("ehc_plans", plans(subjects), COVERS)), 2024)
    assert cells(found.plans["wycombe", 901]) == {("post_16", "MLD", "base"): 1}
    assert cells(found.plans["wycombe", None]) == {("primary", "", "special"): 1}


def test_without_plans_nobody_is_placed(store_of, subjects):
    empty = plans(subjects).iloc[:0]
    assert stays_of(store_of(("ehc_plans", empty, COVERS)), 2025).plans == {}


def test_they_are_the_stock_of_the_history(demo_store):
    stock = history(demo_store)
    found = stays_of(demo_store, stock.years[-1])
    by_area = dict.fromkeys(stock.areas, 0.0)
    for (area, _), one in found.plans.items():
        by_area[area] += one.sum()
    assert list(by_area.values()) == stock.stock[-1].sum(axis=(1, 2, 3)).tolist()
    total = sum(found.plans.values())
    assert total.sum(axis=0) == pytest.approx(stock.stock[-1].sum(axis=(0, 1)))
