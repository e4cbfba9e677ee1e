"""Plans that were worked out are kept for a while, the last ones asked for."""

import pytest

from callbacks import centres_plans
from callbacks.centres_plans import KEPT_PLANS, Plans, plans_of
from geodata.errors import UsageError
from layers.family_centres.site_report import SiteAsked


def test_a_question_is_worked_out_once_and_the_oldest_is_forgotten(monkeypatch):
    asked = []
    monkeypatch.setattr(centres_plans, "site_plan", lambda _, one: asked.append(one) or one)
    plans = Plans()
    first = SiteAsked(add=1)
    assert plans.plan(None, first) is plans.plan(None, first) is first
    for number in range(KEPT_PLANS):
        plans.plan(None, SiteAsked(close=(str(number),)))
    assert len(asked) == 1 + KEPT_PLANS
    plans.plan(None, first)
    assert asked[-1] is first
    assert len(asked) == 2 + KEPT_PLANS


def test_a_refusal_is_no_plan(demo_store):
    plans = plans_of(demo_store)
    assert plans_of(demo_store) is plans
    for _ in range(2):
        with pytest.raises(UsageError, match="Nothing to do"):
            plans.plan(demo_store, SiteAsked())
