"""The demonstration goes through the real import, meets what is published, and never overruns real data."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from geodata.areas import load_areas
from geodata.demo.build import FOLDER, SEED, STEPS, build_demo, write_exports
from geodata.demo.exports import EXPORTS
from geodata.errors import InputError
from geodata.importing import import_file
from geodata.periods import Period, stock
from geodata.profile import Profile, load_profile
from geodata.snapshot import Snapshot, Workspace
from geodata.store import Store

PLANS = {
    "2019-01-17": 4054,
    "2020-01-16": 4595,
    "2021-01-21": 4910,
    "2022-01-20": 5415,
    "2022-07-31": 5704,
    "2023-01-19": 5890,
    "2024-01-18": 6697,
    "2025-01-16": 7217,
}
BASES = {
    "population": ["modelled"],
    "schools": ["illustrative"],
    "provision": ["synthetic"],
    "ehc_plans": ["synthetic"],
    "cme_involvements": ["synthetic"],
    "home_education": ["synthetic"],
    "family_centres": ["illustrative"],
    "buildings": ["illustrative"],
    "link_workers": ["synthetic"],
    "school_allocations": ["synthetic"],
    "early_help_cases": ["synthetic"],
    "housing": ["illustrative"],
    "low_income": ["synthetic"],
    "indicator_values": ["synthetic"],
}
DAYS = {
    "schools": date(2022, 5, 31),
    "family_centres": date(2022, 9, 8),
    "low_income": date(2023, 3, 31),
    **dict.fromkeys(("provision", "buildings", "link_workers", "school_allocations", "housing"), date(2025, 1, 16)),
}
CME_STOCK = {"2021-08-31": 62, "2022-06-30": 60, "2022-07-31": 67}
CME_YEAR = Period("2021/22", "2021/22", date(2021, 9, 1), date(2022, 8, 1))
FIXED = {"population", "family_centres", "buildings", "housing"}
"""The same for every seed."""

REAL_FILE = "Child ID,Date Opened,Home Postcode\nR1,01/03/2022,HP20 1UY\n"


def stocks(days: dict[str, int]) -> tuple[Period, ...]:
    return tuple(stock(date.fromisoformat(day)) for day in days)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return build_demo(tmp_path_factory.mktemp("once") / "workspace")


@pytest.fixture(scope="module", params=[SEED, 7])
def built(request: pytest.FixtureRequest, once: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    if request.param == SEED:
        return once
    return build_demo(tmp_path_factory.mktemp("other") / "workspace", seed=request.param)


@pytest.fixture(scope="module")
def store(built: Snapshot) -> Store:
    return Store(built)


@pytest.fixture
def real(tmp_path: Path) -> Workspace:
    file = tmp_path / "cases.csv"
    file.write_text(REAL_FILE, encoding="utf-8")
    workspace = Workspace(tmp_path / "workspace")
    days = (date(2021, 8, 31), date(2022, 7, 31))
    import_file(workspace, "cme_involvements", file, covers_from=days[0], covers_to=days[1])
    return workspace


def test_every_row_is_accepted_and_says_what_it_is(built: Snapshot) -> None:
    parts = {dataset: built.parts(dataset) for dataset in built.datasets}

    assert {dataset: [part.basis for part in found] for dataset, found in parts.items()} == BASES
    assert all(part.quarantined == 0 for found in parts.values() for part in found)
    assert parts["cme_involvements"][0].accepted == 609
    assert parts["cme_involvements"][0].covers_from == date(2021, 8, 31)
    assert parts["ehc_plans"][0].covers_to == date(2025, 1, 16)
    assert parts["population"][0].reference_date is None
    assert {dataset: found[0].reference_date for dataset, found in parts.items() if found[0].reference_date} == DAYS
    for export in EXPORTS:
        part, lines = parts[export.dataset][0], (built.root / FOLDER / export.file).read_text(encoding="utf-8")
        assert part.accepted == part.rows_read == lines.count("\n") - 1
        assert not part.dropped


def test_published_totals_hold_in_every_scheme_with_the_extra_rows(store: Store) -> None:
    home_educated = {"2022-07-31": 902}
    for dataset, expected in (
        ("ehc_plans", PLANS),
        ("cme_involvements", CME_STOCK),
        ("home_education", home_educated),
    ):
        counts = store.counts(dataset, "open", stocks(expected))
        for scheme in store.profile.schemes:
            assert {day: sum(counts[scheme.key, day].values()) for day in expected} == expected


def test_flows_of_the_year_hold(store: Store) -> None:
    for event, expected in (("started", 547), ("ended", 542)):
        counts = store.counts("cme_involvements", event, (CME_YEAR,))
        assert sum(counts["locality", "2021/22"].values()) == expected


def test_localities_differ_plausibly(store: Store) -> None:
    counts = store.counts("ehc_plans", "open", stocks(PLANS))["locality", "2022-07-31"]
    residents = store.residents((0, 25), None)
    assert residents is not None
    percent = {area: 100 * counts[area] / persons for area, persons in residents.persons["locality"].items()}

    assert all(2.5 < value < 4.5 for value in percent.values())
    assert percent["chiltern-south-bucks"] < min(percent["aylesbury"], percent["wycombe"])
    assert 0 < counts["unknown"] < 100
    assert 0 < counts["outside"] < 200


def test_places_lie_in_the_county_with_their_points(store: Store) -> None:
    counts = {"schools": 237, "family_centres": 15, "buildings": 25, "provision": None, "housing": None}
    for dataset, count in counts.items():
        rows = store.rows_of(dataset)
        assert count is None or len(rows) == count
        assert {row["atom"] for row in rows} <= set(store.areas.atoms)
        assert all(row["easting"] and row["longitude"] for row in rows)


def test_published_schools_and_pupils_are_what_is_staged(store: Store) -> None:
    rows = store.rows_of("schools")
    kinds = Counter(row["type"] for row in rows)

    assert kinds == {"state_funded": 222, "special": 10, "alternative": 3, "nursery": 2}
    assert Counter(row["phase"] for row in rows if row["type"] == "state_funded") == {
        "primary": 185,
        "secondary": 35,
        "all_through": 2,
    }
    assert sum(row["pupils"] for row in rows) == 88_942
    assert sum(row["pupils"] for row in rows if row["type"] == "special") == 1_594


def test_staged_rows_point_at_each_other(store: Store) -> None:
    urns = {row["urn"] for row in store.rows_of("schools")}
    posts = {row["post"] for row in store.rows_of("link_workers")}
    centres = {row["name"] for row in store.rows_of("family_centres")}

    assert {row["setting_urn"] for row in store.rows_of("provision")} <= urns
    assert {row["school_urn"] for row in store.rows_of("school_allocations")} <= urns
    assert {row["post"] for row in store.rows_of("school_allocations")} <= posts
    assert {row["base"] for row in store.rows_of("link_workers")} <= centres
    cells = [row["barred_schools"] for row in store.rows_of("link_workers") if row["barred_schools"]]
    barred = {int(urn) for cell in cells for urn in cell.split(";")}
    assert barred
    assert barred <= urns


def test_centres_are_of_both_kinds_with_their_days(store: Store) -> None:
    days = [(row["kind"], row["days"]) for row in store.rows_of("family_centres")]

    assert Counter(kind for kind, _ in days) == {"centre": 12, "centre_plus": 3}
    assert {open_on for kind, open_on in days if kind == "centre_plus"} == {"mon;tue;wed;thu;fri"}
    assert all(open_on for _, open_on in days)


def test_buildings_and_low_income_are_staged_as_they_were_drawn(store: Store) -> None:
    buildings, poor = store.rows_of("buildings"), store.rows_of("low_income")

    assert all(row["building_id"] and row["cost"] > 0 and row["rooms"] > 0 and row["days"] for row in buildings)
    assert {row["atom"] for row in poor} == set(store.areas.atoms)
    residents = store.residents((0, 4), None)
    assert residents is not None
    assert all(0 <= row["ages_0_4"] <= residents.persons["lsoa"][row["atom"]] for row in poor)


def test_what_link_workers_need_is_staged(store: Store) -> None:
    schools = store.rows_of("schools")

    assert Counter(row["admissions"] for row in schools) == {"none": 200, "non_selective": 24, "selective": 13}
    assert len({row["liaison_group"] for row in schools}) == 18
    assert all(row["lowest_age"] < row["highest_age"] and 0 <= row["fsm_percent"] < 75 for row in schools)
    assert sum(row["vacant"] for row in store.rows_of("link_workers")) == 2
    assert sum(row["keep_until"] is not None for row in store.rows_of("school_allocations")) == 6


def test_no_small_area_has_an_absurd_value(store: Store) -> None:
    counts = store.counts("ehc_plans", "open", stocks(PLANS))["lsoa", "2025-01-16"]
    residents = store.residents((0, 25), None)
    assert residents is not None
    percent = [100 * counts.get(area, 0) / persons for area, persons in residents.persons["lsoa"].items()]

    assert min(percent) > 0.4
    assert max(percent) < 10


def test_every_home_is_a_real_postcode_or_deliberately_none(built: Snapshot) -> None:
    for dataset, outside, withheld in (
        ("ehc_plans", 250, 20),
        ("cme_involvements", 140, 20),
        ("home_education", 30, 20),
        ("early_help_cases", 80, 60),
    ):
        match = built.parts(dataset)[0].geocoding
        assert match["in_county"] > 0.75 * built.parts(dataset)[0].accepted
        assert 0 < match["outside"] < outside
        assert 0 < match["withheld"] < withheld
        assert match["blank"] > 0
        assert match["malformed"] + match["not_found"] > 0
        assert match["ended"] == 0


def test_the_same_seed_writes_the_same_bytes(profile: Profile, tmp_path: Path) -> None:
    files = [write_exports(tmp_path / name, profile, seed) for name, seed in (("a", 5), ("b", 5), ("c", 6))]

    for dataset in files[0]:
        first, again, other = (found[dataset].read_bytes() for found in files)
        assert first == again
        assert (first == other) == (dataset in FIXED), dataset


def test_exports_look_like_exports(built: Snapshot) -> None:
    plans = pd.read_csv(built.root / FOLDER / "ehc_plans.csv", dtype=str)

    assert plans.columns[:2].tolist() == ["Child ID", "Date of Birth"]
    assert plans["Plan Start Date"].str.fullmatch(r"\d{2}/\d{2}/\d{4}").all()
    assert plans["NC Year"].dropna().str.fullmatch(r"-?\d{1,2}").all()


def test_real_data_is_not_overrun(real: Workspace) -> None:
    before = real.current().id

    with pytest.raises(InputError, match=r"cme_involvements.*--workspace.*--replace"):
        build_demo(real.path)
    assert real.current().id == before
    assert not (real.path / FOLDER).exists()


def test_real_data_gives_way_when_asked_and_can_be_brought_back(real: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "mid2020.csv"
    rows = [f"{atom},{age},10" for atom in load_areas(load_profile()).atoms for age in range(91)]
    file.write_text("\n".join(["LSOA Code,Age,Persons", *rows, ""]), encoding="utf-8")
    import_file(real, "population", file)
    before = real.current().id
    snapshot = build_demo(real.path, replace=True)

    bases = {dataset: [part.basis for part in snapshot.parts(dataset)] for dataset in snapshot.datasets}
    assert bases == BASES | {"population": ["real"]}  # kept: the base of the rates
    assert real.rollback(before).parts("cme_involvements")[0].basis == "real"


def test_building_again_needs_no_leave_and_tells_of_each_step(once: Snapshot, tmp_path: Path) -> None:
    workspace = Path(shutil.copytree(once.root, tmp_path / "workspace"))
    told: list[tuple[str, int, int]] = []
    snapshot = build_demo(workspace, progress=lambda *step: told.append(step))

    assert [done for _, done, _ in told] == list(range(STEPS + 1))
    assert {dataset: len(snapshot.parts(dataset)) for dataset in snapshot.datasets} == dict.fromkeys(BASES, 1)
    for dataset in snapshot.datasets:
        assert snapshot.parts(dataset)[0].sha256 == once.parts(dataset)[0].sha256
