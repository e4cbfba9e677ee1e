import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geodata.errors import InputError
from geodata.parquet_file import headings, read


@pytest.fixture
def file(tmp_path):
    return tmp_path / "file.parquet"


def test_text_of_plain_values(file):
    frame = pd.DataFrame({" id\n": ["C1\u200b", None], "n": [1, 2], "ok": [True, False], "kind": ["a", "b"]})
    frame.astype({"kind": "category"}).to_parquet(file)
    assert headings(file) == ("id", "n", "ok", "kind")
    cells, rows = read(file, [0, 3, 1])
    assert cells.to_numpy().tolist() == [["C1", "a", "1"], ["", "b", "2"]]
    assert (list(cells.columns), rows.tolist()) == ([0, 3, 1], [1, 2])


def test_columns_of_one_name_are_refused(file):
    pq.write_table(pa.table([[1], [2]], names=["id", "id"]), file)
    with pytest.raises(InputError, match="several columns named 'id'"):
        headings(file)


def test_lists_and_damage_are_refused(file):
    pq.write_table(pa.table({"id": [[1], [2]]}), file)
    with pytest.raises(InputError, match="not plain values"):
        read(file, [0])
    file.write_bytes(file.read_bytes()[:-9])
    with pytest.raises(InputError, match="breaks off"):
        headings(file)
