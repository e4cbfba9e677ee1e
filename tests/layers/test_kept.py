"""What was worked out once of a store is kept with it."""

import gc
import weakref

from layers.kept import per_store


class Fake:
    """Stands for a store."""


def test_an_answer_is_found_once_for_each_store_and_its_arguments():
    asked = []

    @per_store
    def double(store, number, *, plus=0):
        asked.append((store, number))
        return number * 2 + plus

    one, other = Fake(), Fake()
    assert [double(one, 2), double(one, 2), double(one, 3), double(other, 2), double(one, 2, plus=1)] == [4, 4, 6, 4, 5]
    assert asked == [(one, 2), (one, 3), (other, 2), (one, 2)]


def test_nothing_keeps_a_store_alive():
    @per_store
    def name(store):
        return type(store).__name__

    store = Fake()
    gone = weakref.ref(store)
    assert name(store) == "Fake"
    del store
    gc.collect()
    assert gone() is None
