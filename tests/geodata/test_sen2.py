"""A small SEN2 return in the layout of the department's export: three children, every module. None is real."""

import calendar
import csv
from datetime import date

import numpy as np
import pytest

from geodata.contracts import contract
from geodata.errors import ContractError, InputError
from geodata.quarantine import MISFIT
from geodata.sen2 import NO_END, join_modules
from geodata.validation import check, read_types

SURNAME, FORENAME = "Featherstonehaugh", "Persephone"
UPN = "A825200001001"

PLACE = "urn ukprn sensetting sensettingother placementrank senunitindicator resourcedprovisionindicator"
BLADE = {
    "sen2": "sen2tableid NativeId sen2orderseqcolumn sourceid collection year referencedate sourcelevel lea",
    "person": "persontableid NativeId personorderseqcolumn sourceid sen2tableid surname forename personbirthdate sex "
    "ethnicity postcode upn uniquelearnernumber upnunknown",
    "requests": "requeststableid NativeId sourceid persontableid receiveddate rya requestoutcomedate requestoutcome",
    "assessment": "assessmenttableid NativeId sourceid requeststableid assessmentoutcome assessmentoutcomedate week20",
    "namedplan": "namedplantableid NativeId sourceid assessmenttableid startdate planres pb oa ceasedate ceasereason",
    "plandetail": f"plandetailtableid NativeId sourceid namedplantableid {PLACE}",
    "activeplans": "activeplanstableid NativeId sourceid requeststableid transferla reviewmeeting lastreview",
    "placementdetail": f"placementdetailtableid NativeId sourceid activeplanstableid res {PLACE} entrydate leavingdate",
    "senneed": "senneedtableid NativeId sourceid activeplanstableid sentype sentyperank",
}
"""Headings of COLLECT's export."""


def day(text):
    """2022-09-28 -> 2022-Sep-28 00:00:00, as the export writes it."""
    year, month, number = text.split("-")
    return f"{year}-{calendar.month_abbr[int(month)]}-{number} 00:00:00"


def small_return():
    """Module -> rows: child 1 has a UPN and a school, child 2 a ULN and is at home, child 3 neither and moved away."""
    return {
        "sen2": [{"sen2tableid": "1", "referencedate": day("2023-01-19"), "sourcelevel": "L"}],
        "person": [
            {"persontableid": "11", "upn": UPN, "personbirthdate": day("2012-05-17"), "postcode": "HP20 1UA"},
            {"persontableid": "12", "upnunknown": "UN4", "uniquelearnernumber": "1234567890",
             "personbirthdate": day("2005-02-03"), "postcode": "HP11 1BB"},
            {"persontableid": "13", "upn": "X02", "upnunknown": "UN1", "personbirthdate": day("2018-12-31")},
        ],
        "requests": [{"requeststableid": f"2{n}", "persontableid": f"1{n}"} for n in (1, 2, 3)],
        "assessment": [{"assessmenttableid": f"3{n}", "requeststableid": f"2{n}"} for n in (1, 2, 3)],
        "namedplan": [
            {"namedplantableid": "41", "assessmenttableid": "31", "startdate": day("2019-09-28")},
            {"namedplantableid": "42", "assessmenttableid": "32", "startdate": day("2020-01-06")},
            {"namedplantableid": "43", "assessmenttableid": "33", "startdate": day("2021-03-01"),
             "ceasedate": day("2022-07-21"), "ceasereason": "5"},
        ],
        "plandetail": [
            {"namedplantableid": "41", "urn": "110511", "placementrank": "1"},
            {"namedplantableid": "43", "urn": "110512", "placementrank": "1", "senunitindicator": "false",
             "resourcedprovisionindicator": "true"},
        ],
        "activeplans": [{"activeplanstableid": f"6{n}", "requeststableid": f"2{n}"} for n in (1, 2)],
        "placementdetail": [
            placement("61", "2021-09-01", urn="110513"), placement("62", "2020-01-06", sensetting="EHE"),
        ],
        "senneed": [need("61", "SEMH", 2), need("61", "ASD", 1), need("62", "SLCN", 1)],
    }  # fmt: skip


