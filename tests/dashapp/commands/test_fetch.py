"""The command against a service on this machine that answers like all three official ones."""

import ast
import csv
import io
import json
import subprocess
import sys
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import pytest

from dashapp.cli import main
from geodata.errors import InputError
from geodata.official.sources import load_sources

ROOT = Path(__file__).parents[3]
KEYS = [source.key for source in load_sources()]
SQUARE = {"type": "Polygon", "coordinates": [[[-0.8, 51.8], [-0.7, 51.8], [-0.7, 51.9], [-0.8, 51.8]]]}
HTML = b"<html>Maintenance</html>"


def layer(query):
    """Answer like a layer with one row, whose columns are those that were asked for."""
    if "returnCountOnly" in query:
        return {"count": 1}
    row = {field: f"{field} 1" for field in query["outFields"].split(",")}
    holder = "properties" if query["f"] == "geojson" else "attributes"
    return {"features": [{"type": "Feature", holder: row, "geometry": SQUARE}]}


def table(source):
    """Return a CSV with one row of the council and all columns of a source."""
    text = io.StringIO()
    column, value = source.council
    csv.writer(text).writerows([source.fields, [value if field == column else "é" for field in source.fields]])
    return text.getvalue().encode("cp1252")


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        path, query = urlsplit(self.path).path, dict(parse_qsl(urlsplit(self.path).query))
        bodies = {"edubasealldata": "schools", "/data-set/": "sen2"}
        body = json.dumps(layer(query)).encode() if "FeatureServer" in path else HTML
        for part, key in bodies.items():
            if part in path:
                body = table(next(source for source in load_sources() if source.key == key))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(HTML if path.startswith("/down") else body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def service():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture
def mirrored(service, monkeypatch):
    """Send the questions of every source to the service on this machine, past any proxy."""
    for key in KEYS:
        monkeypatch.setenv(f"ATLAS_FETCH_BASE_{key.upper()}", service)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")


@pytest.fixture
def run(capsys, tmp_path):
    """Return a function that runs the command and returns its status, output and errors."""

    def command(*arguments):
        try:
            status = main(["fetch", *map(str, arguments), "--workspace", str(tmp_path)])
        except SystemExit as stop:  # argparse
            status = stop.code
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return command


@pytest.fixture
def downloads(tmp_path):
    """Return a function that names the files downloaded so far, without the day."""

    def names():
        folder = tmp_path / "downloads"
        return sorted(path.name.split("_20")[0] for path in folder.glob("*")) if folder.is_dir() else []

    return names


@pytest.fixture
def imported(monkeypatch):
    """Take the place of the import; hold what it was called with."""
    calls = []

    def import_file(workspace, dataset, path, **said):
        calls.append((workspace, dataset, path, said))
        if dataset == "schools":
            raise InputError("A column lacks.")
        return SimpleNamespace(to_dict=lambda: {"dataset": dataset, "accepted": 1})

    monkeypatch.setitem(sys.modules, "geodata.importing", SimpleNamespace(import_file=import_file))
    monkeypatch.setattr("dashapp.commands.fetch.ensure_drawing", lambda path: calls.append(("drawn", path)))
    monkeypatch.setattr("dashapp.commands.fetch.report_lines", lambda report: [f"taken in: {report.to_dict()}"])
    return calls


@pytest.mark.parametrize("arguments", [(), ("all",)])
def test_without_a_source_it_lists_them_and_downloads_nothing(run, downloads, arguments):
    status, out, err = run(*arguments)
    assert (status, err, downloads()) == (0, "", [])
    assert [line.split()[0] for line in out.splitlines() if line[:1].islower()] == KEYS
    assert "from Office for National Statistics, Open Geography portal (services1.arcgis.com)" in out
    assert "becomes ehcp_series; Open Government Licence v3.0" in out


def test_the_list_is_there_for_machines_too(run):
    status, out, _ = run("--format", "json")
    listed = json.loads(out)["sources"]
    assert (status, [source["key"] for source in listed]) == (0, KEYS)
    assert listed[-1]["licence_url"].startswith("https://www.nationalarchives.gov.uk/")


@pytest.mark.usefixtures("mirrored")
def test_one_source_is_downloaded_and_the_next_step_named(run, downloads, tmp_path):
    status, out, err = run("wards")
    assert (status, err, downloads()) == (0, "", ["wards", "wards"])
    path = tmp_path / "downloads" / f"wards_{datetime.now(UTC).date()}.geojson"
    assert out.splitlines()[0] == "Wards of December 2024, generalised (BGC): 1 row, 0.0 MB."
    assert f"Next: locality-atlas import area_scheme {path}" in out
    assert "Open Government Licence v3.0. Source: Office for National Statistics" in out
    assert path.is_file()


@pytest.mark.usefixtures("mirrored")
def test_every_source_is_downloaded(run, downloads):
    status, out, err = run("--all", "--format", "json")
    results = json.loads(out)["downloads"]
    assert (status, err) == (0, "")
    assert [(result["source"], result["status"], result["error"]) for result in results] == [
        (key, "fetched", None) for key in KEYS
    ]
    assert all(Path(result["path"]).is_file() for result in results)
    assert downloads() == sorted([*KEYS, *KEYS])


@pytest.mark.usefixtures("mirrored")
def test_one_that_fails_does_not_stop_the_others(run, service, monkeypatch, downloads):
    monkeypatch.setenv("ATLAS_FETCH_BASE_MSOA21", f"{service}/down")
    status, out, err = run("--all")
    assert status == 1
    assert downloads() == sorted([key for key in KEYS if key != "msoa21"] * 2)
    assert err == (
        "Middle layer super output areas of December 2021, generalised (BGC V3): 127.0.0.1 answered with a web page "
        "instead of JSON. Try again later, or download it by hand from https://geoportal.statistics.gov.uk/ and import "
        "the file.\nNothing was saved; earlier downloads stay.\n"
    )
    assert "Middle layer" not in out


@pytest.mark.usefixtures("mirrored")
def test_an_address_given_is_the_one_asked(run, service):
    status, out, err = run("schools", "--url", f"{service}/down/x.csv", "--format", "json")
    (result,) = json.loads(out)["downloads"]
    assert (status, err) == (1, "")
    assert (result["source"], result["status"]) == ("schools", "refused")
    assert "answered with a web page instead of a CSV" in result["error"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("ward",), f"No source 'ward'. Valid: {', '.join(KEYS)}."),
        (("wards", "--all"), "'wards' and --all do not go together"),
        (("--url", "https://a.example/0"), "--url is the address of one source: name it as well."),
        (("--all", "--url", "https://a.example/0"), "--url is the address of one source: name it as well."),
        (("wards", "--url", "a.example"), "'a.example' is no address. Write it whole, as https://host/path."),
        (("--import",), "--import needs a source, or --all."),
        (("wards", "--timeout", "0"), "usage: locality-atlas"),
        (("wards", "--timeout", "soon"), "usage: locality-atlas"),
    ],
)
def test_wrong_use_ends_with_2_and_says_what_is_valid(run, downloads, arguments, says):
    status, out, err = run(*arguments)
    assert (status, out, downloads()) == (2, "", [])
    assert err.startswith(says)


