"""State-funded schools, and independent special ones, by kind."""

from geodata.contracts.schools import TYPE_CODES
from geodata.store import Row
from layers.points import PointSet
from layers.school_kinds import INDEPENDENT_SPECIAL, STATE_KINDS, in_use, state_kind

KINDS = STATE_KINDS | {INDEPENDENT_SPECIAL: "Independent or non-maintained special"}


def kind_of(row: Row) -> str:
    """Return the kind of a school in use; empty for a closed one, a college or another independent school."""
    if not in_use(row):
        return ""
    return INDEPENDENT_SPECIAL if row.get("type") == INDEPENDENT_SPECIAL else state_kind(row)


def facts_of(row: Row) -> tuple[str, ...]:
    """Return the type and the phase of a school in words."""
    phase = row.get("phase") or "none"
    # The words of the kinds, which have no digits, and not "Post-16" of the contract.
    return (TYPE_CODES[row["type"]], *([STATE_KINDS[phase]] if phase in STATE_KINDS and phase != "none" else []))


POINTS = PointSet(
    key="schools",
    title="Schools",
    plain="State-funded schools that are open, and independent special schools, which the figures leave out",
    dataset="schools",
    kinds=tuple(KINDS.items()),
    kind_of=kind_of,
    facts_of=facts_of,
)
