from datetime import date

import pytest

from layers.cme.report import cme_report
from layers.cme.standardised import age_at, by_age


@pytest.mark.parametrize(("born", "day", "age"), [("2010-06-01", "2020-05-31", 9), ("2010-06-01", "2020-06-01", 10)])
def test_age_from_the_month_of_birth(born, day, age):
    assert age_at(date.fromisoformat(born), date.fromisoformat(day)) == age


def test_only_known_ages_of_the_base_count(make_case):
    known = make_case("a", "2021-10-01", born=date(2011, 1, 1))
    young, unknown = known._replace(born=date(2018, 1, 1)), known._replace(born=None)
    assert by_age([known, known, young, unknown]) == {10: 2}


def row(child, atom, born="2011-01-01"):
    return {"child_id": child, "start_date": "2021-10-01", "end_date": "", "atom": atom, "born": born}


def test_a_ratio_by_hand(store_of, council):
    """Ten new cases aged 10; every LSOA has as many children of that age, so areas share them by their LSOAs."""
    rows = [row(str(n), council.wycombe) for n in range(8)] + [
        row("x", council.chiltern),
        row("y", council.south_bucks),
    ]
    made = store_of([*rows, row("z", "unknown"), row("w", council.wycombe, "2000-01-01")])
    table = cme_report(made).table("standardised")
    found = {one["area"]: (one["observed"], one["expected"].value) for one in table.rows}
    assert found["Wycombe"] == (8, pytest.approx(10 * 107 / 319))
    assert found["Aylesbury"] == (0, pytest.approx(10 * 115 / 319))
    assert sum(one["expected"].value for one in table.rows) == pytest.approx(10)
    assert table.row("Wycombe")["ratio"].value == pytest.approx(100 * 8 / (10 * 107 / 319))
    assert "1 new case" in table.notes[1]
    assert table.notes[-1] == "On a modelled population."


def test_without_births_it_says_so(store_of, council):
    table = cme_report(store_of([row("a", council.wycombe, "")])).table("standardised")
    assert (table.rows, "month of birth" in table.notes[0]) == ((), True)