@pytest.mark.usefixtures("mirrored")
def test_with_import_what_was_downloaded_is_imported_and_the_map_prepared(run, imported, tmp_path):
    status, out, err = run("lsoa21", "--import")
    path = tmp_path / "downloads" / f"lsoa21_{datetime.now(UTC).date()}.geojson"
    assert imported == [(tmp_path, "area_scheme", path, {}), ("drawn", tmp_path)]
    assert (status, err) == (0, "")
    assert "taken in: {'dataset': 'area_scheme', 'accepted': 1}" in out
    assert "Next:" not in out


@pytest.mark.usefixtures("mirrored")
def test_an_import_that_is_refused_leaves_the_download(run, imported, downloads):
    status, out, err = run("schools", "--import")
    ((_, _, path, said),) = imported
    assert (status, downloads()) == (1, ["schools", "schools"])
    assert path.stem == f"schools_{said['reference_date']}"  # the register counts at the day that it is of
    assert err == "A column lacks.\nNothing was taken in; the download stays.\n"
    assert "Next:" not in out


@pytest.mark.usefixtures("mirrored")
def test_the_import_is_part_of_what_machines_are_told(run, imported):
    status, out, _ = run("--all", "--import", "--format", "json")
    results = {result["source"]: result for result in json.loads(out)["downloads"]}
    assert status == 1
    assert results["sen2"]["import"] == {"dataset": "ehcp_series", "accepted": 1}
    assert (results["schools"]["status"], results["schools"]["error"]) == ("fetched", "A column lacks.")
    assert [call[1] for call in imported if call[0] != "drawn"] == [
        "area_scheme", "area_scheme", "area_scheme", "area_scheme", "schools", "ehcp_series",
    ]  # fmt: skip


@pytest.mark.usefixtures("mirrored")
def test_a_download_that_is_refused_is_not_imported(run, service, imported):
    assert run("wards", "--url", f"{service}/down/0", "--import")[0] == 1
    assert imported == []


@pytest.mark.usefixtures("mirrored")
def test_the_bar_shows_how_much_is_there(run, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert run("wards")[0] == 0


def test_the_command_line_loads_nothing_that_opens_connections():
    code = "import sys, dashapp.cli; print([name for name in ('requests', 'urllib3') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "[]\n"


def test_no_other_module_asks_services():
    """Dash itself loads Requests, so it is our own imports that are looked at."""
    found = set()
    for room in ("geodata", "layers", "callbacks", "dashapp"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                if {name.split(".")[0] for name in names} & {"requests", "urllib3", "httpx", "aiohttp"}:
                    found.add(path.parent.relative_to(ROOT).as_posix())
    assert found == {"geodata/official"}
