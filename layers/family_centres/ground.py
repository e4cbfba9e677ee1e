"""What there is: small areas with their children, the centres that are open, and the buildings that could be one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geodata.errors import UsageError
from geodata.store import Row, Store
from geodata.travel import atom_points
from layers.family_centres.children import is_number
from layers.family_centres.core import YOUNG, Centre, Ground
from layers.family_centres.groups import WITHOUT_LOW_INCOME, fifths_of, groups_of
from layers.kept import per_store
from layers.sites import area_of, open_places

CENTRES, BUILDINGS = "family_centres", "buildings"
SCHEME = "locality"
NAMED = 5
"""Names that a note gives before it says how many more there are."""


@per_store
def ground_of(store: Store) -> Ground:
    """Return what the measures rest on; kept with the store.

    Raises
    ------
    UsageError
        With the remedy, where no list of centres is loaded, or two open centres have one key.
    """
    day, rows = open_places(store, CENTRES)
    centres = sorted((_centre(store, row) for row in rows), key=lambda one: (one.name, one.key))
    buildings = sorted((_building(store, row) for row in _buildings(store)), key=lambda one: (one.name, one.key))
    _require_once(centres, CENTRES)
    _require_once(buildings, BUILDINGS)
    fifths, words = fifths_of(store)
    areas = store.areas
    return Ground(
        day=day,
        atoms=areas.atoms,
        areas=tuple(areas.of_atom[SCHEME][atom] for atom in areas.atoms),
        area_names=tuple(areas.names[SCHEME].items()),
        points=atom_points(store),
        groups=groups_of(store, day),
        deprivation=fifths,
        deprivation_words=words,
        centres=tuple(centres),
        buildings=tuple(buildings),
    )


def _buildings(store: Store) -> list[Row]:
    part = store.part(BUILDINGS)
    return [row for row in store.rows_of(BUILDINGS) if row["part"] == part.id] if part else []


def _centre(store: Store, row: Row) -> Centre:
    return _place(store, row, str(row.get("centre_id") or row["name"]), str(row.get("kind") or "centre"))


def _building(store: Store, row: Row) -> Centre:
    return _place(store, row, str(row.get("building_id") or row["name"]), "building")


def _place(store: Store, row: Row, key: str, kind: str) -> Centre:
    cost, rooms = _number(row.get("cost")), _number(row.get("rooms"))
    east, north = _number(row.get("easting")), _number(row.get("northing"))
    days = tuple(part.strip() for part in str(row.get("days") or "").split(";") if part.strip())
    return Centre(
        key=key,
        name=str(row["name"]),
        kind=kind,
        days=days,
        easting=east if north is not None else None,
        northing=north if east is not None else None,
        longitude=_number(row.get("longitude")),
        latitude=_number(row.get("latitude")),
        area=area_of(store, SCHEME, row),
        cost=cost,
        rooms=None if rooms is None else int(rooms),
    )


def _number(value: object) -> float | None:
    return float(value) if is_number(value) else None


def _require_once(places: Sequence[Centre], dataset: str) -> None:
    """Raise `UsageError` where two places have one key: a journey or a closure could mean either."""
    keys = [one.key for one in places]
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        names = ", ".join(one.name for one in places if one.key in twice)
        raise UsageError(f"{dataset}: {', '.join(twice)} stands for several places ({names}). Give each its own.")


def unplaced(places: Iterable[Centre]) -> tuple[Centre, ...]:
    """Return those without a place on the map, which nobody can be measured from."""
    return tuple(one for one in places if not one.placed)


def at_one_point(places: Iterable[Centre]) -> tuple[tuple[Centre, ...], ...]:
    """Return the places that share their coordinates with others, by point."""
    points: dict[tuple[float | None, float | None], list[Centre]] = {}
    for one in places:
        if one.placed:
            points.setdefault((one.easting, one.northing), []).append(one)
    return tuple(tuple(found) for found in points.values() if len(found) > 1)


def notes_of(ground: Ground, lists: Sequence[str] = (CENTRES, BUILDINGS)) -> tuple[str, ...]:
    """Return what is odd about the lists, each with the places it is about, and which group cannot be counted.

    Parameters
    ----------
    ground : Ground
        What there is.
    lists : sequence of str, optional
        Which of the lists: `CENTRES`, `BUILDINGS`.
    """
    kinds = {
        CENTRES: ("open centres", ground.centres, "near to nobody unless an imported matrix has the way"),
        BUILDINGS: ("buildings", ground.buildings, "not to be chosen as a site"),
    }
    said = []
    for what, places, then in (kinds[key] for key in lists):
        if lost := unplaced(places):
            said.append(f"Without coordinates, so {then}: {few_names(lost)} ({what}).")
        said += [f"At one point: {few_names(found)} ({what})." for found in at_one_point(places)]
        if unstated := [one for one in places if not one.days]:
            said.append(
                f"No opening days stated, so those of the settings are assumed: {few_names(unstated)} ({what})."
            )
    if YOUNG not in {group.key for group in ground.groups}:
        said.append(WITHOUT_LOW_INCOME)
    return tuple(said)


def few_names(places: Sequence[Centre]) -> str:
    """Return the names of the first `NAMED` places, and how many more there are."""
    more = f" and {len(places) - NAMED} more" if len(places) > NAMED else ""
    return ", ".join(one.name for one in places[:NAMED]) + more
