"""Charts as the page takes them: safe within a script element, and left out where there is nothing to draw."""

import json
from datetime import date, timedelta

from callbacks.cme_charts import chart_view, charts_view, funnel_view
from callbacks.figures import Figures
from layers.cme.chart import Chart
from layers.cme.report import cme_report

SPEC = {"data": [{"name": "</script><b>"}], "layout": {"height": 240}}


def test_a_spec_cannot_end_its_script_element_and_stays_what_it_is():
    found = chart_view(Chart("a", "A", "It shows.", SPEC, "t", "A note."))
    assert "<" not in found["spec"]
    assert json.loads(found["spec"]) == SPEC
    assert (found["key"], found["height"], found["note"]) == ("a", 240, "A note.")


def test_a_counted_year_has_its_curves_and_a_printed_one_has_none(small_figures):
    store = small_figures.store
    counted = charts_view(small_figures, cme_report(store, "2021/22"), counted=True)
    assert {"stock", "flows", "months", "year_groups", "localities", "pace"} <= set(counted)
    printed = charts_view(small_figures, cme_report(store, "2020/21"), counted=False)
    assert set(printed) == {"stock", "closures"}
    for one in [*counted.values(), *printed.values()]:
        assert one["sentence"]
        assert one["height"] > 0


def test_enough_cases_and_areas_give_a_funnel(store_of, council, areas):
    # Six closed in every small area, so that each of the 49 wards has enough of them.
    day = date(2022, 1, 10)
    cases = [(f"{atom}-{number}", atom, day, day + timedelta(days=7 * number + 1))
             for atom in areas.atoms for number in range(6)]  # fmt: skip
    facts = {"basis": "synthetic", "covers_from": date(2021, 8, 31), "covers_to": date(2022, 7, 31)}
    figures = Figures(store_of(("cme_involvements", council.events(cases), facts)))
    found = funnel_view("cme_closed_soon", figures.table("cme_closed_soon", "ward", "2021/22"))
    assert found["why"] == ""
    assert found["chart"]["key"] == "funnel_cme_closed_soon"
    assert found["chart"]["sentence"].startswith("All 49 wards lie within the limits")
