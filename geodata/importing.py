"""File -> columns -> checks -> quarantine -> atoms -> staged part -> snapshot.

Columns that nobody asked for, names of people among them, are never loaded; no message, log or file written here
repeats a cell of a row that was refused.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pandas as pd

from geodata import quarantine, residents
from geodata.areas import load_areas
from geodata.contracts import Contract, contract
from geodata.errors import InputError, NoSnapshotError, UsageError
from geodata.events import assumed, count_overlapping, covered, first_closing
from geodata.geocode import MatchReport, geocode, load_postcodes
from geodata.import_report import ImportRefusedError, ImportReport
from geodata.manifest import BASES, Basis, Part, new_id
from geodata.mapping_file import with_remembered
from geodata.parsing import merge_flags
from geodata.profile import Profile, load_profile
from geodata.reading import Cells, read_cells
from geodata.snapshot import Workspace, write_durably
from geodata.source_file import SourceFile, open_source
from geodata.staging import stage
from geodata.validation import Fault, check, good_rows, read_types, repeated

__all__ = ["ImportRefusedError", "ImportReport", "import_file"]

Progress = Callable[[str, float], None]
"""Called with the step that begins and the share done so far, 0 to 1."""

MAPPINGS = "mappings.json"


@dataclass(frozen=True)
class _Rows:
    """Its rows: as text, typed, and what is wrong with them. `origin` is each row's row in the file."""

    text: pd.DataFrame
    typed: pd.DataFrame
    cells: Cells
    origin: np.ndarray
    faults: list[Fault]


def import_file(  # noqa: PLR0913 - the options of the command, all by name
    workspace: Workspace | Path | str,
    dataset: str,
    path: Path | str,
    *,
    mapping: Mapping[str, str | None] | Path | None = None,
    reference_date: date | None = None,
    covers_from: date | None = None,
    covers_to: date | None = None,
    basis: Basis = "real",
    progress: Progress | None = None,
    profile: Profile | None = None,
    beside_synthetic: bool = False,
) -> ImportReport:
    """Take a file into the workspace as a new snapshot.

    Parameters
    ----------
    workspace : Workspace or path
        Made when missing.
    dataset : str
        A key of `geodata.contracts.CONTRACTS`.
    path : path
        CSV, XLSX or Parquet.
    mapping : mapping or path, optional
        Our column -> their heading, or a JSON or TOML file of it; it comes before what is found or remembered.
    reference_date : datetime.date, optional
        Of a population: selects the rows of that date where a column has it, else gives it.
    covers_from, covers_to : datetime.date, optional
        Of events: the days, both included, for which the file is complete; see `geodata.events.covered`.
    basis : {"real", "synthetic", "modelled"}
        What kind of figures these are.
    progress : callable, optional
        Told each step.
    profile : Profile, optional
        The council; by default the one this product begins with.
    beside_synthetic : bool
        Whether real children may stand beside other datasets that are synthetic.

    Returns
    -------
    ImportReport
        ``rows_read == accepted + quarantined``.

    Raises
    ------
    UsageError
        For an unknown dataset or option, or a file that is not there.
    InputError
        If the file cannot be read, a column lacks, the workspace holds the synthetic demonstration, or nothing could
        be accepted (`ImportRefusedError`, with the report). The snapshot in force stays.
    WorkspaceBusyError
        If another import is writing and does not finish. Nothing is left of the file.
    """
    started = time.perf_counter()
    tell = progress or (lambda _step, _share: None)
    workspace = workspace if isinstance(workspace, Workspace) else Workspace(workspace)
    profile = profile or load_profile()
    wanted = contract(dataset)
    _check_options(wanted, basis, reference_date, (covers_from, covers_to))
    if not beside_synthetic:
        _require_apart(workspace, wanted, basis)
    tell("Finding the columns", 0.0)
    source = open_source(wanted, Path(path), workspace.path / MAPPINGS, mapping)
    tell("Reading", 0.05)
    cells = read_cells(source.path, source.layout, source.positions())
    tell("Checking", 0.3)
    rows = _check(source, cells, profile, reference_date)
    part, report = _describe(source, rows, basis, profile)
    if report.quarantined:
        file = workspace.quarantine_path(part.id)
        write_durably(file, quarantine.as_csv(rows.text, cells.rows[rows.origin], rows.faults, cells.misfits))
        report = replace(report, quarantine_file=file)
    if not report.accepted:
        raise ImportRefusedError(f"No row of '{part.source_name}' could be accepted: {_main_reason(report)}.", report)
    tell("Finding the areas", 0.7)
    try:
        frame, part, warnings = _finish(source, rows, part, profile, (reference_date, covers_from, covers_to))
    except InputError as error:
        raise ImportRefusedError(str(error), report) from None
    tell("Storing", 0.85)
    snapshot_id = _commit(workspace, source, frame, part, profile)
    tell("Done", 1.0)
    return replace(
        report,
        snapshot_id=snapshot_id,
        geocoding=part.geocoding,
        reference_date=part.reference_date,
        covers_from=part.covers_from,
        covers_to=part.covers_to,
        coverage_stated=bool(covers_from and covers_to),
        warnings=(*source.warnings(), *warnings),
        seconds=round(time.perf_counter() - started, 3),
    )


