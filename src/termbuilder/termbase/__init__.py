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
from . import exchange
from . import history as past
from . import merge as merging
from .history import HistoryItem
from .keys import language
from .open import connect, speaking, writing
from .reports import Conflict, EntryChange, ImportReport, MergeReport, Offer
from .search import found

__all__ = ["Conflict", "EntryChange", "HistoryItem", "ImportReport", "MergeReport", "Offer", "Termbase"]

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
        return list(self.each(status, text, run))

    def each(self, status: EntryStatus | None = None, text: str = "", run: int | None = None) -> Iterator[ConceptEntry]:
        """What `entries` gives, one after the other, without having all of them in memory; they are of one state of the termbase."""
        with self._reading() as db:
            asked = {"status": status, "first_run": run}
            given = {column: value for column, value in asked.items() if value is not None}
            where = "".join(f" AND {column} = :{column}" for column in given)  # no OR: that would read the whole table
            rows_ = db.execute(f"SELECT number FROM concept WHERE retired = 0{where} ORDER BY score DESC, number", given)
            numbers = [number for (number,) in rows_]
            if text:
                wanted = set(found(db, text))
                numbers = [number for number in numbers if number in wanted]
            yield from rows.each(db, numbers)

    def count(self) -> int:
        """How many entries there are."""
        with self._reading() as db:
            return int(db.execute("SELECT count(*) FROM concept WHERE retired = 0").fetchone()[0])

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
            forms = db.execute(  # CROSS JOIN: from the few that are rejected on, in this order
                "SELECT DISTINCT form.key, lang_sec.lang, concept.status FROM concept AS rejected "
                "CROSS JOIN term_sec AS its ON its.concept = rejected.number "
                "CROSS JOIN term_sec AS form ON form.key = its.key "
                "CROSS JOIN concept ON concept.number = form.concept "
                "CROSS JOIN lang_sec ON lang_sec.concept = form.concept AND lang_sec.position = form.section "
                "WHERE rejected.status = 'rejected' AND concept.retired = 0"
            ).fetchall()
        chinese = [(key, status) for key, lang, status in forms if language(lang) == "zh"]
        in_use = {key for key, status in chinese if status != "rejected"}
        return frozenset(key for key, _ in chinese if key not in in_use)

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

    def join(self, entry_id: str, other_id: str, who: str) -> ConceptEntry:
        """Make two entries one: everything of `other_id` goes to `entry_id`, whose main terms and decisions lead.

        The other id goes on leading to the joined entry. `undo` takes the two apart again.
        """

        def write(db: sqlite3.Connection) -> ConceptEntry:
            number = self._number(db, entry_id)
            deciding.join(db, number, self._number(db, other_id), past.Act("modification", _now(), who, ""))
            return rows.read(db, [number])[0]

        return self._write(write)

    def split(self, entry_id: str, terms: Sequence[str], who: str) -> ConceptEntry:
        """Make the Chinese forms `terms` of an entry an entry of their own and return it; no run joins them again.

        `undo` of the entry that they left brings them back.
        """

        def write(db: sqlite3.Connection) -> ConceptEntry:
            act = past.Act("modification", _now(), who, "")
            return rows.read(db, [deciding.split(db, self._number(db, entry_id), terms, act)])[0]

        return self._write(write)

    def import_entries(
        self,
        entries: Sequence[ConceptEntry],
        who: str,
        origin: str = "",
        base: Mapping[str, ConceptEntry] | None = None,
        overwrite: bool = False,
        dry_run: bool = False,
    ) -> ImportReport:
        """Bring in the entries of one file (`origin` is its name) that people edited or sent.

        `base` has, by id, the entries as they were when the file was exported, if it knows: then exactly what was changed
        in the file is brought in, also what was emptied. Without it a file only fills gaps and adds to lists. A field that
        the termbase states otherwise is a conflict, reported with both values and left alone unless `overwrite`. An entry is
        found by its id if it shares a term, else by its Chinese main term; entries that only share another form are offered.
        `dry_run` reports and changes nothing.
        Raises TermbaseError if there are no entries at all.
        """
        act = past.Act("modification", _now(), who, "", origin)
        with speaking(self.path), writing(self._db, keep=not dry_run):
            return exchange.import_entries(self._db, entries, base or {}, act, overwrite)

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
        try:
            with speaking(target):
                beside.unlink(missing_ok=True)
                with closing(sqlite3.connect(beside)) as copy:
                    self._db.backup(copy)
                    copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
                beside.replace(target)
        except OSError as error:
            raise TermbaseError(
                f"{target} cannot be written ({error.strerror}). Choose another place for the backup."
            ) from error
        finally:
            beside.unlink(missing_ok=True)

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
        number = rows.living_number(db, rows.number_of(entry_id))
        if number is None:
            raise TermbaseError(f"{self.path} has no entry {entry_id}.")
        return number
