import argparse
import csv
import io
import json
import tempfile
from pathlib import Path

import pytest

from dashapp.commands.link_workers import add_link_workers
from geodata.errors import InputError, UsageError

# Six primaries in a row in Aylesbury, 200 m apart.
ROW = tuple(range(100001, 100007))
SCHOOLS = "URN,Name,Phase,School type,Easting,Northing\n" + "".join(
    f"{urn},Place {urn} Primary School,Primary,Community school,{482_000 + 200 * n},213900\n"
    for n, urn in enumerate(ROW)
)
BORDER = "100009,Border School,Primary,Community school,450000,206000\n"
WORKERS = "Post number,Hours a week,Postcode of the base\nLW-1,37,HP20 1DH\nLW-2,37,HP20 1DH\n"
CURRENT = "Post number,URN,From\n" + "".join(f"LW-{1 + n // 3},{urn},2020-09-01\n" for n, urn in enumerate(ROW))
CASES = "Child ID,Family ID,Start,Level,URN\nc1,f1,2025-01-01,3,100001\nc2,f1,2025-01-01,3,100001\n"


@pytest.fixture
def ask(tmp_path, monkeypatch, capsys):
    """Run the command in a bare folder; the status, what was printed, and that nothing is left behind."""
    monkeypatch.chdir(tmp_path)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--workspace", type=Path, default=Path("workspace"))
    parser = argparse.ArgumentParser()
    add_link_workers(parser.add_subparsers(required=True), [common])
    for name, text in {"schools": SCHOOLS, "workers": WORKERS, "current": CURRENT, "cases": CASES}.items():
        Path(f"{name}.csv").write_text(text, encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))

    def run(*words):
        capsys.readouterr()
        args = parser.parse_args(["link-workers", *words])
        try:
            status = args.run(args)
        finally:
            assert list(temporary.iterdir()) == []
            assert set(before) <= set(tmp_path.rglob("*"))
            assert not Path("workspace").exists()
        return status, capsys.readouterr()

    return run


FILES = ("--schools", "schools.csv", "--workers", "workers.csv", "--current", "current.csv", "--cases", "cases.csv")


def json_of(ask, *words, status=0):
    found, said = ask(*words, "--format", "json")
    assert found == status
    return json.loads(said.out)


def schools_of(cluster):
    return {school["urn"] for school in cluster["schools"]}


def test_schools_alone_become_clusters_within_the_range(ask):
    found = json_of(ask, "--schools", "schools.csv", "--min", "3", "--max", "5")
    assert sorted(map(sorted, map(schools_of, found["clusters"]))) == [list(ROW[:3]), list(ROW[3:])]
    assert (found["status"], found["left_over"], found["with_posts"]) == ("optimal", [], False)
    assert found["files"] == {"schools": "schools.csv"}
    assert [cluster["post"] for cluster in found["clusters"]] == ["1", "2"]
    assert {cluster["families_handed_over"] for cluster in found["clusters"]} == {None}
    assert {"assumed loads", "estimated ways"} <= set(found["basis"])


def test_pairs_are_kept(ask):
    pairs = ("--together", f"{ROW[2]},{ROW[5]}", "--apart", f"{ROW[1]},{ROW[2]}")
    found = json_of(ask, "--schools", "schools.csv", "--min", "2", "--max", "4", *pairs)
    assert sorted(map(sorted, map(schools_of, found["clusters"]))) == [list(ROW[:2]), list(ROW[2:])]
    assert (found["rules"]["together"], found["rules"]["apart"]) == ([[ROW[2], ROW[5]]], [[ROW[1], ROW[2]]])


def test_a_remainder_is_named_with_its_rule(ask):
    found = json_of(ask, "--schools", "schools.csv", "--min", "4", "--max", "5", status=1)
    assert found["status"] == "infeasible"
    assert found["left_over"]
    assert all(one["rule"] and one["name"].startswith("Place") for one in found["left_over"])


def test_posts_keep_hours_and_families_stay(ask):
    found = json_of(ask, *FILES, "--date", "2025-06-01")
    assert found["with_posts"]
    assert found["rules"]["hard"] is False
    for cluster in found["clusters"]:
        assert cluster["load_hours"] <= cluster["hours"] == pytest.approx(22.2)
    assert sum(cluster["families_handed_over"] for cluster in found["clusters"]) == 0
    assert "c1" not in json.dumps(found)


def test_a_lock_moves_a_family(ask):
    found = json_of(ask, *FILES, "--date", "2025-06-01", "--lock", "100001=LW-2", "--min", "3", "--max", "3")
    worker = {urn: cluster["post"] for cluster in found["clusters"] for urn in schools_of(cluster)}
    assert worker[100001] == "LW-2"
    handed = {cluster["post"]: cluster["families_handed_over"] for cluster in found["clusters"]}
    assert handed == {"LW-1": 0, "LW-2": 1}  # two children, one family


def test_csv_and_text_for_people(ask):
    lines = list(csv.DictReader(io.StringIO(ask("--schools", "schools.csv", "--format", "csv")[1].out)))
    assert {int(line["urn"]) for line in lines} == set(ROW)
    assert {line["load_band"] for line in lines} <= {"low", "middle", "high"}
    text = ask("--schools", "schools.csv")[1].out
    assert "6 state schools shared among 2 clusters" in text
    assert "low under 2.5 hours a week" in text


def test_a_school_outside_the_county_is_left_out_and_named(ask):
    Path("more.csv").write_text(SCHOOLS + BORDER + "12,Bad School,Primary,Community school,482000,213900\n")
    status, said = ask("--schools", "more.csv", "--format", "json")
    assert status == 0
    assert "warning: Left out, outside the county: 100009 Border School." in said.err
    notes = " ".join(json.loads(said.out)["notes"])
    assert "Left out, outside the county: 100009 Border School." in notes
    assert "Set aside of more.csv: 1 of 8 rows. urn:" in notes
    assert "(row 9)" in notes


@pytest.mark.parametrize(
    ("words", "error", "said"),
    [
        ((), UsageError, "Give --schools FILE"),
        (("--schools", "none.csv"), UsageError, "none.csv"),
        (("--workers", "workers.csv"), UsageError, "No schools are loaded"),
        (("--schools", "schools.csv", "--min", "6", "--max", "3"), UsageError, "6 to 3"),
        (("--schools", "schools.csv", "--keep"), UsageError, "--keep needs posts"),
        (("--schools", "schools.csv", "--lock", "100001=LW-1"), UsageError, "there are no posts"),
        (("--schools", "schools.csv", "--apart", "100001,7"), UsageError, "7 is not among the 6"),
        ((*FILES, "--min=1", "--max=1", "--lock", "100001=LW-1", "--lock", "100002=LW-1"), UsageError, "must keep 2"),
        (("--schools", "workers.csv"), InputError, "urn"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said(ask, words, error, said):
    with pytest.raises(error, match=said):
        ask(*words)
