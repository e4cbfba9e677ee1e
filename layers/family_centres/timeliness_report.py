"""How soon early help comes, as a report: each measure by locality, with who is not known and all together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geodata.areas import EXTRA_AREAS
from geodata.periods import Period
from geodata.store import Store
from layers.basis import records_basis, scheme_basis
from layers.family_centres.timeliness import (
    Tally,
    again_answers,
    contact_answer,
    decision_answer,
    outcome_answer,
    support_answer,
    tally,
)
from layers.family_centres.timeliness_period import Told, ends_followed, referral_period, told_of
from layers.family_centres.timeliness_records import DATASET, SCHEME, family_referrals, help_cases, spells
from layers.family_centres.timeliness_settings import DAY_KINDS, TimelinessSettings, timeliness_settings
from layers.family_centres.timeliness_words import measure_sentence
from layers.format import format_range
from layers.report import Cell, Column, Figure, Report, Table

KEY, TITLE = "timeliness", "How soon early help comes"
TOTAL = "All families"

REFERRED, ENDED = "families referred", "families whose help ended"

NEWEST_DAYS = 28
"""A span that ends so near the last day of the records lacks families whose support has not begun."""

NOTES = (
    "A family counts once for each referral, whatever number of its children; without a family's number each child "
    "counts by itself. Its locality is that of most of its children.",
    "Families at protected addresses stand in the row of unknown addresses and nowhere else; they have no family's "
    "number here, so each child counts by itself.",
    "Hours go by the clock. A date without a time of day, or at midnight, is known to the day alone: where the answer "
    "depends on the time the family is listed as 'time of day not stated' and never guessed; the interval holds "
    "whatever it was, and no share is given where that is so for more than 5% of families.",
    "A share is of the families whose dates are stated. A locality is 'higher' or 'lower' only where its 95% interval "
    "(Wilson) leaves the county's share out.",
    "Only families whose support has begun are in the records; referrals that led to none are not.",
)


@dataclass(frozen=True)
class Measure:
    """One measure and what it counts.

    Attributes
    ----------
    key, title : str
        For machines and for people.
    who : str
        Whom it counts, such as "families referred".
    said : str
        What "met" means, after "for"/"of": such as "a decision within 24 hours".
    period : Period
        Of the referrals, or of the ends.
    by_area : mapping of str to Tally
        Area code -> families by answer.
    notes : tuple of str
        How it is counted.
    """

    key: str
    title: str
    who: str
    said: str
    period: Period
    by_area: Mapping[str, Tally]
    notes: tuple[str, ...]


def timeliness_report(store: Store, year: str | None = None) -> Report:
    """Return how soon early help comes, who comes back and with what outcome it ends, by locality.

    Parameters
    ----------
    store : Store
        With cases of early help.
    year : str, optional
        Year of the referrals, such as "2024/25"; the latest 12 whole months by default.

    Returns
    -------
    Report
        Tables "decision", "decision_limit", "contact", "support", "again_<months>" and "outcome", each with the rows
        of the localities, of addresses that are unknown and outside, of the county and of all. For officers: some
        numbers are small.

    Raises
    ------
    UsageError
        For a year that the records do not tell of, or where none are loaded.
    """
    told, period = told_of(store), referral_period(store, year)
    settings = timeliness_settings(store.profile)
    measures = (*_waits(store, period, settings), *_ends(store, told, period, settings))
    return Report(
        key=KEY,
        title=TITLE,
        period=period.dates,
        when=f"families referred {period.label}",
        council=store.profile.name,
        about={"audience": "officer", "snapshot": store.snapshot.id, "year": period.key},
        basis=(*records_basis(store, DATASET), *scheme_basis(store, SCHEME)),
        tables=tuple(_table(store, one) for one in measures),
        notes=(*_doubts(told, period), *NOTES, f"Settings: {settings.source}."),
    )


def _doubts(told: Told, period: Period) -> tuple[str, ...]:
    found = []
    if period.partial:
        found.append(f"These are not 12 whole months: the records are taken to be complete for {period.label} alone.")
    if period.last_day and (told.last - period.last_day).days < NEWEST_DAYS:
        found.append(
            "Families referred in the last weeks are there only if their support has begun already, which makes those "
            "weeks look quicker than they are."
        )
    return tuple(found)


def _waits(store: Store, period: Period, settings: TimelinessSettings) -> list[Measure]:
    start, end = period.start, period.end
    listed = [one for one in family_referrals(help_cases(store)) if start and end and start <= one.day < end]
    kind = settings.support_day_kind
    hours, limit, contact = settings.decision_hours, settings.decision_limit_hours, settings.contact_hours
    unstated = "Families without a stated referral count in the span in which their support started, as not stated."

    def measure(key: str, title: str, said: str, by_area: Mapping[str, Tally], *notes: str) -> Measure:
        return Measure(key, title, REFERRED, said, period, by_area, notes)

    return [
        measure(
            "decision",
            f"Decision within {hours:g} hours of the referral",
            f"a decision within {hours:g} hours",
            tally((one.area, decision_answer(one, hours)) for one in listed),
            unstated,
        ),
        measure(
            "decision_limit",
            f"Decision within the limit of {limit:g} hours of the referral",
            f"a decision within {limit:g} hours",
            tally((one.area, decision_answer(one, limit)) for one in listed),
            unstated,
        ),
        measure(
            "contact",
            f"First contact within {contact:g} hours of the decision",
            f"a first contact within {contact:g} hours of the decision",
            tally((one.area, contact_answer(one, contact)) for one in listed),
            "From the decision to the first time somebody spoke with the family after its referral; a contact before "
            "the decision is in time.",
        ),
        measure(
            "support",
            f"Support within {settings.support_days} {DAY_KINDS[kind]} of the decision",
            f"support within {settings.support_days} {kind} days of the decision",
            tally((one.area, support_answer(one, settings.support_days, kind)) for one in listed),
            f"From the day of the decision, which is day 0, to the start of the case, in {DAY_KINDS[kind]}: assumed. "
            "A start before the decision is in time; one before the referral contradicts it and counts as not stated.",
        ),
    ]


def _ends(store: Store, told: Told, period: Period, settings: TimelinessSettings) -> list[Measure]:
    found = spells(help_cases(store))
    measures = []
    for months in settings.again_months:
        ends = ends_followed(told, period, months)
        answers = again_answers(found, ends.start, ends.end, months, told.last) if ends.start and ends.end else []
        measures.append(
            Measure(
                f"again_{months}",
                f"Referred again within {months} months of the end of help",
                ENDED,
                f"a new referral within {months} months",
                ends,
                tally(answers),
                (
                    f"Families whose help ended from {ends.label}, each followed for all {months} months. Help ends "
                    "when no child of the family has any; a change of level, or a referral before the end, goes on "
                    "with it. A new referral counts by its day, or by the start where none is stated, and only if it "
                    "led to support.",
                ),
            )
        )
    ended = [one for one in found if one.end and period.start and period.end and period.start <= one.end < period.end]
    measures.append(
        Measure(
            "outcome",
            "Outcome achieved at the end of help",
            ENDED,
            "the outcome achieved",
            period,
            tally((one.area, outcome_answer(one)) for one in ended),
            (
                "Partly achieved, not achieved, withdrawn, passed on to social care and moved away all count as not "
                "achieved. Of children of one family that end together the least good outcome counts: assumed.",
            ),
        )
    )
    return measures


def span_words(measure: Measure) -> str:
    """Return whom a measure counts and from when to when: each has its own span, and it is its table's first note."""
    return f"{measure.who.capitalize()} {measure.period.label}."