def placement(active, entry, leaving="", rank=1, **cells):
    indicators = {"senunitindicator": "false", "resourcedprovisionindicator": "false"}
    dates = {"entrydate": day(entry), "leavingdate": leaving and day(leaving)}
    return {"activeplanstableid": active, "placementrank": str(rank)} | indicators | dates | cells


def need(active, code, rank):
    return {"activeplanstableid": active, "sentype": code, "sentyperank": str(rank)}


def second_plan(modules, person="11", **cells):
    """Give a person another request with a plan, 49, of assessment 39 and request 29."""
    modules["requests"].append({"requeststableid": "29", "persontableid": person})
    modules["assessment"].append({"assessmenttableid": "39", "requeststableid": "29"})
    modules["namedplan"].append({"namedplantableid": "49", "assessmenttableid": "39"} | cells)
    return modules


def write(folder, modules, headings=BLADE):
    """Write the modules as files of an export; all persons have the same telling name."""
    paths = []
    for module, rows in modules.items():
        path = folder / f"Blade-Export_28-02-2023_{module}.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            sheet = csv.DictWriter(file, headings[module].split(), restval="", extrasaction="ignore")
            sheet.writeheader()
            sheet.writerows({"surname": SURNAME, "forename": FORENAME, "NativeId": "825"} | row for row in rows)
        paths.append(path)
    return paths


def join(folder, modules, headings=BLADE, **options):
    joined = join_modules(write(folder, modules, headings), **options)
    assert joined.rows_read == len(joined.frame) + len({row for row, _, _ in joined.faults})
    assert joined.frame.index.tolist() == list(range(len(joined.frame))) == list(range(len(joined.rows)))
    return joined


def column(joined, key):
    return joined.frame[key].tolist()


def notes(joined, word):
    return [note for note in joined.notes if word in note]


def test_a_row_for_each_named_plan(tmp_path):
    joined = join(tmp_path, small_return())
    assert column(joined, "child_id")[:2] == [UPN, "1234567890"]
    assert column(joined, "start_date") == [day("2019-09-28"), day("2020-01-06"), day("2021-03-01")]
    assert column(joined, "end_date") == ["", "", day("2022-07-21")]
    assert column(joined, "primary_need") == ["ASD", "SLCN", ""]
    assert column(joined, "provision") == ["", "other", "base"]
    assert column(joined, "school_urn") == ["110513", "", "110512"]
    assert column(joined, "postcode") == ["HP20 1UA", "HP11 1BB", ""]
    assert joined.rows.tolist() == [2, 3, 4]
    assert joined.modules["namedplan"] == ("Blade-Export_28-02-2023_namedplan.csv", 3)
    assert (joined.unused, joined.faults) == ((), ())


def test_the_contract_accepts_every_joined_row(tmp_path):
    joined = join(tmp_path, small_return())
    wanted = contract("ehc_plans")
    assert set(joined.frame.columns) == set(wanted.keys) - {"year_group", "protected"}
    assert {str(kind) for kind in joined.frame.dtypes} == {"str"}
    typed, unreadable = read_types(wanted, joined.frame)
    assert check(wanted, typed, unreadable) == []
    assert typed["born"].dt.strftime("%Y-%m-%d").tolist() == ["2012-05-01", "2005-02-01", "2018-12-01"]


def test_names_are_never_loaded(tmp_path):
    modules = second_plan(small_return(), person="99")
    modules["person"].append(modules["person"][0] | {"postcode": "HP1 1AA"})
    joined = join(tmp_path, modules)
    assert joined.faults
    text = repr(joined) + joined.frame.to_csv()
    assert SURNAME not in text
    assert FORENAME not in text
    assert UPN not in repr(joined)


