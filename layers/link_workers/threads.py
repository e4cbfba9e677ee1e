"""Programmes solved side by side, each in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

AT_ONCE = 3
"""As many as there are localities in the default council; more share the cores."""

Found = TypeVar("Found")


def solve_all(tasks: Sequence[Callable[[], Found]]) -> tuple[Found, ...]:
    """Do all tasks, `AT_ONCE` at a time, and return what they find, in their order.

    HiGHS lets other threads work while it solves. Its number of threads is fixed by the first programme that a thread
    solves, so that new threads are also what keeps this apart from other parts of the program.
    """
    with ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="sharing") as executor:
        return tuple(executor.map(lambda task: task(), tasks))
