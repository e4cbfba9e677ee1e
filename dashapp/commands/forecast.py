"""``locality-atlas forecast``: the forecast of EHC plans, worked out once and kept for the pages and commands."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from typing import Any

from geodata.snapshot import Workspace
from geodata.store import Store
from layers.format import format_value, plural


def add_forecast(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], parents: list[argparse.ArgumentParser]
) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "forecast",
        parents=parents,
        help="work out the forecast of EHC plans and keep it",
        description="Works out the forecast of EHC plans and its back-test, keeps both beside the snapshot, and prints "
        "the county's plans with their bands, the council's expectation and its printed totals beside them.",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Work the forecast out and say what it says.

    Raises
    ------
    UsageError
        Where there are no plans or fewer than two January censuses of them.
    """
    store = Store(Workspace(args.workspace).current(), ahead=False, schemes=("locality",))
    found = _answer(store)
    if args.format == "json":
        sys.stdout.write(json.dumps(found, indent=1, ensure_ascii=False, allow_nan=False) + "\n")
    else:
        sys.stdout.write("\n".join(_lines(found)) + "\n")
    return 0


def _answer(store: Store) -> dict[str, Any]:
    # NumPy: only this command needs it, and the server shares the command line.
    from geodata.printed_send import printed_totals  # noqa: PLC0415
    from geodata.profile import PROFILES  # noqa: PLC0415
    from layers.sufficiency.expectation import (  # noqa: PLC0415
        beside_record,
        county_bands,
        expectations_beside,
        printed_beside,
    )
    from layers.sufficiency.history import history  # noqa: PLC0415
    from layers.sufficiency.prepared import ensure_forecast  # noqa: PLC0415
    from layers.sufficiency.settings import sufficiency_settings  # noqa: PLC0415

    ready = ensure_forecast(store)
    demand, settings = ready.demand, sufficiency_settings(store.profile)
    totals = printed_totals(PROFILES / store.profile.key)
    return {
        "report": "forecast",
        "council": store.profile.name,
        "snapshot": store.snapshot.id,
        "base_year": demand.base_year,
        "years": list(demand.years),
        "draws": len(demand.draws),
        "seconds": round(ready.seconds, 1),
        "worked_out": ready.worked_out,
        "testable": demand.testable,
        "basis": list(demand.basis),
        "county": [beside_record(band) for band in county_bands(demand)],
        "expectations": [beside_record(one) for one in expectations_beside(demand, settings)],
        "printed": [beside_record(one) for one in printed_beside(history(store), totals)],
        "backtest": ready.backtest.as_json() if ready.backtest else None,
        "notes": list(demand.notes),
    }


def _lines(found: dict[str, Any]) -> Iterator[str]:
    marks = f" [{', '.join(found['basis'])}]" if found["basis"] else ""
    how = "worked out and kept" if found["worked_out"] else "kept already"
    yield f"EHC plans, January {found['years'][0]} to {found['years'][-1]}: {found['council']}{marks}"
    yield f"{found['draws']:,} draws, {how}, {found['seconds']:.1f} s."
    yield ""
    yield "January    plans  80% band          95% band"
    for band in found["county"]:
        is_base = band["year"] == found["base_year"]
        bands = "as counted" if is_base else f"{_band(band, '80'):<18}{_band(band, '95')}"
        yield f"{band['year']:<7}  {format_value(band['median'], 0):>7}  {bands}"
    yield ""
    yield from _tested(found)
    yield from (one["sentence"] for one in found["expectations"])
    for one in found["printed"]:
        yield (
            f"January {one['year']}: printed {one['printed']:,}, recomputed {one['recomputed']:,}, {one['mark']} "
            f"({one['source']})."
        )
    yield from (f"* {note}" for note in found["notes"])


def _band(band: dict[str, Any], level: str) -> str:
    return f"{format_value(band[f'lower_{level}'], 0)} to {format_value(band[f'upper_{level}'], 0)}"


def _tested(found: dict[str, Any]) -> Iterator[str]:
    if found["backtest"] is None:
        yield "Back-test: not yet testable."
        return
    for horizon, scores in found["backtest"]["scores"].get("county", {}).items():
        model = scores["model"]
        inside = model["coverage_80"]
        covered = "" if inside is None else f", {format_value(inside, suffix='%')} inside the 80% band"
        bias = "" if model["bias"] is None else f", bias {format_value(model['bias'], 1, signed=True, suffix='%')}"
        ahead = plural(int(horizon), "year")
        error = "no error" if model["mape"] is None else f"mean error {format_value(model['mape'], 1, suffix='%')}"
        yield f"Back-test of the county {ahead} ahead: {error}{bias}{covered}, {plural(model['n'], 'forecast')}."
