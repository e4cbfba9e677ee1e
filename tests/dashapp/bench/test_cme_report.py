from dashapp.bench.cme_report import make_involvements, measure_cme_report
from geodata.profile import load_profile


def test_the_same_seed_gives_the_same_cases():
    made = make_involvements(load_profile(), 500)
    assert made.equals(make_involvements(load_profile(), 500))
    assert len(made) == 500
    assert ((made["Date Closed"] == "") == (made["Closure Reason"] == "")).all()


def test_what_is_measured_is_the_whole_command():
    found = measure_cme_report(rows=300, rounds=1)
    assert found["cme_report_rows"] == 300
    assert 0 < found["cme_report_s"] <= found["cme_report_s_worst"]
