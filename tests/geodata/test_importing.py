import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.areas import load_areas
from geodata.contracts import contract
from geodata.errors import ContractError, InputError, UsageError, WorkspaceBusyError
from geodata.importing import ImportRefusedError, import_file
from geodata.profile import ClosureReason, load_profile
from geodata.snapshot import Workspace
from geodata.staging import arrow_schema

INSIDE = "HP20 1UA"

# Row 2 is good, 3 is far away, 4 has no such day, 5 a name for an identifier, 6 two faults, 7 is protected,
# 8 repeats row 2, 9 overlaps row 2 and has no postcode.
CASES = """\
Child's name,ID,Date opened,Date closed,Reason for closure,Home Postcode,Address protected,NC Year,SEN,DOB,Colour
Jane Smith,C1,01/09/2021,03/10/2021,BUSC,hp201ua,,Year 7,EHCP,12/03/2010,red
Tom Boon,C2,2021-09-02,,,SW1A 1AA,,R,,2017-03,red
Al Boon,C3,31/02/2022,,,HP20 1UA,N,7,N,,red
Al Boon,Al Boon,01/02/2022,,,HP20 1UA,N,7,N,,red
Al Boon,C5,01/02/2022,01/01/2022,XX,HP20 1UA,N,7,N,,red
Al Boon,C6,01/02/2022,,,HP20 1UA,Yes,7,N,2022-Jan-28 00:00:00,red
Al Boon,C1,01/09/2021,,,HP20 1UA,N,7,N,,red
Al Boon,C1,02/09/2021,,,12 Acacia Road,N,7,N,,red
"""
PRIVATE = ("Smith", "Boon", "Acacia", "Jane", "Tom")


def write(tmp_path, text, name="cases.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def load(workspace, dataset):
    snapshot = Workspace(workspace).current()
    return pd.read_parquet(snapshot.data_path(snapshot.parts(dataset)[-1]))


def everything_written(folder):
    return b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file()).decode("latin-1")


@pytest.fixture
def cases(tmp_path):
    return write(tmp_path, CASES)


@pytest.fixture
def workspace(tmp_path):
    return tmp_path / "workspace"


def test_a_file_of_involvements(cases, workspace):
    report = import_file(workspace, "cme_involvements", cases)
    assert (report.rows_read, report.accepted, report.quarantined) == (8, 4, 4)
    assert report.dropped_names == ("Child's name",)
    assert report.dropped_other == ("Colour",)
    assert report.missing == ("social_care", "school_urn", "last_contact")
    assert report.geocoding == {
        "in_county": 1, "outside": 1, "blank": 0, "malformed": 1, "not_found": 0, "withheld": 1,
        "by_point": 0, "ended": 0,
    }  # fmt: skip
    assert (report.covers_from, report.covers_to) == (date(2021, 10, 1), date(2022, 2, 1))
    assert report.flagged == (
        {"column": "year_group", "reason": "more than one year away from what the month of birth gives", "rows": 1},
        {"column": "start_date", "reason": "starts while another case of the same child is open", "rows": 1},
    )
    assert report.flagged_rows == 2

    frame = load(workspace, "cme_involvements").astype(object)
    frame = frame.where(frame.notna(), None).set_index(["child_id", "start_date"])
    first = frame.loc["C1", date(2021, 9, 1)]
    assert (first["end_date"], first["closure_code"], first["postcode"]) == (date(2021, 10, 3), "BUSC", INSIDE)
    assert (first["year_group"], first["sen_status"], first["born"]) == (7, "E", date(2010, 3, 1))
    assert first["atom"] in load_areas(load_profile()).atoms
    assert frame.loc["C2", date(2021, 9, 2)]["atom"] == "outside"
    hidden = frame.loc["C6", date(2022, 2, 1)]
    assert (hidden["atom"], hidden["postcode"], hidden["protected"]) == ("withheld", None, True)
    assert tuple(frame.loc["C1", date(2021, 9, 2)][["atom", "postcode"]]) == ("unknown", None)


def test_the_staged_types_are_fixed(cases, workspace):
    import_file(workspace, "cme_involvements", cases)
    snapshot = Workspace(workspace).current()
    file = snapshot.data_path(snapshot.parts("cme_involvements")[0])
    assert pq.read_schema(file).equals(arrow_schema(contract("cme_involvements")))


