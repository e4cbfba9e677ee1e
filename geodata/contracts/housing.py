"""Housing to come: one row for each site and year of completion."""

from __future__ import annotations

from geodata.contracts.base import Column, Contract
from geodata.contracts.places import LOCATION

STATUS_CODES = {
    "under_construction": "Under construction",
    "permission": "With planning permission",
    "allocated": "Allocated in the local plan",
    "completed": "Completed",
    "windfall": "Expected without a site yet",
}
STATUS_SPELLINGS = {
    "started": "under_construction", "under construction": "under_construction", "on site": "under_construction",
    "permitted": "permission", "planning permission": "permission", "outline": "permission", "full": "permission",
    "approved": "permission", "commitment": "permission", "allocation": "allocated", "local plan": "allocated",
    "complete": "completed", "built": "completed",
}  # fmt: skip

CONTRACT = Contract(
    key="housing",
    title="Housing to come",
    shape="sites",
    plain="How many homes are expected where and by when; what a forecast of places must add.",
    columns=(
        Column("site_id", "Site's identifier", "identifier", required=True,
               aliases=("id", "site ref", "site reference", "reference", "application number", "planning reference",
                        "hela ref", "allocation ref")),
        Column("name", "Site", "text", aliases=("site name", "site", "address", "location", "development")),
        Column("dwellings", "Homes", "whole", required=True,
               aliases=("homes", "units", "net dwellings", "number of dwellings", "completions", "net units")),
        Column("year", "Year of completion", "whole", required=True,
               aliases=("completion year", "year of completion", "financial year", "monitoring year", "expected year"),
               description="The year in which they are finished, such as 2026."),
        Column("status", "Status", "code", aliases=("planning status", "stage"),
               codes=STATUS_CODES, spellings=STATUS_SPELLINGS),
        *LOCATION,
    ),
    unique=("site_id", "year"),
    dated=True,
)  # fmt: skip
