"""The demonstration's files: the headings of a real system, and what is said of each file when it is imported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from geodata.demo import cme, ehc_dates
from geodata.demo.days import CENTRES_DAY, CENTRES_OPENED, LOW_INCOME_DAY, RECORDS_FROM, SCHOOLS_DAY, TODAY
from geodata.durable import write_durably
from geodata.manifest import Basis


@dataclass(frozen=True)
class Export:
    """One file.

    Attributes
    ----------
    dataset : str
        The contract's key.
    title : str
        In words, within a sentence.
    file : str
        Its name.
    headings : mapping of str to str
        Our column -> the heading; of a dataset about children the identifier comes first (`geodata.purge` looks there).
    basis : Basis
        What kind of figures these are.
    said : mapping
        The day the rows count at, or the days for which the file is complete.
    """

    dataset: str
    title: str
    file: str
    headings: Mapping[str, str]
    basis: Basis
    said: Mapping[str, Any] = field(default_factory=dict)


def _covers(first: date, last: date) -> dict[str, date]:
    return {"covers_from": first, "covers_to": last}


EXPORTS = (
    Export(
        "population", "the population", "population_modelled.csv",
        {"atom": "LSOA Code", "age": "Age", "persons": "Persons"}, "modelled",
    ),
    Export(
        "schools", "schools", "schools.csv",
        {
            "urn": "URN", "name": "EstablishmentName", "type": "TypeOfEstablishment (name)",
            "status": "EstablishmentStatus (name)", "opened": "OpenDate", "phase": "PhaseOfEducation (name)",
            "capacity": "SchoolCapacity", "pupils": "NumberOfPupils", "sen1": "SEN1 (name)", "sen2": "SEN2 (name)",
            "sen3": "SEN3 (name)", "sen4": "SEN4 (name)", "resourced_provision_pupils": "ResourcedProvisionOnRoll",
            "resourced_provision_capacity": "ResourcedProvisionCapacity", "sen_unit_pupils": "SenUnitOnRoll",
            "sen_unit_capacity": "SenUnitCapacity", "postcode": "Postcode", "easting": "Easting",
            "northing": "Northing", "fsm_percent": "PercentageFSM", "admissions": "AdmissionsPolicy (name)",
            "lowest_age": "StatutoryLowAge", "highest_age": "StatutoryHighAge", "liaison_group": "Liaison Group",
        },
        "illustrative", {"reference_date": SCHOOLS_DAY},
    ),
    Export(
        "provision", "specialist places", "specialist_places.csv",
        {
            "setting_urn": "Setting URN", "setting_name": "Setting Name", "provision": "Provision Type",
            "need": "Designation", "phase": "Phase", "commissioned_places": "Commissioned Places",
            "capacity": "SCAP Capacity", "pupils": "Pupils Attending", "opened": "Open From", "closed": "End Date",
            "postcode": "Setting Postcode",
        },
        "synthetic", {"reference_date": TODAY},
    ),
    Export(
        "ehc_plans", "EHC plans", "ehc_plans.csv",
        {
            "child_id": "Child ID", "born": "Date of Birth", "year_group": "NC Year", "primary_need": "Primary Need",
            "provision": "Provision Type", "school_urn": "Setting URN", "postcode": "Home Postcode",
            "protected": "Protected Address", "start_date": "Plan Start Date", "end_date": "Plan End Date",
        },
        "synthetic", _covers(ehc_dates.FIRST_DAY, ehc_dates.LAST_DAY),
    ),
    Export(
        "cme_involvements", "children missing education", "cme_involvements.csv",
        {
            "child_id": "Child ID", "born": "Date of Birth", "year_group": "NC Year", "sen_status": "SEN Status",
            "social_care": "Social Care Status", "school_urn": "School URN", "postcode": "Home Postcode",
            "protected": "Protected Address", "start_date": "Date Opened", "end_date": "Date Closed",
            "closure_code": "Closure Reason", "last_contact": "Last Contact",
        },
        "synthetic", _covers(cme.FIRST_DAY, cme.LAST_DAY),
    ),
    Export(
        "home_education", "home education", "home_education.csv",
        {
            "child_id": "Child ID", "born": "Date of Birth", "year_group": "NC Year", "sen_status": "SEN Status",
            "postcode": "Home Postcode", "protected": "Protected Address", "start_date": "EHE Start Date",
            "end_date": "EHE End Date",
        },
        "synthetic", _covers(RECORDS_FROM, TODAY),
    ),
    Export(
        "family_centres", "family centres", "family_centres.csv",
        {
            "centre_id": "Site ID", "name": "Centre Name", "kind": "Centre Type", "days": "Opening Days",
            "opened": "Date Opened", "postcode": "Site Postcode",
        },
        "illustrative", {"reference_date": CENTRES_DAY},
    ),
    Export(
        "buildings", "buildings", "buildings.csv",
        {
            "building_id": "Building ID", "name": "Building Name", "cost": "Annual Cost", "rooms": "Rooms",
            "days": "Days Available", "postcode": "Postcode", "easting": "Easting", "northing": "Northing",
        },
        "illustrative", {"reference_date": TODAY},
    ),
    Export(
        "link_workers", "link workers", "link_workers.csv",
        {
            "post": "Post Number", "team": "Team", "hours": "Hours per Week", "term_time": "Term Time Only",
            "base": "Base", "base_postcode": "Base Postcode", "languages": "Languages", "absent_from": "Absence Start",
            "absent_to": "Absence End", "barred_schools": "Barred School URNs", "vacant": "Vacant",
        },
        "synthetic", {"reference_date": TODAY},
    ),
    Export(
        "school_allocations", "schools of the link workers", "school_allocations.csv",
        {
            "post": "Post Number", "school_urn": "School URN", "start_date": "Allocated From",
            "keep_until": "Stays With The Post Until",
        },
        "synthetic", {"reference_date": TODAY},
    ),
    Export(
        "early_help_cases", "early help", "early_help_cases.csv",
        {
            "child_id": "Child ID", "family_id": "Family ID", "born": "Date of Birth", "year_group": "NC Year",
            "level": "Level of Need", "post": "Post Number", "school_urn": "School URN", "postcode": "Home Postcode",
            "protected": "Protected Address", "referral_received": "Referral Received",
            "decision_made": "Decision Made", "first_contact": "First Contact", "start_date": "Case Start Date",
            "end_date": "Case End Date", "outcome": "Outcome",
        },
        "synthetic", _covers(CENTRES_OPENED, TODAY),
    ),
    Export(
        "housing", "housing", "housing_sites.csv",
        {
            "site_id": "Site Reference", "name": "Site Name", "dwellings": "Net Dwellings", "year": "Completion Year",
            "status": "Planning Status", "easting": "Easting", "northing": "Northing",
        },
        "illustrative", {"reference_date": TODAY},
    ),
    Export(
        "low_income", "children in low-income families", "low_income.csv",
        {
            "atom": "LSOA Code", "ages_0_4": "0-4", "ages_5_10": "5-10", "ages_11_15": "11-15", "ages_16_19": "16-19",
        },
        "synthetic", {"reference_date": LOW_INCOME_DAY},
    ),
    Export(
        "indicator_values", "SEN support", "sen_support.csv",
        {
            "indicator": "Indicator", "area_code": "LSOA Code", "level": "Geographic Level", "period": "Time Period",
            "value": "Value", "denominator": "Base",
        },
        "synthetic",
    ),
)  # fmt: skip
"""In the order of their import: places before the people who go there."""


def write(export: Export, frame: pd.DataFrame, folder: Path) -> Path:
    """Write one file as CSV with its headings, dates day first.

    Parameters
    ----------
    export : Export
        Which.
    frame : pandas.DataFrame
        With the columns of its headings.
    folder : pathlib.Path
        Where to.
    """
    table = frame[list(export.headings)].copy()
    for column in table.select_dtypes("datetime"):
        table[column] = table[column].dt.strftime("%d/%m/%Y")
    text = table.rename(columns=dict(export.headings)).to_csv(index=False, lineterminator="\n")
    path = folder / export.file
    write_durably(path, text.encode("utf-8"))
    return path
