"""A bundle in one order, and as the attacker has it."""

from dataclasses import replace
from datetime import date

from geodata.disclosure.bundle import Dataset, in_order, published_of


def test_the_id_is_audience_and_day(bundle):
    assert bundle().id == "partner-2026-05-01"


def test_it_expires_after_its_last_day(bundle):
    made = bundle(expires=date(2026, 11, 1))
    assert not made.expired(date(2026, 11, 1))
    assert made.expired(date(2026, 11, 2))


def test_content_has_one_order(bundle):
    made = bundle()
    table = made.tables[0]
    turned = replace(made, tables=(replace(table, figures=table.figures[::-1]),), earlier=("b" * 64, "a" * 64) * 2)
    assert in_order(turned).tables == in_order(made).tables
    assert in_order(turned).earlier == ("a" * 64, "b" * 64)
    datasets = (Dataset("b", "B", ("synthetic", "modelled")), Dataset("a", "A"))
    assert [(one.key, one.words) for one in in_order(replace(made, datasets=datasets)).datasets] == [
        ("a", ()), ("b", ("modelled", "synthetic")),
    ]  # fmt: skip


def test_the_attacker_has_tables_codes_and_names(bundle):
    made = bundle()
    found = published_of(made)
    assert (found.name, found.snapshot) == ("partner-2026-05-01", made.snapshot)
    assert found.codes == made.codes
    assert found.labels == made.labels
    assert set(found.tables[0].figures) == set(made.tables[0].figures)
