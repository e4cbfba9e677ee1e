"""Layers of an ArcGIS feature service: polygons to GeoJSON, tables to CSV, page by page and checked against the count.

Query operation of the ArcGIS REST API: ``resultOffset`` and ``resultRecordCount`` page, ``exceededTransferLimit`` says
that there is more, and an error comes with the status 200.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from geodata.official.answer import looks_like
from geodata.official.service import Service

PAGE_ROWS = 500
MESSAGE_CHARACTERS = 200
POLYGONS = ("Polygon", "MultiPolygon")

Json = dict[str, Any]


def areas(service: Service) -> tuple[bytes, int]:
    """Download the polygons of a source.

    Parameters
    ----------
    service : Service
        Of a source of the kind ``"areas"``.

    Returns
    -------
    tuple of bytes and int
        GeoJSON in EPSG:4326 with the source's fields, and the number of areas.

    Raises
    ------
    FetchError
        If the answer is an error, is no JSON, lacks a column or a shape, repeats an area, or has more or fewer areas
        than the service counts.
    """
    asked = {"f": "geojson", "outSR": "4326", "returnGeometry": "true"}
    features = [
        {
            "type": "Feature",
            "properties": {field: row[field] for field in service.source.fields},
            "geometry": _shape(service, feature.get("geometry")),
        }
        for feature, row in _rows(service, asked, "properties")
    ]
    collection = {"type": "FeatureCollection", "name": service.source.key, "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode(), len(features)


def lookup(service: Service) -> tuple[bytes, int]:
    """Download the rows of a table as CSV in UTF-8; otherwise as `areas`."""
    text = io.StringIO()
    writer = csv.DictWriter(text, service.source.fields, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    count = 0
    for _, row in _rows(service, {"f": "json", "returnGeometry": "false"}, "attributes"):
        writer.writerow(row)
        count += 1
    return text.getvalue().encode(), count


def _rows(service: Service, asked: Mapping[str, str], holder: str) -> Iterator[tuple[Json, Json]]:
    """Yield each feature and its columns, which stand in `holder`; whether they are all is known at the end only."""
    source = service.source
    count = _count(service)
    order = {"outFields": ",".join(source.fields), "orderByFields": ",".join(source.key_fields)}
    seen: set[tuple[object, ...]] = set()
    more = True
    while more or len(seen) < count:
        page = {"resultOffset": str(len(seen)), "resultRecordCount": str(PAGE_ROWS)}
        answer = _ask(service, {**asked, **order, **page})
        features = answer.get("features")
        if not isinstance(features, list):
            raise service.refuse("answered without a list of areas")
        for feature in features:
            row = _columns(service, feature, holder)
            key = tuple(row[field] for field in source.key_fields)
            if key in seen:
                raise service.refuse(f"repeats {', '.join(map(str, key))}: its pages overlap")
            seen.add(key)
            yield feature, row
        if len(seen) > count or not features:
            break
        more = _says_more(answer)
        service.tell(source.key, len(seen), count)
    if len(seen) != count:
        raise service.refuse(f"sent {len(seen):,} areas but counts {count:,}")


def _columns(service: Service, feature: object, holder: str) -> Json:
    row = feature.get(holder) if isinstance(feature, dict) else None
    if not isinstance(row, dict):
        raise service.refuse(f"answered with an area without {holder}")
    lacking = [field for field in service.source.fields if field not in row]
    if lacking:
        raise service.refuse(f"answered without the column {', '.join(lacking)}", "Check the fields in official.toml.")
    if not all(row[field] for field in service.source.key_fields):
        raise service.refuse(f"answered with an area without {' or '.join(service.source.key_fields)}")
    return row


def _shape(service: Service, shape: object) -> Json:
    """Return a shape that is a polygon in degrees; a service that ignores ``outSR`` answers in metres."""
    if not isinstance(shape, dict) or shape.get("type") not in POLYGONS:
        raise service.refuse("answered with an area that has no polygon")
    point = shape.get("coordinates")
    while isinstance(point, list) and point and isinstance(point[0], list):
        point = point[0]
    if not isinstance(point, list) or not all(isinstance(number, int | float) for number in point) or len(point) < 2:
        raise service.refuse("answered with an area that has no corners")
    if abs(point[0]) > 180 or abs(point[1]) > 90:
        raise service.refuse("answered in metres instead of degrees (EPSG:4326)")
    return shape


def _says_more(answer: Json) -> bool:
    """Return whether there is another page: the flag stands in the properties of GeoJSON, else at the top."""
    properties = answer.get("properties")
    inner = properties.get("exceededTransferLimit") if isinstance(properties, dict) else False
    return bool(answer.get("exceededTransferLimit") or inner)


def _count(service: Service) -> int:
    count = _ask(service, {"f": "json", "returnCountOnly": "true"}).get("count")
    if not isinstance(count, int):
        raise service.refuse("did not say how many areas there are")
    if count < 1:
        raise service.refuse("has no areas that match", "Check 'where' in official.toml.")
    return count


def _ask(service: Service, params: Mapping[str, str]) -> Json:
    """Return the answer to one query of the source's layer, or raise for anything that is none."""
    address = f"{service.source.address}/query"
    body = b"".join(service.stream(address, {"where": service.source.where, **params}) or ())
    try:
        answer = json.loads(body)
    except ValueError:  # also bytes that are no text
        if body.lstrip().startswith((b"{", b"[")):
            raise service.refuse("sent JSON that is damaged or cut short") from None
        raise service.refuse(f"answered with {looks_like(body) or 'something else'} instead of JSON") from None
    if not isinstance(answer, dict):
        raise service.refuse("answered with something that is no list of areas")
    if "error" in answer:
        raise service.refuse(f"refused: {_words(answer['error'])}", "Check the address and 'where' in official.toml.")
    return answer


def _words(error: object) -> str:
    """Return the service's own words on an error, on one line and short."""
    if not isinstance(error, dict):
        return "no reason given"
    details = error.get("details")
    words = [error.get("message"), *(details if isinstance(details, list) else [])]
    said = " ".join(" ".join(word.split()) for word in words if isinstance(word, str)).rstrip(".")
    return f"{said[:MESSAGE_CHARACTERS] or 'no reason given'} (code {error.get('code', 'unknown')})"
