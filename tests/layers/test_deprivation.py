"""The indices of deprivation: deciles are shown as published, counted, and never added up or averaged."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from geodata.snapshot import Workspace
from geodata.store import Store
from layers.base import NO_BASE, NOT_AVAILABLE, NOT_SUMMED
from layers.deprivation import codes, edition_part, read_deciles
from layers.registry import find_layer
from layers.table import area_table

SHARED = Path(__file__).parents[3] / "shared" / "data" / "deprivation"


def test_a_variant_is_an_edition_and_a_domain():
    assert codes(("imd", "idaci")) == {
        "2025-imd": "Index of multiple deprivation (2025)",
        "2025-idaci": "Income deprivation affecting children (2025)",
        "2019-imd": "Index of multiple deprivation (2019)",
        "2019-idaci": "Income deprivation affecting children (2019)",
    }


def test_each_small_area_shows_its_decile_and_nothing_larger_does(subjects_store, subjects):
    table = area_table(subjects_store, find_layer("deprivation"), "lsoa")
    shown = [(table.row(code).value, table.row(code).flag) for code in (subjects.a1, subjects.a2, subjects.chiltern)]
    assert shown == [(1.0, ""), (3.0, ""), (None, NOT_AVAILABLE)]
    assert {row.flag for row in (*table.rows[-2:], table.county)} == {NOT_SUMMED}
    assert {(row.count, row.denominator, row.lower) for row in table.rows} == {(None, None, None)}
    assert (table.total, table.basis) == (None, ("1 of 319 LSOAs without a figure",))


def test_the_share_of_the_most_deprived_is_counted_from_small_areas_with_a_figure(subjects_store):
    table = area_table(subjects_store, find_layer("deprived_areas"), "locality")
    # A1 is in tenth 1, A2 in 3, Wycombe's in 4 (not among the three); one of Chiltern has none.
    assert [(row.code, row.count, row.denominator) for row in table.rows] == [
        ("aylesbury", 2, 115), ("chiltern-south-bucks", 0, 96), ("wycombe", 0, 107), ("unknown", 0, 0),
        ("outside", 0, 0),
    ]  # fmt: skip
    row = table.row("aylesbury")
    assert (row.value, row.lower, row.upper) == (pytest.approx(200 / 115), None, None)
    assert {row.flag for row in table.rows[-2:]} == {NO_BASE}
    assert (table.total, table.total_base, table.county.denominator) == (2, 318, 318)


def test_an_area_without_a_single_figure_is_not_available(store_of, subjects):
    store = store_of(("deprivation", subjects.deciles([(subjects.a1, 1, 1)]), facts("2025")))
    table = area_table(store, find_layer("deprived_areas"), "locality")
    assert [(row.count, row.flag) for row in table.areas] == [(1, ""), (None, NOT_AVAILABLE), (None, NOT_AVAILABLE)]
    assert table.total is None


def facts(edition):
    return {"slot": edition, "about": {"edition": edition}}


def test_editions_are_variants_and_never_periods_of_one_trend(store_of, subjects):
    parts = [("deprivation", subjects.deciles([(subjects.a1, n, None)]), facts(edition))
             for n, edition in ((2, "2019"), (5, "2025"))]  # fmt: skip
    store = store_of(*parts)
    for edition, decile in (("2019", 2.0), ("2025", 5.0)):
        layer = find_layer(f"deprivation:{edition}-imd")
        assert [period.key for period in layer.periods(store)] == [edition]
        assert area_table(store, layer, "lsoa").row(subjects.a1).value == decile
    assert edition_part(store, "2015") is None


def test_a_domain_that_the_file_lacks_has_no_period(subjects_store):
    assert find_layer("deprivation:2025-income").periods(subjects_store) == ()
    assert find_layer("deprivation:2025-idaci").periods(subjects_store) == ()


@pytest.mark.parametrize("decile", [0, 11, None])
def test_what_is_no_tenth_is_no_figure(store_of, subjects, decile):
    store = store_of(("deprivation", subjects.deciles([(subjects.a1, decile, 3)]), facts("2025")))
    assert read_deciles(store, "2025", "imd").of == {}


@pytest.fixture
def recut(council, subjects, profile, tmp_path):
    """A store whose small areas were cut: A1 and A2 from OLD1, Wycombe's merged from OLD2 and OLD3."""

    def make(*rows):
        folder = tmp_path / "pack"
        shutil.copytree(profile.directory, folder)
        lines = ["old,new,share,status", f"OLD1,{subjects.a1},0.4,split", f"OLD1,{subjects.a2},0.6,split",
                 f"OLD2,{subjects.wycombe},1,merged", f"OLD3,{subjects.wycombe},1,merged",
                 f"{subjects.chiltern},{subjects.chiltern},1,unchanged"]  # fmt: skip
        (folder / "correspondence.csv").write_text("\n".join(lines), encoding="utf-8")
        workspace = Workspace(tmp_path / "recut")
        council.add_part(workspace, "deprivation", subjects.deciles(rows), **facts("2019"))
        return Store(workspace.current(), replace(profile, directory=folder))

    return make


