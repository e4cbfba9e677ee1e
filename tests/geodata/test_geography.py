import json
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from geodata.errors import ProfileError
from geodata.geography import ABOUT, current_profile, describe, exact_columns, profile_of, with_geography
from geodata.profile import AreaScheme, load_profile
from geodata.snapshot import Workspace


def test_what_is_described_comes_back(profile, tmp_path):
    cut = AreaScheme("parish", "Parishes", "parish", "official", "Cut.", date(2025, 5, 1), None, 2025, exact=True)
    other = replace(profile, version="1+g-0", atom_vintage=2021, schemes=(*profile.schemes, cut))
    (tmp_path / ABOUT).write_text(json.dumps(describe(other)))
    assert with_geography(profile, tmp_path) == replace(other, directory=tmp_path)


def test_areas_that_are_gone_are_said(profile, tmp_path):
    with pytest.raises(ProfileError, match="Go back to an earlier snapshot"):
        with_geography(profile, tmp_path)


def test_an_empty_workspace_has_the_areas_of_the_council(squares):
    assert current_profile(Workspace(squares.path), squares.profile) is squares.profile


def test_the_areas_in_force_are_those_of_the_snapshot(filled):
    workspace = Workspace(filled.path)
    assert current_profile(workspace) == filled.profile
    first = workspace.current()
    filled.take("area_scheme", filled.outlines(filled.files / "w.geojson", filled.wards))
    now = current_profile(workspace, filled.profile)
    assert now.exact_schemes == ("ward",)
    assert now.version.startswith("1+g-")
    assert profile_of(filled.path, first.manifest) == filled.profile


def test_the_areas_of_records_by_outlines_that_cut_atoms(filled):
    assert exact_columns(filled.profile, pd.Series(["E01000001"]), pd.Series(["HP91 1AA"])) == {}
    filled.take("area_scheme", filled.outlines(filled.files / "w.geojson", filled.wards))
    profile = current_profile(Workspace(filled.path))
    atom = pd.Series(["E01000002", "E01000002", "unknown", "withheld", "outside", "E01000001"], index=range(6, 0, -1))
    postcode = pd.Series(["HP92 1AB", "HP92 1AC", None, None, "HP95 1AA", "HP91 1AA"], index=atom.index)
    found = exact_columns(profile, atom, postcode)
    assert found["in_ward"].tolist() == ["X", "Y", "unknown", "withheld", "outside", "X"]
    assert found["in_ward"].index.equals(atom.index)


def test_the_product_begins_with_its_own_council(tmp_path):
    assert current_profile(Workspace(tmp_path / "none")) == load_profile()
