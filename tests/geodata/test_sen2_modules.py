import pytest

from geodata.contracts.children import PROTECTED
from geodata.errors import ContractError, InputError
from geodata.names import is_name_heading
from geodata.sen2_columns import COLUMNS, MARKS, NEEDED
from geodata.sen2_modules import read_modules

PERSON = "persontableid,surname,upn\n1,Smith,\n"
PLAN = "persontableid,startdate\n1.0, 2022-09-01 \nNULL,-\n"


def files(folder, **contents):
    paths = []
    for name, text in contents.items():
        paths.append(folder / f"{name}.csv")
        paths[-1].write_text(text, encoding="utf-8")
    return paths


def test_cells_are_plain_text(tmp_path):
    modules, unused = read_modules(files(tmp_path, x_person=PERSON, x_namedplan=PLAN))
    plans = modules["namedplan"]
    assert plans.frame.to_dict("list") == {"person": ["1", ""], "start": ["2022-09-01", ""]}
    assert (plans.rows.tolist(), plans.count, unused) == ([2, 3], 2, ())
    assert plans.text("end").tolist() == ["", ""]
    assert list(modules["person"].frame.columns) == ["person", "upn"]


@pytest.mark.parametrize("name", ["PERSONS", "2024 Person", "our_persons"])
def test_names_of_files(tmp_path, name):
    modules, _ = read_modules(files(tmp_path, **{name: PERSON, "Named Plans": PLAN}))
    assert modules["person"].path.stem == name


def test_a_name_that_its_headings_contradict_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"'x_person\.csv' is called person but has the headings of namedplan"):
        read_modules(files(tmp_path, x_person=PLAN, x_namedplan=PLAN))


def test_a_column_that_lacks_is_named(tmp_path):
    with pytest.raises(ContractError, match=r"x_namedplan\.csv.*no column persontableid or requeststableid or"):
        read_modules(files(tmp_path, x_person=PERSON, x_namedplan="startdate,planres\n2022-09-01,N\n"))


def test_a_column_twice_is_refused(tmp_path):
    with pytest.raises(ContractError, match="heading startdate twice"):
        read_modules(files(tmp_path, x_person=PERSON, x_namedplan="persontableid,startdate,Start Date\n1,a,b\n"))


def test_a_file_that_is_not_needed_is_not_opened(tmp_path):
    paths = files(tmp_path, x_person=PERSON, x_namedplan=PLAN, x_requests="")
    assert read_modules(paths)[1] == (paths[2],)


def test_a_workbook_called_csv_is_refused(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    paths = files(tmp_path, x_person=PERSON, x_namedplan=PLAN)
    book = openpyxl.Workbook()
    book.active.append(["persontableid", "upn"])
    book.active.append(["1", ""])
    book.save(tmp_path / "book.xlsx")
    (tmp_path / "book.xlsx").replace(paths[0])
    with pytest.raises(InputError, match="Save it as CSV"):
        read_modules(paths)


def test_no_message_repeats_a_cell(tmp_path):
    with pytest.raises(ContractError) as refused:
        read_modules(files(tmp_path, x_person=PERSON, x_namedplan="1,Smith\n2,Smith\n"))
    assert "Smith" not in str(refused.value)


def test_no_column_that_is_read_stands_for_a_name():
    headings = {name for columns in COLUMNS.values() for names in columns.values() for name in names}
    assert [name for name in headings if is_name_heading(name)] == []


def test_every_module_has_its_needs_and_marks():
    assert set(COLUMNS) == set(NEEDED) == set(MARKS)
    for module, sets in NEEDED.items():
        assert {key for keys in sets for key in keys} <= set(COLUMNS[module])


def test_no_heading_of_a_module_means_two_columns():
    for columns in COLUMNS.values():
        names = [name for found in columns.values() for name in found]
        assert len(names) == len(set(names))
        assert PROTECTED.key not in names
