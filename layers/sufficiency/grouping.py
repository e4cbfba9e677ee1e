"""How primary needs are put together for the gap: by broad area, or one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geodata.contracts.ehc_plans import NEED_CODES
from layers.sufficiency.core import BROAD_AREAS, BROAD_KEYS, BROAD_OF_NEEDS, NEEDS

ALL = "all"
"""Code of all groups, and of all phases, together."""

Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Grouping:
    """Groups of primary needs.

    Attributes
    ----------
    titles : mapping of str to str
        Code of each group -> title, in order.
    of_need : tuple of int
        Group of each of `layers.sufficiency.core.NEEDS`.
    broad : tuple of int or None
        Broad area of each group where groups are finer than that: places for another need of the same broad area are
        taken before places for any need. None where the groups are the broad areas.
    """

    titles: Mapping[str, str]
    of_need: tuple[int, ...]
    broad: tuple[int, ...] | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """Codes of the groups."""
        return tuple(self.titles)

    def __len__(self) -> int:
        return len(self.titles)

    def group_of(self, need: str) -> int:
        """Return the group that places for a need serve; one after the last for those that take any need."""
        return self.of_need[NEEDS.index(need)] if need in NEEDS and need else len(self)


BY_BROAD_AREA = Grouping(BROAD_AREAS, tuple(BROAD_OF_NEEDS.tolist()))
"""The default view."""

BY_NEED = Grouping(
    {need or "none": NEED_CODES.get(need, "Not recorded") for need in NEEDS},
    tuple(range(len(NEEDS))),
    tuple(BROAD_OF_NEEDS.tolist()),
)
"""Every primary need by itself: for one broad area at a time."""


def needs_in(broad: str) -> tuple[str, ...]:
    """Return the codes in `BY_NEED` of the needs of one broad area."""
    at = BROAD_KEYS.index(broad)
    return tuple(key for key, of in zip(BY_NEED.keys, BROAD_OF_NEEDS, strict=True) if of == at)
