"""Keeps the evidence of any number of documents in bounded memory: what does not fit waits on disk, divided by keys."""

from __future__ import annotations

import contextlib
import errno
import pickle
import tempfile
import zlib
from collections.abc import Iterator
from types import TracebackType
from typing import IO, Any

import numpy as np

from termbuilder.errors import TermbuilderError
from termbuilder.evidence import Table, added

PARTS = 32  # so many times the allowed memory can be evidence on disk


class Store:
    """Evidence of documents, added up; iterating gives it in parts, no candidate in two of them.

    Adding up is exact whatever the order, so the result does not depend on what was spilled when. The files on disk have no name: the
    system removes them when the process ends, however it ends.
    """

    def __init__(self, limit: int, spill: str = "") -> None:
        """`limit`: bytes of evidence in memory (about); `spill`: folder for what is too much, default the system's temporary one."""
        self._limit = limit
        self._folder = spill or None
        self._tables: list[Table] = []
        self._bytes = 0
        self._files: list[IO[bytes]] = []

    def __enter__(self) -> Store:
        """The store itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Give back memory and disk."""
        self._tables = []
        for file in self._files:
            file.close()

    def add(self, table: Table) -> None:
        """Add the evidence of one document."""
        self._tables.append(table)
        self._bytes += table.bytes
        if self._bytes > self._limit:
            self._tables = [added(self._tables)]
            self._bytes = self._tables[0].bytes
            if self._bytes > self._limit // 2:  # adding up did not help enough
                self._spill()

    def __iter__(self) -> Iterator[Table]:
        """All evidence, each candidate once."""
        if not self._files:
            self._tables = [added(self._tables)]
            yield from self._tables
            return
        self._spill()
        for number, file in enumerate(self._files):
            tables = list(read_all(file))
            table = added(tables)
            if len(tables) > 1:  # the next time it is there as one
                self._files[number] = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed in __exit__
                file.close()
                write(self._files[number], table)
            del tables
            if len(table):
                yield table

    @property
    def spilled(self) -> bool:
        """Was memory too small?"""
        return bool(self._files)

    def _spill(self) -> None:
        total = added(self._tables)
        self._tables, self._bytes = [], 0
        if not self._files:
            self._files = [tempfile.TemporaryFile(dir=self._folder) for _ in range(PARTS)]  # noqa: SIM115 - closed in __exit__
        if not len(total):
            return
        part = np.fromiter((zlib.crc32(key.encode()) % PARTS for key in total), dtype=np.int64, count=len(total))
        for number, file in enumerate(self._files):
            rows = np.flatnonzero(part == number)
            if len(rows):
                write(file, total.chosen(rows))


def write(file: IO[bytes], value: Any) -> None:
    """Append a value to a file of our own; TermbuilderError if the disk is full."""
    with appending(file):
        pickle.dump(value, file, protocol=5)


@contextlib.contextmanager
def appending(file: IO[bytes]) -> Iterator[None]:
    """Write at the end of a file of our own; TermbuilderError if the disk is full."""
    try:
        file.seek(0, 2)
        yield
        file.flush()
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise TermbuilderError(
            "The disk is full: there is no room for what does not fit in memory. Free some space, let TMPDIR name a folder on a larger "
            "disk, or allow more memory with --memory-limit."
        ) from error


def read_all(file: IO[bytes]) -> Iterator[Any]:
    """The values of such a file, in order."""
    file.seek(0)
    while True:
        try:
            yield pickle.load(file)
        except EOFError:
            return


class Shelf:
    """Values of this run that wait on disk until they are wanted again, by number."""

    def __init__(self, spill: str = "") -> None:
        """An empty shelf in `spill`, default the system's folder for temporary files."""
        self._file = tempfile.TemporaryFile(dir=spill or None)  # noqa: SIM115 - closed in __exit__
        self._at: list[int] = []

    def __enter__(self) -> Shelf:
        """The shelf itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Give back the disk."""
        self._file.close()

    def put(self, value: Any) -> int:
        """Lay a value down; its number."""
        self._at.append(self._file.seek(0, 2))
        write(self._file, value)
        return len(self._at) - 1

    def get(self, number: int) -> Any:
        """The value of that number."""
        self._file.seek(self._at[number])
        return pickle.load(self._file)

    def __iter__(self) -> Iterator[Any]:
        """All values, in order."""
        return map(self.get, range(len(self._at)))
