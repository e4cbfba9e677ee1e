"""One door to the data: the counts and populations of one pinned snapshot, computed once and kept.

Used by the serving process: DuckDB and the csv module only.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import narwhals as nw

from geodata import engine
from geodata.areas import EXTRA_AREAS, Areas, load_areas
from geodata.contracts import CONTRACTS
from geodata.cube import LONG_MONTHS, Event, cube
from geodata.errors import ProfileError, UsageError
from geodata.geography import exact_column, profile_of
from geodata.manifest import Part
from geodata.periods import Period, months_before, nearest
from geodata.profile import Profile
from geodata.snapshot import Snapshot

Counts = Mapping[tuple[str, str], Mapping[str, int]]
"""(scheme, period key) -> area code -> count; areas without a record are left out."""

Where = tuple[tuple[str, tuple[str, ...]], ...]
"""(column, values): only records with one of the values are counted; several columns all have to hold."""

Row = Mapping[str, Any]
"""One staged row: column -> value."""

FINDS_A_HOME = frozenset({"postcode", "protected", "atom"})
"""Columns of records of children that nobody is shown, one by one: where a child lives, and whether that is secret."""

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
    words : mapping of str to str
        Scheme -> "estimated" or "modelled" where that differs from `basis`: shared out by area, or equally.
    """

    reference: date | None
    basis: str
    persons: Mapping[str, Mapping[str, float]]
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def dates(self) -> str:
        """The reference date in ISO form, or "undated"."""
        return self.reference.isoformat() if self.reference else "undated"

    def basis_in(self, scheme: str) -> str:
        """Return what kind of figures these are by one scheme: "real", "synthetic", "modelled" or "estimated"."""
        return self.words.get(scheme, self.basis)


