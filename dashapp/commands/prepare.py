"""``locality-atlas prepare``: the shapes that the map draws, for the areas in force."""

from __future__ import annotations

import argparse
from pathlib import Path

from geodata.geography import profile_of
from geodata.geometry_index import has_drawing
from geodata.snapshot import Workspace


def add_prepare(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], parents: list[argparse.ArgumentParser]
) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("prepare", parents=parents, help="prepare the shapes of the map, where they lack")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prepare the shapes and say so."""
    made = ensure_drawing(args.workspace)
    print("The map's shapes are prepared." if made else "The map's shapes were prepared already.")
    return 0


def ensure_drawing(workspace: Path) -> bool:
    """Prepare the shapes of the areas in force where they lack; return whether they did.

    Raises
    ------
    NoSnapshotError
        If nothing was imported yet.
    """
    profile = profile_of(workspace, Workspace(workspace).current().manifest)
    if has_drawing(workspace, profile.version):
        return False
    from geodata.drawing import prepare_drawing  # noqa: PLC0415 - GeoPandas, needed once per workspace

    prepare_drawing(profile, workspace)
    return True
