"""Populations: complete for every small area, of one date, whatever areas and layout the file has."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from geodata.areas import load_areas
from geodata.errors import InputError
from geodata.importing import ImportRefusedError, import_file
from geodata.profile import load_profile
from geodata.snapshot import Workspace

REAL = Path(__file__).parents[4] / "shared" / "data" / "population" / "mid2020_lsoa11_single_year_of_age.csv"


def write(tmp_path, text, name="cases.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def load(workspace, dataset):
    snapshot = Workspace(workspace).current()
    return pd.read_parquet(snapshot.data_path(snapshot.parts(dataset)[-1]))


@pytest.fixture
def workspace(tmp_path):
    return tmp_path / "workspace"


def population(*, wide, per_cell=2, extra=()):
    atoms = load_areas(load_profile()).atoms
    if wide:
        lines = ["area code,All ages," + ",".join(map(str, range(90))) + ",90+"]
        lines += [f"{atom},999," + ",".join([str(per_cell)] * 91) for atom in atoms]
    else:
        lines = ["LSOA11CD,Age,Population"]
        lines += [f"{atom},{age},{per_cell}" for atom in atoms for age in range(91)]
    return "\n".join([*lines, *extra]) + "\n"


@pytest.mark.parametrize("wide", [True, False])
def test_a_population_wide_or_long(tmp_path, workspace, wide):
    report = import_file(workspace, "population", write(tmp_path, population(wide=wide), "mid2021.csv"))
    frame = load(workspace, "population")
    assert (report.reference_date, report.quarantined) == (date(2021, 6, 30), 0)
    assert report.accepted == (319 if wide else 319 * 91)
    assert (len(frame), frame["persons"].sum()) == (319 * 91, 319 * 91 * 2)
    assert list(frame.columns) == ["atom", "age", "persons"]


def test_other_areas_are_set_aside(tmp_path, workspace):
    cells = ",".join(["1"] * 92)
    text = population(wide=True, extra=[f"E01000001,{cells}", f"Bucks,{cells}"])
    report = import_file(workspace, "population", write(tmp_path, text), reference_date=date(2020, 1, 1))
    assert (report.rows_read, report.accepted, report.quarantined) == (321, 319, 2)
    assert pd.read_csv(report.quarantine_file)["row"].drop_duplicates().tolist() == [321, 322]
    assert load(workspace, "population")["persons"].sum() == 319 * 91 * 2


@pytest.mark.parametrize("wide", [True, False])
def test_a_negative_count_is_set_aside_and_the_hole_refused(tmp_path, workspace, wide):
    lines = population(wide=wide).splitlines()
    lines[1] = lines[1][:-1] + "-2"
    with pytest.raises(ImportRefusedError, match="E01017627") as refused:
        import_file(workspace, "population", write(tmp_path, "\n".join(lines), "mid2021.csv"))
    report = refused.value.report
    assert report.quarantined == 1
    listed = pd.read_csv(report.quarantine_file)
    assert listed[["row", "column", "reason"]].to_numpy().tolist() == [[2, "persons", "below zero"]]
    assert not (workspace / "CURRENT").exists()


def test_a_population_without_a_date_is_refused_unless_modelled(tmp_path, workspace):
    file = write(tmp_path, population(wide=True), "people.csv")
    with pytest.raises(InputError, match="--date"):
        import_file(workspace, "population", file)
    assert import_file(workspace, "population", file, basis="modelled").reference_date is None


@pytest.mark.parametrize("wide", [True, False])
def test_an_area_and_age_in_two_rows_is_refused(tmp_path, workspace, wide):
    again = "E01017627," + ",".join(["1"] * 92) if wide else "E01017627,7,2"
    with pytest.raises(InputError, match=r"split by sex or by date\? Give one row of all persons"):
        import_file(workspace, "population", write(tmp_path, population(wide=wide, extra=[again]), "mid2021.csv"))
    assert not (workspace / "CURRENT").exists()


def test_ages_above_90_of_one_wide_row_are_no_repeat(tmp_path, workspace):
    lines = population(wide=True).splitlines()
    text = "\n".join([lines[0].replace("90+", "90,91+"), *(f"{line},2" for line in lines[1:])])
    import_file(workspace, "population", write(tmp_path, text, "mid2021.csv"))
    assert load(workspace, "population")["persons"].sum() == 319 * 92 * 2


def test_of_several_dates_one_is_selected_never_relabelled(tmp_path, workspace):
    heading, *lines = population(wide=False).splitlines()
    rows = [f"{line},{day}" for line in lines for day in ("30/06/2019", "30/06/2020")]
    rows = [row.replace(",2,30/06/2020", ",3,30/06/2020") for row in rows]
    file = write(tmp_path, "\n".join([f"{heading},Date", *rows]), "mid2021.csv")
    with pytest.raises(InputError, match="several dates: 2019-06-30, 2020-06-30"):
        import_file(workspace, "population", file)
    with pytest.raises(InputError, match="no row of 2021-06-30"):
        import_file(workspace, "population", file, reference_date=date(2021, 6, 30))
    report = import_file(workspace, "population", file, reference_date=date(2020, 6, 30))
    assert (report.reference_date, report.accepted, report.quarantined) == (date(2020, 6, 30), 319 * 91, 319 * 91)
    assert load(workspace, "population")["persons"].sum() == 319 * 91 * 3


def test_persons_are_whole(tmp_path, workspace):
    text = population(wide=False)
    accepted = import_file(workspace, "population", write(tmp_path, text.replace(",2\n", ",2.0\n"), "mid2021.csv"))
    assert accepted.quarantined == 0
    with pytest.raises(ImportRefusedError) as refused:
        import_file(workspace, "population", write(tmp_path, text.replace(",2\n", ",2.5\n", 1), "mid2021.csv"))
    assert [(item["reason"], item["rows"]) for item in refused.value.report.reasons] == [
        ("not a whole number of persons", 1)
    ]


@pytest.mark.skipif(not REAL.is_file(), reason="the real population file is not here")
def test_the_real_population(workspace):
    report = import_file(workspace, "population", REAL)
    frame = load(workspace, "population")
    assert (report.accepted, report.quarantined, report.reference_date) == (319, 0, date(2020, 6, 30))
    assert frame["persons"].sum() == pd.read_csv(REAL)["total_population"].sum()
    children = frame[frame["age"].between(5, 15)]["persons"].sum()
    assert children == pd.read_csv(REAL)["age_5_15"].sum()
