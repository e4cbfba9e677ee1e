"""Build the demonstration workspace: write the exports a council would have, and import them like any other file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.demo import cme, ehc_dates
from geodata.demo.cme import build_cme
from geodata.demo.ehc import build_ehc
from geodata.demo.homes import load_places
from geodata.errors import InputError, NoSnapshotError
from geodata.importing import import_file
from geodata.manifest import Part
from geodata.profile import Profile, load_profile
from geodata.snapshot import Snapshot, Workspace, write_durably

Progress = Callable[[str, int, int], None]
"""Called with what is being done, the steps done and the steps in all."""

SEED = 2022
FOLDER = "demonstration"
"""Under the workspace; holds the files that were imported, to look at and to try the import with."""

STEPS = 5

EVENTS = (
    ("EHC plans", "ehc_plans", ehc_dates.FIRST_DAY, ehc_dates.LAST_DAY),
    ("children missing education", "cme_involvements", cme.FIRST_DAY, cme.LAST_DAY),
)
"""What is imported after the population: in words, its dataset, and the first and last day its file is complete for."""

CME_HEADINGS = {
    "child_id": "Child ID", "born": "Date of Birth", "year_group": "NC Year", "sen_status": "SEN Status",
    "social_care": "Social Care Status", "postcode": "Home Postcode", "protected": "Protected Address",
    "start_date": "Date Opened", "end_date": "Date Closed", "closure_code": "Closure Reason",
}  # fmt: skip
EHC_HEADINGS = {
    "child_id": "Child ID", "born": "Date of Birth", "year_group": "NC Year", "primary_need": "Primary Need",
    "provision": "Provision Type", "postcode": "Home Postcode", "protected": "Protected Address",
    "start_date": "Plan Start Date", "end_date": "Plan End Date",
}  # fmt: skip
POPULATION_HEADINGS = {"atom": "LSOA Code", "age": "Age", "persons": "Persons"}


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
        Decides who the people are and where they live. Every published total holds for every seed.
    replace : bool
        Whether real data in the workspace may give way. Snapshots of it stay, so `Workspace.rollback` brings it back.
        A real population is kept as the base of the rates.
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
    tell("Drawing people and homes", 0, STEPS)
    files = write_exports(workspace.path / FOLDER, profile, seed)
    tell("Importing the population", 1, STEPS)
    if not any(part.dataset == "population" for part in real):
        import_file(workspace, "population", files["population"], basis="modelled", profile=profile)
    for done, (title, dataset, first, last) in enumerate(EVENTS, start=2):
        tell(f"Importing {title}", done, STEPS)
        import_file(
            workspace,
            dataset,
            files[dataset],
            covers_from=first,
            covers_to=last,
            basis="synthetic",
            profile=profile,
        )
    tell("Checking", 4, STEPS)
    snapshot = workspace.current()
    _require_whole(snapshot)
    tell("Done", STEPS, STEPS)
    return snapshot


def write_exports(folder: Path, profile: Profile, seed: int) -> dict[str, Path]:
    """Write the demonstration's files as a case management system would export them.

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
    rng = np.random.default_rng(seed)
    places = load_places(profile)
    plans = build_ehc(profile, places, rng)
    involvements = build_cme(places, plans, rng)
    population = pd.read_parquet(profile.directory / "population.parquet")
    return {
        "ehc_plans": _write(folder / "ehc_plans.csv", plans, EHC_HEADINGS),
        "cme_involvements": _write(folder / "cme_involvements.csv", involvements, CME_HEADINGS),
        "population": _write(folder / "population_modelled.csv", population, POPULATION_HEADINGS),
    }


def _write(path: Path, frame: pd.DataFrame, headings: dict[str, str]) -> Path:
    """Write a frame as CSV with an export's headings and dates day first."""
    export = frame[list(headings)].copy()
    for column in export.select_dtypes("datetime"):
        export[column] = export[column].dt.strftime("%d/%m/%Y")
    text = export.rename(columns=headings).to_csv(index=False, lineterminator="\n")
    write_durably(path, text.encode("utf-8"))
    return path


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
