"""The folder: the same bytes, whole or not at all, and refused once anything in it is not as it was written."""

import hashlib
import json
from dataclasses import replace

import pytest

from geodata.disclosure import bundle_folder
from geodata.disclosure.bundle import published_of
from geodata.disclosure.bundle_folder import content_hash, files_of, read_bundle, write_bundle
from geodata.disclosure.published import Table
from geodata.errors import InputError, ProfileError, UsageError


@pytest.fixture
def folder(bundle, tmp_path):
    write_bundle(tmp_path / "out", bundle())
    return tmp_path / "out"


def forged(folder, path, change):
    """Edit a file, and the manifest with it: what somebody does who knows of the hashes."""
    raw = json.loads((folder / path).read_bytes())
    change(raw)
    content = bundle_folder.encoded(raw)
    (folder / path).write_bytes(content)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["files"][path] = hashlib.sha256(content).hexdigest()
    (folder / "manifest.json").write_bytes(bundle_folder.encoded(manifest))


def test_it_comes_back(bundle, folder):
    assert published_of(read_bundle(folder)) == published_of(bundle())
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.json")) == [
        "areas.json", "bundle.json", "manifest.json", "tables/plans.json",
    ]  # fmt: skip
    assert [path.name for path in folder.parent.iterdir()] == ["out"]


def test_the_same_content_is_the_same_files(bundle, folder, tmp_path):
    made = bundle()
    turned = replace(made, tables=(replace(made.tables[0], figures=made.tables[0].figures[::-1]),))
    assert write_bundle(tmp_path / "again", turned) == content_hash(made)
    for path in folder.rglob("*.json"):
        assert path.read_bytes() == (tmp_path / "again" / path.relative_to(folder)).read_bytes()


def test_a_changed_figure_is_another_hash(bundle):
    assert content_hash(bundle()) != content_hash(bundle({"county/all": 101, "aylesbury/all": "c"}))


def test_it_is_written_again_and_never_over_another(bundle, folder, tmp_path):
    write_bundle(folder, bundle())
    with pytest.raises(InputError, match="holds something else"):
        write_bundle(folder, bundle(title="Another"))
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="no folder"):
        write_bundle(tmp_path / "file", bundle())
    (tmp_path / "empty").mkdir()
    write_bundle(tmp_path / "empty", bundle())
    assert read_bundle(tmp_path / "empty").title == "Plans by area"


def test_a_write_that_fails_leaves_nothing(bundle, tmp_path, monkeypatch):
    def full(path, content):
        if path.name == "areas.json":
            raise OSError("disk full")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    monkeypatch.setattr(bundle_folder, "write_durably", full)
    with pytest.raises(OSError, match="disk full"):
        write_bundle(tmp_path / "out", bundle())
    assert list(tmp_path.iterdir()) == []


def test_names_of_tables_are_never_paths(bundle, tmp_path):
    made = bundle()
    names = ("../plans", "Plans", "plans by need", "..", "/etc/x")
    tables = tuple(replace(made.tables[0], name=name) for name in names)
    write_bundle(tmp_path / "out", replace(made, tables=tables, datasets=(replace(made.datasets[0], tables=names),)))
    assert {table.name for table in read_bundle(tmp_path / "out").tables} == set(names)
    assert len(list((tmp_path / "out" / "tables").iterdir())) == len(names)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_file_that_was_edited_by_hand(folder):
    path = folder / "tables" / "plans.json"
    path.write_text(path.read_text().replace("70", "71"))
    with pytest.raises(InputError, match=r"'tables/plans.json' is not as manifest.json says: it was edited"):
        read_bundle(folder)


def test_a_file_that_is_missing(folder):
    (folder / "areas.json").unlink()
    with pytest.raises(InputError, match=r"'areas.json' is missing"):
        read_bundle(folder)
    (folder / "manifest.json").unlink()
    with pytest.raises(InputError, match=r"manifest.json is missing"):
        read_bundle(folder)


