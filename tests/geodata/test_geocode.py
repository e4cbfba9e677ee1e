import re

import brotli
import msgpack
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.directory import forget, known_postcodes
from geodata.geocode import compact, geocode, load_postcodes

ATOM, OTHER = "E01017627", "E01099999"


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    file = tmp_path_factory.mktemp("pack") / "postcodes.parquet"
    pd.DataFrame(
        {
            "postcode": ["HP20 1UA", "HP20 1UB", "HP20 1UC", "OX9 2AA", "OX9 2AB"],
            "lsoa": pd.Categorical([ATOM, ATOM, ATOM, OTHER, None]),
            "live": [True, False, True, True, True],
            "by_point": [False, False, True, False, False],
        }
    ).to_parquet(file)
    return load_postcodes(file, (ATOM,))


def far(postcodes):
    return {"SW1A1AA"} & set(postcodes)


def run(table, *postcodes, protected=(), lookup=far):
    hidden = pd.Series([i in protected for i in range(len(postcodes))])
    return geocode(pd.Series(postcodes, dtype="str"), hidden, table, lookup)


def test_every_outcome(table):
    found = run(
        table, "hp20 1ua", " HP201UB", "HP20-1UC", "OX9 2AA", "OX9 2AB", "SW1A 1AA", "", "HP20 1", "HP20 1ZZ",
        "HP20 1UA", protected=[9],
    )  # fmt: skip
    assert found.atom.tolist() == [
        ATOM, ATOM, ATOM, "outside", "outside", "outside", "unknown", "unknown", "unknown", "withheld",
    ]  # fmt: skip
    assert found.report.to_dict() == {
        "in_county": 3, "outside": 3, "blank": 1, "malformed": 1, "not_found": 1, "withheld": 1,
        "by_point": 1, "ended": 1,
    }  # fmt: skip


def test_only_well_formed_postcodes_of_unprotected_rows_are_kept(table):
    found = run(table, "hp201ua", "12 Acacia Road", "", "HP20 1UB", protected=[3])
    assert found.postcode.fillna("").tolist() == ["HP20 1UA", "", "", ""]


def test_a_protected_postcode_is_never_looked_up(table):
    asked = []

    def spy(postcodes):
        asked.extend(postcodes)
        return set()

    run(table, "SW1A 1AA", "EC1A 1BB", protected=[0], lookup=spy)
    assert asked == ["EC1A1BB"]


def test_no_fixed_abode_is_no_place(table):
    assert run(table, "ZZ99 3VZ", lookup=set).atom.tolist() == ["unknown"]


@given(st.lists(st.sampled_from(["HP20 1UA", "OX9 2AA", "SW1A 1AA", "", "rubbish", "HP9 9ZZ"]), max_size=30), st.data())
def test_the_outcomes_add_up_to_the_rows(table, postcodes, data):
    hidden = data.draw(st.sets(st.integers(0, max(len(postcodes) - 1, 0))))
    counts = run(table, *postcodes, protected=hidden).report.to_dict()
    whole = ("in_county", "outside", "blank", "malformed", "not_found", "withheld")
    assert sum(counts[key] for key in whole) == len(postcodes)


# Whatever a person may type: pieces of postcodes, spaces of several kinds, letters that become other ones in capitals.
TYPED = st.one_of(
    st.sampled_from(["HP20 1UA", "hp201ub", "OX9 2AA", "SW1A 1AA", "HP20 1ZZ", "ZZ99 3VZ", "", "HP20 1@A", "HP20 :UA"]),
    st.text("HPOXWhp0129 UABßıſé-\t\0\u00a0@:[", max_size=12),
    st.text(max_size=10),
)
ROWS = st.lists(st.tuples(TYPED, st.booleans()), max_size=25)


def run_rows(table, rows, index=None):
    texts, hidden = [text for text, _ in rows], [is_hidden for _, is_hidden in rows]
    return geocode(pd.Series(texts, index, dtype="str"), pd.Series(hidden, index, dtype=bool), table, far)