def test_the_rows_set_aside_are_listed_with_every_reason(cases, workspace):
    report = import_file(workspace, "cme_involvements", cases)
    listed = pd.read_csv(report.quarantine_file)
    assert listed[["row", "column", "value"]].to_numpy().tolist() == [
        [4, "start_date", "3*/**/****"],
        [5, "child_id", "A* ****"],
        [6, "end_date", "0*/**/****"],
        [6, "closure_code", "X*"],
        [8, "child_id", "C*"],
    ]
    assert report.reasons[0]["rows"] == 1


def test_the_accepted_rows_to_look_at_are_listed_beside_them(cases, workspace):
    report = import_file(workspace, "cme_involvements", cases)
    assert report.flagged_file == Workspace(workspace).flagged_path(report.part_id)
    listed = pd.read_csv(report.flagged_file, keep_default_na=False)
    assert listed.to_numpy().tolist() == [
        [7, "year_group", "*", "more than one year away from what the month of birth gives"],
        [9, "start_date", "0*/**/****", "starts while another case of the same child is open: that of row 2"],
    ]
    assert not set(listed["row"]) & set(pd.read_csv(report.quarantine_file)["row"])
    part = Workspace(workspace).current().parts("cme_involvements")[0]
    assert part.flags == {item["reason"]: item["rows"] for item in report.flagged}
    assert json.loads(Workspace(workspace).report_path(part.id).read_text())["flagged_rows"] == 2


def test_a_file_without_doubts_has_no_list_of_them(tmp_path, workspace):
    report = import_file(workspace, "cme_involvements", write(tmp_path, "child id,start\nC1,2022-01-01\n"))
    assert (report.flagged, report.flagged_rows, report.flagged_file) == ((), 0, None)
    assert not Workspace(workspace).flagged_path(report.part_id).exists()
    assert Workspace(workspace).current().parts("cme_involvements")[0].flags == {}


def test_an_import_that_fails_leaves_no_list_of_rows_to_look_at(cases, workspace, monkeypatch):
    def fails(*_arguments, **_options):
        raise OSError("full")

    with monkeypatch.context() as patch:
        patch.setattr("geodata.importing.stage", fails)
        with pytest.raises(OSError, match="full"):
            import_file(workspace, "cme_involvements", cases)
    assert not list((workspace / "quarantine").iterdir())


def test_no_name_reaches_the_workspace_the_report_or_the_log(cases, workspace, caplog, capfd):
    report = import_file(workspace, "cme_involvements", cases)
    found = everything_written(workspace) + json.dumps(report.to_dict()) + caplog.text + "".join(capfd.readouterr())
    assert [word for word in PRIVATE if word in found] == []


def test_no_name_is_in_a_refusal(tmp_path, workspace, capfd):
    lines = CASES.splitlines()
    for name, text in {
        "all_bad.csv": "\n".join([lines[0], lines[3], lines[4]]),
        "headless.csv": "\n".join(lines[1:]),
        "open_quote.csv": "\n".join([lines[0], lines[1].replace("Jane", '"Jane')]),
    }.items():
        with pytest.raises(InputError) as refused:
            import_file(workspace, "cme_involvements", write(tmp_path, text, name))
        said = str(refused.value) + everything_written(workspace) + "".join(capfd.readouterr())
        assert [word for word in PRIVATE if word in said] == [], name


def test_the_part_remembers_where_it_came_from(cases, workspace):
    report = import_file(workspace, "cme_involvements", cases, basis="synthetic")
    part = Workspace(workspace).current().parts("cme_involvements")[0]
    assert (part.source_name, part.sha256, part.basis) == ("cases.csv", report.sha256, "synthetic")
    assert (part.rows_read, part.accepted, part.quarantined) == (8, 4, 4)
    assert part.mapping["child_id"] == "ID"
    assert part.dropped == ("Child's name", "Colour")
    assert part.geocoding["withheld"] == 1
    assert part.profile_version == load_profile().version


