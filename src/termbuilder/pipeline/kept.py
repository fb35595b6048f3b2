"""What earlier runs kept of documents, so that a document that has not changed is not read again.

A SQLite file beside the termbase. It only saves time: whoever deletes it gets the same results, later. A document is known by its name and
its content; what was kept of it holds as long as the program, its tables and the choices that matter are the same (see `fingerprint`).
Everything is written in short transactions, so that a run that is stopped or killed leaves what it had finished.
"""

from __future__ import annotations

import contextlib
import hashlib
import pickle
import sqlite3
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from types import TracebackType
from typing import Any, TypeVar

from termbuilder.errors import TermbuilderError
from termbuilder.evidence import Table, key_of
from termbuilder.model import DocumentReport
from termbuilder.pipeline import packing, packing_tables
from termbuilder.pipeline.first_pass import Observed
from termbuilder.pipeline.kept_file import OF_A_DOCUMENT, delete, opened
from termbuilder.pipeline.prepared import Prepared
from termbuilder.pipeline.said import Said
from termbuilder.pipeline.second_pass import Collected
from termbuilder.values import plain_of, value_of

Result = TypeVar("Result")

TOGETHER = 64  # documents a transaction
_BROKEN = (sqlite3.Error, zlib.error, pickle.UnpicklingError, EOFError, AttributeError, TypeError, ValueError, IndexError)


@dataclass(frozen=True)
class Known:
    """A document that an earlier run has read: its number here, and what was observed, without evidence and text."""

    number: int
    observed: Observed


