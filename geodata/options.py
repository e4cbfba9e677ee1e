"""What a person may say about a file that is imported."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from geodata.contracts import Contract
from geodata.errors import UsageError
from geodata.manifest import BASES, Basis

EDITIONS = ("2004", "2007", "2010", "2015", "2019", "2025")
"""Of the indices of deprivation of England."""

SCHEME_KEY = re.compile(r"[a-z][a-z0-9_]{1,39}")
FIXED = ("county", "correspondence", "atom", "unknown", "outside", "withheld")
"""Words that are no scheme's key to give: the county is what the others add up to, the rest mean something else."""


@dataclass(frozen=True)
class Options:
    """What is said of a file; nothing of it needs to be.

    Attributes
    ----------
    mapping : mapping, path or None
        Our column -> their heading (None leaves a column out), or a JSON or TOML file of it; it comes before what is
        found or remembered.
    reference_date : datetime.date or None
        The day that the rows count at; of a population with several dates, the rows to take in.
    covers_from, covers_to : datetime.date or None
        Of dated records of children: the days, both included, for which the file is complete.
    basis : Basis
        What kind of figures these are.
    beside_synthetic : bool
        Whether real children may stand beside synthetic ones.
    sheet : str
        Of a workbook; the first with headings by default.
    edition : str
        Of the indices of deprivation: "2019" or "2025"; else told by the headings or the file's name.
    scheme, title : str
        Of an area scheme: its key, and its name for people; else told by the headings.
    vintage : int or None
        The year that the areas' codes are of.
    valid_from, valid_to : datetime.date or None
        Half-open dates between which an area scheme is in force.
    code_field, name_field, crs : str
        Of outlines: which properties hold code and name, and the coordinate reference system where the file states
        none.
    """

    mapping: Mapping[str, str | None] | Path | None = None
    reference_date: date | None = None
    covers_from: date | None = None
    covers_to: date | None = None
    basis: Basis = "real"
    beside_synthetic: bool = False
    sheet: str = ""
    edition: str = ""
    scheme: str = ""
    title: str = ""
    vintage: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    code_field: str = ""
    name_field: str = ""
    crs: str = ""

    def check(self, wanted: Contract) -> None:
        """Raise `UsageError` where what is said does not fit the dataset or contradicts itself."""
        if self.basis not in BASES:
            raise UsageError(f"No basis '{self.basis}'. Valid: {', '.join(BASES)}.")
        covers = (self.covers_from, self.covers_to)
        if wanted.shape != "events" and any(covers):
            raise UsageError(f"{wanted.key} counts at one date: give --date, not --covers-from or --covers-to.")
        if not wanted.dated and self.reference_date:
            instead = ": give --covers-from and --covers-to, not --date" if wanted.shape == "events" else ""
            raise UsageError(f"{wanted.key} does not count at one date{instead}.")
        _require_order(*covers, "The period covered")
        if covers[1] and covers[1] > today():
            raise UsageError(f"The period covered ends in the future ({covers[1]}): no file is complete beyond today.")
        self._check_scheme(wanted)
        if wanted.slot != "edition" and self.edition:
            raise UsageError(f"--edition is for deprivation, not {wanted.key}.")
        if self.edition and self.edition not in EDITIONS:
            raise UsageError(f"There is no edition '{self.edition}' of the indices. Valid: {', '.join(EDITIONS)}.")

    def _check_scheme(self, wanted: Contract) -> None:
        _require_order(self.valid_from, self.valid_to, "The time in force", half_open=True)
        if wanted.slot != "scheme" and (self.scheme or self.valid_from or self.valid_to or self.code_field):
            raise UsageError(
                f"--scheme, --valid-from, --valid-to and --code-field are for area_scheme, not {wanted.key}."
            )
        if self.scheme and (not SCHEME_KEY.fullmatch(self.scheme) or self.scheme in FIXED):
            raise UsageError(
                f"'{self.scheme}' cannot be the key of a scheme: give small letters, digits and '_', such as "
                f"community_board, and none of {', '.join(FIXED)}."
            )


def _require_order(first: date | None, last: date | None, what: str, *, half_open: bool = False) -> None:
    if first and last and (first > last or (half_open and first == last)):
        raise UsageError(f"{what} ends ({last}) before it begins ({first}).")


def today() -> date:
    """Return the date of today where this machine stands."""
    return datetime.now().astimezone().date()
