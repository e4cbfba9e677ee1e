"""Towns for orientation on the map: the middle of a few central streets each."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyproj

from geodata.crs import BNG, WGS84

TOWNS = Path(__file__).with_name("towns.csv")
"""name, rank (1 the biggest to 3), streets (the centre's postcodes without their last letter)."""


def make_towns(postcodes: pd.DataFrame) -> pd.DataFrame:
    """Place each town at the median of the live postcodes in its central streets.

    About twenty postcodes share all but the last letter. A whole sector would not do: in the
    country one sector spans several villages.

    Parameters
    ----------
    postcodes : pandas.DataFrame
        From `geodata.pack.postcodes.make_postcodes`.

    Returns
    -------
    pandas.DataFrame
        name, longitude, latitude (degrees, EPSG:4326, 4 decimals), rank; sorted by rank and name.
    """
    towns = pd.read_csv(TOWNS).sort_values(["rank", "name"], ignore_index=True)
    live = postcodes[postcodes["live"]]
    middles = live.groupby(live["postcode"].str[:-1])[["easting", "northing"]].median()
    places = middles.loc[towns["streets"]]
    to_degrees = pyproj.Transformer.from_crs(BNG, WGS84, always_xy=True)
    longitudes, latitudes = to_degrees.transform(places["easting"], places["northing"])
    towns["longitude"], towns["latitude"] = longitudes.round(4), latitudes.round(4)
    return towns[["name", "longitude", "latitude", "rank"]]
