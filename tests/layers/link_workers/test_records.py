"""Plans and rules come back from JSON as they were."""

import json
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from layers.link_workers.core import Cluster, Plan, Rules
from layers.link_workers.records import plan_from, plan_record, rules_from, rules_record

URNS = st.integers(100_000, 150_000)
PAIRS = st.frozensets(st.frozensets(URNS, min_size=2, max_size=2), max_size=3)


def there_and_back(record):
    return json.loads(json.dumps(record))


def test_a_plan_comes_back():
    plan = Plan(
        (Cluster("LW-1", "a", (2, 1), 3.5, 4.25, 6, False, "LW-9"), Cluster("LW-2", "b", (), 0.0, 0.0)),
        ((3, "no hours are left"),), "within_gap", 0.003, 12.5, MappingProxyType({"travel": 12.5}), 0.8, ("said",),
    )  # fmt: skip
    assert plan_from(there_and_back(plan_record(plan))) == plan


def test_a_plan_without_proof_comes_back():
    plan = Plan((), (), "time_limit", None, 0.0, MappingProxyType({}), 0.0)
    assert plan_from(there_and_back(plan_record(plan))) == plan


@given(PAIRS, PAIRS, st.dictionaries(URNS, st.sampled_from(["LW-1", "x:y"]), max_size=3), st.booleans())
def test_rules_come_back_and_are_written_in_one_order(together, apart, locks, flag):
    rules = Rules(2, 6, flag, together, apart, MappingProxyType(locks), not flag)
    record = rules_record(rules)
    assert rules_from(there_and_back(record)) == rules
    turned = Rules(2, 6, flag, together, apart, MappingProxyType(dict(reversed(locks.items()))), not flag)
    assert json.dumps(rules_record(turned)) == json.dumps(record)
