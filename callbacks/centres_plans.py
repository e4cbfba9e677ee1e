"""What was worked out on the page on family centres, kept for a while: one question is worked out at a time."""

from __future__ import annotations

import threading
from collections import OrderedDict

from geodata.store import Store
from layers.family_centres.site_report import SiteAsked, SitePlan, site_plan
from layers.kept import per_store

KEPT_PLANS = 24
"""Plans kept in memory, of up to 1 MB each."""


class Plans:
    """The plans of one snapshot that were asked for last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: OrderedDict[SiteAsked, SitePlan] = OrderedDict()

    def plan(self, store: Store, asked: SiteAsked) -> SitePlan:
        """Return the plan, worked out when it is asked for first.

        Parameters
        ----------
        store : Store
            Of the snapshot.
        asked : SiteAsked
            The question.

        Raises
        ------
        UsageError, InputError
            Those of `layers.family_centres.site_report.site_plan`.
        """
        with self._lock:  # somebody who asks the same meanwhile waits for this answer
            if asked not in self._found:
                self._found[asked] = site_plan(store, asked)
            self._found.move_to_end(asked)
            while len(self._found) > KEPT_PLANS:
                self._found.popitem(last=False)
            return self._found[asked]


@per_store
def plans_of(store: Store) -> Plans:
    """Return the plans of a snapshot; kept with the store."""
    del store  # its plans are its own; they must not hold it
    return Plans()
