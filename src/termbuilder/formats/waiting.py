"""Entries that wait to be written: a few in memory, more on disk."""

from __future__ import annotations

import copy
import errno
import marshal
import os
import tempfile
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import overload

from termbuilder.errors import FormatError
from termbuilder.model import ConceptEntry
from termbuilder.values import plain_of, value_of

# So many entries may be in memory: as many as one run keeps at most. Mined ones take about 10 kB each.
IN_MEMORY = 20_000
TOGETHER = 256  # entries that come back from disk at once
Watch = Callable[[int, int], object]


class Waiting(Sequence[ConceptEntry]):
    """Entries in their order, to be gone through any number of times; more than `most` of them wait on disk.

    The file has no name: the system removes it when the process ends, however it ends. Copies of this process may read it, too.

    >>> from termbuilder.model import LangSec, TermSec
    >>> entries = [ConceptEntry(f"c{n}", (LangSec("zh-CN", (TermSec("瞪羚企业"),)),)) for n in range(1000)]
    >>> waiting = Waiting(entries, most=100)
    >>> list(waiting) == entries, waiting[999].id, len(waiting)
    (True, 'c999', 1000)
    """

    def __init__(self, entries: Iterable[ConceptEntry], most: int = IN_MEMORY) -> None:
        """Take all `entries`. FormatError if they find no room on the disk."""
        self.watch: Watch | None = None
        self._whole: Waiting | None = None
        coming = iter(entries)
        self._here: Sequence[ConceptEntry] = tuple(islice(coming, most))
        self._at: list[tuple[int, int]] = []  # offset and bytes of each batch
        self._length = len(self._here)
        more = next(coming, None)
        if more is not None:
            here, self._here, self._length = self._here, (), 0
            self._lay_down(chain(here, (more,), coming))

    def watched(self, watch: Watch) -> Waiting:
        """The same entries; `watch` is told now and then how many of all have been gone through (done, of), each time anew.

        >>> told = []
        >>> entries = Waiting(ConceptEntry(f"c{n}", ()) for n in range(600))
        >>> len(list(entries.watched(lambda done, of: told.append((done, of))))), told
        (600, [(0, 600), (256, 600), (512, 600)])
        """
        other = copy.copy(self)
        other.watch, other._whole = watch, self  # which closes the file when nobody needs it any more
        return other

    @property
    def on_disk(self) -> bool:
        """Are they too many for memory?"""
        return bool(self._at)

    def _lay_down(self, entries: Iterator[ConceptEntry]) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when nobody needs it any more
        weakref.finalize(self, self._file.close)
        plain = plain_of(ConceptEntry)
        end = 0
        try:
            while some := tuple(islice(entries, TOGETHER)):
                end += self._file.write(data := marshal.dumps(tuple(map(plain, some))))
                self._at.append((end - len(data), len(data)))
                self._length += len(some)
            self._file.flush()
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            raise FormatError(
                "The disk is full: there is no room for the entries that do not fit in memory. Free some space, or let TMPDIR name a "
                "folder on a larger disk."
            ) from error

    def _batch(self, number: int) -> Iterable[ConceptEntry]:
        at, size = self._at[number]
        if hasattr(os, "pread"):  # copies of this process share the file's position
            data = os.pread(self._file.fileno(), size, at)
        else:
            self._file.seek(at)
            data = self._file.read(size)
        return map(value_of(ConceptEntry), marshal.loads(data))

    def __len__(self) -> int:
        """How many entries there are."""
        return self._length

    def __iter__(self) -> Iterator[ConceptEntry]:
        """All entries in their order."""
        each = chain(self._here, chain.from_iterable(map(self._batch, range(len(self._at)))))
        return each if self.watch is None else self._told(each, self.watch)

    def _told(self, entries: Iterator[ConceptEntry], watch: Watch) -> Iterator[ConceptEntry]:
        for number, entry in enumerate(entries):
            if number % TOGETHER == 0:
                watch(number, self._length)
            yield entry

    @overload
    def __getitem__(self, place: int) -> ConceptEntry: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[ConceptEntry]: ...

    def __getitem__(self, place: int | slice) -> ConceptEntry | Sequence[ConceptEntry]:
        """An entry by its place, or some; those on disk are read again each time."""
        if not self._at:
            return self._here[place]
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        number, inside = divmod(range(len(self))[place], TOGETHER)
        return next(islice(self._batch(number), inside, None))


class Again(Collection[ConceptEntry]):
    """What is made of waiting entries anew each time that it is gone through, for it would take as much room as they do."""

    def __init__(
        self, make: Callable[[], Iterator[ConceptEntry]], look: Callable[[ConceptEntry], object] = lambda entry: None
    ) -> None:
        """`make` gives the entries, the same ones each time. They are counted now, and `look` is called with each."""
        self._make = make
        self._length = 0
        for entry in self:
            look(entry)
            self._length += 1

    def __len__(self) -> int:
        """How many entries there are."""
        return self._length

    def __iter__(self) -> Iterator[ConceptEntry]:
        """All entries in their order."""
        return self._make()

    def __contains__(self, entry: object) -> bool:
        """Is it one of them?"""
        return any(one == entry for one in self)
