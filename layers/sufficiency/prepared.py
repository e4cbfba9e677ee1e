"""The forecast of a snapshot made ready: worked out once, kept beside the snapshot, and found again."""

from __future__ import annotations

import time
from dataclasses import dataclass

from geodata.store import Store
from layers.kept import per_store
from layers.sufficiency.cells_backtest import CellsBacktest
from layers.sufficiency.core import Demand
from layers.sufficiency.demand_store import backtest_of, demand_of, kept_demand


@dataclass(frozen=True)
class Prepared:
    """What is kept of a snapshot.

    Attributes
    ----------
    demand : Demand
        The forecast.
    backtest : CellsBacktest or None
        None where nothing can be tested yet.
    seconds : float
        How long it took, the reading of what was kept included.
    worked_out : bool
        Whether the forecast had to be worked out; False where it was kept already.
    """

    demand: Demand
    backtest: CellsBacktest | None
    seconds: float
    worked_out: bool


@per_store
def ensure_forecast(store: Store) -> Prepared:
    """Return the forecast and its back-test: those that are kept, or else work them out and keep them.

    Parameters
    ----------
    store : Store
        With records of EHC plans.

    Raises
    ------
    UsageError
        With the remedy, where there are no plans or fewer than two January censuses of them.
    """
    began = time.perf_counter()
    worked_out = kept_demand(store) is None
    demand, backtest = demand_of(store), backtest_of(store)
    return Prepared(demand, backtest, time.perf_counter() - began, worked_out)