class Kept:
    """The open file; a context manager. If it cannot be written, `trouble` says so in a sentence and the run goes on without."""

    def __init__(self, path: Path, program: str, choices: str) -> None:
        """Open or make the file at `path`; what another program version left in it is dropped.

        `program`, `choices`: fingerprints.
        """
        self._path, self._choices = path, choices
        self.trouble = ""
        self._waiting = 0
        self._db: sqlite3.Connection | None = None
        try:
            try:
                self._db = opened(path, program)
            except sqlite3.DatabaseError as error:
                if "locked" in str(error):
                    raise
                delete(path)  # damaged, or something else of that name by mistake: it only saves time
                self._db = opened(path, program)
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)

    def drop(self) -> None:
        """Delete the closed file."""
        delete(self._path)

    def __enter__(self) -> Kept:
        """Itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Keep what was finished, also if the run was stopped."""
        self.save()
        if self._db is not None:
            self._db.close()
            self._db = None

    def known(self, digest: str, name: str, path: str) -> Known | None:
        """The document of that content if all its evidence is here; a renamed one takes its new name."""
        if self._db is None:
            return None
        try:
            return self._looked_up("evidence", "NULL", digest, name) or self._renamed(digest, name, path)
        except _BROKEN:
            return None

    def _renamed(self, digest: str, name: str, path: str) -> Known | None:
        """A document of that content that had another name, kept under its new one as well."""
        assert self._db is not None
        row = self._db.execute(
            "SELECT number, name, reports, tables, text, folded FROM document JOIN evidence USING (number) "
            "JOIN prepared USING (number) WHERE choices = ? AND digest = ? ORDER BY number",
            (self._choices, digest),
        ).fetchone()
        if row is None or PurePath(row[1]).suffix.lower() != PurePath(name).suffix.lower():  # the suffix says how it is read
            return None
        before, tables, folded = row[1], row[3], row[5]
        reports, pairs, segments = packing.unpacked(row[2])
        one = Observed(
            packing.packed(tuple(_named(own, before, name) for own in packing.unpacked(row[4]))),
            tuple(_report(report, before, name) for report in reports),
            tables,
            pairs,
            segments,
            folded=folded,
        )
        number = self.add(digest, name, path, one)
        return None if number is None else Known(number, replace(one, prepared=(), evidence=(), folded=b""))

    def skimmed(self, digest: str, name: str) -> Known | None:
        """The document of that content and name if a first look at it is here."""
        if self._db is None:
            return None
        try:
            return self._looked_up("skimmed", "look", digest, name)
        except _BROKEN:
            return None

    def _looked_up(self, table: str, look: str, digest: str, name: str) -> Known | None:
        """The document of that content and name if `table` holds it, with its first look if that is what `look` names."""
        assert self._db is not None
        row = self._db.execute(
            f"SELECT number, reports, {look} FROM document JOIN {table} USING (number) WHERE choices = ? AND digest = ? AND name = ?",
            (self._choices, digest, name),
        ).fetchone()
        if row is None:
            return None
        reports, pairs, segments = packing.unpacked(row[1])
        skimmed = packing.unpacked(row[2]) if row[2] is not None else None
        return Known(row[0], Observed((), reports, (), pairs, segments, skimmed=skimmed))

    def has_seen(self, number: int, passages: str) -> bool:
        """Is the evidence of these passages of a skimmed document here? `passages`: their stamp."""
        return self._db is not None and bool(
            self._db.execute("SELECT 1 FROM seen WHERE number = ? AND passages = ?", (number, passages)).fetchone()
        )

    def seen(self, number: int) -> Observed:
        """The evidence of the passages of a skimmed document that were read closely, and the pairs introduced there."""
        evidence, pairs = self._value("SELECT found FROM seen WHERE number = ?", number)
        return Observed(evidence=evidence, pairs=pairs)

    def add_seen(self, number: int, passages: str, one: Observed) -> None:
        """Keep what was observed in some passages of a skimmed document; what was collected in others no longer holds."""
        row = (number, passages, packing.packed((one.evidence, one.pairs)))

        def write(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM collected WHERE number = ?", (number,))
            db.execute("INSERT OR REPLACE INTO seen VALUES (?, ?, ?)", row)

        self._written(write)

    def evidence(self, number: int) -> list[Table]:
        """The evidence of a known document."""
        found: list[Table] = self._value("SELECT tables FROM evidence WHERE number = ?", number, packing_tables.unpacked)
        return found

    def prepared(self, number: int) -> bytes:
        """A known document as the second pass wants it."""
        return bytes(self._blob("SELECT text FROM prepared WHERE number = ?", number))

    def collected(self, number: int) -> Collected:
        """What the second pass found in a document of `unchanged`."""
        found: Collected = self._value("SELECT found FROM collected WHERE number = ?", number)
        return found

    def add(self, digest: str, name: str, path: str, one: Observed) -> int | None:
        """Keep what was observed in a document (or the first look at it), all of it packed; its number, None if it could not be written."""
        assert isinstance(one.prepared, bytes)

        def write(db: sqlite3.Connection) -> int:
            key = (self._choices, digest, name)
            self._drop(db, db.execute("SELECT number FROM document WHERE choices = ? AND digest = ? AND name = ?", key))
            number = db.execute(
                "INSERT INTO document (choices, digest, name, path, reports) VALUES (?, ?, ?, ?, ?)",
                (*key, path, packing.packed((one.reports, one.pairs, one.segments))),
            ).lastrowid
            assert number is not None
            if one.skimmed is None:
                db.execute("INSERT INTO evidence VALUES (?, ?)", (number, one.evidence))
            else:
                db.execute("INSERT INTO skimmed VALUES (?, ?)", (number, packing.packed(one.skimmed)))
            db.execute("INSERT INTO prepared VALUES (?, ?, ?)", (number, one.prepared, one.folded))
            return number

        return self._written(write)

    def unchanged(self, numbers: Collection[int], forms: Mapping[str, str]) -> set[int]:
        """The documents among `numbers` of which the second pass would find what it found before.

        Its result depends on the chosen forms that stand in the document, and on the concepts that they stand for. Only the forms that
        are new, gone or of another concept since the last run are looked for.
        """
        if self._db is None:
            return set()
        try:
            same = self._searched_for(stamp_of(forms), numbers)
            row = self._db.execute("SELECT value FROM about WHERE name = 'forms'").fetchone()
            if row is not None:
                before = packing.unpacked(row[0])
                changed = {key_of(form) for form, _ in before.items() ^ forms.items()} - {""}
                others = self._searched_for(stamp_of(before), numbers) - same
                same |= others - set(self._holding(sorted(changed), others)) if changed else others
            return same
        except _BROKEN:
            return set()

    def add_collected(self, number: int, forms: str, found: Collected) -> None:
        """Keep what the second pass found in a document; `forms`: the stamp of what was looked for."""
        row = (number, forms, packing.packed(found))
        self._written(lambda db: db.execute("INSERT OR REPLACE INTO collected VALUES (?, ?, ?)", row))

    def confirm(self, numbers: Collection[int], forms: Mapping[str, str]) -> None:
        """What is kept of the documents `numbers` holds for `forms` too."""

        def write(db: sqlite3.Connection) -> None:
            stamp = stamp_of(forms)
            db.executemany("UPDATE collected SET forms = ? WHERE number = ?", [(stamp, number) for number in numbers])
            db.execute("INSERT OR REPLACE INTO about VALUES ('forms', ?)", (packing.packed(dict(forms)),))

        self._written(write)
        self.save()

    def said(self) -> dict[bytes, Said]:
        """What the last run said of concepts because of their forms, by the stamp of what that depends on."""
        if self._db is None:
            return {}
        try:
            row = self._db.execute("SELECT value FROM about WHERE name = ?", (self._said,)).fetchone()
            return {stamp: value_of(Said)(plain) for stamp, plain in packing.unpacked(row[0]).items()} if row else {}
        except _BROKEN:
            return {}

    def keep_said(self, said: Mapping[bytes, Said]) -> None:
        """Keep what this run said, and no longer what the last one did."""
        row = (self._said, packing.packed({stamp: plain_of(Said)(one) for stamp, one in said.items()}))
        self._written(lambda db: db.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", row))
        self.save()

    @property
    def _said(self) -> str:
        return f"said {self._choices}"

    def forget(self, used: Collection[int]) -> None:
        """Drop the documents, other than those `used` in this run, whose file is gone or is another one by now."""

        def write(db: sqlite3.Connection) -> None:
            rows = db.execute("SELECT number, path, choices, digest FROM document").fetchall()
            renewed: dict[tuple[str, str], set[str]] = {}
            for number, path, choices, digest in rows:
                if number in used:
                    renewed.setdefault((path, choices), set()).add(digest)
            gone = [
                number
                for number, path, choices, digest in rows
                if number not in used and (digest not in renewed.get((path, choices), {digest}) or not _is_there(path))
            ]
            self._drop(db, [(number,) for number in gone])

        self._written(write)
        self.save()

    def save(self) -> None:
        """Confirm what was written."""
        with contextlib.suppress(sqlite3.Error):
            if self._db is not None and self._db.in_transaction:
                self._db.execute("COMMIT")
        self._waiting = 0

    # --- inside -------------------------------------------------------------------------------------------------------

    def _written(self, work: Callable[[sqlite3.Connection], Result]) -> Result | None:
        if self._db is None or self.trouble:
            return None
        try:
            if not self._db.in_transaction:
                self._db.execute("BEGIN IMMEDIATE")
            result = work(self._db)
            self._waiting += 1
            if self._waiting >= TOGETHER:
                self.save()
            return result
        except sqlite3.Error as error:
            with contextlib.suppress(sqlite3.Error):
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
            self._give_up(error)
            return None

    def _give_up(self, error: Exception) -> None:
        self.trouble = (
            f"{self._path.name} cannot be written ({error}), so the next run will read these documents again. "
            "The results are not affected."
        )

    def _drop(self, db: sqlite3.Connection, rows: Iterable[tuple[int]]) -> None:
        numbers = list(rows)
        for table in OF_A_DOCUMENT:
            db.executemany(f"DELETE FROM {table} WHERE number = ?", numbers)

    def _searched_for(self, stamp: str, numbers: Collection[int]) -> set[int]:
        assert self._db is not None
        rows = self._db.execute("SELECT number FROM collected WHERE forms = ?", (stamp,))
        return {number for (number,) in rows} & set(numbers)

    def _holding(self, keys: list[str], numbers: Collection[int]) -> Iterator[int]:
        """The documents in whose text one of `keys` stands."""
        import ahocorasick_rs

        assert self._db is not None
        automaton = ahocorasick_rs.AhoCorasick(keys)
        for number in sorted(numbers):
            row = self._db.execute("SELECT folded FROM prepared WHERE number = ?", (number,)).fetchone()
            if row is None or automaton.find_matches_as_indexes(zlib.decompress(row[0]).decode()):
                yield number

    def _blob(self, query: str, number: int) -> Any:
        try:
            assert self._db is not None
            return self._db.execute(query, (number,)).fetchone()[0]
        except _BROKEN as error:
            raise self._damaged() from error

    def _value(self, query: str, number: int, unpacked: Callable[[bytes], Any] = packing.unpacked) -> Any:
        try:
            return unpacked(self._blob(query, number))
        except _BROKEN as error:
            raise self._damaged() from error

    def _damaged(self) -> TermbuilderError:
        return TermbuilderError(
            f"{self._path} is damaged. Delete it and mine again: it only saves time, nothing else is in it."
        )


def _report(report: DocumentReport, before: str, name: str) -> DocumentReport:
    return replace(report, name=name, warnings=tuple(warning.replace(before, name) for warning in report.warnings))


def _named(own: Prepared, before: str, name: str) -> Prepared:
    warnings = tuple(warning.replace(before, name) for warning in own.document.warnings)
    return replace(
        own,
        document=replace(own.document, name=name, warnings=warnings),
        passages=tuple(replace(passage, document=name) for passage in own.passages),
        report=_report(own.report, before, name),
    )


def stamp_of(forms: Mapping[str, str]) -> str:
    """What `forms` are known by."""
    return hashlib.sha256(repr(sorted(forms.items())).encode()).hexdigest()


def _is_there(path: str) -> bool:
    try:
        return bool(path) and Path(path).exists()
    except OSError:  # a drive that is not connected may come back
        return True
