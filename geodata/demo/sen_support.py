"""Pupils with SEN support by small area, as synthetic figures: nothing is published below the whole council."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geodata.demo.days import TODAY
from geodata.demo.ehc import RATE_BY_BOARD
from geodata.demo.ground import Ground
from geodata.demo.homes import atom_weights
from geodata.periods import census_day

INDICATOR = "sen_support"
FIRST_YEAR = 2019
SHARES = (0.106, 0.108, 0.107, 0.110, 0.113, 0.116, 0.119)
"""Share of pupils with SEN support each January from `FIRST_YEAR`. Assumed, about the national course."""

YEAR_SPREAD = 0.05
"""Standard deviation of an area's log rate from one year to the next. Assumed."""


def build_sen_support(ground: Ground, rng: np.random.Generator) -> pd.DataFrame:
    """Draw pupils with SEN support for each atom and January census.

    Parameters
    ----------
    ground : Ground
        Its modelled residents of school age stand for the pupils who live in an atom.
    rng : numpy.random.Generator
        Seeded by the caller.

    Returns
    -------
    pandas.DataFrame
        One row an atom and year: indicator, area_code, level, period (ISO date of the census), value, denominator.
    """
    pupils = np.round(ground.children + ground.teenagers).astype(np.int64)
    usual = atom_weights(ground.places, RATE_BY_BOARD, rng) * ground.places.atoms.size
    years = range(FIRST_YEAR, TODAY.year + 1)
    tables = []
    for year, share in zip(years, SHARES, strict=True):
        rate = usual * np.exp(rng.normal(0, YEAR_SPREAD, usual.size))
        rate *= share / np.average(rate, weights=pupils)
        tables.append(
            pd.DataFrame(
                {
                    "indicator": INDICATOR,
                    "area_code": ground.places.atoms,
                    "level": "LSOA",
                    "period": census_day(year).isoformat(),
                    "value": rng.binomial(pupils, np.clip(rate, 0, 1)),
                    "denominator": pupils,
                }
            )
        )
    return pd.concat(tables, ignore_index=True)
