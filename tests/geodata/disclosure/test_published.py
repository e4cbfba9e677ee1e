from geodata.disclosure.published import CONFIDENTIAL, LOW, SYMBOLS, Figure, Published, Table


def test_a_key_is_the_table_and_its_codes():
    table = Table("plans", "plans", ("area", "need"), (Figure(("aylesbury", "ASD"), 12.0),))
    assert table.key(table.figures[0]) == ("plans", "aylesbury", "ASD")


def test_the_symbols_are_those_of_the_design():
    assert SYMBOLS == (CONFIDENTIAL, "z", "x", LOW)


def test_a_release_needs_no_more_than_tables():
    made = Published("May", ())
    assert made.codes == {}
    assert made.ties == made.orders == ()
