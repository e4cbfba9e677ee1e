"""From files through the whole import to what there is to share."""

from datetime import date

import pytest

from geodata.errors import InputError, UsageError
from geodata.trial import tried
from layers.link_workers.pairs import default_pairs
from layers.link_workers.work import facts_by_school, locks_of, plan_day, work_of

DAY = date(2025, 1, 16)

SCHOOLS = """URN,Name,Phase,School type,Status,Pupils on roll,Percentage FSM,Postcode,Easting,Northing
100001,Oak Primary School,Primary,Community school,Open,200,10,HP20 1DH,482457,213948
100002,Elm Secondary School,Secondary,Academy converter,Open,1000,,HP20 1DH,482457,213948
100003,Ash Primary School,Primary,Community school,"Open, but proposed to close",,20,HP11 2BW,,
100004,Private School,Primary,Other independent school,Open,100,,HP5 1DH,,
100005,Old School,Primary,Community school,Closed,100,,HP5 1DH,,
100006,Border School,Primary,Community school,Open,100,,,450000,206000
100007,Lost School,Primary,Community school,Open,100,,,,
100008,Strange School,Primary,,Open,100,,HP5 1DH,,
"""
WORKERS = """Post number,Team,Hours a week,Base,Postcode of the base,Barred
LW-1,Aylesbury,37,Oak centre,HP20 1DH,100003
LW-2,Wycombe,20,,HP11 2BW,
"""
CURRENT = """Post number,URN,From
LW-1,100001,2024-09-01
LW-2,100002,2024-09-01
LW-2,100005,2024-09-01
"""
CASES = """Child ID,Family ID,Start,End,Level,Post number,URN
c1,f1,2024-01-01,,2,LW-1,100001
c2,f1,2024-01-01,,3,LW-1,100002
c3,f2,2024-02-01,,4,,100003
c4,f3,2024-03-01,2024-06-01,3,,100003
c5,f4,2024-05-01,,2,,
c6,f5,2025-01-16,,,,100003
"""


def written(folder, **texts):
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.csv" for name in texts}


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    files = written(
        tmp_path_factory.mktemp("files"), schools=SCHOOLS, link_workers=WORKERS, school_allocations=CURRENT,
        early_help_cases=CASES,
    )  # fmt: skip
    with tried(files) as trial:
        yield trial.store


def test_only_open_state_schools_of_the_county(everything):
    found = work_of(everything, DAY)
    assert [(one.urn, one.area) for one in found.schools] == [
        (100002, "aylesbury"), (100001, "aylesbury"), (100003, "wycombe"),
    ]  # fmt: skip
    notes = " ".join(found.notes)
    assert "no type of school stated, so that nobody knows whether it is a state school: 100008 Strange" in notes
    assert "Left out, no coordinates and no postcode that is known: 100007 Lost School." in notes
    assert "Left out, outside the county: 100006 Border School." in notes
    assert "At one point, taken for one site: 100001 and 100002." in notes
    assert "No cases of missing education are loaded" in notes
    assert "Have a post today and are not among the schools to share: 100005." in notes
    assert "at no school that is stated: 1." in notes


def test_load_by_hand(everything):
    loads = {one.urn: (one.load_hours, one.families) for one in work_of(everything, DAY).schools}
    # Family 1 counts once, at level 3, with the school of its post. 100001: 1.5 + 1 + 200 x 0.0006 + 20 x 0.008.
    assert loads[100001] == (pytest.approx(2.78), 1)
    # Free school meals of 100002 are those of the others: (200 x 10 + 200 x 20) / 400 = 15 %, since the roll of 100003
    # is the median of the primaries. 3 + 1000 x 0.0006 + 150 x 0.008.
    assert loads[100002] == (pytest.approx(4.8), 0)
    # A family at level 4 is a social worker's; one without a level counts as level 2. 1.5 + 0.5 + 0.12 + 40 x 0.008.
    assert loads[100003] == (pytest.approx(2.44), 1)


def test_posts(everything):
    one, two = work_of(everything, DAY).posts
    assert (one.area, one.capacity_hours, one.barred, one.held) == (
        "aylesbury", pytest.approx(22.2), {100003}, {100001},
    )  # fmt: skip
    assert (two.area, two.held) == ("wycombe", {100002, 100005})
    assert locks_of(everything, DAY) == {}


def test_the_day_of_the_records_is_that_of_the_plan(everything):
    assert plan_day(everything) == everything.part("early_help_cases").covers_to


def test_facts_for_pairs(everything):
    facts = facts_by_school(everything, DAY)
    assert set(facts) == {100001, 100002, 100003}
    (site,) = default_pairs(work_of(everything, DAY), facts)
    assert site.urns == {100001, 100002}


def test_no_school_left_names_the_rule_and_the_rows(tmp_path):
    head, *rows = SCHOOLS.splitlines(keepends=True)
    files = written(tmp_path, schools=head + "".join(row for row in rows if row.startswith(("100006", "100007"))))
    with (
        tried(files) as trial,
        pytest.raises(InputError, match=r"No school is left .* 100007 Lost School.*100006 Border"),
    ):
        work_of(trial.store, DAY)


def test_no_schools_loaded(real_store):
    with pytest.raises(UsageError, match="No schools are loaded"):
        work_of(real_store, DAY)


def test_of_the_demonstration_the_hours_carry_the_load(demo_store):
    found = work_of(demo_store, plan_day(demo_store))
    load = sum(one.load_hours for one in found.schools)
    hours = sum(post.capacity_hours for post in found.posts)
    assert 0.72 < load / hours < 0.88
    assert len(found.schools) / len(found.posts) == pytest.approx(4.1, abs=0.1)
    assert any("Synthetic" in note for note in found.notes)
    assert not any("DEMO-Y" in note for note in found.notes)
