"""The attack on a bundle, as anyone can make it who has received it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from geodata.disclosure.audit import Audit, audit
from geodata.disclosure.bundle import Bundle, published_of
from geodata.disclosure.bundle_folder import content_hash
from geodata.disclosure.core import Threshold
from geodata.disclosure.published import Published
from geodata.disclosure.thresholds import DEFAULTS, require
from geodata.errors import InputError


def audit_bundle(
    bundle: Bundle,
    earlier: Sequence[Bundle] = (),
    known: Sequence[Published] = (),
    *,
    integer: bool = False,
    threshold: Threshold | None = None,
) -> Audit:
    """Return what can be worked out of a bundle.

    Parameters
    ----------
    bundle : Bundle
        What is to be judged.
    earlier : sequence of Bundle, optional
        Earlier releases, to the same or another audience.
    known : sequence of Published, optional
        What others have published; see `geodata.disclosure.known_file`.
    integer : bool, optional
        As for `audit`.
    threshold : Threshold, optional
        By whose rules to judge; those that the bundle states by default. A public release also reaches partners, who
        have releases of their own to take it from: judge it with those too, by the partners' rules.

    Raises
    ------
    InputError
        If an earlier release is dated after the bundle, or is of the same day for the same audience; as `audit`.
    ProfileError
        For a threshold of 0.
    """
    for one in earlier:
        if one.made_on > bundle.made_on:
            raise InputError(
                f"The bundle is dated {bundle.made_on}, before '{one.id}', which was given as an earlier release."
            )
        if one.id == bundle.id:
            raise InputError(f"'{one.id}' is of the same day for the same audience, so it is no earlier release.")
    order = sorted(earlier, key=lambda one: (one.made_on, one.audience), reverse=True)
    rules = require(threshold or bundle.threshold)
    found = audit(published_of(bundle), known, [published_of(one) for one in order], rules, integer=integer)
    return replace(found, notes=(*found.notes, *_notes(bundle, earlier)))


def not_given(bundle: Bundle, earlier: Sequence[Bundle]) -> tuple[str, ...]:
    """Return the content hashes of releases that the bundle names as earlier ones and that are not given."""
    given = {content_hash(one) for one in earlier}
    return tuple(one for one in bundle.earlier if one not in given)


def _notes(bundle: Bundle, earlier: Sequence[Bundle]) -> Iterator[str]:
    lacking = not_given(bundle, earlier)
    if lacking:
        yield (
            f"The bundle names {len(bundle.earlier)} earlier releases; {len(lacking)} of them were not given, so "
            "what can be worked out of them and it together was not tried."
        )
    usual, own = DEFAULTS[bundle.audience], bundle.threshold
    looser = [key for key in ("smallest", "least_base", "width") if getattr(own, key) < getattr(usual, key)]
    if looser:
        words = ", ".join(f"{key} {getattr(own, key)} instead of {getattr(usual, key)}" for key in looser)
        yield f"The rules that the bundle states are looser than is usual for its audience: {words}."
