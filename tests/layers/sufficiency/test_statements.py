import numpy as np
import pytest

from geodata.printed_send import PrintedStatement
from layers.sufficiency.core import NEEDS, Places, Supply
from layers.sufficiency.gap import gap_matrix
from layers.sufficiency.settings import SufficiencySettings
from layers.sufficiency.statements import needs_of, statements_beside

NAMES = {"aylesbury": "Aylesbury", "wycombe": "Wycombe"}
SETTINGS = SufficiencySettings()
FAR = 10.0 * (1 - np.eye(4))


def said(demand, *, phases=("secondary",), provision="mainstream", needs=("ASD",), areas=("Aylesbury", "Wycombe"),
         words="capacity to increase", places=()):  # fmt: skip
    matrix = gap_matrix(demand, Supply(demand.years, places, {}, {}, (), ()), {}, SETTINGS, FAR)
    statement = PrintedStatement("i", phases, provision, needs, areas, words)
    (found,) = statements_beside([statement], demand, matrix, NAMES)
    return found


def plans(aylesbury, wycombe, provision="mainstream", ncy=8, need="ASD"):
    return {("aylesbury", ncy, need, provision): aylesbury, ("wycombe", ncy, need, provision): wycombe}


def special(places, area="aylesbury"):
    return Places("Oak", 1, area, None, None, "special", "secondary", "ANY", places, None, None, (float(places),) * 11)


def test_growth_supports(make_demand):
    found = said(make_demand(plans(30, 40), draws=11))
    # Five years on six times the base, and 0 to 10 more: growth 150 to 160, the middle 155.
    assert found.verdict == "supported"
    assert [(one.area_name, one.base, one.bands.median, one.says) for one in found.figures] == [
        ("Aylesbury", 30, 155, "supports"), ("Wycombe", 40, 205, "supports"), ("County", 70, 360, "supports"),
    ]  # fmt: skip
    assert "capacity of these schools and colleges for children with plans is not in the records" in found.sentence


def test_sentence_and_table_round_halves_alike(make_demand):
    found = said(make_demand(plans(30, 40), draws=10))
    assert [one.bands.median for one in found.figures] == [154.5, 204.5, 359.0]
    assert "Aylesbury +155 plans to January" in found.sentence
    assert "Wycombe +205 plans" in found.sentence
    assert "(80% band +151 to +158, from 30)" in found.sentence


def test_no_growth_contradicts(make_demand):
    assert said(make_demand(plans(30, 40), growth=-0.1)).verdict == "contradicted"
    assert said(make_demand(plans(30, 40), growth=0)).verdict == "contradicted"


def test_one_of_two_supports_partly_and_too_few_plans_say_nothing(make_demand):
    assert said(make_demand(plans(30, 10))).verdict == "partly"
    assert said(make_demand(plans(10, 10))).verdict == "cannot say"


def test_only_the_needs_named_count(make_demand):
    found = said(make_demand({**plans(30, 30), ("aylesbury", 8, "MLD", "mainstream"): 500}))
    assert found.figures[0].base == 30


def test_more_special_places(make_demand):
    words = "more places across the county but particularly in Aylesbury"
    asked = {"provision": "special", "words": words}
    # 60 and 40 plans, 50 places in Wycombe: its own 40 and 10 more; 50 are left, all in Aylesbury.
    found = said(make_demand(plans(60, 40, "special"), growth=0), places=(special(50, "wycombe"),), **asked)
    assert [one.bands.median for one in found.figures] == [50, 0, 50]
    assert (found.verdict, found.figures[1].says) == ("partly", "contradicts")
    most = said(make_demand(plans(160, 40, "special"), growth=0), places=(special(30, "wycombe"),), **asked)
    assert most.verdict == "supported"
    assert "Most in Aylesbury." in most.sentence
    other = said(make_demand(plans(30, 160, "special"), growth=0), places=(special(20, "aylesbury"),), **asked)
    assert other.verdict == "partly"


def test_places_enough_contradict(make_demand):
    found = said(make_demand(plans(30, 40, "special"), growth=0), provision="special", places=(special(200),))
    assert found.verdict == "contradicted"


def test_what_no_record_holds(make_demand):
    found = said(make_demand(plans(30, 40)), provision="specialist with high-level academic education", areas=(),
                 phases=())  # fmt: skip
    assert found.verdict == "cannot say"
    assert found.figures[0].area_name == "County"
    assert said(make_demand(plans(30, 40)), areas=("Atlantis",)).verdict == "cannot say"
    assert said(make_demand(plans(30, 40)), provision="special").sentence == "No such places are listed."


def test_not_yet_testable_is_said(make_demand):
    assert "not yet testable" in said(make_demand(plans(30, 40), testable=False)).sentence


@pytest.mark.parametrize(
    ("words", "needs"),
    [
        (("ASD", "SLCN"), ("ASD", "SLCN")),
        (("ASD", "learning difficulties"), ("ASD", "SPLD", "MLD", "SLD", "PMLD")),
        (("any SEN",), NEEDS),
        (("nonsense",), ()),
    ],
)
def test_needs(words, needs):
    assert needs_of(words) == needs
