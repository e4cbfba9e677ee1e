"""``locality-atlas fetch``: download open data from the official services. The only command that opens a connection."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashapp.commands.import_text import reason_lines, report_lines
from dashapp.commands.prepare import ensure_drawing
from dashapp.commands.progress import Tell, progress
from geodata.errors import AtlasError, UsageError
from geodata.official.sources import Source, find_source, load_sources

if TYPE_CHECKING:
    from geodata.import_report import ImportReport
    from geodata.official.download import Download

REFUSED = 1
EVERYTHING = "all"
BASE = "ATLAS_FETCH_BASE_"
"""With the key of a source in capitals: the variable that sends its questions to another host, such as a mirror."""


def add_fetch(
    subparsers: argparse._SubParsersAction[argparse.ArgumentParser], parents: Sequence[argparse.ArgumentParser] = ()
) -> None:
    """Add the command to the parser.

    Parameters
    ----------
    subparsers : argparse action
        The program's commands.
    parents : sequence of argparse.ArgumentParser
        Hold the shared options ``--workspace`` and ``--format``.
    """
    parser = subparsers.add_parser(
        "fetch",
        parents=list(parents),
        help="download open data from the official services",
        description="Download open data into the workspace, ready to import. Without SOURCE, list what there is.",
    )
    parser.add_argument("source", nargs="?", default=EVERYTHING, metavar="SOURCE", help="its key; without, list them")
    parser.add_argument("--all", action="store_true", help="download every source")
    parser.add_argument("--url", metavar="ADDRESS", help="where it is now, if the service has moved it")
    parser.add_argument("--import", dest="import_it", action="store_true", help="import what was downloaded at once")
    parser.add_argument("--timeout", type=_seconds, default=30.0, metavar="SECONDS",
                        help="how long to wait for an answer (default: %(default)g)")  # fmt: skip
    parser.set_defaults(run=run)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 3600:
        raise argparse.ArgumentTypeError(f"'{text}' is no number of seconds above 0 and up to 3600")
    return seconds


def run(args: argparse.Namespace) -> int:
    """Download one source or all, or list them.

    Returns
    -------
    int
        0 when everything asked for is there; 1 when a service or its answer, or the import, refused some of it.

    Raises
    ------
    UsageError
        For a source that does not exist, an address that is none, or options that do not go together.
    """
    sources = load_sources()
    wanted = _wanted(args, sources)
    if not wanted:
        _print_list(sources, args.format)
        return 0
    results = []
    for source in wanted:
        with progress(args.format) as tell:
            results.append(_one(args, source, tell))
        if args.format == "text":  # once the bar is gone, which would break a long path into lines
            _print_result(results[-1])
    if args.format == "json":
        print(json.dumps({"downloads": [_as_json(*result) for result in results]}, indent=1, ensure_ascii=False))
    return REFUSED if any(error for _, _, _, error in results) else 0


Result = tuple[Source, "Download | None", "ImportReport | None", "AtlasError | None"]
"""What was asked for, what was downloaded, what was imported, and what went wrong last."""


def _wanted(args: argparse.Namespace, sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """Return what to download, each at the address that options and environment give; nothing to list them."""
    listed = args.source == EVERYTHING and not args.all
    if args.all and args.source != EVERYTHING:
        raise UsageError(f"'{args.source}' and --all do not go together: name one source, or say --all alone.")
    if args.url and args.source == EVERYTHING:
        raise UsageError("--url is the address of one source: name it as well.")
    if listed and args.import_it:
        raise UsageError("--import needs a source, or --all.")
    if listed:
        return ()
    chosen = sources if args.all else (find_source(sources, args.source),)
    if args.url:
        return (chosen[0].at(args.url),)
    bases = {source.key: os.environ.get(BASE + source.key.upper()) for source in chosen}
    return tuple(source.on(base) if (base := bases[source.key]) else source for source in chosen)


def _one(args: argparse.Namespace, source: Source, tell: Tell) -> Result:
    """Download a source and, where that is wanted, import it; a refusal is part of what is returned."""
    # Imported here: the other commands never load what opens connections.
    from geodata.official.download import Limits, fetch  # noqa: PLC0415

    def so_far(step: str, count: int, total: int | None) -> None:
        tell(f"{step} {count:,}", count / total if total else None)

    done = None
    try:
        done = fetch(source, args.workspace, limits=Limits(read_s=args.timeout), progress=so_far)
        report = _import(args.workspace, done) if args.import_it else None
    except AtlasError as error:
        return source, done, None, error
    return source, done, report, None


def _import(workspace: Path, done: Download) -> ImportReport:
    """Import a download; one of a certain day counts at that day."""
    from geodata.importing import import_file  # noqa: PLC0415 - pandas; downloading alone does without

    said: dict[str, Any] = {"reference_date": done.edition} if done.edition else {}
    report = import_file(workspace, done.source.dataset, done.path, **said)
    ensure_drawing(workspace)
    return report


def _as_json(
    source: Source, done: Download | None, report: ImportReport | None, error: AtlasError | None
) -> dict[str, Any]:
    """Return what became of a source in JSON's types: the note of the download, its path, and the import's report."""
    facts: dict[str, Any] = {"source": source.key, "status": "fetched" if done else "refused"}
    facts["error"] = str(error) if error else None
    if done:
        facts |= done.to_dict() | {"path": str(done.path)}
    if report:
        facts["import"] = report.to_dict()
    return facts


def _print_result(result: Result) -> None:
    source, done, report, error = result
    if done:
        print(f"{source.title}: {done.rows:,} row{'s' * (done.rows != 1)}, {done.size_bytes / 1e6:,.1f} MB.")
        print(f"  {done.path}")
        print(f"  {source.licence}. {'. '.join(source.attribution)}.")
    if report:
        print("\n".join(report_lines(report)))
    elif done and not error:
        date = f" --date {done.edition}" if done.edition else ""
        print(f"  Next: locality-atlas import {source.dataset} {done.path}{date}")
    if error:
        kept = "Nothing was taken in; the download stays." if done else "Nothing was saved; earlier downloads stay."
        refused: ImportReport | None = getattr(error, "report", None)
        print("\n".join([str(error), *(reason_lines(refused) if refused else []), kept]), file=sys.stderr)


def _print_list(sources: tuple[Source, ...], form: str) -> None:
    if form == "json":
        facts = ("key", "title", "publisher", "host", "page", "licence", "licence_url", "attribution", "dataset")
        listed = [{fact: getattr(source, fact) for fact in facts} for source in sources]
        print(json.dumps({"sources": listed}, indent=1, ensure_ascii=False))
        return
    for source in sources:
        print(f"{source.key:22}{source.title}")
        print(f"{'':22}from {source.publisher} ({source.host})")
        print(f"{'':22}becomes {source.dataset}; {source.licence}")
    print("\nDownload one with 'locality-atlas fetch SOURCE', or every one with 'locality-atlas fetch --all'.")
