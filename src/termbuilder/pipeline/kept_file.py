"""The SQLite file of what earlier runs kept: its tables, and how it is opened, made anew or thrown away."""

from __future__ import annotations

import sqlite3
from pathlib import Path

FORMAT = "3"  # of this file
PATIENCE = 10.0  # seconds to wait for another run that is writing

_SCHEMA = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS document (
  number  INTEGER PRIMARY KEY,
  choices TEXT NOT NULL,               -- fingerprint of the user's choices
  digest  TEXT NOT NULL,               -- SHA-256 of the bytes
  name    TEXT NOT NULL,
  path    TEXT NOT NULL,               -- where it was; empty if it was no file
  reports BLOB NOT NULL,
  UNIQUE (choices, digest, name)
);
CREATE TABLE IF NOT EXISTS evidence (number INTEGER PRIMARY KEY, tables BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS skimmed (number INTEGER PRIMARY KEY, look BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS seen (
  number   INTEGER PRIMARY KEY,
  passages TEXT NOT NULL,              -- stamp of those that were read closely
  found    BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS prepared (number INTEGER PRIMARY KEY, text BLOB NOT NULL, folded BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS collected (number INTEGER PRIMARY KEY, forms TEXT NOT NULL, found BLOB NOT NULL);
"""
OF_A_DOCUMENT = ("document", "evidence", "skimmed", "seen", "prepared", "collected")


def opened(path: Path, program: str) -> sqlite3.Connection:
    """Open or make the file; what another version of the program left in it is dropped. Raises sqlite3.Error."""
    db = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        db.execute("PRAGMA journal_mode = WAL")  # a second run may read while one writes
        db.execute("PRAGMA synchronous = NORMAL")  # after a power cut the last documents may have to be read again
        mark = f"{FORMAT} {program}"
        db.execute("BEGIN IMMEDIATE")
        db.execute("CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID")
        row = db.execute("SELECT value FROM about WHERE name = 'made by'").fetchone()
        if row is None or row[0] != mark:
            for table in ("about", *OF_A_DOCUMENT):
                db.execute(f"DROP TABLE IF EXISTS {table}")
        for statement in _SCHEMA.split(";\n"):
            if statement.strip():
                db.execute(statement)
        db.execute("INSERT OR REPLACE INTO about VALUES ('made by', ?)", (mark,))
        db.execute("COMMIT")
    except BaseException:
        db.close()
        raise
    return db


def delete(path: Path) -> None:
    """Throw the file away."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
