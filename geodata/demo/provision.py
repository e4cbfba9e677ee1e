"""The demonstration's list of specialist places: places commissioned, capacity and pupils as three counts."""

from __future__ import annotations

import pandas as pd

from geodata.contracts.ehc_plans import NEED_CODES, PROVISION_CODES
from geodata.contracts.provision import ANY_NEED
from geodata.demo.days import TODAY

PHASE_WORDS = {"primary": "Primary", "secondary": "Secondary", "post_16": "Post-16"}


def list_provision(places: pd.DataFrame, pupils: pd.Series, schools: pd.DataFrame) -> pd.DataFrame:
    """Return the list as a council would keep it.

    Parameters
    ----------
    places : pandas.DataFrame
        From `geodata.demo.specialist.build_places`.
    pupils : pandas.Series of int
        Pupils with a plan in each row of it, from `geodata.demo.placements.place_plans`.
    schools : pandas.DataFrame
        From `geodata.demo.schools.build_schools`.

    Returns
    -------
    pandas.DataFrame
        setting_urn, setting_name, provision, need and phase in words, commissioned_places, capacity, pupils (blank
        where the places are not open on `geodata.demo.days.TODAY`), opened, closed, postcode.
    """
    setting = schools.set_index("urn").loc[places["urn"]].reset_index()
    at = pd.Timestamp(TODAY)
    is_open = (places["opened"] <= at) & ~(places["closed"] <= at)
    words = NEED_CODES | ANY_NEED
    return pd.DataFrame(
        {
            "setting_urn": places["urn"],
            "setting_name": setting["name"],
            "provision": places["provision"].map(PROVISION_CODES),
            "need": places["need"].map(words),
            "phase": places["phase"].map(PHASE_WORDS),
            "commissioned_places": places["commissioned_places"],
            "capacity": places["capacity"],
            "pupils": pupils.astype("Int64").where(is_open),
            "opened": places["opened"],
            "closed": places["closed"],
            "postcode": setting["postcode"],
        }
    )
