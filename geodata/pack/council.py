"""What is true of Buckinghamshire: codes, names and which former district became which locality."""

from __future__ import annotations

from typing import NamedTuple

COUNTY_CODE = "E06000060"
COUNTY_NAME = "Buckinghamshire"


class District(NamedTuple):
    """A district that the council replaced on 1 April 2020.

    Attributes
    ----------
    name : str
        Also the first words of its LSOA names: "Aylesbury Vale 001A".
    code : str
        ONS code of the district.
    locality : str
        Key of the locality that it became, or became a part of.
    """

    name: str
    code: str
    locality: str


DISTRICTS = (
    District("Aylesbury Vale", "E07000004", "aylesbury"),
    District("Chiltern", "E07000005", "chiltern-south-bucks"),
    District("South Bucks", "E07000006", "chiltern-south-bucks"),
    District("Wycombe", "E07000007", "wycombe"),
)

LOCALITIES = {
    "aylesbury": "Aylesbury",
    "chiltern-south-bucks": "Chiltern & South Bucks",
    "wycombe": "Wycombe",
}
"""Locality key -> name."""

NEIGHBOURS = {
    "Central Bedfordshire": "E06000056",
    "Cherwell": "E07000177",
    "Dacorum": "E07000096",
    "Hillingdon": "E09000017",
    "Milton Keynes": "E06000042",
    "Slough": "E06000039",
    "South Northamptonshire": "E07000155",
    "South Oxfordshire": "E07000179",
    "Three Rivers": "E07000102",
    "Windsor and Maidenhead": "E06000040",
    "Wokingham": "E06000041",
}
"""The authorities that share an edge with the county, under their names and codes of 2011."""
