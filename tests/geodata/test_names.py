import pytest

from geodata.names import is_name_heading


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
        "Child ID", "Pupil ref", "School name", "Ward name", "lsoa11_name", "Postcode", "Home post code",
        "Protected address", "Address restricted", "Start date", "Year", "", "12",
    ],
)  # fmt: skip
def test_other_headings(heading):
    assert not is_name_heading(heading)
