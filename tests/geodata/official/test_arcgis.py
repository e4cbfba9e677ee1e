import csv
import io
import json
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.official import arcgis
from geodata.official.refusal import FetchError, refusal
from geodata.official.sources import Source


@dataclass
class Fake:
    """A connection to a layer in this process."""

    source: Source
    layer: object
    asked: list
    told: list

    def refuse(self, what, remedy=""):
        return refusal(self.source, what, remedy)

    def tell(self, *progress):
        self.told.append(progress)

    def stream(self, address, params):
        self.asked.append((address, params))
        answer = self.layer(address, params)
        return iter([answer[2] if isinstance(answer, tuple) else answer])


@pytest.fixture
def fake(make_source, layer):
    """Return a function that connects to a layer; by default one of five areas in pages of two."""
    return lambda answer=None, **other: Fake(make_source(**other), answer or layer(), [], [])


def refused(service, of=arcgis.areas):
    with pytest.raises(FetchError) as caught:
        of(service)
    return str(caught.value).removeprefix("Small areas: 127.0.0.1 ")


@pytest.mark.parametrize("flag_in", ["properties", "top", "nowhere"])
def test_pages_are_put_together_wherever_the_flag_stands(fake, layer, flag_in):
    content, count = arcgis.areas(fake(layer(flag_in=flag_in)))
    found = json.loads(content)
    assert (found["type"], count) == ("FeatureCollection", 5)
    assert [feature["properties"] for feature in found["features"]] == [
        {"CODE": f"E00{number}", "NAME": f"Bücks {number}"} for number in range(1, 6)
    ]
    assert found["features"][0]["geometry"]["type"] == "Polygon"


def test_it_asks_for_the_count_then_for_degrees_in_order_from_where_it_stopped(fake):
    service = fake()
    arcgis.areas(service)
    (address, count), *pages = service.asked
    assert address == "http://127.0.0.1:1/rest/areas/FeatureServer/0/query"
    assert count == {"where": "NAME LIKE 'Bucks %'", "f": "json", "returnCountOnly": "true"}
    assert pages[0][1] == {
        "where": "NAME LIKE 'Bucks %'", "f": "geojson", "outSR": "4326", "returnGeometry": "true",
        "outFields": "CODE,NAME", "orderByFields": "CODE", "resultOffset": "0", "resultRecordCount": "500",
    }  # fmt: skip
    # The service gives two at a time although 500 were asked for.
    assert [page["resultOffset"] for _, page in pages] == ["0", "2", "4"]
    assert service.told == [("areas", 2, 5), ("areas", 4, 5), ("areas", 5, 5)]


def test_a_table_becomes_a_csv_in_the_order_of_the_fields(fake):
    service = fake(kind="lookup", fields=("NAME", "CODE"))
    content, count = arcgis.lookup(service)
    assert count == 5
    assert content.decode().splitlines()[:2] == ["NAME,CODE", "Bücks 1,E001"]
    assert service.asked[1][1]["f"] == "json"
    assert service.asked[1][1]["returnGeometry"] == "false"


def test_a_code_that_stands_in_two_pairs_of_a_table_is_no_repetition(fake, layer):
    pairs = [{"CODE": "E001", "NAME": "a"}, {"CODE": "E001", "NAME": "b"}]
    content, _ = arcgis.lookup(fake(layer(features=pairs), kind="lookup", key_fields=("CODE", "NAME")))
    assert content == b"CODE,NAME\nE001,a\nE001,b\n"


def test_a_missing_name_is_an_empty_cell_and_commas_are_quoted(fake, layer):
    odd = [{"CODE": "E001", "NAME": None}, {"CODE": "E002", "NAME": 'a, "b"'}]
    content, _ = arcgis.lookup(fake(layer(features=odd), kind="lookup"))
    assert list(csv.reader(io.StringIO(content.decode()))) == [["CODE", "NAME"], ["E001", ""], ["E002", 'a, "b"']]


def test_a_page_that_repeats_areas_is_refused(fake, layer):
    assert refused(fake(layer(ignores_offset=True))).startswith("repeats E001: its pages overlap.")


@pytest.mark.parametrize(("counted", "sent"), [(6, 5), (4, 6)])
def test_another_number_than_the_count_is_refused(fake, layer, areas_of, counted, sent):
    service = fake(layer(features=areas_of(sent), counted=counted, most=3))
    assert refused(service).startswith(f"sent {sent} areas but counts {counted}.")


def test_no_area_at_all_is_refused(fake, layer):
    assert refused(fake(layer(features=[]))).startswith("has no areas that match. Check 'where' in official.toml.")


