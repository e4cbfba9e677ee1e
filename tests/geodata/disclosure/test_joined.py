from math import inf

import pytest

from geodata.disclosure.joined import join, leaves_of
from geodata.disclosure.known import Relation
from geodata.disclosure.published import CountsShown, Figure, Published, Table, Tie
from geodata.errors import InputError


def spans(joined):
    return {key[1:]: limits for key, *limits in zip(joined.keys, joined.known.low, joined.known.high, strict=True)}


def test_areas_are_sums_of_what_they_are_made_of(release):
    joined = join([release({"county/all": 60, "aylesbury/all": 30, "aylesbury/ASD": "c"})])
    county, aylesbury, autism = (set(joined.known.of(cell).tolist()) for cell in range(3))
    assert autism < aylesbury < county


def test_a_dimension_that_a_table_lacks_is_all_of_it(release):
    joined = join([release({"aylesbury/ASD": 9}), release({"aylesbury": 30}, "other", ("area",))])
    assert set(joined.known.of(0).tolist()) < set(joined.known.of(1).tolist())


def test_tables_that_count_other_things_share_nothing(release):
    joined = join([release({"aylesbury/ASD": 9}), release({"aylesbury/ASD": 9}, "other", counts="cases")])
    assert not set(joined.known.of(0).tolist()) & set(joined.known.of(1).tolist())


def test_releases_share_their_children_unless_told_otherwise(release):
    both = [release({"aylesbury/ASD": 9}), release({"aylesbury/ASD": 10}, "earlier")]
    assert join(both).known.of(0).tolist() == join(both).known.of(1).tolist()
    apart = join(both, ["", "2025"])
    assert apart.known.of(0).tolist() != apart.known.of(1).tolist()


def test_what_a_figure_says_by_itself(release):
    shown = {"county/all": 60, "aylesbury/all": 10, "wycombe/all": "c", "chiltern/all": 0, "county/ASD": "low"}
    exact = spans(join([release({**shown, "county/SLCN": "z", "county/SEMH": "x"})]))
    assert exact["county", "all"] == [60, 60]
    assert exact["wycombe", "all"] == [0, inf]
    assert len(exact) == 5
    rounded = spans(join([release(shown, base_of_rounding=5, hidden_to=7, zeros_shown=True)]))
    # 8 to 12 are shown as 10, and what is held back is someone.
    assert rounded["aylesbury", "all"] == [8, 12]
    assert rounded["chiltern", "all"] == [0, 0]
    assert rounded["wycombe", "all"] == [1, inf]
    assert rounded["county", "ASD"] == [1, 7]
    plain = spans(join([release(shown, base_of_rounding=5)]))
    assert plain["chiltern", "all"] == [0, 2]
    assert plain["county", "ASD"] == [1, 2]


def test_a_figure_that_breaks_its_own_rule_is_taken_at_its_word(release):
    assert spans(join([release({"aylesbury/all": 5}, base_of_rounding=5, hidden_to=7)]))["aylesbury", "all"] == [3, 7]


def test_what_stands_beside_narrows(release):
    hint = CountsShown((4, 5), "the smoothed rate")
    joined = join([release({"aylesbury/all": "c"}, beside={"aylesbury/all": (hint,)})])
    assert spans(joined)["aylesbury", "all"] == [4, 5]
    assert joined.says == {0: "the smoothed rate"}


def test_ties_and_orders_become_relations(release):
    keys = (("plans", "aylesbury", "all"), ("plans", "wycombe", "all"))
    nowhere = ("plans", "nowhere", "all")
    made = release(
        {"aylesbury/all": "c", "wycombe/all": "c"},
        ties=(Tie(keys, (1.0, 1.0), 5.0, 5.0, "five"), Tie((keys[0], nowhere), (1.0, 1.0), 5.0, 5.0, "unknown")),
        orders=((keys[1], nowhere, keys[0]),),
    )
    assert join([made]).known.relations == (
        Relation((0, 1), (1.0, 1.0), 5.0, 5.0, "five"),
        Relation((1, 0), (1.0, -1.0), 0.0, inf, "the order of the list"),
    )


@pytest.mark.parametrize(("figures", "said"), [
    ((Figure(("a", "b"), 3.0),), "does not have the 1 codes"),
    ((Figure(("a",), None),), "needs a figure or one of the symbols"),
    ((Figure(("a",), 3.0, "c"),), "needs a figure or one of the symbols"),
    ((Figure(("a",), None, "?"),), "needs a figure or one of the symbols"),
    ((Figure(("a",), -5.0),), "no multiple"),
    ((Figure(("a",), 7.0),), "no multiple of 5"),
    ((Figure(("a",), 5.0), Figure(("a",), 10.0)), "shows t, a twice"),
    ((Figure(("a",), 10.0, "", (CountsShown((20,), "the smoothed rate"),)),), "contradicts what stands beside it"),
])  # fmt: skip
def test_a_table_edited_by_hand_is_refused_with_the_reason(figures, said):
    with pytest.raises(InputError, match=said):
        join([Published("r", (Table("t", "plans", ("area",), figures, 5),))])


def test_a_code_without_description_is_itself(release):
    assert leaves_of(release({}), "area", "elsewhere") == {"elsewhere"}
    assert leaves_of(release({}), "area", "county") == {"ayl", "wyc", "csb"}
