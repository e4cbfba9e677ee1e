"""Early help: one row for each case of family support."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from geodata.contracts.base import Column, Contract, Rule
from geodata.contracts.children import (
    BORN,
    CHILD_ID,
    DATE_RULES,
    POSTCODE,
    PROTECTED,
    SCHOOL_URN,
    YEAR_GROUP,
    not_before,
    not_far_ahead,
)

if TYPE_CHECKING:
    import pandas as pd

    Holds = Callable[[pd.DataFrame], pd.Series[bool]]

LEVEL_CODES = {"2": "Level 2: early help", "3": "Level 3: intensive early help", "1": "Level 1: universal",
               "4": "Level 4: statutory"}  # fmt: skip

OUTCOME_CODES = {
    "achieved": "Outcome achieved",
    "partly": "Outcome partly achieved",
    "not_achieved": "Outcome not achieved",
    "withdrew": "The family withdrew",
    "stepped_up": "Passed to statutory social care",
    "moved": "The family moved away",
    "other": "Ended for another reason",
}
OUTCOME_SPELLINGS = {
    "outcomes achieved": "achieved", "all outcomes achieved": "achieved", "fully achieved": "achieved",
    "met": "achieved",
    "outcomes met": "achieved", "all outcomes met": "achieved", "needs met": "achieved", "all needs met": "achieved",
    "goals achieved": "achieved", "goals met": "achieved", "fully met": "achieved", "successful": "achieved",
    "successful outcome": "achieved", "closed - outcomes achieved": "achieved", "closed - needs met": "achieved",
    "partly achieved": "partly", "partially achieved": "partly", "outcomes partly achieved": "partly",
    "outcomes partially achieved": "partly", "some outcomes achieved": "partly", "partly met": "partly",
    "partially met": "partly", "needs partly met": "partly", "some needs met": "partly",
    "not achieved": "not_achieved", "outcomes not achieved": "not_achieved", "not met": "not_achieved",
    "outcomes not met": "not_achieved", "needs not met": "not_achieved", "unmet": "not_achieved",
    "no outcomes achieved": "not_achieved", "unsuccessful": "not_achieved",
    "withdrawn": "withdrew", "withdrew consent": "withdrew", "consent withdrawn": "withdrew",
    "family withdrew": "withdrew", "family withdrew consent": "withdrew", "family disengaged": "withdrew",
    "disengaged": "withdrew", "did not engage": "withdrew", "non engagement": "withdrew", "non-engagement": "withdrew",
    "family declined": "withdrew", "declined": "withdrew",
    "stepped up": "stepped_up", "step up": "stepped_up", "step up to social care": "stepped_up",
    "stepped up to social care": "stepped_up", "stepped up to statutory": "stepped_up", "escalated": "stepped_up",
    "escalated to social care": "stepped_up", "transferred to social care": "stepped_up",
    "moved away": "moved", "moved out of area": "moved", "family moved": "moved", "family moved away": "moved",
    "left area": "moved", "out of area": "moved", "other reason": "other",
}  # fmt: skip

REFERRAL, DECISION, CONTACT = "referral_received", "decision_made", "first_contact"
MOMENTS = (REFERRAL, DECISION, CONTACT)

LONGEST_DAYS = {DECISION: 30, CONTACT: 90, "start_date": 180}
"""Column -> days after the referral beyond which a date has more likely been mistyped. Assumed."""


def not_earlier(later: pd.Series, earlier: pd.Series) -> pd.Series[bool]:
    """Return where a moment may lie at or after another; True where either is missing.

    Where one of them has no time (midnight), only their days are held against each other.
    """
    days = not_before(later.dt.normalize(), earlier.dt.normalize())
    timed = (later.dt.normalize() != later) & (earlier.dt.normalize() != earlier)
    result: pd.Series[bool] = days & (~timed | not_before(later, earlier))
    return result


def _in_order(later: str, earlier: str) -> Holds:
    return lambda rows: not_earlier(rows[later], rows[earlier])


def _not_far_ahead(column: str) -> Holds:
    return lambda rows: not_far_ahead(rows[column])


def _within_days(column: str, days: int) -> Holds:
    def holds(rows: pd.DataFrame) -> pd.Series[bool]:
        import pandas as pd  # noqa: PLC0415 - contracts stay light to import

        within: pd.Series[bool] = ~(
            rows[column].dt.normalize() - rows[REFERRAL].dt.normalize() > pd.Timedelta(days=days)
        )
        return within

    return holds


def _past(column: str) -> Holds:
    def holds(rows: pd.DataFrame) -> pd.Series[bool]:
        import pandas as pd  # noqa: PLC0415

        past: pd.Series[bool] = ~(rows[column] > pd.Timestamp.now())
        return past

    return holds


ORDER_RULES = (
    Rule(DECISION, "the decision lies before the referral", _in_order(DECISION, REFERRAL)),
    Rule(CONTACT, "the first contact lies before the referral", _in_order(CONTACT, REFERRAL)),
    *(Rule(key, "more than a year in the future", _not_far_ahead(key)) for key in MOMENTS),
)
"""What cannot be; a row that breaks one is set aside."""

DOUBTS = (
    Rule(
        "start_date",
        "the support starts before the referral; are both dates right?",
        lambda rows: not_before(rows["start_date"], rows[REFERRAL].dt.normalize()),
    ),
    *(
        Rule(key, f"more than {days} days after the referral; are both dates right?", _within_days(key, days))
        for key, days in LONGEST_DAYS.items()
    ),
    *(Rule(key, "lies in the future", _past(key)) for key in MOMENTS),
    Rule(
        "outcome",
        "an outcome, but no end; was the case closed?",
        lambda rows: rows["outcome"].isna() | rows["end_date"].notna(),
    ),
)

CONTRACT = Contract(
    key="early_help_cases",
    title="Early help cases",
    shape="events",
    plain="Families with early help, from when to when, how soon it came, and the post that supports them.",
    columns=(
        CHILD_ID,
        Column("family_id", "Family's identifier", "identifier",
               aliases=("family id", "family ref", "family reference", "household id", "group id")),
        Column("start_date", "Start of the case", "date", required=True,
               aliases=("start", "date started", "date opened", "case opened", "open date", "case start date",
                        "episode start", "eh start date", "early help start date")),
        Column("end_date", "End of the case", "date",
               aliases=("end", "date ended", "date closed", "closed date", "case closed", "closure date",
                        "case end date", "episode end", "eh end date", "early help end date")),
        Column("level", "Level of need", "code", aliases=("tier", "level of need", "threshold", "step"),
               codes=LEVEL_CODES,
               spellings={f"{word} {n}": n for n in LEVEL_CODES for word in ("level", "tier", "step")}),
        Column("post", "Post that holds the case", "identifier",
               aliases=("post number", "worker post", "post id", "position number", "link worker post"),
               description="A post's number; never the name of who holds it."),
        Column(REFERRAL, "Referral received", "moment",
               aliases=("referral", "referral date", "date of referral", "referred", "date referred", "referral time",
                        "referral date time", "referral received date", "date referral received", "received date",
                        "date received", "contact received", "request received", "request for help received",
                        "eh referral date", "early help referral date", "referral start date"),
               description="Day and time; a day alone is read as such, and so is one at midnight."),
        Column(DECISION, "Decision made", "moment",
               aliases=("decision", "decision date", "date of decision", "decision time", "decision date time",
                        "decision made date", "date decision made", "referral decision date", "triage decision date",
                        "threshold decision date", "screening decision date", "triage completed"),
               description="When it was decided what help the family gets; day and time, as above."),
        Column(CONTACT, "First contact with the family", "moment",
               aliases=("first contact", "first contact date", "date of first contact", "first contact time",
                        "first contact with family", "first family contact", "family first contacted",
                        "family contacted", "date family contacted", "first successful contact"),
               description="When somebody first spoke with the family after the referral; day and time, as above."),
        Column("outcome", "Outcome", "code",
               aliases=("outcome of support", "case outcome", "outcome at closure", "closure outcome", "outcome code",
                        "episode outcome", "early help outcome"),
               description="How the support ended.",
               codes=OUTCOME_CODES, spellings=OUTCOME_SPELLINGS),
        SCHOOL_URN,
        YEAR_GROUP,
        BORN,
        POSTCODE,
        PROTECTED,
    ),
    unique=("child_id", "start_date"),
    rules=(*DATE_RULES, *ORDER_RULES),
    flags=DOUBTS,
    retention_months=72,
    personal=True,
)  # fmt: skip
