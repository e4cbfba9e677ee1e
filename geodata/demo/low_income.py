"""Children in low-income families by small area, as synthetic figures: none are published here for this council."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geodata.contracts.low_income import AGES, BANDS
from geodata.demo.early_help import RATE_BY_BOARD
from geodata.demo.ground import Ground
from geodata.demo.homes import atom_weights
from geodata.profile import Profile

SHARES = (0.11, 0.11, 0.10, 0.08)
"""Share of the county's residents of each age band. Assumed."""

BAND_SPREAD = 0.08
"""Standard deviation of an area's log rate from one band to another. Assumed."""

HIGHEST_RATE = 0.6


def build_low_income(profile: Profile, ground: Ground, rng: np.random.Generator) -> pd.DataFrame:
    """Draw the children in low-income families of each atom: more where more families have early help.

    Parameters
    ----------
    profile : Profile
        Whose modelled residents are the children there are.
    ground : Ground
        The atoms with their community boards.
    rng : numpy.random.Generator
        Seeded by the caller.

    Returns
    -------
    pandas.DataFrame
        One row an atom: atom, ages_0_4, ages_5_10, ages_11_15, ages_16_19 (children, never more than residents).
    """
    people = pd.read_parquet(profile.directory / "population.parquet")
    atoms = ground.places.atoms
    usual = atom_weights(ground.places, RATE_BY_BOARD, rng) * atoms.size
    table = pd.DataFrame({"atom": atoms})
    for key, ages, share in zip(AGES, BANDS, SHARES, strict=True):
        of_age = people[people["age"].between(*ages)]
        residents = of_age.groupby("atom", observed=True)["persons"].sum()[atoms].to_numpy(dtype=float)
        whole = np.floor(residents).astype(np.int64)
        rate = usual * np.exp(rng.normal(0, BAND_SPREAD, usual.size))
        rate *= share / np.average(rate, weights=residents)
        table[key] = rng.binomial(whole, np.clip(rate, 0, HIGHEST_RATE))
    return table
