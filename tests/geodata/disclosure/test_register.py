"""Releases are only ever added to the register, in order, each audited with those before it."""

from dataclasses import replace
from datetime import date

import pytest

from geodata.disclosure.bundle_folder import content_hash, write_bundle
from geodata.disclosure.register import Register
from geodata.disclosure.thresholds import DEFAULTS
from geodata.errors import InputError, UsageError

APRIL, MAY, JUNE = date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)


@pytest.fixture
def register(tmp_path):
    return Register(tmp_path / "workspace")


@pytest.fixture
def lines(tmp_path):
    return tmp_path / "workspace" / "releases" / "register.jsonl"


@pytest.fixture
def three(bundle, register):
    """April, May and June, each audited with those before."""
    made = []
    for day in (APRIL, MAY, JUNE):
        made.append(bundle(made_on=day, earlier=tuple(content_hash(one) for one in made)))
        register.record(made[-1], f"releases/{made[-1].id}")
    return made


def test_there_is_none_yet(register, lines):
    assert register.releases() == ()
    assert register.seen_by("partner", MAY) == ()
    assert not lines.exists()


def test_a_release_is_recorded(register, bundle):
    made = register.record(bundle(), "releases/partner-2026-05-01")
    assert register.releases() == (made,)
    assert (made.id, made.audience, made.made_on, made.expires) == (
        "partner-2026-05-01", "partner", MAY, date(2026, 11, 1),
    )  # fmt: skip
    assert (made.content_hash, made.sign_off) == (content_hash(bundle()), "Head of Data, 1 May 2026")


def test_the_same_again_changes_nothing(register, three, lines):
    before = lines.read_bytes()
    assert register.record(three[1], "elsewhere").kept == "releases/partner-2026-05-01"
    assert lines.read_bytes() == before


def test_lines_are_only_added(register, bundle, three, lines):
    before = lines.read_bytes()
    july = bundle(made_on=date(2026, 7, 1), earlier=tuple(map(content_hash, three)))
    register.record(july, "releases/july")
    assert lines.read_bytes().startswith(before)
    assert len(register.releases()) == 4


def test_an_id_with_other_content_is_refused(register, three):
    with pytest.raises(InputError, match="'partner-2026-05-01' has been released with other content"):
        register.record(replace(three[1], title="Another"), "x")


def test_a_release_dated_before_the_last_is_refused(register, bundle, three):
    with pytest.raises(InputError, match=r"dated 2026-05-20, before the last release, 'partner-2026-06-01'"):
        register.check(bundle(made_on=date(2026, 5, 20), earlier=tuple(map(content_hash, three[:2]))))


def test_a_missing_register_is_refused(bundle, three, register, lines):
    lines.unlink()
    with pytest.raises(InputError, match="register is missing"):
        register.record(bundle(made_on=date(2026, 7, 1), earlier=tuple(map(content_hash, three))), "x")


def test_a_register_that_was_cut_short_is_refused(bundle, three, register, lines):
    lines.write_bytes(b"".join(lines.read_bytes().splitlines(keepends=True)[:-1]))
    with pytest.raises(InputError, match="names 1 earlier releases that are not in the register"):
        register.check(bundle(made_on=date(2026, 7, 1), earlier=tuple(map(content_hash, three))))


def test_a_release_that_was_not_audited_with_the_earlier_ones_is_refused(register, bundle, three):
    with pytest.raises(InputError, match="not audited with earlier releases of the register: partner-2026-04-01"):
        register.check(bundle(made_on=date(2026, 7, 1), earlier=tuple(map(content_hash, three[1:]))))


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_line_that_was_changed_is_noticed(register, lines, which):
    found = lines.read_text().splitlines(keepends=True)
    found[which] = found[which].replace("Head of Data", "Nobody")
    lines.write_text("".join(found))
    with pytest.raises(InputError, match=f"changed by hand at line {which + 1}"):
        register.releases()


@pytest.mark.usefixtures("three")
def test_a_line_that_was_taken_out_is_noticed(register, lines):
    found = lines.read_text().splitlines(keepends=True)
    lines.write_text(found[0] + found[2])
    with pytest.raises(InputError, match="changed by hand at line 2"):
        register.releases()
    lines.write_text(found[0] + "{}\n")
    with pytest.raises(InputError, match=r"Line 2 .* cannot be read"):
        register.releases()


def test_a_partner_sees_what_everybody_sees(register, bundle):
    public = DEFAULTS["public"]
    april = bundle({"county/all": 100}, made_on=APRIL, audience="public", threshold=public, base_of_rounding=5)
    register.record(april, "releases/a")
    may = bundle(earlier=(content_hash(april),))
    register.record(may, "releases/b")
    assert [one.audience for one in register.seen_by("partner", JUNE)] == ["public", "partner"]
    assert [one.audience for one in register.seen_by("public", JUNE)] == ["public"]
    assert register.seen_by("public", APRIL) == ()
    assert [one.id for one in register.seen_by("partner", APRIL)] == ["public-2026-04-01"]
    assert [one.id for one in register.releases("partner")] == ["partner-2026-05-01"]
    with pytest.raises(UsageError, match="Valid: public, partner"):
        register.seen_by("officer", JUNE)


def test_a_public_release_of_the_same_day_is_one_that_a_partner_has(register, bundle):
    public = DEFAULTS["public"]
    first = bundle({"county/all": 100}, audience="public", threshold=public, base_of_rounding=5)
    register.record(first, "releases/a")
    with pytest.raises(InputError, match="not audited with earlier releases of the register: public-2026-05-01"):
        register.record(bundle(), "releases/b")
    register.record(bundle(earlier=(content_hash(first),)), "releases/b")
    # Made again, both follow on the same as before.
    assert register.seen_by("public", MAY) == ()
    assert [one.id for one in register.seen_by("partner", MAY)] == ["public-2026-05-01"]


def test_the_bundle_is_read_from_where_it_was_kept(register, bundle, tmp_path):
    made = bundle()
    release = register.record(made, "releases/may")
    with pytest.raises(InputError, match="not at 'releases/may' any more"):
        register.bundle(release)
    write_bundle(tmp_path / "workspace" / "releases" / "may", made)
    assert content_hash(register.bundle(release)) == release.content_hash
    other = replace(release, content_hash="a" * 64)
    with pytest.raises(InputError, match="not the one that was released"):
        register.bundle(other)
