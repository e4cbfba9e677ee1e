"""Plotly's script: whole, in few bytes, at an address of its own, and found without running the package."""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import brotli
import plotly
import pytest
from flask import Flask

from dashapp import plotly_routes
from dashapp.plotly_routes import plotly_file, plotly_url, register

SCRIPT = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


@pytest.fixture(scope="module")
def pages():
    server = Flask("charts")
    register(server)
    return server.test_client()


def test_the_address_carries_the_hash_of_the_script_and_is_relative():
    assert plotly_file() == SCRIPT
    (digest,) = re.fullmatch(r"vendor/plotly-([0-9a-f]{16})\.min\.js", plotly_url()).groups()
    assert hashlib.sha256(SCRIPT.read_bytes()).hexdigest().startswith(digest)


def test_the_script_is_served_compressed_and_may_be_kept_for_ever(pages):
    response = pages.get("/" + plotly_url(), headers={"Accept-Encoding": "gzip, br"})
    assert response.status_code == 200
    assert response.mimetype == "text/javascript"
    assert response.headers["Content-Encoding"] == "br"
    assert response.headers["Vary"] == "Accept-Encoding"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert len(response.data) < SCRIPT.stat().st_size / 3
    assert brotli.decompress(response.data) == SCRIPT.read_bytes()


def test_a_browser_that_cannot_unpack_it_has_it_whole(pages):
    response = pages.get("/" + plotly_url())
    assert "Content-Encoding" not in response.headers
    assert response.data == SCRIPT.read_bytes()


@pytest.mark.parametrize("name", ["plotly.min.js", "plotly-0000000000000000.min.js", "..%2Fsettings.py", "%00"])
def test_no_other_name_is_found(pages, name):
    assert pages.get(f"/vendor/{name}").status_code == 404


def test_a_package_without_its_script_is_refused_with_the_reason(monkeypatch):
    monkeypatch.setattr(plotly_routes, "find_spec", lambda _name: None)
    with pytest.raises(FileNotFoundError, match="plotly is not installed whole"):
        plotly_file.__wrapped__()


def test_finding_the_script_does_not_run_the_package():
    code = (
        "import sys\nfrom importlib.util import find_spec\nfor name in [n for n in sys.modules if n == 'plotly']:\n"
        "    del sys.modules[name]\nimport flask, types\n"
        "sys.modules['dashapp.routes'] = types.SimpleNamespace(FOR_EVER='')\n"
        "from dashapp.plotly_routes import plotly_url\nprint(plotly_url(), 'plotly' in sys.modules)\n"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == [plotly_url(), "False"]
