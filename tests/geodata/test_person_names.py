import csv
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.name_words import word_lists
from geodata.person_names import looks_like_names, names_a_person

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data"
PROFILE = ROOT / "geodata" / "profiles" / "buckinghamshire"

FORENAMES = [
    "Jane", "Tom", "Oliver", "Amelia", "Muhammad", "Aisha", "Zainab", "Haroon", "Simran", "Gurpreet", "Arjun",
    "Priya", "Thivya", "Nimal", "Zofia", "Jakub", "Agnieszka", "Andreea", "Ionut", "Oksana", "Volodymyr", "Gintaras",
    "Arta", "Elif", "Mehmet", "Eleni", "Oluwaseun", "Chidinma", "Kwame", "Abena", "Fatou", "Hodan", "Abdirahman",
    "Selam", "Tendai", "Thandiwe", "Siobhan", "Niamh", "Eilidh", "Rhys", "Ffion", "Darnell", "Shanice", "Layla",
    "Yusuf", "Maryam", "Farzaneh", "Rebwar", "Giulia", "Joao", "Beatriz", "Chaim", "Yuki", "Minh", "Xiaoming", "Siân",
    "Zoë", "Łukasz",
]  # fmt: skip
SURNAMES = [
    "Smith", "Patel", "Khan", "O'Brien-Jones", "Kowalczyk", "Popescu", "Adeyemi", "Mensah", "Warsame", "Okonkwo",
    "Featherstonehaugh", "Hill", "Green", "Nguyen", "Kaur", "Zzyzwicz",
]  # fmt: skip


def column(path, name):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sorted({row[name] for row in csv.DictReader(file)})


@pytest.mark.parametrize(
    "text",
    [
        "Jane Smith", "SMITH, John", "Smith John", "Mr J Smith", "Mrs. O'Brien-Jones", "Master Tom Green", "J. Smith",
        "Dr Patel", "contact Jane Smith", "Zofia Kowalczyk", "Mohammed Ali", "Oluwaseun Adeyemi", "jane smith", "Jane",
        "mum is Jane Smith, call after 3", "JANE SMITH", "Patel", "Smith, J", "J Hill", "WOOD, Sarah", "Tom Green",
        "Mr & Mrs Smith", "mrs smith", "Miss Trunchbull", "Mr Wood", "Dr. A. Khan", "Cllr A Green",
        "Anne-Marie O’Neill", "JaneSmith", "Jane_Smith", "jane.smith@example.org", "Siân", "محمد علي", "王伟",
        "李 明", "सीमा", "Ελένη", "Jane\nSmith", "Ja\u200bne", "Baby Patel",
        "Smith family, Ashton Road", "Mum: Adaeze", "Dad is Xolan", "Parent's name: Tendek",
    ],
)  # fmt: skip
def test_a_person(text):
    assert names_a_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "Grace Okafor", "Lily Patel", "will smith", "Grace White", "Chelsea Walker", "Prince Okafor", "SMITH, Grace",
        "Blessing Obasanjo", "April Jones",
    ],
)  # fmt: skip
def test_a_forename_that_is_a_word_or_a_place_beside_a_surname(text):
    assert names_a_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "Henry Allen Nursery School", "Dr Challoner's Grammar School", "Sir William Ramsay School", "The George",
        "John Colet School", "St Mary's Church of England School", "Sir Henry Floyd Grammar School", "Kingsbrook",
        "The Misbourne School", "Berryfields Family Centre", "Henry Allen Family Centre", "Miss Daisy's Nursery School",
        "Land at Mrs Smith's farm, Ashton Road", "Land at Tom Green", "Aylesbury North", "Assessment Teams",
        "Bournemouth, Christchurch and Poole", "Kingston upon Hull, City of", "Bristol, City of", "St. Helens",
        "St James and St John CofE Primary School", "Jack and Jill Nursery", "henry allen nursery school", "Rose Hill",
        "George's Hill", "Victoria Road", "12 Jane Austen Way", "King Edward VI", "Queen Elizabeth II", "Fort William",
        "King Charles III coronation", "Christmas Day", "Speech, language and communication needs", "White British",
        "Master plan", "miss lessons", "Parent and toddler group", "Site B", "K Support", "A level", "Section F",
        "D-HAL003", "LW-03", "Grace", "April", "Young", "Amber", "n/a", "12", "Phase β", "St Maryʼs", "", "  ",
    ],
)  # fmt: skip
def test_a_place_or_thing(text):
    assert not names_a_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "Jane Smith, Wexham School", "Wexham School: Jane Smith", "Jane Smith - Assessment Team", "Ward Sarah",
        "Assessment Team Jane Smith", "Jane Smith attends Wexham School", "jane smith attends wexham school",
        "Jane Smith Wexham School", "Jane Smith school refuser", "jane smith school refuser", "Jane Smith home",
        "Jane Smith family home", "Mrs Smith's house", "Mr Smith School Lane", "Jane's class",
    ],
)  # fmt: skip
def test_a_person_beside_a_place_or_thing(text):
    assert names_a_person(text)