def test_nothing_accepted_leaves_the_snapshot_in_force(cases, workspace, tmp_path):
    before = import_file(workspace, "cme_involvements", cases).snapshot_id
    bad = write(tmp_path, "child id,start\nC1,31/02/2022\nC2\n", "bad.csv")
    with pytest.raises(ImportRefusedError, match="could be accepted: start_date") as refused:
        import_file(workspace, "cme_involvements", bad)
    report = refused.value.report
    assert (report.rows_read, report.accepted, report.quarantined, report.snapshot_id) == (2, 0, 2, "")
    assert report.quarantine_file.is_file()
    assert Workspace(workspace).current().id == before
    assert len(Workspace(workspace).snapshots()) == 1


def test_a_file_of_plans_in_a_workbook(tmp_path, workspace):
    book = openpyxl.Workbook()
    for row in (
        ["Person ID", "Plan start date", "Cease date", "Primary need", "Placement type", "Post code"],
        [101, date(2020, 1, 15), None, "Autism", "ARP", INSIDE],
        [102, 43845, date(2021, 7, 31), "SEMH", "Special school", None],
    ):
        book.active.append(row)
    book.save(tmp_path / "plans.xlsx")
    report = import_file(workspace, "ehc_plans", tmp_path / "plans.xlsx", covers_from=date(2019, 1, 1))
    assert (report.accepted, report.quarantined, report.covers_from) == (2, 0, date(2019, 1, 1))
    frame = load(workspace, "ehc_plans")
    assert frame["start_date"].tolist() == [date(2020, 1, 15)] * 2
    assert frame["primary_need"].tolist() == ["ASD", "SEMH"]
    assert frame["provision"].tolist() == ["base", "special"]
    assert frame["child_id"].tolist() == ["101", "102"]


@pytest.mark.parametrize(
    "heading", ["Last contact", "Date of last contact", "LAST_ACTION_DATE", "Last visit", "last_contact"]
)
def test_the_day_of_the_last_contact_has_many_headings(tmp_path, workspace, heading):
    text = f"child id,start,{heading}\nC1,01/09/2021,05/02/2022\nC2,01/09/2021,\nC3,01/09/2021,31/02/2022\n"
    report = import_file(workspace, "cme_involvements", write(tmp_path, text))
    assert report.mapping["last_contact"] == heading
    assert (report.accepted, report.quarantined) == (2, 1)
    frame = load(workspace, "cme_involvements").set_index("child_id")
    assert frame.loc["C1", "last_contact"] == date(2022, 2, 5)
    assert pd.isna(frame.loc["C2", "last_contact"])


def test_codes_of_closing_are_those_of_the_council(tmp_path, workspace):
    rows = ["child id,start,end,reason for closure"]
    texts = ("busc", " Bucks School ", "school in another  authority, Bucks resident", "NEW")
    rows += [f'C{i},2021-09-01,2021-10-01,"{text}"' for i, text in enumerate(texts)]
    file = write(tmp_path, "\n".join(rows) + "\n")
    report = import_file(workspace, "cme_involvements", file)
    assert load(workspace, "cme_involvements")["closure_code"].tolist() == ["BUSC", "BUSC", "OLAB"]
    assert [item["rows"] for item in report.reasons] == [1]
    other = replace(
        load_profile(), closures=(ClosureReason("NEW", "Bucks school", "School placement"),), name="Elsewhere"
    )
    report = import_file(tmp_path / "other", "cme_involvements", file, profile=other)
    assert load(tmp_path / "other", "cme_involvements")["closure_code"].tolist() == ["NEW", "NEW"]
    assert "not one of the closing codes of Elsewhere's profile" in report.reasons[0]["reason"]


def test_a_mapping_is_remembered_and_may_be_overruled(tmp_path, workspace):
    odd = "Kennung,Anfang,Ende,Wohnort\nC1,2022-01-01,,HP20 1UA\n"
    with pytest.raises(ContractError, match="child_id"):
        import_file(workspace, "ehc_plans", write(tmp_path, odd))
    said = write(tmp_path, '{"child_id": "Kennung", "start_date": "Anfang", "postcode": "Wohnort"}', "map.json")
    assert not import_file(workspace, "ehc_plans", write(tmp_path, odd), mapping=said).remembered
    again = import_file(workspace, "ehc_plans", write(tmp_path, odd, "next.csv"))
    assert again.remembered
    assert again.mapping == {"child_id": "Kennung", "start_date": "Anfang", "postcode": "Wohnort"}
    without = import_file(workspace, "ehc_plans", write(tmp_path, odd), mapping={"postcode": None})
    assert "postcode" not in without.mapping
    assert "postcode" not in import_file(workspace, "ehc_plans", write(tmp_path, odd)).mapping


