"""Published figures come from the pack, each with its month."""

from __future__ import annotations

import csv

import pytest

from geodata.demo.published import published
from geodata.errors import ProfileError
from geodata.profile import Profile


def test_a_figure_is_the_one_of_its_month(profile: Profile) -> None:
    assert published(profile, "family centres", "2022-09") == 15
    assert published(profile, "family centres", "2021-01") == 16


def test_a_figure_that_is_not_there_is_said(profile: Profile) -> None:
    with pytest.raises(ProfileError, match=r"lacks 'schools' of 2023-05.*source"):
        published(profile, "schools", "2023-05")


def test_every_figure_has_a_source(profile: Profile) -> None:
    with (profile.directory / "printed" / "context.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert len(rows) > 15
    assert all(row["source"] and int(row["value"]) > 0 for row in rows)


def test_published_types_add_up_to_all_schools(profile: Profile) -> None:
    kinds = ("primary schools", "secondary schools", "all-through mainstream schools", "nursery schools",
             "pupil referral units", "special schools")  # fmt: skip

    assert sum(published(profile, kind, "2022-05") for kind in kinds) == published(profile, "schools", "2022-05") == 237