@pytest.mark.parametrize("text", ["John Hampden", "Thomas Hickman", "George Green", "Dr Challoner's"])
def test_what_cannot_be_told_from_a_person_counts_as_one(text):
    assert names_a_person(text)


@pytest.mark.parametrize(
    "form", ["{0} {1}", "{1}, {0}", "{1} {0}", "Mr {1}", "contact {0} {1} first", "{0}"], ids=lambda form: form
)
def test_names_of_all_communities(form):
    texts = [form.format(forename, surname) for forename, surname in product(FORENAMES, SURNAMES)]
    assert len(texts) > 300
    assert [text for text in texts if not names_a_person(text)] == []


@given(st.sampled_from(sorted(word_lists().forenames)), st.sampled_from(SURNAMES), st.sampled_from([str, str.upper]))
def test_a_word_of_a_thing_at_its_end_makes_a_name_one_of_a_thing(forename, surname, case):
    name = f"{forename.title()} {surname}"
    assert names_a_person(case(name))
    assert names_a_person(name.lower())
    assert not names_a_person(case(f"{name} Road"))


@given(st.text(max_size=60))
def test_any_text_can_be_asked_about(text):
    assert names_a_person(text) in (True, False)


@pytest.mark.parametrize("file", ["areas.csv", "towns.csv"])
def test_no_area_or_town_of_the_profile_is_a_person(file):
    assert [name for name in column(PROFILE / file, "name") if names_a_person(name)] == []


@pytest.mark.skipif(not SHARED.exists(), reason="the open files are not here")
@pytest.mark.parametrize(
    ("file", "heading", "least"),
    [
        ("schools/open_schools_2024_06.csv", "name", 270),
        ("schools/open_schools_2024_06.csv", "town", 30),
        ("boundaries/lookup_lsoa21_ward24.csv", "ward24_name", 40),
        ("capacity/school_places_scorecard_2025.csv", "LA_name", 140),
        ("capacity/school_places_scorecard_metadata.csv", "user_friendly_names", 200),
        ("send/ehc_plans_by_authority_50.csv", "area", 50),
        ("send/sen2_2025_caseload.csv", "breakdown", 10),
    ],
)
def test_no_name_in_the_open_files_is_a_person(file, heading, least):
    names = column(SHARED / file, heading)
    assert len(names) >= least
    assert [name for name in names if names_a_person(name)] == []
    assert not looks_like_names(names)


@pytest.mark.parametrize(
    "values",
    [
        ["Jane Smith", "", "Tom Green"],
        ["Jane", "Tom", "Zofia", "Grace", "Lily"],
        ["SMITH", "PATEL", "KHAN", "HILL", "ZZYZWICZ"],
        ["Smith J", "Patel A", "Khan M"],
        ["mum is Jane, call after 3", "ring Mr Patel", "no contact", "see file"],
        [f"Xq{letter} Unheard" for letter in "abcdefgh"]
        + ["Jane Smith"] * 9
        + ["Tom A", "Ann B", "Ali C", "Joe D", "Sam"],
    ],
)
def test_columns_of_names(values):
    assert looks_like_names(values)


@pytest.mark.parametrize(
    "values",
    [
        [],
        ["", " "],
        ["Aylesbury", "Chesham", "Marlow", "Amersham", "Wendover", "Winslow", "Iver"],
        ["Henry Allen Nursery School", "John Colet School", "Sir William Ramsay School", "Thomas Hickman School"],
        ["Yes", "No"],
        ["Autumn", "Spring", "Summer"],
        ["January", "April", "May", "June", "August"],
        ["Holly", "Ivy", "Rowan", "Willow", "Hazel", "Oak"],
        ["Autistic spectrum disorder", "Speech, language and communication needs", "SEMH", "Hearing impairment"],
        ["White British", "Any other Asian background", "Pakistani", "Refused", "Gypsy/Roma", "Black Caribbean"],
        ["English", "Polish", "Urdu", "French", "Tamil", "Welsh", "Danish", "Shona"],
        ["Christian", "Muslim", "Hindu", "Sikh", "None"],
        ["HP21 8LJ", "HP6 6NW", "SL9 7AB"],
        ["MOS123", "MOS124", "E01017627"],
        ["2022-01-01", "12", "3.5"],
    ],
)
def test_columns_of_other_things(values):
    assert not looks_like_names(values)
