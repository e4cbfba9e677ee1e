"""What the page shows of one loaded file."""

import shutil
from datetime import UTC, date, datetime

import pytest

from callbacks.data_page import find_report
from callbacks.loaded import asks, completeness, part_view
from geodata.contracts import CONTRACTS
from geodata.importing import import_file
from geodata.manifest import Part
from geodata.snapshot import Workspace

TODAY = date(2026, 11, 21)
CASES = "Child ID,Date Opened,Home Postcode\n1,01/10/2021,HP20 1UA\n2,31/02/2022,HP20 1UA\n"


def test_a_part_said_again_by_other_areas_keeps_the_report_of_its_origin(own_path, tmp_path):
    export = tmp_path / "cases.csv"
    export.write_text(CASES)
    workspace = Workspace(own_path)
    report = import_file(workspace, "cme_involvements", export, basis="synthetic")
    part = workspace.current().parts("cme_involvements")[-1]
    again = Part.from_dict(
        part.to_dict() | {"id": "20990101T000000000000Z-00000000", "about": {"converted_from": part.id}}
    )
    shutil.copy(
        workspace.part_path(part.dataset, part.id, ".parquet"), workspace.part_path(part.dataset, again.id, ".parquet")
    )
    workspace.add_part(again)
    row = part_view(workspace, again, TODAY)
    assert row["about"] == "said again by the areas in force"
    assert row["quarantine"] == f"data/quarantine/{report.part_id}.csv"
    assert find_report(workspace, again.id)[0]["part_id"] == report.part_id


def test_rows_to_look_at_are_counted_and_linked(own_path, tmp_path):
    export = tmp_path / "cases.csv"
    export.write_text(f"{CASES}1,01/11/2021,HP20 1UA\n")
    workspace = Workspace(own_path)
    report = import_file(workspace, "cme_involvements", export, basis="synthetic")
    part = workspace.current().parts("cme_involvements")[-1]
    row = part_view(workspace, part, TODAY)
    assert (row["flagged"], row["flagged_list"]) == (1, f"data/flagged/{report.part_id}.csv")
    workspace.flagged_path(part.id).unlink()
    assert part_view(workspace, part, TODAY)["flagged_list"] == ""
    workspace.report_path(part.id).unlink()
    assert part_view(workspace, part, TODAY)["flagged"] == 0


def test_without_a_report_the_columns_are_told_by_the_mapping():
    part = Part("family_centres", "x", "f.csv", "0", 1, 1, 0, mapping={"name": "Centre", "postcode": "Post code"},
                imported_at=datetime(2026, 1, 1, tzinfo=UTC))  # fmt: skip
    found = completeness(part, None)
    assert found["have"] == 2
    assert found["of"] == len(CONTRACTS["family_centres"].keys)
    assert "Easting" in found["lacks"]


@pytest.mark.parametrize(
    ("dataset", "wanted", "unwanted"),
    [
        ("cme_involvements", {"covers_from", "covers_to", "beside_synthetic"}, {"reference_date", "edition"}),
        ("population", {"reference_date", "basis"}, {"covers_from", "beside_synthetic"}),
        ("deprivation", {"edition"}, {"scheme"}),
        ("area_scheme", {"scheme", "title", "valid_from", "crs"}, {"edition", "covers_from"}),
    ],
)
def test_only_what_a_dataset_takes_is_asked(dataset, wanted, unwanted):
    found = set(asks(CONTRACTS[dataset]))
    assert wanted <= found
    assert not unwanted & found
