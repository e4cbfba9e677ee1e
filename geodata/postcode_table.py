"""The pack's postcodes, ready for looking up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geodata.areas import OUTSIDE, UNKNOWN, WITHHELD
from geodata.errors import ProfileError
from geodata.postcode_index import PostcodeIndex, as_arrow, make_index


@dataclass(frozen=True)
class PostcodeTable:
    """The postcodes of a council's pack and what is known of each.

    Attributes
    ----------
    index : PostcodeIndex
        The positions of the postcodes.
    postcode : pyarrow.Array of str
        As it is written: "HP20 1UA".
    places : tuple of str
        The county's atoms, then "outside", "unknown" and "withheld".
    place : numpy.ndarray of int
        Position in `places` of the postcode's atom, or of "outside" for the fringe.
    live, by_point : numpy.ndarray of bool
        As in the pack.
    """

    index: PostcodeIndex
    postcode: pa.Array
    places: tuple[str, ...]
    place: np.ndarray
    live: np.ndarray
    by_point: np.ndarray


def load_postcodes(file: Path, atoms: Collection[str]) -> PostcodeTable:
    """Read the pack's ``postcodes.parquet``.

    Parameters
    ----------
    file : pathlib.Path
        Columns postcode, lsoa, live, by_point.
    atoms : collection of str
        The county's atoms; a postcode of any other area is "outside".

    Raises
    ------
    ProfileError
        If a postcode is there twice or is none.
    """
    table = pq.read_table(file, columns=["postcode", "lsoa", "live", "by_point"])
    postcode = as_arrow(table["postcode"])
    places = (*sorted(set(atoms)), OUTSIDE, UNKNOWN, WITHHELD)
    outside = places.index(OUTSIDE)
    try:
        index = make_index(postcode)
    except ValueError as error:
        raise ProfileError(f"'{file.name}' cannot be used: {error}") from None
    area = table["lsoa"].unify_dictionaries().combine_chunks().dictionary_encode()
    place_of_area = pd.Index(places[:outside]).get_indexer(area.dictionary.to_pylist())
    place_of_area = np.append(np.where(place_of_area < 0, outside, place_of_area), outside)  # the last: no area at all
    return PostcodeTable(
        index=index,
        postcode=postcode,
        places=places,
        place=place_of_area[area.indices.fill_null(len(area.dictionary)).to_numpy()],
        live=table["live"].to_numpy().astype(bool),
        by_point=table["by_point"].to_numpy().astype(bool),
    )
