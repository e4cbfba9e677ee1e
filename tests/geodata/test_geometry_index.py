"""The index of the prepared shapes is small, whole and read without geometry."""

import pytest

from geodata.errors import NoSnapshotError
from geodata.geometry_index import DRAWING, drawing_of, has_drawing, index_name


def test_every_scheme_and_the_context_have_a_file_that_exists(drawn, profile):
    files = drawing_of(drawn, "1").files
    assert set(files) == {"context", *(scheme.key for scheme in profile.schemes)}
    assert all((drawn / DRAWING / file).is_file() for file in files.values())


def test_nothing_stands_in_the_folder_but_the_index_and_its_files(drawn):
    found = {path.name for path in (drawn / DRAWING).iterdir()}
    assert found == {"index-1.json", *drawing_of(drawn, "1").files.values()}


def test_without_shapes_the_remedy_is_named_and_no_path_outside_the_folder(tmp_path):
    with pytest.raises(NoSnapshotError, match="not prepared in empty/") as caught:
        drawing_of(tmp_path / "empty", "1")
    assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize(
    ("version", "name"), [("1", "index-1.json"), ("1+g-0a", "index-1_g-0a.json"), ("../x y", "index-.._x_y.json")]
)
def test_the_index_of_a_version_has_a_plain_name(version, name):
    assert index_name(version) == name


def test_each_version_is_prepared_or_not(drawn):
    assert has_drawing(drawn, "1")
    assert not has_drawing(drawn, "2")
