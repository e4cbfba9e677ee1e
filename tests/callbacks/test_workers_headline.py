"""The first screen: five figures against today, and a sentence."""

from dataclasses import replace

from callbacks.workers_headline import headline_view
from callbacks.workers_plans import pair_of
from callbacks.workers_state import WorkersState


def view(desk, store, folder, **state):
    return headline_view(desk, pair_of(desk, store, folder, WorkersState(**state)))


def card(found, key):
    return next(one for one in found["cards"] if one["key"] == key)


def test_the_answer_against_today(small_desk, small_store, tmp_path):
    found = view(small_desk, small_store, tmp_path)
    assert found["lead"] == (
        "The proposed plan: all 6 schools have a worker who is present (3 workers, 2.0 schools each on average); "
        "nobody is over their hours. That is 8 km a week more than today's sharing (estimated, of workers who are "
        "present); 4 families in 2 schools would change worker."
    )
    assert (card(found, "without")["value"], card(found, "without")["was"]) == (
        "0", ["Today: 1, and 1 whose worker is absent or post vacant"],
    )  # fmt: skip
    assert (card(found, "outside")["title"], card(found, "outside")["was"]) == (
        "Workers outside 1 to 2 schools", ["Today: 2 of 3"],
    )  # fmt: skip
    assert card(found, "over")["was"] == ["Today: 1"]
    assert (card(found, "km")["value"], card(found, "km")["was"]) == ("39", ["Today: 31"])
    assert (card(found, "families")["value"], card(found, "families")["unit"]) == ("4", "of 7")
    assert "at most 0.20% above it" in found["proven"]


def test_todays_sharing_says_what_is_wrong_with_it(small_desk, small_store, tmp_path):
    found = view(small_desk, small_store, tmp_path, plan="today")
    assert found["lead"] == (
        "Today's sharing: 4 of 6 schools have a worker who is present (3 workers, 1.3 schools each on average); 1 has "
        "one who is absent or a vacant post; 1 has none; 1 post over their hours. That is 8 km a week less than the "
        "proposed plan (estimated, of workers who are present)."
    )
    assert card(found, "families")["was"] == ["The proposed plan: 4"]
    assert found["proven"] == ""
    assert card(found, "over")["lines"] == [
        "LW-1 by 1.0 hours", "13.0 hours a week of load of workers who are present (assumed)",
    ]  # fmt: skip


def test_an_in_year_plan_says_that_posts_over_their_hours_stay_over(small_desk, small_store, tmp_path):
    rules = replace(small_desk.rules, keep=True)
    desk = replace(small_desk, rules=rules, proposed=small_desk.today())
    assert (
        "1 post over their hours; posts already over their hours stay over; none gets more"
        in view(desk, small_store, tmp_path)["lead"]
    )
    assert "stay over" not in view(desk, small_store, tmp_path, plan="today")["lead"]


def test_what_is_not_loaded_is_not_counted(small_desk, small_store, tmp_path):
    found = view(replace(small_desk, handovers_known=False), small_store, tmp_path)
    assert card(found, "families")["value"] == "not known"
    assert "would change worker" not in found["lead"]


def test_clusters_without_posts_have_no_hours(small_desk, small_store, tmp_path):
    bare = replace(small_desk, work=replace(small_desk.work, posts=()))
    found = view(bare, small_store, tmp_path)
    assert [one["key"] for one in found["cards"]] == ["without", "outside", "km"]
    assert found["lead"].startswith("The proposed clusters hold all 6 schools: 3 clusters, 2.0 schools each")
    assert card(found, "without")["was"] == []
