"""Which passages of a large corpus are read closely: a bounded sample in which every string that recurs is represented.

The tagger and the finders are costly, and of what stands in a thousand places a few say all they can learn. So a first look at the whole text
notes only the strings of four characters, and each string that recurs is represented by the same few passages that hold it, those with the
smallest hash (bottom-k sampling: Cohen and Kaplan, "Summarizing data using bottom-k sketches", 2007). As one hash orders the passages for all
strings, strings share their passages, and a document more changes little. The choice depends on nothing but the texts.
"""

from __future__ import annotations

import re
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import IO

import numpy as np
from numpy.typing import NDArray

from termbuilder.evidence import key_of
from termbuilder.model import Passage
from termbuilder.pipeline.store import appending

Marks = NDArray[np.uint32]
Ints = NDArray[np.int64]

# A text of so many characters (250 pages) is read closely whole; of a longer one, the share grows with the cube root of its length: a thousand
# times the text has ten times as many strings worth representing.
WHOLE = 400_000
GROWS = 1 / 3
# Passages that represent a string. Most terms hold several strings, so they are seen more often than this.
EACH = 3
GRAM = 4  # most terms have four characters or more, and shorter ones stand beside others
# A quotation counts as so many plain strings: quotation marks are the surest sign of a coinage.
QUOTED = 8
# How often a string must recur to be represented: the least of these with which the sample is small enough. Few steps, so that a few documents
# more seldom change it for all.
LEAST = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 512, 1024, 2048, 4096, 1 << 20)
PARTS = 64  # files that the strings are divided among when memory is too small

_QUOTATION = re.compile("“([^“”\n]{2,16})”")
# Characters of running text that a term hardly holds: particles, conjunctions, prepositions, pronouns
_BETWEEN = "的了是在和与及或等为对将由按从以并应其不该各此"
_BREAKS = np.ones(1 << 16, dtype=bool)
_BREAKS[0x4E00:0xA000] = False
_BREAKS[[ord(c) for c in "+0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"]] = False
_BREAKS[[ord(c) for c in _BETWEEN]] = True


@dataclass(frozen=True)
class Skimmed:
    """The first look at the passages of one input, in order: nothing but numbers."""

    marks: Marks  # a hash of each passage's text
    lengths: Marks  # characters of each
    sizes: Marks  # how many of the strings stand in each
    strings: Marks  # hashes of the strings, passage by passage; odd ones are quotations


