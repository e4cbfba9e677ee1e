"""The attacker: what anyone can work out of a release from itself, from earlier ones and from what others published.

Nothing but what was published goes in, so a release can be audited by whoever receives it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geodata.disclosure.bounds import bound
from geodata.disclosure.core import Threshold
from geodata.disclosure.findings import Attacked, Recoverable, nested, recoverable, revised
from geodata.disclosure.joined import join
from geodata.disclosure.nesting import differences
from geodata.disclosure.pieces import with_pieces
from geodata.disclosure.published import Published
from geodata.errors import InputError

__all__ = ["Audit", "Recoverable", "audit"]


@dataclass(frozen=True)
class Audit:
    """What an attack found.

    Attributes
    ----------
    safe : bool
        Whether nothing is recoverable.
    cells : int
        Figures and held-back places of the release, those that are not applicable or not available left out.
    suppressed : int
        Of these, how many are held back.
    recoverable : tuple of Recoverable
        By release, newest first, then in the order of its tables.
    notes : tuple of str
        What the attacker had to assume.
    """

    safe: bool
    cells: int
    suppressed: int
    recoverable: tuple[Recoverable, ...]
    notes: tuple[str, ...] = ()


def audit(
    release: Published,
    known: Sequence[Published],
    earlier: Sequence[Published],
    threshold: Threshold,
    *,
    integer: bool = False,
) -> Audit:
    """Return what can be worked out of a release.

    A cell that is held back is recoverable where its range is narrower than the threshold's width and holds a small
    count, or where only one count is left, whichever. A figure that is shown is recoverable where a small count, or
    that of everyone in its base, stands behind it. So is a small difference of two figures of which one contains the
    other, and a small count of a piece between published codes, even though no cell is about them.

    Parameters
    ----------
    release : Published
        What is to be judged.
    known : sequence of Published
        What others have published: authority totals, committee tables.
    earlier : sequence of Published
        Earlier releases. What is held back in them is judged again with the new one.
    threshold : Threshold
        Of the audience.
    integer : bool, optional
        Search small systems for whole numbers too, which finds more and takes longer.

    Raises
    ------
    InputError
        If no counts fit what is published of one snapshot, or a table is malformed.
    """
    releases = (release, *earlier, *known)
    snapshots = _agreeing(releases)
    joined = join(releases, snapshots)
    pairs = differences(joined.known, threshold.smallest, threshold.width)
    own = [held for held, at in zip(joined.held_back, joined.releases, strict=True) if at == 0]
    joined, pieces = with_pieces(joined, releases)
    targets = np.array(joined.held_back, dtype=bool)
    targets |= (joined.known.low < joined.known.high) & (joined.known.low <= threshold.smallest)
    ends = bound(joined.known, np.flatnonzero(targets).tolist(), width=threshold.width, integer=integer)
    attacked = Attacked(releases, 1 + len(earlier), joined, ends, pairs, pieces)
    found = [*recoverable(attacked, threshold), *nested(attacked, threshold), *revised(attacked, threshold)]
    notes = [
        f"{one.name} does not fit with {release.name}, so its figures were taken as revised since."
        for one, snapshot in zip(releases, snapshots, strict=True)
        if snapshot
    ]
    return Audit(not found, len(own), sum(own), tuple(found), tuple(notes))


def _agreeing(releases: Sequence[Published]) -> list[str]:
    """Return [release]: empty for those that can all be about the same children, else the snapshot.

    An attacker takes figures as unrevised for as long as they fit.
    """
    snapshots = [one.snapshot for one in releases]
    agreed = {snapshots[0]}
    for snapshot in dict.fromkeys(snapshots[1:]):
        together = agreed | {snapshot}
        if snapshot in agreed:
            continue
        try:
            bound(join([one for one in releases if one.snapshot in together]).known, [])
        except InputError:
            continue
        agreed = together
    return ["" if snapshot in agreed else snapshot for snapshot in snapshots]
