"""The command that attacks a bundle: no workspace, and a status that says whether it is safe."""

import argparse
import hashlib
import json
from datetime import date

import pytest

from dashapp.commands import audit
from geodata.disclosure.bundle import Bundle, Dataset
from geodata.disclosure.bundle_folder import write_bundle
from geodata.disclosure.bundle_json import encoded
from geodata.disclosure.published import ClassShown, Figure, MeanShown, Table
from geodata.disclosure.thresholds import DEFAULTS
from geodata.errors import InputError, ProfileError, UsageError

SAFE = {"county": 100, "aylesbury": "c", "wycombe": "c", "chiltern": 70}
PRIMARY_ONLY = {"county": 100, "aylesbury": "c", "wycombe": 40, "chiltern": 57}
LEAVES = {"county": ("ayl", "wyc", "csb"), "aylesbury": ("ayl",), "wycombe": ("wyc",), "chiltern": ("csb",)}


def shown(code, count, beside=()):
    return Figure((code,), None, count, beside) if isinstance(count, str) else Figure((code,), count, "", beside)


@pytest.fixture
def write(tmp_path):
    """Write a bundle of plans by area, and return its folder."""

    def run(cells, day=date(2026, 5, 1), name="out", beside=None):
        figures = tuple(shown(code, count, (beside or {}).get(code, ())) for code, count in cells.items())
        made = Bundle(
            "partner", "Buckinghamshire Council", "Plans by area", "s1", day, date(2999, 1, 1),
            "Head of Data, 1 May 2026", DEFAULTS["partner"],
            (Dataset("ehc_plans", "EHC plans", ("synthetic",), ("plans",)),),
            (Table("plans", "plans", ("area",), figures),),
            {"area": {code: frozenset(made_of) for code, made_of in LEAVES.items()}},
            {"aylesbury": "Aylesbury"},
        )  # fmt: skip
        write_bundle(tmp_path / name, made)
        return tmp_path / name

    return run


@pytest.fixture
def ask(capsys):
    def run(*words):
        report = argparse.ArgumentParser(add_help=False)
        report.add_argument("--format", choices=("text", "json"), default="text")
        parser = argparse.ArgumentParser()
        audit.add_audit(parser.add_subparsers(required=True), [report])
        args = parser.parse_args(["audit", *map(str, words)])
        status = args.run(args)
        return status, capsys.readouterr().out

    return run


def test_a_safe_bundle(write, ask):
    status, said = ask(write(SAFE), "--format", "json")
    found = json.loads(said)
    assert status == 0
    assert {key: found[key] for key in ("safe", "cells", "suppressed", "recoverable", "notes")} == {
        "safe": True, "cells": 4, "suppressed": 2, "recoverable": [], "notes": [],
    }  # fmt: skip
    assert (found["release"], found["audience"], found["threshold"]["width"]) == ("partner-2026-05-01", "partner", 6)
    assert found["words"] == {"ehc_plans": ["synthetic"]}


def test_primary_suppression_alone(write, ask):
    status, said = ask(write(PRIMARY_ONLY), "--format", "json")
    assert status == 1
    assert json.loads(said)["recoverable"] == [{
        "table": "plans", "at": ["aylesbury"], "low": 3.0, "high": 3.0, "release": "partner-2026-05-01", "sure": True,
        "how": "Aylesbury = county − chiltern − wycombe = 3 (plans)",
    }]  # fmt: skip


def test_the_words_for_people(write, ask):
    status, said = ask(write(PRIMARY_ONLY))
    assert status == 1
    assert "NOT SAFE: 1 count can be worked out." in said
    assert "partner-2026-05-01: plans, aylesbury is 3. Aylesbury = county" in said
    assert "EHC plans: synthetic." in said
    status, said = ask(write(SAFE, name="safe"))
    assert (status, "\nSAFE: no small count can be worked out.\n" in said) == (0, True)


def test_a_count_without_limit_is_null(write, ask):
    beside = {"aylesbury": (MeanShown(12.0, 1),)}
    status, said = ask(write({"aylesbury": "c"}, beside=beside), "--format", "json")
    (one,) = json.loads(said)["recoverable"]
    assert (status, one["high"], one["sure"]) == (1, None, True)
    assert "plans, aylesbury is 0 to any number" in ask(write({"aylesbury": "c"}, name="b", beside=beside))[1]


def test_many_counts_are_not_all_written_out(write, ask):
    folder = write({f"area {number}": "c" for number in range(50)},
                   beside={f"area {number}": (ClassShown(1, 3, 1, 1),) for number in range(50)})  # fmt: skip
    status, said = ask(folder)
    assert status == 1
    assert "and 10 more: --format json has all of them." in said


def test_earlier_releases_and_what_others_published(write, ask, tmp_path):
    april = write({"county": 100, "aylesbury": "c", "wycombe": "c", "chiltern": 57}, date(2026, 4, 1), "april")
    may = write({"wycombe": 40})
    assert ask(may)[0] == 0
    assert ask(may, "--earlier", april)[0] == 1
    (tmp_path / "paper.csv").write_text("counts,area,value\nplans,wycombe,40\nexclusions,county,9\n")
    status, said = ask(april, "--known", tmp_path / "paper.csv")
    assert status == 1
    assert "Note: paper.csv also counts what the release does not: exclusions." in said


def test_a_release_dated_before_the_last_is_refused(write, ask):
    with pytest.raises(InputError, match="dated 2026-04-01, before"):
        ask(write(SAFE, date(2026, 4, 1), "april"), "--earlier", write(SAFE))


def test_a_bundle_edited_by_hand_is_refused(write, ask):
    folder = write(SAFE)
    path = folder / "bundle.json"
    path.write_text(path.read_text().replace('"smallest": 5', '"smallest": 0'))
    with pytest.raises(InputError, match="edited"):
        ask(folder)


def test_a_threshold_of_0_is_refused_even_where_the_hashes_were_edited_too(write, ask):
    folder = write(SAFE)
    about, listed = folder / "bundle.json", json.loads((folder / "manifest.json").read_text())
    about.write_bytes(about.read_bytes().replace(b'"smallest": 5', b'"smallest": 0'))
    listed["files"]["bundle.json"] = hashlib.sha256(about.read_bytes()).hexdigest()
    (folder / "manifest.json").write_bytes(encoded(listed))
    with pytest.raises(ProfileError, match="smallest is 0"):
        ask(folder)


def test_wrong_use(write, ask, tmp_path):
    with pytest.raises(UsageError, match="no folder"):
        ask(tmp_path / "none")
    with pytest.raises(UsageError, match="no file"):
        ask(write(SAFE), "--known", tmp_path / "none.csv")
    with pytest.raises(SystemExit):
        ask()


def test_an_expired_release_says_so(write, ask, monkeypatch):
    monkeypatch.setattr(audit, "today", lambda: date(3000, 1, 1))
    status, said = ask(write(SAFE))
    assert (status, "Note: The release expired on 2999-01-01." in said) == (0, True)


def test_whole_children_are_searched_for_when_asked(write, ask):
    assert ask(write(SAFE), "--whole")[0] == 0
    assert ask(write(PRIMARY_ONLY, name="b"), "--whole")[0] == 1
