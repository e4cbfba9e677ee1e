"""The command says what is loaded, and makes a matrix of a road network that is imported as any file."""

import argparse
import json

import pandas as pd
import pytest

from dashapp.commands.travel_times import add_travel_times
from geodata.errors import UsageError
from geodata.importing import import_file
from geodata.snapshot import Workspace
from geodata.store import Store
from geodata.travel import atom_points, site_points, travel


@pytest.fixture
def run(capsys):
    def ask(path, *words):
        parser = argparse.ArgumentParser()
        parent = argparse.ArgumentParser(add_help=False)
        parent.add_argument("--workspace")
        parent.add_argument("--format", default="text")
        add_travel_times(parser.add_subparsers(), [parent])
        args = parser.parse_args(["travel-times", "--workspace", str(path), *map(str, words)])
        capsys.readouterr()
        assert args.run(args) == 0
        return capsys.readouterr().out

    return ask


def test_nothing_is_loaded(run, small_path):
    said = run(small_path)
    assert said.startswith("No travel times are loaded: every journey is estimated, straight line x detour.\n")
    assert "Source of car: assumed.\n" in said
    assert json.loads(run(small_path, "--format", "json"))["source"] is None


def test_what_is_loaded_and_what_is_not_known(run, own_path, council):
    home = council.aylesbury[0]
    rows = [(home, "urn:1", "car", 5.0), *((home, f"centre:{number:02}", "walk", 5.0) for number in range(12))]
    frame = pd.DataFrame(rows, columns=["from", "to", "mode", "minutes"])
    council.add_part(Workspace(own_path), "travel_times", frame)
    said = run(own_path)
    assert "Travel times measured, from travel_times.csv; pairs it lacks are estimated.\n" in said
    assert "walk  12 pairs\n" in said
    assert "Not used: 13 rows with 13 places that this workspace does not have: centre:00, " in said
    assert "centre:09 and 3 more.\n" in said
    assert json.loads(run(own_path, "--format", "json"))["unknown_keys"] == 13


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--modes", "bus"), r"no times for 'bus'. Valid: walk, car, or both"),
        (("--modes", ","), "Valid: walk, car"),
        ((), r"--out travel-times.csv"),
        (("--out", "x.csv"), "No schools, family centres or buildings are loaded"),
    ],
)
def test_wrong_use(run, small_path, words, says):
    with pytest.raises(UsageError, match=says):
        run(small_path, "--roads", "none.osm", *words)


@pytest.fixture
def roads(own_path, tmp_path, council):
    """The small council with two centres, and a straight road between two small areas with a centre at its end."""
    pytest.importorskip("osmnx")
    from pyproj import Transformer  # noqa: PLC0415

    store = Store(Workspace(own_path).current())
    home = atom_points(store)
    one, two = (home.keys.index(atom) for atom in council.aylesbury)
    east, north = home.easting[[one, two]], home.northing[[one, two]]
    centres = pd.DataFrame({"name": ["End", "Far 1"], "easting": [east[1], 1000.0], "northing": [north[1], 1000.0]})
    council.add_part(Workspace(own_path), "family_centres", centres.assign(atom="outside", opened=None, closed=None))
    x, y = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True).transform(east, north)
    nodes = "".join(f'<node id="{i + 1}" lon="{x[i]}" lat="{y[i]}"/>' for i in range(2))
    way = '<way id="9"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/></way>'
    (tmp_path / "hand.osm").write_text(f'<osm version="0.6">{nodes}{way}</osm>')
    return own_path, tmp_path / "hand.osm"


def test_a_matrix_of_roads_is_imported_as_any_file(run, roads, tmp_path, council):
    workspace, extract = roads
    out = tmp_path / "times.csv"
    said = run(workspace, "--roads", extract, "--out", out)
    assert "car: 1 place not near" not in said
    frame = pd.read_csv(out)
    assert set(frame["mode"]) == {"walk", "car"}
    assert set(frame["to"]) == {"centre:End"}
    assert set(council.aylesbury) <= set(frame["from"])
    assert set(frame["method"]) == {"road network, speeds: assumed"}
    assert "Far 1" not in out.read_text()

    before = Store(Workspace(workspace).current())
    assert import_file(workspace, "travel_times", out).quarantined == 0
    store = Store(Workspace(workspace).current())
    centre = site_points("family_centres", store.rows_of("family_centres"))
    found, plain = (travel(one, "car", atom_points(one), centre) for one in (store, before))
    row = store.areas.atoms.index(council.aylesbury[0])
    assert found.measured[row].tolist() == [True, False]
    # The road is measured on a sphere, the straight line on the grid: some 0.3 % between them.
    straight = plain.km[row, 0] / 1.3
    assert found.km[row, 0] == pytest.approx(straight, rel=5e-3)
    assert found.minutes[row, 0] == pytest.approx(found.km[row, 0] / 25 * 60, abs=0.02)
    assert found.minutes[row, 1] == plain.minutes[row, 1]
    assert "measured from times.csv (road network, speeds: assumed)" in found.words
    assert json.loads(run(workspace, "--format", "json"))["unknown_keys"] == 0


def test_what_was_left_out_is_counted(run, roads, tmp_path):
    workspace, extract = roads
    said = json.loads(
        run(workspace, "--roads", extract, "--out", tmp_path / "t.csv", "--modes", "car", "--format", "json")
    )
    car = said["modes"]["car"]
    assert car["unreachable"] == 0
    assert car["pairs"] + car["off_network"] == 319 + 1  # only the centre at the end is near, and one is off
    assert len(car["off_network_named"]) == 10


def test_an_extract_of_elsewhere_is_refused(run, roads, tmp_path):
    workspace, extract = roads
    extract.write_text(extract.read_text().replace('lat="51.', 'lat="55.'))
    with pytest.raises(UsageError, match=r"No place of this workspace lies near a road of 'hand.osm'"):
        run(workspace, "--roads", extract, "--out", tmp_path / "t.csv")
    assert not (tmp_path / "t.csv").exists()
