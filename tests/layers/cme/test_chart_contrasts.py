"""Which areas are clearly different, by hand."""

from layers.chart_intervals import Interval, IntervalPanel
from layers.cme.chart_contrasts import ALIKE, NOTHING, REST, contrasts

COUNTY = Interval("County", 5.0, 4.0, 6.0, "", "diamond")


def panel(*limits, title="New cases", whole=COUNTY):
    rows = [Interval(name, 5.0, lower, upper, "") for name, lower, upper in limits]
    return IntervalPanel(title, "Rate", [*rows, *([whole] if whole else [])], (5.0, "County 5.0") if whole else None)


def test_an_area_is_different_only_when_its_interval_leaves_the_line_out():
    found = panel(("Low", 1.0, 4.9), ("Touches", 1.0, 5.0), ("High", 5.1, 9.0), ("Also touches", 5.0, 9.0))
    assert (
        contrasts([(found, False)]) == f"Clearly different: new cases (Low lower and High higher than County). {REST}"
    )


def test_measures_follow_one_another_and_a_modelled_population_is_said():
    new, closed = panel(("A", 1.0, 4.0)), panel(("B", 7.0, 8.0), title="Closed within 4 weeks")
    assert contrasts([(new, True), (closed, False), (panel(("A", 1.0, 9.0)), True)]) == (
        "Clearly different: new cases (A lower than County, on a modelled population); "
        f"closed within 4 weeks (B higher than County). {REST}"
    )


def test_the_whole_is_not_compared_with_itself_and_an_open_end_is_no_limit():
    assert contrasts([(panel(("A", 1.0, None)), False)]) == ALIKE
    assert contrasts([(panel(("A", 6.0, None)), False)]).startswith("Clearly different: new cases (A higher than")
    narrow = Interval("County", 5.0, 5.5, 6.0, "", "diamond")
    assert contrasts([(panel(("A", 1.0, 9.0), whole=narrow), False)]) == ALIKE


def test_without_intervals_or_without_a_line_there_is_nothing_to_compare():
    assert contrasts([(panel(("A", None, None)), False)]) == NOTHING
    assert contrasts([(panel(("A", 1.0, 2.0), whole=None), False)]) == NOTHING
    assert contrasts([]) == NOTHING