def test_what_is_not_known_is_said(tmp_path):
    joined = join(tmp_path, small_return())
    assert set(joined.notes) == {
        "Children without a usable UPN known by their ULN: 1.",
        "Children without a usable number: 1. Their identifier holds for this export only; the next one gives them "
        "another.",
        "The return does not mark protected addresses: none was withheld.",
        "Plans without a placement record: 1. The setting that the plan names stands for it.",
        "Plans without a need on record: 1. Their primary need is blank.",
        "Plans placed in a school known by its number (URN) alone: 1. Their provision is blank until the school's type "
        "is known.",
    }


def test_a_case_systems_own_files_need_no_requests(tmp_path):
    """There each module repeats the person and the request, and none has an ID of its own."""
    own = {
        "person": "persontableid surname forename personbirthdate postcode upn uniquelearnernumber upnunknown",
        "requests": "persontableid requeststableid receiveddate",
        "namedplan": "persontableid requeststableid startdate ceasedate ceasereason",
        "plandetail": f"persontableid requeststableid {PLACE}",
        "activeplans": "persontableid requeststableid transferla lastreview",
        "placementdetail": f"persontableid requeststableid {PLACE} entrydate leavingdate",
        "senneed": "persontableid requeststableid sentype sentyperank",
    }
    blade = small_return()
    by_active = {row["activeplanstableid"]: row["requeststableid"] for row in blade["activeplans"]}
    by_plan = {row["namedplantableid"]: f"2{row['namedplantableid'][-1]}" for row in blade["namedplan"]}
    links = {"persontableid": lambda request: f"1{request[-1]}", "requeststableid": lambda request: request}
    modules = {"person": blade["person"], "requests": [{"requeststableid": "21", "persontableid": "11"}]}
    for name in own.keys() - modules.keys():
        modules[name] = []
        for row in blade[name]:
            request = row.get("requeststableid") or by_active.get(row.get("activeplanstableid"))
            request = request or by_plan[row["namedplantableid"]]
            modules[name].append(row | {key: link(request) for key, link in links.items()})
    same, joined = join(tmp_path, blade), join(tmp_path, modules, own, on=date(2023, 1, 19))
    assert joined.frame.drop(columns="child_id").equals(same.frame.drop(columns="child_id"))
    assert joined.unused == ("Blade-Export_28-02-2023_requests.csv",)
    assert set(joined.modules) == set(own) - {"requests"}


def test_headings_are_found_whatever_their_case_and_spaces(tmp_path):
    tidy = {
        "assessmenttableid": "Assessment_Table_ID",
        "startdate": "StartDate",
        "namedplantableid": "NamedPlanTableID",
    }
    path = tmp_path / "Blade-Export_28-02-2023_namedplan.csv"
    expected = join(tmp_path, small_return()).frame
    files = write(tmp_path, small_return())
    text = path.read_text(encoding="utf-8")
    for old, new in tidy.items():
        text = text.replace(old, new)
    path.write_text(text.replace("ceasedate", "cease date"), encoding="cp1252")
    assert join_modules(files).frame.equals(expected)


def test_any_prefix_and_order_and_a_telling_heading_will_do(tmp_path):
    files = [path.rename(path.with_name(path.name.replace("Blade-Export_28-02-2023_", "Our SEN2 ").upper()))
             for path in write(tmp_path, small_return())]  # fmt: skip
    expected = join_modules(files).frame
    files = [path.rename(tmp_path / f"{number}.csv") for number, path in enumerate(reversed(files))]
    assert join_modules(files).frame.equals(expected)


