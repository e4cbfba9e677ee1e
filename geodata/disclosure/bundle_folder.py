"""A bundle as a folder of plain files with a list of their hashes: written whole or not at all, read with suspicion."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geodata.disclosure.bundle import Bundle, in_order
from geodata.disclosure.bundle_check import require_bundle
from geodata.disclosure.bundle_json import about_json, areas_json, bundle_of, encoded, table_json
from geodata.durable import make_private, write_durably
from geodata.errors import InputError, UsageError

FORMAT = 1
"""Of the folder; a reader refuses any other."""

MANIFEST, ABOUT, AREAS = "manifest.json", "bundle.json", "areas.json"
TABLES, BOUNDARIES = "tables", "boundaries"

_PLACE = re.compile(rf"bundle\.json|areas\.json|(?:{TABLES}|{BOUNDARIES})/[a-z0-9][a-z0-9_-]*\.json")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def files_of(bundle: Bundle) -> dict[str, bytes]:
    """Return the files of a bundle, the manifest among them: path with forward slashes -> content.

    Raises
    ------
    InputError, ProfileError
        If the bundle makes no sense; see `require_bundle`.
    """
    own = in_order(require_bundle(bundle))
    try:
        files = {ABOUT: encoded(about_json(own) | {"format": FORMAT}), AREAS: encoded(areas_json(own))}
        files |= {f"{TABLES}/{_file_name(table.name)}.json": encoded(table_json(table)) for table in own.tables}
        files |= {f"{BOUNDARIES}/{name}.json": encoded(shapes, compact=True) for name, shapes in own.boundaries.items()}
    except (TypeError, ValueError) as error:
        raise InputError(f"The bundle '{own.id}' cannot be written: {error}.") from error
    hashes = {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}
    return files | {MANIFEST: encoded({"format": FORMAT, "files": hashes})}


def content_hash(bundle: Bundle) -> str:
    """Return what stands for all of a bundle's content: the SHA-256 of its manifest."""
    return hashlib.sha256(files_of(bundle)[MANIFEST]).hexdigest()


def write_bundle(folder: Path, bundle: Bundle) -> str:
    """Write a bundle, and return its content hash. The same content is the same files, byte for byte.

    Parameters
    ----------
    folder : pathlib.Path
        Not there yet, or empty, or this very bundle.
    bundle : Bundle
        What to write.

    Raises
    ------
    InputError
        If the bundle makes no sense, or the folder holds anything else.
    """
    files = files_of(bundle)
    made = hashlib.sha256(files[MANIFEST]).hexdigest()
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise InputError(f"'{folder.name}' is no folder. Give one that is not there yet.")
    if folder.is_dir() and any(folder.iterdir()):
        if _read(folder) == files:
            return made
        raise InputError(f"The folder '{folder.name}' holds something else. Give one that is not there yet.")
    unfinished = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    shutil.rmtree(unfinished, ignore_errors=True)  # of a process that died, whose number came round again
    try:
        make_private(unfinished)
        for path, content in files.items():
            write_durably(unfinished / path, content)
        if folder.is_dir():
            folder.rmdir()
        os.replace(unfinished, folder)  # noqa: PTH105 - the one call the switch hangs on, named as what it is
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return made


def read_bundle(folder: Path) -> Bundle:
    """Return the bundle of a folder.

    Raises
    ------
    UsageError
        If there is no such folder.
    InputError
        If a file is missing, was added or changed, leads elsewhere, or says something that the format has no place
        for; for an unknown format; and where the bundle makes no sense.
    ProfileError
        For a threshold of 0.
    """
    if not folder.is_dir():
        raise UsageError(f"There is no folder '{folder}'.")
    files = _read(folder)
    hashes = _hashes(files)
    for path in sorted(hashes):
        if not _PLACE.fullmatch(path):
            raise InputError(f"{MANIFEST} names '{path}', which is no place in a bundle.")
    _refuse(sorted(hashes.keys() - files.keys()), "missing from the bundle")
    _refuse(sorted(files.keys() - hashes.keys() - {MANIFEST}), "not part of the bundle: somebody added it")
    changed = [path for path in hashes if hashlib.sha256(files[path]).hexdigest() != hashes[path]]
    _refuse(sorted(changed), f"not as {MANIFEST} says: it was edited or damaged")
    bundle = _parsed(files)
    if files_of(bundle) != files:
        raise InputError("The bundle says something that its format has no place for, and that no audit would look at.")
    return bundle


def _read(folder: Path) -> dict[str, bytes]:
    """Return every file; each is read once, so that what was checked is what is used."""
    found = {}
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder).as_posix()
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise InputError(f"'{place}' leads out of the bundle or is no plain file.")
        if path.is_file():
            found[place] = path.read_bytes()
    return found


def _hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    if MANIFEST not in files:
        raise InputError(f"This is no bundle: {MANIFEST} is missing.")
    listed = _json(MANIFEST, files[MANIFEST])
    if listed.get("format") != FORMAT:
        raise InputError(f"The bundle has the format {listed.get('format')!r}; this program reads {FORMAT}.")
    hashes = listed.get("files")
    if not isinstance(hashes, dict) or not {ABOUT, AREAS} <= hashes.keys():
        raise InputError(f"{MANIFEST} does not list the files of a bundle.")
    return hashes


def _refuse(paths: list[str], why: str) -> None:
    if paths:
        others = f" (and {len(paths) - 1} more)" if len(paths) > 1 else ""
        raise InputError(f"'{paths[0]}'{others} is {why}.")


def _parsed(files: Mapping[str, bytes]) -> Bundle:
    def within(folder: str) -> dict[str, dict[str, Any]]:
        paths = sorted(path for path in files if path.startswith(f"{folder}/"))
        return {path.rpartition("/")[2].removesuffix(".json"): _json(path, files[path]) for path in paths}

    about = _json(ABOUT, files[ABOUT])
    if about.get("format") != FORMAT:
        raise InputError(f"{ABOUT} has the format {about.get('format')!r}; this program reads {FORMAT}.")
    try:
        return bundle_of(about, _json(AREAS, files[AREAS]), list(within(TABLES).values()), within(BOUNDARIES))
    except KeyError as error:
        raise InputError(f"A file of the bundle lacks {error}.") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise InputError(f"A file of the bundle cannot be read: {error}.") from error


def _json(path: str, content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise InputError(f"'{path}' is no JSON: {error}.") from error
    if not isinstance(found, dict):
        raise InputError(f"'{path}' is no JSON object.")
    return found


def _file_name(table: str) -> str:
    """Return a file's name for a table's: itself where it is plain, else with something of its hash."""
    plain = _NOT_PLAIN.sub("-", table.lower()).strip("-")[:60]
    return plain if plain == table else f"{plain or 'table'}-{hashlib.sha256(table.encode()).hexdigest()[:8]}"
