"""What a scenario does: the assumptions, places, rates and plans that it changes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from layers.sufficiency.core import GAP_PROVISIONS, PROVISIONS, Counts, Demand, Means, Places, by_phase
from layers.sufficiency.ground import Ground
from layers.sufficiency.mean_path import RateChanges
from layers.sufficiency.pipeline import slipped, working_places
from layers.sufficiency.scenario_options import (
    Diversion,
    IndependentAvoided,
    NewBase,
    NewSchool,
    OverNumber,
    Ramp,
    Reform,
    Retention,
    Scenario,
    Slippage,
)
from layers.sufficiency.settings import SufficiencySettings

BLOCK = 25
"""Draws that are scaled at a time, so that what is made of them stays in the processor's cache."""

SHIFT = 7
"""Cells by which the rests of one block are moved on for the next, so that each cell has others there."""

GOLDEN = 0.6180339887498949
"""Multiples of it, without their whole parts, lie evenly between 0 and 1 however many are taken."""

NO_PLANS = 1e-9
"""An expected number of plans below which there are none to scale."""

SEED = 20_220_720


def settings_of(scenario: Scenario, settings: SufficiencySettings) -> SufficiencySettings:
    """Return the assumptions with those that a scenario changes: slippage is added, ramp and over-number replaced."""
    for slip in scenario.of(Slippage):
        settings = replace(settings, slippage_months=settings.slippage_months + slip.months)
    for over in scenario.of(OverNumber):
        settings = replace(settings, over_number=over.on)
    for ramp in scenario.of(Ramp):
        settings = replace(settings, ramp=ramp.shares)
    return settings


def places_of(scenario: Scenario, settings: SufficiencySettings, ground: Ground) -> tuple[Places, ...]:
    """Return the places that a scenario adds, one row for each phase.

    Parameters
    ----------
    scenario : Scenario
        Checked against the ground.
    settings : SufficiencySettings
        From `settings_of`: with the scenario's own slippage and ramp.
    ground : Ground
        Its years are those of the demand.

    Returns
    -------
    tuple of Places
        For `layers.sufficiency.supply.supply` to add.
    """
    return tuple(
        Places(
            setting=site.name or getattr(option, "name", ""),
            urn=option.setting_urn if isinstance(option, NewBase) else None,
            area=site.area,
            easting=site.easting,
            northing=site.northing,
            provision="base" if isinstance(option, NewBase) else option.provision,
            phase=phase,
            need=option.need,
            commissioned=places,
            capacity=None,
            pupils=None,
            by_year=working_places(float(places), (option.opens, None), ground.years, settings),
            opens=slipped(option.opens, settings.slippage_months),
            planned=True,
            from_scenario=True,
        )
        for option in scenario.options
        if isinstance(option, NewSchool | NewBase)
        for site in (ground.site(option),)
        for phase, places in option.places
    )


def rate_changes(scenario: Scenario) -> RateChanges:
    """Return what a scenario changes in the rates of the cohort model.

    A reform leaves out its share of new plans, at every age alike; diversion holds for special schools, bases and
    independent schools alike: both assumed.
    """
    changes = RateChanges()
    for reform in scenario.of(Reform):
        changes = replace(changes, new_plans_factor={reform.from_year: 1 - reform.share})
    for diversion in scenario.of(Diversion):
        shares = dict.fromkeys(GAP_PROVISIONS, diversion.share)
        changes = replace(changes, diversion=shares, diversion_from=diversion.from_year)
    for retention in scenario.of(Retention):
        changes = replace(changes, retention=retention.share, retention_from=retention.from_year)
    return changes


def changed_demand(demand: Demand, base_mean: Means, scenario_mean: Means) -> Counts:
    r"""Return the draws of a scenario: those of the base case, each scaled by the ratio of the expected paths.

    .. math:: x' = \lfloor x\, m'/m + u \rfloor

    for each cell, with m and m' the expected plans without and with the scenario and u between 0 and 1. The u of one
    cell lie evenly over the draws, so that the mean over draws is the scaled mean (systematic rounding) and the spread
    keeps its size relative to the mean. Where there were none to scale, the expected plans themselves are rounded so.
    Moves between provisions are scaled apart: a draw's total can differ from the base case's by that rounding.

    Parameters
    ----------
    demand : Demand
        The base case.
    base_mean, scenario_mean : Means
        [year, area, NCY, need, provision]: from `layers.sufficiency.mean_path.mean_path`.

    Returns
    -------
    Counts
        [draw, year, area, phase, need, provision]; the very array of the demand where nothing changes.
    """
    before, after = by_phase(base_mean).astype(np.float64), by_phase(scenario_mean).astype(np.float64)
    none = before < NO_PLANS
    ratio = np.where(none, 1.0, after / np.where(none, 1.0, before))
    added = np.where(none, after, 0.0)
    changed = ((np.abs(ratio - 1) > NO_PLANS) | (added > NO_PLANS)).reshape(len(ratio), -1).any(axis=1)
    if not changed.any():
        return demand.draws
    first = int(changed.argmax())
    draws = np.empty_like(demand.draws)
    draws[:, :first] = demand.draws[:, :first]
    _scale(demand.draws[:, first:], draws[:, first:], ratio[first:], added[first:])
    return draws


