import pytest

from geodata.lookup_headings import lookup_columns, scheme_of


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("lsoa21_code", ("lsoa", 2021)),
        ("LSOA11CD", ("lsoa", 2011)),
        ("WD24CD", ("ward", 2024)),
        ("ward24_name", ("ward", 2024)),
        ("Ward 2024 code", ("ward", 2024)),
        ("LAD22NM", ("district", 2022)),
        ("ltla19_code", ("district", 2019)),
        ("msoa code", ("msoa", None)),
        ("Community board code", ("community_board", None)),
        ("board_name", ("community_board", None)),
        ("lsoa", ("", None)),
        ("colour", ("", None)),
    ],
)
def test_a_heading_says_scheme_and_vintage(heading, found):
    assert scheme_of(heading) == found


@pytest.mark.parametrize(
    ("headings", "wanted", "found"),
    [
        (
            ["lsoa21_name", "lsoa21_code", "ward24_name", "ward24_code", "ltla24_name", "ltla24_code"], "",
            {"atom": "lsoa21_code", "area": "ward24_code", "name": "ward24_name"},
        ),
        (
            ["lsoa21_code", "ward24_name", "ward24_code", "ltla24_name", "ltla24_code"], "district",
            {"atom": "lsoa21_code", "area": "ltla24_code", "name": "ltla24_name"},
        ),
        (
            ["lsoa21_name", "lsoa21_code", "change_code", "lsoa11_code", "ltla22_code"], "",
            {"atom": "lsoa11_code", "area": "lsoa21_code", "name": "lsoa21_name"},  # from the earlier to the later
        ),
        (
            ["lsoa11_code", "lsoa21_code", "ward24_code"], "ward",
            {"atom": "lsoa11_code", "area": "ward24_code"},
        ),
        (["code", "name"], "", {}),
    ],
)  # fmt: skip
def test_the_columns_of_a_lookup(headings, wanted, found):
    assert lookup_columns(headings, "lsoa", wanted) == found
