import subprocess
import sys
from dataclasses import replace

import pytest

from geodata.errors import ProfileError, UsageError
from geodata.official.sources import FILE, find_source, load_sources

KEYS = ["lsoa21", "msoa21", "wards", "lookup_lsoa11_lsoa21", "schools", "sen2"]


def test_the_council_has_its_sources_in_order(profile):
    assert [source.key for source in load_sources(profile)] == KEYS


def test_each_says_where_it_comes_from_under_which_licence_and_what_it_becomes(profile):
    for source in load_sources(profile):
        assert source.licence == "Open Government Licence v3.0"
        assert source.attribution
        assert source.address.startswith("https://")
        assert source.page.startswith("https://")
        assert source.dataset in {"area_scheme", "schools", "ehcp_series"}


def test_only_the_rows_of_the_council_are_asked_for_or_looked_for(profile):
    by_key = {source.key: source for source in load_sources(profile)}
    assert by_key["lsoa21"].where == "LSOA21NM LIKE 'Buckinghamshire %'"
    assert by_key["wards"].where == f"LAD24CD = '{profile.code}'"
    assert by_key["schools"].council == ("LA (code)", "825")


def test_the_ending_of_the_file_follows_the_kind(profile):
    suffixes = {source.kind: source.suffix for source in load_sources(profile)}
    assert suffixes == {"areas": ".geojson", "lookup": ".csv", "daily": ".csv", "csv": ".csv"}


def test_an_unknown_source_is_refused_with_the_valid_ones(profile):
    sources = load_sources(profile)
    assert find_source(sources, "wards").key == "wards"
    with pytest.raises(UsageError, match=f"No source 'ward'. Valid: {', '.join(KEYS)}."):
        find_source(sources, "ward")


@pytest.mark.parametrize(
    "address",
    [
        "https://maps.example/rest/areas/FeatureServer/3",
        " https://maps.example/rest/areas/FeatureServer/3/ ",
        "https://maps.example/rest/areas/FeatureServer/3/query?where=1%3D1&outFields=*",
    ],
)
def test_the_address_of_a_layer_may_be_pasted_from_the_portal(make_source, address):
    assert make_source().at(address).address == "https://maps.example/rest/areas/FeatureServer/3"


def test_the_address_of_a_file_keeps_its_query(make_file):
    address = "https://stats.example/v1/data-sets/1/csv?dataSetVersion=2.0"
    assert make_file().at(address).address == address


@pytest.mark.parametrize("address", ["", "maps.example/0", "ftp://maps.example/0", "file:///etc/passwd", "https://",
                                     "https://maps.example:port/0", "http://[::1/0"])  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(make_source, address):
    with pytest.raises(UsageError, match=r"is no address\. Write it whole"):
        make_source().at(address)


def test_a_mirror_takes_the_place_of_the_host_only(make_source, make_file):
    assert make_source("https://a.example/x/FeatureServer/0").on("http://b.example:81/").address == (
        "http://b.example:81/x/FeatureServer/0"
    )
    assert make_file("https://a.example/x{date}.csv").on("https://b.example/copy").address == (
        "https://b.example/copy/x{date}.csv"
    )


def test_the_host_has_neither_port_nor_password(make_source):
    assert make_source("https://user:secret@a.example:81/x").host == "a.example"


GOOD = """
licence = "L"
licence_url = "U"
[publishers.p]
name = "P"
page = "https://p.example"
attribution = ["A"]
[[sources]]
key = "k"
title = "T"
publisher = "p"
kind = "areas"
dataset = "d"
address = "https://p.example/0"
where = "1=1"
fields = ["CODE"]
key_fields = ["CODE"]
"""


@pytest.fixture
def written(profile, tmp_path):
    def load(text):
        (tmp_path / FILE).write_text(text, encoding="utf-8")
        return load_sources(replace(profile, directory=tmp_path))

    return load


def test_a_file_of_another_council_is_read(written):
    (source,) = written(GOOD)
    assert (source.key, source.publisher, source.attribution, source.key_fields) == ("k", "P", ("A",), ("CODE",))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('kind = "areas"', 'kind = "map"', "has the kind 'map'; valid: areas, lookup, daily, csv"),
        ('kind = "areas"', 'kind = "daily"', "is daily, but its address has no {date}"),
        ('where = "1=1"', "", "is a layer, but lacks 'where' or 'key_fields'"),
        ("https://p.example/0", "p.example", "has no address that begins with https://"),
        ('key_fields = ["CODE"]', 'key_fields = ["ID"]', "has 'key_fields' that are not among its 'fields'"),
        ('where = "1=1"', 'where = "1=1"\ncouncil = ["CODE"]', "must give 'council' as a column and a value"),
        ('where = "1=1"', 'where = "1=1"\ncouncil = ["LA", "1"]', "has a 'council' column not among its 'fields'"),
        ('title = "T"', "", "is incomplete"),
        ('title = "T"', 'title = "T"\ncolour = "red"', "is incomplete"),
        ('publisher = "p"', 'publisher = "q"', "is incomplete: 'q'"),
        ("[[sources]]", "[[sources]", "is incomplete"),
    ],
)
def test_an_incomplete_or_contradictory_entry_is_refused(written, old, new, says):
    with pytest.raises(ProfileError) as caught:
        written(GOOD.replace(old, new))
    assert says in str(caught.value)
    assert FILE in str(caught.value)


def test_a_council_without_the_file_is_told_so(profile, tmp_path):
    with pytest.raises(ProfileError, match=f"has no {FILE}"):
        load_sources(replace(profile, directory=tmp_path))


def test_listing_loads_nothing_that_opens_connections():
    code = (
        "import sys; from geodata.official.sources import load_sources; load_sources(); "
        "print([name for name in ('requests', 'urllib3', 'pandas', 'http.client') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
