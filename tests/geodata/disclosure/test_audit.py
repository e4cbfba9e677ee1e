"""The classic failures are found, each with the words for it, and safe releases are left alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.disclosure.audit import audit
from geodata.disclosure.core import Threshold
from geodata.disclosure.leaks import from_smoothed
from geodata.disclosure.published import (
    ClassShown,
    CountsShown,
    Figure,
    IntervalShown,
    MeanShown,
    Published,
    RateShown,
    Table,
    Tie,
)
from geodata.errors import InputError
from geodata.rates import proportion
from geodata.smoothing import empirical_bayes

PUBLIC = Threshold("public", smallest=7, fewest_families=5, least_base=100, base_of_rounding=5, width=8)
PARTNER = Threshold("partner", smallest=5, fewest_families=1, least_base=1, base_of_rounding=1, width=6)

SAFE = {"county/all": 100, "aylesbury/all": "c", "wycombe/all": "c", "chiltern/all": 70}


def found(release, known=(), earlier=(), threshold=PARTNER):
    made = audit(release, known, earlier, threshold)
    assert made.safe == (not made.recoverable)
    return {one.key[1:]: one for one in made.recoverable}


def test_a_safe_release_is_safe(release):
    made = audit(release(SAFE), (), (), PARTNER)
    assert (made.safe, made.cells, made.suppressed, made.recoverable, made.notes) == (True, 4, 2, (), ())


def test_primary_suppression_alone_is_undone_by_the_total(release):
    made = found(release({"county/all": 100, "aylesbury/all": "c", "wycombe/all": 40, "chiltern/all": 57}))
    one = made["aylesbury", "all"]
    assert (one.low, one.high, one.release, one.sure) == (3, 3, "this release", True)
    assert one.how == "Aylesbury = county − Wycombe − Chiltern & South Bucks = 3 (plans, all)"


def test_two_held_back_with_a_small_sum(release):
    made = found(release({"county/all": 100, "aylesbury/all": "c", "wycombe/all": "c", "chiltern/all": 97}))
    assert {key: (one.low, one.high) for key, one in made.items()} == {
        ("aylesbury", "all"): (0, 3),
        ("wycombe", "all"): (0, 3),
    }


def test_that_no_zero_is_held_back_makes_it_worse(release):
    cells = {"county/all": 100, "aylesbury/all": "c", "wycombe/all": "c", "chiltern/all": 98}
    made = found(release(cells, zeros_shown=True))
    assert (made["aylesbury", "all"].low, made["aylesbury", "all"].high) == (1, 1)


def test_a_table_with_margins(release):
    # Held back in a square: safe; with one corner shown by another table it comes undone.
    cells = {
        "county/ASD": 60, "county/SEMH": 50, "county/all": 160,
        "aylesbury/all": 60, "wycombe/all": 50, "chiltern/all": 50,
        "aylesbury/ASD": "c", "aylesbury/SEMH": "c", "wycombe/ASD": "c", "wycombe/SEMH": "c",
        "chiltern/ASD": 20, "chiltern/SEMH": 20,
    }  # fmt: skip
    assert found(release(cells)) == {}
    elsewhere = release({"aylesbury/ASD": 36}, "committee paper", title="paper")
    made = found(release(cells), known=[elsewhere])
    assert made["wycombe", "ASD"].how == (
        "plans Wycombe = plans county − plans Chiltern & South Bucks − paper Aylesbury = 4 (ASD)"
    )


def test_rounding_alone_does_not_hide_what_is_squeezed(release):
    # 13 to 17 in all, of which 13 to 17 elsewhere: at most 4 here.
    cells = {"county/all": 15, "aylesbury/all": "c", "wycombe/all": 15, "chiltern/all": 0}
    made = found(release(cells, base_of_rounding=5, hidden_to=7), threshold=PUBLIC)
    assert (made["aylesbury", "all"].low, made["aylesbury", "all"].high) == (0, 4)
    safe = {"county/all": 40, "aylesbury/all": "c", "wycombe/all": "c", "chiltern/all": 15}
    assert found(release(safe, base_of_rounding=5, hidden_to=7), threshold=PUBLIC) == {}


def test_a_small_count_that_is_printed(release):
    assert found(release({"county/all": 100, "aylesbury/all": 3}))["aylesbury", "all"].how == "shown as it is"
    rounded = found(release({"aylesbury/all": 5}, base_of_rounding=5), threshold=PUBLIC)["aylesbury", "all"]
    assert (rounded.low, rounded.high) == (3, 7)


def test_an_earlier_release_shows_what_the_new_one_holds_back(release):
    earlier = release({"county/all": 100, "aylesbury/all": 38, "wycombe/all": "c", "chiltern/all": "c"}, "May")
    new = release({"county/all": 100, "aylesbury/all": "c", "wycombe/all": "c", "chiltern/all": 58}, "June")
    made = found(new, earlier=[earlier])
    assert made["wycombe", "all"].low == made["wycombe", "all"].high == 4
    assert found(new) == {}


def test_what_others_published_counts_as_known(release):
    held = release({"aylesbury/all": "c", "wycombe/all": 40, "chiltern/all": 57})
    assert found(held) == {}
    sen2 = release({"county/all": 100}, "SEN2", title="sen2")
    made = found(held, known=[sen2])
    assert made["aylesbury", "all"].how == (
        "plans Aylesbury = sen2 county − plans Wycombe − plans Chiltern & South Bucks = 3 (all)"
    )


def test_a_revised_figure_says_that_a_child_came(release):
    earlier = release({"county/all": 99, "aylesbury/all": 41}, "May", snapshot="05")
    new = release({"county/all": 100, "aylesbury/all": 41}, "June", snapshot="06")
    made = audit(new, (), [earlier], PARTNER)
    assert [(one.key, one.low, one.high, one.how) for one in made.recoverable] == [
        (("plans", "county", "all"), 1, 1, "100 here, 99 in May")
    ]
    assert made.notes == ("May does not fit with June, so its figures were taken as revised since.",)
    with pytest.raises(InputError, match="contradict"):
        audit(new, (), [release({"county/all": 99}, "May", snapshot="06")], PARTNER)


def test_stock_and_flow_over_two_months():
    def key(what, month):
        return (what, "aylesbury", month)

    def table(what, *figures):
        return Table(what, what, ("area", "month"), figures)

    tables = (
        table("open", Figure(("aylesbury", "05"), 40.0), Figure(("aylesbury", "06"), 37.0)),
        table("joined", Figure(("aylesbury", "06"), None, "c")),
        table("left", Figure(("aylesbury", "06"), 6.0)),
    )
    keys = (key("open", "05"), key("joined", "06"), key("left", "06"), key("open", "06"))
    tie = Tie(keys, (1.0, 1.0, -1.0, -1.0), 0.0, 0.0, "open before and joined make left and open after")
    made = found(Published("June", tables, ties=(tie,)))
    one = made["aylesbury", "06"]
    assert (one.low, one.high) == (3, 3)
    assert one.how == (
        "joined 06 = open 06 + left 06 − open 05 = 3 (aylesbury); by open before and joined make left and open after"
    )
    assert found(Published("June", tables)) == {}


VINTAGES = {"area": {"ward 2023": frozenset(("w", "x")), "ward 2024": frozenset(("w",))}}


def test_two_vintages_of_an_area_that_differ_by_a_sliver(release):
    made = found(release({"ward 2023": 43, "ward 2024": 40}, dimensions=("area",), codes=VINTAGES))
    assert list(made) == [("ward 2023 less ward 2024",)]
    (one,) = made.values()
    assert one.how == "the difference = plans ward 2023 − plans ward 2024 = 3"
    assert found(release({"ward 2023": 60, "ward 2024": 40}, dimensions=("area",), codes=VINTAGES)) == {}


def test_areas_that_overlap_are_subtracted_until_a_piece_is_left(release):
    # Two boards cover the two localities; the first board reaches a few streets into the second locality.
    codes = {"area": {"l1": frozenset("ab"), "l2": frozenset("cd"), "b1": frozenset("abc"), "b2": frozenset("d")}}
    boards = {"l1": 50, "l2": 60, "b1": 54, "b2": 56}
    made = found(release(boards, dimensions=("area",), codes=codes))
    assert {(one.low, one.high) for one in made.values()} == {(4, 4)}
    # A reach of both over the border leaves pieces that no sum gives.
    crossed = {"area": {**codes["area"], "b1": frozenset("ac"), "b2": frozenset("bd")}}
    assert found(release(boards, dimensions=("area",), codes=crossed)) == {}


def beside(release, hint, **more):
    return found(release(SAFE, beside={"aylesbury/all": (hint,)}), **more)


def test_what_stands_beside_a_held_back_count(release):
    share = proportion(3, 40)
    counts, bases = [12, 40, 4], [1000.0, 1500.0, 900.0]
    smoothed = from_smoothed(round(empirical_bayes(counts, bases)[2] * 1000, 2), 2, [12, 40, None], bases, 1000)
    for hint, count in (
        (RateShown(3.2, 1, 1250, 1000), 4),
        (IntervalShown(round(share.lower, 1), round(share.upper, 1), 1, 40, 100, wilson=True), 3),
        (ClassShown(2, 3, 1000, 1000), 2),
        (MeanShown(5.7, 1, total=17), 3),
        (CountsShown(smoothed, "the smoothed rate"), 4),
    ):
        made = beside(release, hint)
        assert (made["aylesbury", "all"].low, made["aylesbury", "all"].high) == (count, count)
        assert made["aylesbury", "all"].how.endswith("tells it")
        # With it the other is known too.
        assert made["wycombe", "all"].low == 30 - count


def test_a_mean_of_children_who_are_held_back(release):
    assert "mean of its children" in beside(release, MeanShown(12.0, 1))["aylesbury", "all"].how


def test_everyone_and_small_bases(release):
    whole = RateShown(100.0, 1, 120, 100)
    made = found(release({"aylesbury/all": 120}, beside={"aylesbury/all": (whole,)}), threshold=PUBLIC)
    assert made["aylesbury", "all"].how == "everyone of a base of 120"
    small = RateShown(50.0, 1, 60, 100)
    made = found(release({"aylesbury/all": 30}, beside={"aylesbury/all": (small,)}), threshold=PUBLIC)
    assert made["aylesbury", "all"].how == "shown over a base of 60, under 100"
    usual = RateShown(15.0, 1, 200, 100)
    assert found(release({"aylesbury/all": 30}, beside={"aylesbury/all": (usual,)}), threshold=PUBLIC) == {}


def test_the_order_of_a_list(release):
    # 10 in two that are held back: 0 to 10 each, until the list says that Wycombe has no fewer than Aylesbury.
    order = (("plans", "wycombe", "all"), ("plans", "aylesbury", "all"))
    tight = {"county/all": 100, "aylesbury/all": "c", "wycombe/all": "c", "chiltern/all": 90}
    assert found(release(tight)) == {}
    made = found(release(tight, orders=(order,)))
    assert (made["aylesbury", "all"].low, made["aylesbury", "all"].high) == (0, 5)
    assert (made["wycombe", "all"].low, made["wycombe", "all"].high) == (5, 10)
    assert "the order of the list" in made["aylesbury", "all"].how


def test_the_same_attack_gives_the_same_answer(release):
    made = release({"county/all": 100, "aylesbury/all": "c", "wycombe/all": "c", "chiltern/all": 97})
    assert audit(made, (), (), PARTNER) == audit(made, (), (), PARTNER)


AREAS, NEEDS = ("aylesbury", "wycombe", "chiltern"), ("ASD", "SEMH", "SLCN")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=9, max_size=9), st.lists(st.booleans(), min_size=9, max_size=9))
def test_no_true_count_lies_outside_what_is_said_of_it(release, counts, extra):
    """Whatever is held back, what the attacker says is true: it never cries a count that is not there."""
    table = np.array(counts).reshape(3, 3)
    cells, truth = {"county/all": int(table.sum())}, {}
    for row, area in enumerate(AREAS):
        cells[f"{area}/all"] = int(table[row].sum())
        for column, need in enumerate(NEEDS):
            cells[f"county/{need}"] = int(table[:, column].sum())
            cells[f"{area}/{need}"] = int(table[row, column])
    for place, count in list(cells.items()):
        truth[tuple(place.split("/"))] = count
    inner = [f"{area}/{need}" for area in AREAS for need in NEEDS]
    for place, more in zip(inner, extra, strict=True):
        if more or 1 <= cells[place] <= 5:
            cells[place] = "c"
    made = audit(release(cells), (), (), PARTNER)
    for one in made.recoverable:
        if one.key[1:] in truth:
            assert one.low <= truth[one.key[1:]] <= one.high
    # A cell alone in its row is always found.
    for row, area in enumerate(AREAS):
        held = [place for place in inner[3 * row : 3 * row + 3] if cells[place] == "c"]
        if len(held) == 1:
            assert tuple(held[0].split("/")) in {one.key[1:] for one in made.recoverable}, area
