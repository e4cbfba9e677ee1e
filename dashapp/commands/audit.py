"""``locality-atlas audit``: attack a release as an outsider would, with nothing but what was published."""

from __future__ import annotations

import argparse
import json
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata.options import today

if TYPE_CHECKING:
    from geodata.disclosure.audit import Audit, Recoverable
    from geodata.disclosure.bundle import Bundle

UNSAFE = 1
LISTED = 40
"""Counts that are written out for people; machines get all."""


def add_audit(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], parents: list[argparse.ArgumentParser]
) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "audit",
        parents=parents,
        help="attack a release: which counts can be worked out of it",
        description="Bounds every count that a release holds back or rounds from all that it shows, from earlier "
        "releases and from what others have published. Needs the bundle alone, no workspace. Exit status 0 safe, 1 not "
        "safe or refused, 2 wrong use.",
    )
    parser.add_argument("bundle", type=Path, metavar="BUNDLE", help="folder of the release")
    parser.add_argument(
        "--earlier", type=Path, nargs="+", action="extend", default=[], metavar="BUNDLE", help="earlier releases"
    )
    parser.add_argument(
        "--known",
        type=Path,
        action="append",
        default=[],
        metavar="FILE.csv",
        help="counts that others have published: columns counts, value and the dimensions of the tables",
    )
    parser.add_argument(
        "--whole", action="store_true", help="also search small systems for whole children: finds more, takes longer"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print what the attack found; 0 where it found nothing."""
    # NumPy and HiGHS: other commands do without.
    from geodata.disclosure.bundle import published_of  # noqa: PLC0415
    from geodata.disclosure.bundle_audit import audit_bundle  # noqa: PLC0415
    from geodata.disclosure.bundle_folder import read_bundle  # noqa: PLC0415
    from geodata.disclosure.known_file import read_known  # noqa: PLC0415

    bundle = read_bundle(args.bundle)
    earlier = [read_bundle(folder) for folder in args.earlier]
    files = [read_known(path, published_of(bundle)) for path in args.known]
    known = [one for file in files for one in file.published]
    found = audit_bundle(bundle, earlier, known, integer=args.whole)
    notes = [*found.notes, *(note for file in files for note in file.notes)]
    if bundle.expired(today()):
        notes.append(f"The release expired on {bundle.expires}.")
    if args.format == "json":
        shown = as_json(bundle, found, notes)
        print(json.dumps(shown, indent=1, ensure_ascii=False, allow_nan=False))
    else:
        print("\n".join(as_text(bundle, found, notes)))
    return 0 if found.safe else UNSAFE


def as_json(bundle: Bundle, found: Audit, notes: list[str]) -> dict[str, Any]:
    """Return an audit for machines; a `high` of null is no limit."""
    from geodata.disclosure.bundle_folder import content_hash  # noqa: PLC0415 - as in `run`

    return {
        "safe": found.safe,
        "cells": found.cells,
        "suppressed": found.suppressed,
        "recoverable": [_one(entry) for entry in found.recoverable],
        "notes": notes,
        "release": bundle.id,
        "content_hash": content_hash(bundle),
        "audience": bundle.audience,
        "threshold": {
            key: getattr(bundle.threshold, key)
            for key in ("smallest", "fewest_families", "least_base", "base_of_rounding", "width")
        },
        "words": {one.key: list(one.words) for one in bundle.datasets},
    }


def _one(entry: Recoverable) -> dict[str, Any]:
    return {
        "table": entry.key[0],
        "at": list(entry.key[1:]),
        "low": entry.low,
        "high": entry.high if isfinite(entry.high) else None,
        "how": entry.how,
        "release": entry.release,
        "sure": entry.sure,
    }


def as_text(bundle: Bundle, found: Audit, notes: list[str]) -> list[str]:
    """Return an audit for people."""
    from geodata.disclosure.bundle_folder import content_hash  # noqa: PLC0415 - as in `run`

    rules = bundle.threshold
    lines = [
        f"{bundle.title} ({bundle.id}), {bundle.council}. Signed off: {bundle.sign_off}. Valid to {bundle.expires}.",
        f"Content hash {content_hash(bundle)}",
        f"Rules: counts of 1 to {rules.smallest} are held back, the others rounded to {rules.base_of_rounding}; what "
        f"is held back must not be known more closely than to a range of {rules.width}.",
        f"{found.cells:,} figures, {found.suppressed:,} of them held back.",
        *(f"{one.title}: {', '.join(one.words)}." for one in bundle.datasets if one.words),
    ]
    if found.safe:
        lines.append("SAFE: no small count can be worked out.")
    else:
        number = len(found.recoverable)
        lines.append(f"NOT SAFE: {number:,} {'count' if number == 1 else 'counts'} can be worked out.")
        lines += [f"  {_sentence(entry)}" for entry in found.recoverable[:LISTED]]
        if len(found.recoverable) > LISTED:
            lines.append(f"  and {len(found.recoverable) - LISTED:,} more: --format json has all of them.")
    return [*lines, *(f"Note: {note}" for note in notes)]


def _sentence(entry: Recoverable) -> str:
    high = f"{entry.high:g}" if isfinite(entry.high) else "any number"
    between = high if entry.low == entry.high else f"{entry.low:g} to {high}"
    doubt = "" if entry.sure else " (perhaps a larger count)"
    return f"{entry.release}: {', '.join(entry.key)} is {between}{doubt}. {entry.how}"
