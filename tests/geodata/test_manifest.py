from dataclasses import replace
from datetime import UTC, date, datetime

from geodata.manifest import Manifest, Part

OLD_PART = {
    "dataset": "ehc_plans", "id": "20260101T000000000000Z-00000000", "source_name": "plans.csv", "sha256": "0" * 64,
    "rows_read": 3, "accepted": 2, "quarantined": 1, "mapping": {"child_id": "Ref"}, "dropped": ["Name"],
    "basis": "real", "reference_date": None, "covers_from": "2021-09-01", "covers_to": "2022-07-31",
    "imported_at": "2026-01-01T00:00:00+00:00", "geocoding": {"in_county": 2}, "profile_version": "1",
}  # fmt: skip
OLD_MANIFEST = {
    "id": "20260101T000000000001Z-00000000", "created": "2026-01-01T00:00:00+00:00", "action": "Imported",
    "previous": None, "profile": "buckinghamshire", "profile_version": "1", "parts": {"ehc_plans": [OLD_PART["id"]]},
}  # fmt: skip


def test_what_an_earlier_version_wrote_is_read():
    part, manifest = Part.from_dict(OLD_PART), Manifest.from_dict(OLD_MANIFEST)
    assert (part.slot, part.about, part.match_rates, part.changes, part.purged, part.flags) == ("", {}, {}, {}, 0, {})
    assert (part.covers_to, part.dropped) == (date(2022, 7, 31), ("Name",))
    assert (manifest.geography, manifest.parts) == ("", {"ehc_plans": (OLD_PART["id"],)})
    assert manifest.created == datetime(2026, 1, 1, tzinfo=UTC)


def test_entries_of_a_later_version_are_passed_over():
    assert Part.from_dict(OLD_PART | {"colour": "red"}) == Part.from_dict(OLD_PART)
    assert Manifest.from_dict(OLD_MANIFEST | {"colour": "red"}) == Manifest.from_dict(OLD_MANIFEST)


def test_what_is_written_comes_back():
    part = replace(
        Part.from_dict(OLD_PART), slot="2025", about={"edition": "2025"}, purged=1, reference_date=date(2025, 6, 30),
        match_rates={"west": {"matched": 1, "unmatched": 0}}, changes={"new": 1}, flags={"overlaps": 2},
    )  # fmt: skip
    assert Part.from_dict(part.to_dict()) == part
    manifest = replace(Manifest.from_dict(OLD_MANIFEST), geography="g-0")
    assert Manifest.from_dict(manifest.to_dict()) == manifest