def skim(passages: Sequence[Passage]) -> Skimmed:
    """Note the strings of `passages`; of those that repeat an earlier one nothing is noted.

    >>> skimmed = skim([Passage("通知.txt", 0, "实施“揭榜挂帅”，支持瞪羚企业。", range(16))])
    >>> skimmed.sizes.tolist(), int((skimmed.strings % 2).sum())  # 揭榜挂帅, 支持瞪羚 ... 瞪羚企业, and the quotation
    ([5], 1)
    """
    texts = ["" if passage.repeat else passage.text for passage in passages]
    characters = np.frombuffer("\n".join([*texts, ""]).encode("utf-32-le"), dtype=np.uint32)
    number = np.cumsum(characters == ord("\n"))
    breaks = np.concatenate([[0], np.cumsum(_BREAKS[np.minimum(characters, 0xFFFF)])])
    starts = np.flatnonzero(breaks[GRAM:] == breaks[:-GRAM]) if len(characters) >= GRAM else np.zeros(0, dtype=np.int64)
    plain = np.zeros(len(starts), dtype=np.uint64)
    for offset in range(GRAM):  # FNV-1a, a character at a time, then mixed so that the upper bits are good
        plain = (plain ^ characters[starts + offset]) * np.uint64(0x100000001B3)
    plain = (plain ^ (plain >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    strings = ((plain >> np.uint64(32)) & np.uint64(0xFFFFFFFE)).astype(np.uint32)
    of = number[starts]
    quoted = [
        (place, zlib.crc32(key_of(one).encode()) | 1)
        for place, text in enumerate(texts)
        if "“" in text
        for one in _QUOTATION.findall(text)
    ]
    if quoted:
        places, hashes = np.array(quoted, dtype=np.int64).T
        of = np.concatenate([of, places])
        order = np.argsort(of, kind="stable")
        of, strings = of[order], np.concatenate([strings, hashes.astype(np.uint32)])[order]
    return Skimmed(
        np.array([zlib.crc32(passage.text.encode()) for passage in passages], dtype=np.uint32),
        np.array([len(passage.text) for passage in passages], dtype=np.uint32),
        np.bincount(of, minlength=len(passages)).astype(np.uint32),
        strings,
    )


class Sample:
    """Chooses among the passages of all inputs; a context manager that gives back disk.

    What does not fit in memory waits in files without a name, divided by string.
    """

    def __init__(self, limit: int, spill: str = "") -> None:
        """`limit`: bytes of strings in memory (about); `spill`: folder for what is too much, default the system's temporary one."""
        self._limit, self._folder = limit, spill or None
        self._names: list[tuple[str, str]] = []
        self._passages: list[tuple[Marks, Marks]] = []  # marks and lengths
        self._waiting: list[NDArray[np.uint64]] = []
        self._bytes = 0
        self._files: list[IO[bytes]] = []

    def __enter__(self) -> Sample:
        """The sample itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Give back memory and disk."""
        self._waiting = []
        for file in self._files:
            file.close()

    def add(self, digest: str, name: str, skimmed: Skimmed) -> None:
        """The first look at one more input: `digest` of its content and `name` put the inputs in an order that is not that of the call."""
        self._names.append((digest, name))
        self._passages.append((skimmed.marks, skimmed.lengths))
        marks = np.repeat(skimmed.marks, skimmed.sizes)
        self._waiting.append((skimmed.strings.astype(np.uint64) << np.uint64(32)) | marks)
        self._bytes += self._waiting[-1].nbytes
        if self._bytes > self._limit:
            self._spill()

    def choose(self) -> list[Ints]:
        """For each input, in the order of adding, the numbers of its passages that are to be read closely, sorted.

        If all of them are short enough together, all.
        """
        sizes = [len(marks) for marks, _ in self._passages]
        lengths = (
            np.concatenate([lengths for _, lengths in self._passages]).astype(np.int64) if sizes else np.zeros(0, np.int64)
        )
        total = int(lengths.sum())
        if total <= WHOLE:
            return [np.arange(size) for size in sizes]
        marks = np.concatenate([marks for marks, _ in self._passages])
        each, worth = self._worth(marks)
        # the first passage of each text, in an order of the inputs that is their own
        rank = {name: place for place, name in enumerate(sorted(self._names))}
        document = np.repeat(np.array([rank[name] for name in self._names]), sizes)
        order = np.lexsort((np.arange(len(marks)), document, marks))
        first = order[np.flatnonzero(np.diff(marks[order].astype(np.int64), prepend=-1))]
        value, length = worth[np.searchsorted(each, marks[first])], lengths[first]
        room = WHOLE * (total / WHOLE) ** GROWS
        least = next(least for least in LEAST if length[value >= least].sum() <= room)
        chosen = np.zeros(len(marks), dtype=bool)
        chosen[first[value >= least]] = True
        return [np.flatnonzero(part) for part in np.split(chosen, np.cumsum(sizes)[:-1])]

    def _worth(self, marks: Marks) -> tuple[Marks, Ints]:
        """(each different mark, sorted; how often the most frequent string recurs that a passage of that mark represents)."""
        each = np.unique(marks)
        worth = np.zeros(len(each), dtype=np.int64)
        for keys in self._parts():
            keys.sort()
            keys = keys[np.flatnonzero(np.diff(keys, prepend=~keys[:1]))]
            strings = (keys >> np.uint64(32)).astype(np.int64)
            begins = np.flatnonzero(np.diff(strings, prepend=-1))
            counts = np.diff(begins, append=len(keys))
            place = np.arange(len(keys)) - np.repeat(begins, counts)
            represents = place < EACH
            value = np.where(strings[begins] % 2, counts * QUOTED, counts)
            found = np.searchsorted(each, (keys[represents] & np.uint64(0xFFFFFFFF)).astype(np.uint32))
            np.maximum.at(worth, found, np.repeat(value, counts)[represents])
        return each, worth

    def _parts(self) -> Iterator[NDArray[np.uint64]]:
        """The strings with the marks of the passages that hold them, all places of a string in one part."""
        if not self._files:
            yield np.concatenate(self._waiting)
            return
        if self._waiting:
            self._spill()
        for file in self._files:
            file.seek(0)
            yield np.frombuffer(file.read(), dtype=np.uint64).copy()

    def _spill(self) -> None:
        keys, self._waiting, self._bytes = np.concatenate(self._waiting), [], 0
        if not self._files:
            self._files = [tempfile.TemporaryFile(dir=self._folder) for _ in range(PARTS)]  # noqa: SIM115 - closed in __exit__
        keys.sort()
        bounds = np.searchsorted(keys, np.arange(1, PARTS, dtype=np.uint64) * np.uint64((1 << 64) // PARTS))
        for file, part in zip(self._files, np.split(keys, bounds)):
            with appending(file):
                file.write(part.tobytes())
