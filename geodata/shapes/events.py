"""Dated records of children: found by their postcode, complete for a stated period."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from geodata.contracts import Contract
from geodata.contracts.base import LAST_DAY
from geodata.events import assumed, covered, first_closing, last_day, overlapping
from geodata.geocode import MatchReport, geocode, load_postcodes
from geodata.geography import exact_columns
from geodata.manifest import Part
from geodata.match_rate import match_by_area
from geodata.shapes.base import Context, Finished, Shape, as_they_stand, no_faults
from geodata.validation import Fault, doubts


def finish(context: Context, frame: pd.DataFrame, part: Part) -> Finished:
    """Give each record its areas, and the part the period it covers and its match report."""
    said = context.options
    if part.dataset == "ehc_plans":
        frame = _with_provision(context, frame)
    table = load_postcodes(context.profile.directory / "postcodes.parquet", context.areas.atoms)
    found = geocode(frame["postcode"], frame["protected"], table)
    rates = match_by_area(found, table, context.areas.of_atom["locality"])
    frame = frame.assign(atom=found.atom, postcode=found.postcode)
    for column in FINDS_A_CHILD:
        if column in frame:  # the school round the corner says where a refuge is
            frame[column] = frame[column].mask(frame["protected"])
    frame = frame.assign(**exact_columns(context.profile, frame["atom"], frame["postcode"]))
    covers = covered(frame, said.covers_from, said.covers_to, context.today)
    part = replace(
        part,
        covers_from=covers[0],
        covers_to=covers[1],
        geocoding=found.report.to_dict(),
        match_rates=rates,
        profile_version=context.profile.version,
    )
    closed = first_closing(frame, context.today) is not None
    unsaid = assumed(covers, said.covers_from, said.covers_to, closed=closed)
    return Finished(frame, part, (*([unsaid] if unsaid else []), *_warnings(found.report)))


FINDS_A_CHILD = ("school_urn", "post", "family_id")
"""Columns that are blanked where the address is protected."""

OF_SCHOOL_TYPE = {
    "state_funded": "mainstream", "nursery": "mainstream", "independent": "mainstream", "special": "special",
    "alternative": "alternative", "independent_special": "independent", "further_education": "further_education",
}  # fmt: skip
"""Type of school -> provision, where a plan names a school and nothing else; as in the tables of the SEN2 release, an
independent school that is not special counts as mainstream."""


def _with_provision(context: Context, frame: pd.DataFrame) -> pd.DataFrame:
    """Return plans whose blank provision is that of their school's type, where schools are loaded."""
    blank = frame["provision"].isna() & frame["school_urn"].notna()
    if context.schools is None or not blank.any():
        return frame
    schools = pd.read_parquet(context.schools, columns=["urn", "type"])
    kind = schools.drop_duplicates("urn").set_index("urn")["type"].map(OF_SCHOOL_TYPE)
    return frame.assign(provision=frame["provision"].where(~blank, frame["school_urn"].map(kind)))


def _warnings(report: MatchReport) -> list[str]:
    lost = report.malformed + report.not_found
    if not lost:
        return []
    return [
        f"Postcodes that are malformed or do not exist: {lost:,}. These children count as 'unknown' area; correct the "
        "postcodes in the system the file comes from and import it again."
    ]


OVERLAPS = "starts while another case of the same child is open"


def flags(context: Context, wanted: Contract, good: pd.DataFrame, rows: np.ndarray) -> list[Fault]:
    """Return the records to look at: those that break a rule of the contract's flags, and those that overlap."""
    last = pd.Timestamp(last_day(good, context.options.covers_to, context.today)).as_unit("s")
    found = doubts(wanted, good.assign(**{LAST_DAY: last}))
    later, still_open = overlapping(good)
    if len(later):
        positions = good.index.to_numpy(dtype=np.int64)
        numbers = pd.Series(rows[positions[still_open]]).astype("str")
        found.append(Fault("start_date", OVERLAPS, positions[later], (": that of row " + numbers).to_numpy()))
    return found


SHAPE = Shape(as_they_stand, no_faults, finish, flags)
