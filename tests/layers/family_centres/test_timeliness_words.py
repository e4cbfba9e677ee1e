"""One sentence for each measure: the county, which locality is different, and what is not stated."""

from layers.family_centres.timeliness import Tally
from layers.family_centres.timeliness_words import differences, measure_sentence

WHEN = "1 January 2024 to 31 December 2024"


def say(county, *places):
    return measure_sentence("a decision within 24 hours", "families referred", WHEN, places, county)


def test_the_county_and_who_is_different():
    places = (("North", Tally(300, 100)), ("Mid", Tally(195, 5)), ("South", Tally(150, 150)))
    assert say(sum((one for _, one in places), Tally(unstated=12)), *places) == (
        "Of 900 families referred 1 January 2024 to 31 December 2024, 645 (71.7%, 95% interval 68.6% to 74.5%) had a "
        "decision within 24 hours. Clearly higher in Mid (97.5%); clearly lower in South (50.0%); about the same "
        "elsewhere. Not stated for 12 more."
    )


def test_about_the_same_unless_clearly_different():
    assert (
        differences([("North", Tally(70, 30)), ("South", Tally(75, 25))], 72.5) == "About the same in every locality."
    )
    assert differences([("North", Tally(70, 30)), ("South", Tally())], 70.0).startswith("Too few")
    assert differences([("North", Tally(95, 5)), ("South", Tally(5, 95))], 50.0) == (
        "Clearly higher in North (95.0%); clearly lower in South (5.0%)."
    )


def test_too_many_without_a_time_of_day_have_no_share():
    said = say(Tally(60, 10, 30, 2))
    assert said.startswith("Of 100 families referred 1 January 2024 to 31 December 2024, the time of day is not stated")
    assert "for 30, too many for a share: anything from 50.2% to 94.5% may have had a decision" in said
    assert said.endswith("Not stated for 2 more.")


def test_nothing_stated_and_nobody_at_all():
    assert say(Tally(unstated=1)) == "It is not stated for any of 1 family referred 1 January 2024 to 31 December 2024."
    assert say(Tally()) == "There are no families referred 1 January 2024 to 31 December 2024 in the county."
