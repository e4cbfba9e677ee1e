"""What an attack makes of the ranges that it has found: which counts can be worked out, and how."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geodata.disclosure.core import Bounds, Key, Threshold
from geodata.disclosure.explanation import Explainer, in_words
from geodata.disclosure.hints import base_of
from geodata.disclosure.joined import Joined
from geodata.disclosure.nesting import Difference
from geodata.disclosure.published import MeanShown, Published
from geodata.disclosure.system import system_of

EXPLAINED = 200
"""Cells whose sums are written out; with more, the release has other troubles than words."""

TOGETHER = "worked out from all figures together"
DIFFERENCE = "the difference"


@dataclass(frozen=True)
class Recoverable:
    """A count that can be worked out.

    Attributes
    ----------
    key : Key
        Of the cell. For a difference of two figures: their table or tables, and the two keys joined by " less ".
    low, high : float
        Least and greatest count that fits everything published.
    how : str
        Which figures to add and take away, or what else tells it.
    release : str
        Name of the release with the cell.
    sure : bool
        Whether every count in the range is small, so that a child can certainly be recognised; else the count may be
        a larger one that was held back for others' sake.
    """

    key: Key
    low: float
    high: float
    how: str
    release: str = ""
    sure: bool = True


@dataclass(frozen=True)
class Attacked:
    """Ranges of everything that was published.

    Attributes
    ----------
    releases : tuple of Published
        The one that is judged first, earlier ones after it, then those of others.
    ours : int
        How many of them are not of others.
    joined : Joined
        Their cells, and the pieces between them.
    ends : Bounds
        [cell].
    pairs : tuple of Difference
        Small differences of two figures.
    pieces : mapping of int to int
        Merged column -> the cell that is a piece.
    """

    releases: tuple[Published, ...]
    ours: int
    joined: Joined
    ends: Bounds
    pairs: tuple[Difference, ...]
    pieces: dict[int, int]

    def labels(self) -> dict[str, str]:
        """Return code -> name."""
        return {code: name for one in self.releases for code, name in one.labels.items()}


def recoverable(attacked: Attacked, threshold: Threshold) -> list[Recoverable]:
    """Return the cells and pieces that can be worked out.

    Parameters
    ----------
    attacked : Attacked
        Ranges.
    threshold : Threshold
        What is small, and what is narrow.
    """
    joined, ends, releases = attacked.joined, attacked.ends, attacked.releases
    said = {attacked.pieces.get(pair.column) for pair in attacked.pairs}
    cells = [at for at, release in enumerate(joined.releases) if release < attacked.ours and at not in said]
    found = [(cell, word) for cell in cells if (word := _finding(joined, ends, cell, threshold)) is not None]
    explainer = Explainer(joined.known, system_of(joined.known, [cell for cell, _ in found]))
    labels, made = attacked.labels(), []
    for number, (cell, word) in enumerate(found):
        how = word or (_how(joined, explainer, ends, cell, labels) if number < EXPLAINED else TOGETHER)
        low, high = float(ends.low[cell]), float(ends.high[cell])
        sure = high <= threshold.smallest or bool(word)
        made.append(Recoverable(joined.keys[cell], low, high, how, releases[joined.releases[cell]].name, sure))
    return sorted(made, key=lambda one: [release.name for release in releases].index(one.release))


def _finding(joined: Joined, ends: Bounds, cell: int, threshold: Threshold) -> str | None:
    """Return what is wrong with a cell: words, or nothing where the sums are to be written out; None if it is safe."""
    low, high = float(ends.low[cell]), float(ends.high[cell])
    telling = high - low < threshold.width and low <= threshold.smallest and high >= 1
    if joined.held_back[cell]:
        if telling or low == high:
            return ""
        mean = any(isinstance(hint, MeanShown) for hint in joined.figures[cell].beside)
        return "held back, yet the mean of its children is shown" if mean else None
    if telling:
        return "shown as it is" if low == high == joined.figures[cell].value else ""
    return _of_base(joined, cell, low, high, threshold) or None


def _of_base(joined: Joined, cell: int, low: float, high: float, threshold: Threshold) -> str:
    """Return what is wrong with a figure for the sake of its base, if anything."""
    base = base_of(joined.figures[cell])
    if base is None or high < 1:
        return ""
    if base < threshold.least_base:
        return f"shown over a base of {base:g}, under {threshold.least_base}"
    return f"everyone of a base of {base:g}" if low >= base else ""


def _how(joined: Joined, explainer: Explainer, ends: Bounds, cell: int, labels: dict[str, str]) -> str:
    low, high = float(ends.low[cell]), float(ends.high[cell])
    alone = joined.says.get(cell)
    if alone and joined.known.low[cell] >= low and joined.known.high[cell] <= high:
        return f"{alone} tells it"
    upper, lower = explainer.sums(cell, most=True), explainer.sums(cell, most=False)
    top, bottom = (upper or ((), (), np.inf)), (lower or ((), (), 0.0))
    written = in_words(joined.keys, labels, cell, (low, high), top[0], bottom[0])
    used = [joined.says[one] for one, _ in (*top[0], *bottom[0]) if one in joined.says]
    used += [joined.known.relations[at].says for at in (*top[1], *bottom[1])]
    because = f"; by {' and '.join(dict.fromkeys(used))}" if used else ""
    # Sums alone may say less than whole numbers do.
    whole = "; counts being whole" if top[2] > high + 0.999 or bottom[2] < low - 0.999 else ""
    return f"{written}{because}{whole}"


def nested(attacked: Attacked, threshold: Threshold) -> list[Recoverable]:
    """Return the differences of two figures that are small counts; those among others' figures alone left out."""
    joined, labels, made = attacked.joined, attacked.labels(), []
    for pair in attacked.pairs:
        newest = min(joined.releases[pair.outer], joined.releases[pair.inner])
        if newest >= attacked.ours:
            continue
        outer, inner = joined.keys[pair.outer], joined.keys[pair.inner]
        terms = ((pair.outer, 1.0), (pair.inner, -1.0))
        how = in_words([*joined.keys, (DIFFERENCE,)], labels, len(joined.keys), (pair.low, pair.high), terms, terms)
        key = (outer[0], f"{' '.join(outer[1:])} less {' '.join(inner[1:])}")
        sure = pair.high <= threshold.smallest
        made.append(Recoverable(key, pair.low, pair.high, how, attacked.releases[newest].name, sure))
    return made


