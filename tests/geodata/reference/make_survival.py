"""Write survival_lifelines.json anew: random spells, and what lifelines says of them.

lifelines 0.30.3 needs pandas under 3, so it lives in an environment of its own:

    python -m venv lifelines && lifelines/bin/pip install lifelines==0.30.3
    lifelines/bin/python tests/geodata/reference/make_survival.py

lifelines counts a case that comes under watch late only from the next time on. Days are whole, so half a day less of
entry counts it on its first day too. In the datasets called "apart" nobody ends on a day on which another comes under
watch: there both ways are the same, and lifelines gets the days as they are.
"""

import json
import random
from math import isinf
from pathlib import Path

import numpy as np
from lifelines import KaplanMeierFitter
from lifelines.exceptions import StatError
from lifelines.utils import median_survival_times

FILE = Path(__file__).with_name("survival_lifelines.json")
SEED = 20_240_731


def _followed(rng, size, longest, share_ended):
    return [(0, rng.randint(0, longest), rng.random() < share_ended) for _ in range(size)]


def _late(rng, size, longest, share_ended):
    spells = []
    for _ in range(size):
        entry = rng.choice([0, 0, rng.randint(0, longest)])
        spells.append((entry, entry + rng.randint(0, longest), rng.random() < share_ended))
    return spells


def _apart(rng, size, longest, share_ended):
    """Return spells that begin on even days and end on odd ones."""
    return [
        (entry - entry % 2, leave - leave % 2 + 1, ended)
        for entry, leave, ended in _late(rng, size, longest, share_ended)
    ]


def datasets():
    """Return spells by name: ties, durations of 0 days, all ended, all censored, one row, late entry, 1 to 400 rows."""
    rng = random.Random(SEED)
    made = {
        "one ended": [(0, 12, True)],
        "one ended on its first day": [(0, 0, True)],
        "one censored": [(0, 12, False)],
        "all ended on one day": [(0, 5, True)] * 7,
        "all censored": _followed(rng, 30, 90, 0),
        "all ended": _followed(rng, 30, 90, 1),
        "first day": [(0, 0, True), (0, 0, False), (0, 3, True)],
    }
    for size in (2, 3, 5, 8, 13, 21, 50, 120, 400):
        made[f"many ties {size}"] = _followed(rng, size, 6, 0.6)
        made[f"few ties {size}"] = _followed(rng, size, 150, 0.6)
    for size in (4, 9, 20, 50, 120, 400):
        made[f"late entry {size}"] = _late(rng, size, 60, 0.6)
        made[f"late entry, many ties {size}"] = _late(rng, size, 5, 0.5)
        made[f"apart {size}"] = _apart(rng, size, 40, 0.7)
    return made


def reference(name, spells):
    """Return what lifelines says of spells: days, shares and their limits, median and its limits (None: never)."""
    entry, leave, ended = (np.array(column, dtype=float) for column in zip(*spells, strict=True))
    begin = entry if name.startswith("apart") or not entry.any() else entry - 0.5
    fitter = KaplanMeierFitter().fit(leave, ended, entry=begin if entry.any() else None)
    days = sorted({0, *(int(day) for day in entry), *(int(day) for day in leave)})
    shares = fitter.survival_function_.iloc[:, 0].reindex(days, method="ffill")
    limits = fitter.confidence_interval_.reindex(days, method="ffill")
    median_limits = median_survival_times(fitter.confidence_interval_).iloc[0]
    medians = (fitter.median_survival_time_, *median_limits)
    return {
        "days": days,
        "survival": shares.tolist(),
        "lower": limits.iloc[:, 0].tolist(),
        "upper": limits.iloc[:, 1].tolist(),
        "median": [None if isinf(day) else int(day) for day in medians],
    }


def main():
    """Write the file; datasets that lifelines refuses, because nobody is left too early, are left out."""
    found = []
    for name, spells in datasets().items():
        try:
            found.append(
                {"name": name, "spells": [[*spell[:2], int(spell[2])] for spell in spells]} | reference(name, spells)
            )
        except StatError as error:
            print(f"{name}: {error}")
    FILE.write_text(json.dumps(found, separators=(",", ":")).replace('{"name"', '\n{"name"') + "\n", encoding="utf-8")
    print(f"{len(found)} datasets, {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
