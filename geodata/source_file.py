"""A file that someone hands in: its layout, its hash and which of its columns are ours."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from geodata import residents
from geodata.contracts import Contract
from geodata.errors import ContractError
from geodata.lookup_headings import lookup_columns
from geodata.mapping import HeadingMatch, match_headings
from geodata.mapping_file import read_map_file, remembered
from geodata.names import is_name_heading, normalise
from geodata.options import Options
from geodata.reading import Layout, inspect_file
from geodata.residents import Wide


@dataclass(frozen=True)
class SourceFile:
    """A file whose columns are known.

    Attributes
    ----------
    path, sha256 : pathlib.Path, str
        Where it is, and the hash of its bytes.
    contract : Contract
        What its columns were matched with; of a wide population, without age and persons.
    layout : Layout
        How it is laid out.
    match : HeadingMatch
        Which heading is which column.
    wide : Wide or None
        The age columns of a wide population.
    remembered : bool
        Whether the mapping of an earlier file with the same headings was used.
    left_out : dict of str to None
        Columns that a person said the file does not have.
    unfold : bool
        Whether each column of figures is an indicator of its own.
    """

    path: Path
    sha256: str
    contract: Contract
    layout: Layout
    match: HeadingMatch
    wide: Wide | None
    remembered: bool
    left_out: dict[str, None]
    unfold: bool = False

    def positions(self) -> list[int]:
        """Return the positions of the headings to read."""
        if self.unfold:
            return [i for i, heading in enumerate(self.layout.headings) if heading and not is_name_heading(heading)]
        more = [position for positions in self.match.also.values() for position in positions]
        return sorted({*self.match.positions.values(), *more, *(self.wide.ages if self.wide else ())})

    def mapping(self) -> dict[str, str]:
        """Return our column -> their heading, the ages of a wide file as one entry."""
        found = self.match.as_headings(self.layout.headings)
        for key, positions in self.match.also.items():
            found[key] = " or ".join([found[key], *(self.layout.headings[i] for i in positions)])
        if self.unfold:
            found["indicator"] = "each column of figures"
        if self.wide:
            ages = [self.layout.headings[i] for i in self.wide.ages]
            found["age"] = f"{ages[0]} to {ages[-1]}"
        return found

    def choices(self) -> dict[str, str | None]:
        """Return what is worth remembering for the next file with these headings."""
        return self.left_out | self.match.as_headings(self.layout.headings)

    def warnings(self) -> list[str]:
        """Return sentences on sheets that were not read and on columns that were guessed, or lack and matter."""
        match, found = self.match, []
        if others := self.layout.other_sheets:
            listed = ", ".join(f"'{sheet}'" for sheet in others)
            read = f"Only the sheet '{self.layout.sheet}' was read."
            found.append(f"{read} These have rows too: {listed}. Choose one with --sheet.")
        found += self.layout.notes
        for key in match.guessed:
            heading = self.layout.headings[match.positions[key]]
            found.append(f"'{heading}' was taken for {key}, which it resembles. Correct it with --map if it is not.")
        if self.contract.shape != "events":
            return found
        says = {
            "protected": "No column marks protected addresses: no address was withheld.",
            "postcode": "There is no postcode column: every child counts as 'unknown' area.",
            "end_date": "There is no column for the end: every record counts as open.",
        }
        return found + [sentence for key, sentence in says.items() if key in match.missing]


def open_source(wanted: Contract, path: Path, memory: Path, options: Options, atoms: str = "lsoa") -> SourceFile:
    """Look at a file and find its columns.

    Parameters
    ----------
    wanted : Contract
        Of the dataset.
    path : pathlib.Path
        CSV, XLSX or Parquet.
    memory : pathlib.Path
        The workspace's remembered mappings; need not exist.
    options : Options
        Mapping and sheet that a person said.
    atoms : str, optional
        The scheme of the small areas, for lookups.

    Raises
    ------
    UsageError
        If a file is not there or the mapping names a column that the contract does not have.
    InputError
        If the file cannot be read, or a column lacks.
    """
    mapping = options.mapping
    given = read_map_file(mapping) if isinstance(mapping, Path) else dict(mapping or {})
    layout = inspect_file(path, options.sheet)
    wide = residents.find_wide(wanted, layout.headings) if wanted.shape == "population" else None
    wanted = wide.contract if wide else wanted
    unfold = is_wide(wanted, layout.headings, given)
    wanted = replace(wanted, columns=tuple(c for c in wanted.columns if c.key in WIDE_KEEPS)) if unfold else wanted
    if wanted.shape == "lookup":
        given = {**lookup_columns(layout.headings, atoms, options.scheme), **given}
    headings = [("" if wide and i in wide.ages else heading) for i, heading in enumerate(layout.headings)]
    known = remembered(memory, wanted.key, layout.headings)
    known = {key: heading for key, heading in known.items() if key in wanted.keys}
    try:
        match = match_headings(wanted, headings, known | given)
    except ContractError as error:
        raise ContractError(" ".join([str(error), *_looked_at(layout)])) from None
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    left_out = {key: None for key, heading in (known | given).items() if not heading}
    return SourceFile(path, digest, wanted, layout, match, wide, bool(known), left_out, unfold)


def _looked_at(layout: Layout) -> tuple[str, ...]:
    """Return what to know of a file whose headings do not fit: the sheet that was read, merged headings."""
    if not layout.other_sheets:
        return layout.notes
    listed = ", ".join(f"'{sheet}'" for sheet in layout.other_sheets)
    sheets = f"Only the sheet '{layout.sheet}' was looked at; there are also {listed}: choose one with --sheet."
    return (sheets, *layout.notes)


WIDE_KEEPS = ("area", "area_code", "level", "period")
"""Columns that a wide file of indicators has beside its figures."""


def is_wide(wanted: Contract, headings: Sequence[str], given: Mapping[str, str | None]) -> bool:
    """Return whether a file of published indicators has a column for each, rather than a row."""
    if wanted.key != "indicator_values" or "indicator" in given:
        return False
    known = {normalise(name) for name in ("indicator", *wanted.column("indicator").aliases)}
    return not any(normalise(heading) in known for heading in headings)
