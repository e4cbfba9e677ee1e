"""Outlines and lookups of areas: taken in as a part, made into a geography, and every other part said again by it."""

from __future__ import annotations

import csv
import hashlib
import io
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import shapely

from geodata.conversion_parts import converted_parts
from geodata.drawing import prepare_drawing, read_atoms
from geodata.durable import open_private, replace_durably
from geodata.errors import GeometryError, InputError, NoSnapshotError
from geodata.geography import profile_of
from geodata.geography_build import build
from geodata.import_report import ImportRefusedError, ImportReport
from geodata.manifest import Part, new_id, to_json
from geodata.options import Options
from geodata.outlines import Fault, Outlines, read_outlines
from geodata.overlay import Problem, check_partition
from geodata.profile import Profile, load_profile
from geodata.quarantine import COLUMNS
from geodata.snapshot import Workspace, replaces, write_durably

SUFFIXES = (".geojson", ".json", ".gpkg", ".shp", ".zip")
ELSEWHERE = "an area outside this council; it is not needed"
SHOWN = 3
"""Problems that a message lists; there is no use in more at a time."""


def is_outlines(path: Path) -> bool:
    """Return whether a file is one of outlines rather than of rows, by its ending."""
    return path.suffix.lower() in SUFFIXES


def import_outlines(
    workspace: Workspace,
    path: Path,
    options: Options,
    profile: Profile,
    tell: Callable[[str, float], None],
    *,
    only_check: bool,
) -> ImportReport:
    """Take outlines into the workspace; parameters and errors as for `geodata.importing.import_file`."""
    started = time.perf_counter()
    tell("Reading the outlines", 0.05)
    atoms = read_atoms(profile)
    west, south, east, north = (float(edge) for edge in atoms.total_bounds)
    found = read_outlines(
        path,
        code_field=options.code_field or None,
        name_field=options.name_field or None,
        crs=options.crs or None,
        near=(west, south, east, north),
    )
    whole = atoms.union_all()
    found = _of_council(found, whole, small=(options.scheme or (found.scheme or ("",))[0]) == profile.atom_scheme)
    tell("Checking for overlaps and holes", 0.3)
    part, report = _describe(path, found, options)
    if found.faults and not only_check:
        report = replace(report, quarantine_file=_set_aside(workspace, part, found))
    if not report.accepted:
        raise ImportRefusedError(f"No outline of '{path.name}' could be accepted: {found.faults[0].reason}.", report)
    if not part.about["scheme"]:
        raise ImportRefusedError(
            f"'{path.name}' does not say which scheme its areas are ({found.code_field}). Give it, such as "
            "--scheme community_board.",
            report,
        )
    if problems := check_partition(found.frame, whole):
        raise ImportRefusedError(_problem_words(path, problems, report), report)
    if not only_check:
        tell("Finding the areas of what is loaded", 0.5)
        snapshot_id, waiting = _commit(workspace, part, found.frame, profile)
        report = replace(report, snapshot_id=snapshot_id, warnings=(*report.warnings, *waiting))
    tell("Done", 1.0)
    report = replace(report, seconds=round(time.perf_counter() - started, 3))
    if not only_check:
        write_durably(workspace.report_path(part.id), to_json(report.to_dict()))
    return report


def _of_council(found: Outlines, whole: shapely.Geometry, *, small: bool) -> Outlines:
    """Return the outlines that have a part in the council, or of small areas, that lie in it; set the others aside."""
    shapely.prepare(whole)
    shapes = found.frame.geometry.to_numpy()
    here = shapely.intersects(whole, shapely.point_on_surface(shapes) if small else shapes)
    away = [Fault(int(number), found.code_field, ELSEWHERE) for number in found.numbers[~here]]
    faults = sorted([*found.faults, *away], key=lambda fault: (fault.feature, fault.column))
    return replace(found, frame=found.frame[here], numbers=found.numbers[here], faults=faults)


