import pandas as pd

from geodata.shapes.base import with_postcodes


def test_columns_of_postcodes_hold_postcodes_and_nothing_else():
    typed = pd.DataFrame(
        {"postcode": ["hp201ua", " HP20  1UA", "", "ask mum", None], "name": ["a", "b", "c", "d", "e"]}
    )
    found = with_postcodes(typed, "family_centres")
    assert found["postcode"].fillna("").tolist() == ["HP20 1UA", "HP20 1UA", "", "", ""]
    assert found["name"].tolist() == ["a", "b", "c", "d", "e"]


def test_a_dataset_without_postcodes_stays_as_it_is():
    typed = pd.DataFrame({"ref": ["1"]})
    assert with_postcodes(typed, "rag_ratings").equals(typed)
