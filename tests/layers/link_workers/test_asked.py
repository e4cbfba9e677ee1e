from datetime import date
from types import MappingProxyType

import pytest

from geodata.errors import UsageError
from layers.link_workers.asked import asked_locks, asked_pairs, require_agreement
from layers.link_workers.core import Post, Rules, School, Work

SCHOOLS = tuple(
    School(urn, f"School {urn}", "primary", "", "a", 0.0, 0.0, 0.0, 51.0, 1.0) for urn in range(100001, 100009)
)
POSTS = tuple(Post(name, "", "a", 37, 20, False, "", None, None) for name in ("LW-1", "LW-2"))
WORK = Work(date(2025, 1, 1), SCHOOLS, POSTS, MappingProxyType({"a": "A"}))
A, B, C, D = 100001, 100002, 100003, 100004


def pair(*urns):
    return frozenset(urns)


def test_pairs_are_read():
    assert asked_pairs([f"{A},{B}", f"{B}, {A}"], WORK, "--apart") == {pair(A, B)}


@pytest.mark.parametrize("text", ["100001", "100001,100001", "100001,x", "1,2,3", ""])
def test_no_pair(text):
    with pytest.raises(UsageError, match=r"--together .*give the numbers"):
        asked_pairs([text], WORK, "--together")


def test_a_school_that_is_not_there():
    with pytest.raises(UsageError, match="--apart 100001,999999: 999999 is not among the 8 schools"):
        asked_pairs(["100001,999999"], WORK, "--apart")


def test_locks_are_read():
    assert asked_locks([f"{A}=LW-2"], WORK) == {A: "LW-2"}


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["100001"], "such as"),
        (["100001=LW-9"], "no post LW-9. Valid: LW-1, LW-2"),
        (["999999=LW-1"], "999999 is not among"),
        (["100001=LW-1", "100001=LW-2"], "locked to LW-1 as well"),
    ],
)
def test_no_lock(texts, said):
    with pytest.raises(UsageError, match=said):
        asked_locks(texts, WORK)


def test_no_lock_without_posts():
    with pytest.raises(UsageError, match="there are no posts"):
        asked_locks(["100001=LW-1"], Work(WORK.day, SCHOOLS, (), {}))


@pytest.mark.parametrize(
    ("rules", "error", "said"),
    [
        (Rules(4, 3), UsageError, "4 to 3"),
        (Rules(0, 3), UsageError, "0 to 3"),
        (
            Rules(together=frozenset({pair(A, B), pair(B, C)}), apart=frozenset({pair(A, C)})),
            UsageError,
            f"{A} and {C}",
        ),
        (Rules(together=frozenset({pair(A, B)}), locks={A: "LW-1", B: "LW-2"}), UsageError, "LW-1 and LW-2"),
        (Rules(apart=frozenset({pair(A, B)}), locks={A: "LW-1", B: "LW-1"}), UsageError, "both are locked to LW-1"),
        (Rules(1, 2, True, frozenset({pair(A, B), pair(B, C)})), UsageError, "more than --max 2"),
        (Rules(1, 2, True, locks=dict.fromkeys((A, B, C), "LW-1")), UsageError, r"LW-1 must keep 3 schools \(100001"),
    ],
)
def test_rules_that_contradict_each_other(rules, error, said):
    with pytest.raises(error, match=said):
        require_agreement(rules)


def test_rules_that_agree():
    require_agreement(
        Rules(
            1, 3, True, frozenset({pair(A, B), pair(C, D)}), frozenset({pair(A, C)}), {A: "LW-1", B: "LW-1", C: "LW-2"}
        )
    )
    require_agreement(Rules(1, 2, locks=dict.fromkeys((A, B, C), "LW-1")))  # a soft range has room
