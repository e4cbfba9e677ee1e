import csv
import io
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from layers.link_workers.core import Cluster, Plan, Post, Rules, School, Work
from layers.link_workers.plan_files import as_csv, as_json, as_text, left_out, sentence
from layers.link_workers.planning import Shared
from layers.link_workers.workload_settings import LoadSettings

ABOUT = {"council": "Council", "audience": "officer", "snapshot": "s1"}


def school(urn, name, hours, families):
    return School(urn, name, "primary", "", "a", 0.0, 0.0, 0.0, 51.0, hours, families)


@pytest.fixture
def make():
    def shared(*, posts=True, known=True):
        schools = (school(1, "=Oak", 2.0, 917), school(2, "Elm", 5.0, 0), school(3, "Ash", 3.0, 0))
        post = Post("LW-1", "", "a", 37.0, 22.2, False, "", None, None)
        work = Work(date(2025, 1, 16), schools, (post,) if posts else (), MappingProxyType({"a": "Area A"}))
        plan = Plan(
            (Cluster("LW-1", "a", (1, 2), 7.0, 12.3, 917, True, ""),), ((3, "hours: no post has 3 left"),),
            "infeasible", 0.25, 14.0, {"travel": 12.0, "pairs": 2.0}, 0.5,
        )  # fmt: skip
        return Shared(work, Rules(), (), plan, LoadSettings(), ("synthetic",), known, ("A note.",))

    return shared


def test_json(make):
    found = as_json(make(), ABOUT)
    (cluster,) = found["clusters"]
    assert cluster == {
        "post": "LW-1", "area": "a", "area_name": "Area A",
        "schools": [{"urn": 1, "name": "=Oak", "load_band": "low"}, {"urn": 2, "name": "Elm", "load_band": "high"}],
        "load_hours": 7.0, "hours": 22.2, "km": 12.3, "families_handed_over": 917, "connected": True, "cover_for": "",
    }  # fmt: skip
    assert found["left_over"] == [{"urn": 3, "name": "Ash", "rule": "hours: no post has 3 left"}]
    assert (found["status"], found["gap"], found["cost"], found["seconds"]) == ("infeasible", 0.25, 14.0, 0.5)
    assert found["parts"] == {"travel": 12.0, "pairs": 2.0}
    assert (found["basis"], found["notes"], found["snapshot"]) == (["synthetic"], ["A note."], "s1")
    assert {one["source"] for one in found["assumptions"]} == {"assumed"}


def test_what_is_not_known_is_no_zero(make):
    assert as_json(make(known=False), ABOUT)["clusters"][0]["families_handed_over"] is None
    assert as_json(make(posts=False), ABOUT)["clusters"][0]["hours"] is None


def test_csv_has_bands_and_no_case_and_no_formula(make):
    text = as_csv(make(), ABOUT)
    lines = list(csv.DictReader(io.StringIO(text)))
    assert [(line["post"], line["urn"], line["load_band"]) for line in lines] == [
        ("LW-1", "1", "low"), ("LW-1", "2", "high"), ("", "3", "middle"),
    ]  # fmt: skip
    assert lines[0]["school"] == "'=Oak"
    assert lines[2]["left_over_because"] == "hours: no post has 3 left"
    assert "917" not in text
    assert {line["basis"] for line in lines} == {"synthetic"}


def test_text(make):
    text = "\n".join(as_text(make(), ABOUT))
    assert "Council [synthetic]" in text
    assert "LW-1 (Area A): 2 schools, 7.0 of 22.2 hours a week, 12.3 km, 917 families handed over" in text
    assert "3 Ash: hours: no post has 3 left" in text
    assert "* A note." in text
    assert "handed over" not in "\n".join(as_text(make(known=False), ABOUT))


def test_sentence(make):
    assert sentence(make()) == (
        "2 state schools shared among 1 post on 16 January 2025: not every hard rule can be kept (gap 25.00%); "
        "1 school left over."
    )


def test_a_post_that_covers_is_one_post(make):
    shared = make()
    covers = Cluster("LW-1", "a", (3,), 3.0, 1.0, 0, True, "LW-2")
    plan = replace(shared.plan, clusters=(*shared.plan.clusters, covers), left_over=(), status="within_gap")
    assert sentence(replace(shared, plan=plan)) == (
        "3 state schools shared among 1 post on 16 January 2025: proven close to the best of the plans looked at "
        "(at most 25.00% above it)."
    )
    assert "cover for LW-2" in "\n".join(as_text(replace(shared, plan=plan), ABOUT))


def test_an_in_year_run_says_so_and_how_many_posts_stay_over_their_hours(make):
    shared = replace(make(), rules=Rules(keep=True))
    plan = replace(shared.plan, left_over=(), status="optimal")
    assert sentence(replace(shared, plan=plan)) == (
        "2 state schools shared among 1 post on 16 January 2025: proven to be the best of the plans looked at. In-year "
        "run: only what an absence or a vacancy forces is changed; no post is over its hours."
    )
    (cluster,) = plan.clusters
    covers = Cluster("LW-1", "a", (3,), 15.3, 1.0, 0, True, "LW-2")
    plan = replace(plan, clusters=(cluster, covers))
    assert sentence(replace(shared, plan=plan)).endswith("; 1 post is over the hours today and stays so.")


def test_without_posts_every_cluster_is_listed(make):
    shared = make(posts=False)
    plan = replace(shared.plan, left_over=(), status="optimal")
    assert sentence(replace(shared, plan=plan)).endswith(": proven to be the best.")


def test_what_is_in_no_plan_is_a_warning(make):
    shared = make()
    work = replace(shared.work, notes=("Left out, outside the county: 4 Far School.", "A note."))
    assert left_out(replace(shared, work=work)) == ("Left out, outside the county: 4 Far School.",)
    assert left_out(shared) == ()
