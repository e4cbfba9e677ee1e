"""Words for codes."""

from callbacks.places_words import (
    BROAD_NEEDS,
    STATUSES,
    UNTESTED_MEANS,
    january,
    means,
    need_words,
    phase_words,
    provision_words,
)
from geodata.contracts.ehc_plans import PROVISION_CODES
from layers.sufficiency.core import BROAD_AREAS, GAP_PROVISIONS
from layers.sufficiency.rollup import WORDS


def test_codes_are_those_of_the_model():
    assert set(STATUSES) == set(WORDS)
    assert dict(BROAD_AREAS) == BROAD_NEEDS
    assert {provision_words(code) for code in PROVISION_CODES}.isdisjoint(PROVISION_CODES)
    assert all(provision_words(one) != one for one in GAP_PROVISIONS)


def test_words():
    assert january(2027) == "January 2027 (school year 2026/27)"
    assert january(2101) == "January 2101 (school year 2100/01)"
    assert (phase_words("all"), phase_words("post_16")) == ("All phases", "Post-16")
    assert (need_words("ASD"), need_words(""), need_words("all")) == (
        "Autistic spectrum disorder", "Not recorded", "All needs"
    )  # fmt: skip


def test_where_nothing_is_testable_no_word_speaks_of_likelihood():
    assert not any("likely" in means(status, testable=False) for status in UNTESTED_MEANS)