@pytest.mark.parametrize(
    ("dataset", "options", "says"),
    [
        ("cme", {}, "Valid: cme_involvements"),
        ("ehc_plans", {"basis": "made up"}, "Valid: real"),
        ("ehc_plans", {"reference_date": date(2020, 1, 1)}, "--covers-from"),
        ("population", {"covers_to": date(2020, 1, 1)}, "--date"),
        ("ehc_plans", {"covers_from": date(2022, 1, 1), "covers_to": date(2021, 1, 1)}, "before it begins"),
        ("ehc_plans", {"covers_to": date(2999, 1, 1)}, "in the future"),
        ("ehc_plans", {"mapping": {"colour": "x"}}, "No column colour"),
        ("ehc_plans", {"mapping": Path("gone.json")}, "gone.json"),
    ],
)
def test_wrong_use(cases, workspace, dataset, options, says):
    with pytest.raises(UsageError, match=says):
        import_file(workspace, dataset, cases, **options)
    assert not (workspace / "CURRENT").exists()


def test_a_missing_file_is_wrong_use(workspace, tmp_path):
    with pytest.raises(UsageError, match="no file"):
        import_file(workspace, "ehc_plans", tmp_path / "gone.csv")


def test_every_marker_of_a_protected_address_counts(tmp_path, workspace):
    rows = ["C1,2022-01-01,HP20 1UA,,Y", "C2,2022-01-01,HP20 1UA,Y,N", "C3,2022-01-01,HP20 1UA,N,", "C4,2022-01-01,,,?"]
    file = write(tmp_path, "\n".join(["child id,start,postcode,Refuge,Witness Protection", *rows]))
    for mapping in ({}, {"protected": "Refuge"}, {}):
        report = import_file(workspace, "ehc_plans", file, mapping=mapping)
        assert (report.geocoding["withheld"], report.geocoding["in_county"], report.quarantined) == (2, 1, 1)
        assert report.mapping["protected"] == "Refuge or Witness Protection"
        assert load(workspace, "ehc_plans")["postcode"].fillna("").tolist() == ["", "", INSIDE]


def test_a_period_that_nobody_stated_is_pointed_out(cases, workspace):
    report = import_file(workspace, "cme_involvements", cases)
    assert not report.coverage_stated
    assert any("complete from 2021-10-01, by its first closing, to" in warning for warning in report.warnings)
    days = {"covers_from": date(2021, 9, 1), "covers_to": date(2022, 7, 31)}
    report = import_file(workspace, "cme_involvements", cases, **days)
    assert report.coverage_stated
    assert not any("complete" in warning for warning in report.warnings)


def test_a_damaged_memory_of_mappings_takes_nothing_in(cases, workspace):
    before = import_file(workspace, "cme_involvements", cases).snapshot_id
    for content in ("{", "[1]", '{"cme_involvements": 1}'):
        (workspace / "mappings.json").write_text(content)
        with pytest.raises(InputError, match="Correct or remove it"):
            import_file(workspace, "cme_involvements", cases)
    assert Workspace(workspace).current().id == before
    assert len(list(workspace.glob("parts/*/*.parquet"))) == 1


def test_a_busy_workspace_is_left_without_rows(cases, workspace):
    class Hurried(Workspace):
        def lock(self, timeout_seconds=0.1):
            return super().lock(timeout_seconds)

    with Workspace(workspace).lock(), pytest.raises(WorkspaceBusyError):
        import_file(Hurried(workspace), "cme_involvements", cases)
    assert list(workspace.rglob("*.parquet")) == []


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_only_the_user_may_read_what_was_taken_in(cases, workspace):
    import_file(workspace, "cme_involvements", cases)
    folders = [path for path in (workspace, *workspace.rglob("*")) if path.is_dir()]
    files = [path for path in workspace.rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o777 for path in folders} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert {path.parent.name for path in files} >= {"cme_involvements", "quarantine", "snapshots"}


