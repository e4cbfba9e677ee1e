"""How sure: the back-test, the assumptions, the statements."""

from callbacks.places_sure import CANNOT_KNOW, statements_view, sure_view


def test_the_back_test_stands_beside_simpler_methods(hand_made, error_row):
    view = sure_view(hand_made(errors=(error_row, error_row._replace(error=9.0))))
    best, worse = view["rows"]
    assert (best["error"], best["bias"], best["coverage"], best["last_value"]) == (
        "2.5%",
        "\u22121.2%",
        "80.0%",
        "6.4%",
    )
    assert best["best"]
    assert not worse["best"]
    assert view["cannot"] == CANNOT_KNOW


def test_without_a_back_test_the_page_says_why(hand_made):
    view = sure_view(hand_made(testable=False))
    assert view["rows"] == []
    assert view["why_none"].startswith("Not yet testable")


def test_a_statement_has_its_verdict_and_its_figures(hand_made, statement):
    (view,) = statements_view(hand_made(statements=(statement,)))
    assert (view["verdict"], view["sign"]) == ("supported", "\u2713")
    assert view["rows"] == [{"name": "Aylesbury", "text": "12"}]