def alone(typed):
    """Return what one text must give, the plain way."""
    text = compact(pd.Series([typed], dtype="str"))[0]
    well = re.fullmatch(r"[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}", text)
    written = f"{text[:-3]} {text[-3:]}" if well else None
    if text in {"HP201UA", "HP201UB", "HP201UC"}:
        return ATOM, written
    return "outside" if text in {"OX92AA", "OX92AB", "SW1A1AA"} else "unknown", written


@given(ROWS)
def test_each_row_is_found_as_it_would_be_alone(table, rows):
    found = run_rows(table, rows)
    expected = [("withheld", None) if hidden else alone(text) for text, hidden in rows]
    written = found.postcode.astype(object).where(found.postcode.notna(), None)
    assert list(zip(found.atom, written, strict=True)) == expected


@given(ROWS, st.randoms(use_true_random=False))
def test_another_order_of_the_rows_gives_the_same_in_that_order(table, rows, random):
    order = list(range(len(rows)))
    random.shuffle(order)
    found, other = run_rows(table, rows), run_rows(table, [rows[i] for i in order], index=order)
    pd.testing.assert_series_equal(other.atom.sort_index(), found.atom, check_index_type=False)
    pd.testing.assert_series_equal(other.postcode.sort_index(), found.postcode, check_index_type=False)
    assert other.report == found.report


@given(
    st.lists(st.tuples(st.sampled_from(["HP201UA", "OX92AA", "SW1A1AA", "HP201ZZ", "rubbish"]), st.data()), max_size=9)
)
def test_capitals_and_spaces_do_not_matter(table, rows):
    plain = [text for text, _ in rows]
    typed = []
    for text, data in rows:
        spaces = data.draw(st.lists(st.sampled_from(["", "", " ", "  "]), min_size=len(text), max_size=len(text)))
        small = data.draw(st.lists(st.booleans(), min_size=len(text), max_size=len(text)))
        letters = zip(spaces, text, small, strict=True)
        typed.append("".join(space + (char.lower() if low else char.upper()) for space, char, low in letters))
    found, other = run(table, *plain), run(table, *typed)
    assert found.atom.tolist() == other.atom.tolist()
    assert found.postcode.fillna("").tolist() == other.postcode.fillna("").tolist()
    assert found.report == other.report


@given(ROWS)
def test_a_withheld_row_never_contributes_a_postcode(table, rows):
    found = run_rows(table, rows)
    emptied = run_rows(table, [("" if hidden else text, hidden) for text, hidden in rows])
    hidden = [is_hidden for _, is_hidden in rows]
    assert found.postcode[hidden].isna().all()
    assert found.report == emptied.report
    assert found.distinct.postcode.equals(emptied.distinct.postcode)
    assert found.distinct.rows.tolist() == emptied.distinct.rows.tolist()


@given(ROWS)
def test_the_distinct_postcodes_count_every_row_once(table, rows):
    distinct = run_rows(table, rows).distinct
    assert distinct.rows.sum() == len(rows)
    assert len(distinct.postcode) == len(distinct.place) == len(distinct.outcome) == len(distinct.rows)


@pytest.mark.parametrize("count", [0, 1, 40_000])
def test_any_number_of_rows_and_any_index(table, count):
    texts = (["HP20 1UA", None, "hp201ub "] * count)[:count]
    postcodes = pd.Series(texts, range(7, 7 + count), dtype="str")
    found = geocode(postcodes, pd.Series(False, postcodes.index, dtype=bool), table, far)
    expected = ([ATOM, "unknown", ATOM] * count)[:count]
    pd.testing.assert_series_equal(found.atom, pd.Series(expected, postcodes.index, dtype="str"))
    assert found.postcode.index.equals(postcodes.index)
    assert found.report.blank == texts.count(None)


def test_a_column_in_pieces(table):
    whole = pd.concat([pd.Series(["HP20 1UA", "x"], dtype="str"), pd.Series(["OX9 2AA"], dtype="str")])[1:]
    found = geocode(whole, pd.Series([False, False], whole.index), table, far)
    assert found.atom.tolist() == ["unknown", "outside"]


