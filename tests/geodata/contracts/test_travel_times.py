"""Files of travel times: what is taken in, and what is set aside in which words."""

import pandas as pd
import pytest

from geodata.errors import InputError
from geodata.importing import import_file
from geodata.snapshot import Workspace

GOOD = """\
origin,destination,transport_mode,travel_time,distance km
E01017627,urn:110195,Walking,12.5,0.9
E01017627,centre:Oak Green,driving,3,
E01017627,centre:Oak Green,Public transport,0,0
urn:110195,E01017627,on foot,13,0.9
"""


@pytest.fixture
def take(tmp_path):
    def load(text, **said):
        path = tmp_path / "times.csv"
        path.write_text(text)
        return import_file(tmp_path / "workspace", "travel_times", path, **said)

    return load


def test_headings_and_spellings_of_other_programmes(take, tmp_path):
    report = take(GOOD)
    assert (report.accepted, report.quarantined, report.flagged_rows) == (4, 0, 0)
    snapshot = Workspace(tmp_path / "workspace").current()
    frame = pd.read_parquet(snapshot.data_path(snapshot.parts("travel_times")[-1]))
    assert frame["mode"].tolist() == ["walk", "car", "bus", "walk"]
    assert frame["minutes"].tolist() == [12.5, 3, 0, 13]
    assert frame["to"].tolist() == ["urn:110195", "centre:Oak Green", "centre:Oak Green", "E01017627"]


def test_what_is_wrong_with_a_row_is_said(take):
    bad = [
        "a,urn:110195,walk,-1,1",
        "a,b,tram,5,1",
        "a,b,,5,1",
        "a,b,car,,1",
        ",b,car,5,1",
        "a,b,car,5,-2",
        "a,b,car,x,",
    ]
    report = take("from,to,mode,minutes,km\nE01,b,car,5,1\nE01,b,Car,6,1\n" + "\n".join(bad) + "\n")
    assert (report.accepted, report.quarantined) == (1, 8)
    said = {(reason["column"], reason["reason"]) for reason in report.reasons}
    assert said == {
        ("minutes", "below zero"), ("km", "below zero"), ("mode", "not a way of travel; give walk, bus or car"),
        ("mode", "blank, but needed"), ("minutes", "blank, but needed"), ("from", "blank, but needed"),
        ("minutes", "not a number"), ("from", "the same from and to and mode as an earlier row"),
    }  # fmt: skip


def test_a_file_of_nothing_but_negative_minutes_is_refused(take):
    with pytest.raises(InputError, match="below zero"):
        take("from,to,mode,minutes\na,b,car,-5\n")


def test_other_units_are_noticed_and_taken(take):
    report = take("from,to,mode,minutes,km\na,b,car,900,\na,c,car,10,9500\na,d,walk,600,30\na,e,bus,599,40\n")
    assert (report.accepted, report.flagged_rows) == (4, 3)
    assert {reason["reason"] for reason in report.flagged} == {
        "ten hours or more; are these seconds?",
        "faster than anyone goes that way; are the kilometres metres, or the minutes hours?",
    }
