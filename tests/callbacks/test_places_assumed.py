"""What is taken for granted, each with its source."""

from callbacks.places_assumed import assumptions
from layers.sufficiency.settings import Cost, SufficiencySettings, sufficiency_settings


def test_every_assumption_has_a_value_and_a_source(profile):
    found = assumptions(sufficiency_settings(profile))
    assert all(one.title and one.value and one.source for one in found)
    prices = [one for one in found if one.title.startswith("A place")]
    assert any(one.value.startswith("\u00a323,900 a year") and one.source.startswith("indicative") for one in prices)


def test_what_nobody_has_published_is_called_assumed():
    cost = Cost("base", 17_000, "assumed", "assumed", "assumed")
    found = assumptions(SufficiencySettings(costs=(cost,), slippage_months=3))
    assert found[0] == ("Working occupancy: share of open places that can be filled", "95%", "assumed")
    assert ("Planned openings slip by", "3 months", "assumed") in found
    assert found[-1] == ("A place: Base (ARP or SEN unit)", "\u00a317,000 a year", "assumed")
