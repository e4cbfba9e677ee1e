"""The module files of a SEN2 person-level return: which file is which module, and the columns that are read of it.

Columns are found by their exact name, without case, spaces and punctuation; nothing is guessed, and what is not asked
for is never loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.contracts.children import PROTECTED
from geodata.contracts.ehc_plans import CONTRACT
from geodata.errors import ContractError, InputError
from geodata.mapping import match_headings
from geodata.names import is_name_heading, normalise
from geodata.parsing import BLANKS, merge_flags
from geodata.reading import Layout, inspect_file, read_cells
from geodata.sen2_columns import COLUMNS, ID_COLUMNS, MARKS, NEEDED

OPTIONAL = ("plandetail", "activeplans", "placementdetail", "senneed")
"""Modules whose rows belong to plans, and that a return can be read without."""


@dataclass(frozen=True)
class Module:
    """One module, read.

    Attributes
    ----------
    name : str
        Such as "namedplan".
    path : pathlib.Path
        Its file.
    frame : pandas.DataFrame
        Text under our names of the columns it has, stripped, blank is empty text; index 0 to n - 1.
    rows : numpy.ndarray of int
        The number of each row as a spreadsheet shows it.
    misfits : numpy.ndarray of int
        Numbers of the rows with more or fewer cells than headings; they are not in `frame`.
    """

    name: str
    path: Path
    frame: pd.DataFrame
    rows: np.ndarray
    misfits: np.ndarray

    @property
    def count(self) -> int:
        """How many rows the file has."""
        return len(self.rows) + len(self.misfits)

    def text(self, column: str) -> pd.Series[str]:
        """Return a column of ours; blank throughout where the module does not have it."""
        blank = pd.Series("", index=self.frame.index, dtype="str")
        found: pd.Series[str] = self.frame.get(column, blank)
        return found


def read_modules(files: Sequence[Path]) -> tuple[dict[str, Module], tuple[Path, ...]]:
    """Read the modules that are needed to join named plans with their persons, placements and needs.

    Parameters
    ----------
    files : sequence of pathlib.Path
        The return's files. The end of a name tells the module (``..._namedplan.csv``), else the headings do.

    Returns
    -------
    modules : dict of str to Module
        person, namedplan, those of sen2, plandetail, activeplans, placementdetail and senneed that are there, and
        assessment and requests where only they lead from a plan to its person.
    unused : tuple of pathlib.Path
        The other files; they were not read.

    Raises
    ------
    ContractError
        If a module or a column lacks.
    InputError
        If two files are one module, a file's name and headings disagree, or a file cannot be read.
    """
    found = _assign(files)
    _require(found, ("person", "namedplan"), "A SEN2 return cannot be read without them.")
    plans = _read("namedplan", found["namedplan"])
    above: list[str] = []
    if "person" not in plans.frame:
        above = ["requests"] if "request" in plans.frame else ["assessment", "requests"]
        _require(found, above, "Only through them do the named plans of these files lead to their persons.")
    names = ["person", *above, *(name for name in ("sen2", *OPTIONAL) if name in found)]
    modules = {"namedplan": plans} | {name: _read(name, found[name]) for name in names}
    used = {module.path for module in modules.values()}
    return modules, tuple(path for path in files if path not in used)


def _assign(files: Sequence[Path]) -> dict[str, Path]:
    """Return which file is which module; files of another kind are none."""
    found: dict[str, Path] = {}
    for path in files:
        if path.suffix.lower() != ".csv":
            continue
        name = module_of_name(path) or module_of_headings(inspect_file(path).headings)
        if name and name in found:
            raise InputError(
                f"'{found[name].name}' and '{path.name}' are both the module {name}. Give the files of one return only."
            )
        if name:
            found[name] = path
    return found


def module_of_name(path: Path) -> str:
    """Return the module that the end of a file's name tells; empty where it tells none."""
    stem = normalise(path.stem)
    for name in MARKS:
        if stem.endswith((name, f"{name}s", name.removesuffix("s"))):
            return name
    return ""


def module_of_headings(headings: Iterable[str]) -> str:
    """Return the module that headings tell; empty where they tell none."""
    plain = {normalise(heading) for heading in headings}
    return next((name for name, marks in MARKS.items() if plain & marks), "")


def _require(found: Mapping[str, Path], names: Iterable[str], why: str) -> None:
    if lacking := [name for name in names if name not in found]:
        given = ", ".join(f"'{path.name}' ({name})" for name, path in found.items()) or "none that is known"
        raise ContractError(
            f"The module {' and '.join(lacking)} is missing. {why} Its file is a CSV with a name that ends in "
            f"'{lacking[0]}.csv'. Modules found: {given}."
        )


def _read(name: str, path: Path) -> Module:
    layout = inspect_file(path)
    if layout.kind != "csv":
        raise InputError(f"'{path.name}' is called .csv but is an Excel or Parquet file. Save it as CSV.")
    plain = {normalise(heading) for heading in layout.headings}
    told = module_of_headings(layout.headings)
    if told and not plain & MARKS[name]:
        raise InputError(
            f"'{path.name}' is called {name} but has the headings of {told}. Rename it or export it again."
        )
    positions = _positions(name, path, layout)
    flags = _flags(layout) if name == "person" else []
    cells = read_cells(path, layout, sorted({*positions.values(), *flags}))
    clean = cells.frame.apply(_clean)
    frame = pd.DataFrame({key: clean[at] for key, at in positions.items()}, index=clean.index)
    for key in frame.columns.intersection(ID_COLUMNS):
        frame[key] = frame[key].str.replace(r"^(\d+)\.0$", r"\1", regex=True)
    if flags:
        frame["protected"] = merge_flags([clean[at] for at in flags])
    return Module(name, path, frame, cells.rows, cells.misfits)


def _clean(text: pd.Series[str]) -> pd.Series[str]:
    text = text.str.strip()
    return text.mask(text.str.lower().isin(BLANKS), "")


def _positions(name: str, path: Path, layout: Layout) -> dict[str, int]:
    """Return our column -> position of its heading; a heading that stands for a person's name is never one."""
    plain = ["" if is_name_heading(heading) else normalise(heading) for heading in layout.headings]
    found: dict[str, int] = {}
    for key, names in COLUMNS[name].items():
        heading = next((heading for heading in names if heading in plain), None)
        if heading is None:
            continue
        if plain.count(heading) > 1:
            raise ContractError(f"'{path.name}' has the heading {heading} twice. Keep one of the two columns.")
        found[key] = plain.index(heading)
    for wanted in NEEDED[name]:
        if not found.keys() & set(wanted):
            listed = " or ".join(COLUMNS[name][key][0] for key in wanted)
            raise ContractError(
                f"'{path.name}' (module {name}) has no column {listed}. Export the module again with all its columns."
            )
    return found


def _flags(layout: Layout) -> list[int]:
    """Return the positions of all markers of protected addresses, near spellings too: none may be passed over."""
    match = match_headings(replace(CONTRACT, columns=(PROTECTED,)), layout.headings)
    return [*match.positions.values(), *(at for more in match.also.values() for at in more)]
