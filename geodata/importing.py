"""File -> columns -> checks -> quarantine -> areas -> staged part -> snapshot.

Columns that nobody asked for, names of people among them, are never loaded; no message, log or file written here
repeats a cell of a row that was refused.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from geodata import quarantine
from geodata.areas import load_areas
from geodata.contracts import Contract, contract, for_profile
from geodata.errors import InputError, NoSnapshotError, UsageError
from geodata.geography import current_profile, exact_column
from geodata.import_report import ImportRefusedError, ImportReport
from geodata.importing_areas import import_outlines, is_outlines, take_in
from geodata.judging import Judged, judge
from geodata.loading import Loaded, load
from geodata.manifest import Basis, Part, new_id, to_json
from geodata.mapping_file import with_remembered
from geodata.options import Options, today
from geodata.profile import Profile
from geodata.row_changes import changes_since
from geodata.shapes import SHAPES, Context, Finished
from geodata.snapshot import Workspace, replaces, write_durably
from geodata.staging import stage

__all__ = ["ImportRefusedError", "ImportReport", "import_file"]

Progress = Callable[[str, float], None]
"""Called with the step that begins and the share done so far, 0 to 1."""

MAPPINGS = "mappings.json"


def import_file(
    workspace: Workspace | Path | str,
    dataset: str,
    path: Path | str | Sequence[Path | str],
    *,
    profile: Profile | None = None,
    progress: Progress | None = None,
    only_check: bool = False,
    **said: Any,
) -> ImportReport:
    """Take a file into the workspace as a new snapshot.

    Parameters
    ----------
    workspace : Workspace or path
        Made when missing.
    dataset : str
        A key of `geodata.contracts.CONTRACTS`.
    path : path or sequence of paths
        CSV, XLSX or Parquet; outlines of areas also GeoJSON or GeoPackage. Several files, or a folder, are the modules
        of one person-level SEN2 return.
    profile : Profile, optional
        The council; by default that of the workspace, or the one this product begins with.
    progress : callable, optional
        Told each step.
    only_check : bool
        Do all but take the file in: nothing in the workspace changes.
    **said
        Fields of `geodata.options.Options`: what a person says of the file.

    Returns
    -------
    ImportReport
        ``rows_read == accepted + quarantined``; rows to look at are among the accepted.

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
    wanted = contract(dataset)
    options = Options(**said)
    options.check(wanted)
    if not options.beside_synthetic:
        _require_apart(workspace, wanted, options.basis)
    asked, profile = profile, current_profile(workspace, profile)
    wanted = for_profile(wanted, profile)
    paths = [Path(one) for one in ([path] if isinstance(path, (str, Path)) else path)]
    if not paths:
        raise UsageError("Give a file to import.")
    if wanted.shape == "lookup" and len(paths) == 1 and is_outlines(paths[0]):
        return import_outlines(workspace, paths[0], options, profile, tell, only_check=only_check)
    tell("Finding the columns", 0.0)
    loaded = load(wanted, paths, workspace.path / MAPPINGS, options, profile, lambda: tell("Reading", 0.05))
    tell("Checking", 0.3)
    context = Context(profile, load_areas(profile), options, today(), _schools(workspace))
    judged = judge(context, loaded)
    part, report = _describe(loaded, judged, options.basis)
    if report.quarantined and not only_check:
        report = replace(report, quarantine_file=_set_aside(workspace, part, loaded, judged))
    if not report.accepted:
        raise ImportRefusedError(f"No row of '{part.source_name}' could be accepted: {_main_reason(report)}.", report)
    tell("Finding the areas", 0.7)
    try:
        done = SHAPES[wanted.shape].finish(context, judged.good_frame(), part)
    except InputError as error:
        raise ImportRefusedError(str(error), report) from None
    report = _with_part(report, done, options, loaded)
    if not only_check:
        tell("Storing", 0.85)
        if judged.flags:
            report = replace(report, flagged_file=_list_flagged(workspace, part, loaded, judged))
        try:
            report = _commit(workspace, loaded, done, context, report, asked)
        except _AreasChangedError:
            return import_file(workspace, dataset, path, profile=asked, progress=progress, **said)
    tell("Done", 1.0)
    report = replace(report, seconds=round(time.perf_counter() - started, 3))
    if not only_check:
        write_durably(workspace.report_path(part.id), to_json(report.to_dict()))
    return report


def _require_apart(workspace: Workspace, wanted: Contract, basis: Basis) -> None:
    """Refuse real children beside the demonstration's; open figures and places serve both."""
    if basis == "synthetic" or not wanted.personal:
        return
    try:
        parts = workspace.current().all_parts
    except NoSnapshotError:
        return
    others = [part for key, found in parts.items() if key != wanted.key and contract(key).personal for part in found]
    if any(part.basis == "synthetic" for part in others):
        raise InputError(
            "This workspace holds the synthetic demonstration; use another with --workspace, or say --beside-synthetic."
        )


