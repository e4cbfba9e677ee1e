"""What the server answers beside Dash."""

import csv
import io
import json
import re

import brotli
import pytest

from callbacks.figures import Figures
from callbacks.places import place_set
from dashapp.cli import main
from dashapp.factory import create_app
from dashapp.routes import geometry_url
from dashapp.settings import Settings
from geodata.geometry_index import DRAWING, drawing_of


@pytest.fixture
def files(small_path):
    return drawing_of(small_path, "1").files


@pytest.mark.parametrize(
    "key", ["context", "locality", "community_board", "ward", "msoa", "lsoa", "district", "county"]
)
def test_shapes_travel_compressed_and_may_be_kept_for_ever(client, files, small_path, key):
    response = client.get("/" + geometry_url(files[key]), headers={"Accept-Encoding": "br"})
    assert response.status_code == 200
    assert response.mimetype == "application/json"
    assert response.headers["Content-Encoding"] == "br"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.data == (small_path / DRAWING / files[key]).read_bytes()
    assert json.loads(brotli.decompress(response.data))["type"] == "FeatureCollection"


def test_the_address_of_shapes_carries_their_hash_and_is_relative(files):
    assert geometry_url(files["lsoa"]) == f"geometry/{files['lsoa'].removesuffix('.br')}"
    assert files["lsoa"].split(".")[1] in geometry_url(files["lsoa"])


@pytest.mark.parametrize(
    "name",
    [
        "lsoa.0000000000000000.json",
        "lsoa.json",
        "index.json",
        "..%2Findex.json",
        "..%2F..%2FCURRENT",
        "%2e%2e%2fCURRENT",
        "..%5C..%5CCURRENT",
        "etc/passwd",
        "CURRENT",
        "%00",
    ],
)
def test_a_name_that_is_not_in_the_index_is_not_found(client, name):
    response = client.get(f"/geometry/{name}")
    assert response.status_code == 404
    assert "immutable" not in response.headers.get("Cache-Control", "")


def test_a_path_that_leads_out_of_its_folder_finds_no_file(client):
    paths = ("/geometry/../CURRENT", "/geometry//etc/passwd", "/geometry/%2Fetc%2Fpasswd", "/assets/..%2Fsettings.py")
    for path in paths:
        with client.get(path) as response:
            # Dash answers an address it does not know with the page; a file it must never be.
            assert response.status_code == 404 or response.mimetype == "text/html"
            assert not re.search(r"root:x:|@dataclass", response.text)


def query(layer, scheme, period):
    return f"/table.csv?layer={layer}&scheme={scheme}&period={period}"


@pytest.mark.parametrize(
    "view",
    [
        ("cme_open", "locality", "2022-07-31"),
        ("cme_open", "lsoa", "2022-07"),
        ("cme_new", "ward", "2021/22"),
        ("ehcp_growth", "msoa", "2022-01-20"),
        ("ehcp_prevalence", "district", "2021-07-31"),
        ("child_population", "community_board", "undated"),
    ],
)
def test_the_file_to_take_away_is_the_output_of_the_command(client, small_path, capsys, view):
    layer, scheme, period = view
    response = client.get(query(*view))
    assert main(["table", "--workspace", str(small_path), "--layer", layer, "--scheme", scheme, "--period", period,
                 "--format", "csv"]) == 0  # fmt: skip
    printed = capsys.readouterr().out
    served = response.get_data(as_text=True).removeprefix("\ufeff")
    assert list(csv.reader(io.StringIO(served))) == list(csv.reader(io.StringIO(printed)))
    assert len(served) > 100


def test_the_file_opens_in_a_spreadsheet_under_a_name_that_says_what_it_is(client):
    response = client.get(query("cme_new", "locality", "2021/22"))
    assert response.mimetype == "text/csv"
    assert response.data.startswith(b"\xef\xbb\xbf")  # so that Excel reads UTF-8
    name = "cme_new_locality_2021-22_synthetic.csv"
    assert response.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert response.headers["Cache-Control"] == "no-store"


