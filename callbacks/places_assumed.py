"""What the sufficiency model takes for granted, as a list for people: each with its value and where it is from."""

from __future__ import annotations

from callbacks.places_facts import Assumption
from callbacks.places_words import provision_words
from layers.format import format_value
from layers.sufficiency.settings import Cost, SufficiencySettings

OF_THE_MODEL = "assumed"
"""Source of what nobody has published."""


def assumptions(settings: SufficiencySettings) -> tuple[Assumption, ...]:
    """Return the assumptions of the model."""
    stated = dict(one.split(": ", 1) for one in settings.sources if ": " in one)
    travel = stated.get("travel", OF_THE_MODEL)
    ramp = ", ".join(_percent(share) for share in settings.ramp)
    found = [
        Assumption("Working occupancy: share of open places that can be filled", _percent(settings.working_occupancy),
                   stated.get("working occupancy", OF_THE_MODEL)),
        Assumption("New places there in their first, second ... school year", ramp,
                   stated.get("ramp of new places", OF_THE_MODEL)),
        Assumption("Planned openings slip by", f"{settings.slippage_months} months", OF_THE_MODEL),
        Assumption("Settings admit above their number", "yes" if settings.over_number else "no", OF_THE_MODEL),
        Assumption("Children and young people for each new home", format_value(settings.pupils_per_dwelling, 1),
                   stated.get("pupils for each new home", OF_THE_MODEL)),
        Assumption("Road over straight line", format_value(settings.detour, 1), travel),
        Assumption("Minutes for each kilometre", format_value(settings.minutes_per_km, 1), travel),
        Assumption("Draws of the forecast", format_value(settings.draws), "choice of the model"),
        Assumption("Plans that a cell has to rest on", format_value(settings.fewest_plans), "choice of the model"),
    ]  # fmt: skip
    found += [_price(cost, "a year") for cost in settings.costs]
    found += [_price(cost, f"to build one, over {cost.life_years} years") for cost in settings.capital]
    return tuple(found)


def _percent(share: float) -> str:
    return f"{format_value(100 * share)}%"


def _price(cost: Cost, what: str) -> Assumption:
    source = cost.source if cost.source == cost.status else f"{cost.status}: {cost.source}"
    year = f", {cost.year}" if cost.year and cost.year != cost.status else ""
    name = provision_words(cost.provision)
    return Assumption(f"A place: {name}", f"\u00a3{cost.pounds:,.0f} {what}{year}", source)
