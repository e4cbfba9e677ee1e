"""One door to the data: the counts and populations of one pinned snapshot, computed once and kept.

Used by the serving process: DuckDB and the csv module only.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import narwhals as nw

from geodata import engine
from geodata.areas import EXTRA_AREAS, Areas, load_areas
from geodata.cube import Event, cube
from geodata.errors import ProfileError
from geodata.manifest import Part
from geodata.periods import Period, nearest
from geodata.profile import Profile, load_profile
from geodata.snapshot import Snapshot

Counts = Mapping[tuple[str, str], Mapping[str, int]]
"""(scheme, period key) -> area code -> count; areas without a record are left out."""

_DISTANT = date(9999, 12, 31)


@dataclass(frozen=True)
class Residents:
    """The residents of an age band at one date.

    Attributes
    ----------
    reference : datetime.date or None
        The date of the estimate; None where its source states none.
    basis : str
        "real", "synthetic" or "modelled".
    persons : mapping of str to mapping of str to float
        Scheme -> area code -> persons.
    """

    reference: date | None
    basis: str
    persons: Mapping[str, Mapping[str, float]]

    @property
    def dates(self) -> str:
        """The reference date in ISO form, or "undated"."""
        return self.reference.isoformat() if self.reference else "undated"


class Store:
    """The figures of one snapshot.

    Parameters
    ----------
    snapshot : Snapshot
        Pinned: what is imported later does not change this store.
    profile : Profile, optional
        The council; by default the one the snapshot was made for.
    """

    def __init__(self, snapshot: Snapshot, profile: Profile | None = None) -> None:
        self.snapshot = snapshot
        self.profile = profile or load_profile(snapshot.manifest.profile)
        self._require_profile_version()
        self.areas: Areas = load_areas(self.profile)
        self._lock = threading.RLock()  # one engine, many request threads
        self._engine = engine.connect()
        self._counts: dict[tuple[str, Event, tuple[Period, ...]], Counts] = {}
        self._residents: dict[tuple[int, int, date | None], Residents] = {}
        self._long = engine.from_rows(
            self._engine, dict.fromkeys(("scheme", "atom", "area"), "VARCHAR"), self.areas.long(), "areas"
        )

    def _require_profile_version(self) -> None:
        """Records were given to the atoms of one version of the profile; with another, some would drop out unseen."""
        for dataset in self.snapshot.datasets:
            for part in self.snapshot.parts(dataset):
                if part.profile_version not in ("", self.profile.version):
                    raise ProfileError(
                        f"{part.source_name} was imported with version {part.profile_version} of the profile "
                        f"'{self.profile.key}', which is now {self.profile.version}. Import the file again."
                    )

    def part(self, dataset: str) -> Part | None:
        """Return the newest part of a dataset, or None when nothing was imported."""
        parts = self.snapshot.parts(dataset)
        return parts[-1] if parts else None

    def all_people_synthetic(self) -> bool:
        """Return whether every record of a person is synthetic; False where there is none."""
        bases = [
            part.basis for key in self.snapshot.datasets if key != "population" for part in self.snapshot.parts(key)
        ]
        return bool(bases) and all(basis == "synthetic" for basis in bases)

    def is_synthetic(self, *datasets: str) -> bool:
        """Return whether any of the datasets holds synthetic records; of all datasets when none is named."""
        chosen = datasets or self.snapshot.datasets
        return any(part.basis == "synthetic" for dataset in chosen for part in self.snapshot.parts(dataset))

    def counts(self, dataset: str, event: Event, periods: Sequence[Period]) -> Counts:
        """Count the records of a dataset by scheme, period and area.

        Parameters
        ----------
        dataset : str
            A dataset of dated records that has been imported.
        event : {"open", "started", "ended"}
            What is counted.
        periods : sequence of Period
            All of one kind; asking for all of a layer's at once costs one query in all.

        Returns
        -------
        Counts
            Kept: the second call is a look-up.
        """
        part = self.part(dataset)
        key = (dataset, event, tuple(periods))
        with self._lock:
            if key not in self._counts:
                self._counts[key] = self._count(part, event, key[2]) if part and periods else {}
            return self._counts[key]

    def _count(self, part: Part, event: Event, periods: tuple[Period, ...]) -> Counts:
        records = engine.read_parquet(self._engine, self.snapshot.data_path(part))
        rows = [(period.key, period.start, period.end) for period in periods]
        types = {"period": "VARCHAR", "first": "DATE", "after": "DATE"}
        frame = engine.from_rows(self._engine, types, rows, "periods")
        counts: dict[tuple[str, str], dict[str, int]] = {}
        for scheme, area, period, count in engine.collect(cube(records, frame, self._long, event)):
            counts.setdefault((scheme, period), {})[area] = int(count)
        return counts

    def _populations(self) -> dict[date | None, tuple[Path, str]]:
        """Return reference date -> file and basis: those imported, else the pack's modelled one."""
        parts = self.snapshot.parts("population")
        found = {part.reference_date: (self.snapshot.data_path(part), str(part.basis)) for part in parts}
        return found or {None: (self.profile.directory / "population.parquet", "modelled")}

    def population_dates(self) -> tuple[date | None, ...]:
        """Return the dates of the populations that serve, oldest first; None where there is but an undated one."""
        dates = self._populations()
        return tuple(sorted(day for day in dates if day)) or tuple(dates)

    def residents(self, ages: tuple[int, int], at: date | None) -> Residents:
        """Return the residents of an age band at the estimate nearest to a date.

        Parameters
        ----------
        ages : tuple of int
            First and last age, both included.
        at : datetime.date or None
            The date of the numerator; None takes the newest estimate.

        Returns
        -------
        Residents
            Of the nearest dated estimate; an undated one serves only when there is no dated one, and the pack's
            modelled one when none was imported.
        """
        sources = self._populations()
        dated = [day for day in sources if day is not None]
        chosen = nearest(dated, at or _DISTANT) if dated else None
        with self._lock:
            key = (*ages, chosen)
            if key not in self._residents:
                self._residents[key] = self._sum_residents(*sources[chosen], chosen, ages)
            return self._residents[key]

    def _sum_residents(self, path: Path, basis: str, reference: date | None, ages: tuple[int, int]) -> Residents:
        people: nw.LazyFrame[Any] = engine.read_parquet(self._engine, path)
        frame = (
            people.filter(nw.col("age").is_between(*ages))
            .join(self._long, on="atom", how="inner")
            .group_by("scheme", "area")
            .agg(nw.col("persons").sum().alias("persons"))
            .select("scheme", "area", "persons")
        )
        persons: dict[str, dict[str, float]] = {scheme.key: {} for scheme in self.profile.schemes}
        for scheme, area, total in engine.collect(frame):
            persons[scheme][area] = float(total)
        return Residents(reference, basis, persons)

    def rows(self, scheme: str) -> tuple[tuple[str, str], ...]:
        """Return (code, name) of every row of a table by that scheme: the areas, then the rows that complete it."""
        return (*self.areas.names[scheme].items(), *EXTRA_AREAS.items())
