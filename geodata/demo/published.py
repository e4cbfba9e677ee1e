"""Published figures of the council that the demonstration meets, read from its pack."""

from __future__ import annotations

import csv

from geodata.errors import ProfileError
from geodata.profile import Profile

FILE = "context.csv"


def published(profile: Profile, measure: str, month: str) -> int:
    """Return a published figure.

    Parameters
    ----------
    profile : Profile
        Its directory holds ``printed/context.csv`` (measure, value, date, source).
    measure : str
        As it stands there.
    month : str
        The month it is of, such as "2022-05".

    Raises
    ------
    ProfileError
        If the file has no such figure.
    """
    with (profile.directory / "printed" / FILE).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if (row["measure"], row["date"]) == (measure, month):
                return int(row["value"])
    raise ProfileError(f"printed/{FILE} of {profile.name} lacks '{measure}' of {month}. Add it with its source.")
