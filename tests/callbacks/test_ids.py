"""Every id is used, once."""

from collections import Counter

from callbacks.figures import Figures
from callbacks.ids import Id
from dashapp.map_layout import map_layout

DRAWN_BY_NAME = {Id.MAP, Id.CONTEXT, Id.OUTLINE}
"""Parts of the map: the page's scripts find them; no callback reads or writes them."""


def ids(component):
    """Return the ids of a tree of components, itself included."""
    found = [component.id] if getattr(component, "id", None) else []
    children = getattr(component, "children", None)
    for child in children if isinstance(children, list | tuple) else [children]:
        if hasattr(child, "to_plotly_json"):
            found += ids(child)
    return found


def test_every_id_stands_in_the_layout_once_and_the_layout_has_no_other(small_store, small_path):
    found = Counter(ids(map_layout(Figures(small_store), small_path)))
    assert found == Counter(dict.fromkeys((str(key) for key in Id), 1))


def test_every_id_of_a_callback_is_one_of_ours_and_every_store_has_a_callback(client):
    used = set()
    for callback in client.get("/_dash-dependencies").get_json():
        used |= {part["id"] for part in (*callback["inputs"], *callback["state"])}
        if not callback["no_output"]:
            used |= {output.split(".")[0] for output in callback["output"].strip(".").split("...")}
    assert used == {str(key) for key in Id} - DRAWN_BY_NAME


def test_no_two_ids_share_a_name():
    assert len({str(key) for key in Id}) == len(list(Id))
