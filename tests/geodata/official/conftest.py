"""A service on this machine that answers as a test tells it to."""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

import pytest

from geodata.official.service import Limits
from geodata.official.sources import Source

SQUARE = [[[-0.8, 51.8], [-0.7, 51.8], [-0.7, 51.9], [-0.8, 51.8]]]
FOREVER_S = 5


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query))
        self.server.asked.append((parts.path, query))
        status, headers, body = self.server.answer(parts.path, query)
        self.send_response(status)
        self.send_header("Connection", "close")
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, str(value))
        self.end_headers()
        for piece in [body] if isinstance(body, bytes) else body:
            self.wfile.write(piece)

    def log_message(self, *_):
        pass


@pytest.fixture
def serve():
    """Return a function that starts a service: ``answer(path, query) -> (status, headers, body)``.

    The body is bytes, or pieces of bytes if the headers say how long it is.
    """
    started = []

    def start(answer):
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        server.answer, server.asked = answer, []
        server.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        started.append((server, thread))
        return server

    yield start
    for server, thread in started:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def never():
    """A function that returns when the test is over."""
    over = threading.Event()
    yield lambda: over.wait(FOREVER_S)
    over.set()


@pytest.fixture
def limits():
    """Short time-outs, no pauses, no proxy."""
    return Limits(connect_s=1.0, read_s=0.2, tries=3, backoff_s=0, trust_env=False)


@pytest.fixture
def make_source():
    """Return a function that makes a source, by default the areas of a layer."""

    def make(address="http://127.0.0.1:1/rest/areas/FeatureServer/0", **other):
        facts = {
            "key": "areas", "title": "Small areas", "kind": "areas", "address": address, "dataset": "area_scheme",
            "publisher": "Office", "page": "https://office.example/areas", "licence": "Open Government Licence v3.0",
            "licence_url": "https://office.example/licence", "attribution": ("Source: Office",),
            "fields": ("CODE", "NAME"), "key_fields": ("CODE",), "where": "NAME LIKE 'Bucks %'",
        }  # fmt: skip
        return Source(**(facts | other))

    return make


@pytest.fixture
def make_file(make_source):
    """Return a function that makes a source of the kind ``"csv"``, or with a date in its address ``"daily"``."""

    def make(address="http://127.0.0.1:1/file.csv", **other):
        facts = {"key": "table", "title": "A table", "kind": "daily" if "{date}" in address else "csv",
                 "fields": ("URN", "LA", "Name"), "key_fields": (), "where": "", "council": ("LA", "825")}  # fmt: skip
        return make_source(address, **(facts | other))

    return make


def rows(count):
    """Return so many areas: columns only."""
    return [{"CODE": f"E{number:03}", "NAME": f"Bücks {number}"} for number in range(1, count + 1)]


@dataclass
class Layer:
    """Answers like a layer of ArcGIS.

    `most` is the rows of a page at most, `flag_in` the place of ``exceededTransferLimit`` ("properties", "top" or
    nowhere), `counted` what it says there is, `ignores_offset` whether each page is the first one.
    """

    features: list = field(default_factory=lambda: rows(5))
    most: int = 2
    flag_in: str = "properties"
    counted: int | None = None
    ignores_offset: bool = False
    shape: object = field(default_factory=lambda: {"type": "Polygon", "coordinates": SQUARE})

    def reply(self, query):
        if query.get("returnCountOnly") == "true":
            return {"count": len(self.features) if self.counted is None else self.counted}
        begin = 0 if self.ignores_offset else int(query["resultOffset"])
        end = begin + min(self.most, int(query["resultRecordCount"]))
        flag = {"exceededTransferLimit": True} if end < len(self.features) else {}
        if query["f"] == "geojson":
            features = [{"type": "Feature", "properties": row | {"FID": 1}, "geometry": self.shape}
                        for row in self.features[begin:end]]  # fmt: skip
            answer = {"type": "FeatureCollection", "features": features}
        else:
            answer = {"fields": [], "features": [{"attributes": row | {"ObjectId": 1}}
                                                 for row in self.features[begin:end]]}  # fmt: skip
        if self.flag_in == "top":
            return answer | flag
        return answer | {"properties": flag} if self.flag_in == "properties" else answer

    def __call__(self, _path, query):
        return 200, {"Content-Type": "application/json"}, json.dumps(self.reply(query)).encode()


@pytest.fixture
def layer():
    """The class of services that answer like a layer of ArcGIS."""
    return Layer


@pytest.fixture
def areas_of():
    """Return a function that makes so many areas."""
    return rows