def _check_options(
    wanted: Contract, basis: str, reference_date: date | None, covers: tuple[date | None, date | None]
) -> None:
    if basis not in BASES:
        raise UsageError(f"No basis '{basis}'. Valid: {', '.join(BASES)}.")
    if wanted.shape == "population" and any(covers):
        raise UsageError("A population counts at one date: give --date, not --covers-from or --covers-to.")
    if wanted.shape == "events" and reference_date:
        raise UsageError(f"{wanted.key} has a period, not one date: give --covers-from and --covers-to, not --date.")
    if covers[0] and covers[1] and covers[0] > covers[1]:
        raise UsageError(f"The period covered ends ({covers[1]}) before it begins ({covers[0]}).")
    if covers[1] and covers[1] > _today():
        raise UsageError(f"The period covered ends in the future ({covers[1]}): no file is complete beyond today.")


def _today() -> date:
    return datetime.now().astimezone().date()


def _require_apart(workspace: Workspace, wanted: Contract, basis: Basis) -> None:
    """Refuse real children beside the demonstration's; residents are open figures, which serve both."""
    if basis == "synthetic" or wanted.shape == "population":
        return
    try:
        parts = workspace.current().all_parts
    except NoSnapshotError:
        return
    if any(part.basis == "synthetic" for key, found in parts.items() if key != wanted.key for part in found):
        raise InputError(
            "This workspace holds the synthetic demonstration; use another with --workspace, or say --beside-synthetic."
        )


def _check(source: SourceFile, cells: Cells, profile: Profile, said: date | None) -> _Rows:
    text = cells.frame.rename(columns={position: key for key, position in source.match.positions.items()})
    for key, more in source.match.also.items():
        text[key] = merge_flags([text[key], *(text[position] for position in more)])
    origin = np.arange(len(text))
    wanted = source.contract
    if source.wide:
        text, origin = residents.to_long(text, source.wide)
        wanted = contract(wanted.key)
    elif wanted.shape == "population":
        text["age"] = residents.plain_ages(text["age"])
    typed, unreadable = read_types(wanted, text, excel_days=source.layout.kind == "xlsx")
    faults = check(wanted, typed, unreadable)
    if wanted.shape == "population":
        asked = residents.dates_said(typed, said)
        residents.require_once(typed, asked, origin)
        faults += residents.other_dates(asked, origin) + residents.other_areas(typed, load_areas(profile).atoms)
        faults += residents.whole_ages(typed) + residents.whole_persons(typed)
    else:
        faults += repeated(wanted, typed, good_rows(len(typed), faults))
    return _Rows(text, typed, cells, origin, faults)


def _good(rows: _Rows) -> tuple[np.ndarray, np.ndarray]:
    """Return which rows of the file, and which typed rows, are free of faults."""
    in_file = np.ones(len(rows.cells.rows), dtype=bool)
    in_file[rows.origin[~good_rows(len(rows.typed), rows.faults)]] = False
    return in_file, in_file[rows.origin]


