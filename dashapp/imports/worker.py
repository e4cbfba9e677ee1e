"""The process that looks at files and imports them: one question a line comes in as JSON, progress and answer go out.

Run as ``python -m dashapp.imports.worker WORKSPACE``. It may be killed at any moment: what it was taking in is then not
taken in, and the snapshot in force stays. Everything that writes to the workspace from the page is done here, one
after the other.
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, TextIO

import pandera.pandas  # noqa: F401 - slow to load: ahead of the first question

from dashapp.imports.questions import options_of
from geodata.drawing import prepare_drawing
from geodata.errors import AtlasError, NoSnapshotError
from geodata.geography import profile_of
from geodata.geometry_index import has_drawing
from geodata.import_report import ImportRefusedError
from geodata.importing import MAPPINGS, import_file
from geodata.options import today
from geodata.preview import look
from geodata.purge import Purged, purge_child, purge_expired
from geodata.snapshot import Workspace

Tell = Callable[[str, float], None]


def answer(workspace: Path, question: Mapping[str, Any], out: TextIO) -> dict[str, Any]:
    """Return the answer to one question, telling progress on the way.

    Parameters
    ----------
    workspace : pathlib.Path
        Where to import to.
    question : mapping
        From `dashapp.imports.questions.question_of`; of files with their ``paths``.
    out : text stream
        Takes a line for each step.

    Returns
    -------
    dict
        ``result``, or ``error`` with the ``report`` where rows were read.
    """

    def tell(step: str, share: float) -> None:
        print(json.dumps({"step": step, "share": round(share, 3)}), file=out, flush=True)

    try:
        return {"result": DOES[question["do"]](workspace, question, tell)}
    except ImportRefusedError as error:
        return {"error": str(error), "report": error.report.to_dict()}
    except AtlasError as error:
        return {"error": str(error)}


def _look(workspace: Path, question: Mapping[str, Any], tell: Tell) -> dict[str, Any]:
    tell("Looking at the file", 0.1)
    paths = [Path(path) for path in question["paths"]]
    return asdict(look(paths, workspace / MAPPINGS, question["dataset"], **options_of(question["said"])))


def _check(workspace: Path, question: Mapping[str, Any], tell: Tell) -> dict[str, Any]:
    return _import(workspace, question, tell, only_check=True)


def _import(workspace: Path, question: Mapping[str, Any], tell: Tell, *, only_check: bool = False) -> dict[str, Any]:
    paths = [Path(path) for path in question["paths"]]
    said = options_of(question["said"])
    report = import_file(
        workspace, question["dataset"], paths, progress=_until(tell, 0.95), only_check=only_check, **said
    )
    if only_check:
        return report.to_dict()
    try:
        _prepare(workspace, tell)
    except AtlasError as error:  # the file is in: no refusal any more
        report = replace(report, warnings=(*report.warnings, str(error)))
    return report.to_dict()


def _until(tell: Tell, end: float) -> Tell:
    """Return a teller whose shares end earlier: something is left to do."""
    return lambda step, share: tell(step, share * end)


def _rollback(workspace: Path, question: Mapping[str, Any], tell: Tell) -> dict[str, Any]:
    tell("Going back", 0.2)
    snapshot = Workspace(workspace).rollback(question["to"] or None)
    _prepare(workspace, tell)
    return {"snapshot": snapshot.id}


def _purge(workspace: Path, question: Mapping[str, Any], tell: Tell) -> dict[str, Any]:
    tell("Removing", 0.2)
    return asdict(_purged(workspace, question))


def _purged(workspace: Path, question: Mapping[str, Any]) -> Purged:
    where = Workspace(workspace)
    where.current()
    return purge_child(where, question["child"]) if question["do"] == "purge" else purge_expired(where, today())


def _prepare(workspace: Path, tell: Tell) -> None:
    """Draw the shapes of the areas in force, where they were not: the map cannot do without."""
    with suppress(NoSnapshotError):
        profile = profile_of(workspace, Workspace(workspace).current().manifest)
        if not has_drawing(workspace, profile.version):
            tell("Preparing the map", 0.96)
            prepare_drawing(profile, workspace)


DOES: Mapping[str, Callable[[Path, Mapping[str, Any], Tell], dict[str, Any]]] = {
    "look": _look,
    "check": _check,
    "import": _import,
    "rollback": _rollback,
    "purge": _purge,
    "expire": _purge,
}


def main() -> None:
    """Answer questions until there are no more."""
    warnings.simplefilter("ignore")  # a library's warning could repeat a cell
    workspace = Path(sys.argv[1])
    # Answers have a stream of their own: what a library prints goes elsewhere.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    sys.stdout = sys.stderr
    print(json.dumps({"ready": True}), file=out, flush=True)
    for line in sys.stdin:
        try:
            found = answer(workspace, json.loads(line), out)
        except Exception as error:  # a fault of ours; its text could hold a cell, so only its kind is told
            found = {"error": f"Something went wrong ({type(error).__name__}). Please report it.", "fault": True}
        print(json.dumps(found, default=str), file=out, flush=True)


if __name__ == "__main__":
    main()
