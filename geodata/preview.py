"""A first look at a file: what it is, which dataset it may be, which of its columns are ours, and its first rows.

Cells of columns that nobody asked for are shown as their shape alone ("S***, J***"), so that a person can choose a
column without a name of a child leaving the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from geodata.contracts import CONTRACTS, Contract, contract
from geodata.errors import ContractError, InputError
from geodata.fitting import fitting
from geodata.importing_areas import is_outlines
from geodata.mapping import partial_match
from geodata.mapping_file import remembered
from geodata.names import is_name_heading
from geodata.options import Options
from geodata.person_names import looks_like_names
from geodata.quarantine import mask
from geodata.reading import Layout, inspect_file, read_cells
from geodata.sen2_modules import module_of_headings, module_of_name
from geodata.source_file import open_source

SHOWN_ROWS = 8
LOOKED_AT = 500
JUDGED = 100
"""Rows that are looked at for names of people, and of their cells the different ones that are judged."""

MODULES = "modules of a SEN2 return"


@dataclass(frozen=True)
class Preview:
    """What a first look says.

    Attributes
    ----------
    name, kind, sheet : str
        The file, what it is, and of a workbook the sheet that was read.
    sheets : tuple of str
        Every sheet that has rows.
    dataset : str
        As said, else what a file with these headings was before, or the one they fit best; empty where there is none.
    fits, nearly : tuple of str
        Datasets whose needed columns are all there, best first; others of which some columns are.
    headings : tuple of str
        As they stand.
    mapping : mapping of str to str
        Our column -> their heading.
    fixed : mapping of str to str
        Our column -> what of the file makes it, where there is nothing to choose ("each column of figures").
    guessed, lacking : tuple of str
        Our columns whose heading only resembles a known one; needed columns that were not found.
    remembered : bool
        Whether the mapping of an earlier file with these headings served.
    names : tuple of str
        Headings of columns that hold people's names, by heading or by content; they are never loaded.
    rows : tuple of tuple of str
        The first rows; cells of columns that are not ours as their shape.
    rows_in_all : int
        Rows of the file.
    modules : tuple of tuple of str
        (file, module) of each file of a SEN2 return; the module is empty for a file that is none.
    notes : tuple of str
        What a person should look at; why the mapping is not whole.
    """

    name: str
    kind: str
    dataset: str
    fits: tuple[str, ...] = ()
    nearly: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    guessed: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    remembered: bool = False
    names: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    rows_in_all: int = 0
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    modules: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


def look(paths: Path | Sequence[Path], memory: Path, dataset: str = "", **said: Any) -> Preview:
    """Look at a file without taking anything in.

    Parameters
    ----------
    paths : path or sequence of paths
        The file; several are the modules of one person-level SEN2 return.
    memory : pathlib.Path
        The workspace's remembered mappings.
    dataset : str, optional
        What it is said to be; else told by its headings.
    **said
        Fields of `geodata.options.Options`.

    Raises
    ------
    InputError
        If it cannot be read, or several files are not the modules of one return.
    """
    files = [paths] if isinstance(paths, Path) else list(paths)
    if len(files) > 1:
        return _look_at_modules(files)
    path = files[0]
    if is_outlines(path):
        return Preview(path.name, "outlines", "area_scheme", fits=("area_scheme",))
    options = Options(**said)
    layout = inspect_file(path, options.sheet)
    fits, nearly = fitting(layout)
    if not fits and module_of_name(path) and module_of_headings(layout.headings):
        return _look_at_modules(files)
    known = tuple(key for key in CONTRACTS if remembered(memory, key, layout.headings))
    chosen = dataset or next(iter((*known, *fits, *nearly)), "")
    found = _columns(contract(chosen), path, memory, layout, options) if chosen else Preview(path.name, "", "")
    return replace(_with_rows(found, path, layout, chosen), fits=fits, nearly=nearly)


def _look_at_modules(files: Sequence[Path]) -> Preview:
    """Say which file is which module of a SEN2 return."""
    modules = tuple((path.name, _module(path)) for path in files)
    if not any(module for _, module in modules):
        raise InputError(
            "Several files are taken together only as the modules of a SEN2 return, and none of these is one. Take "
            "in one file after the other."
        )
    return Preview(files[0].name, MODULES, "ehc_plans", fits=("ehc_plans",), modules=modules)


def _module(path: Path) -> str:
    if path.suffix.lower() != ".csv":
        return ""
    return module_of_name(path) or module_of_headings(inspect_file(path).headings)


def _with_rows(found: Preview, path: Path, layout: Layout, chosen: str) -> Preview:
    """Return what was found with the first rows, masked where no column of ours asks for them."""
    cells = read_cells(path, layout, range(len(layout.headings)))
    first = {heading: cells.frame[i].head(LOOKED_AT).tolist() for i, heading in enumerate(layout.headings)}
    ours = set(found.mapping.values())
    personal = bool(chosen) and contract(chosen).personal
    by_content = {heading for heading, texts in first.items() if holds_names(texts)}
    if personal:
        ours -= by_content  # chosen by mistake, perhaps
    return replace(
        found,
        kind=layout.kind,
        dataset=chosen,
        headings=layout.headings,
        names=tuple(h for h in layout.headings if h and h not in ours and (is_name_heading(h) or h in by_content)),
        rows=_first_rows(layout, cells.frame, ours),
        rows_in_all=len(cells.rows) + len(cells.misfits),
        sheet=layout.sheet,
        sheets=(layout.sheet, *layout.other_sheets) if layout.sheet else (),
    )


def holds_names(texts: Sequence[str]) -> bool:
    """Return whether the cells of a column look like names of people."""
    return looks_like_names([text for text in dict.fromkeys(texts) if text.strip()][:JUDGED])


def _columns(wanted: Contract, path: Path, memory: Path, layout: Layout, options: Options) -> Preview:
    """Return the mapping and what is to be said of it; never raises for what a person can choose."""
    blank = Preview(path.name, layout.kind, wanted.key)
    try:
        source = open_source(wanted, path, memory, options)
    except ContractError as error:
        given = options.mapping if isinstance(options.mapping, Mapping) else {}
        found, lacking, guessed = partial_match(wanted, layout.headings, given)
        return replace(blank, mapping=found, lacking=lacking, guessed=guessed, notes=(str(error),))
    except InputError as error:
        return replace(blank, notes=(str(error),))
    mapping = source.match.as_headings(layout.headings)
    fixed = {key: words for key, words in source.mapping().items() if key not in mapping}
    if source.wide:
        fixed["persons"] = "the cells below each age"
    if source.unfold:
        fixed |= {"value": "the cells below each indicator", "breakdown": "the columns of words, joined"}
    return replace(
        blank,
        mapping=mapping,
        fixed=fixed,
        guessed=source.match.guessed,
        remembered=source.remembered,
        notes=tuple(source.warnings()),
    )


def _first_rows(layout: Layout, frame: Any, ours: set[str]) -> tuple[tuple[str, ...], ...]:
    first = frame.head(SHOWN_ROWS)
    columns = [
        first[i].tolist() if heading in ours else mask(first[i]).tolist() for i, heading in enumerate(layout.headings)
    ]
    return tuple(zip(*columns, strict=True))
