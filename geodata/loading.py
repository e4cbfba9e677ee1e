"""One file, or the modules of one return, as text under our column names, with what is known of where it came from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from geodata.contracts import Contract
from geodata.errors import UsageError
from geodata.name_columns import refuse_names
from geodata.options import Options
from geodata.parsing import merge_flags
from geodata.profile import Profile
from geodata.quarantine import Aside
from geodata.reading import read_cells
from geodata.shapes import SHAPES, Arranged
from geodata.source_file import SourceFile, open_source


@dataclass(frozen=True)
class Loaded:
    """The text of a file and what is known of it.

    Attributes
    ----------
    contract : Contract
        The dataset's.
    source_name, sha256 : str
        Its name without its folder, and the hash of its bytes.
    arranged : Arranged
        The rows as text.
    rows, misfits : numpy.ndarray of int
        Numbers, as a spreadsheet shows them, of the rows and of those that did not fit the headings.
    aside : Aside
        Other rows that could not be read as columns.
    mapping : mapping of str to str
        Our column -> their heading.
    choices : mapping of str to str or None
        What is worth remembering of it.
    headings, names, unused, guessed, missing : tuple of str
        All headings; those of people's names; those not needed; our columns matched by a near spelling; those it lacks.
    remembered, excel_days : bool
        Whether an earlier mapping served, and whether day numbers may stand for dates.
    sheet : str
        Of a workbook, the one that was read.
    notes : tuple of str
        What a person should look at.
    """

    contract: Contract
    source_name: str
    sha256: str
    arranged: Arranged
    rows: np.ndarray
    misfits: np.ndarray
    aside: Aside = ()
    mapping: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, str | None] = field(default_factory=dict)
    headings: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    guessed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    remembered: bool = False
    excel_days: bool = False
    sheet: str = ""
    notes: tuple[str, ...] = ()

    @property
    def rows_read(self) -> int:
        """All rows of the file, those that could not be read as columns included."""
        return len(self.rows) + len(self.misfits) + len({row for row, _, _ in self.aside})


def load(
    wanted: Contract,
    paths: Sequence[Path],
    memory: Path,
    options: Options,
    profile: Profile,
    reading: Callable[[], None],
) -> Loaded:
    """Read what a dataset asks for.

    Parameters
    ----------
    wanted : Contract
        Of the dataset.
    paths : sequence of pathlib.Path
        One file; several, or a folder, are the modules of a person-level SEN2 return.
    memory : pathlib.Path
        The workspace's remembered mappings.
    options : Options
        What a person said.
    profile : Profile
        The council with the areas in force.
    reading : callable
        Called when the columns are known and reading begins.

    Raises
    ------
    UsageError
        If several files are given for a dataset of one.
    InputError
        If a file cannot be read, a column lacks, or one that would be kept holds names of people.
    """
    if len(paths) > 1 or paths[0].is_dir():
        if wanted.key != "ehc_plans":
            raise UsageError(f"{wanted.key} is one file; several are only the modules of a SEN2 return (ehc_plans).")
        loaded = _load_modules(wanted, paths)
    else:
        source = open_source(wanted, paths[0], memory, options, profile.atom_scheme)
        reading()
        loaded = _load_table(source)
    refuse_names(loaded.arranged.contract, loaded.arranged.text, loaded.mapping)
    return loaded


def _load_table(source: SourceFile) -> Loaded:
    cells = read_cells(source.path, source.layout, source.positions())
    text = cells.frame.rename(columns={position: key for key, position in source.match.positions.items()})
    for key, more in source.match.also.items():
        text[key] = merge_flags([text[key], *(text[position] for position in more)])
    wanted = source.contract
    return Loaded(
        contract=wanted,
        source_name=source.path.name,
        sha256=source.sha256,
        arranged=SHAPES[wanted.shape].arrange(source, text),
        rows=cells.rows,
        misfits=cells.misfits,
        mapping=source.mapping(),
        choices=source.choices(),
        headings=source.layout.headings,
        names=source.match.names,
        unused=() if source.unfold else source.match.unused,
        guessed=source.match.guessed,
        missing=source.match.missing,
        remembered=source.remembered,
        excel_days=source.layout.day_numbers,
        sheet=source.layout.sheet,
        notes=tuple(source.warnings()),
    )


def _load_modules(wanted: Contract, paths: Sequence[Path]) -> Loaded:
    from geodata.sen2 import join_modules  # noqa: PLC0415 - only for such a return

    files = sorted(file for path in paths for file in (path.glob("*.csv") if path.is_dir() else [path]))
    if not files:
        raise UsageError("There is no CSV file in that folder.")
    joined = join_modules(files)
    digest = hashlib.sha256(b"".join(hashlib.sha256(file.read_bytes()).digest() for file in files))
    name, _ = joined.modules["namedplan"]
    filled = [key for key in joined.frame.columns if (joined.frame[key] != "").any()]
    return Loaded(
        contract=wanted,
        source_name=name,
        sha256=digest.hexdigest(),
        arranged=Arranged(wanted, joined.frame, np.arange(len(joined.frame))),
        rows=joined.rows,
        misfits=np.empty(0, dtype=np.int64),
        aside=tuple(joined.faults),
        mapping=dict.fromkeys(filled, "SEN2 modules"),
        headings=tuple(sorted(file for file, _ in joined.modules.values())),
        missing=tuple(key for key in wanted.keys if key not in filled),
        notes=tuple(joined.notes),
    )
