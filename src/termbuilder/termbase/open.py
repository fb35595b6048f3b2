"""Opens the SQLite file of a termbase, brings it to the current schema, and says in a sentence what is in the way."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from termbuilder.errors import TermbaseError

SCHEMA_VERSION = 3
# Written into the file's header, so that another program's database is not taken for ours: "TBld".
APPLICATION_ID = 0x54426C64

_SCHEMA = Path(__file__).with_name("schema.sql")
# upgrades/2.sql turns a termbase of schema 1 into one of schema 2, and so on.
_UPGRADES = Path(__file__).with_name("upgrades")
_SQLITE_HEADER = b"SQLite format 3\x00"


def connect(path: Path, create: bool, timeout: float) -> sqlite3.Connection:
    """Open the termbase at `path` (make it if `create`), waiting `timeout` seconds for other programs.

    Raises TermbaseError if there is none, if the file is something else, was written by a newer termbuilder, is locked or
    cannot be written.
    """
    _refuse_what_is_no_termbase(path, create)
    with speaking(path):
        db = sqlite3.connect(path, timeout=timeout, isolation_level=None)
    try:
        with speaking(path):
            _prepare(db, path)
    except BaseException:
        db.close()
        raise
    return db


def _refuse_what_is_no_termbase(path: Path, create: bool) -> None:
    if path.is_dir():
        raise TermbaseError(f"{path} is a folder, not a termbase. Name a file in it, for example {path / 'glossary.db'}.")
    if not path.exists():
        if not create:
            raise TermbaseError(f"There is no termbase {path}. Check the name, or make one with: termbuilder mine.")
        if not path.parent.is_dir():
            raise TermbaseError(f"{path} cannot be made: there is no folder {path.parent}. Make the folder first.")
        return
    try:
        with path.open("rb") as file:
            start = file.read(len(_SQLITE_HEADER))
    except OSError as error:
        raise TermbaseError(f"{path} cannot be read: {error.strerror}. Check who may read the file.") from error
    # An empty file is what is left when a program was stopped before it wrote anything: SQLite takes it as new.
    if start and start != _SQLITE_HEADER:
        raise TermbaseError(f"{path} is not a termbase. Choose another file; this one has been left as it is.")


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    db.execute("PRAGMA foreign_keys = ON")
    if _version(db) < SCHEMA_VERSION or _application(db) != APPLICATION_ID:
        _bring_up_to_date(db, path)
    elif _version(db) > SCHEMA_VERSION:
        raise TermbaseError(
            f"{path} was written by a newer termbuilder (schema {_version(db)}; this one knows {SCHEMA_VERSION}). "
            "Update termbuilder, then open it again."
        )
    if db.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        db.execute("PRAGMA journal_mode = WAL")  # many may read while one writes
    db.execute("PRAGMA synchronous = FULL")  # a decision that was confirmed survives a power cut


def _bring_up_to_date(db: sqlite3.Connection, path: Path) -> None:
    with writing(db):
        # Looked at again inside the transaction: another program may have made the termbase a moment ago.
        is_new = not db.execute("SELECT 1 FROM sqlite_master").fetchone()
        if is_new:
            run_script(db, _SCHEMA.read_text(encoding="utf-8"))
        elif _application(db) != APPLICATION_ID:
            raise TermbaseError(f"{path} is a database of another program, not a termbase. Choose another file.")
        else:
            for version in range(_version(db) + 1, SCHEMA_VERSION + 1):
                run_script(db, (_UPGRADES / f"{version}.sql").read_text(encoding="utf-8"))
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def run_script(db: sqlite3.Connection, script: str) -> None:
    """Execute the statements of `script` inside the open transaction (`executescript` would commit it first)."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _application(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA application_id").fetchone()[0])


@contextmanager
def writing(db: sqlite3.Connection, keep: bool = True) -> Iterator[None]:
    """One transaction: all of what is done inside is kept, or nothing (never anything if not `keep`)."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT" if keep else "ROLLBACK")
    except BaseException:
        # SQLite has already rolled back by itself if the disk was full.
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


@contextmanager
def speaking(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into a sentence that names the termbase and the next step."""
    try:
        yield
    except sqlite3.Error as error:
        raise TermbaseError(_sentence(path, str(error))) from error


def _sentence(path: Path, message: str) -> str:
    if "locked" in message or "busy" in message:
        return f"{path} is being written by another program. Wait until it is done or close it, then try again."
    if "readonly" in message:
        return f"{path} cannot be written. Check who may write the file and its folder."
    if "unable to open" in message:
        return f"{path} cannot be opened. Check that its folder is there and may be written."
    if "full" in message:
        return f"The disk with {path} is full; nothing was changed. Make room, then try again."
    if "malformed" in message or "not a database" in message:
        return f"{path} is damaged or not a termbase. Put the last backup in its place; nothing was changed."
    return f"{path} could not be used ({message}); nothing was changed."
