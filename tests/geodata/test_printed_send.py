import pytest

from geodata.errors import ProfileError
from geodata.printed_send import PrintedStatement, printed_statements, printed_totals
from geodata.profile import PROFILES

BUCKS = PROFILES / "buckinghamshire"


def test_the_printed_totals():
    found = {one.month: one for one in printed_totals(BUCKS)}
    assert (found["2025-01"].plans, found["2025-01"].is_actual, found["2025-01"].is_january) == (7217, True, True)
    assert (found["2022-07"].plans, found["2022-07"].is_january) == (5704, False)
    assert (found["2032-01"].year, found["2032-01"].plans, found["2032-01"].is_actual) == (2032, 12000, False)
    assert list(found) == sorted(found)


def test_the_six_statements():
    found = printed_statements(BUCKS)
    assert [one.point for one in found] == ["i", "ii", "iii", "iv", "v", "vi"]
    assert found[3] == PrintedStatement(
        "iv", ("secondary", "post-16"), "special", ("ASD", "learning difficulties"),
        ("Aylesbury", "Wycombe", "Chiltern & South Bucks"),
        "more places across the county but particularly in Aylesbury",
    )  # fmt: skip
    assert (found[4].phases, found[4].localities) == ((), ())


def test_a_profile_without_them(tmp_path):
    assert printed_totals(tmp_path) == ()
    assert printed_statements(tmp_path) == ()


@pytest.mark.parametrize("line", ["2025,7217,actual,x", "2025-13,7217,actual,x", "2025-01,some,actual,x"])
def test_a_total_that_cannot_be_read(tmp_path, line):
    (tmp_path / "printed").mkdir()
    (tmp_path / "printed" / "ehcp_totals.csv").write_text(f"date,ehc_plans_maintained,kind,source\n{line}\n", "utf-8")
    with pytest.raises(ProfileError, match="give a month such as 2025-01"):
        printed_totals(tmp_path)