def test_real_children_beside_the_demonstration_are_refused(cases, workspace, tmp_path):
    import_file(workspace, "ehc_plans", write(tmp_path, "child id,start\nC1,2022-01-01\n", "a.csv"), basis="synthetic")
    with pytest.raises(InputError, match="--beside-synthetic"):
        import_file(workspace, "cme_involvements", cases)
    import_file(workspace, "indicator_values", write(tmp_path, "indicator,period,value\nplans,2022,5\n", "open.csv"))
    import_file(workspace, "cme_involvements", cases, basis="synthetic")
    import_file(workspace, "cme_involvements", cases, beside_synthetic=True)
    assert len(Workspace(workspace).snapshots()) == 4


def test_the_sheet_that_was_read_is_said(tmp_path, workspace):
    book = openpyxl.Workbook()
    book.active.title = "2022"
    older, notes = book.create_sheet("2021"), book.create_sheet("Notes")
    for sheet in (book.active, older):
        sheet.append(["child id", "start"])
        sheet.append(["C1", date(2022, 1, 1)])
    notes.append(["Made by the data team"])
    book.save(tmp_path / "plans.xlsx")
    report = import_file(workspace, "ehc_plans", tmp_path / "plans.xlsx")
    assert report.sheet == "2022"
    assert report.warnings[0] == "Only the sheet '2022' was read. These have rows too: '2021'. Choose one with --sheet."


def test_progress_is_told_in_order(cases, workspace):
    shares = []
    import_file(workspace, "cme_involvements", cases, progress=lambda _step, share: shares.append(share))
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def tree(folder):
    return {path: (path.stat().st_mtime_ns, path.is_file() and path.read_bytes()) for path in folder.rglob("*")}


def test_only_looking_changes_nothing(cases, workspace, tmp_path):
    bad = write(tmp_path, "child id,start\nC1,31/02/2022\n", "bad.csv")
    assert import_file(workspace, "cme_involvements", cases, only_check=True).accepted == 4
    assert not workspace.exists()
    import_file(workspace, "cme_involvements", cases)
    before = tree(workspace)
    report = import_file(workspace, "cme_involvements", cases, mapping={"sen_status": None}, only_check=True)
    assert (report.accepted, report.quarantined, report.snapshot_id, report.quarantine_file) == (4, 4, "", None)
    assert (report.flagged_rows, len(report.flagged), report.flagged_file) == (2, 2, None)
    with pytest.raises(ImportRefusedError) as refused:
        import_file(workspace, "cme_involvements", bad, only_check=True)
    assert refused.value.report.quarantine_file is None
    assert tree(workspace) == before


CELLS = st.sampled_from(
    ["", "C1", "C2", "Jane", "01/09/2021", "31/02/2022", "2022-01-01", "BUSC", "HP20 1UA", "x", "Y"]
)
LINES = st.lists(st.lists(CELLS, min_size=0, max_size=7), min_size=1, max_size=12)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES)
def test_rows_read_are_accepted_or_quarantined(tmp_path, lines):
    text = "child id,start,end,closure,postcode,protected\n" + "\n".join(",".join(line) for line in lines)
    filled = sum(any(line) for line in lines)
    workspace = tmp_path / "workspace"
    try:
        report = import_file(workspace, "cme_involvements", write(tmp_path, text))
    except ImportRefusedError as refused:
        report = refused.report
        assert report.accepted == 0
    except InputError:
        assert not filled
        return
    assert report.rows_read == report.accepted + report.quarantined
    assert report.flagged_rows <= report.accepted
    if report.flagged_rows:
        assert pd.read_csv(report.flagged_file)["row"].nunique() == report.flagged_rows
    if report.quarantined:
        assert pd.read_csv(report.quarantine_file)["row"].nunique() == report.quarantined
    if report.snapshot_id:
        assert len(load(workspace, "cme_involvements")) == report.accepted
        assert (
            sum(report.geocoding[key] for key in report.geocoding if key not in ("by_point", "ended"))
            == report.accepted
        )
