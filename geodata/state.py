"""What people write and change, in a database: SQLite in the workspace, or another by address.

Snapshots never change and are files; this does. Every change is one statement in one transaction, so that a reader sees
it whole or not at all, and two writers cannot both take the place of one version. SQLAlchemy is loaded here alone:
nothing that the server needs to start imports this module.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, IntegrityError, NoSuchModuleError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from geodata.durable import make_private
from geodata.errors import InputError, UsageError, WorkspaceBusyError
from geodata.lock import WriteLock

URL = "ATLAS_STATE_URL"
"""Variable of the environment with the address of another database, as SQLAlchemy writes addresses."""

FILE = "state.sqlite"
BUSY_SECONDS = 10

_METADATA = sa.MetaData()


def _table(name: str) -> sa.Table:
    return sa.Table(
        name,
        _METADATA,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("name_key", sa.String(200), nullable=False),  # without regard to case
        sa.Column("deleted", sa.Integer, nullable=False, default=0),  # 0, or the row's own id: its name is free again
        sa.Column("created", sa.String(32), nullable=False),
        sa.Column("changed", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("snapshot", sa.String(60), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.UniqueConstraint("name_key", "deleted", name="one_of_a_name" if name == "scenarios" else f"one_of_{name}"),
    )


KINDS = {"scenario": _table("scenarios"), "plan": _table("link_worker_plans")}
"""What is kept -> its table: scenarios of specialist places, and plans of who has which school."""


@dataclass(frozen=True)
class SavedRow:
    """A scenario, or a plan, as it is kept.

    Attributes
    ----------
    name : str
        As it was typed.
    created, changed : datetime.datetime
        UTC.
    version : int
        From 1, one more with every change.
    snapshot : str
        Identifier of the snapshot it was made on.
    body : str
        JSON.
    """

    name: str
    created: datetime
    changed: datetime
    version: int
    snapshot: str
    body: str


class ChangedSinceError(UsageError):
    """What was to be changed has another version by now, or is gone."""


class State:
    """What people have written.

    Parameters
    ----------
    root : pathlib.Path
        The workspace's folder.
    url : str, optional
        Of a database; by default the variable `URL`, else the file `FILE` of the workspace.
    kind : str, optional
        One of `KINDS`.

    Raises
    ------
    UsageError
        If the address is none, or its database needs a driver that is not installed.
    """

    def __init__(self, root: Path, url: str | None = None, *, kind: str = "scenario") -> None:
        self._kind, self._rows = kind, KINDS[kind]
        address = url or os.environ.get(URL) or ""
        self._file = None if address else root / FILE
        try:
            target = sa.make_url(address) if address else sa.URL.create("sqlite", database=str(self._file))
            self._engine = _engine(target)
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            raise UsageError(
                f"{URL} is no address of a database that can be reached from here ({type(error).__name__}). Write it "
                "as SQLAlchemy does, such as postgresql+psycopg://user@host/name, and install its driver."
            ) from error
        self._ready = False

    def insert(self, name: str, snapshot: str, body: str) -> SavedRow:
        """Keep one under a name that is free.

        Raises
        ------
        ChangedSinceError
            If the name is taken.
        """
        now = _now()
        row = {
            "name": name, "name_key": name_key(name), "deleted": 0, "created": now, "changed": now, "version": 1,
            "snapshot": snapshot, "body": body,
        }  # fmt: skip
        try:
            with self._begin() as connection:
                connection.execute(sa.insert(self._rows).values(**row))
        except IntegrityError as error:
            raise ChangedSinceError(
                f"There is a {self._kind} '{name}' already. Choose another name, or open it."
            ) from error
        return self.get(name)

    def update(self, name: str, version: int, *, snapshot: str, body: str, new_name: str = "") -> SavedRow:
        """Change one that still has the version one knows.

        Raises
        ------
        ChangedSinceError
            If it has another version by now or is gone, or the new name is taken.
        """
        called = new_name or name
        values = {"name": called, "name_key": name_key(called), "snapshot": snapshot, "body": body}
        try:
            self._change(name, version, values)
        except IntegrityError as error:
            raise ChangedSinceError(f"There is a {self._kind} '{called}' already. Choose another name.") from error
        return self.get(called)

    def remove(self, name: str, version: int) -> None:
        """Set one aside: it is listed no more, its name is free, and its row stays.

        Raises
        ------
        ChangedSinceError
            If it has another version by now or is gone.
        """
        self._change(name, version, {"deleted": self._rows.c.id})

    def get(self, name: str) -> SavedRow:
        """Return one by its name, without regard to case.

        Raises
        ------
        UsageError
            If there is none, with those there are.
        """
        with self._begin() as connection:
            row = connection.execute(self._live().where(self._rows.c.name_key == name_key(name))).first()
        if row is None:
            known = ", ".join(f"'{one.name}'" for one in self.rows()) or "none yet"
            raise UsageError(f"No {self._kind} '{name}'. There are: {known}.")
        return _saved(row)

    def rows(self) -> tuple[SavedRow, ...]:
        """Return every one that is not set aside, by name."""
        with self._begin() as connection:
            found = connection.execute(self._live().order_by(self._rows.c.name_key)).all()
        return tuple(_saved(row) for row in found)

    def removed(self) -> tuple[SavedRow, ...]:
        """Return those that were set aside, the newest first."""
        with self._begin() as connection:
            gone = sa.select(self._rows).where(self._rows.c.deleted != 0).order_by(self._rows.c.changed.desc())
            return tuple(_saved(row) for row in connection.execute(gone).all())

    def _live(self) -> sa.Select[Any]:
        return sa.select(self._rows).where(self._rows.c.deleted == 0)

    def _change(self, name: str, version: int, values: dict[str, Any]) -> None:
        mine = (
            (self._rows.c.name_key == name_key(name)) & (self._rows.c.deleted == 0) & (self._rows.c.version == version)
        )
        change = sa.update(self._rows).where(mine).values(**values, changed=_now(), version=version + 1)
        with self._begin() as connection:
            changed = connection.execute(change).rowcount
        if not changed:
            now = self.get(name)
            raise ChangedSinceError(
                f"Somebody has changed '{now.name}' since you opened it (version {now.version}, yours was {version}). "
                "Open it again, or save yours under another name."
            )

    @contextmanager
    def _begin(self) -> Iterator[sa.Connection]:
        """Run in one transaction; tables and file are made at the first use."""
        try:
            if not self._ready:
                self._prepare()
            with self._engine.begin() as connection:
                yield connection
        except IntegrityError:
            raise
        except OperationalError as error:
            if "locked" in str(error.orig) or "busy" in str(error.orig):
                raise WorkspaceBusyError("Others are saving just now. Try again in a moment.") from error
            raise UsageError(f"The database of saved {self._kind}s cannot be reached: {error.orig}.") from error
        except SQLAlchemyError as error:
            said = getattr(error, "orig", None) or type(error).__name__
            raise InputError(f"The database of saved {self._kind}s cannot be used: {said}.") from error

    def _prepare(self) -> None:
        make = sa.schema.CreateTable(self._rows, if_not_exists=True)
        if self._file is None:
            with self._engine.begin() as connection:
                connection.execute(make)
        else:
            make_private(self._file.parent)
            with WriteLock(self._file.with_name(".state.lock")).hold(BUSY_SECONDS):
                os.close(os.open(self._file, os.O_CREAT | os.O_RDWR, 0o600))
                with self._engine.connect() as connection:
                    connection.execute(sa.text("PRAGMA journal_mode=WAL"))  # stays so in the file
                    connection.commit()
                    connection.execute(make)
                    connection.commit()
        self._ready = True


def name_key(name: str) -> str:
    """Return what two names share that differ in case only."""
    return name.casefold()


def _engine(url: sa.URL) -> sa.Engine:
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(url, pool_pre_ping=True, hide_parameters=True)
    # No pool: a connection closes after its statement, so that no file of a moved workspace stays open.
    engine = sa.create_engine(url, poolclass=NullPool, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})

    @sa.event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.close()

    return engine


def _saved(row: sa.Row[Any]) -> SavedRow:
    return SavedRow(
        row.name,
        datetime.fromisoformat(row.created),
        datetime.fromisoformat(row.changed),
        row.version,
        row.snapshot,
        row.body,
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
