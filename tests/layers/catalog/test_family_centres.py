"""Family centres by area."""

from layers.registry import find_layer
from layers.table import area_table
from layers.words import sentence


def test_a_board_member_reads_how_many_there_are(subjects_store):
    table = area_table(subjects_store, find_layer("family_centres"), "locality")
    assert sentence(subjects_store, table) == (
        "On 1 September 2024: 5 family centres, 2 of them off the map. Within Buckinghamshire 3. By locality it runs "
        "from 0 (Chiltern & South Bucks) to 2 (Aylesbury)."
    )
    assert (table.basis, table.info.points) == (("illustrative",), "family_centres")
