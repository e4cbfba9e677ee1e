"""The files of a geography, written so that its folder is there whole or not at all."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from geodata.areas import CORRESPONDENCE
from geodata.durable import make_private, replace_folder_durably, write_durably
from geodata.geography import ABOUT, describe
from geodata.geography_draft import Draft

COPIED = ("neighbours.parquet", "towns.csv")


def write_geography(folder: Path, draft: Draft, version: str) -> None:
    """Write a geography's folder beside and give it its name.

    Parameters
    ----------
    folder : pathlib.Path
        Its place in the workspace; what stands there half made is removed.
    draft : Draft
        The areas.
    version : str
        Of the profile with these areas.
    """
    beside = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    shutil.rmtree(beside, ignore_errors=True)
    make_private(beside)
    base = draft.base.directory
    for name in COPIED:
        shutil.copyfile(base / name, beside / name)
    draft.atoms.rename_axis("code").reset_index().to_parquet(beside / "atoms.parquet")
    draft.lookup.reset_index().to_csv(beside / "lookup.csv", index=False, lineterminator="\n")
    draft.pairs.to_csv(beside / CORRESPONDENCE, index=False, lineterminator="\n")
    draft.postcodes.to_parquet(beside / "postcodes.parquet", index=False)
    _population(draft).to_parquet(beside / "population.parquet", index=False)
    _areas_csv(beside / "areas.csv", draft.names)
    for scheme, found in draft.shares.items():
        found.to_csv(beside / f"shares_{scheme}.csv", index=False, lineterminator="\n")
        outlines = draft.outlines[scheme].reset_index()[["code", "name", "geometry"]]
        outlines.to_parquet(beside / f"outlines_{scheme}.parquet")
    profile = replace(draft.base, version=version, atom_vintage=draft.vintage, schemes=tuple(draft.schemes))
    about: dict[str, Any] = describe(profile) | {"waiting": draft.waiting}
    write_durably(beside / ABOUT, (json.dumps(about, indent=1, ensure_ascii=False) + "\n").encode())
    if folder.exists():
        shutil.rmtree(folder)
    replace_folder_durably(beside, folder)


def _population(draft: Draft) -> pd.DataFrame:
    """Return the pack's modelled residents by the new atoms."""
    people = pd.read_parquet(draft.base.directory / "population.parquet")
    table = people.merge(draft.pairs[["old", "new", "share"]], left_on="atom", right_on="old")
    table["persons"] = table["persons"] * table["share"]
    summed = table.groupby(["new", "age"], as_index=False)["persons"].sum().rename(columns={"new": "atom"})
    return summed.astype({"age": "int8", "persons": "float64"}).sort_values(["atom", "age"], ignore_index=True)


def _areas_csv(path: Path, names: Mapping[str, Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["scheme", "code", "name"])
        writer.writerows((scheme, code, name) for scheme, named in names.items() for code, name in named.items())
