"""The gap of one January as JSON, CSV or plain text."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from geodata.contracts.ehc_plans import PROVISION_CODES
from geodata.school_years import PHASES
from layers.format import format_value, plural
from layers.sufficiency.gaps_cells import Row
from layers.sufficiency.gaps_report import Gaps
from layers.table import neutral


def as_json(found: Gaps) -> dict[str, Any]:
    """Return the gaps in JSON's types."""
    return {**found.about, "rows": list(found.rows), "totals": list(found.totals)}


PARTS = {
    **dict.fromkeys(("demand", "gap", "gap_at_settings"), ("median", "lower_80", "upper_80", "lower_95", "upper_95")),
    "places": ("open", "working"),
    "expected": ("demand", "placed", "gap"),
}


def as_csv(found: Gaps) -> str:
    """Return the gaps as CSV, totals after the cells; the column "row" tells them apart."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    about = ("year", "base_year", "scenario", "audience", "snapshot")
    lines = [{**_flat(row), **{key: found.about[key] for key in about}} for row in (*found.rows, *found.totals)]
    writer.writerow(list(lines[0]) if lines else [])
    for line in lines:
        writer.writerow([neutral("" if cell is None else cell) for cell in line.values()])
    return buffer.getvalue()


def _flat(row: Row) -> Row:
    flat: Row = {}
    for key, value in row.items():
        if key in PARTS:
            flat |= {f"{key}_{part}": None if value is None else value[part] for part in PARTS[key]}
        else:
            flat[key] = value
    return flat


HEADINGS = (
    "area", "phase", "need", "provision", "plans", "demand", "80% band", "places", "placed", "gap", "80% band",
    "chance", "short from", "",
)  # fmt: skip
TEXTS = 4


def as_text(found: Gaps) -> list[str]:
    """Return the gaps as lines for a person: totals of the county first, then the cells with figures of their own."""
    about = found.about
    own = [row for row in found.rows if not row["rolled_up"]]
    marks = f" [{', '.join(about['basis'])}]" if about["basis"] else ""
    lines = [f"Gap between demand and places, January {about['year']}, {about['scenario']}: {about['council']}{marks}"]
    lines += [about["sentence"], "", *_aligned([*found.totals, *own]), ""]
    if few := len(found.rows) - len(own):
        rest = "rests on too few plans and is" if few == 1 else "rest on too few plans and are"
        lines.append(f"{plural(few, 'cell')} {rest} within the totals of the county.")
    lines += [f"* {note}" for note in about["notes"]]
    lines += [f"* Assumption: {one['what']} {_said(one['value'])} ({one['source']})." for one in about["assumptions"]]
    return lines


def _said(value: object) -> str:
    """Write an assumption for a person."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(f"{one:g}" for one in value)
    return str(value)


def _aligned(rows: Sequence[Row]) -> list[str]:
    cells = [HEADINGS, *(_line(row) for row in rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(HEADINGS))]
    return [
        "  ".join(
            cell.ljust(width) if at < TEXTS or at == len(HEADINGS) - 1 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    ]


def _line(row: Row) -> tuple[str, ...]:
    def whole(value: float | None) -> str:
        return "" if value is None else format_value(value, 0)

    def band(bands: Mapping[str, float] | None) -> tuple[str, str]:
        if bands is None:
            return "", ""
        return whole(bands["median"]), f"{whole(bands['lower_80'])} to {whole(bands['upper_80'])}"

    chance = row["p_gap"]
    return (
        row["area_name"],
        PHASES[row["phase"]],
        row["need_title"],
        PROVISION_CODES[row["provision"]],
        format_value(row["plans_resting_on"]),
        *band(row["demand"]),
        whole(row["places"]["working"] if row["places"] else None),
        whole(row["placed"]),
        *band(row["gap"]),
        "" if chance is None else format_value(100 * chance, suffix="%"),
        str(row["first_short_year"] or ""),
        row["words"],
    )