def test_any_column_of_texts(table):
    objects = pd.Series(["HP20 1UA", None, np.nan], dtype="object")
    assert geocode(objects, pd.Series([False] * 3), table, far).atom.tolist() == [ATOM, "unknown", "unknown"]


def test_the_real_pack_is_found_whole(profile, areas):
    file = profile.directory / "postcodes.parquet"
    table, pack = load_postcodes(file, areas.atoms), pd.read_parquet(file)
    expected = pack["lsoa"].astype("str").where(pack["lsoa"].isin(areas.atoms), "outside")
    nobody = pd.Series(False, index=pack.index)
    for typed in (pack["postcode"], pack["postcode"].str.replace(" ", "").str.lower(), " " + pack["postcode"] + "."):
        found = geocode(typed, nobody, table, lookup=set)
        assert found.atom.tolist() == expected.tolist()
        assert found.postcode.tolist() == pack["postcode"].tolist()
        inside = expected != "outside"
        assert found.report.by_point == (inside & pack["by_point"]).sum()
        assert found.report.ended == (inside & ~pack["live"]).sum()


def write_letter(folder, letter, postcodes):
    data = {"laua": ["E0"] * len(postcodes), "pcd": postcodes}
    packed = msgpack.packb({"columns": ["laua", "pcd"], "data": data})
    (folder / f"postcodes_{letter}.msgpack.br").write_bytes(brotli.compress(packed))


@pytest.mark.parametrize(
    "postcodes", [["B1  1AA", "B10 1AA", "BB101AA"], ["B1 1AA", "B10 1AA", "BB10 1AA"]], ids=["seven wide", "spaced"]
)
def test_the_directory_in_either_spacing(tmp_path, postcodes):
    write_letter(tmp_path, "B", postcodes)
    assert known_postcodes(["B11AA", "BB101AA", "B19ZZ", "Q11AA"], tmp_path) == {"B11AA", "BB101AA"}


def test_only_the_letters_needed_are_opened(tmp_path):
    write_letter(tmp_path, "B", ["B1  1AA"])
    (tmp_path / "postcodes_S.msgpack.br").write_bytes(b"not readable")
    assert known_postcodes(["B11AA"], tmp_path) == {"B11AA"}
    assert known_postcodes([], tmp_path) == set()


def test_columns_in_any_order_and_of_any_length(tmp_path):
    many = [f"B{i // 676:<3}{i % 10}{chr(65 + i // 26 % 26)}{chr(65 + i % 26)}" for i in range(6000)]
    write_letter(tmp_path, "B", many)
    texts = [text.replace(" ", "") for text in many]
    assert known_postcodes([*texts, "B991ZZ"], tmp_path) == set(texts)


def test_a_directory_without_postcodes_has_none(tmp_path):
    write_letter(tmp_path, "B", [])
    assert known_postcodes(["B11AA"], tmp_path) == set()


def test_what_is_no_postcode_is_not_in_the_directory(tmp_path):
    write_letter(tmp_path, "B", ["B1  1AA"])
    assert known_postcodes(["", "B", "B11AAB11AA"], tmp_path) == set()


def test_the_directory_is_read_again_once_forgotten(tmp_path):
    write_letter(tmp_path, "B", ["B1  1AA"])
    assert known_postcodes(["B11AA"], tmp_path) == {"B11AA"}
    write_letter(tmp_path, "B", ["B2  2BB"])
    assert known_postcodes(["B22BB"], tmp_path) == set()
    forget()
    assert known_postcodes(["B22BB"], tmp_path) == {"B22BB"}


def test_the_installed_directory():
    assert known_postcodes(np.array(["SW1A1AA", "SW1A9ZZ", "HP201UY"])) >= {"SW1A1AA"}
    assert "SW1A9ZZ" not in known_postcodes(["SW1A9ZZ"])
