"""A file that someone hands in: its layout, its hash and which of its columns are ours."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from geodata import residents
from geodata.contracts import Contract
from geodata.mapping import HeadingMatch, match_headings
from geodata.mapping_file import read_map_file, remembered
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
    """

    path: Path
    sha256: str
    contract: Contract
    layout: Layout
    match: HeadingMatch
    wide: Wide | None
    remembered: bool
    left_out: dict[str, None]

    def positions(self) -> list[int]:
        """Return the positions of the headings to read."""
        more = [position for positions in self.match.also.values() for position in positions]
        return sorted({*self.match.positions.values(), *more, *(self.wide.ages if self.wide else ())})

    def mapping(self) -> dict[str, str]:
        """Return our column -> their heading, the ages of a wide file as one entry."""
        found = self.match.as_headings(self.layout.headings)
        for key, positions in self.match.also.items():
            found[key] = " or ".join([found[key], *(self.layout.headings[i] for i in positions)])
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
            found.append(f"Only the sheet '{self.layout.sheet}' was read. These have rows too: {listed}.")
        for key in match.guessed:
            heading = self.layout.headings[match.positions[key]]
            found.append(f"'{heading}' was taken for {key}, which it resembles. Correct it with --map if it is not.")
        if self.contract.shape == "population":
            return found
        says = {
            "protected": "No column marks protected addresses: no address was withheld.",
            "postcode": "There is no postcode column: every child counts as 'unknown' area.",
            "end_date": "There is no column for the end: every record counts as open.",
        }
        return found + [sentence for key, sentence in says.items() if key in match.missing]


def open_source(
    wanted: Contract, path: Path, memory: Path, mapping: Mapping[str, str | None] | Path | None = None
) -> SourceFile:
    """Look at a file and find its columns.

    Parameters
    ----------
    wanted : Contract
        Of the dataset.
    path : pathlib.Path
        CSV, XLSX or Parquet.
    memory : pathlib.Path
        The workspace's remembered mappings; need not exist.
    mapping : mapping or pathlib.Path, optional
        Our column -> their heading, or a file of it; it comes before what is remembered or found.

    Raises
    ------
    UsageError
        If a file is not there or the mapping names a column that the contract does not have.
    InputError
        If the file cannot be read, or a column lacks.
    """
    given = read_map_file(mapping) if isinstance(mapping, Path) else dict(mapping or {})
    layout = inspect_file(path)
    wide = residents.find_wide(wanted, layout.headings) if wanted.shape == "population" else None
    wanted = wide.contract if wide else wanted
    headings = [("" if wide and i in wide.ages else heading) for i, heading in enumerate(layout.headings)]
    known = remembered(memory, wanted.key, layout.headings)
    known = {key: heading for key, heading in known.items() if key in wanted.keys}
    match = match_headings(wanted, headings, known | given)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    left_out = {key: None for key, heading in (known | given).items() if not heading}
    return SourceFile(path, digest, wanted, layout, match, wide, bool(known), left_out)
