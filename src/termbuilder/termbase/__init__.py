"""The termbase: a SQLite file that keeps concept entries, every human decision, and who changed what."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from termbuilder.errors import TermbaseError
from termbuilder.model import ConceptEntry, EntryStatus, Run

from . import decide as deciding
from . import entries as rows
from . import history as past
from . import merge as merging
from .history import HistoryItem
from .open import connect, speaking, writing
from .reports import MergeReport, Offer
from .search import found

__all__ = ["HistoryItem", "MergeReport", "Offer", "Termbase"]

Result = TypeVar("Result")


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


class Termbase:
    """An open termbase; use it in a `with` statement.

    Several programs may have it open: all may read while one writes. Every method that writes does all of it or nothing.
    All methods raise TermbaseError, with a sentence for the user, if the file cannot be read or written.
    """

    def __init__(self, path: Path, db: sqlite3.Connection) -> None:
        """Take an open connection; callers use `Termbase.open`."""
        self.path = path
        self._db = db

    @classmethod
    def open(cls, path: Path | str, create: bool = True, timeout: float = 10.0) -> Termbase:
        """Open the termbase at `path`, or make an empty one there unless `create` is False.

        Waits up to `timeout` seconds for another program that is writing.
        Raises TermbaseError if the file is no termbase, is newer than this program, is locked or cannot be written.

        >>> from termbuilder.model import LangSec, TermSec
        >>> with Termbase.open(":memory:") as termbase:
        ...     report = termbase.merge([ConceptEntry("", (LangSec("zh-CN", (TermSec("瞪羚企业"),)),))], Run("", "2026-01-05"))
        ...     [(entry.id, entry.term) for entry in termbase.search("瞪羚")]
        [('c0001', '瞪羚企业')]
        """
        where = Path(path)
        return cls(where, connect(where, create, timeout))

    def close(self) -> None:
        """Close the file; what was done stays."""
        self._db.close()

    def __enter__(self) -> Termbase:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the file."""
        self.close()

    # --- reading ------------------------------------------------------------------------------------------------------

    def entries(self, status: EntryStatus | None = None, text: str = "", run: int | None = None) -> list[ConceptEntry]:
        """All entries, the best score first (the older id where scores are equal).

        `status` keeps only those of that status, `text` only those that `search` finds, `run` only those that were new in
        that run (`MergeReport.run`).
        """
        with self._reading() as db:
            numbers = [
                number
                for (number,) in db.execute(
                    "SELECT number FROM concept WHERE retired = 0 AND (?1 IS NULL OR status = ?1) "
                    "AND (?2 IS NULL OR first_run = ?2) ORDER BY score DESC, number",
                    (status, run),
                )
            ]
            if text:
                wanted = set(found(db, text))
                numbers = [number for number in numbers if number in wanted]
            return rows.read(db, numbers)

    def entry(self, entry_id: str) -> ConceptEntry:
        """One entry; for an id that was joined to another entry, that other one. Raises TermbaseError if there is none."""
        with self._reading() as db:
            return rows.read(db, [self._number(db, entry_id)])[0]

    def search(self, text: str, limit: int = 0) -> list[ConceptEntry]:
        """Entries with `text` in a Chinese form (any number of characters), an English term, pinyin, definition or note.

        Exact terms come first, then terms that contain it, then other finds; `limit` 0 gives all.
        """
        with self._reading() as db:
            numbers = found(db, text)
            return rows.read(db, numbers[:limit] if limit else numbers)

    def rejected_keys(self) -> frozenset[str]:
        """The keys of all forms of rejected entries, less those that an entry in use also has: the stop list."""
        with self._reading() as db:
            by_status = db.execute(
                "SELECT term_sec.key, min(concept.status = 'rejected') FROM term_sec "
                "JOIN concept ON concept.number = term_sec.concept WHERE concept.retired = 0 "
                "AND term_sec.key IN (SELECT key FROM term_sec JOIN concept ON number = concept WHERE status = 'rejected') "
                "GROUP BY term_sec.key"
            )
            return frozenset(key for key, all_rejected in by_status if all_rejected)

    def history(self, entry_id: str) -> list[HistoryItem]:
        """Every change of an entry, oldest first: who, when, what, from which file."""
        with self._reading() as db:
            return past.of(db, self._number(db, entry_id))

    # --- writing ------------------------------------------------------------------------------------------------------

    def merge(self, entries: Sequence[ConceptEntry], run: Run) -> MergeReport:
        """Bring in what a run has mined.

        An entry joins the one that has its main term among its Chinese forms (else most of its other forms) and keeps that
        one's id; the others are new and numbered in the order given. Contexts, variants, sources, frequencies and English
        proposals are added and refreshed. Every field that a person set stays, rejected entries stay rejected, terms that a
        person took out of an entry do not come back, and nothing is deleted.
        """
        return self._write(lambda db: merging.merge(db, entries, run))

    def decide(self, entry_id: str, changes: Mapping[str, Any], who: str, origin: str = "") -> ConceptEntry:
        """Set fields of an entry as a person decided and write down who it was; returns the entry as it is then.

        `changes` maps names of ConceptEntry fields to new values, as for `dataclasses.replace`; whatever differs is from now
        on the person's and no run touches it. Approving an entry makes the first term of each language final.
        Raises TermbaseError for an unknown id, status or field.
        """

        def write(db: sqlite3.Connection) -> ConceptEntry:
            number = self._number(db, entry_id)
            deciding.decide(db, number, changes, past.Act("modification", _now(), who, "", origin))
            return rows.read(db, [number])[0]

        return self._write(write)

    def add(self, entry: ConceptEntry, who: str) -> ConceptEntry:
        """Add an entry that a person made; returns it with its id."""

        def write(db: sqlite3.Connection) -> ConceptEntry:
            number = deciding.add(db, entry, past.Act("origination", _now(), who, "entered"))
            return rows.read(db, [number])[0]

        return self._write(write)

    def undo(self, entry_id: str, who: str, serial: int | None = None) -> ConceptEntry:
        """Take back the latest decision about an entry, or the one with `serial` (see `history`); returns the entry.

        Undoing an undo by its serial brings the decision back. Raises TermbaseError if there is nothing to undo or the same
        field has been changed again since.
        """

        def write(db: sqlite3.Connection) -> ConceptEntry:
            number = self._number(db, entry_id)
            past.undo(db, number, _now(), who, serial)
            return rows.read(db, [number])[0]

        return self._write(write)

    def backup(self, path: Path | str) -> None:
        """Copy the termbase to `path` while others may be using it; an older backup of that name is replaced at the end."""
        target = Path(path)
        if target.resolve() == self.path.resolve():
            raise TermbaseError(f"{target} is the termbase itself. Choose another name for the backup.")
        beside = target.with_name(f"{target.name}.part")
        with speaking(target):
            beside.unlink(missing_ok=True)
            with closing(sqlite3.connect(beside)) as copy:
                self._db.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
            beside.replace(target)

    # --- inside -------------------------------------------------------------------------------------------------------

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """All that is read inside shows one state, whatever others write meanwhile."""
        with speaking(self.path):
            self._db.execute("BEGIN")
            try:
                yield self._db
            finally:
                self._db.execute("ROLLBACK")

    def _write(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        with speaking(self.path), writing(self._db):
            return work(self._db)

    def _number(self, db: sqlite3.Connection, entry_id: str) -> int:
        number = rows.number_of(entry_id)
        row = db.execute("SELECT retired, joined_to FROM concept WHERE number = ?", (number,)).fetchone()
        while row is not None and row[1] is not None:
            number = row[1]
            row = db.execute("SELECT retired, joined_to FROM concept WHERE number = ?", (number,)).fetchone()
        if number is None or row is None or row[0]:
            raise TermbaseError(f"{self.path} has no entry {entry_id}.")
        return number