def _describe(path: Path, found: Outlines, options: Options) -> tuple[Part, ImportReport]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    scheme, vintage = found.scheme or ("", None)
    aside = len({fault.feature for fault in found.faults})
    about = {
        "kind": "outlines",
        "scheme": options.scheme or scheme,
        "vintage": str(options.vintage or vintage or ""),
        "title": options.title,
        "valid_from": options.valid_from.isoformat() if options.valid_from else "",
        "valid_to": options.valid_to.isoformat() if options.valid_to else "",
    }
    mapping = {"area": found.code_field} | ({"name": found.name_field} if found.name_field else {})
    part = Part(
        dataset="area_scheme",
        id=new_id(digest + path.name),
        source_name=path.name,
        sha256=digest,
        rows_read=found.features_read,
        accepted=len(found.frame),
        quarantined=aside,
        mapping=mapping,
        basis=options.basis,
        slot=about["scheme"],
        about=about,
    )
    counts: dict[tuple[str, str], int] = {}
    for fault in found.faults:
        counts[fault.column, fault.reason] = counts.get((fault.column, fault.reason), 0) + 1
    report = ImportReport(
        dataset=part.dataset,
        source_name=part.source_name,
        sha256=digest,
        part_id=part.id,
        basis=part.basis,
        rows_read=part.rows_read,
        accepted=part.accepted,
        quarantined=aside,
        reasons=tuple({"column": c, "reason": r, "rows": n} for (c, r), n in counts.items()),
        mapping=mapping,
        about=about,
        warnings=found.notes,
    )
    return part, report


def _set_aside(workspace: Workspace, part: Part, found: Outlines) -> Path:
    file, text = workspace.quarantine_path(part.id), io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    rows.writerows((fault.feature, fault.column.lstrip("=+-@"), "", fault.reason) for fault in found.faults)
    write_durably(file, text.getvalue().encode("utf-8-sig"))
    return file


def _problem_words(path: Path, problems: list[Problem], report: ImportReport) -> str:
    some = "; ".join(problem.sentence() for problem in problems[:SHOWN])
    more = f"; and {len(problems) - SHOWN} more" if len(problems) > SHOWN else ""
    faulty = [item for item in report.reasons if item["reason"] != ELSEWHERE]
    aside = " Some outlines were set aside, which may be the holes." if faulty else ""
    return (
        f"The outlines of '{path.name}' do not divide the council's area once and wholly: {some}{more}.{aside} Correct "
        "the outlines at their source and import them again."
    )


def _commit(workspace: Workspace, part: Part, frame: gpd.GeoDataFrame, profile: Profile) -> tuple[str, tuple[str, ...]]:
    data = workspace.part_path(part.dataset, part.id, ".parquet")
    temporary = data.with_name(f".{data.name}.tmp")
    with workspace.lock():
        try:
            with open_private(temporary) as file:
                plain = frame.rename_axis("code").reset_index()[["code", "name", "geometry"]]
                plain.to_parquet(file)
            replace_durably(temporary, data)
            return take_in(workspace, part, profile)
        except BaseException:
            temporary.unlink(missing_ok=True)
            workspace.discard(part)
            raise


def take_in(workspace: Workspace, part: Part, otherwise: Profile) -> tuple[str, tuple[str, ...]]:
    """Build the geography with one part more, say every other part again by it, and switch to all at once.

    Parameters
    ----------
    workspace : Workspace
        Locked.
    part : Part
        Staged outlines, or a staged lookup.
    otherwise : Profile
        The council, where the workspace is empty.

    Returns
    -------
    str, tuple of str
        The new snapshot's identifier; sentences on parts that wait for other small areas.

    Raises
    ------
    InputError
        If the areas cannot be made, or a population not be said again by them.
    """
    try:
        current = workspace.current()
        known, before = current.parts("area_scheme"), current.manifest.geography
        base = load_profile(current.manifest.profile)
    except NoSnapshotError:
        current, known, before, base = None, (), "", otherwise
    kept = [old for old in known if not replaces(part, old)]
    try:
        key, profile, waiting = build(workspace, base, [*kept, part])
    except GeometryError as error:
        raise InputError(f"'{part.source_name}' cannot be made the areas of this workspace: {error}") from None
    again = converted_parts(workspace, current, profile) if current and key != before else []
    title = part.about["title"] or part.about["scheme"]
    action = f"Imported areas ({title}) from {part.source_name}"
    try:
        prepare_drawing(profile, workspace.path, profile_of(workspace.path, current.manifest) if current else None)
        snapshot = workspace.add_part(part, *again, profile=base.key, action=action, geography=key)
    except BaseException:
        workspace.discard(*again)
        raise
    return snapshot.id, waiting