def _describe(source: SourceFile, rows: _Rows, basis: Basis, profile: Profile) -> tuple[Part, ImportReport]:
    accepted = int(_good(rows)[0].sum())
    read = len(rows.cells.rows) + len(rows.cells.misfits)
    match, mapping = source.match, source.mapping()
    part = Part(
        dataset=source.contract.key,
        id=new_id(source.sha256 + source.path.name),
        source_name=source.path.name,
        sha256=source.sha256,
        rows_read=read,
        accepted=accepted,
        quarantined=read - accepted,
        mapping=mapping,
        dropped=(*match.names, *match.unused),
        basis=basis,
        profile_version=profile.version,
    )
    report = ImportReport(
        dataset=part.dataset,
        source_name=part.source_name,
        sha256=part.sha256,
        part_id=part.id,
        basis=basis,
        rows_read=read,
        accepted=accepted,
        quarantined=read - accepted,
        reasons=tuple(quarantine.reasons(rows.faults, rows.cells.misfits)),
        mapping=mapping,
        guessed=match.guessed,
        missing=match.missing,
        dropped_names=match.names,
        dropped_other=match.unused,
        remembered=source.remembered,
        sheet=source.layout.sheet,
    )
    return part, report


def _main_reason(report: ImportReport) -> str:
    first = report.reasons[0]
    where = f"{first['column']}: " if first["column"] else ""
    return f"{where}{first['reason']} ({first['rows']} rows)"


def _finish(
    source: SourceFile, rows: _Rows, part: Part, profile: Profile, days: tuple[date | None, date | None, date | None]
) -> tuple[pd.DataFrame, Part, list[str]]:
    """Give accepted rows their atoms, and the part its dates and its match report."""
    frame = rows.typed[_good(rows)[1]].reset_index(drop=True)
    atoms = load_areas(profile).atoms
    if source.contract.shape == "population":
        modelled = part.basis == "modelled"
        day = residents.reference_day(days[0], frame["reference_date"], part.source_name, undated_allowed=modelled)
        return residents.complete(frame, atoms), replace(part, reference_date=day), []
    table = load_postcodes(profile.directory / "postcodes.parquet", atoms)
    found = geocode(frame["postcode"], frame["protected"], table)
    frame = frame.assign(atom=found.atom, postcode=found.postcode)
    covers = covered(frame, days[1], days[2], _today())
    part = replace(part, covers_from=covers[0], covers_to=covers[1], geocoding=found.report.to_dict())
    unsaid = assumed(covers, days[1], days[2], closed=first_closing(frame, _today()) is not None)
    return frame, part, [*([unsaid] if unsaid else []), *_event_warnings(frame, found.report)]


def _event_warnings(frame: pd.DataFrame, report: MatchReport) -> list[str]:
    warnings = []
    if overlapping := count_overlapping(frame):
        warnings.append(f"Records that start while another of the same child is open: {overlapping:,}. All are kept.")
    if lost := report.malformed + report.not_found:
        warnings.append(
            f"Postcodes that are malformed or do not exist: {lost:,}. These children count as 'unknown' area."
        )
    return warnings


def _commit(workspace: Workspace, source: SourceFile, frame: pd.DataFrame, part: Part, profile: Profile) -> str:
    """Stage the rows and switch to them; the switch comes last, so that what fails before it took nothing in."""
    data = workspace.part_path(part.dataset, part.id, ".parquet")
    with workspace.lock():
        file = workspace.path / MAPPINGS
        mappings = with_remembered(file, part.dataset, source.layout.headings, source.choices())
        try:
            stage(contract(part.dataset), frame, data)
            write_durably(file, mappings)
            return workspace.add_part(part, profile=profile.key).id
        except BaseException:
            if not any(part.id in manifest.parts.get(part.dataset, ()) for manifest in workspace.snapshots()):
                data.unlink(missing_ok=True)
            raise
