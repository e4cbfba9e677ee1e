"""What the address of the page on link workers says."""

from urllib.parse import parse_qs, parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callbacks.workers_state import Wanted, WorkersState, plan_key, read_workers_state
from geodata.errors import UsageError

TEXT = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8)
STATES = st.builds(
    WorkersState,
    plan=st.one_of(st.sampled_from(["proposed", "today"]), TEXT.map(lambda name: f"saved:{name}")),
    moves=st.lists(st.tuples(st.integers(1, 999_999), TEXT), max_size=4).map(tuple),
    area=st.sampled_from(["", "wycombe"]),
    worker=st.one_of(st.just(""), TEXT),
    school=st.one_of(st.none(), st.integers(1, 999_999)),
    order=st.sampled_from(["", "over"]),
    beside=st.sampled_from(["", "today", "saved:Autumn & more"]),
    wanted=st.one_of(st.builds(Wanted, least=st.integers(1, 3), most=st.integers(4, 12), hard=st.just(True),
                               keep=st.booleans()), st.just(Wanted())),
)  # fmt: skip


@given(STATES)
def test_an_address_is_read_as_it_was_written(state):
    query = state.query()
    raw = {key: value for key, value in parse_qsl(query) if key != "move"}
    assert read_workers_state(raw, parse_qs(query).get("move", [])) == state
    assert dict(state.fields) == dict(parse_qsl(query))


def test_the_first_view_has_the_shortest_address():
    assert read_workers_state({}).address() == "link-workers"
    assert WorkersState(moves=((110195, "LW-01"), (110196, "LW-02"))).address(worker="LW-01") == (
        "link-workers?move=110195:LW-01&move=110196:LW-02&worker=LW-01"
    )


def test_a_range_that_somebody_gives_is_a_hard_one():
    assert read_workers_state({"most": "6"}).wanted == Wanted(3, 6, True)
    assert read_workers_state({"least": "3", "most": "5"}).wanted == Wanted()


@pytest.mark.parametrize(
    ("raw", "moves", "said"),
    [
        ({"colour": "red"}, [], "which this page does not know. Valid: plan, move"),
        ({"plan": "best"}, [], "No plan 'best' here"),
        ({"plan": "saved:"}, [], "No plan 'saved:' here"),
        ({"with": "other"}, [], "No plan 'other'"),
        ({}, ["110195"], "'110195' is no move"),
        ({}, ["x:LW-1"], "'x' is no number of a school"),
        ({}, ["1:LW-1"] * 61, "61 moves"),
        ({"school": "12\u0663"}, [], "no number of a school"),
        ({"least": "0"}, [], "Valid: 1 to 12"),
        ({"most": "99999999999"}, [], "Valid: 1 to 12"),
        ({"least": "6"}, [], "contradict each other"),
        ({"keep": "yes"}, [], "'keep' is 1 or left out"),
    ],
)
def test_what_the_page_does_not_know_is_refused_with_what_is_valid(raw, moves, said):
    with pytest.raises(UsageError) as refused:
        read_workers_state(raw, moves)
    assert said in str(refused.value)


def test_the_name_of_a_saved_plan():
    assert WorkersState(plan=plan_key("saved:today")).saved_name == "today"
    assert WorkersState().saved_name == ""
