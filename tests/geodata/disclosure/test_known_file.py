"""What others have published, from a file."""

import pytest

from geodata.disclosure.bundle import published_of
from geodata.disclosure.bundle_audit import audit_bundle
from geodata.disclosure.known_file import read_known
from geodata.disclosure.published import Figure
from geodata.errors import InputError, UsageError


@pytest.fixture
def read(bundle, tmp_path):
    def run(text):
        path = tmp_path / "paper.csv"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return read_known(path, published_of(bundle()))

    return run


def test_rows_become_tables_by_source_and_dimensions(read):
    found = read(
        "\ufeffcounts,area,need,value,source\nplans,wycombe,all,27,Paper of May\n\n"
        'plans,,,"1,000",SEN2\nplans,,ASD, 40 ,SEN2\n'
    )
    assert [one.name for one in found.published] == ["Paper of May", "SEN2"]
    assert [(table.name, table.dimensions, table.figures) for one in found.published for table in one.tables] == [
        ("Paper of May (plans by area, need)", ("area", "need"), (Figure(("wycombe", "all"), 27.0),)),
        ("SEN2 (plans)", (), (Figure((), 1000.0),)),
        ("SEN2 (plans by need)", ("need",), (Figure(("ASD",), 40.0),)),
    ]
    assert found.notes == ()


def test_it_bites(read, bundle):
    found = read("counts,area,need,value\nplans,wycombe,all,27\n")
    made = audit_bundle(bundle(), known=found.published)
    # Wycombe's is no small count, but it was held back and is known.
    assert {(one.key[1], one.low, one.high, one.sure) for one in made.recoverable} == {
        ("aylesbury", 3, 3, True),
        ("wycombe", 27, 27, False),
    }


def test_figures_of_another_day_are_taken_as_revised(read, bundle):
    found = read("counts,area,need,value\nplans,wycombe,all,127\n")
    made = audit_bundle(bundle(), known=found.published)
    assert made.safe
    assert "paper does not fit" in made.notes[0]


def test_what_bears_on_nothing_is_said(read):
    found = read("counts,area,value\nexclusions,county,12\nplans,leeds,12\n")
    assert found.notes == (
        "paper.csv also counts what the release does not: exclusions.",
        "paper.csv has codes that the release does not use: leeds.",
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "it has none"),
        ("counts,area\nplans,county\n", "needs the columns counts and value, and may have source, area, need"),
        ("counts,ward,value\nplans,a,3\n", "it has counts, ward, value"),
        ("counts,value,value\nplans,3,3\n", "each once"),
        ("counts,area,value\nplans,county\n", r"Row 2 of paper.csv has 2 cells"),
        ("counts,area,value\nplans,county,12\nplans,county,13\n", "Row 3 of paper.csv says again"),
        ("counts,area,value\nplans,county,-3\n", "'-3' is no count"),
        ("counts,area,value\nplans,county,c\n", "'c' is no count"),
        (b"counts,area,value\nplans,\xe9,3\n", "no UTF-8 CSV"),
        ('counts,area,value\nplans,"a,3\n', "no UTF-8 CSV"),
    ],
)
def test_what_cannot_be_read_is_refused(read, text, says):
    with pytest.raises(InputError, match=says):
        read(text)


def test_there_is_no_file(bundle, tmp_path):
    with pytest.raises(UsageError, match="no file"):
        read_known(tmp_path / "none.csv", published_of(bundle()))
