"""Travel times: one row for each way from a place to a place, by one way of travel."""

from __future__ import annotations

from geodata.contracts.base import Column, Contract, Rule

MODE_CODES = {"walk": "On foot", "bus": "By bus", "car": "By car"}
MODE_SPELLINGS = {
    "walking": "walk", "foot": "walk", "pedestrian": "walk", "on-foot": "walk", "buses": "bus", "transit": "bus",
    "public transport": "bus", "public_transport": "bus", "by public transport": "bus", "pt": "bus", "drive": "car",
    "driving": "car", "auto": "car", "private car": "car",
}  # fmt: skip

LONG_MINUTES = 600
FASTEST_KMH = {"walk": 15, "bus": 120, "car": 130}
"""Faster than this the minutes or the kilometres are of another unit."""

PLACES = (
    "The code of a small area, or 'urn:110195' for a school, 'centre:IFC-01' for a family centre, 'building:B-01' for "
    "a building, 'post:LW-01' for the base of a link worker's post."
)

CONTRACT = Contract(
    key="travel_times",
    title="Travel times",
    shape="records",
    plain="How long it takes from place to place, measured; it replaces the estimate for the pairs that it has.",
    columns=(
        Column("from", "From", "text", required=True,
               aliases=("origin", "from id", "origin id", "from key", "origin code", "orig", "start place"),
               description=PLACES),
        Column("to", "To", "text", required=True,
               aliases=("destination", "to id", "destination id", "to key", "destination code", "dest", "end place"),
               description="As the column From."),
        Column("mode", "Way of travel", "code", required=True,
               aliases=("transport mode", "travel mode", "mode of travel", "mode of transport", "means of travel"),
               codes=MODE_CODES, spellings=MODE_SPELLINGS, unknown="not a way of travel; give walk, bus or car"),
        Column("minutes", "Minutes", "number", required=True,
               aliases=("mins", "travel time", "travel time minutes", "time minutes", "journey time",
                        "journey time minutes", "travel minutes"),
               description="Door to door, one way, waits included."),
        Column("km", "Kilometres", "number", aliases=("distance km", "kilometres", "kilometers"),
               description="By the same way; estimated where it is blank."),
        Column("method", "How it was found", "text", aliases=("how", "basis", "how measured", "found by"),
               description="Such as 'timetables of March 2026'; it stands beside every figure."),
    ),
    unique=("from", "to", "mode"),
    flags=(
        Rule("minutes", "ten hours or more; are these seconds?", lambda rows: ~(rows["minutes"] >= LONG_MINUTES)),
        Rule("km", "faster than anyone goes that way; are the kilometres metres, or the minutes hours?",
             lambda rows: ~(rows["km"] * 60 > rows["mode"].map(FASTEST_KMH).astype("float64") * rows["minutes"])),
    ),
)  # fmt: skip
