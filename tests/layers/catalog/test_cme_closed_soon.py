from layers.cme.involvements import ended_in, involvements, of_area
from layers.cme.measures import closed_within
from layers.registry import find_layer
from layers.table import area_table

LAYER = find_layer("cme_closed_soon")


def test_a_share_of_the_closed_by_hand(small_store):
    """Closed in 2021/22: b (28 days) d (29) e (0) in Aylesbury, g (1) Wycombe, j (242) South Bucks, n (71) outside."""
    table = area_table(small_store, LAYER, "locality", "2021/22")
    found = {row.name: (row.count, row.denominator) for row in table.rows}
    assert found == {
        "Aylesbury": (2, 3), "Chiltern & South Bucks": (0, 1), "Wycombe": (1, 1), "Address unknown or withheld": (0, 0),
        "Outside the county": (0, 1),
    }  # fmt: skip
    assert (table.total, table.total_base) == (3, 6)


def test_it_counts_what_the_report_counts(demo_store):
    for scheme in ("locality", "ward"):
        table = area_table(demo_store, LAYER, scheme, "2021/22")
        closed = ended_in(involvements(demo_store, scheme), table.period)
        for row in table.rows:
            own = of_area(closed, row.code)
            assert (row.count, row.denominator) == (closed_within(own, 4), len(own))
