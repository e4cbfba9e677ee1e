"""How many rows of each area had a postcode that could be matched: "postcode match rate by locality"."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pyarrow as pa

from geodata.areas import OUTSIDE, UNKNOWN, WITHHELD
from geodata.geocode import MATCHED, NO_FIXED_ABODE, OUTCOMES, Geocoded, PostcodeTable

INWARD = 3
"""Characters of a postcode after its space."""

AREA_OF_NO_ATOM = {OUTSIDE: OUTSIDE, UNKNOWN: UNKNOWN, WITHHELD: UNKNOWN}


def match_by_area(found: Geocoded, table: PostcodeTable, of_atom: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """Return the rows with a matched and with an unmatched postcode, by area.

    A postcode that exists nowhere belongs where most of the pack's postcodes of the same first half (HP20) lie:
    outside, if more than half of them do, else in the area that has the most of them. A first half of which the pack
    has no postcode is outside too, because the pack has all of the county. Of blank and malformed postcodes, and of
    ZZ99 (no fixed abode), nothing says where they belong.

    Parameters
    ----------
    found : Geocoded
        The rows.
    table : PostcodeTable
        With which they were geocoded.
    of_atom : mapping of str to str
        Atom -> area, for one scheme: ``areas.of_atom["locality"]``.

    Returns
    -------
    dict of str to dict of str to int
        Every area, then "unknown" and "outside" -> ``{"matched": rows, "unmatched": rows}``. All rows but the
        withheld ones are counted once. Small numbers of records are among them: they are for those who look after
        the data, not to be published.
    """
    area_of = AREA_OF_NO_ATOM | dict(of_atom)
    area_of_place = np.array([area_of[place] for place in table.places], dtype=object)
    distinct = found.distinct
    area = area_of_place[distinct.place]
    lost = distinct.outcome == OUTCOMES.index("not_found")
    area[lost] = _likely_areas(distinct.postcode.filter(pa.array(lost)), table, area_of_place)

    matched = np.isin(distinct.outcome, [OUTCOMES.index(outcome) for outcome in MATCHED])
    counted = distinct.outcome != OUTCOMES.index("withheld")
    rates = {code: {"matched": 0, "unmatched": 0} for code in (*sorted(set(of_atom.values())), UNKNOWN, OUTSIDE)}
    for name, chosen in (("matched", matched), ("unmatched", counted & ~matched)):
        for code, rows in pd.Series(distinct.rows[chosen]).groupby(area[chosen]).sum().items():
            rates[code][name] = int(rows)
    return rates


def _likely_areas(postcodes: pa.Array, table: PostcodeTable, area_of_place: np.ndarray) -> np.ndarray:
    """Return the area of the first half of each postcode."""
    pack = pd.DataFrame({"first": _first_half(table.postcode), "area": area_of_place[table.place]})
    areas = sorted(set(area_of_place) - {UNKNOWN})
    counts = pack.value_counts().unstack(fill_value=0).reindex(columns=areas, fill_value=0)
    outside = counts.pop(OUTSIDE)
    mostly_outside = outside > counts.sum(axis=1)
    likely = counts.idxmax(axis=1).mask(mostly_outside, OUTSIDE)
    first = _first_half(postcodes)
    found = first.map(likely).fillna(OUTSIDE)
    return np.asarray(found.mask(first == NO_FIXED_ABODE, UNKNOWN), dtype=object)


def _first_half(postcodes: pa.Array) -> pd.Series:
    return postcodes.to_pandas().str[:-INWARD].str.strip()
