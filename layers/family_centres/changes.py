"""Who loses, and who gains, a centre within 30 minutes: the table for the equality assessment."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from layers.family_centres.core import FAR_MINUTES, Ground, Group, Loss
from layers.family_centres.reach import COUNTY

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

ALL_FIFTHS = 0
FIFTHS = (1, 2, 3, 4, 5)


def changes(ground: Ground, before: Numbers, after: Numbers, limit_minutes: float = FAR_MINUTES) -> tuple[Loss, ...]:
    """Return who is within the limit before and after, by locality, group and fifth of deprivation.

    Parameters
    ----------
    ground : Ground
        Children, localities and deprivation by small area.
    before, after : Numbers
        [atom]: minutes to the nearest open centre; infinite where there is none.
    limit_minutes : float, optional
        Of the journey.

    Returns
    -------
    tuple of Loss
        By group, locality (the county last) and fifth: all of them first, then those that the area has, and those it is
        not known of. Before less lost and gained is after, fifths add up to all of them, and localities to the county.
    """
    was, now = before <= limit_minutes, after <= limit_minutes
    areas = np.array(ground.areas)
    fifths = np.array([-1 if fifth is None else fifth for fifth in ground.deprivation])
    inside = np.isin(areas, [code for code, _ in ground.area_names])
    parts = [(code, name, areas == code) for code, name in ground.area_names]
    found = []
    for group in ground.groups:
        for code, name, here in (*parts, (COUNTY, "County", inside)):
            found.append(_loss(group, (code, name, ALL_FIFTHS), here, (was, now)))
            for fifth in (*FIFTHS, None):
                of_fifth = here & (fifths == (-1 if fifth is None else fifth))
                if of_fifth.any():
                    found.append(_loss(group, (code, name, fifth), of_fifth, (was, now)))
    return tuple(found)


def _loss(group: Group, row: tuple[str, str, int | None], here: Flags, within: tuple[Flags, Flags]) -> Loss:
    was, now = within

    def children(which: Flags) -> float:
        return float(group.children[here & which].sum())

    code, name, fifth = row
    return Loss(code, name, group.key, fifth, children(was), children(now), children(was & ~now), children(now & ~was))


def county_losses(losses: tuple[Loss, ...]) -> tuple[Loss, ...]:
    """Return the rows of the whole county and all fifths, one for each group."""
    return tuple(one for one in losses if one.area == COUNTY and one.fifth == ALL_FIFTHS)
