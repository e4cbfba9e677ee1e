from datetime import date

import pytest

from geodata.printed import PrintedClosures, PrintedCme, PrintedYear, printed_cme
from geodata.profile import PROFILES
from layers.cme.printed_marks import agree, clashes, mark
from layers.report import Figure


@pytest.mark.parametrize(
    ("recomputed", "printed", "same"),
    [
        (3, 3, True),
        (3, 4, False),
        (Figure(5.949, 1), Figure(5.9, 1), True),
        (Figure(5.95, 1), Figure(5.9, 1), False),
        (Figure(14.925, 0, "%"), Figure(15.0, 0, "%"), True),
        (None, 3, None),
        (3, None, None),
        ("", 3, None),
    ],
)
def test_figures_agree_as_the_papers_write_them(recomputed, printed, same):
    assert agree(recomputed, printed) is same


def test_marks():
    assert mark(("", 1, None)) == ""
    assert mark(("", 1, 1)) == "same"
    assert mark(("", 1, 2)) == "differs"
    assert mark(("closures", 1, 1), ("mean weeks", Figure(2.0), Figure(3.0)), ("last month", 1, None)) == (
        "differs: mean weeks"
    )


def test_the_contradictions_of_the_papers_are_said():
    found = clashes(printed_cme(PROFILES / "buckinghamshire"), "2021/22")
    assert len(found) == 3
    assert "add to 538, the printed total is 542: 4 have no printed row" in found[0]
    assert "July 2022 add to 20, the printed total is 21: 1 has no printed row" in found[1]
    assert "589 involvements less 528 closed leave 61 open" in found[2]
    assert "begin with 62 on 31 August 2021 (609 less 547)" in found[2]
    assert "58 is printed for 31 July 2021" in found[2]


def test_the_year_before_says_its_own():
    found = clashes(printed_cme(PROFILES / "buckinghamshire"), "2020/21")
    assert ["476" in text for text in found] == [True, False]
    assert "61" in found[1]


def test_figures_that_hold_together_are_not_complained_of():
    year = PrintedYear(10, 10, 6, 7, None, None, None, "")
    after = PrintedYear(9, 9, 6, 5, None, None, None, "")
    whole = PrintedCme(
        years={"2021/22": year, "2022/23": after},
        closures={"2021/22": PrintedClosures({"IND": 7}, {}, 7)},
        stock={date(2022, 7, 31): 3},
    )
    assert clashes(whole, "2021/22") == ()
