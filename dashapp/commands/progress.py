"""A progress bar on a terminal, and silence anywhere else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Tell = Callable[[str, float | None], None]
"""Called with the step that begins and the share done so far, 0 to 1; None where nobody knows how much there is."""


@contextmanager
def progress(form: str = "text") -> Iterator[Tell]:
    """Yield a function that moves a bar; it does nothing where no person watches.

    Parameters
    ----------
    form : str
        The command's ``--format``: machines get no bar.
    """
    if form != "text" or not sys.stderr.isatty():
        yield lambda _step, _share: None
        return
    from rich.console import Console  # noqa: PLC0415 - only for a terminal
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Starting", total=1.0)

        def tell(step: str, share: float | None) -> None:
            bar.update(task, description=step, completed=share or 0.0, total=None if share is None else 1.0)

        yield tell
