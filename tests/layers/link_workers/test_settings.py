"""The assumptions on clusters: each with its source, or refused with the key."""

from dataclasses import replace
from pathlib import Path

import pytest

from geodata.errors import ProfileError
from geodata.profile import load_profile
from layers.link_workers.settings import ClusterSettings, cluster_settings, read_cluster_settings
from layers.link_workers.workload_settings import ASSUMED, FILE


def written(tmp_path, text):
    path = tmp_path / FILE
    path.write_text(text, encoding="utf-8")
    return path


def test_the_council_has_the_defaults_and_says_that_they_are_assumed():
    found = cluster_settings(load_profile())
    assert found == ClusterSettings()
    assert (found.range.source, found.cost.source) == (ASSUMED, ASSUMED)


def test_areas_that_were_imported_leave_the_assumptions(tmp_path):
    profile = load_profile()
    assert cluster_settings(replace(profile, directory=tmp_path)) == cluster_settings(profile)


def test_without_a_file_there_are_the_defaults():
    assert read_cluster_settings(Path("nowhere") / FILE) == ClusterSettings()


def test_what_a_file_says_counts_and_other_sections_are_left_alone(tmp_path):
    path = written(tmp_path, '[cost]\nhour_off = 3\nsource = "our own"\n[solver]\ngap = 0.01\n[workload]\nx = "y"\n')
    found = read_cluster_settings(path)
    assert (found.cost.hour_off, found.cost.source, found.cost.compactness) == (3.0, "our own", 0.5)
    assert found.solver.gap == 0.01
    assert found.range == ClusterSettings().range


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[range]\nneighbor_km = 3\n", r"\[range\]: there is no 'neighbor_km'; there are neighbour_km, source"),
        ("[cost]\nhour_off = -1\n", "hour_off is -1; a number of at least 0"),
        ("[solver]\nseconds = true\n", "seconds is True"),
        ("[solver]\ngap = inf\n", "gap is inf"),
        ('[cost]\nsource = " "\n', "the source is empty"),
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path, text, words):
    with pytest.raises(ProfileError, match=words):
        read_cluster_settings(written(tmp_path, text))
