"""Finding the areas of a million postcodes, against the usual way: a merge of data frames in pandas."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pandas as pd

from geodata import directory
from geodata.areas import OUTSIDE, WITHHELD, load_areas
from geodata.geocode import compact, geocode, load_postcodes
from geodata.profile import Profile, load_profile

ROWS = 1_000_000
ROUNDS = 5
SEED = 20260101

KINDS = {"county": 0.93, "fringe": 0.03, "blank": 0.02, "malformed": 0.01, "far": 0.01}
PROTECTED = 0.005
MALFORMED = ("HP20", "12 Acacia Road", "not known", "HP2 1", "HP201UAA", "?")

TYPINGS = ("as it is written", "small letters", "no space", "two spaces", "a space before", "small and no space")
TYPING_SHARES = (0.80, 0.08, 0.07, 0.02, 0.02, 0.01)

FAR_HALVES = (
    "AB10", "B1", "CF10", "DE1", "E1", "FK1", "G1", "HU1", "IP1", "JE2", "KT1", "LS1", "M1", "NE1", "OX1", "PE1", "RH1",
    "SW1A", "TN1", "UB1", "WR1", "YO1", "ZE1",
)  # fmt: skip
"""First halves all over the country, so that every file of the national directory is needed."""


def make_rows(profile: Profile, count: int, seed: int = SEED) -> pd.DataFrame:
    """Return postcodes as people type them, drawn from a council's pack, and which are protected.

    Parameters
    ----------
    profile : Profile
        Its pack has the postcodes of the county and of its fringe.
    count : int
        Rows, of the kinds that `KINDS` says.
    seed : int
        The same seed gives the same rows.

    Returns
    -------
    pandas.DataFrame
        postcode (str), protected (bool). A few homes have many of the rows, as in a register of a few years.
    """
    random = np.random.default_rng(seed)
    pack = pd.read_parquet(_file(profile), columns=["postcode", "lsoa"])
    in_county = pack["lsoa"].isin(load_areas(profile).atoms)
    pools = {
        "county": pack["postcode"][in_county],
        "fringe": pack["postcode"][~in_county],
        "blank": pd.Series([""]),
        "malformed": pd.Series(MALFORMED),
        "far": _far(pack["postcode"]),
    }
    kind = random.choice(len(KINDS), count, p=list(KINDS.values()))
    postcode = np.empty(count, dtype=object)
    for number, name in enumerate(KINDS):
        weight = random.lognormal(size=len(pools[name]))
        drawn = random.choice(len(weight), (kind == number).sum(), p=weight / weight.sum())
        postcode[kind == number] = pools[name].to_numpy(dtype=object)[drawn]
    typed = _type(pd.Series(postcode, dtype="str"), random.choice(len(TYPINGS), count, p=TYPING_SHARES))
    return pd.DataFrame({"postcode": typed, "protected": random.random(count) < PROTECTED})


def _file(profile: Profile) -> Path:
    return profile.directory / "postcodes.parquet"


def _far(pack: pd.Series) -> pd.Series:
    """Return real postcodes that the pack does not have."""
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    second = [f"{digit}{one}{two}" for digit in range(10) for one in letters for two in letters]
    known = directory.known_postcodes(first + end for first in FAR_HALVES for end in second)
    spaced = pd.Series(sorted(f"{text[:-3]} {text[-3:]}" for text in known), dtype="str")
    return spaced[~spaced.isin(pack)]


def _type(postcode: pd.Series, typing: np.ndarray) -> pd.Series:
    small, bare = postcode.str.lower(), postcode.str.replace(" ", "")
    ways = [postcode, small, bare, postcode.str.replace(" ", "  "), " " + postcode, bare.str.lower()]
    typed = np.choose(typing, [way.to_numpy(dtype=object) for way in ways])
    return pd.Series(typed, dtype="str")


def measure_geocoding(count: int = ROWS, rounds: int = ROUNDS) -> dict[str, Any]:
    """Time both ways in turn, on the same rows.

    Parameters
    ----------
    count, rounds : int
        Rows, and how often each way is timed.

    Returns
    -------
    dict
        Medians in milliseconds. `geocode_ms` ends with the atom of each row as text and the report;
        `geocode_and_postcodes_ms` also writes out the normalised postcodes; `geocode_first_ms` is once, before the
        national directory has been read. `merge_ms` merges postcodes that are normalised already, and so does less;
        `merge_with_normalising_ms` is the whole of the usual way. Each ``times_faster`` is over `geocode_ms`.

    Raises
    ------
    RuntimeError
        If the two ways disagree on a row.
    """
    profile = load_profile()
    rows = make_rows(profile, count)
    loading: list[float] = []
    table = _timed(loading, lambda: load_postcodes(_file(profile), load_areas(profile).atoms))
    names = np.array(table.places, dtype=object)[table.place]
    right = pd.DataFrame({"postcode": compact(table.postcode.to_pandas()), "atom": pd.Series(names, dtype="str")})
    normal = _normalised(rows)

    times: dict[str, list[float]] = {"geocode": [], "and_postcodes": [], "merge": [], "normalise_and_merge": []}
    first: list[float] = []
    directory.forget()
    found = _timed(first, lambda: geocode(rows["postcode"], rows["protected"], table))
    for _ in range(rounds):
        merged = _timed(times["normalise_and_merge"], lambda: _merge(_normalised(rows), right))
        found = _timed(times["geocode"], lambda: geocode(rows["postcode"], rows["protected"], table))
        _timed(times["and_postcodes"], lambda: found.postcode)  # noqa: B023 - called at once
        _timed(times["merge"], lambda: _merge(normal, right))
    _require_agreement(merged, found.atom)
    middle = {name: median(values) for name, values in times.items()}
    return {
        "geocoded_rows": count,
        "load_postcodes_ms": loading[0],
        "geocode_first_ms": first[0],
        "geocode_ms": middle["geocode"],
        "geocode_and_postcodes_ms": middle["geocode"] + middle["and_postcodes"],
        "merge_ms": middle["merge"],
        "merge_with_normalising_ms": middle["normalise_and_merge"],
        "times_faster_than_merge": middle["merge"] / middle["geocode"],
        "times_faster_than_merge_with_normalising": middle["normalise_and_merge"] / middle["geocode"],
    }


def _timed(times: list[float], work: Callable[[], Any]) -> Any:
    start = time.perf_counter()
    found = work()
    times.append((time.perf_counter() - start) * 1000)
    return found


def _normalised(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"postcode": rows["postcode"].str.upper().str.replace(" ", "")})


def _merge(left: pd.DataFrame, right: pd.DataFrame) -> pd.Series:
    return left.merge(right, how="left", on="postcode")["atom"]


def _require_agreement(merged: pd.Series, atom: pd.Series) -> None:
    """Where a merge finds an atom, so must the geocoder, and it may find no other in the county."""
    same = (merged == atom) | (atom == WITHHELD) | (merged.isna() & atom.isin([OUTSIDE, "unknown"]))
    if not same.all():
        raise RuntimeError(f"The merge and the geocoder disagree on {int((~same).sum())} rows.")
