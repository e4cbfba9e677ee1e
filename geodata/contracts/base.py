"""What a dataset's file must hold: columns, codes, rules and how long it may be kept.

A contract is plain data; pandera is imported only when its schema is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

Kind = Literal[
    "identifier", "date", "month", "moment", "code", "codes", "year_group", "flag", "postcode", "urn", "urns", "area",
    "number", "whole", "coordinate", "text", "value",
]  # fmt: skip
"""How a column's text is read.

`month` keeps only the first day of the month; `moment` is a date with its time of day, and midnight stands for a date
whose time is not stated, as exports write it; `flag` is yes or no, blank is no; `codes` and `urns` hold several, kept
in order and joined by ";"; `number` and `whole` are not below zero; `text` is a short name of a place or thing and is
refused where it looks like a person's; `value` is a number, or a symbol of official statistics (`SYMBOLS`).
"""

Shape = Literal["events", "population", "sites", "records", "figures", "lookup"]
"""What the rows are: dated records of children; residents by area and age; places with a point; plain rows; published
figures; areas of a scheme."""

Slot = Literal["whole", "date", "edition", "source", "scheme"]
"""What a new file of a dataset takes the place of: all that was loaded, or only what has its date, edition, file name
or area scheme."""

SYMBOLS: Mapping[str, str] = MappingProxyType(
    {"z": "not applicable", "x": "not available", "c": "confidential", "low": "rounds to nothing, but is not nothing"}
)
"""Symbols of official statistics in place of a number."""

NO_CODES: Mapping[str, str] = MappingProxyType({})

LAST_DAY = "last_day"
"""Column that `Contract.flags` of dated records may ask for: the day to which the file tells, the same in every row."""

YEAR_GROUPS = (-2, 14)
"""National curriculum years from the first nursery year (N1) to the third year past 16."""


@dataclass(frozen=True)
class Column:
    """One column that a file may bring.

    Attributes
    ----------
    key, title : str
        Its name in our data, and for people.
    kind : Kind
        How its text is read.
    required : bool
        Whether a file without it, or a row with it blank, is refused.
    aliases : tuple of str
        Headings seen in real exports; case, spaces and punctuation do not matter.
    codes : mapping of str to str
        Code -> what it means; empty when the column is not coded.
    spellings : mapping of str to str
        Other ways in which a code is written, in lower case -> the code.
    description : str
        One sentence for the data officer.
    codes_of : str
        Which list of the council's profile its codes are; empty where they are the same for every council. Until
        `geodata.contracts.for_profile` fills them in, no code is known.
    unknown : str
        What is wrong with a code that is not known, as a clause.
    """

    key: str
    title: str
    kind: Kind
    required: bool = False
    aliases: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(default_factory=lambda: NO_CODES)
    spellings: Mapping[str, str] = field(default_factory=lambda: NO_CODES)
    description: str = ""
    codes_of: str = ""
    unknown: str = "not a known code"


@dataclass(frozen=True)
class Rule:
    """A rule across the columns of a row.

    Attributes
    ----------
    column : str
        The column a broken rule is reported on.
    description : str
        What is wrong when it is broken, as a clause.
    holds : callable
        Takes the typed frame, returns a Boolean series; True where the row keeps the rule (a blank keeps it).
    code : str
        A code that may be the remedy ("should it be closed?"); said where the council's profile has it.
    """

    column: str
    description: str
    holds: Callable[[pd.DataFrame], pd.Series[bool]]
    code: str = ""


@dataclass(frozen=True)
class Contract:
    """What a dataset's file must hold.

    Attributes
    ----------
    key, title : str
        The name on the command line, and for people.
    shape : Shape
        What the rows are.
    columns : tuple of Column
        In the order in which they are stored.
    unique : tuple of str
        Column keys that together name a row once.
    rules : tuple of Rule
        Across columns; a row that breaks one is set aside.
    flags : tuple of Rule
        A row that breaks one of these is accepted and listed, so that a person looks at it. Of dated records the frame
        also has `LAST_DAY`.
    retention_months : int
        How long after its import the data may be kept; 0 is without limit (no personal data).
    slot : Slot
        What a new file takes the place of.
    personal : bool
        Whether its rows are about children: real ones never stand beside synthetic ones unasked.
    dated : bool
        Whether its rows count at one day that the file does not give in a column (``--date``).
    plain : str
        One sentence for the data officer: what it is and what it is for.
    """

    key: str
    title: str
    shape: Shape
    columns: tuple[Column, ...]
    unique: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    flags: tuple[Rule, ...] = ()
    retention_months: int = 0
    slot: Slot = "whole"
    personal: bool = False
    dated: bool = False
    plain: str = ""

    def column(self, key: str) -> Column:
        """Return the column of that key; `KeyError` when there is none."""
        return {column.key: column for column in self.columns}[key]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all columns, in stored order."""
        return tuple(column.key for column in self.columns)

    def schema(self) -> pa.DataFrameSchema:
        """Return the pandera schema of the typed frame (see `geodata.validation`).

        The text of each check is the reason that a person reads; for a rule across columns it begins with the
        column that the reason belongs to.
        """
        import pandera.pandas as pa  # noqa: PLC0415 - slow to import, needed only to import files

        columns = {
            column.key: pa.Column(nullable=not column.required, checks=_checks(column, pa), required=True)
            for column in self.columns
        }
        across = [
            pa.Check(rule.holds, error=f"{rule.column}: {rule.description}", ignore_na=False) for rule in self.rules
        ]
        return pa.DataFrameSchema(columns, checks=across, strict=False)


def _checks(column: Column, pa: Any) -> list[pa.Check]:
    if column.kind == "code":
        return [pa.Check.isin(list(column.codes), error=column.unknown)]
    if column.kind == "year_group":
        low, high = YEAR_GROUPS
        return [pa.Check.in_range(low, high, error=f"not a national curriculum year from {low} to {high}")]
    if column.kind in ("number", "whole"):
        return [pa.Check.ge(0, error="below zero")]
    return []
