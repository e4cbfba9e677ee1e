"""The indices of deprivation: one row for each small area, of one edition."""

from __future__ import annotations

from geodata.contracts.base import Column, Contract

DOMAINS = {
    "imd": ("Index of multiple deprivation",
            ("imd", "index of multiple deprivation (imd)", "index of multiple deprivation")),
    "income": ("Income", ("income",)),
    "employment": ("Employment", ("employment",)),
    "education": ("Education, skills and training", ("education", "education, skills and training")),
    "health": ("Health and disability", ("health", "health deprivation and disability")),
    "crime": ("Crime", ("crime",)),
    "housing": ("Barriers to housing and services",
                ("housing and services", "housing and access", "barriers to housing and services")),
    "environment": ("Living environment", ("environment", "living environment")),
    "idaci": ("Income deprivation affecting children",
              ("idaci", "income deprivation affecting children index (idaci)",
               "income deprivation affecting children")),
}  # fmt: skip
"""Domain -> its title and the words with which headings name it. A title stands for every edition."""

_ENDINGS = {
    "decile": ("decile", "decile (where 1 is most deprived 10% of lsoas)"),
    "rank": ("rank", "rank (where 1 is most deprived)"),
    "score": ("score", "score (rate)"),
}


def _columns() -> tuple[Column, ...]:
    return tuple(
        Column(
            f"{domain}_{measure}",
            f"{title}: {measure}",
            "coordinate" if measure == "score" else "whole",
            aliases=tuple(f"{word} {ending}" for word in words for ending in endings),
        )
        for domain, (title, words) in DOMAINS.items()
        for measure, endings in _ENDINGS.items()
    )


CONTRACT = Contract(
    key="deprivation",
    title="Indices of deprivation",
    shape="records",
    plain="How deprived each small area is among all of England; editions of the index are not compared.",
    columns=(
        Column("atom", "Area code", "area", required=True,
               aliases=("lsoa21 code", "lsoa11 code", "lsoa code", "lsoa code (2021)", "lsoa code (2011)", "lsoa21cd",
                        "lsoa11cd", "lsoacd", "area code", "code")),
        *_columns(),
    ),
    unique=("atom",),
    slot="edition",
    dated=True,
)  # fmt: skip