def test_a_file_about_real_children_says_officer_only(real_path):
    client = create_app(Settings(real_path)).server.test_client()
    name = "cme_open_locality_2022-07-31_officer-only.csv"
    response = client.get(query("cme_open", "locality", "2022-07-31"))
    assert response.headers["Content-Disposition"] == f"attachment; filename={name}"


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/table.csv", "The address lacks 'layer'."),
        (query("cme_open", "locality", ""), "The address lacks 'period'."),
        (query("x", "locality", "2022-07-31"), "No layer 'x'. Valid: cme_open"),
        (query("cme_open", "parish", "2022-07-31"), "No area scheme 'parish' here. Valid: locality"),
        (query("cme_open", "locality", "1999-01-01"), "No period '1999-01-01' here. Valid: 2021-08-31"),
        (query("%3Cscript%3E", "locality", "2022-07-31"), "No layer '<script>'"),
    ],
)
def test_a_bad_query_is_answered_with_400_and_what_is_valid_in_plain_text(client, address, says):
    response = client.get(address)
    assert (response.status_code, response.mimetype) == (400, "text/plain")
    assert response.text.startswith(says)
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/_dash-layout", "/_dash-dependencies", "/table.csv", "/nowhere"])
def test_nothing_but_shapes_and_scripts_is_kept(client, path):
    response = client.get(path)
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("address", ["/", "/_dash-layout", "/table.csv?layer=cme_open&scheme=ward&period=2022-07-31"])
def test_another_sites_name_for_this_machine_is_refused(client, address):
    assert client.get(address, headers={"Host": "evil.example:8050"}).status_code == 403
    for host in ("127.0.0.1:8050", "localhost:8050", "[::1]:8050"):
        assert client.get(address, headers={"Host": host}).status_code == 200


def test_a_file_of_another_snapshot_is_refused(client):
    address = "/table.csv?layer=cme_open&scheme=ward&period=2022-07-31&snapshot=older"
    assert client.get(address).status_code == 409


@pytest.fixture(scope="module")
def places(subjects_path):
    return create_app(Settings(subjects_path)).server.test_client()


def test_places_are_served_as_they_are_and_never_kept(places, subjects_store):
    response = places.get("/points/schools.json")
    assert (response.status_code, response.mimetype) == (200, "application/json")
    assert response.get_json() == place_set(Figures(subjects_store), "schools")
    assert response.headers["Cache-Control"] == "no-store"


def test_places_of_another_snapshot_are_refused(places, subjects_store):
    assert places.get(f"/points/schools.json?snapshot={subjects_store.snapshot.id}").status_code == 200
    response = places.get("/points/schools.json?snapshot=older")
    assert (response.status_code, response.mimetype) == (409, "text/plain")
    assert "Reload the page" in response.text


@pytest.mark.parametrize("name", ["children", "..%2FCURRENT", "%2e%2e%2fCURRENT", "schools.json%00", ""])
def test_only_sets_of_the_registry_are_served(places, name):
    assert places.get(f"/points/{name}.json").status_code == 404


def test_places_travel_compressed(places):
    response = places.get("/points/schools.json", headers={"Accept-Encoding": "br"})
    assert response.headers["Content-Encoding"] == "br"


def test_the_name_of_a_file_can_stand_on_every_disk(client):
    response = client.get(query("ehcp_need:ASD", "locality", "2022-01-20"))
    name = "ehcp_need-ASD_locality_2022-01-20_synthetic.csv"
    assert response.headers["Content-Disposition"] == f"attachment; filename={name}"


def test_shapes_are_plain_for_a_client_that_cannot_unpack_them(client, files):
    response = client.get("/" + geometry_url(files["county"]), headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in response.headers
    assert response.get_json()["type"] == "FeatureCollection"
