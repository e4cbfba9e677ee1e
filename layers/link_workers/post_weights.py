"""What the parts of the cost of a sharing weigh, in kilometres a week."""

from __future__ import annotations

from dataclasses import dataclass

from layers.link_workers.workload_settings import ASSUMED


@dataclass(frozen=True)
class PostWeights:
    """Kilometres a week that stand for one of each: section [posts_cost] of the profile's settings.

    Attributes
    ----------
    compactness : float
        For a kilometre between the middle school of a worker and another one.
    not_connected : float
        For a worker whose schools do not lie side by side.
    hour_off : float
        For an hour above or below the fair share of the post's hours.
    family : float
        For a family that is handed over by a post that is present.
    change : float
        For a school that changes its worker, whatever its families, when that worker is present.
    outside : float
        For a school below or above the range.
    neighbour_km : float
        Not a weight: schools further apart, in a straight line, lie side by side only where no nearer way links them.
    source : str
        What the figures rest on.
    """

    compactness: float = 1.0
    not_connected: float = 10.0
    hour_off: float = 2.0
    family: float = 3.0
    change: float = 2.0
    outside: float = 20.0
    neighbour_km: float = 10.0
    source: str = ASSUMED
