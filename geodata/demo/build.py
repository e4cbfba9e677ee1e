"""Build the demonstration workspace: write the exports a council would have, and import them like any other file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from geodata.demo.council import draw_council
from geodata.demo.exports import EXPORTS, write
from geodata.errors import InputError, NoSnapshotError
from geodata.importing import import_file
from geodata.manifest import Part
from geodata.profile import Profile, load_profile
from geodata.snapshot import Snapshot, Workspace

Progress = Callable[[str, int, int], None]
"""Called with what is being done, the steps done and the steps in all."""

SEED = 2022
FOLDER = "demonstration"
"""Under the workspace; holds the files that were imported, to look at and to try the import with."""

STEPS = len(EXPORTS) + 2
"""Drawing, each import, checking."""


def build_demo(
    workspace_dir: Path | str,
    *,
    seed: int = SEED,
    replace: bool = False,
    profile: Profile | None = None,
    progress: Progress | None = None,
) -> Snapshot:
    """Fill a workspace with the demonstration council.

    Parameters
    ----------
    workspace_dir : pathlib.Path or str
        Made if it is not there. The exports are written to its folder ``demonstration``.
    seed : int
        Decides who the people are, where they live and where schools stand. Every published total holds for every seed.
    replace : bool
        Whether real data in the workspace may give way. Snapshots of it stay, so `Workspace.rollback` brings it back.
        A real population is kept as the base of the rates, and so is what the demonstration does not have: indices of
        deprivation, areas, published figures.
    profile : Profile, optional
        The council; Buckinghamshire by default.
    progress : callable, optional
        Told of each step.

    Returns
    -------
    Snapshot
        The one now in force.

    Raises
    ------
    InputError
        If the workspace holds real data and `replace` is False.
    """
    profile = profile or load_profile()
    tell = progress or _silent
    workspace = Workspace(workspace_dir)
    real = _real_parts(workspace)
    if real and not replace:
        raise InputError(_refusal(workspace, real))
    tell("Drawing people, homes and schools", 0, STEPS)
    files = write_exports(workspace.path / FOLDER, profile, seed)
    has_real_population = any(part.dataset == "population" for part in real)
    for done, export in enumerate(EXPORTS, start=1):
        tell(f"Importing {export.title}", done, STEPS)
        if export.dataset == "population" and has_real_population:
            continue
        file = files[export.dataset]
        import_file(workspace, export.dataset, file, basis=export.basis, profile=profile, **export.said)
    tell("Checking", STEPS - 1, STEPS)
    snapshot = workspace.current()
    _require_whole(snapshot)
    tell("Done", STEPS, STEPS)
    return snapshot


def write_exports(folder: Path, profile: Profile, seed: int) -> dict[str, Path]:
    """Write the demonstration's files as a council's systems would export them.

    Parameters
    ----------
    folder : pathlib.Path
        Where to.
    profile : Profile
        Whose postcodes and published totals are used.
    seed : int
        The same seed writes the same bytes.

    Returns
    -------
    dict of str to pathlib.Path
        Dataset -> file.
    """
    council = draw_council(profile, seed)
    return {export.dataset: write(export, council[export.dataset], folder) for export in EXPORTS}


def _real_parts(workspace: Workspace) -> list[Part]:
    try:
        snapshot = workspace.current()
    except NoSnapshotError:
        return []
    return [part for dataset in snapshot.datasets for part in snapshot.parts(dataset) if part.basis == "real"]


def _refusal(workspace: Workspace, real: list[Part]) -> str:
    names = ", ".join(sorted({part.dataset for part in real}))
    return (
        f"{workspace.path.name}/ holds real data ({names}). Use another folder with --workspace, "
        "or --replace to put the demonstration in its place ('snapshots --rollback' brings the data back)."
    )


def _require_whole(snapshot: Snapshot) -> None:
    """Raise if a row of the demonstration was set aside: its published totals would not hold."""
    for dataset in snapshot.datasets:
        for part in snapshot.parts(dataset):
            if part.basis != "real" and part.quarantined:
                raise InputError(f"{part.quarantined} rows of {part.source_name} were set aside. See quarantine/.")


def _silent(_step: str, _done: int, _total: int) -> None:
    """Tell nobody."""