def _table(store: Store, measure: Measure) -> Table:
    names = store.areas.names[SCHEME]
    tallies = {code: measure.by_area.get(code, Tally()) for code in (*names, *EXTRA_AREAS)}
    county = sum((tallies[code] for code in names), Tally())
    total = sum(tallies.values(), Tally())
    listed = [(code, name, tallies[code]) for code, name in (*names.items(), *EXTRA_AREAS.items())]
    listed += [("county", store.profile.name, county), ("", TOTAL, total)]
    rows: list[dict[str, Cell]] = [{"area": name, "code": code, **_cells(one)} for code, name, one in listed]
    columns = (
        Column("area", store.profile.scheme(SCHEME).one.capitalize(), numeric=False),
        Column("code", "Code", numeric=False, hidden=True),
        Column("met", "Yes"),
        Column("base", "Of"),
        Column("share", "Share"),
        Column("interval", "95% interval", numeric=False),
        Column("lower", "Lower limit", hidden=True),
        Column("upper", "Upper limit", hidden=True),
        Column("untold", "Time of day not stated"),
        Column("unstated", "Not stated"),
        Column("families", measure.who.capitalize()),
    )
    places = [(name, tallies[code]) for code, name in names.items()]
    return Table(
        measure.key,
        measure.title,
        columns,
        tuple(rows),
        measure_sentence(measure.said, measure.who, measure.period.label, places, county),
        (span_words(measure), *measure.notes),
        frozenset({store.profile.name, TOTAL}),
    )


def _cells(one: Tally) -> dict[str, Cell]:
    share, limits = one.share(), one.limits()
    lower, upper = limits or (None, None)
    return {
        "met": one.met,
        "base": one.base,
        "share": Figure(share.value, 1, "%") if share else None,
        "interval": format_range(lower, upper, 1, suffix="%"),
        "lower": None if lower is None else Figure(lower, 1, "%"),
        "upper": None if upper is None else Figure(upper, 1, "%"),
        "untold": one.untold,
        "unstated": one.unstated,
        "families": one.families,
    }
