"""Files as they are handed in: one table, or the modules of a SEN2 return; names of people are refused."""

import json
import shutil

import pandas as pd
import pytest

from geodata.errors import ContractError, InputError, UsageError
from geodata.importing import ImportRefusedError, import_file
from geodata.snapshot import Workspace

MODULES = {
    "person": [
        "persontableid,surname,forename,personbirthdate,postcode,upn",
        "11,Featherstonehaugh,Persephone,2012-May-17 00:00:00,HP91 1AA,A825200001001",
        "12,Featherstonehaugh,Persephone,2010-May-17 00:00:00,HP94 1AA,A825200001002",
    ],
    "requests": ["requeststableid,persontableid", "21,11", "22,12"],
    "assessment": ["assessmenttableid,requeststableid", "31,21", "32,22"],
    "namedplan": [
        "namedplantableid,assessmenttableid,startdate,ceasedate,ceasereason",
        "41,31,2019-Sep-28 00:00:00,,",
        "42,32,2020-Jan-06 00:00:00,,",
        "43,39,2021-Jan-06 00:00:00,,",
        "44,32,never,,",
    ],
    "plandetail": ["namedplantableid,urn,placementrank", "41,110511,1", "42,110512,1"],
}


def modules(folder):
    folder.mkdir()
    for name, lines in MODULES.items():
        (folder / f"Blade-Export_28-02-2023_{name}.csv").write_text("\n".join(lines) + "\n")
    return folder


def plans(path):
    snapshot = Workspace(path).current()
    return pd.read_parquet(snapshot.data_path(snapshot.parts("ehc_plans")[0])).set_index("child_id")


@pytest.mark.parametrize("how", ["a folder", "several paths"])
def test_the_modules_of_a_return(squares, how, capfd, caplog):
    folder = modules(squares.files / "return")
    given = folder if how == "a folder" else sorted(folder.glob("*.csv"))
    report = import_file(squares.path, "ehc_plans", given, profile=squares.profile)
    # The third plan has no assessment that leads to a person, the fourth no date.
    assert (report.rows_read, report.accepted, report.quarantined) == (4, 2, 2)
    assert report.source_name == "Blade-Export_28-02-2023_namedplan.csv"
    assert pd.read_csv(report.quarantine_file)["row"].tolist() == [4, 5]
    found = plans(squares.path)
    assert found["atom"].to_dict() == {"A825200001001": "E01000001", "A825200001002": "E01000004"}
    assert found["provision"].isna().all()
    said = json.dumps(report.to_dict()) + caplog.text + "".join(capfd.readouterr())
    written = b"".join(path.read_bytes() for path in squares.path.rglob("*") if path.is_file()).decode("latin-1")
    assert "Persephone" not in said + written


def test_the_provision_of_a_plan_is_that_of_its_school_where_schools_are_loaded(squares):
    rows = ["110511,One,Community special school,HP91 1AA", "110512,Two,Academy converter,HP94 1AA"]
    schools = squares.write(squares.files / "schools.csv", "urn,name,type,postcode", *rows)
    import_file(squares.path, "schools", schools, profile=squares.profile)
    import_file(squares.path, "ehc_plans", modules(squares.files / "return"), profile=squares.profile)
    assert plans(squares.path)["provision"].to_dict() == {"A825200001001": "special", "A825200001002": "mainstream"}


def test_a_return_of_which_no_plan_can_be_joined_is_refused_with_its_reasons(squares):
    folder = modules(squares.files / "return")
    (folder / "Blade-Export_28-02-2023_assessment.csv").write_text("assessmenttableid,requeststableid\n91,99\n")
    with pytest.raises(ImportRefusedError, match="could be accepted") as refused:
        import_file(squares.path, "ehc_plans", folder, profile=squares.profile)
    report = refused.value.report
    assert (report.rows_read, report.accepted, report.quarantined) == (4, 0, 4)
    assert not (squares.path / "CURRENT").exists()


def test_what_is_no_return_is_said(squares, tmp_path):
    folder = modules(squares.files / "return")
    with pytest.raises(UsageError, match="cme_involvements is one file"):
        import_file(squares.path, "cme_involvements", folder, profile=squares.profile)
    with pytest.raises(UsageError, match="no CSV file"):
        import_file(squares.path, "ehc_plans", tmp_path, profile=squares.profile)
    with pytest.raises((UsageError, InputError), match="gone"):
        import_file(squares.path, "ehc_plans", [*folder.glob("*.csv"), folder / "gone.csv"], profile=squares.profile)
    with pytest.raises(UsageError, match="Give a file"):
        import_file(squares.path, "ehc_plans", [], profile=squares.profile)
    shutil.rmtree(folder)


NAMED = ["JSMITH12", "AJONES3", "PATEL-R1", "MOHAMMED9", "DWILLIAMS2", "EBROWN7"]


@pytest.mark.parametrize(
    ("dataset", "heading", "row", "says"),
    [
        ("ehc_plans", "case id,start", "{},2022-01-01", "'case id' was taken for child_id"),
        ("early_help_cases", "child id,family ref,start", "1{i},{},2022-01-01", "'family ref' was taken for family_id"),
        ("link_workers", "post number,team", "{},West", "'post number' was taken for post"),
    ],
)
def test_identifiers_that_are_made_of_names_are_refused(squares, dataset, heading, row, says):
    rows = [row.format(name, i=i) for i, name in enumerate(NAMED)]
    file = squares.write(squares.files / "named.csv", heading, *rows)
    with pytest.raises(ContractError, match=f"{says} .*--map") as refused:
        import_file(squares.path, dataset, file, profile=squares.profile)
    assert not any(name in str(refused.value) for name in NAMED)
    assert not squares.path.exists()


def test_a_column_of_names_is_no_column_of_text(squares):
    people = ["Jane Smith", "Tom Green", "Aisha Khan", "Mohammed Ali", "Emma Brown"]
    rows = [f"P{i},{name},{name}" for i, name in enumerate(people)]
    file = squares.write(squares.files / "named.csv", "post,colour,base", *rows)
    with pytest.raises(ContractError, match=r"'base' was taken for base .*leave it out there: \{\"base\": null\}"):
        import_file(squares.path, "link_workers", file, profile=squares.profile)
    with pytest.raises(ContractError, match="'colour' was taken for team"):
        import_file(
            squares.path, "link_workers", file, mapping={"team": "colour", "base": None}, profile=squares.profile
        )
    report = import_file(squares.path, "link_workers", file, mapping={"base": None}, profile=squares.profile)
    assert report.accepted == 5


def test_one_name_among_places_sets_its_row_aside(squares):
    bases = ["Aylesbury", "High Wycombe", "Chesham", "Amersham", "Jane Smith"]
    file = squares.write(squares.files / "w.csv", "post,base", *(f"P{i},{base}" for i, base in enumerate(bases)))
    report = import_file(squares.path, "link_workers", file, profile=squares.profile)
    assert (report.accepted, report.quarantined) == (4, 1)
    assert pd.read_csv(report.quarantine_file)["value"].tolist() == ["J*** *****"]
