"""Residents by area and single year of age, at one date; long (a row an area and age) or wide (a column an age)."""

from __future__ import annotations

from geodata.contracts.base import Column, Contract

TOP_AGE = 90
"""The last age stands for itself and all above: 90 is 90 and over."""

AGES_NEEDED = range(26)
"""A file without one of these ages would make rates of residents aged 0-25 too high, silently."""

CONTRACT = Contract(
    key="population",
    title="Population by single year of age",
    shape="population",
    columns=(
        Column(
            "atom",
            "Area code",
            "area",
            required=True,
            aliases=(
                "area code", "code", "lsoa", "lsoa code", "lsoa11 code", "lsoa11cd", "lsoa11", "lsoa 2011 code",
                "lsoa21 code", "lsoa21cd", "lsoa21", "lsoa 2021 code", "geography code",
                "lower layer super output area", "lower layer super output areas code",
                "lower layer super output area code", "mnemonic", "geo code", "lsoa01cd", "area codes", "areacd",
                "lsoacd", "msoa21cd", "msoa21 code", "msoa11cd", "msoa11 code", "msoa code", "msoa",
                "middle layer super output areas code", "ward code", "wd22cd", "wd24cd",
            ),
            description="A code of nine characters, such as E01017627.",
        ),
        Column(
            "age",
            "Age",
            "number",
            required=True,
            aliases=("age in years", "single year of age", "age code", "age last birthday", "sya", "c age"),
            description="Whole years, 0 to 90; 90 is 90 and over. In a wide file each age is a column of its own.",
        ),
        Column(
            "persons",
            "Persons",
            "number",
            required=True,
            aliases=(
                "population", "count", "obs value", "value", "observation", "people", "residents", "number",
                "all persons", "total persons", "usual residents", "n",
            ),
        ),
        Column(
            "reference_date",
            "Date",
            "date",
            aliases=("date", "as at", "mid year", "reference day", "population date", "estimate date"),
            description="The day the count is of; the same in every row. '--date' gives it for a file without.",
        ),
    ),
    unique=("atom", "age"),
    slot="date",
    dated=True,
    plain="Residents of every small area; the base of every rate.",
)  # fmt: skip
