"""Where a centre could go: buildings of the council's list, or the middles of small areas as areas of search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from geodata.errors import InputError, UsageError
from layers.family_centres.core import Centre, Ground
from layers.family_centres.ground import at_one_point, unplaced

AREA_OF_SEARCH = "area_of_search"
SEARCH_WORDS = (
    "An area of search is the middle of a small area, never a site: look for a building near it, put it on the list of "
    "buildings, and ask again."
)


def candidates(ground: Ground, search: bool, taken: Iterable[str] = ()) -> tuple[Centre, ...]:
    """Return the candidates.

    Parameters
    ----------
    ground : Ground
        With the buildings.
    search : bool
        Take the middles of small areas, though there may be buildings.
    taken : iterable of str
        Keys of buildings that a centre moves to.

    Returns
    -------
    tuple of Centre
        The buildings that are left; areas of search where asked for, and where no building is loaded.
    """
    if ground.buildings and not search:
        used = set(taken)
        return tuple(one for one in ground.buildings if one.key not in used)
    east, north = ground.points.easting, ground.points.northing
    return tuple(
        Centre(
            key=atom,
            name=f"Area of search {atom}",
            kind=AREA_OF_SEARCH,
            days=(),
            easting=float(east[place]),
            northing=float(north[place]),
            longitude=None,
            latitude=None,
            area=ground.areas[place],
        )
        for place, atom in enumerate(ground.atoms)
        if np.isfinite(east[place]) and np.isfinite(north[place])
    )


def named(places: Sequence[Centre], keys: Sequence[str], what: str) -> tuple[Centre, ...]:
    """Return the places of those keys, in their order.

    Parameters
    ----------
    places : sequence of Centre
        To look among.
    keys : sequence of str
        Asked for.
    what : str
        "open centre" or "building", for errors.

    Raises
    ------
    UsageError
        For a key that there is not, with the valid ones, or one that stands twice.
    """
    known = {one.key: one for one in places}
    for key in keys:
        if key not in known:
            valid = ", ".join(f"{one.key} ({one.name})" if one.key != one.name else one.name for one in places)
            raise UsageError(f"No {what} '{key}'. Valid: {valid or 'none is loaded'}.")
        if keys.count(key) > 1:
            raise UsageError(f"The {what} '{key}' is named {keys.count(key)} times. Name each once.")
    return tuple(known[key] for key in keys)


def require_places(opened: Sequence[Centre], possible: Sequence[Centre], measured: Mapping[str, bool]) -> None:
    """Raise an error for sites that cannot be compared.

    Parameters
    ----------
    opened : sequence of Centre
        Centres that stay open.
    possible : sequence of Centre
        Candidates, and buildings that a centre moves to.
    measured : mapping of str to bool
        Whether an imported matrix has journeys to it, by kind and key ("building:B-01"): it then needs no place.

    Raises
    ------
    InputError
        For sites without a place on the map, and sites that share a point: naming all of them.
    """
    lost = [one for one in unplaced((*opened, *possible)) if not measured.get(f"{one.kind}:{one.key}", False)]
    if lost:
        raise InputError(
            f"Without a place on the map no journey can be estimated: {_listed(lost)}. Give each coordinates or a "
            "known postcode and import the list again, or leave it out: a centre by closing it, a building by taking "
            "it off the list."
        )
    require_apart((*opened, *(one for one in possible if one.kind != AREA_OF_SEARCH)))


def require_apart(places: Sequence[Centre]) -> None:
    """Raise `InputError` where two of the places stand at one point, naming all that do."""
    if clashes := at_one_point(places):
        said = "; ".join(_listed(found) for found in clashes)
        raise InputError(
            f"Two sites at one point cannot be told apart: {said}. Correct the coordinates, or take one off the list, "
            "and import it again."
        )


def require_enough(k: int, possible: Sequence[Centre]) -> None:
    """Raise `UsageError` where more are to be added than there are candidates, or fewer than none."""
    if k < 0:
        raise UsageError(f"{k} sites cannot be added. Give 0 or more.")
    if k > len(possible):
        what = "areas of search" if possible and possible[0].kind == AREA_OF_SEARCH else "buildings left to choose from"
        listed = f": {_listed(possible)}" if possible and len(possible) <= 10 else ""
        raise UsageError(f"{k} sites cannot be added: there are {len(possible)} {what}{listed}.")


def _listed(places: Sequence[Centre]) -> str:
    return ", ".join(f"{one.name} ({one.key})" if one.key != one.name else one.name for one in places)
