"""A report small enough to read through in every form."""

import pytest

from layers.report import Column, Figure, Report, Table

TABLE = Table(
    "closures",
    "Closures",
    (
        Column("reason", "Reason", numeric=False),
        Column("n", "Closed"),
        Column("weeks", "Mean weeks"),
        Column("low", "Low", hidden=True),
    ),
    (
        {"reason": "=Placed", "n": 1200, "weeks": Figure(5.949), "low": Figure(-2.25, 1, "%", signed=True)},
        {"reason": "Total", "n": 1200, "weeks": None},
    ),
    sentence="1,200 closed.",
    notes=("A note.",),
    strong=frozenset({"Total"}),
)
REPORT = Report(
    "cme", "Children missing education", "2021/22", "2021/22 so far", "Council",
    {"audience": "officer", "snapshot": "s1"}, ("synthetic",),
    (TABLE, Table("none", "Empty", (Column("a", "A"),), ())), ("Doubt.",),
)  # fmt: skip


@pytest.fixture
def small_report():
    return REPORT
