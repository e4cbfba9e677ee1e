"""Mappings that people wrote, and those the workspace remembers."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from geodata.errors import InputError, UsageError


def read_map_file(path: Path) -> dict[str, str | None]:
    """Read a mapping that a person wrote, in JSON or TOML: our column -> their heading.

    Raises
    ------
    UsageError
        If the file is missing or is neither.
    """
    if not path.is_file():
        raise UsageError(f"There is no mapping file '{path.name}' in that folder.")
    try:
        text = path.read_text(encoding="utf-8-sig")
        raw = tomllib.loads(text) if path.suffix.lower() == ".toml" else json.loads(text)
    except ValueError:
        raise UsageError(
            f"'{path.name}' is not valid {path.suffix.lower() or 'JSON'}; check its quotes and commas."
        ) from None
    if not isinstance(raw, dict) or not all(value is None or isinstance(value, str) for value in raw.values()):
        raise UsageError(f'\'{path.name}\' must hold one heading per column: {{"our_column": "their heading"}}.')
    return raw


def headings_key(headings: Sequence[str]) -> str:
    """Return a hash that is the same when the same headings come again, in any order."""
    return hashlib.sha256("\n".join(sorted(headings)).encode()).hexdigest()[:16]


def remembered(file: Path, dataset: str, headings: Sequence[str]) -> dict[str, str | None]:
    """Return the mapping that served a file with these headings before; empty when there is none."""
    try:
        return dict(_known(file).get(dataset, {}).get(headings_key(headings), {}))
    except (OSError, InputError):
        return {}


def with_remembered(file: Path, dataset: str, headings: Sequence[str], mapping: Mapping[str, str | None]) -> bytes:
    """Return the content of the workspace's ``mappings.json`` with one mapping more.

    Raises
    ------
    InputError
        If the file is there and is not what this product writes.
    """
    try:
        known = _known(file)
    except FileNotFoundError:
        known = {}
    known.setdefault(dataset, {})[headings_key(headings)] = dict(mapping)
    return (json.dumps(known, indent=1, ensure_ascii=False) + "\n").encode()


def _known(file: Path) -> dict[str, dict[str, dict[str, str | None]]]:
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        known = None
    datasets = known.values() if isinstance(known, dict) else [None]
    if not all(isinstance(found, dict) and all(isinstance(m, dict) for m in found.values()) for found in datasets):
        raise InputError(f"'{file.name}' in the workspace is not valid JSON of mappings. Correct or remove it.")
    return dict(known)
