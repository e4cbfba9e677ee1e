"""The attack on bundles: alone, with earlier ones, with what others published."""

from dataclasses import replace
from datetime import date

import pytest

from geodata.disclosure.bundle import published_of
from geodata.disclosure.bundle_audit import audit_bundle, not_given
from geodata.disclosure.bundle_folder import content_hash
from geodata.disclosure.published import Published
from geodata.disclosure.thresholds import DEFAULTS
from geodata.errors import InputError, ProfileError

PRIMARY_ONLY = {"county/all": 100, "aylesbury/all": "c", "wycombe/all": 40, "chiltern/all": 57}


def test_a_safe_bundle(bundle):
    made = audit_bundle(bundle())
    assert (made.safe, made.cells, made.suppressed, made.recoverable, made.notes) == (True, 4, 2, (), ())


def test_primary_suppression_alone_is_found(bundle):
    made = audit_bundle(bundle(PRIMARY_ONLY))
    (one,) = made.recoverable
    assert (made.safe, one.key, one.low, one.high) == (False, ("plans", "aylesbury", "all"), 3, 3)
    assert one.release == "partner-2026-05-01"


def test_an_earlier_release_undoes_it(bundle):
    # Alone each is safe; May shows Wycombe, which April held back to protect Aylesbury.
    april = bundle({"county/all": 100, "aylesbury/all": "c", "wycombe/all": "c", "chiltern/all": 57},
                   made_on=date(2026, 4, 1))  # fmt: skip
    may = bundle({"wycombe/all": 40})
    assert audit_bundle(april).safe
    assert audit_bundle(may).safe
    made = audit_bundle(may, [april])
    assert {(one.key[1], one.low, one.high, one.release) for one in made.recoverable} >= {
        ("aylesbury", 3, 3, "partner-2026-04-01")
    }


def test_what_others_published_undoes_it(bundle, release):
    others = release({"wycombe/all": 27}, "committee paper", title="paper")
    assert not audit_bundle(bundle(), known=[others]).safe
    assert audit_bundle(bundle(), known=[Published("nothing", ())]).safe


def test_a_release_dated_before_the_last_is_refused(bundle):
    later = bundle(made_on=date(2026, 6, 1))
    with pytest.raises(InputError, match="dated 2026-05-01, before 'partner-2026-06-01'"):
        audit_bundle(bundle(), [later])
    with pytest.raises(InputError, match="same day"):
        audit_bundle(bundle(), [bundle(PRIMARY_ONLY)])


def test_earlier_releases_that_were_not_given_are_said(bundle):
    april = bundle(made_on=date(2026, 4, 1))
    may = bundle(earlier=(content_hash(april), "a" * 64))
    assert not_given(may, [april]) == ("a" * 64,)
    assert "names 2 earlier releases; 1 of them were not given" in audit_bundle(may, [april]).notes[0]
    assert audit_bundle(may).safe


def test_rules_that_are_looser_than_usual_are_said(bundle):
    made = bundle()
    made = replace(made, threshold=replace(made.threshold, smallest=2, width=3))
    assert audit_bundle(made).notes == (
        "The rules that the bundle states are looser than is usual for its audience: smallest 2 instead of 5, width 3 "
        "instead of 6.",
    )


def test_it_can_be_judged_by_the_rules_of_others(bundle):
    # Ranges of 7: wide enough for a partner, too narrow for the public.
    made = bundle({"county/all": 100, "aylesbury/all": "c", "wycombe/all": "c", "chiltern/all": 93})
    assert audit_bundle(made).safe
    assert not audit_bundle(made, threshold=DEFAULTS["public"]).safe
    with pytest.raises(ProfileError, match="width is 0"):
        audit_bundle(made, threshold=replace(DEFAULTS["public"], width=0))


def test_it_is_the_audit_of_what_was_published(bundle):
    assert published_of(bundle()).name == audit_bundle(bundle(PRIMARY_ONLY)).recoverable[0].release
