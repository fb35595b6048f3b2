"""Rows of numbers that wait until all are there, divided by a hash; what does not fit in memory waits on disk."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from types import TracebackType
from typing import IO

import numpy as np
from numpy.typing import NDArray

from termbuilder.pipeline.store import appending

Rows = NDArray[np.uint64]

PARTS = 64  # so many times the memory can wait on disk
HASH_BITS = 28  # of the first number of a row, its uppermost
_PART = np.uint64(64 - 6)


class Divided:
    """Rows of so many numbers, to be had again in `PARTS` parts: all rows of one hash are in one part, in the order of adding.

    A context manager that gives back memory and disk; the files have no name, the system removes them however the process ends.
    """

    def __init__(self, columns: int, limit: int, folder: str = "") -> None:
        """`limit`: bytes in memory (about); `folder`: for what is too much, default the system's temporary one."""
        self._columns, self._limit, self._folder = columns, limit, folder or None
        self._waiting: list[Rows] = []
        self._bytes = 0
        self._files: list[IO[bytes]] = []

    def __enter__(self) -> Divided:
        """Itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Give back memory and disk."""
        self._waiting = []
        for file in self._files:
            file.close()

    def add(self, rows: Rows) -> None:
        """Rows, (n, columns); TermbuilderError if the disk is full."""
        self._waiting.append(rows)
        self._bytes += rows.nbytes
        if self._bytes > self._limit:
            self._spill()

    def __iter__(self) -> Iterator[Rows]:
        """The parts."""
        if not self._files:
            parts = self._divided()
            self._waiting = parts
            yield from parts
            return
        self._spill()
        for file in self._files:
            file.seek(0)
            yield np.frombuffer(file.read(), dtype=np.uint64).reshape(-1, self._columns)

    def _divided(self) -> list[Rows]:
        rows = np.concatenate([np.zeros((0, self._columns), dtype=np.uint64), *self._waiting])
        part = (rows[:, 0] >> _PART).astype(np.uint8)
        rows = rows[np.argsort(part, kind="stable")]
        return np.split(rows, np.cumsum(np.bincount(part, minlength=PARTS))[:-1])

    def _spill(self) -> None:
        parts, self._waiting, self._bytes = self._divided(), [], 0
        if not self._files:
            self._files = [tempfile.TemporaryFile(dir=self._folder) for _ in range(PARTS)]  # noqa: SIM115 - closed in __exit__
        for file, rows in zip(self._files, parts):
            if len(rows):
                with appending(file):
                    file.write(rows.tobytes())
