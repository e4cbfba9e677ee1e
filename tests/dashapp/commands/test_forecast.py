import json

from dashapp.cli import main


def test_what_was_kept_is_read_again(ask):
    status, said = ask("forecast", "--format", "json")
    found = json.loads(said.out)
    assert (status, found["worked_out"], found["draws"], found["base_year"]) == (0, False, 1000, 2025)
    assert found["county"][0]["median"] == 7217
    assert found["expectations"][0]["plans"] == 12000
    assert all(
        band["lower_95"] <= band["lower_80"] <= band["median"] <= band["upper_80"] <= band["upper_95"]
        for band in found["county"]
    )


def test_the_expectation_stands_beside_the_band(ask):
    status, said = ask("forecast")
    assert status == 0
    assert "The council expects more than 12,000 plans by 2032; the model's forecast for January 2032 is" in said.out
    assert "January 2025: printed 7,217, recomputed 7,217, same" in said.out
    assert "Back-test of the county 1 year ahead" in said.out
    assert "[synthetic, modelled forecast" in said.out.splitlines()[0]


def test_too_few_censuses_are_refused_with_the_remedy(own_path, capsys):
    # Plans without a month of birth or a year group.
    assert main(["forecast", "--workspace", str(own_path)]) == 2
    assert "Import" in capsys.readouterr().err


def test_an_empty_workspace(tmp_path, capsys):
    assert main(["forecast", "--workspace", str(tmp_path)]) == 1
    assert capsys.readouterr().err
