"""The committee report on a hundred thousand involvements, as a whole command."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pandas as pd

from geodata.importing import import_file
from geodata.profile import Profile, load_profile

ROWS = 100_000
ROUNDS = 5
SEED = 20260101

FIRST_DAY, LAST_DAY = date(2016, 8, 31), date(2022, 7, 31)
MEDIAN_DAYS, SPREAD = 15, 1.5
"""Durations are log-normal: half are closed after about two weeks, a few last for years, as in the printed figures."""

CHILDREN_PER_CASE = 0.95


def make_involvements(profile: Profile, count: int, seed: int = SEED) -> pd.DataFrame:
    """Return involvements of six years with the headings of a file, every column filled.

    Parameters
    ----------
    profile : Profile
        Its pack has the postcodes, and it has the closing codes.
    count : int
        Rows.
    seed : int
        The same seed gives the same rows.
    """
    random = np.random.default_rng(seed)
    postcodes = pd.read_parquet(profile.directory / "postcodes.parquet", columns=["postcode"])["postcode"]
    first, last = np.datetime64(FIRST_DAY), np.datetime64(LAST_DAY)
    start = first + random.integers(0, (last - first).astype(int) + 1, count)
    end = start + np.ceil(random.lognormal(np.log(MEDIAN_DAYS), SPREAD, count)).astype(int)
    closed = end <= last
    codes = [reason.code for reason in profile.closures]
    return pd.DataFrame(
        {
            "Child ID": [f"C{child:06d}" for child in random.integers(0, int(count * CHILDREN_PER_CASE), count)],
            "Date Opened": pd.Series(start).dt.strftime("%d/%m/%Y"),
            "Date Closed": pd.Series(end).dt.strftime("%d/%m/%Y").where(closed, ""),
            "Closure Reason": pd.Series(random.choice(codes, count)).where(closed, ""),
            "Home Postcode": random.choice(postcodes.to_numpy(dtype=object), count),
            "NC Year": random.integers(0, 12, count),
            "SEN Status": random.choice(["N", "K", "E"], count),
            "Social Care Status": random.choice(["NONE", "CIN", "CP", "CLA"], count),
        }
    )


def measure_cme_report(rows: int = ROWS, rounds: int = ROUNDS) -> dict[str, Any]:
    """Return the median seconds of ``cme-report`` on so many involvements, as a whole process."""
    with tempfile.TemporaryDirectory() as folder:
        file, workspace = Path(folder) / "involvements.csv", Path(folder) / "workspace"
        make_involvements(load_profile(), rows).to_csv(file, index=False)
        said = {"basis": "synthetic", "covers_from": FIRST_DAY, "covers_to": LAST_DAY}
        import_file(workspace, "cme_involvements", file, **said)  # type: ignore[arg-type]
        seconds = [_time(workspace) for _ in range(rounds)]
    return {"cme_report_rows": rows, "cme_report_s": median(seconds), "cme_report_s_worst": max(seconds)}


def _time(workspace: Path) -> float:
    command = [sys.executable, "-m", "dashapp", "cme-report", "--workspace", str(workspace), "--year", "2021/22"]
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start
