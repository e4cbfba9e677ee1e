"""The register of releases: what left for whom, and when. Lines are only ever added.

Each line carries a hash of itself and of the line before, so that a line that is changed or taken out is noticed. Lines
cut off at the end are noticed by the next release, which names those before it. The register is a file and not a table
of the database of `geodata.state`, because rows there can be changed and this must not be.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from geodata.disclosure.bundle import Bundle
from geodata.disclosure.bundle_folder import content_hash, read_bundle
from geodata.durable import make_private, write_durably
from geodata.errors import InputError, UsageError
from geodata.lock import WriteLock

FOLDER, FILE = "releases", "register.jsonl"
WAIT_SECONDS = 10

SEES: dict[str, tuple[str, ...]] = {"public": ("public",), "partner": ("public", "partner")}
"""Audience -> whose releases it sees: a partner reads what everybody reads."""


@dataclass(frozen=True)
class Release:
    """A line of the register.

    Attributes
    ----------
    id : str
        Audience and day.
    made_on, expires : datetime.date
        As in the bundle.
    audience, sign_off : str
        As in the bundle.
    content_hash : str
        SHA-256 that stands for all of its content.
    kept : str
        Where the bundle lies, from the workspace, with forward slashes.
    """

    id: str
    made_on: date
    audience: str
    content_hash: str
    sign_off: str
    expires: date
    kept: str


class Register:
    """The releases of a workspace.

    Parameters
    ----------
    root : pathlib.Path
        The workspace's folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._file = root / FOLDER / FILE

    def releases(self, audience: str = "") -> tuple[Release, ...]:
        """Return the releases to one audience, or all, the oldest first; none where there is no register yet.

        Raises
        ------
        InputError
            If a line was changed or taken out.
        """
        return tuple(one for one in self._read()[0] if audience in ("", one.audience))

    def seen_by(self, audience: str, day: date) -> tuple[Release, ...]:
        """Return the releases that an audience has before its own of a day: those to attack that one with.

        Raises
        ------
        UsageError
            For an unknown audience, with the valid ones.
        InputError
            As `releases`.
        """
        if audience not in SEES:
            raise UsageError(f"No audience '{audience}'. Valid: {', '.join(SEES)}.")
        return _seen(self.releases(), audience, day)

    def bundle(self, release: Release) -> Bundle:
        """Return the bundle of a release from where it was kept.

        Raises
        ------
        InputError
            If it is gone, was edited, or is another than was released.
        """
        folder = self._root / release.kept
        if not folder.is_dir():
            raise InputError(f"The bundle of '{release.id}' is not at '{release.kept}' any more.")
        found = read_bundle(folder)
        if content_hash(found) != release.content_hash:
            raise InputError(f"The bundle at '{release.kept}' is not the one that was released as '{release.id}'.")
        return found

    def check(self, bundle: Bundle) -> None:
        """Refuse a bundle that does not follow on what is registered.

        Raises
        ------
        InputError
            If it is dated before the last release; if it names earlier releases that are not here, or none is here at
            all; if it was not audited with one that its audience has; if its id stands for other content.
        """
        self._check(bundle, self.releases())

    def record(self, bundle: Bundle, kept: str) -> Release:
        """Add a release. One that is there already with the same content is returned as it stands.

        Parameters
        ----------
        bundle : Bundle
            Audited and written.
        kept : str
            Where it lies, from the workspace, with forward slashes.

        Raises
        ------
        InputError
            As `check`.
        WorkspaceBusyError
            If another process is writing.
        """
        make_private(self._file.parent)
        with WriteLock(self._file.with_name(".register.lock")).hold(WAIT_SECONDS):
            releases, last = self._read()
            there = self._check(bundle, releases)
            if there is not None:
                return there
            made = Release(
                bundle.id, bundle.made_on, bundle.audience, content_hash(bundle), bundle.sign_off, bundle.expires, kept
            )
            before = self._file.read_bytes() if releases else b""
            write_durably(self._file, before + _line(made, last))
        return made

    def _check(self, bundle: Bundle, releases: Sequence[Release]) -> Release | None:
        """Return the release where it stands there already."""
        own = content_hash(bundle)
        for one in releases:
            if one.id == bundle.id:
                if one.content_hash == own:
                    return one
                raise InputError(f"'{bundle.id}' has been released with other content. Give it another day.")
        if bundle.earlier and not releases:
            raise InputError(
                f"The bundle follows {len(bundle.earlier)} earlier releases, but the register is missing. Put "
                f"{FOLDER}/{FILE} and the bundles back from a copy: without them nobody can tell what subtracts."
            )
        if releases and bundle.made_on < (last := max(releases, key=lambda one: one.made_on)).made_on:
            raise InputError(f"The bundle is dated {bundle.made_on}, before the last release, '{last.id}'.")
        strangers = set(bundle.earlier) - {one.content_hash for one in releases}
        if strangers:
            raise InputError(f"The bundle names {len(strangers)} earlier releases that are not in the register.")
        seen = _seen(releases, bundle.audience, bundle.made_on)
        missed = [one.id for one in seen if one.content_hash not in bundle.earlier]
        if missed:
            raise InputError(f"The bundle was not audited with earlier releases of the register: {', '.join(missed)}.")
        return None

    def _read(self) -> tuple[tuple[Release, ...], str]:
        """Return the releases, and the hash of the last line."""
        if not self._file.is_file():
            return (), ""
        found, last = [], ""
        for number, line in enumerate(self._file.read_bytes().splitlines(), start=1):
            try:
                raw = json.loads(line)
                release = _release(raw["release"])
                whole = _line(release, last).rstrip() == line
                last = raw["hash"]
            except (ValueError, KeyError, TypeError) as error:
                raise InputError(f"Line {number} of the register of releases cannot be read.") from error
            if not whole:
                raise InputError(f"The register of releases was changed by hand at line {number} or before it.")
            found.append(release)
        return tuple(found), last


def _seen(releases: Sequence[Release], audience: str, day: date) -> tuple[Release, ...]:
    """Return those before the audience's own of the day, so that making that one again finds the same."""
    found = []
    for one in releases:
        if (one.audience, one.made_on) == (audience, day):
            break
        if one.audience in SEES[audience] and one.made_on <= day:
            found.append(one)
    return tuple(found)


def _release(raw: dict[str, Any]) -> Release:
    made = Release(**{one.name: raw[one.name] for one in fields(Release)})
    return replace(made, made_on=date.fromisoformat(raw["made_on"]), expires=date.fromisoformat(raw["expires"]))


def _line(release: Release, previous: str) -> bytes:
    days = {"made_on": release.made_on.isoformat(), "expires": release.expires.isoformat()}
    content = {"previous": previous, "release": asdict(release) | days}
    plain = json.dumps(content, sort_keys=True)
    made = hashlib.sha256(plain.encode()).hexdigest()
    return (json.dumps(content | {"hash": made}, sort_keys=True) + "\n").encode()
