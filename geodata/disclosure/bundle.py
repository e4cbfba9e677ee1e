"""A bundle: everything that one release shows, and the rules that it says it keeps.

A bundle is all that the public site may open, and all that somebody needs to attack the release. How it becomes a
folder of files stands in `geodata.disclosure.bundle_folder`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from geodata.disclosure.core import Key, Threshold
from geodata.disclosure.published import Published, Table, Tie

WORDS = ("synthetic", "modelled", "estimated", "assumed", "illustrative")
"""What has to be said of figures that are not plain counts of records."""


@dataclass(frozen=True)
class Dataset:
    """Where figures come from.

    Attributes
    ----------
    key, title : str
        The contract's key, and words for readers.
    words : tuple of str
        Some of `WORDS`; they stand wherever figures of these tables do. Empty for counts of real records.
    tables : tuple of str
        Names of the tables that rest on it.
    """

    key: str
    title: str
    words: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bundle:
    """One release to one audience.

    Attributes
    ----------
    audience : str
        "public" or "partner".
    council, title : str
        Whose it is, and what it is called.
    snapshot : str
        Identifier of the snapshot that it was made of.
    made_on, expires : datetime.date
        The day of the release, and the last day on which it may be shown.
    sign_off : str
        Who let it go, as a role and a day.
    threshold : Threshold
        The rules of the audience, so that an outsider knows them too.
    datasets : tuple of Dataset
        Each table belongs to one at least.
    tables, codes, labels, ties, orders
        As in `Published`.
    earlier : tuple of str
        Content hashes of the releases that it was audited with.
    notes : tuple of str
        What was made coarser, and why.
    boundaries : mapping of str to mapping
        Name -> GeoJSON of areas with nothing but code and name.
    demonstration : bool
        Whether it may be shown only as an example: made-up children, or areas that are not in force.
    """

    audience: str
    council: str
    title: str
    snapshot: str
    made_on: date
    expires: date
    sign_off: str
    threshold: Threshold
    datasets: tuple[Dataset, ...]
    tables: tuple[Table, ...]
    codes: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    ties: tuple[Tie, ...] = ()
    orders: tuple[tuple[Key, ...], ...] = ()
    earlier: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    boundaries: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    demonstration: bool = False

    @property
    def id(self) -> str:
        """Return audience and day: one release to an audience a day."""
        return f"{self.audience}-{self.made_on.isoformat()}"

    def expired(self, day: date) -> bool:
        """Return whether it may no longer be shown on a day."""
        return day > self.expires


def in_order(bundle: Bundle) -> Bundle:
    """Return the same content in the one order in which it is written, whatever order it was put together in."""
    tables = (
        replace(table, figures=tuple(sorted(table.figures, key=lambda figure: figure.at))) for table in bundle.tables
    )
    datasets = (
        replace(one, words=tuple(sorted(set(one.words))), tables=tuple(sorted(set(one.tables))))
        for one in bundle.datasets
    )
    return replace(
        bundle,
        tables=tuple(sorted(tables, key=lambda table: table.name)),
        datasets=tuple(sorted(datasets, key=lambda one: one.key)),
        earlier=tuple(sorted(set(bundle.earlier))),
        codes={dimension: dict(codes) for dimension, codes in bundle.codes.items() if codes},
    )


def published_of(bundle: Bundle) -> Published:
    """Return what an outsider has of a bundle, as the attacker takes it; its name is the id of the release."""
    own = in_order(bundle)
    return Published(
        own.id, own.tables, own.codes, snapshot=own.snapshot, ties=own.ties, orders=own.orders, labels=own.labels
    )
