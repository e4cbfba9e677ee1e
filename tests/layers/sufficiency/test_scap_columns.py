import pytest

from geodata.errors import ProfileError, UsageError
from geodata.profile import PROFILES
from layers.sufficiency.scap_columns import read_columns, scap_columns, table_years

BUCKS = PROFILES / "buckinghamshire"


def test_the_profile_s_table():
    found = scap_columns(BUCKS, 2025)
    assert [(one.title, one.first, one.last, one.ahead, one.status) for one in found.phases] == [
        ("Primary", 0, 6, 5, "published"), ("Secondary", 7, 11, 7, "published"), ("Post-16", 12, 14, 7, "assumed"),
    ]  # fmt: skip
    assert found.kinds["Special school"] == "special"
    assert found.heading("phase") == "education_phase"
    assert found.notes[0].startswith("Headings assumed from the published description, check against the guide")
    assert any("Headings of the forecast that are assumed: return_year" in note for note in found.notes)


def test_a_later_year_takes_the_newest_table_before_it():
    assert scap_columns(BUCKS, 2030).year == table_years(BUCKS)[-1]


def test_an_earlier_year_is_refused_with_the_valid_ones():
    with pytest.raises(UsageError, match=r"of 2024. Valid: 2025 and later \(tables: 2025\)"):
        scap_columns(BUCKS, 2024)


def test_a_profile_without_a_table(tmp_path):
    with pytest.raises(UsageError, match="The profile has none"):
        scap_columns(tmp_path, 2025)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1,nothing,a,b,assumed,x", "no section 'nothing'"),
        ("1,years,Primary,0-6,assumed,x", "write it as '0 to 6 for 5 years'"),
        ("1,kinds,Special,sauna,assumed,x", "no provision 'sauna'"),
        ("1,forecast,a,b,assumed,x", "nothing called 'b'"),
        ("1,forecast,a,opens,assumed,x", "nothing called 'opens'"),
    ],
)
def test_a_table_that_cannot_be_read(tmp_path, row, said):
    path = tmp_path / "2025.csv"
    path.write_text(f"order,section,column,fills,status,source\n{row}\n", encoding="utf-8")
    with pytest.raises(ProfileError, match=said):
        read_columns(path)
