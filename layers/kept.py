"""What was worked out once of a snapshot's rows, kept for as long as its store is in use."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from geodata.store import Store

P = ParamSpec("P")
R = TypeVar("R")


def per_store(work: Callable[Concatenate[Store, P], R]) -> Callable[Concatenate[Store, P], R]:
    """Keep what a function returns for a store and its other arguments, which must be hashable.

    A snapshot never changes, so its answer is found once. What is kept goes when the store goes: the answer must not
    hold the store itself.
    """
    kept: WeakKeyDictionary[Store, dict[object, R]] = WeakKeyDictionary()

    @wraps(work)
    def ask(store: Store, /, *args: P.args, **kwargs: P.kwargs) -> R:
        answers = kept.setdefault(store, {})
        key = (args, tuple(sorted(kwargs.items())))
        if key not in answers:
            answers[key] = work(store, *args, **kwargs)
        return answers[key]

    return ask
