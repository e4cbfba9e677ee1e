"""A council's profile: everything that is true of one council and not of the product."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from geodata.errors import ProfileError

PROFILES = Path(__file__).parent / "profiles"
STATUSES = ("official", "approximate", "indicative")


@dataclass(frozen=True)
class AreaScheme:
    """One way to divide the council's area.

    Attributes
    ----------
    key : str
        Such as ``"ward"``; the column of that name in the pack's ``lookup.csv``.
    title, one : str
        The words for many and for one: "Wards", "ward".
    status : str
        ``"official"``, ``"approximate"`` (best fit of whole atoms) or ``"indicative"`` (to be checked first).
    note : str
        One plain sentence on what the areas are.
    valid_from, valid_to : datetime.date or None
        Half-open dates in force; None is open.
    vintage : int or None
        The year that the codes are of; None where the profile does not say.
    exact : bool
        Whether its outlines cut the atoms: records then lie where their postcode does, and residents are shared out by
        the part of the atom's area that lies in each.
    """

    key: str
    title: str
    one: str
    status: str
    note: str
    valid_from: date | None = None
    valid_to: date | None = None
    vintage: int | None = None
    exact: bool = False

    @property
    def many(self) -> str:
        """The title within a sentence: "localities", but "LSOAs"."""
        return self.title if self.title[:2].isupper() else self.title[0].lower() + self.title[1:]

    @property
    def caveat(self) -> str:
        """The word that must stand wherever the outlines do; empty for an official scheme."""
        return "" if self.status == "official" else self.status


@dataclass(frozen=True)
class ClosureReason:
    """A reason for which a case of a child missing education is closed.

    Attributes
    ----------
    code, label : str
        As the council's system writes it, and for people; both are taken in files, without regard to case.
    group : str
        The heading that the committee's papers print it under; empty where none of their rows has it.
    """

    code: str
    label: str
    group: str


@dataclass(frozen=True)
class Profile:
    """A council's codes, area schemes and thresholds.

    Attributes
    ----------
    key, version, name, title, code : str
        Identity; `code` is the council's current nine-character code.
    directory : pathlib.Path
        The reference pack: atoms, lookups, postcodes and sources.
    atom_scheme, atom_vintage : str, int
        The finest areas of the pack.
    schemes : tuple of AreaScheme
        In the order in which a person chooses among them.
    modelled_rates_from : tuple of str
        Scheme keys coarse enough for rates over real people on a modelled population.
    modelled_reason : str
        Why finer schemes show no such rate, as a clause.
    closures : tuple of ClosureReason
        In the order in which the committee's papers print them.
    """

    key: str
    version: str
    name: str
    title: str
    code: str
    directory: Path
    atom_scheme: str
    atom_vintage: int
    schemes: tuple[AreaScheme, ...]
    modelled_rates_from: tuple[str, ...]
    modelled_reason: str
    closures: tuple[ClosureReason, ...] = ()

    @property
    def closing_codes(self) -> dict[str, str]:
        """Closing code -> label, in the printed order."""
        return {reason.code: reason.label for reason in self.closures}

    @property
    def exact_schemes(self) -> tuple[str, ...]:
        """The keys of the schemes whose outlines cut atoms."""
        return tuple(scheme.key for scheme in self.schemes if scheme.exact)

    def scheme(self, key: str) -> AreaScheme:
        """Return the scheme of that key, or raise `ProfileError` with the valid ones."""
        for scheme in self.schemes:
            if scheme.key == key:
                return scheme
        raise ProfileError(f"No area scheme '{key}' in {self.name}. Valid: {', '.join(s.key for s in self.schemes)}.")


def _scheme(entry: dict[str, object]) -> AreaScheme:
    scheme = AreaScheme(**entry)  # type: ignore[arg-type]
    if scheme.status not in STATUSES:
        raise ProfileError(f"Scheme '{scheme.key}' has status '{scheme.status}'. Valid: {', '.join(STATUSES)}.")
    return scheme


def _closures(entries: Sequence[dict[str, str]], council: str) -> tuple[ClosureReason, ...]:
    closures = tuple(ClosureReason(**entry) for entry in entries)
    known: dict[str, str] = {}
    for reason in closures:
        for text in {_folded(reason.code), _folded(reason.label)}:
            if not text or known.setdefault(text, reason.code) != reason.code:
                raise ProfileError(
                    f"The closing code '{reason.code}' of profile '{council}' has no code or label, or shares one with "
                    "another. Give each a code and a label of its own; case does not matter."
                )
    return closures


def _folded(text: str) -> str:
    return " ".join(text.lower().split())


@cache
def load_profile(key: str = "buckinghamshire") -> Profile:
    """Read a council's profile.

    Parameters
    ----------
    key : str
        The name of a folder of `PROFILES`.

    Returns
    -------
    Profile
        Read once per process.

    Raises
    ------
    ProfileError
        If there is no such profile, or it lacks an entry.
    """
    path = PROFILES / key / "profile.toml"
    if not path.is_file():
        known = ", ".join(sorted(p.parent.name for p in PROFILES.glob("*/profile.toml")))
        raise ProfileError(f"No profile '{key}'. Valid: {known}.")
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        council, atoms, modelled = raw["council"], raw["atoms"], raw["modelled_population"]
        return Profile(
            key=council["key"],
            version=raw["version"],
            name=council["name"],
            title=council["title"],
            code=council["code"],
            directory=path.parent,
            atom_scheme=atoms["scheme"],
            atom_vintage=atoms["vintage"],
            schemes=tuple(_scheme(entry) for entry in raw["schemes"]),
            modelled_rates_from=tuple(modelled["rates_from"]),
            modelled_reason=modelled["reason"],
            closures=_closures(raw.get("cme", {}).get("closures", ()), key),
        )
    except (KeyError, TypeError) as error:
        raise ProfileError(
            f"Profile '{key}' is incomplete: {error}. Compare it with the Buckinghamshire one."
        ) from error
