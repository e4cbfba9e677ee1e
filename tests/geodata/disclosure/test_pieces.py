from geodata.disclosure.joined import join
from geodata.disclosure.pieces import PIECE, with_pieces

CODES = {
    "area": {
        "north": frozenset(("a", "b")),
        "board": frozenset(("b", "c")),
        "county": frozenset(("a", "b", "c", "d")),
    }
}


def test_each_piece_between_areas_becomes_a_cell(release):
    releases = [release({"county": 60, "north": 30, "board": 25}, dimensions=("area",), codes=CODES)]
    made, cells = with_pieces(join(releases), releases)
    assert made.keys[3:] == (
        ("plans", PIECE, "north"),
        ("plans", PIECE, "board & north"),
        ("plans", PIECE, "board"),
        ("plans", PIECE, "county"),
    )
    assert sorted(cells.values()) == [3, 4, 5, 6]
    assert made.known.low[3:].tolist() == [0, 0, 0, 0]
    assert made.releases[3:] == (0, 0, 0, 0)
    assert not any(made.held_back)


def test_a_code_that_is_published_is_no_piece(release):
    releases = [release({"county/all": 60, "aylesbury/all": 30, "wycombe/all": 20, "chiltern/all": 10})]
    made, cells = with_pieces(join(releases), releases)
    assert cells == {}
    assert len(made.keys) == 4
