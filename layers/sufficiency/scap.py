"""The part of the School Capacity return on special educational needs, as a report and as a file to load."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping, Sequence

from geodata.areas import OUTSIDE
from geodata.profile import PROFILES, Profile
from geodata.store import Store
from layers.report import Cell, Column, Figure, Report, Table, plain
from layers.sufficiency.core import PROVISIONS, Demand, Supply
from layers.sufficiency.prepared import ensure_forecast
from layers.sufficiency.scap_capacity import OPEN, PLANNED, ScapCapacity, scap_capacity, total_capacity
from layers.sufficiency.scap_columns import ScapColumn, ScapColumns, scap_columns
from layers.sufficiency.scap_forecast import TOTAL, ScapNumber, of_phase, scap_numbers
from layers.sufficiency.settings import sufficiency_settings
from layers.sufficiency.supply import supply
from layers.table import neutral

FORECAST, CAPACITY, BANDS = "forecast", "capacity", "bands"
"""Keys of the tables; the last is beside the return and no part of it."""

TERM = "Academic year"

NUMERIC = frozenset({"number", "primary_capacity", "secondary_capacity", "capacity"})

Authority = Mapping[str, Cell]


def scap_report(store: Store, year: int) -> Report:
    """Return the return of a year from the records of a snapshot; works the forecast out where it is not kept yet.

    Parameters
    ----------
    store : Store
        With EHC plans; without a list of provision the part on capacity is empty and says so.
    year : int
        Of the return: that of 2026 is made in the summer of 2026.

    Raises
    ------
    UsageError
        For a year that no table of columns or no forecast serves, with the valid ones.
    """
    columns = scap_columns(PROFILES / store.profile.key, year)
    demand = ensure_forecast(store).demand
    listed = store.part("provision") is not None
    places = supply(store, demand.years, sufficiency_settings(store.profile)) if listed else None
    about = {"audience": "officer", "snapshot": store.snapshot.id}
    return scap_of(demand, places, columns, year, authority(store.profile), about)


def authority(profile: Profile) -> dict[str, Cell]:
    """Return the (la_name, new_la_code, old_la_code) of a council; a code its profile lacks is blank."""
    raw = tomllib.loads((PROFILES / profile.key / "profile.toml").read_text(encoding="utf-8"))
    number = raw.get("council", {}).get("la_number", "")
    return {"la_name": profile.name, "new_la_code": profile.code, "old_la_code": str(number)}


def scap_of(
    demand: Demand,
    places: Supply | None,
    columns: ScapColumns,
    year: int,
    council: Authority,
    about: Mapping[str, str],
) -> Report:
    """Return the return of a year.

    Parameters
    ----------
    demand : Demand
        The forecast.
    places : Supply or None
        None where no list of provision is loaded.
    columns : ScapColumns
        The dated table.
    year : int
        Of the return.
    council : mapping of str to Cell
        From `authority`.
    about : mapping of str to str
        Snapshot and audience.
    """
    numbers = scap_numbers(demand, columns, year)
    kept, odd = scap_capacity(places, year) if places else ((), ("No list of provision is loaded: capacity is empty.",))
    table = f"table of columns of {columns.year}"
    return Report(
        key="scap",
        title="School Capacity return: specialist provision",
        period=str(year),
        when=str(year),
        council=str(council["la_name"]),
        about={"columns": table, **about},
        basis=_basis(demand, places),
        tables=(
            _forecast(numbers, columns, year, council),
            _capacity(kept, columns, year, council, odd),
            _bands(numbers),
        ),
        notes=(*_own_notes(demand, columns, year), *demand.notes, *(places.notes if places else ())),
    )


def _basis(demand: Demand, places: Supply | None) -> tuple[str, ...]:
    """Return the words for both parts; capacity is as listed, so that no ramp is in it."""
    listed = [word for word in places.basis if not word.startswith("ramp")] if places else []
    return tuple(dict.fromkeys((*demand.basis, *listed)))


def _own_notes(demand: Demand, columns: ScapColumns, year: int) -> tuple[str, ...]:
    base, outside = demand.base_year, demand.areas.index(OUTSIDE)
    codes = [PROVISIONS.index(code) for code in columns.kinds.values()]
    away = int(demand.draws[0, 0, outside].sum(axis=(0, 1))[codes].sum())
    since = year + 1 - base
    said = [
        *columns.notes,
        f"Return of {year}: the first forecast is for the school year {school_year(year + 1)}, the January census of "
        f"{year + 1}, {since} year{'s' if since > 1 else ''} after the newest census in the records, January {base}.",
        "Each number of a phase is the median of the draws, as a whole number; its parts are shared out so that they "
        "add up to it (largest remainder), year groups by the expected path: estimated.",
    ]
    if columns.year != year:
        said.insert(
            0, f"There is no table of columns of {year}: that of {columns.year}, the newest before it, is used."
        )
    if away:
        said.append(
            f"{away:,} plans in specialist places in January {base} whose home lies outside the county are left out."
        )
    return tuple(said)


def school_year(january: int) -> str:
    """Return the school year of a January census: 2026 -> "2025/26"."""
    return f"{january - 1}/{january % 100:02d}"


def time_period(january: int) -> str:
    """Return the school year of a January census as the published data sets write it: 2026 -> "202526"."""
    return f"{january - 1}{january % 100:02d}"


def _forecast(numbers: Sequence[ScapNumber], columns: ScapColumns, year: int, council: Authority) -> Table:
    fixed: dict[str, Cell] = {"return_year": str(year), "time_identifier": TERM, **council}
    rows = tuple(
        _filled(
            columns.forecast,
            fixed
            | {
                "time_period": time_period(one.january),
                "phase": one.phase,
                "year_group": one.year_group,
                "kind": one.kind,
                "number": one.number,
            },
        )
        for one in numbers
    )
    reach = "; ".join(
        f"{phase.title} (years {phase.first} to {phase.last}) {phase.ahead} school years" for phase in columns.phases
    )
    return Table(
        FORECAST,
        "Forecast: resident pupils with an EHC plan who need a specialist place",
        _columns(columns.forecast),
        rows,
        f"Ahead: {reach}.",
        (f"Rows with \u201c{TOTAL}\u201d hold the others: add up either them or the parts, never both.",),
    )


def _capacity(
    kept: Sequence[ScapCapacity], columns: ScapColumns, year: int, council: Authority, notes: tuple[str, ...]
) -> Table:
    kinds = {code: title for title, code in columns.kinds.items()}
    fixed: dict[str, Cell] = {"return_year": str(year), **council}
    rows = tuple(
        _filled(
            columns.capacity,
            fixed
            | {
                "urn": None if one.urn is None else str(one.urn),
                "setting": one.setting,
                "kind": kinds.get(one.provision, one.provision),
                "status": one.status,
                "opens": one.opens.isoformat() if one.opens else None,
                "primary_capacity": one.primary,
                "secondary_capacity": one.secondary,
                "capacity": one.capacity,
            },
        )
        for one in kept
    )
    now, planned = total_capacity(kept, OPEN), total_capacity(kept, PLANNED)
    sentence = (
        f"On 1 May {year}: {now[0]:,} primary and {now[1]:,} secondary places, sixth forms with the secondary ones; "
        f"planned: {planned[0]:,} and {planned[1]:,}."
    )
    meant = "Capacity as the School Capacity survey counts it: not the places commissioned, and not the pupils."
    return Table(CAPACITY, "Specialist capacity by school", _columns(columns.capacity), rows, sentence, (meant, *notes))


def _bands(numbers: Sequence[ScapNumber]) -> Table:
    return Table(
        BANDS,
        "How sure the forecast is: the bands of each phase",
        (
            Column("cell", "Phase and school year", numeric=False),
            Column("number", "Forecast"),
            Column("lower_80", "80% band from"),
            Column("upper_80", "to"),
        ),
        tuple(
            {
                "cell": f"{one.phase} {school_year(one.january)}",
                "number": one.number,
                "lower_80": Figure(one.lower_80 or 0.0, 0),
                "upper_80": Figure(one.upper_80 or 0.0, 0),
            }
            for one in of_phase(numbers)
        ),
        notes=("No part of the return.",),
    )


def _filled(columns: Sequence[ScapColumn], values: Mapping[str, Cell]) -> dict[str, Cell]:
    return {column.heading: values.get(column.fills) for column in columns}


def _columns(columns: Sequence[ScapColumn]) -> tuple[Column, ...]:
    return tuple(Column(one.heading, one.heading, numeric=one.fills in NUMERIC) for one in columns)


def as_return_csv(report: Report) -> str:
    """Return the forecast and the capacity as one CSV: the section first, then every heading, each once.

    The words that must travel with the figures stand in the last column of each line.
    """
    tables = [report.table(FORECAST), report.table(CAPACITY)]
    headings = list(dict.fromkeys(column.key for table in tables for column in table.columns))
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(["section", *headings, "basis"])
    for table in tables:
        for row in table.rows:
            cells = [plain(row.get(heading)) for heading in headings]
            line = [table.key, *("" if cell is None else cell for cell in cells), "; ".join(report.basis)]
            writer.writerow([neutral(cell) for cell in line])
    return buffer.getvalue()