def test_an_error_with_the_status_200_is_an_error(fake):
    words = {
        "code": 400,
        "message": "Cannot perform\n query.",
        "details": ["'Invalid field: NAMES' parameter is invalid"],
    }
    message = refused(fake(lambda *_: json.dumps({"error": words}).encode()))
    assert message.startswith(
        "refused: Cannot perform query. 'Invalid field: NAMES' parameter is invalid (code 400). Check the address and"
    )


@pytest.mark.parametrize("error", [None, "no", {}, {"message": 7, "details": "x"}])
def test_an_error_without_words_is_one_too(fake, error):
    assert refused(fake(lambda *_: json.dumps({"error": error}).encode())).startswith("refused: no reason given")


def test_a_long_error_is_cut(fake):
    message = refused(fake(lambda *_: json.dumps({"error": {"code": 1, "message": "x" * 5000}}).encode()))
    assert "x" * 200 + " (code 1)" in message


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b'{"count": 5', "sent JSON that is damaged or cut short."),
        (b"<html>Sign in</html>", "answered with a web page instead of JSON."),
        (b"", "answered with nothing instead of JSON."),
        (b"count: 5", "answered with something else instead of JSON."),
        (b"\xff\xfe{", "answered with something else instead of JSON."),
        (b"[]", "answered with something that is no list of areas."),
        (b'{"count": null}', "did not say how many areas there are."),
        (b'{"count": 3}', "answered without a list of areas."),
        (b'{"count": 1, "features": [7]}', "answered with an area without properties."),
        (b'{"count": 1, "features": [{"properties": {"CODE": "E1"}}]}', "answered without the column NAME."),
        (
            b'{"count": 1, "features": [{"properties": {"CODE": "", "NAME": "a"}}]}',
            "answered with an area without CODE.",
        ),
    ],
)
def test_what_is_no_answer_is_refused(fake, body, says):
    assert refused(fake(lambda *_: body)).startswith(says)


METRES = [[[486000.0, 213000.0], [487000.0, 213000.0], [487000.0, 214000.0], [486000.0, 213000.0]]]


@pytest.mark.parametrize(
    ("shape", "says"),
    [
        (None, "answered with an area that has no polygon."),
        ({"type": "Point", "coordinates": [0, 51]}, "answered with an area that has no polygon."),
        ({"type": "Polygon", "coordinates": []}, "answered with an area that has no corners."),
        ({"type": "Polygon"}, "answered with an area that has no corners."),
        ({"type": "Polygon", "coordinates": [[["a", "b"]]]}, "answered with an area that has no corners."),
        ({"type": "Polygon", "coordinates": "aa"}, "answered with an area that has no corners."),
        ({"type": "Polygon", "coordinates": METRES}, "answered in metres instead of degrees (EPSG:4326)."),
    ],
)
def test_a_shape_that_is_no_polygon_in_degrees_is_refused(fake, layer, shape, says):
    assert refused(fake(layer(shape=shape))).startswith(says)


def test_a_shape_of_several_parts_is_kept(fake, layer):
    several = {"type": "MultiPolygon", "coordinates": [[[[-0.8, 51.8], [-0.7, 51.8], [-0.7, 51.9], [-0.8, 51.8]]]]}
    content, _ = arcgis.areas(fake(layer(shape=several)))
    assert json.loads(content)["features"][4]["geometry"] == several


@pytest.fixture(scope="module")
def pages():
    """Return a function that downloads so many areas from a service with pages of that size."""
    source = Source(
        "k", "T", "lookup", "http://127.0.0.1:1/0", "d", "P", "https://p", "L", "U", (), ("CODE",), ("CODE",), "1"
    )

    def download(count, most, flagged, counted):
        def answer(_address, query):
            if "returnCountOnly" in query:
                return json.dumps({"count": counted}).encode()
            begin = int(query["resultOffset"])
            end = begin + most
            found = [{"attributes": {"CODE": f"E{number:04}"}} for number in range(count)][begin:end]
            return json.dumps({"features": found, "exceededTransferLimit": flagged and end < count}).encode()

        return arcgis.lookup(Fake(source, answer, [], []))

    return download


@given(count=st.integers(1, 40), most=st.integers(1, 45), flagged=st.booleans())
def test_every_area_comes_once_and_in_order_whatever_the_size_of_the_pages(pages, count, most, flagged):
    content, found = pages(count, most, flagged, count)
    assert content.decode().split() == ["CODE", *(f"E{number:04}" for number in range(count))]
    assert found == count


@given(count=st.integers(1, 20), most=st.integers(1, 25), counted=st.integers(1, 25))
def test_a_download_is_as_long_as_the_count_or_there_is_none(pages, count, most, counted):
    if count == counted:
        assert pages(count, most, True, counted)[1] == counted
    else:
        with pytest.raises(FetchError):
            pages(count, most, True, counted)