def test_other_files_are_left_alone(tmp_path):
    (tmp_path / "notes.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "readme.txt").write_text("Hello", encoding="utf-8")
    files = [*write(tmp_path, small_return()), tmp_path / "notes.csv", tmp_path / "readme.txt"]
    assert join_modules(files).unused == ("notes.csv", "readme.txt")


@pytest.mark.parametrize("module", ["person", "namedplan", "requests", "assessment"])
def test_a_needed_module_that_lacks_is_named(tmp_path, module):
    modules = small_return()
    del modules[module]
    with pytest.raises(ContractError, match=rf"module {module} is missing.*{module}\.csv"):
        join(tmp_path, modules)


@pytest.mark.parametrize(
    ("module", "blank"),
    [
        ("senneed", {"primary_need": ["", "", ""]}),
        ("plandetail", {"provision": ["", "other", ""], "school_urn": ["110513", "", ""]}),
        ("placementdetail", {"provision": ["", "", "base"], "school_urn": ["110511", "", "110512"]}),
        ("activeplans", {"primary_need": ["", "", ""], "school_urn": ["110511", "", "110512"]}),
    ],
)
def test_without_another_module_its_columns_stay_blank(tmp_path, module, blank):
    modules = small_return()
    del modules[module]
    joined = join(tmp_path, modules)
    assert {key: column(joined, key) for key in blank} == blank
    assert notes(joined, f"There is no module {module}")


def test_a_module_twice_is_refused(tmp_path):
    files = write(tmp_path, small_return())
    (tmp_path / "other").mkdir()
    with pytest.raises(InputError, match="both the module sen2"):
        join_modules([*files, *write(tmp_path / "other", small_return())])


def test_a_plan_that_leads_to_no_person_is_set_aside(tmp_path):
    modules = second_plan(small_return(), person="99", startdate=day("2022-01-01"))
    modules["namedplan"] += [
        {"namedplantableid": "44", "assessmenttableid": "38", "startdate": day("2022-02-01")},
        {"namedplantableid": "45", "startdate": day("2022-02-01")},
    ]
    joined = join(tmp_path, modules)
    assert joined.faults == (
        (5, "child_id", "leads to no person through the person module"),
        (6, "child_id", "leads to no request through the assessment module"),
        (7, "child_id", "states no ID of the assessment module"),
    )
    assert len(joined.frame) == 3


def test_persons_of_one_id_that_differ_are_not_told_apart(tmp_path):
    modules = small_return()
    modules["person"] += [modules["person"][0] | {"postcode": "HP1 1AA"}, modules["person"][1]]
    joined = join(tmp_path, modules)
    assert joined.faults == ((2, "child_id", "several rows of the person module have its ID"),)
    assert joined.rows.tolist() == [3, 4]
    assert column(joined, "child_id")[0] == "1234567890"  # the same row twice is one person


def test_a_reason_without_a_date_is_set_aside(tmp_path):
    modules = small_return()
    modules["namedplan"][1]["ceasereason"] = "2"
    joined = join(tmp_path, modules)
    assert joined.faults == ((3, "end_date", NO_END),)
    assert column(joined, "primary_need") == ["ASD", ""]


def test_rows_with_a_cell_too_many_are_set_aside(tmp_path):
    files = write(tmp_path, small_return())
    for path in files:
        if path.stem.endswith(("namedplan", "senneed")):
            lines = path.read_text(encoding="utf-8").splitlines()
            path.write_text("\n".join([lines[0], lines[1] + ",", *lines[2:]]), encoding="utf-8")
    joined = join_modules(files)
    assert joined.faults == ((2, "", MISFIT),)
    assert (joined.rows_read, joined.rows.tolist()) == (3, [3, 4])
    assert joined.modules["senneed"][1] == 3
    assert notes(joined, "Rows of senneed with more or fewer cells than headings: 1")


def test_the_cease_date_is_found_where_the_plan_detail_has_it(tmp_path):
    modules = small_return()
    headings = BLADE | {
        "namedplan": BLADE["namedplan"].removesuffix(" ceasedate ceasereason"),
        "plandetail": BLADE["plandetail"] + " ceasedate ceasereason",
    }
    modules["plandetail"][1] |= {"ceasedate": day("2022-07-21"), "ceasereason": "5"}
    assert column(join(tmp_path, modules, headings), "end_date") == ["", "", day("2022-07-21")]
    headings = headings | {"plandetail": BLADE["plandetail"]}
    assert "end_date" not in join(tmp_path, modules, headings).frame


def test_each_plan_of_a_child_has_its_own_placement_and_need(tmp_path):
    modules = second_plan(small_return(), startdate=day("2015-01-05"), ceasedate=day("2018-01-05"), ceasereason="2")
    modules["activeplans"].append({"activeplanstableid": "69", "requeststableid": "29"})
    modules["placementdetail"].append(placement("69", "2015-01-05", "2018-01-05", urn="110514"))
    modules["senneed"].append(need("69", "MLD", 1))
    joined = join(tmp_path, modules)
    assert column(joined, "child_id")[3] == UPN
    assert column(joined, "school_urn") == ["110513", "", "110512", "110514"]
    assert column(joined, "primary_need") == ["ASD", "SLCN", "", "MLD"]


def test_what_came_of_another_request_is_the_open_plans_not_a_ceased_ones(tmp_path):
    """The active plan may stand under a later request than the plan's."""
    modules = small_return()
    modules["requests"] += [{"requeststableid": f"5{n}", "persontableid": f"1{n}"} for n in (1, 3)]
    modules["activeplans"] = [{"activeplanstableid": f"6{n}", "requeststableid": f"5{n}"} for n in (1, 3)]
    modules["placementdetail"] = [placement(f"6{n}", "2021-09-01", urn=f"11059{n}") for n in (1, 3)]
    joined = join(tmp_path, modules)
    assert column(joined, "school_urn") == ["110591", "", "110512"]
    assert notes(joined, "Rows of placementdetail that belong to no named plan: 1")


def test_what_could_belong_to_two_open_plans_belongs_to_none(tmp_path):
    modules = second_plan(small_return(), startdate=day("2020-05-05"))
    modules["requests"].append({"requeststableid": "51", "persontableid": "11"})
    modules["activeplans"][0]["requeststableid"] = "51"
    joined = join(tmp_path, modules)
    assert column(joined, "primary_need") == ["", "SLCN", "", ""]
    assert notes(joined, "Rows of senneed that could belong to several plans of a child: 2")


def test_without_a_header_today_decides_or_the_day_that_is_given(tmp_path):
    modules = small_return()
    modules["placementdetail"] = [placement("61", "2020-09-01", "2021-07-20", urn="1"),
                                  placement("61", "2021-09-01", urn="2")]  # fmt: skip
    del modules["sen2"]
    assert column(join(tmp_path, modules), "school_urn")[0] == "2"
    assert column(join(tmp_path, modules, on=date(2021, 1, 19)), "school_urn")[0] == "1"


def test_plans_that_were_transferred_in_are_counted(tmp_path):
    modules = small_return()
    modules["activeplans"][0]["transferla"] = "931"
    modules["activeplans"][1]["transferla"] = "000"
    assert notes(join(tmp_path, modules), "Plans transferred in from another authority: 1.")


def test_a_provider_without_a_urn_is_said(tmp_path):
    modules = small_return() | {"placementdetail": [placement("61", "2020-09-01", ukprn="10000001")]}
    joined = join(tmp_path, modules)
    assert column(joined, "provision")[0] == ""
    assert notes(joined, "by its UKPRN alone: 1")
    assert notes(joined, "Plans without a placement on record: 1")


def test_markers_of_protected_addresses_are_all_taken_over(tmp_path):
    headings = BLADE | {"person": BLADE["person"] + " addressprotected refuge ncyear"}
    modules = small_return()
    modules["person"][0] |= {"addressprotected": "N", "refuge": "Y", "ncyear": "6"}
    modules["person"][1] |= {"addressprotected": "unknown"}
    joined = join(tmp_path, modules, headings)
    assert column(joined, "protected") == ["Y", "unknown", ""]
    assert column(joined, "year_group") == ["6", "", ""]
    assert not notes(joined, "protected")


def test_no_plan_at_all_can_be_joined(tmp_path):
    modules = small_return()
    for person in modules["person"]:
        person["persontableid"] = "99" + person["persontableid"]
    joined = join(tmp_path, modules)
    assert (len(joined.frame), len(joined.faults)) == (0, 3)
    assert joined.rows.dtype == np.int64
    assert {"child_id", "start_date", "provision"} <= set(joined.frame.columns)
