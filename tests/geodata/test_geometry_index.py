"""The index of the prepared shapes is small, whole and read without geometry."""

import pytest

from geodata.errors import NoSnapshotError
from geodata.geometry_index import DRAWING, drawing_files


def test_every_scheme_and_the_context_have_a_file_that_exists(drawn, profile):
    files = drawing_files(drawn)
    assert set(files) == {"context", *(scheme.key for scheme in profile.schemes)}
    assert all((drawn / DRAWING / file).is_file() for file in files.values())


def test_nothing_stands_in_the_folder_but_the_index_and_its_files(drawn):
    found = {path.name for path in (drawn / DRAWING).iterdir()}
    assert found == {"index.json", *drawing_files(drawn).values()}


def test_without_shapes_the_remedy_is_named_and_no_path_outside_the_folder(tmp_path):
    with pytest.raises(NoSnapshotError, match="No shapes are prepared in empty/") as caught:
        drawing_files(tmp_path / "empty")
    assert str(tmp_path) not in str(caught.value)
