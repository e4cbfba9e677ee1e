import pytest

from geodata.contracts import CONTRACTS
from geodata.names import is_name_heading, normalise

MEANT = {"name", "address"}
"""Headings of ours that stand for the name or the address of a thing; never where rows are about children."""

GIAS_DROPPED = {
    "Street", "Address3", "Town", "TelephoneNum", "HeadTitle (name)", "HeadFirstName", "HeadLastName",
    "HeadPreferredJobTitle", "PropsName", "UPRN",
}  # fmt: skip

GIAS = """URN|LA (code)|LA (name)|EstablishmentNumber|EstablishmentName|TypeOfEstablishment (name)|
EstablishmentTypeGroup (name)|EstablishmentStatus (name)|ReasonEstablishmentOpened (name)|OpenDate|
ReasonEstablishmentClosed (name)|CloseDate|PhaseOfEducation (name)|StatutoryLowAge|StatutoryHighAge|Boarders (name)|
NurseryProvision (name)|OfficialSixthForm (name)|Gender (name)|ReligiousCharacter (name)|ReligiousEthos (name)|
Diocese (name)|AdmissionsPolicy (name)|SchoolCapacity|SpecialClasses (name)|CensusDate|NumberOfPupils|NumberOfBoys|
NumberOfGirls|PercentageFSM|TrustSchoolFlag (name)|Trusts (code)|Trusts (name)|SchoolSponsorFlag (name)|
SchoolSponsors (name)|FederationFlag (name)|Federations (name)|UKPRN|FEHEIdentifier|FurtherEducationType (name)|
OfstedLastInsp|OfstedSpecialMeasures (name)|LastChangedDate|Street|Locality|Address3|Town|County (name)|Postcode|
SchoolWebsite|TelephoneNum|HeadTitle (name)|HeadFirstName|HeadLastName|HeadPreferredJobTitle|
BSOInspectorateName (name)|InspectorateReport|DateOfLastInspectionVisit|NextInspectionVisit|TeenMoth (name)|
TeenMothPlaces|CCF (name)|SENPRU (name)|EBD (name)|PlacesPRU|FTProv (name)|EdByOther (name)|Section41Approved (name)|
SEN1 (name)|SEN13 (name)|TypeOfResourcedProvision (name)|ResourcedProvisionOnRoll|ResourcedProvisionCapacity|
SenUnitOnRoll|SenUnitCapacity|GOR (name)|DistrictAdministrative (name)|AdministrativeWard (name)|
ParliamentaryConstituency (name)|UrbanRural (name)|GSSLACode (name)|Easting|Northing|MSOA (name)|LSOA (name)|
InspectorateName (name)|SENStat|SENNoStat|BoardingEstablishment (name)|PropsName|PreviousLA (name)|
PreviousEstablishmentNumber|OfstedRating (name)|RSCRegion (name)|Country (name)|UPRN|SiteName|QABName (name)|
EstablishmentAccredited (name)|QABReport|CHNumber|MSOA (code)|LSOA (code)|FSM|AccreditationExpiryDate"""


@pytest.mark.parametrize(
    "heading",
    [
        "Name", "Forename", "SURNAME", "First Name", "ChildName", "child_name", "Child's name", "Pupil", "Young person",
        "Known as", "Legal Surname", "Preferred forename", "Parent/Carer", "Mother's name", "Address", "Address Line 1",
        "Home address", "Street", "Town", "Email", "E-mail address", "Phone", "Mobile number", "Contact tel",
        "NHS Number", "nhs_no", "UPRN", "Case notes", "Comments", "Student Name (full)", "Name of child",
    ],
)  # fmt: skip
def test_headings_of_names_and_contacts(heading):
    assert is_name_heading(heading)


@pytest.mark.parametrize(
    "heading",
    [
        "Child Name (Surname, First)", "Legal name", "Known As", "Known as (forename)", "YP Name", "FORENAME 1",
        "Forename1", "Pupil: Surname", "Surname (legal)", "Name 1", "Names", "Full name", "Child (name)",
        "Name (child)", "Child Full Name", "Person's legal name", "Children's names", "Child name at school",
        "Pupil's name (school)", "Parent 1", "Sibling 2", "Next of kin", "Emergency contact 1", "Contact number",
        "Protected surname", "Confidential notes", "Free text", "AddressLine2",
    ],
)  # fmt: skip
def test_headings_of_names_as_real_exports_write_them(heading):
    assert is_name_heading(heading)


@pytest.mark.parametrize(
    "heading",
    [
        "Main contact", "Lead professional", "Key worker", "Social worker", "Social Worker (allocated)", "Worker",
        "Allocated worker", "Worker 1", "Link worker name", "Headteacher", "Head of school", "HeadTitle", "SENCO",
        "School SENCO", "Chair of governors", "School contact name", "Name of school contact", "Team manager",
        "Team manager name", "Case officer", "EHC case officer", "Service user name", "Health visitor", "GP",
        "Referrer", "Created by", "Last updated by", "Last contact by", "Last seen by", "Last visit by", "Assigned to",
        "Class teacher", "Supervisor",
    ],
)  # fmt: skip
def test_headings_of_those_who_work_with_a_child(heading):
    assert is_name_heading(heading)


@pytest.mark.parametrize(
    "heading",
    [
        "Child ID", "Pupil ref", "School name", "Ward name", "lsoa11_name", "Postcode", "Home post code",
        "Protected address", "Address restricted", "Start date", "Year", "", "12", "Team", "Post", "ward22_name",
        "ltla19_name", "Head office", "Team name", "Family centre name", "Children's centre", "Childrens centre name",
        "Pupil's school name", "Name of child's school", "School's full name", "Indicator name", "Pupils", "Children",
        "Number of pupils", "Child number", "Worker ID", "Contact date", "Last contact", "Lead agency", "Early help",
        "Children looked after", "Title", "Job title", "Closed", "Allocated to",
    ],
)  # fmt: skip
def test_other_headings(heading):
    assert not is_name_heading(heading)


def test_of_the_register_of_schools_only_heads_proprietors_and_addresses_are_names():
    headings = GIAS.replace("\n", "").split("|")
    assert {heading for heading in headings if is_name_heading(heading)} == GIAS_DROPPED


@pytest.mark.parametrize("wanted", CONTRACTS.values(), ids=CONTRACTS.keys())
def test_no_heading_of_ours_is_a_persons_name(wanted):
    ours = {name for column in wanted.columns for name in (column.key, *column.aliases)}
    taken = {normalise(name) for name in ours if is_name_heading(name)}
    assert taken <= (set() if "child_id" in wanted.keys else MEANT)
