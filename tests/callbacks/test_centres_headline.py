"""The answer at the top of the page on family centres: the figures of the report, with where most of them live."""

from callbacks.centres_headline import headline_view, in_order
from layers.family_centres.core import SCHOOL_AGE
from layers.family_centres.reach import reach_of
from layers.family_centres.reach_report import reach_report
from layers.report import show


def test_the_cards_say_what_the_report_says(demo_store):
    found, report = reach_of(demo_store, "bus"), reach_report(demo_store, "bus")
    view = headline_view(found, report)
    assert [card["key"] for card in view["cards"]] == ["ages_5_17", "low_income_0_4"]
    for card in view["cards"]:
        table = report.table(f"within_{card['key']}")
        county = table.row("Buckinghamshire")
        modelled = card["key"] == "ages_5_17"

        def said(cell, modelled=modelled):
            return f"{round(cell.value, -2):,.0f}" if modelled else show(cell)

        assert card["nearly"] == ("about " if modelled else "")
        assert card["value"] == said(county["far"])
        assert card["unit"] == f"of {card['nearly']}{said(county['children'])}: {show(county['far_share'])}"
        assert {row["name"]: (row["value"], row["share"]) for row in card["rows"]} == {
            show(row["area"]): (said(row["far"]), show(row["far_share"])) for row in table.rows[:-1]
        }
        assert card["rows"][0]["width"] == 100
        assert "more than 30 minutes by bus" in card["title"]
        assert card["basis"]
    assert view["lead"] == report.table("within_ages_5_17").sentence
    assert view["more"] == [report.table("within_low_income_0_4").sentence]
    assert view["lacking"] == ""
    assert "shared out equally over small areas" in view["shared"]
    shares = [row["share"] for row in view["limits"]["groups"][0]["rows"]]
    county = report.table("within_ages_5_17").row("Buckinghamshire")
    assert shares == [show(county[f"share_{limit}"]) for limit in (10, 20, 30)]
    assert view["supply"]["value"] == "15"
    assert view["supply"]["lines"][:2] == ["3 of them centres plus", "open 38 days a week together"]


def test_without_low_income_it_says_what_is_not_counted(subjects_store):
    found = reach_of(subjects_store, "walk")
    view = headline_view(found, reach_report(subjects_store, "walk"))
    assert [group.key for group in in_order(found.ground.groups)] == [SCHOOL_AGE]
    assert len(view["cards"]) == 1
    assert view["lacking"].startswith("Children aged 0 to 4 in low-income families are not counted")
    assert view["supply"]["lines"][-2:] == ["1 without stated days", "0 buildings on the list that could become one"]
