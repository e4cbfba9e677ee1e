"""Family centres, with the days they are open."""

from geodata.contracts.family_centres import DAY_CODES, KIND_CODES
from geodata.store import Row
from layers.points import PointSet


def days_open(row: Row) -> tuple[str, ...]:
    """Return the days on which a centre is open as a sentence: "Open Monday, Wednesday and Friday"."""
    said = set((row.get("days") or "").split(";"))
    days = [words for code, words in DAY_CODES.items() if code in said]
    if not days:
        return ()
    *most, last = days
    return (f"Open {', '.join(most)} and {last}" if most else f"Open {last}",)


def kind_of(row: Row) -> str:
    """Return the kind of a centre; a plain one where the list does not say."""
    return row.get("kind") or "centre"


POINTS = PointSet(
    key="family_centres",
    title="Family centres",
    plain="Family centres that are open, and on which days",
    dataset="family_centres",
    kinds=tuple(KIND_CODES.items()),
    kind_of=kind_of,
    facts_of=lambda row: (KIND_CODES[kind_of(row)], *days_open(row)),
)
