import json

from dashapp.bench import geocoding
from dashapp.cli import main


def test_only_geocoding(monkeypatch, capsys):
    monkeypatch.setattr(geocoding, "measure_geocoding", lambda: {"geocode_ms": 1.5, "geocoded_rows": 3})
    assert main(["bench", "--only", "geocoding"]) == 0
    assert [line.split() for line in capsys.readouterr().out.splitlines()] == [
        ["geocode_ms", "1.50"], ["geocoded_rows", "3"],
    ]  # fmt: skip
    assert main(["bench", "--only", "geocoding", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"geocode_ms": 1.5, "geocoded_rows": 3}