class Store:
    """The figures of one snapshot.

    Parameters
    ----------
    snapshot : Snapshot
        Pinned: what is imported later does not change this store.
    profile : Profile, optional
        The council; by default the one the snapshot was made for.
    ahead : bool, optional
        Whether a question about one period counts all of its layer's at once, for those who will ask for the others:
        a page does, a command that prints one period does not.
    schemes : collection of str, optional
        The area schemes that will be asked for; counting by all of them at once, as by default, is work that a command
        with one scheme need not wait for.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        profile: Profile | None = None,
        *,
        ahead: bool = True,
        schemes: Collection[str] | None = None,
    ) -> None:
        self.snapshot = snapshot
        self.ahead = ahead
        self.profile = profile or profile_of(snapshot.root, snapshot.manifest)
        self._require_profile_version()
        self.areas: Areas = load_areas(self.profile)
        self._lock = threading.RLock()  # one engine, many request threads
        self._engine = engine.connect()
        self._counts: dict[tuple[str, Event, tuple[Period, ...], Where], Counts] = {}
        self._rows: dict[str, tuple[Row, ...]] = {}
        self._residents: dict[tuple[int, int, date | None], Residents] = {}
        text = dict.fromkeys(("scheme", "atom", "area"), "VARCHAR")
        self._long = engine.from_rows(self._engine, text | {"share": "DOUBLE"}, self.areas.long(), "shares")
        self._places = self._place_frames(schemes)

    def _place_frames(self, schemes: Collection[str] | None) -> dict[str, nw.LazyFrame[Any]]:
        """Return the column of the records -> (scheme, place, area) of the schemes that go by it."""
        rows: dict[str, list[tuple[str, str, str]]] = {}
        for scheme, place, area in self.areas.of_records():
            if schemes is not None and scheme not in schemes:
                continue
            column = exact_column(scheme) if scheme in self.areas.shares else "atom"
            rows.setdefault(column, []).append((scheme, place, area))
        types = dict.fromkeys(("scheme", "place", "area"), "VARCHAR")
        return {key: engine.from_rows(self._engine, types, found, f"places_{key}") for key, found in rows.items()}

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
        personal = [key for key in self.snapshot.datasets if dataset_is_personal(key)]
        bases = [part.basis for key in personal for part in self.snapshot.parts(key)]
        return bool(bases) and all(basis == "synthetic" for basis in bases)

    def is_synthetic(self, *datasets: str) -> bool:
        """Return whether any of the datasets holds synthetic records; of all datasets when none is named."""
        chosen = datasets or self.snapshot.datasets
        return any(part.basis == "synthetic" for dataset in chosen for part in self.snapshot.parts(dataset))

    def counts_in(
        self, period: Period, dataset: str, event: Event, periods: Sequence[Period], where: Where = ()
    ) -> Counts:
        """Return the counts of one of a layer's periods, as `counts` does; with `ahead` those of the others too."""
        return self.counts(dataset, event, periods if self.ahead else (period,), where)

    def counts(self, dataset: str, event: Event, periods: Sequence[Period], where: Where = ()) -> Counts:
        """Count the records of a dataset by scheme, period and area.

        Parameters
        ----------
        dataset : str
            A dataset of dated records that has been imported.
        event : Event
            What is counted.
        periods : sequence of Period
            All of one kind; asking for all of a layer's at once costs one query in all.
        where : Where, optional
            Which records.

        Returns
        -------
        Counts
            Kept: the second call is a look-up.
        """
        part = self.part(dataset)
        key = (dataset, event, tuple(periods), where)
        with self._lock:
            if key not in self._counts:
                self._counts[key] = self._count(part, event, key[2], where) if part and periods else {}
            return self._counts[key]

    def _count(self, part: Part, event: Event, periods: tuple[Period, ...], where: Where) -> Counts:
        records = engine.read_parquet(self._engine, self.snapshot.data_path(part))
        for column, values in where:
            records = records.filter(nw.col(column).is_in(list(values)))
        rows = [(one.key, one.start, one.end, one.start and months_before(one.start, LONG_MONTHS)) for one in periods]
        types = {"period": "VARCHAR", "first": "DATE", "after": "DATE", "since": "DATE"}
        frame = engine.from_rows(self._engine, types, rows, "periods")
        counts: dict[tuple[str, str], dict[str, int]] = {}
        for place, areas in self._places.items():
            for scheme, area, period, count in engine.collect(cube(records, frame, areas, event, place=place)):
                counts.setdefault((scheme, period), {})[area] = int(count)
        return counts

    def rows_of(self, dataset: str) -> tuple[Row, ...]:
        """Return the staged rows of a dataset of places, plain rows or figures, those of the newest part first.

        Each has, beside its columns, ``part``: the identifier of its part. Meant for thousands of rows, not for records
        of children, which are only ever counted.
        """
        with self._lock:
            if dataset not in self._rows:
                parts = reversed(self.snapshot.parts(dataset))
                self._rows[dataset] = tuple(row for part in parts for row in self._read_rows(part))
            return self._rows[dataset]

    def cases(
        self, dataset: str, columns: Sequence[str], scheme: str, since: date | None = None
    ) -> tuple[tuple[Any, ...], ...]:
        """Return records of children one by one, for durations and for the lists of those who work with them.

        Parameters
        ----------
        dataset : str
            A dataset of dated records.
        columns : sequence of str
            Which of its columns; one that an older part lacks is missing throughout.
        scheme : str
            The areas to give.
        since : datetime.date, optional
            Leave out what ended before that day.

        Returns
        -------
        tuple of tuple
            The columns asked for and the code of the area, oldest start first; empty where nothing is loaded.

        Raises
        ------
        UsageError
            For a column that finds a child's home.
        """
        if found := sorted(FINDS_A_HOME.intersection(columns)):
            raise UsageError(f"Not given out: {', '.join(found)}. A case has an area, and no address.")
        part = self.part(dataset)
        if part is None:
            return ()
        with self._lock:
            records = engine.read_parquet(self._engine, self.snapshot.data_path(part))
            there = records.collect_schema().names()
            if since is not None:
                records = records.filter(nw.col("end_date").is_null() | (nw.col("end_date") >= since))
            place = exact_column(scheme) if scheme in self.areas.shares else "atom"
            areas = self._places[place].filter(nw.col("scheme") == scheme).select("place", "area")
            kept = [key for key in columns if key in there]
            frame = records.join(areas, left_on=place, right_on="place", how="inner")
            rows = engine.collect(frame.sort("start_date", "child_id").select(*kept, "area"))
        if len(kept) == len(columns):
            return tuple(rows)
        at = {key: position for position, key in enumerate(kept)}
        return tuple((*(row[at[key]] if key in at else None for key in columns), row[-1]) for row in rows)

    def _read_rows(self, part: Part) -> list[Row]:
        if dataset_is_personal(part.dataset):
            raise UsageError(f"Rows of {part.dataset} are about children: they are counted, never listed.")
        frame = engine.read_parquet(self._engine, self.snapshot.data_path(part))
        columns = frame.collect_schema().names()
        return [dict(zip(columns, row, strict=True)) | {"part": part.id} for row in engine.collect(frame)]

    def _populations(self) -> dict[date | None, tuple[Path, Part | None]]:
        """Return reference date -> file and part: those imported, else the pack's modelled one, which is no part."""
        found: dict[date | None, tuple[Path, Part | None]] = {
            part.reference_date: (self.snapshot.data_path(part), part) for part in self.snapshot.parts("population")
        }
        return found or {None: (self.profile.directory / "population.parquet", None)}

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
                path, part = sources[chosen]
                basis = part.basis if part else "modelled"
                words = self._population_words(part) if part and basis == "real" else {}
                self._residents[key] = Residents(chosen, basis, self._sum_residents(path, ages), words)
            return self._residents[key]

    def _population_words(self, part: Part) -> dict[str, str]:
        """Return scheme -> "modelled" or "estimated" where a real population was shared out to reach its areas."""
        said = part.about
        words = dict.fromkeys(self.profile.exact_schemes, "estimated")
        words |= dict.fromkeys(said.get("estimated_on", "").split(), "estimated")
        if coarse := said.get("spread_from"):
            schemes = [scheme.key for scheme in self.profile.schemes]
            words |= {key: "modelled" for key in schemes if not self.areas.nest_in(coarse, key)}
        return words

    def _sum_residents(self, path: Path, ages: tuple[int, int]) -> dict[str, dict[str, float]]:
        people: nw.LazyFrame[Any] = engine.read_parquet(self._engine, path)
        frame = (
            people.filter(nw.col("age").is_between(*ages))
            .group_by("atom")
            .agg(nw.col("persons").sum().alias("persons"))
            .join(self._long, on="atom", how="inner")
            .with_columns((nw.col("persons") * nw.col("share")).alias("persons"))
            .group_by("scheme", "area")
            .agg(nw.col("persons").sum().alias("persons"))
            .select("scheme", "area", "persons")
        )
        persons: dict[str, dict[str, float]] = {scheme.key: {} for scheme in self.profile.schemes}
        for scheme, area, total in engine.collect(frame):
            persons[scheme][area] = float(total)
        return persons

    def rows(self, scheme: str) -> tuple[tuple[str, str], ...]:
        """Return (code, name) of every row of a table by that scheme: the areas, then the rows that complete it."""
        return (*self.areas.names[scheme].items(), *EXTRA_AREAS.items())


def dataset_is_personal(dataset: str) -> bool:
    """Return whether the rows of a dataset are about children."""
    return dataset in CONTRACTS and CONTRACTS[dataset].personal
