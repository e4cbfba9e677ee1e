"""Settings in, an application out: light, and as many as wanted."""

import re
import subprocess
import sys

import pytest

from dashapp.factory import create_app
from dashapp.settings import Settings
from geodata.errors import NoSnapshotError
from geodata.snapshot import Workspace

TABLE = "/table.csv?layer=cme_open&scheme=county&period=2022-07-31"


def test_two_applications_over_two_workspaces_live_in_one_process(small_path, dated_path):
    small, dated = (create_app(Settings(path)).server.test_client() for path in (small_path, dated_path))
    # 5 of 35,090 modelled residents, 5 of 70,180 real ones.
    for _ in range(2):
        assert ",5,35090," in small.get(TABLE).text
        assert ",5,70180," in dated.get(TABLE).text
    assert "Synthetic demonstration data" in small.get("/").text
    assert "Synthetic demonstration data" not in dated.get("/").text


def test_an_application_sees_a_new_snapshot_without_a_restart(own_path, council):
    client = create_app(Settings(own_path)).server.test_client()
    assert ",5,35090," in client.get(TABLE).text
    council.add_part(Workspace(own_path), "population", council.population(30), reference_date=council.dated)
    assert ",5,105270," in client.get(TABLE).text  # 30 persons x 11 ages x 319 LSOAs


def test_an_empty_workspace_is_refused_with_the_remedy(tmp_path):
    with pytest.raises(
        NoSnapshotError, match=r"Nothing is loaded in empty/ yet\. Run 'locality-atlas demo' or 'import'"
    ):
        create_app(Settings(tmp_path / "empty"))


def test_a_workspace_without_prepared_shapes_is_refused_with_the_remedy(council, tmp_path):
    council.fill(tmp_path / "bare")
    with pytest.raises(NoSnapshotError, match="shapes of these areas are not prepared in bare/"):
        create_app(Settings(tmp_path / "bare"))


def test_scripts_and_styles_come_from_this_server_alone_and_without_plotly(client):
    page = client.get("/").text
    addresses = re.findall(r"<(?:script|link)[^>]* (?:src|href)=\"(?!data:)([^\"]+)\"", page)
    assert len(addresses) > 10
    for address in addresses:
        assert address.startswith("/")
        assert not address.startswith("//")
        assert "plotly" not in address
        with client.get(address) as response:
            assert response.status_code == 200


SERVE = """
import json, sys
from pathlib import Path
from dashapp.factory import create_app
from dashapp.settings import Settings

client = create_app(Settings(Path(sys.argv[1]))).server.test_client()
assert client.get("/").status_code == 200
assert client.get("/_dash-layout").status_code == 200
(show,) = (one for one in client.get("/_dash-dependencies").get_json()
           if not one["clientside_function"] and one["inputs"][0]["id"] == "state")
outputs = [dict(zip(("id", "property"), part.rsplit(".", 1))) for part in show["output"].strip(".").split("...")]
state = {"layer": "cme_open", "scheme": "lsoa", "period": "2022-07-31"}
answer = client.post("/_dash-update-component", json={
    "output": show["output"], "outputs": outputs, "changedPropIds": ["state.data"], "state": [],
    "inputs": [{"id": "state", "property": "data", "value": state}]})
assert len(answer.get_json()["response"]["view-data"]["data"]["looks"]) == 319
assert client.get("/table.csv?layer=cme_open&scheme=lsoa&period=2022-07-31").status_code == 200
print(json.dumps(sorted({"pandas", "geopandas", "pyarrow", "shapely"} & set(sys.modules))))
"""


def test_serving_a_first_map_imports_neither_pandas_nor_geopandas(small_path):
    command = [sys.executable, "-c", SERVE, str(small_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


def test_importing_the_factory_reads_no_data(tmp_path):
    # In an empty folder, with a workspace that does not exist: nothing is touched before create_app.
    command = [sys.executable, "-c", "import dashapp.factory, dashapp.cli"]
    environment = {"PATH": "", "ATLAS_WORKSPACE": str(tmp_path / "none")}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, env=environment)
    assert done.returncode == 0, done.stderr
    assert not list(tmp_path.iterdir())
