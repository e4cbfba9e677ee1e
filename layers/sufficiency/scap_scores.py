"""Earlier School Capacity returns held against what the records count now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from geodata.profile import PROFILES
from geodata.store import Store
from layers.format import plural
from layers.report import Cell, Column, Figure, Report, Table
from layers.sufficiency.backtest import Scores, score
from layers.sufficiency.core import NCYS, PROVISIONS, History
from layers.sufficiency.history import history
from layers.sufficiency.scap_columns import ScapColumns, scap_columns
from layers.sufficiency.scap_file import PastForecast, past_forecasts
from layers.sufficiency.scap_forecast import TOTAL, resident, year_group_title

LEVELS: Mapping[str, str] = {
    "whole": "All phases together",
    "phase": "Phases",
    "kind": "Kinds in a phase",
    "year_group": "Year groups",
    "part": "Kinds in a year group",
}
"""Code -> title. Each level is scored by itself, as a total and its parts would count the same pupils twice."""

PERCENT = 100.0

NEWEST = 9999
"""A year after every table."""


def score_report(store: Store, path: Path, return_year: int | None = None) -> Report:
    """Score an earlier return.

    Parameters
    ----------
    store : Store
        With EHC plans.
    path : pathlib.Path
        The return, or the published file of all authorities.
    return_year : int, optional
        For a file that does not say when it was made.

    Raises
    ------
    UsageError
        If there is no such file, it does not say when it was made, or no plans are loaded.
    InputError
        If it cannot be read.
    """
    # What a heading means is asked of the newest table.
    columns = scap_columns(PROFILES / store.profile.key, NEWEST)
    found, odd = past_forecasts(path, columns, store.profile.code, return_year)
    about = {"audience": "officer", "snapshot": store.snapshot.id, "file": path.name}
    return scores_of(found, odd, history(store), columns, str(store.profile.name), about)


def scores_of(
    found: Sequence[PastForecast],
    odd: Sequence[tuple[int, str]],
    counted: History,
    columns: ScapColumns,
    council: str,
    about: Mapping[str, str],
) -> Report:
    """Score forecasts by level and horizon.

    The error is that of the Department for Education's school places scorecards, (forecast - actual) / actual, in
    percent: above 0 is too many forecast. MAPE is the mean of its size, bias the mean of it with its sign.

    Parameters
    ----------
    found, odd : sequence
        From `past_forecasts`.
    counted : History
        What the records count.
    columns : ScapColumns
        Phases and kinds.
    council : str
        Whose return it is.
    about : mapping of str to str
        File, snapshot and audience.
    """
    rows: list[dict[str, Cell]] = []
    left: list[tuple[int, str]] = list(odd)
    pairs: dict[tuple[str, int], list[tuple[float, None, None, float]]] = {}
    for one in found:
        actual = _actual(one, counted, columns)
        if isinstance(actual, str):
            left.append((one.line, actual))
            continue
        level = level_of(one)
        pairs.setdefault((level, one.horizon), []).append((one.number, None, None, float(actual)))
        rows.append(_row(one, actual))
    made = sorted({one.return_year for one in found})
    return Report(
        key="scap_scores",
        title="Earlier School Capacity returns: specialist forecasts and what came",
        period=", ".join(map(str, made)),
        when=f"return of {', '.join(map(str, made))}" if made else "no return",
        council=council,
        about=about,
        basis=counted.basis,
        tables=(_scores(pairs), _rows_table(rows), _left_table(sorted(left))),
        notes=(
            "Error: (forecast - actual) / actual, in percent, as the Department for Education defines it; above 0 is "
            "too many forecast. Actual: resident plans in specialist places in the January census, by the records of "
            "today.",
            *counted.notes,
        ),
    )


def level_of(one: PastForecast) -> str:
    """Return which of `LEVELS` a forecast belongs to."""
    if one.phase == TOTAL:
        return "whole"
    if one.year_group is None:
        return "kind" if one.kind else "phase"
    return "part" if one.kind else "year_group"


def _actual(one: PastForecast, counted: History, columns: ScapColumns) -> int | str:
    """Return the pupils that a forecast was about, or why that cannot be said."""
    if one.horizon < 1:
        return f"School year {one.january - 1}/{one.january % 100:02d} is not ahead of the return of {one.return_year}."
    if one.january > counted.years[-1]:
        return f"January {one.january} has not been counted yet; the records reach to January {counted.years[-1]}."
    if one.january < counted.years[0]:
        return f"The records begin with January {counted.years[0]}, after January {one.january}."
    phases = {phase.title: phase for phase in columns.phases}
    whole = [ncy for phase in columns.phases if phase.status == "published" for ncy in phase.year_groups]
    of_phase = whole if one.phase == TOTAL else list(phases[one.phase].year_groups)
    if one.year_group is not None and one.year_group not in of_phase:
        return f"Year {year_group_title(one.year_group)} is not in {one.phase}."
    groups = of_phase if one.year_group is None else [one.year_group]
    kinds = [one.kind] if one.kind else list(columns.kinds.values())
    stock = counted.stock[counted.years.index(one.january)][resident(counted.areas)].sum(axis=(0, 2), dtype=int)
    at = [NCYS.index(ncy) for ncy in groups]
    return int(stock[at][:, [PROVISIONS.index(kind) for kind in kinds]].sum())


def _row(one: PastForecast, actual: int) -> dict[str, Cell]:
    error = None if actual == 0 else Figure(PERCENT * (one.number - actual) / actual, 1, "%", signed=True)
    group = TOTAL if one.year_group is None else year_group_title(one.year_group)
    return {
        "line": str(one.line),
        "return_year": str(one.return_year),
        "january": str(one.january),
        "horizon": one.horizon,
        "level": level_of(one),
        "phase": one.phase,
        "year_group": group,
        "kind": one.kind or TOTAL,
        "forecast": Figure(one.number, 0),
        "actual": actual,
        "error": error,
        "note": "" if actual else "Nobody came: no percentage.",
    }


def _scores(pairs: Mapping[tuple[str, int], Sequence[tuple[float, None, None, float]]]) -> Table:
    keys = sorted(pairs, key=lambda key: (list(LEVELS).index(key[0]), key[1]))
    scored = {key: score(pairs[key]) for key in keys}
    said = [one for (level, _), one in scored.items() if level == "phase"]
    return Table(
        "scores",
        "Errors by level and years ahead",
        (
            Column("level", "Level", numeric=False),
            Column("key", "Key", numeric=False, hidden=True),
            Column("horizon", "Years ahead"),
            Column("n", "Rows"),
            Column("mape", "MAPE"),
            Column("bias", "Bias"),
        ),
        tuple(_score_row(level, horizon, one) for (level, horizon), one in scored.items()),
        sentence="" if said else "No forecast of a phase could be held against a count.",
    )


def _score_row(level: str, horizon: int, one: Scores) -> dict[str, Cell]:
    return {
        "level": LEVELS[level],
        "key": level,
        "horizon": horizon,
        "n": one.n,
        "mape": None if one.mape is None else Figure(one.mape, 1, "%"),
        "bias": None if one.bias is None else Figure(one.bias, 1, "%", signed=True),
    }


def _rows_table(rows: Sequence[Mapping[str, Cell]]) -> Table:
    texts = ("line", "return_year", "january", "level", "phase", "year_group", "kind", "note")
    titles = {
        "line": "Line", "return_year": "Return", "january": "January", "horizon": "Years ahead", "level": "Level",
        "phase": "Phase", "year_group": "Year group", "kind": "Kind", "forecast": "Forecast", "actual": "Actual",
        "error": "Error", "note": "Note",
    }  # fmt: skip
    columns = tuple(Column(key, title, numeric=key not in texts) for key, title in titles.items())
    return Table("rows", "Forecasts and counts", columns, tuple(rows))


def _left_table(left: Sequence[tuple[int, str]]) -> Table:
    return Table(
        "not_compared",
        "Rows that cannot be compared",
        (Column("line", "Line", numeric=False), Column("reason", "Reason", numeric=False)),
        tuple({"line": str(line), "reason": reason} for line, reason in left),
        sentence=f"{plural(len(left), 'row')}." if left else "None.",
    )
