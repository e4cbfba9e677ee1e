"""The figures of the snapshot in force, each computed once."""

import pytest

from callbacks.figures import CurrentFigures, Figures, is_year
from geodata.errors import NoSnapshotError, UsageError
from geodata.snapshot import Workspace
from geodata.store import Store


@pytest.fixture
def current(own_path):
    return CurrentFigures(Workspace(own_path))


def total(figures):
    return figures.table("cme_open", "locality", "2022-07-31").total


def add_one_case(council, workspace):
    part = workspace.current().parts("cme_involvements")[-1]
    return council.add_part(workspace, "cme_involvements", council.events(council.cases[:1]), basis="synthetic",
                            covers_from=part.covers_from, covers_to=part.covers_to)  # fmt: skip


def test_while_the_snapshot_stays_so_do_the_figures(current):
    assert current() is current()


def test_a_new_snapshot_is_seen_at_the_next_call_and_the_old_store_does_not_change(current, council):
    old = current()
    assert total(old) == 8
    snapshot = add_one_case(council, current.workspace)
    new = current()
    assert new is not old
    assert new.store.snapshot.id == snapshot.id != old.store.snapshot.id
    assert total(new) == 1
    # Asked for anew, past every cache: the old store still reads its own part.
    old.table.cache_clear()
    assert total(old) == total(Figures(Store(old.store.snapshot))) == 8


def test_a_rollback_is_seen_too(current, council):
    first = current().store.snapshot.id
    add_one_case(council, current.workspace)
    assert total(current()) == 1
    current.workspace.rollback()
    assert current().store.snapshot.id == first
    assert total(current()) == 8


def test_an_empty_workspace_says_so_at_each_call(tmp_path):
    with pytest.raises(NoSnapshotError):
        CurrentFigures(Workspace(tmp_path))()


def test_a_table_is_computed_once(small_figures):
    assert small_figures.table("cme_open", "ward", "2022-07-31") is small_figures.table(
        "cme_open", "ward", "2022-07-31"
    )


def test_class_limits_stay_while_the_period_moves(small_figures):
    # One set of limits for all days (and one for years), whatever day is shown.
    assert small_figures.limits("cme_open", "locality", False) is small_figures.limits("cme_open", "locality", False)


def test_a_year_is_not_classed_with_months(small_figures):
    # By year the localities show 0.3, 0.2 and 0.2; in the newest month one alone has a case, which needs no limit.
    months, years = (small_figures.limits("cme_new", "locality", years) for years in (False, True))
    assert (months, years) == ((), (0.3,))


def test_limits_come_from_areas_that_counted_someone(small_figures):
    # Of 319 LSOAs at most five count anyone; were the zeros classed, all limits would be 0.
    assert small_figures.limits("cme_open", "lsoa", False)
    assert min(small_figures.limits("cme_open", "lsoa", False)) > 9  # one case in 110 children is 9.1 per 1,000


@pytest.mark.parametrize(
    ("scheme", "classes"), [("county", 1), ("locality", 3), ("district", 4), ("ward", 5), ("lsoa", 5)]
)
def test_there_are_no_more_classes_than_areas(small_figures, scheme, classes):
    for layer in ("cme_open", "cme_new", "ehcp_prevalence", "ehcp_growth", "child_population"):
        assert len(small_figures.limits(layer, scheme, False)) < classes


def test_fixed_limits_are_taken_as_they_are_for_every_scheme(subjects_figures):
    assert subjects_figures.limits("deprivation:2025-imd", "lsoa", False) == (3.0, 5.0, 7.0, 9.0)


def test_places_are_read_once_and_an_unknown_set_is_refused(subjects_figures):
    assert subjects_figures.places("schools") is subjects_figures.places("schools")
    with pytest.raises(UsageError, match=r"No point set 'homes'\. Valid: family_centres, schools"):
        subjects_figures.places("homes")


def test_only_layers_with_something_to_show_are_shown(small_figures):
    assert "cme_open" in [layer.info.key for layer in small_figures.shown()]
    assert "schools:all" not in [layer.info.key for layer in small_figures.shown()]


@pytest.mark.parametrize(("key", "year"), [("2021/22", True), ("2022-07", False), ("2022-07-31", False)])
def test_a_committee_year_is_known_by_its_key(key, year):
    assert is_year(key) is year


def test_an_answer_is_made_once_for_each_maker_and_state(small_store):
    figures, asked = Figures(small_store), []

    def maker(_, state):
        asked.append(state)
        return {"said": state}

    assert figures.answer(maker, "a") is figures.answer(maker, "a")
    assert figures.answer(maker, "b") == {"said": "b"}
    assert asked == ["a", "b"]


def test_a_smoothed_map_has_the_classes_of_the_one_as_counted(small_figures):
    for scheme in ("ward", "community_board"):
        assert small_figures.limits("cme_new_smoothed", scheme, True) == small_figures.limits("cme_new", scheme, True)