def test_a_piece_takes_the_decile_of_the_area_it_was_cut_from_and_that_is_said(recut, subjects):
    store = recut(("OLD1", 4, None), ("OLD2", 1, None), ("OLD3", 1, None), (subjects.chiltern, 7, None))
    table = area_table(store, find_layer("deprivation:2019-imd"), "lsoa")
    assert [table.row(code).value for code in (subjects.a1, subjects.a2, subjects.chiltern)] == [4.0, 4.0, 7.0]
    # Two deciles make none, even where they are alike.
    assert table.row(subjects.wycombe).flag == NOT_AVAILABLE
    assert table.basis == (
        "2 of 319 LSOAs carry the figure of the area they were cut from", "316 of 319 LSOAs without a figure",
    )  # fmt: skip


def test_a_row_of_its_own_comes_before_that_of_the_older_area(recut, subjects):
    deciles = read_deciles(recut(("OLD1", 4, None), (subjects.a1, 9, None)), "2019", "imd")
    assert (dict(deciles.of), deciles.cut) == ({subjects.a1: 9, subjects.a2: 4}, {subjects.a2})


def test_a_file_of_the_newer_areas_says_nothing_of_the_older_ones(store_of, subjects):
    # The pack's own areas have no correspondence: a piece that is not one of them is passed over.
    store = store_of(("deprivation", subjects.deciles([("E01NEW1", 1, None), (subjects.a1, 2, None)]), facts("2025")))
    assert read_deciles(store, "2025", "imd").of == {subjects.a1: 2}


def test_shares_are_not_made_where_outlines_cut_the_small_areas(profile):
    ward = replace(profile.scheme("ward"), exact=True)
    schemes = tuple(ward if one.key == "ward" else one for one in profile.schemes)
    store = type("Fake", (), {"profile": replace(profile, schemes=schemes)})()
    assert find_layer("deprived_areas").schemes(store) == (
        "locality", "community_board", "msoa", "district", "county",
    )  # fmt: skip


@pytest.mark.skipif(not SHARED.is_dir(), reason="the open files are not here")
@pytest.mark.parametrize(("edition", "file"), [("2019", "imd2019_lsoa11.csv"), ("2025", "imd2025_lsoa21.csv")])
def test_the_published_files_give_the_published_deciles(store_of, edition, file):
    import pandas as pd  # noqa: PLC0415

    published = pd.read_csv(SHARED / file)
    code = published.columns[0]
    frame = published[[code, "IMD_decile"]].set_axis(["atom", "imd_decile"], axis=1).astype({"imd_decile": "Int64"})
    store = store_of(("deprivation", frame, facts(edition)))
    table = area_table(store, find_layer(f"deprivation:{edition}-imd"), "lsoa")
    ours = published.set_index(code)["IMD_decile"]
    assert {row.code: row.value for row in table.areas if not row.flag} == {
        atom: ours[atom] for atom in store.areas.atoms if atom in ours.index
    }
    share = area_table(store, find_layer(f"deprived_areas:{edition}-imd"), "county").county
    known = ours[ours.index.isin(store.areas.atoms)]
    assert (share.count, share.denominator) == ((known <= 3).sum(), len(known))
    assert len(known) == {"2019": 319, "2025": 309}[edition]