def _scale(plans: Counts, into: Counts, ratio: Means, added: Means) -> None:
    """Write the scaled draws, some at a time."""
    factors, more = ratio.astype(np.float32), added.astype(np.float32)
    year = factors[0].size
    rests = _rests(year + SHIFT * (len(plans) // BLOCK + 1))
    for number, begin in enumerate(range(0, len(plans), BLOCK)):
        block = plans[begin : begin + BLOCK]
        # The same in every year, so that a year alone comes to the same plans as among others.
        rest = rests[: len(block), number * SHIFT : number * SHIFT + year]
        scaled = np.multiply(block, factors, dtype=np.float32)
        scaled += rest.reshape(len(block), 1, *factors.shape[1:])
        if more.any():
            scaled += more
        into[begin : begin + BLOCK] = scaled  # the part after the point is cut off


def _rests(count: int) -> npt.NDArray[np.float32]:
    """Return what is added before the part after the point is cut off, [draw of a block, cell].

    Odd multiples of 1 / 1024: with them a cell that keeps its plans keeps them exactly, up to 8,191.
    """
    start = np.random.default_rng(SEED).random(count, dtype=np.float32)
    even = (np.arange(BLOCK, dtype=np.float32) * np.float32(GOLDEN)) % 1
    return np.asarray((np.floor((start + even[:, None]) % 1 * 512) + 0.5) / 512, dtype=np.float32)


def avoid_independent(draws: Counts, scenario: Scenario, ground: Ground, areas: tuple[str, ...]) -> Counts:
    """Return the draws with the children that a scenario keeps out of independent schools where it says.

    In every draw and year the number is taken from the area's independent plans by phase and need as these are spread,
    by whole children (systematic sampling: every child is as likely), and never more than there are.

    Parameters
    ----------
    draws : Counts
        [draw, year, area, phase, need, provision].
    scenario : Scenario
        Its `IndependentAvoided`, in their order.
    ground : Ground
        Its years are those of the draws.
    areas : tuple of str
        Codes along the axis of areas.
    """
    options = scenario.of(IndependentAvoided)
    if not options:
        return draws
    draws = draws.copy()
    independent = PROVISIONS.index("independent")
    for option in options:
        since = next((at for at, year in enumerate(ground.years) if year >= option.from_year), len(ground.years))
        chosen = [areas.index(option.area)] if option.area else range(len(areas))
        block = draws[:, since:, min(chosen) : max(chosen) + 1]
        taken = _taken(block[..., independent], option.places)
        block[..., independent] -= taken
        block[..., PROVISIONS.index(option.into)] += taken
    return draws


def _taken(plans: npt.NDArray[np.int16], number: int) -> npt.NDArray[np.int16]:
    """Return how many of each cell are taken, [draw, year, ...], `number` in each draw and year or all there are."""
    flat = plans.reshape(*plans.shape[:2], -1)
    taken = np.empty(flat.shape, dtype=np.int16)
    for begin in range(0, len(flat), BLOCK):
        upto = np.cumsum(flat[begin : begin + BLOCK], axis=-1, dtype=np.float64)
        total = upto[..., -1:]
        # Never a whole number after the product, so that the last step is what is wanted in spite of rounding.
        start = ((np.arange(begin, begin + len(upto)) * GOLDEN) % 1 * 0.998 + 0.001)[:, None, None]
        steps = np.floor(upto * (np.minimum(number, total) / np.maximum(total, 1)) + start)
        taken[begin : begin + BLOCK, :, 0] = steps[..., 0]
        taken[begin : begin + BLOCK, :, 1:] = steps[..., 1:] - steps[..., :-1]
    return taken.reshape(plans.shape)
