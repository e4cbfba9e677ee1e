"""Which area of every scheme each atom belongs to, and what the areas are called."""

from __future__ import annotations

import re
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geodata.errors import InputError
from geodata.pack.boundaries import authority_of
from geodata.pack.council import COUNTY_CODE, COUNTY_NAME, DISTRICTS, LOCALITIES

BOARDS = Path(__file__).with_name("community_boards.csv")
"""Board of each ward of 2020-2025, made from their names: indicative."""

SCHEMES = ("msoa", "ward", "district", "locality", "community_board", "county")


def slug(name: str) -> str:
    """Return a name as a code: "Buckingham and Villages" -> "buckingham-and-villages"."""
    return re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")


def fit_wards(postcodes: pd.DataFrame, code_point: pd.DataFrame) -> pd.DataFrame:
    """Give each atom the ward in which most of its live postcodes lie.

    Parameters
    ----------
    postcodes : pandas.DataFrame
        From `geodata.pack.postcodes.make_postcodes`; only officially placed ones are counted.
    code_point : pandas.DataFrame
        Ward and authority of each live postcode.

    Returns
    -------
    pandas.DataFrame
        Index atom; ward, ward_share (the winner's part of the atom's postcodes, 0 to 1).
    """
    official = postcodes.loc[~postcodes["by_point"], ["postcode", "lsoa"]]
    pairs = official.merge(code_point, on="postcode")
    votes = pairs[pairs["authority"] == COUNTY_CODE].groupby(["lsoa", "ward"]).size()
    votes = votes.rename("count").reset_index()
    votes["ward_share"] = votes["count"] / votes.groupby("lsoa")["count"].transform("sum")
    # The code breaks a tie, so that the same files always give the same answer.
    winners = votes.sort_values(["lsoa", "count", "ward"], ascending=[True, False, True])
    return winners.drop_duplicates("lsoa").set_index("lsoa")[["ward", "ward_share"]]


def make_lookup(
    atoms: gpd.GeoDataFrame,
    lookup: pd.DataFrame,
    wards: pd.DataFrame,
    ward_names: dict[str, str],
) -> pd.DataFrame:
    """Join every scheme to the atoms.

    Parameters
    ----------
    atoms : geopandas.GeoDataFrame
        code, name.
    lookup : pandas.DataFrame
        The ONS lookup, for lsoa -> msoa.
    wards : pandas.DataFrame
        From `fit_wards`.
    ward_names : dict of str to str
        Ward code -> name.

    Returns
    -------
    pandas.DataFrame
        One row an atom, sorted: atom, one column a scheme, ward_share (3 decimals).

    Raises
    ------
    InputError
        If an atom has no area in a scheme.
    """
    msoa_of = lookup.drop_duplicates("lsoa").set_index("lsoa")["msoa"]
    districts = {district.name: district for district in DISTRICTS}
    boards = pd.read_csv(BOARDS).set_index("ward")["board"].map(slug)
    frame = pd.DataFrame({"atom": atoms["code"], "msoa": atoms["code"].map(msoa_of)})
    frame = frame.join(wards, on="atom")
    authority = authority_of(atoms["name"])
    frame["district"] = [districts[name].code for name in authority]
    frame["locality"] = [districts[name].locality for name in authority]
    frame["community_board"] = frame["ward"].map(ward_names).map(boards)
    frame["county"] = COUNTY_CODE
    if frame.isna().any(axis=None):
        raise InputError(f"Without an area:\n{frame[frame.isna().any(axis=1)]}")
    frame["ward_share"] = frame["ward_share"].round(3)
    return frame[["atom", *SCHEMES, "ward_share"]].sort_values("atom", ignore_index=True)


def make_areas(
    atoms: gpd.GeoDataFrame,
    areas_of: pd.DataFrame,
    lookup: pd.DataFrame,
    ward_names: dict[str, str],
) -> pd.DataFrame:
    """Name every area of every scheme.

    Parameters
    ----------
    atoms : geopandas.GeoDataFrame
        code, name.
    areas_of : pandas.DataFrame
        From `make_lookup`.
    lookup : pandas.DataFrame
        The ONS lookup, for the names of MSOAs.
    ward_names : dict of str to str
        Ward code -> name.

    Returns
    -------
    pandas.DataFrame
        scheme, code, name, sorted by scheme and code.
    """
    msoa_names = lookup.drop_duplicates("msoa").set_index("msoa")["msoa_name"].to_dict()
    names: dict[str, dict[str, str]] = {
        "lsoa": dict(zip(atoms["code"], atoms["name"], strict=True)),
        "msoa": {code: msoa_names[code] for code in areas_of["msoa"].unique()},
        "ward": {code: ward_names[code] for code in areas_of["ward"].unique()},
        "district": {district.code: district.name for district in DISTRICTS},
        "locality": LOCALITIES,
        "community_board": {slug(name): name for name in pd.read_csv(BOARDS)["board"].unique()},
        "county": {COUNTY_CODE: COUNTY_NAME},
    }
    rows = [(scheme, code, name) for scheme, of_code in names.items() for code, name in of_code.items()]
    return pd.DataFrame(sorted(rows), columns=["scheme", "code", "name"])