def revised(attacked: Attacked, threshold: Threshold) -> list[Recoverable]:
    """Return figures that differ by a small count from the same figure of another snapshot."""
    joined, releases, ours = attacked.joined, attacked.releases, attacked.ours
    low, high = joined.known.low, joined.known.high
    before: dict[Key, list[int]] = {}
    for cell, key in enumerate(joined.keys):
        if joined.releases[cell]:
            before.setdefault(key, []).append(cell)
    made = []
    for cell, key in enumerate(joined.keys):
        for other in before.get(key, ()) if joined.releases[cell] == 0 else ():
            then = releases[joined.releases[other]]
            if joined.releases[other] >= ours or then.snapshot == releases[0].snapshot:
                continue
            least = max(low[cell] - high[other], low[other] - high[cell], 0.0)
            most = max(high[cell] - low[other], high[other] - low[cell])
            if most >= 1 and least <= threshold.smallest and most - least < threshold.width:
                how = f"{_figure(joined, cell)} here, {_figure(joined, other)} in {then.name}"
                made.append(
                    Recoverable(key, float(least), float(most), how, releases[0].name, most <= threshold.smallest)
                )
    return made


def _figure(joined: Joined, cell: int) -> str:
    figure = joined.figures[cell]
    return figure.symbol if figure.value is None else f"{figure.value:g}"
