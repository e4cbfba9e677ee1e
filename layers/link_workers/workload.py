"""Hours a week that a school asks of its link worker: an assumed weight for each thing that makes work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from layers.format import format_value, plural
from layers.link_workers.workload_settings import WorkloadSettings

BANDS = ("low", "middle", "high")


@dataclass(frozen=True)
class Facts:
    """What is known of one school.

    Attributes
    ----------
    kind : str
        As in `layers.school_kinds.STATE_KINDS`.
    roll : float or None
        Pupils; None where it is not known.
    fsm_percent : float or None
        Of them eligible for free school meals, 0 to 100; None where it is not known.
    families : mapping of str to int
        Level -> open families of early help; "" for no level stated.
    cme : int
        Open cases of missing education that name the school.
    """

    kind: str
    roll: float | None = None
    fsm_percent: float | None = None
    families: Mapping[str, int] = field(default_factory=dict)
    cme: int = 0


def hours_of(facts: Facts, settings: WorkloadSettings) -> float:
    """Return the hours a week of one school; what is not known of it counts nothing, so `filled` comes first.

    Returns
    -------
    float
        base(kind) + sum over levels of families x hours + cases x hours + roll x (hours + percent / 100 x hours).
    """
    roll = facts.roll or 0.0
    families = sum(
        count * settings.family_hours.get(level or settings.unstated_level, 0.0)
        for level, count in facts.families.items()
    )
    fsm = roll * (facts.fsm_percent or 0.0) / 100
    return (
        settings.base_hours[facts.kind]
        + families
        + facts.cme * settings.cme_hours
        + fsm * settings.fsm_pupil_hours
        + roll * settings.pupil_hours
    )


def handed_over(facts: Facts, settings: WorkloadSettings) -> int:
    """Return the families that a new worker would take over: those of a level that is worked."""
    return sum(
        count
        for level, count in facts.families.items()
        if settings.family_hours.get(level or settings.unstated_level, 0.0) > 0
    )


def load_band(hours: float, settings: WorkloadSettings) -> str:
    """Return "low", "middle" or "high": what a team is shown, since hours would give cases away."""
    middle, high = settings.bands
    return BANDS[(hours >= middle) + (hours >= high)]


def band_words(settings: WorkloadSettings) -> str:
    """Return what the bands mean, as a sentence."""
    middle, high = settings.bands
    return (
        f"Load of a school ({settings.source}): low under {middle:g} hours a week, middle from {middle:g} to under "
        f"{high:g}, high from {high:g}."
    )


def filled(schools: Sequence[Facts], settings: WorkloadSettings) -> tuple[tuple[Facts, ...], tuple[str, ...]]:
    """Return schools without gaps, and what was put in the place of what is not known.

    A roll is the median of the schools of its kind that have one, else the assumed one of the kind. A share of free
    school meals is that of all pupils whose schools state one, else the assumed one.

    Parameters
    ----------
    schools : sequence of Facts
        Of the whole plan: the stand-ins rest on the others.
    settings : WorkloadSettings
        The assumptions.

    Returns
    -------
    tuple of Facts
        In the same order.
    tuple of str
        A sentence for each thing that was filled in.
    """
    rolls: dict[str, list[float]] = {}
    for one in schools:
        if one.roll is not None:
            rolls.setdefault(one.kind, []).append(one.roll)
    typical = {kind: median(rolls[kind]) if kind in rolls else roll for kind, roll in settings.roll.items()}
    whole = [one.roll if one.roll is not None else typical[one.kind] for one in schools]
    stated = [(roll, one.fsm_percent) for one, roll in zip(schools, whole, strict=True) if one.fsm_percent is not None]
    pupils = sum(roll for roll, _ in stated)
    percent = sum(roll * share for roll, share in stated) / pupils if pupils else settings.fsm_percent
    done = tuple(
        Facts(one.kind, roll, one.fsm_percent if one.fsm_percent is not None else percent, one.families, one.cme)
        for one, roll in zip(schools, whole, strict=True)
    )
    return done, _filled_words(schools, rolls, percent if pupils else None, settings)


def _filled_words(
    schools: Sequence[Facts], rolls: Mapping[str, Sequence[float]], percent: float | None, settings: WorkloadSettings
) -> tuple[str, ...]:
    said = []
    if lost := sum(one.roll is None for one in schools):
        how = "the median of the schools of their kind, else an assumed one," if rolls else "an assumed one of the kind"
        said.append(f"Roll not known for {plural(lost, 'school')}: {how} stands in its place (estimated).")
    if lost := sum(one.fsm_percent is None for one in schools):
        share = format_value(settings.fsm_percent if percent is None else percent, 1, suffix="%")
        how = f"{share} of pupils" + (" (assumed)" if percent is None else ", that of the other schools (estimated)")
        said.append(f"Free school meals not known for {plural(lost, 'school')}: {how} stands in its place.")
    return tuple(said)