def _schools(workspace: Workspace) -> Path | None:
    try:
        current = workspace.current()
    except NoSnapshotError:
        return None
    parts = current.parts("schools")
    return current.data_path(parts[-1]) if parts else None


def _set_aside(workspace: Workspace, part: Part, loaded: Loaded, judged: Judged) -> Path:
    file = workspace.quarantine_path(part.id)
    rows = loaded.rows[judged.origin]
    write_durably(file, quarantine.as_csv(judged.text, rows, judged.faults, loaded.misfits, loaded.aside))
    return file


def _list_flagged(workspace: Workspace, part: Part, loaded: Loaded, judged: Judged) -> Path:
    file = workspace.flagged_path(part.id)
    write_durably(file, quarantine.as_csv(judged.text, loaded.rows[judged.origin], judged.flags))
    return file


def _describe(loaded: Loaded, judged: Judged, basis: Basis) -> tuple[Part, ImportReport]:
    accepted, read = judged.accepted, loaded.rows_read
    part = Part(
        dataset=loaded.contract.key,
        id=new_id(loaded.sha256 + loaded.source_name),
        source_name=loaded.source_name,
        sha256=loaded.sha256,
        rows_read=read,
        accepted=accepted,
        quarantined=read - accepted,
        mapping=loaded.mapping,
        dropped=(*loaded.names, *loaded.unused),
        basis=basis,
        flags={fault.reason: len(fault.positions) for fault in judged.flags},
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
        reasons=tuple(quarantine.reasons(judged.faults, loaded.misfits, loaded.aside)),
        flagged=tuple(quarantine.reasons(judged.flags)),
        flagged_rows=judged.flagged,
        mapping=loaded.mapping,
        guessed=loaded.guessed,
        missing=loaded.missing,
        dropped_names=loaded.names,
        dropped_other=loaded.unused,
        remembered=loaded.remembered,
        sheet=loaded.sheet,
        warnings=loaded.notes,
    )
    return part, report


def _with_part(report: ImportReport, done: Finished, options: Options, loaded: Loaded) -> ImportReport:
    part = done.part
    return replace(
        report,
        geocoding=part.geocoding,
        match_rates=part.match_rates,
        about=part.about,
        reference_date=part.reference_date,
        covers_from=part.covers_from,
        covers_to=part.covers_to,
        coverage_stated=bool(options.covers_from and options.covers_to),
        warnings=(*loaded.notes, *done.warnings),
    )


def _main_reason(report: ImportReport) -> str:
    first = report.reasons[0]
    where = f"{first['column']}: " if first["column"] else ""
    return f"{where}{first['reason']} ({first['rows']} rows)"


class _AreasChangedError(Exception):
    """Another import changed the areas in force since the rows were given theirs."""


def _commit(
    workspace: Workspace, loaded: Loaded, done: Finished, context: Context, report: ImportReport, asked: Profile | None
) -> ImportReport:
    """Stage the rows and switch to them; the switch comes last, so that what fails before it took nothing in."""
    try:
        with workspace.lock():
            if current_profile(workspace, asked).version != context.profile.version:
                raise _AreasChangedError
            if not context.options.beside_synthetic:  # again: another import may have come between
                _require_apart(workspace, loaded.contract, done.part.basis)
            return _switch(workspace, loaded, done, context, report)
    except BaseException:
        workspace.discard(done.part)
        for listed in filter(None, (report.quarantine_file, report.flagged_file)):
            listed.unlink(missing_ok=True)
        raise


def _switch(
    workspace: Workspace, loaded: Loaded, done: Finished, context: Context, report: ImportReport
) -> ImportReport:
    part, profile, file = done.part, context.profile, workspace.path / MAPPINGS
    data = workspace.part_path(part.dataset, part.id, ".parquet")
    mappings = with_remembered(file, part.dataset, loaded.headings, loaded.choices)
    stage(contract(part.dataset), done.frame, data, [exact_column(scheme) for scheme in profile.exact_schemes])
    part = replace(part, changes=_changes(workspace, part, data))
    write_durably(file, mappings)
    if part.dataset == "area_scheme":
        snapshot_id, waiting = take_in(workspace, part, profile)
    else:
        snapshot_id, waiting = workspace.add_part(part, profile=profile.key).id, ()
    warnings = (*report.warnings, *waiting)
    return replace(report, snapshot_id=snapshot_id, changes=part.changes, warnings=warnings)


def _changes(workspace: Workspace, part: Part, data: Path) -> dict[str, int]:
    """Return what changed since the part that this one replaces; empty for a first one."""
    try:
        current = workspace.current()
    except NoSnapshotError:
        return {}
    replaced = [old for old in current.parts(part.dataset) if replaces(part, old)]
    return changes_since(contract(part.dataset), data, current.data_path(replaced[-1])) if replaced else {}
