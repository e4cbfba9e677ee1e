"""How soon early help comes, on the page of the family centres."""

from callbacks.centres_soon import soon_view
from layers.family_centres.timeliness_report import timeliness_report


def test_the_overview_shows_the_shares_of_the_report(demo_store):
    view, report = soon_view(demo_store), timeliness_report(demo_store)
    assert [area["name"] for area in view["areas"]] == [
        "Aylesbury", "Chiltern & South Bucks", "Wycombe", "Buckinghamshire",
    ]  # fmt: skip
    assert view["areas"][-1]["strong"]
    assert [one["title"] for one in view["measures"]] == [table.title for table in report.tables]
    spans = [one["span"] for one in view["measures"]]
    assert spans[0] == "Families referred 1 January 2024 to 31 December 2024"
    assert all(span.startswith("Families whose help ended ") for span in spans[4:])
    assert len(set(spans[4:])) == 3
    first, row = view["measures"][0]["cells"][0], report.tables[0].row("Aylesbury")
    assert first["of"] == f"{row['met']} of {row['base']}"
    assert first["share"] == f"{row['share'].value:.1f}%"
    assert len(view["tables"][0]["rows"]) == len(report.tables[0].rows)
    assert "synthetic" in view["tags"]


def test_without_early_help_there_is_no_section(small_store):
    assert soon_view(small_store) is None