def test_a_file_that_was_added(folder):
    (folder / "tables" / "more.json").write_text("{}")
    with pytest.raises(InputError, match=r"'tables/more.json' is not part of the bundle"):
        read_bundle(folder)


def test_a_link_out_of_it(folder, tmp_path):
    (tmp_path / "secret").write_text("{}")
    (folder / "tables" / "more.json").symlink_to(tmp_path / "secret")
    with pytest.raises(InputError, match="leads out"):
        read_bundle(folder)


@pytest.mark.parametrize("path", ["../secret.json", "/etc/passwd", "tables/../../x.json", "notes.txt", "tables/A.json"])
def test_a_path_outside(folder, path):
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["files"][path] = "0" * 64
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(InputError, match="no place in a bundle"):
        read_bundle(folder)


def test_an_unknown_format(folder):
    (folder / "manifest.json").write_text('{"format": 2, "files": {}}')
    with pytest.raises(InputError, match="format 2; this program reads 1"):
        read_bundle(folder)
    (folder / "manifest.json").write_text('{"format": 1, "files": {}}')
    with pytest.raises(InputError, match="does not list"):
        read_bundle(folder)
    for text in ("[]", "no json", "[" * 100_000):
        (folder / "manifest.json").write_text(text)
        with pytest.raises(InputError, match="no JSON"):
            read_bundle(folder)


def test_an_unknown_format_of_the_bundle_itself(folder):
    forged(folder, "bundle.json", lambda raw: raw.update(format=9))
    with pytest.raises(InputError, match="format 9"):
        read_bundle(folder)


def test_words_that_no_audit_would_look_at(folder):
    forged(folder, "tables/plans.json", lambda raw: raw.update(children="3 in Amersham"))
    with pytest.raises(InputError, match="no place for"):
        read_bundle(folder)


def test_a_threshold_of_0(folder):
    forged(folder, "bundle.json", lambda raw: raw["threshold"].update(smallest=0))
    with pytest.raises(ProfileError, match="smallest is 0"):
        read_bundle(folder)


def test_what_lacks_or_is_of_another_kind(folder):
    forged(folder, "bundle.json", lambda raw: raw.update(made_on="May"))
    with pytest.raises(InputError, match="cannot be read"):
        read_bundle(folder)
    forged(folder, "bundle.json", lambda raw: raw.pop("made_on"))
    with pytest.raises(InputError, match="lacks 'made_on'"):
        read_bundle(folder)


def test_there_is_no_folder(tmp_path):
    with pytest.raises(UsageError, match="no folder"):
        read_bundle(tmp_path / "none")


def test_what_cannot_be_written(bundle):
    with pytest.raises(InputError, match="It has no table"):
        files_of(replace(bundle(), tables=()))
    shape = {"type": "Polygon", "coordinates": [[[float("nan"), 1.0]]]}
    feature = {"type": "Feature", "geometry": shape, "properties": {"code": "a"}}
    with pytest.raises(InputError, match="cannot be written"):
        files_of(bundle(boundaries={"board": {"type": "FeatureCollection", "features": [feature]}}))
    assert files_of(bundle())["tables/plans.json"].startswith(b"{")


def test_boundaries_come_back(bundle, tmp_path):
    feature = {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [[[-0.8, 51.5], [-0.7, 51.5], [-0.7, 51.6], [-0.8, 51.5]]]},
        "properties": {"code": "aylesbury", "name": "Aylesbury"},
    }
    shapes = {"type": "FeatureCollection", "features": [feature]}
    write_bundle(tmp_path / "out", bundle(boundaries={"locality": shapes}))
    assert read_bundle(tmp_path / "out").boundaries == {"locality": shapes}


def test_an_empty_table_is_allowed(bundle, tmp_path):
    write_bundle(tmp_path / "out", replace(bundle(), tables=(Table("plans", "plans", ("area",), ()),)))
    assert read_bundle(tmp_path / "out").tables[0].figures == ()
